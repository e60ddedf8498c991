"""Lists as values: tables, matrices, filter strips and pagers, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeconduct.server.common.look.values import Link, Mark, Shown


class Sorted(StrEnum):
    """Which way a column is sorted now, as readers aloud are told."""

    UP = "ascending"
    DOWN = "descending"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, whether it holds figures, and the link that sorts by it.

    `short` is the heading of the cell when a narrow sheet stacks the row; `subject` marks the one column whose cell
    names the row (the first one, where none says so).
    """

    label: str
    numeric: bool = False
    short: str = ""
    sort_url: str = ""
    sorted: Sorted | None = None
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a value for each column. `hot` tints the row that breaks a chain; `anchor` is its place on the page."""

    cells: tuple[Shown, ...]
    hot: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in its column, as the template prints it."""

    column: Column
    value: Shown
    subject: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A list. On a narrow sheet each row becomes a labelled block; `tight` keeps name, picture and figure instead."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    caption: str = ""
    tight: bool = False

    @property
    def printed(self) -> list[tuple[Row, list[Cell]]]:
        """Each row with its cells; the subject of the row is known among them."""
        subject = next((place for place, column in enumerate(self.columns) if column.subject), 0)
        return [
            (
                row,
                [
                    Cell(column, value, place == subject)
                    for place, (column, value) in enumerate(zip(self.columns, row.cells, strict=True))
                ],
            )
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One requirement over places: its name, its second line, and per place a mark, or None where it asks nothing."""

    head: Link
    cells: tuple[Mark | None, ...]
    note: Shown = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows under one heading; `note` stands at its right ("5 of 6 musts met")."""

    head: Link
    rows: Sequence[MatrixRow]
    note: Shown = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Requirements by place, worst first inside each chapter. It keeps its shape and slides on a narrow sheet."""

    name: str
    first: str
    places: tuple[str, ...]
    chapters: Sequence[Chapter]
    caption: str = ""

    @property
    def width(self) -> int:
        """The number of columns, the names among them."""
        return len(self.places) + 1


@dataclass(frozen=True, slots=True)
class Choose:
    """One choice of a filter strip: parameter, label, (value, words) options and the value chosen now."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str = ""
    words: bool = False

    @property
    def broad(self) -> bool:
        """Whether it takes the room that is left."""
        return False


@dataclass(frozen=True, slots=True)
class Words:
    """The field of a filter strip for free words, or for a day (`kind` is then date)."""

    name: str
    label: str
    value: str = ""
    words: bool = True
    kind: str = "search"

    @property
    def broad(self) -> bool:
        """Whether it takes the room that is left."""
        return self.kind == "search"


@dataclass(frozen=True, slots=True)
class Tick:
    """Several of a filter strip's choices that may hold at once: boxes to tick, those in `values` are ticked."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    values: frozenset[str] = frozenset()
    words: bool = False

    @property
    def broad(self) -> bool:
        """It takes the room that is left."""
        return True

    @property
    def boxes(self) -> list[tuple[str, str, bool]]:
        """Value, words, and whether it is ticked."""
        return [(value, words, value in self.values) for value, words in self.options]


@dataclass(frozen=True, slots=True)
class Filters:
    """A filter strip: a form that only reads. `keep` are parameters to carry along (the sorting)."""

    fields: Sequence[Choose | Words | Tick]
    url: str = ""
    keep: Sequence[tuple[str, str]] = ()
    clear_url: str = ""
    button: str = "Filter"


@dataclass(frozen=True, slots=True)
class Pager:
    """What stands under a list: which rows are shown, the pages beside it, and the ways out (CSV).

    `said` repeats the filter in words; it is shown when nothing is found.
    """

    first: int
    last: int
    total: int
    back_url: str = ""
    next_url: str = ""
    exports: Sequence[Link] = ()
    said: str = ""
    clear_url: str = ""
