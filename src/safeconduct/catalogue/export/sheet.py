"""A sheet of the workbook as plain data, and the few ways its cells are worded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from safeconduct.catalogue.walking import controls_named, forms_of
from safeconduct.core.records.catalogue import Requirement, Timeline

Cell = str | int | date | None
NARROW, USUAL, WIDE, LONG = 11, 20, 36, 64


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns (heading, width in characters) and rows.

    `kept` is the number of columns that stay while one scrolls; `filtered` gives each column a filter.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    kept: int = 1
    filtered: bool = True


def named(row: Requirement) -> tuple[str, ...]:
    """The controls a row names, each once, in the order asked."""
    return tuple(dict.fromkeys(key for form in forms_of(row) for key in controls_named(form)))


def timeline_in_words(timeline: Timeline) -> str:
    """An obligation through time.

    >>> from safeconduct.core.records.catalogue import Obligation
    >>> timeline_in_words(((date(2020, 3, 1), Obligation.MUST),))
    'must from 2020-03-01'
    """
    return ", ".join(f"{word.value} from {first.isoformat()}" for first, word in timeline)


def words(words: Iterable[str]) -> str:
    """Words as one cell."""
    return ", ".join(words)
