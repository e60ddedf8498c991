from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from safeconduct.catalogue.document import document
from safeconduct.catalogue.loading import load
from safeconduct.cli import app

HERE = Path(__file__).parent
WHOLE = HERE / "fixtures" / "whole"
DOCUMENT = HERE.parent.parent / "docs" / "catalogue.md"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["catalogue", *words])


def told(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    shutil.copytree(WHOLE, tmp_path / "data")
    shutil.copytree(HERE / "broken" / "03-control", tmp_path / "data", dirs_exist_ok=True)
    return tmp_path / "data"


def test_check_counts_a_sound_catalogue_and_notes_disuse() -> None:
    result = run("check", "--path", str(WHOLE))
    assert result.exit_code == 0
    assert "Note: guard-post: No row asks for the control 'guard-post'." in result.stdout
    assert "Nothing is refused. 10 controls, 7 lists, 1 recognitions, 8 notes." in result.stdout
    assert (
        "us-demo/2020: 8 rows (6 secondary, 1 confirmed, 1 unconfirmed), 6 mapped; "
        "4 judged, 3 from facts alone, 1 by a named person; oldest check 2026-11-24."
    ) in result.stdout


def test_check_tells_every_refusal_and_exits_with_1(broken: Path) -> None:
    result = run("check", "--path", str(broken))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "requirements/broken.yml:9, us-demo/9.needs.seal-fiting: There is no control 'seal-fiting'." in result.stderr
    assert "1 thing is refused; the catalogue is not used." in result.stderr


def test_check_for_programs(broken: Path) -> None:
    result = run("check", "--path", str(broken), "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["fine"] is False
    assert [(one["line"], one["field"]) for one in data["refused"]] == [(9, "us-demo/9.needs.seal-fiting")]
    assert told("check", "--path", str(WHOLE))["programmes"]["site-demo/1"]["judged"] == 1


def test_show_tells_what_uses_a_control() -> None:
    data = told("show", "cctv", "--path", str(WHOLE))
    assert data["what"] == "control"
    assert data["parameters"]["keep"] == "duration, more is better"
    assert data["asked by"][0] == {
        "row": "privacy-demo/1",
        "edition": "privacy-demo/1",
        "title": "Recordings are deleted",
        "asks": "keep at most 30 days",
    }


def test_show_tells_a_row_with_its_source() -> None:
    data = told("show", "us-demo/1.1", "--path", str(WHOLE))
    assert data["source"]["locator"] == "1.1"
    assert data["needs"]["seal-fitting"]["share"] == {"at_least": "100 %"}
    assert data["obligation"] == {"2020-03-01": "should", "2023-01-01": "must"}
    parts = told("show", "us-demo/1.2", "--path", str(WHOLE))["parts"]
    assert [part["part"] for part in parts] == ["cameras", "people"]


def test_show_tells_a_list_and_a_programme() -> None:
    assert told("show", "areas", "--path", str(WHOLE))["used by"] == ["cctv"]
    assert told("show", "us-demo", "--path", str(WHOLE))["key"] == "us-demo/2020"
    assert told("show", "us-demo/2015", "--path", str(WHOLE))["coverage"] == {
        "importer": "1 of 1 binding rows, complete"
    }


def test_show_draws_a_tree_for_people() -> None:
    result = run("show", "us-demo/1.1", "--path", str(WHOLE))
    assert result.exit_code == 0
    assert "us-demo/1.1 · condition" in result.stdout
    assert "affixer {one_of: [responsible-party]}" in result.stdout


def test_show_refuses_an_unknown_key_with_the_nearest(broken: Path) -> None:
    result = run("show", "seal-fiting", "--path", str(WHOLE))
    assert result.exit_code == 1
    assert "There is no entry of the catalogue 'seal-fiting'. Did you mean \"seal-fitting\"?" in result.stderr
    assert run("show", "cctv", "--path", str(broken)).exit_code == 1


def test_docs_writes_the_document(tmp_path: Path, broken: Path) -> None:
    into = tmp_path / "new" / "catalogue.md"
    assert run("docs", "--path", str(WHOLE), "--into", str(into)).exit_code == 0
    text = into.read_text("utf-8")
    assert text == document(load(WHOLE))
    assert "| us-demo/2020 | The demo programme | entity | 8 | 7 | 3 | 0 |" in text
    assert "| us-demo/2020 | 1 | 6 | 1 | 6 | 4 | 3 | 1 | 2026-11-24 |" in text
    assert "* `keep` (duration, more is better): privacy-demo at most 30 days · us-demo own, at least" in text
    assert run("docs", "--path", str(broken), "--into", str(into)).exit_code == 1
    assert into.read_text("utf-8") == text


def test_the_document_is_up_to_date() -> None:
    """Run `safeconduct catalogue docs` after a change of the catalogue's files."""
    assert DOCUMENT.read_text("utf-8") == document(load())
