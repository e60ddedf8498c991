"""What the readers of tables share: rows with a key of their own, and spans of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safeconduct.catalogue.fields import Fields, items
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.sources import read_source
from safeconduct.catalogue.terms import good_key
from safeconduct.core.provenance import Source


def keyed_rows(
    node: Node, refusing: Refusing, seen: dict[str, str], *, required: Iterable[str], optional: Iterable[str]
) -> Iterator[tuple[str, Fields]]:
    """The rows of one file with their keys. `seen` holds the keys of the files before, with their file."""
    for path, item in items(node, "", refusing):
        fields = Fields(item, path, refusing, required=required, optional=optional)
        key = fields.text("key")
        if key and good_key(fields.at("key"), key, fields.path("key"), refusing) and key in seen:
            fields.refuse("key", f"{key!r} is used twice, first in {seen[key]}.", do="Give each row its own key.")
        seen.setdefault(key, refusing.file)
        yield key, fields


def read_span(fields: Fields) -> tuple[date | None, date | None]:
    """`since` and `until`; an end before the start is refused."""
    since, until = fields.day("since"), fields.day("until")
    if since and until and until < since:
        fields.refuse("until", f"It ends {until}, before it starts {since}.", do="Swap the two days.")
    return since, until


def source_of(fields: Fields) -> Source | None:
    """The field `source`; None where it is absent or was refused."""
    return read_source(fields.at("source"), fields.path("source"), fields.refusing) if "source" in fields else None
