"""`safeconduct catalogue export` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from safeconduct.catalogue.export.whole import read_catalogue_json
from safeconduct.catalogue.loading import load
from safeconduct.cli import app

HERE = Path(__file__).parent.parent
WHOLE = HERE / "fixtures" / "whole"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["catalogue", "export", *words])


def test_all_three_forms_are_written_at_once(tmp_path: Path) -> None:
    as_json, xlsx, oscal = tmp_path / "c.json", tmp_path / "c.xlsx", tmp_path / "oscal"
    result = run("--path", str(WHOLE), "--json", str(as_json), "--xlsx", str(xlsx), "--oscal", str(oscal))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"Wrote {as_json}.",
        f"Wrote {xlsx}.",
        f"Wrote {len(list(oscal.rglob('*.json')))} files to {oscal}.",
    ]
    assert read_catalogue_json(as_json.read_text("utf-8")) == load(WHOLE)
    assert "Crosswalk" in openpyxl.load_workbook(xlsx).sheetnames
    assert json.loads((oscal / "mapping.json").read_text("utf-8"))


def test_asking_for_nothing_is_refused() -> None:
    result = run()
    assert result.exit_code == 1
    assert "Nothing is asked for. Name --json FILE, --xlsx FILE or --oscal FOLDER" in result.stderr


@pytest.mark.parametrize("form", ["--json", "--xlsx", "--oscal"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    result = run("--path", str(WHOLE), form, str(tmp_path / "file" / "inside"))
    assert result.exit_code == 1
    assert "This cannot be written. Not a directory. Name a place you may write to." in result.stderr


def test_a_catalogue_that_is_refused_is_not_exported(tmp_path: Path) -> None:
    result = run("--path", str(HERE / "broken" / "01-control-field"), "--json", str(tmp_path / "c.json"))
    assert result.exit_code == 1
    assert "the catalogue is not used" in result.stderr
    assert not (tmp_path / "c.json").exists()
