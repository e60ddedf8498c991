"""The README keeps its word: its Python example runs, its facts file is read, its commands answer."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.catalogue.loading import load
from safeconduct.cli import app
from safeconduct.facts.reading import read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = blocks("python")
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102  (our own README)
    printed = capsys.readouterr().out
    assert "musts met" in printed
    assert "system-access@norholt closes 4 rows in 3 programmes" in printed


def test_the_facts_file_is_read() -> None:
    (example,) = blocks("yaml")
    assert [one.key for one in read(example, load()).in_place] == ["cameras"]


def test_the_commands_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = [line for line in README.splitlines() if line.startswith("safeconduct ")]
    exits = {line: CliRunner().invoke(app, shlex.split(line)[1:]).exit_code for line in lines}
    assert exits == {line: int("broken" in line) for line in lines}
    assert len(lines) == 6
