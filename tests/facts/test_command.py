"""`safeconduct facts`: check, format, schema."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.catalogue.loading import load
from safeconduct.cli import app
from safeconduct.facts.archive import write_archive
from safeconduct.facts.json_schema import schema_text
from safeconduct.facts.reading import read

GOOD = """\
safeconduct: 1
organisation: {key: group}   # a comment
units:
  rtm: {kind: site, in: nl}
  nl: {in: group, kind: entity}
in_place:
  - {control: cctv, at: rtm, since: 2026-01-01, values: {coverage: {yes: [gates]}}}
"""
RUN = CliRunner()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yml"
    file.write_text(GOOD, "utf-8")
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "broken.yml"
    file.write_text(GOOD.replace("[gates]", "[gate]").replace("in: nl", "in: nll"), "utf-8")
    return file


def test_check_counts_what_is_there(good: Path) -> None:
    result = RUN.invoke(app, ["facts", "check", str(good)])
    assert (result.exit_code, result.output) == (0, f"{good}: nothing is refused. group: 2 units, 1 in place.\n")


def test_check_tells_programs_the_same(good: Path) -> None:
    result = RUN.invoke(app, ["facts", "check", str(good), "--json"])
    assert json.loads(result.stdout) == {"fine": True, "organisation": "group", "records": {"units": 2, "in_place": 1}}


def test_check_tells_every_line_to_mend_and_fails(broken: Path) -> None:
    result = RUN.invoke(app, ["facts", "check", str(broken)])
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0] == f"{broken}:4, units[rtm].in: There is no unit 'nll'. Did you mean \"nl\"?"
    assert lines[1].startswith(f"{broken}:7, in_place[in-place-")
    assert lines[-1] == "2 things are refused; nothing was changed."


def test_check_tells_programs_every_line_to_mend(broken: Path) -> None:
    result = RUN.invoke(app, ["facts", "check", str(broken), "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert [(one["line"], one["code"]) for one in told["refused"]] == [(4, "unknown-key"), (7, "unknown-key")]


def test_format_prints_the_canonical_form_and_leaves_the_file(good: Path) -> None:
    result = RUN.invoke(app, ["facts", "format", str(good)])
    assert result.exit_code == 0
    assert "  nl: {in: group, kind: entity}\n  rtm: {in: nl, kind: site}\n" in result.stdout
    assert good.read_text("utf-8") == GOOD


def test_format_writes_the_file_once_and_for_all(good: Path) -> None:
    for _ in range(2):
        assert RUN.invoke(app, ["facts", "format", str(good), "--write"]).exit_code == 0
    assert RUN.invoke(app, ["facts", "format", str(good)]).stdout == good.read_text("utf-8") != GOOD


def test_format_leaves_a_broken_file_as_it_is(broken: Path) -> None:
    before = broken.read_text("utf-8")
    assert RUN.invoke(app, ["facts", "format", str(broken), "--write"]).exit_code == 1
    assert broken.read_text("utf-8") == before


def test_an_archive_is_checked_but_not_rewritten(tmp_path: Path) -> None:
    file = tmp_path / "facts.zip"
    with file.open("wb") as target:
        write_archive(target, read(GOOD, load()), lambda _: io.BytesIO())
    assert RUN.invoke(app, ["facts", "check", str(file)]).exit_code == 0
    before = file.read_bytes()
    assert RUN.invoke(app, ["facts", "format", str(file), "--write"]).exit_code == 1
    assert file.read_bytes() == before


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["facts", "check", str(tmp_path / "none.yml")])
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_schema_prints_the_schema() -> None:
    assert RUN.invoke(app, ["facts", "schema"]).stdout == schema_text()
