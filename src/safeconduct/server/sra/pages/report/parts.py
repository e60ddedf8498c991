"""What the report of a security risk assessment is made of: chapters of parts, which its template prints in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Quiet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from safeconduct.server.common.look.curve import Curve
    from safeconduct.server.common.look.heat import Heat
    from safeconduct.server.common.look.values import Shown

type Told = tuple[str, Shown]
"""A label and its value."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a chapter: a heading, a paragraph, labels with values, a picture, a table; each only where it is."""

    heading: str = ""
    said: Shown = None
    facts: tuple[Told, ...] = ()
    heat: Heat | None = None
    curve: Curve | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A numbered part of the report; `anchor` is its place on the page and what its title is looked up by."""

    anchor: str
    parts: tuple[Part, ...]


def tabled(
    heads: Sequence[str | Column],
    rows: Iterable[tuple[Shown, ...]],
    *,
    none: str,
    heading: str = "",
    said: Shown = None,
) -> Part:
    """A table under its heading; without a row the sentence that says so. The first column names the row."""
    columns = tuple(Column(one) if isinstance(one, str) else one for one in heads)
    found = [Row(one) for one in rows]
    if not found:
        return Part(heading, Quiet(none))
    return Part(heading, said, table=Table(columns, found))
