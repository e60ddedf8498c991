from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import safeconduct
from safeconduct.catalogue.loading import digest_of_files, load
from safeconduct.catalogue.own import digest_with, examine_files, examine_folder, load_with
from safeconduct.cli import app
from safeconduct.core.errors import Refusals
from safeconduct.core.judgement import Standing

WHOLE = Path(__file__).parent / "fixtures" / "whole"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
EXAMPLE = EXAMPLES / "own-programme"
EDITION = "own-aldmoor-suppliers/2026"
DAY = date(2026, 11, 24)

HEAD = """\
programme: own-demo
edition: "1"
title: A customer's demands
owner: Customer
unit: entity
roles: [importer]
rule: plain
coverage: {importer: {rows: auto, of: 1, complete: yes}}
sources: [{document: The demands, sure: confirmed, checked: 2026-11-24}]
"""
ROWS = """\
- key: own-demo/1
  ref: "1"
  title: Seals
  asks: A loaded unit gets a strong seal.
  kind: condition
  obligation: {2026-01-01: must}
  roles: {importer: yes}
  scope: entity
  needs: {seal-fitting: {class: {at_least: high-security}}}
  source: {document: The demands, locator: "1", checked: 2026-11-24, sure: confirmed}
"""
FILES = {"programmes/own-demo/1/programme.yml": HEAD, "programmes/own-demo/1/requirements.yml": ROWS}
GATE = """\
own-gate-watch:
  title: A guard watches the gate
  family: B
  mode: standing
  inherits: never
  shown: [operation]
  parameters: {at-night: {flag: yes}}
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def refused(**changed: str) -> list[tuple[str, int, str]]:
    """What is refused of the small programme with other `head` or `rows`, or with more files."""
    files = {
        "programmes/own-demo/1/programme.yml": changed.pop("head", HEAD),
        "programmes/own-demo/1/requirements.yml": changed.pop("rows", ROWS),
        **changed,
    }
    found = examine_files(files, load(WHOLE), name="own").refusals
    return [(one.place.file, one.place.line, one.what) for one in found]


def laid(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_folder_adds_its_programmes_to_the_shipped_ones() -> None:
    shipped, found = load(), load_with([EXAMPLE])
    assert set(found.programmes) - set(shipped.programmes) == {EDITION}
    assert len(found.programmes[EDITION].requirements) == 14
    assert found.controls == shipped.controls


def test_without_folders_it_is_the_catalogue_itself() -> None:
    assert load_with([], WHOLE) is load(WHOLE)


def test_the_digest_follows_from_the_bytes_of_all(tmp_path: Path) -> None:
    copy = shutil.copytree(EXAMPLE, tmp_path / "copy")
    same = load_with([copy]).digest
    assert same == load_with([EXAMPLE]).digest != load().digest
    head = copy / "programmes" / EDITION / "programme.yml"
    head.write_text(head.read_text("utf-8").replace("Aldmoor Retail", "Aldmoor Stores"), "utf-8")
    assert load_with([copy]).digest != same


def test_what_is_examined_has_the_digest_of_what_is_loaded(tmp_path: Path) -> None:
    examined = examine_files(FILES, load(WHOLE), name="own").catalogue.digest
    assert examined == load_with([laid(tmp_path, FILES)], WHOLE).digest
    assert examined == digest_with(load(WHOLE).digest, digest_of_files(FILES))


def test_a_folder_may_bring_controls_that_pass_the_same_checks(tmp_path: Path) -> None:
    asks = ROWS.replace("seal-fitting: {class: {at_least: high-security}}", "own-gate-watch: {at-night: yes}")
    files = FILES | {"controls/b.yml": GATE, "programmes/own-demo/1/requirements.yml": asks}
    found = load_with([laid(tmp_path, files)], WHOLE)
    assert found.controls["own-gate-watch"].title == "A guard watches the gate"


def test_an_edition_may_supersede_one_read_before() -> None:
    first = examine_files(FILES, load(WHOLE), name="own").catalogue
    head = HEAD.replace('edition: "1"', 'edition: "2"\nsupersedes: "1"')
    rows = ROWS.replace("own-demo/1", "own-demo/1@2") + "  supersedes: own-demo/1\n"
    second = {"programmes/own-demo/2/programme.yml": head, "programmes/own-demo/2/requirements.yml": rows}
    found = examine_files(second, first, name="own")
    assert found.refusals == ()
    assert set(found.catalogue.programmes) >= {"own-demo/1", "own-demo/2"}


def test_an_own_issuer_says_what_it_recognises() -> None:
    table = (
        "- key: own-demo-takes-us\n  by: own-demo\n  scheme: us-demo\n  since: 2026-01-01\n  effect: satisfies\n"
        "  source: {document: The demands, locator: '2', checked: 2026-11-24, sure: confirmed}\n"
    )
    files = {**FILES, "recognition/own.yml": table}
    found = examine_files(files, load(WHOLE), name="own")
    assert found.refusals == ()
    assert found.catalogue.recognition[-1].by == "own-demo"
    what = "'own-demo-takes-us' speaks for 'site-demo', which is not written here."
    assert refused(**{"recognition/own.yml": table.replace("by: own-demo", "by: site-demo")}) == [
        ("recognition", 0, what)
    ]


def test_a_key_of_ones_own_begins_with_own() -> None:
    other = {
        "programmes/us-demo/2030/programme.yml": HEAD.replace("own-demo", "us-demo").replace('"1"', '"2030"'),
        "programmes/us-demo/2030/requirements.yml": ROWS.replace("own-demo/1", "us-demo/x"),
    }
    what = "The programme 'us-demo' does not begin with 'own-'."
    assert refused(**other) == [("programmes/us-demo/2030/programme.yml", 1, what)]
    control = GATE.replace("own-gate-watch", "gate-watch")
    assert refused(**{"controls/b.yml": control}) == [
        ("controls/b.yml", 1, "The control 'gate-watch' does not begin with 'own-'.")
    ]


def test_an_edition_is_written_once(tmp_path: Path) -> None:
    catalogue = load_with([laid(tmp_path, FILES)], WHOLE)
    (found,) = examine_files(FILES, catalogue, name="own").refusals
    assert found.what == "The edition own-demo/1 is there already."


def test_a_control_is_written_once(tmp_path: Path) -> None:
    catalogue = load_with([laid(tmp_path, {**FILES, "controls/b.yml": GATE})], WHOLE)
    (found,) = examine_files(
        {
            "controls/b.yml": GATE,
            "programmes/own-other/1/programme.yml": HEAD.replace("own-demo", "own-other"),
            "programmes/own-other/1/requirements.yml": ROWS.replace("own-demo", "own-other"),
        },
        catalogue,
        name="own",
    ).refusals
    assert (found.place.line, found.what) == (1, "The control 'own-gate-watch' stands in another folder.")


def test_words_are_the_shipped_ones() -> None:
    found = refused(**{"controls/terms.yml": "lists: {}\n"})
    assert found == [("controls/terms.yml", 1, "A folder of one's own has no words of its own.")]


def test_a_key_once_retired_and_a_file_nobody_reads_are_refused() -> None:
    retired = "own-demo/1: {on: 2025-01-01, why: It was folded into another row.}\n"
    assert [what for _, _, what in refused(**{"retired.yml": retired})] == ["The key 'own-demo/1' was used before."]
    assert refused(**{"scenarios/more.yml": "a: b\n"}) == [("scenarios/more.yml", 1, "The file is not read.")]


def test_the_loader_is_as_strict_as_ever() -> None:
    found = refused(rows=ROWS.replace("seal-fitting", "seal-fiting").replace("scope: entity", "scop: entity"))
    assert {(line, what) for _, line, what in found} >= {(9, "There is no control 'seal-fiting'.")}
    assert any("scop" in what for _, _, what in found)
    assert refused(rows=ROWS.replace("own-demo/1", "us-demo/1"))[0][1:] == (
        1,
        "'us-demo/1' is a key of another programme.",
    )


def test_a_folder_without_a_programme_and_no_folder_are_refused(tmp_path: Path) -> None:
    (empty,) = examine_folder(tmp_path, load(WHOLE)).refusals
    assert empty.what == "No programme is written here."
    with pytest.raises(Refusals, match="There is no folder"):
        load_with([tmp_path / "none"], WHOLE)


def test_check_counts_what_is_ones_own_and_refuses_with_lines(tmp_path: Path) -> None:
    fine = run("catalogue", "check", str(EXAMPLE))
    assert fine.exit_code == 0
    (counted,) = fine.stdout.splitlines()[1:]
    assert counted.startswith(f"{EDITION}: 14 rows (14 confirmed)")
    folder = laid(tmp_path, {**FILES, "programmes/own-demo/1/requirements.yml": ROWS.replace("1: must", "1: most")})
    broken = run("catalogue", "check", str(folder))
    assert broken.exit_code == 1
    assert f"{folder}/programmes/own-demo/1/requirements.yml:6, own-demo/1.obligation" in broken.stderr


FACTS = """safeconduct: 1
organisation: {key: maker, title: Maker}
units:
  nl: {in: maker, kind: entity, country: NL, title: Maker NL}
enrolments:
  - key: e-1
    entity: nl
    edition: own-aldmoor-suppliers/2026
    roles: [exporter]
    since: 2026-08-01
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yml"
    file.write_text(FACTS, "utf-8")
    return file


HELD = """certificates:
  - {key: iso, holder: nl, scheme: iso-28000, from: 2026-01-01, to: 2028-12-31, state: valid, checked: 2026-11-01}
"""


def test_a_certificate_proves_the_rows_that_take_it(facts: Path) -> None:
    catalogue = load_with([EXAMPLE])
    before = safeconduct.explain(facts, "own-aldmoor-suppliers/1.2", as_of=DAY, catalogue=catalogue)
    assert [row.standing for row in before] == [Standing.UNKNOWN]
    facts.write_text(FACTS + HELD, "utf-8")
    taken = {
        ref: [
            row.standing
            for row in safeconduct.explain(facts, f"own-aldmoor-suppliers/{ref}", as_of=DAY, catalogue=catalogue)
        ]
        for ref in ("1.1", "1.2", "1.3", "1.4")
    }
    assert taken == {
        "1.1": [Standing.UNKNOWN],
        "1.2": [Standing.MET],
        "1.3": [Standing.MET],
        "1.4": [Standing.MET],
    }


def test_the_commands_judge_by_the_folders_named(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("assess", str(facts), "--as-of", "2026-11-24").exit_code == 1
    named = run("assess", str(facts), "--as-of", "2026-11-24", "--catalogue", str(EXAMPLE), "--json")
    assert named.exit_code == 0, named.output
    assert [one["programme"] for one in json.loads(named.stdout)["programmes"]] == [EDITION]
    monkeypatch.setenv("SAFECONDUCT_CATALOGUES", str(EXAMPLE))
    assert run("assess", str(facts), "--as-of", "2026-11-24", "--json").stdout == named.stdout
    assert run("facts", "check", str(facts)).exit_code == 0
    assert run("catalogue", "show", EDITION).exit_code == 0
