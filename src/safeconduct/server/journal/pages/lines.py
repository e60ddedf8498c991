"""The journal as a list: narrowed by day, person, kind of fact, deed, key and words; newest first; also as CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.exports import csv_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import PAGE, PAGE_SIZE, SORT, address_with, first_of_page, pager_of
from safeconduct.server.common.look.day import day_named
from safeconduct.server.common.look.lists import Choose, Column, Filters, Row, Sorted, Table, Words
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.queries import (
    JournalLine,
    Sought,
    actors_of,
    count_lines,
    deeds_of,
    head_of,
    journal_lines,
)
from safeconduct.server.journal.telling import OTHER_KINDS, deed_name, kind_of, moment_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.journal.queries import Head

_HEADS = ("Entry", "Moment", "Who", "Deed", "Kind of fact", "Key", "Fact", "About persons", "Hash")
_NAMES = ("since", "until", "actor", "section", "deed", "key", "text")


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """The entries that fit, newest first."""
    viewer = viewer_on(request)
    viewer.need(Right.READ_ALL)
    sought, oldest_first = _sought(request), request.GET.get(SORT) == "seq"
    if wants_csv(request):
        found = journal_lines(viewer, sought, size=None, oldest_first=oldest_first)
        return csv_answer(request, "journal", _HEADS, (_file_row(one) for one in found))
    total, head = count_lines(viewer, sought), head_of(viewer)
    start = first_of_page(request, total, PAGE_SIZE)
    shown = journal_lines(viewer, sought, start=start, oldest_first=oldest_first)
    context = {
        "title": "Journal",
        "trail": (),
        "verdict": _verdict(head, total, sought),
        "boxes": _boxes(viewer, head),
        "filters": _filters(request, viewer, sought),
        "table": Table(_columns(request, oldest_first=oldest_first), [_row(one) for one in shown]),
        "pager": pager_of(request, start, PAGE_SIZE, total, said="No entry fits what is looked for."),
    }
    return render(request, "journal/lines.html", context)


def _sought(request: HttpRequest) -> Sought:
    """What the address asks for; a word that is no day asks nothing."""
    asked = {name: request.GET.get(name, "").strip() for name in _NAMES}
    return Sought(
        section=asked["section"],
        key=asked["key"],
        actor=asked["actor"],
        deed=asked["deed"],
        text=asked["text"],
        since=day_named(asked["since"]),
        until=day_named(asked["until"]),
    )


def _verdict(head: Head, total: int, sought: Sought) -> Verdict:
    whole = counted(head.seq, "entry tells", "entries tell")
    sentences = (f"{whole} what was recorded.", "None can be changed unseen.")
    lead = (
        "Each entry holds the hash of the one before it. Printed heads are kept outside: a cut tail shows against them."
    )
    if sought != Sought():
        lead = f"{counted(total, 'entry fits', 'entries fit')} what is looked for. {lead}"
    return Verdict(
        sentences, title="Journal", lead=lead, buttons=(Button("Check the journal", address("journal:verify")),)
    )


def _boxes(viewer: Viewer, head: Head) -> tuple[Box, ...]:
    return (
        Box("Entries", Number(head.seq, address("journal:list"))),
        Box("Head", Ident(f"{head.seq}:{head.hash[:12]}…"), "the last entry and its hash"),
        Box("Organisation", viewer.organisation_title, Quiet(viewer.organisation_key)),
        Box("Known at the end", Link("the facts of today", address("journal:then", str(head.seq)))),
    )


def _filters(request: HttpRequest, viewer: Viewer, sought: Sought) -> Filters:
    others = [(section, kind.capitalize()) for section, kind in OTHER_KINDS.items()]
    sections = [*((name, kind.title) for name, kind in FACT_KINDS.items()), *others]
    deeds = [(deed, deed_name(deed)) for deed in deeds_of(viewer)]
    actors = sorted(actors_of(viewer).items(), key=lambda one: one[1].casefold())
    order = request.GET.get(SORT, "")
    return Filters(
        (
            Words("since", "From", sought.since.isoformat() if sought.since else "", kind="date"),
            Words("until", "To", sought.until.isoformat() if sought.until else "", kind="date"),
            Choose("actor", "Who", [("", "all"), *actors], sought.actor),
            Choose("section", "Kind of fact", [("", "all"), *sections], sought.section),
            Choose("deed", "Deed", [("", "all"), *deeds], sought.deed),
            Words("key", "Key", sought.key),
            Words("text", "Words", sought.text),
        ),
        keep=[(SORT, order)] if order else [],
        clear_url=address("journal:list") if sought != Sought() else "",
    )


def _columns(request: HttpRequest, *, oldest_first: bool) -> tuple[Column, ...]:
    turned = "" if oldest_first else "seq"
    order = Sorted.UP if oldest_first else Sorted.DOWN
    url = address_with(request, **{SORT: turned, PAGE: ""})
    return (
        Column("Entry", sort_url=url, sorted=order),
        Column("Moment"),
        Column("Who"),
        Column("Deed"),
        Column("Fact"),
        Column("Hash"),
    )


def _row(line: JournalLine) -> Row:
    url = address("journal:entry", str(line.seq))
    kind = kind_of(line.section)
    return Row(
        (
            Link(f"{line.seq:,}", url),
            moment_words(line.at),
            line.actor_name,
            deed_name(line.deed),
            Several((f"{kind.capitalize()},", Ident(line.key)), " ") if kind else Quiet("the journal itself"),
            Ident(line.hash[:8]),
        )
    )


def _file_row(line: JournalLine) -> tuple[str | int, ...]:
    personal = "erased" if line.personal is None else json.dumps(line.personal, ensure_ascii=False)
    return (
        line.seq,
        line.at.isoformat(timespec="seconds"),
        line.actor_name,
        line.deed,
        line.section,
        line.key,
        json.dumps(line.factual, ensure_ascii=False),
        personal,
        line.hash,
    )
