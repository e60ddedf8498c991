"""Rows of facts: one class per fact kind, its columns derived from the kind's frozen record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from safeconduct.core.errors import Refusals
from safeconduct.core.records.facts import FACT_KINDS, FactKind
from safeconduct.server.common.tenancy import Owned
from safeconduct.server.journal.columns import KEY_LENGTH, KeyColumn, columns_of, names_of, values_of

if TYPE_CHECKING:
    from safeconduct.server.common.tenancy import OfOrganisation

BATCH = 2_000
UNREADABLE = (ValueError, KeyError, TypeError, Refusals)
"""What reading a row may raise that somebody changed in the database itself."""


class FactRow(Owned):
    """One fact of one organisation. Changed only through `journal.actions`."""

    kind: ClassVar[FactKind]
    key = KeyColumn(max_length=KEY_LENGTH)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="%(class)s_key")]

    def __str__(self) -> str:
        return f"{self.kind.title} {self.key}"


_ROWS: dict[str, type[FactRow]] = {}


def keeps[Row: FactRow](section: str) -> Callable[[type[Row]], type[Row]]:
    """Have a row class keep the facts of a section: it gets the columns of the section's record."""

    def decorate(row: type[Row]) -> type[Row]:
        kind = FACT_KINDS[section]
        row.kind = kind
        for name, column in columns_of(kind.record).items():
            if isinstance(column, KeyColumn):
                vars(row._meta.get_field(name))["help_text"] = column.help_text
            else:
                row.add_to_class(name, column)
        _ROWS[section] = row
        return row

    return decorate


def rows() -> Mapping[str, type[FactRow]]:
    """The row class of each section, in the order of FACT_KINDS."""
    return {section: _ROWS[section] for section in FACT_KINDS if section in _ROWS}


def row_of(section: str) -> type[FactRow]:
    """The row class that keeps the facts of a section."""
    return _ROWS[section]


def records_of(section: str, whose: OfOrganisation, **exact: Any) -> tuple[Any, ...]:
    """The records of a section in the order of their keys, read without making rows of them: one statement."""
    record = FACT_KINDS[section].record
    names, columns = zip(*names_of(record), strict=True)
    found = row_of(section).objects.of(whose).filter(**exact).values_list(*columns)
    records = [record(**dict(zip(names, values, strict=True))) for values in found.iterator(chunk_size=BATCH)]
    return tuple(sorted(records, key=attrgetter("key")))


def put(section: str, whose: OfOrganisation, record: Any) -> None:
    """Keep a record in place of the one with its key, or as a new one."""
    row, values = row_of(section), values_of(record)
    if not row.objects.of(whose).filter(key=record.key).update(**values):
        row.objects.insert([row(organisation_id=whose.organisation_id, **values)])


def insert(section: str, whose: OfOrganisation, records: Iterable[Any]) -> None:
    """Keep many new records."""
    row = row_of(section)
    new = [row(organisation_id=whose.organisation_id, **values_of(record)) for record in records]
    row.objects.insert(new, batch_size=BATCH)


def remove(section: str, whose: OfOrganisation, keys: Iterable[str]) -> None:
    """Take records out."""
    wanted = list(keys)
    for start in range(0, len(wanted), BATCH):
        row_of(section).objects.of(whose).filter(key__in=wanted[start : start + BATCH]).delete()
