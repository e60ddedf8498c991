"""The crosswalk: one strictest statement in a row, who binds each part of it, and how each programme stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeconduct.server.common.look.values import Link, Mark, Shown


@dataclass(frozen=True, slots=True)
class BoundLine:
    """One part of a statement: what it says, what binds it, and a framed word beside it (conflict, limit)."""

    says: str
    by: Shown = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One statement. `relations` are binds, same, less, one way or silent, one for each programme."""

    head: Link
    bounds: tuple[BoundLine, ...]
    relations: tuple[str, ...]
    notes: tuple[Shown, ...] = ()
    stands: Mark | None = None


@dataclass(frozen=True, slots=True)
class CrossCell:
    """What one programme is to a statement, in its column."""

    label: str
    word: str

    @property
    def tone(self) -> str:
        """The value of `data-a`: how much ink it gets."""
        return "less" if self.word == "one way" else self.word


@dataclass(frozen=True, slots=True)
class CrossChapter:
    """Statements of one family."""

    head: str
    rows: Sequence[CrossRow]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Statements by programme. `last` heads the column of one's own standing; empty where nothing is judged.

    `short` are the programmes' names where a narrow sheet stacks the row; empty: the same.
    """

    programmes: tuple[str, ...]
    chapters: Sequence[CrossChapter]
    caption: str = ""
    last: str = ""
    short: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return 2 + len(self.programmes) + bool(self.last)

    @property
    def printed(self) -> list[tuple[CrossChapter, list[tuple[CrossRow, list[CrossCell]]]]]:
        """Each chapter with its rows, each with its cells."""
        return [
            (
                chapter,
                [
                    (row, [CrossCell(*pair) for pair in zip(self.short or self.programmes, row.relations, strict=True)])
                    for row in chapter.rows
                ],
            )
            for chapter in self.chapters
        ]
