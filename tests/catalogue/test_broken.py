"""One tiny broken file per mistake. The file says itself, at the line, what the refusal must say."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.catalogue.loading import TERMS, examine

HERE = Path(__file__).parent
BROKEN = sorted(folder.name for folder in (HERE / "broken").iterdir())
_NOTE = re.compile(r"# refused: (.*)$")


def expected(folder: Path) -> Iterator[tuple[str, int, list[str]]]:
    """File, line and parts of the message of each refusal that the broken files announce."""
    for file in sorted(folder.rglob("*.yml")):
        for line, text in enumerate(file.read_text("utf-8").splitlines(), start=1):
            if (note := _NOTE.search(text)) is not None:
                for message in note[1].split(" && "):
                    yield file.relative_to(folder).as_posix(), line, message.split(" … ")


def broken_copy(folder: Path, into: Path) -> Path:
    """The sound catalogue with the broken files laid over it; a broken terms.yml stands alone."""
    if not (folder / TERMS).exists():
        shutil.copytree(HERE / "fixtures" / "whole", into)
    shutil.copytree(folder, into, dirs_exist_ok=True)
    return into


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    folder = HERE / "broken" / name
    refusals = list(examine(broken_copy(folder, tmp_path / "data")).refusals)
    told = [str(refusal) for refusal in refusals]
    for file, line, parts in expected(folder):
        at = next(
            (
                index
                for index, one in enumerate(refusals)
                if (one.place.file, one.place.line) == (file, line) and all(part in str(one) for part in parts)
            ),
            None,
        )
        assert at is not None, f"{file}:{line} does not say {parts}, but {told}"
        refusal = refusals.pop(at)
        assert refusal.do or refusal.why
    assert [str(refusal) for refusal in refusals] == []


def test_every_group_of_refusals_has_broken_files() -> None:
    assert sorted({name.split("-")[0] for name in BROKEN}) == [f"{group:02}" for group in range(1, 15)]
