"""`safeconduct catalogue diff`: the same answers for people and for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_judging import answer, run

FACTS = """
safeconduct: 1
organisation: {key: group, title: A group}
units:
  nl: {in: group, kind: entity, country: NL}
  us: {in: group, kind: entity, country: US}
  rtm: {in: nl, kind: site, country: NL}
enrolments:
  - {key: safe, entity: nl, edition: wco-safe-aeo/2021, roles: [importer], sites: [rtm], since: 2024-01-01}
"""
SAFE = ("catalogue", "diff", "wco-safe-aeo/2021", "wco-safe-aeo/2025")
DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.yml"
    file.write_text(FACTS, encoding="utf-8")
    return str(file)


def test_the_difference_names_every_row_once_with_what_moved() -> None:
    told = answer(*SAFE, *DAY)
    assert (told["before"]["id"], told["after"]["id"]) == ("wco-safe-aeo/2021", "wco-safe-aeo/2025")
    assert told["counts"] == {"added": 2, "dropped": 0, "changed": 0, "kept": 112, "not compared": 0}
    assert len(told["rows"]) == 114
    added = [one["after"]["requirement"] for one in told["rows"] if one["change"] == "added"]
    assert len(added) == 2
    assert "here" not in told


def test_the_difference_for_people_leaves_out_what_is_kept_unless_it_is_asked_for() -> None:
    short, long = run(*SAFE, *DAY), run(*SAFE, *DAY, "--kept")
    assert short.exit_code == long.exit_code == 0
    assert "2 added, 0 dropped, 0 changed, 112 kept, 0 not compared." in short.stdout
    assert " kept " not in short.stdout.rpartition("2 added")[0]
    assert long.stdout.count(" kept ") >= 112


def test_what_goes_on_under_another_key_shows_both() -> None:
    shown = run("catalogue", "diff", "cn-aeo/2022", "cn-aeo/2026", *DAY).stdout
    assert "cn-aeo/4.11@2022 → cn-aeo/10" in shown
    assert "15 of 16 rows of edition 2022" in shown


def test_a_role_and_a_level_narrow_the_rows() -> None:
    china = ("catalogue", "diff", "cn-aeo/2022", "cn-aeo/2026", *DAY)
    everybody, importer = answer(*china), answer(*china, "--role", "importer", "--variant", "ce")
    assert len(importer["rows"]) < len(everybody["rows"])


def test_a_facts_file_tells_what_it_costs_whoever_follows_the_earlier_edition(facts: str) -> None:
    (cost,) = answer(*SAFE, *DAY, "--facts", facts)["here"]
    assert (cost["entity"], cost["sites"], cost["day"], cost["met"]) == ("nl", ["rtm"], "2026-11-24", 0)
    assert cost["gaps"]
    assert "single actions." in run(*SAFE, *DAY, "--facts", facts).stdout


def test_an_entity_that_follows_neither_is_judged_as_if_it_did(facts: str) -> None:
    (cost,) = answer(*SAFE, *DAY, "--facts", facts, "--entity", "us")["here"]
    assert (cost["entity"], cost["sites"]) == ("us", [])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("wco-safe-aeo/2021", "wco-safe-aeo/2052"), "wco-safe-aeo/2025"),
        ((*SAFE[2:], "--role", "importr"), "importer"),
        ((*SAFE[2:], "--variant", "gold"), "There is no level"),
        ((*SAFE[2:], "--as-of", "tomorrow"), "is not a day"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(words: tuple[str, ...], told: str) -> None:
    result = run("catalogue", "diff", *words)
    assert result.exit_code == 1
    assert told in result.output


def test_an_entity_the_facts_do_not_have_is_refused(facts: str) -> None:
    result = run(*SAFE, *DAY, "--facts", facts, "--entity", "nll")
    assert (result.exit_code, "There is no legal entity" in result.output) == (1, True)
