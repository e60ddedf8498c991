"""Who recognises whose status, since when, and what goes on the declaration: the table, and one arrangement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import Titles
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.values import Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted, day_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Declaration, Recognition
    from safeconduct.server.common.look.values import Shown


@require_safe
def recognition(request: HttpRequest) -> HttpResponse:
    """Whose status is recognised by which issuer, since when, on what source."""
    entries, titles = catalogue_in_use().recognition, Titles(catalogue_in_use())
    found = listed(
        request,
        entries,
        _columns(titles, whole=wants_csv(request)),
        choices=_choices(entries, titles),
        text=lambda one: f"{titles.scheme(one.scheme)} {one.conditions} {one.declare.how if one.declare else ''}",
    )
    if wants_csv(request):
        return found.answer("recognition")
    counts = sum(one.effect == "satisfies" for one in entries)
    verdict = Verdict(
        (
            f"{counted(len(entries), 'arrangement is', 'arrangements are')} known.",
            f"{counted(counts, 'makes', 'make')} a partner's status count.",
        ),
        title="Recognition between issuers",
        lead="Recognition is directed and dated: that one issuer recognises another's status says nothing back.",
    )
    page = context("Recognition", verdict=verdict, list=found, head="All arrangements")
    return render(request, "catalogue/listing.html", page)


def _columns(titles: Titles, *, whole: bool) -> list[ListColumn[Recognition]]:
    columns: list[ListColumn[Recognition]] = [
        ListColumn(
            "scheme",
            "Status",
            lambda one: Link(titles.scheme(one.scheme), _url(one), note=one.conditions),
            lambda one: titles.scheme(one.scheme),
            subject=True,
        ),
        ListColumn("by", "Recognised by", lambda one: titles.issuer(one.by), lambda one: one.by),
        ListColumn("since", "Since", lambda one: one.since or Quiet("not known"), lambda one: one.since),
        ListColumn("until", "Until", lambda one: one.until or "", lambda one: one.until),
        ListColumn("effect", "Effect", lambda one: one.effect, lambda one: one.effect),
        ListColumn("declare", "On the declaration", lambda one: _declared(one.declare)),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    if not whole:
        return [one for one in columns if one.name != "until"]
    return [
        ListColumn("key", "Key", lambda one: one.key),
        *columns,
        ListColumn("signed", "Signed", lambda one: one.signed or ""),
        ListColumn("conditions", "Conditions", lambda one: one.conditions),
        ListColumn("how", "How it is declared", lambda one: one.declare.how if one.declare else ""),
        ListColumn("source", "Source", lambda one: f"{one.source.document}, {one.source.locator}"),
    ]


def _url(one: Recognition) -> str:
    return address("catalogue:arrangement", one.key)


def _declared(declare: Declaration | None) -> Shown:
    """The identifiers that go on the declaration."""
    if declare is None:
        return Quiet("nothing known")
    types = catalogue_in_use().identifiers
    return Several(
        tuple(Link(types[key].title, address("catalogue:identifier", key)) for key in declare.identifiers), ", "
    )


def _choices(entries: tuple[Recognition, ...], titles: Titles) -> list[Choice[Recognition]]:
    issuers = sorted({one.by for one in entries})
    schemes = sorted({one.scheme for one in entries}, key=titles.scheme)
    effects = sorted({one.effect for one in entries}, reverse=True)
    return [
        Choice("by", "Recognised by", [(key, titles.issuer(key)) for key in issuers], lambda one, key: one.by == key),
        Choice("scheme", "Status", [(key, titles.scheme(key)) for key in schemes], lambda one, key: one.scheme == key),
        Choice("effect", "Effect", [(key, key) for key in effects], lambda one, key: one.effect == key),
        Choice(
            "declared",
            "Declaration",
            [("yes", "something goes on it"), ("no", "nothing known")],
            lambda one, word: (one.declare is not None) == (word == "yes"),
        ),
    ]


@require_safe
def arrangement(request: HttpRequest, key: str) -> HttpResponse:
    """One recognition: its days and conditions, what goes on the declaration, and the other direction."""
    rows = {one.key: one for one in catalogue_in_use().recognition}
    one, titles = entry_asked("recognition", rows, key), Titles(catalogue_in_use())
    status, issuer = titles.scheme(one.scheme), titles.issuer(one.by)
    since = f"since {day_text(one.since)}" if one.since else "since a day that is not known"
    verdict = Verdict(
        (f"{issuer} recognises {status} {since}." if one.effect == "satisfies" else f"{status} only informs here.",),
        title=f"{status}, recognised by {issuer}",
        lead=one.conditions,
    )
    declared = [Section("What goes on the declaration", _declaration_facts(one.declare))] if one.declare else []
    page = context(status, Link("Recognition", address("catalogue:recognition")))
    source = Section("Source", source_facts(one.source))
    return entry_page(request, page, verdict, *declared, Section("Days and effect", _facts(one)), source)


def _facts(one: Recognition) -> list[tuple[str, Shown]]:
    programme = catalogue_in_use().terms.schemes[one.scheme].programme
    back = [row for row in catalogue_in_use().recognition if row.by == programme and _same_issuer(row, one)]
    titles = Titles(catalogue_in_use())
    return [
        ("Signed", one.signed or Quiet("not known")),
        ("Works since", one.since or Quiet("not known")),
        ("Until", one.until or "goes on"),
        ("Effect", "a partner's status counts" if one.effect == "satisfies" else "told, and counts for nothing"),
        (
            "The other way",
            Several(tuple(Link(titles.scheme(row.scheme), _url(row)) for row in back), ", ")
            if back
            else Quiet("nothing known"),
        ),
    ]


def _same_issuer(row: Recognition, one: Recognition) -> bool:
    return catalogue_in_use().terms.schemes[row.scheme].programme == one.by


def _declaration_facts(declare: Declaration) -> list[tuple[str, Shown]]:
    return [("Identifiers", _declared(declare)), ("How", declare.how), *source_facts(declare.source)]
