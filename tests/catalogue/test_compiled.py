"""The compiled catalogue: equal to the one read from the files, never trusted where others could have written it."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.catalogue import compiled, loading

WHOLE = Path(__file__).parent / "fixtures" / "whole"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and a process that has not read anything yet."""
    monkeypatch.setenv(compiled.FOLDER, str(tmp_path / "cache"))
    monkeypatch.setattr(loading, "_loaded", {})
    return tmp_path / "cache"


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_loaded", {})


def test_a_later_process_takes_what_an_earlier_one_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = loading.load(WHOLE)
    assert len(list(folder.iterdir())) == 1

    forget(monkeypatch)
    monkeypatch.setattr(loading, "examine", None)  # reading the files again would fail
    assert loading.load(WHOLE) == read


def test_a_changed_file_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled.kept("0" * 64) is None
    loading.load(WHOLE)
    assert compiled.kept(loading.digest_of(WHOLE)) is not None
    assert compiled.kept("0" * 64) is None


def test_a_broken_compiled_file_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = loading.load(WHOLE)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    forget(monkeypatch)
    assert loading.load(WHOLE) == read


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_others_can_write_is_not_trusted(folder: Path, which: str) -> None:
    loading.load(WHOLE)
    (file,) = folder.iterdir()
    (file if which == "file" else folder).chmod(0o777)
    assert compiled.kept(loading.digest_of(WHOLE)) is None


def test_without_a_folder_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.FOLDER, "")
    loading.load(WHOLE)
    assert not folder.exists()
