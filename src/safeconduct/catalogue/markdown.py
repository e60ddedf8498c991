"""Tables of the generated document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def table(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A table line by line, with an empty line after it; a bar inside a cell becomes a slash."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""
