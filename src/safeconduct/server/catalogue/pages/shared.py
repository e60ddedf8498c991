"""What every page of the catalogue begins with: its day, its trail, its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from safeconduct.core.errors import UnknownKey
from safeconduct.core.records.catalogue import Obligation
from safeconduct.server.catalogue.queries import row_asked
from safeconduct.server.catalogue.words import obligation_words, programme_link, row_link, row_url
from safeconduct.server.common import clock
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.catalogue.queries import CatalogueRow
    from safeconduct.server.common.look.values import Shown, Verdict

_ORDER = list(Obligation)
_DECIDED = (("facts", "from facts alone"), ("person", "by a person too"), ("not", "not judged"))


def day_of(request: HttpRequest) -> date:
    """The day the page speaks of."""
    day: date = getattr(request, "as_of", None) or clock.today()
    return day


def context(title: str, *trail: Link, **values: Any) -> dict[str, Any]:
    """What the frame of a page of the catalogue needs."""
    return {"title": title, "trail": (Link("Catalogue", address("catalogue:list")), *trail, Link(title)), **values}


def obligation_place(entry: CatalogueRow, day: date) -> int | None:
    """Where a row sorts by how strongly it binds; None where nothing binds yet."""
    found = entry.obligation(day)
    return None if found is None else _ORDER.index(found)


def row_columns(day: date, *, with_programme: bool) -> list[ListColumn[CatalogueRow]]:
    """The columns of a list of requirements."""
    columns: list[ListColumn[CatalogueRow]] = [
        ListColumn("ref", "Requirement", lambda one: _named(one, cite=with_programme), subject=True)
    ]
    if with_programme:
        columns.append(ListColumn("programme", "Programme", lambda one: programme_link(one.programme), _programme))
    return [
        *columns,
        ListColumn(
            "obligation",
            "Obligation",
            lambda one: obligation_words(one, day),
            lambda one: obligation_place(one, day),
        ),
        ListColumn("kind", "Kind", lambda one: one.row.kind.value, lambda one: one.row.kind.value),
        ListColumn("scope", "Judged at", lambda one: one.row.scope.value, lambda one: one.row.scope.value),
        ListColumn("sure", "How sure", lambda one: one.row.source.sure, lambda one: one.row.source.sure.value),
    ]


def _programme(entry: CatalogueRow) -> str:
    return entry.programme.title


def _named(entry: CatalogueRow, *, cite: bool) -> Link:
    ident = cited(entry.row) if cite else entry.row.ref
    return Link(entry.row.title, row_url(entry.row.key), ident=ident, note=entry.row.asks)


def file_columns(day: date) -> list[ListColumn[CatalogueRow]]:
    """The columns of a list of requirements as a file: everything that fits a cell."""
    return [
        ListColumn("key", "Key", lambda one: one.row.key),
        ListColumn("edition", "Edition", lambda one: one.programme.id, _programme),
        ListColumn("ref", "Reference", lambda one: one.row.ref),
        ListColumn("chapter", "Chapter", lambda one: one.programme.chapters.get(one.row.chapter, one.row.chapter)),
        ListColumn("title", "Title", lambda one: one.row.title),
        ListColumn("asks", "What it asks, in our words", lambda one: one.row.asks),
        ListColumn("kind", "Kind", lambda one: one.row.kind.value, lambda one: one.row.kind.value),
        ListColumn(
            "obligation",
            "Obligation",
            lambda one: one.obligation(day),
            lambda one: obligation_place(one, day),
        ),
        ListColumn("scope", "Judged at", lambda one: one.row.scope.value, lambda one: one.row.scope.value),
        ListColumn("controls", "Controls", lambda one: ", ".join(one.controls)),
        ListColumn("sure", "How sure", lambda one: one.row.source.sure, lambda one: one.row.source.sure.value),
        ListColumn("document", "Document", lambda one: one.row.source.document),
        ListColumn("locator", "Place in it", lambda one: one.row.source.locator),
        ListColumn("checked", "Checked", lambda one: one.row.source.checked),
        ListColumn("link", "Issuer's page", lambda one: one.row.source.link),
    ]


def row_choices(day: date, rows: tuple[CatalogueRow, ...]) -> list[Choice[CatalogueRow]]:
    """The choices that narrow a list of requirements; only what occurs is offered."""
    kinds = sorted({one.row.kind for one in rows})
    decided = [(word, told) for word, told in _DECIDED if any(one.decided_by == word for one in rows)]
    bindings = sorted({word for one in rows if (word := one.obligation(day))}, key=_ORDER.index)
    scopes = sorted({one.row.scope for one in rows})
    sures = sorted({one.row.source.sure for one in rows})
    return [
        Choice("obligation", "Obligation", _options(bindings), lambda one, word: one.obligation(day) == word),
        Choice("kind", "Kind", _options(kinds), lambda one, word: one.row.kind == word),
        Choice("decided", "Decided", decided, lambda one, word: one.decided_by == word),
        Choice("scope", "Judged at", _options(scopes), lambda one, word: one.row.scope == word),
        Choice("sure", "How sure", _options(sures), lambda one, word: one.row.source.sure == word),
    ]


def _options(words: list[Any]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


def entry_asked[T](kind: str, entries: Mapping[str, T], key: str) -> T:
    """An entry of a table. Raises UnknownKey for a key that names none."""
    if key not in entries:
        raise UnknownKey(kind, key, tuple(entries))
    return entries[key]


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section of the page of an entry: labels and values, or a table."""

    title: str
    facts: Sequence[tuple[str, Shown]] = ()
    table: Table | None = None


def entry_page(request: HttpRequest, page: dict[str, Any], verdict: Verdict, *sections: Section) -> HttpResponse:
    """The page of one entry of a table; `page` is its context."""
    return render(request, "catalogue/entry.html", {**page, "verdict": verdict, "sections": sections})


def rows_named(keys: Sequence[str]) -> Table:
    """Requirements as a table, in the order of their keys given."""
    entries = [row_asked(key) for key in keys]
    columns = (Column("Requirement", subject=True), Column("Programme"))
    return Table(columns, [Row((row_link(entry), programme_link(entry.programme))) for entry in entries])


def words_of(entry: CatalogueRow) -> str:
    """Where free words are looked for."""
    row = entry.row
    return " ".join((row.key, row.ref, row.title, row.asks, row.note, *entry.controls))
