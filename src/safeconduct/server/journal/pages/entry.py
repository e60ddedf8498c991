"""One entry of the journal: what it says of things and of persons, what it changed, and its place in the chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.accounts.queries import names_of
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Quiet, Verdict
from safeconduct.server.journal.currency import current
from safeconduct.server.journal.forms import ground_of
from safeconduct.server.journal.queries import Entry, entry_asked, told_after, told_before
from safeconduct.server.journal.sections import find
from safeconduct.server.journal.telling import (
    actor_words,
    changed_by,
    deed_done,
    deed_name,
    kind_of,
    moment_words,
    told_by,
)
from safeconduct.server.journal.verification import entry_problems

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.journal.telling import Told


@dataclass(frozen=True)
class EntryPage:
    """All that the page of an entry shows. `changed` is None where the entry is the first about its fact."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    things: Told
    persons: Told
    erased: bool
    changed: Table | None
    chain: Told
    buttons: tuple[Button, ...]


@require_safe
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry."""
    viewer = viewer_on(request)
    viewer.need(Right.READ_ALL)
    found = entry_asked(viewer, seq)
    page = _page(viewer, found)
    trail = (Link("Journal", address("journal:list")), Link(f"Entry {seq:,}"))
    return render(request, "journal/entry.html", {"title": f"Entry {seq}", "trail": trail, "page": page})


def _page(viewer: Viewer, found: Entry) -> EntryPage:
    now, before = current(viewer), told_before(viewer, found)
    ground = ground_of(viewer, found.link.section)
    things, persons = told_by(ground, found)
    changed = None if before is None else changed_by(ground, found, before)
    return EntryPage(
        verdict=_verdict(found, names_of({found.link.actor})),
        boxes=_boxes(found, now.snapshot.facts),
        things=things,
        persons=persons,
        erased=found.personal is None,
        changed=None if changed is None else _changes(changed),
        chain=_chain(found),
        buttons=_ways(found, now.head.seq, before, told_after(viewer, found)),
    )


def _verdict(found: Entry, names: dict[str, str]) -> Verdict:
    link = found.link
    who = actor_words(link.actor, names)
    problems = list(entry_problems(found))
    holds = "Its hashes fit what it says." if not problems else "It was changed behind its back."
    return Verdict(
        (f"{who} {deed_done(link.deed, link.section)}.",),
        title=f"Journal entry {link.seq:,}, {moment_words(link.at)}",
        lead=" ".join([holds, *problems]),
    )


def _boxes(found: Entry, facts: Facts) -> tuple[Box, ...]:
    link = found.link
    kind = kind_of(link.section)
    return (
        Box("Entry", f"{link.seq:,}", f"form {link.version}"),
        Box("Moment", moment_words(link.at)),
        Box("Deed", deed_name(link.deed), Quiet(link.actor)),
        Box("Fact", _fact(found, facts), kind.capitalize() if kind else "the journal itself"),
    )


def _fact(found: Entry, facts: Facts) -> Shown:
    """The key of the fact, leading to the register while it is still recorded."""
    section, key = found.link.section, found.link.key
    if section not in FACT_KINDS or find(facts, section, key) is None:
        return Ident(key) if key else ""
    return Link("", address("registers:change", section, key), ident=key)


def _changes(changed: list[tuple[str, Shown, Shown]]) -> Table:
    nothing = Quiet("nothing")
    rows = [
        Row((label, nothing if was is None else was, nothing if now is None else now)) for label, was, now in changed
    ]
    return Table((Column("Field"), Column("Was"), Column("Became")), rows)


def _chain(found: Entry) -> Told:
    link = found.link
    return [
        ("Hash", Ident(found.hash)),
        ("Hash before", Ident(link.previous)),
        ("Digest of facts", Ident(link.factual_digest)),
        ("Digest of persons", Ident(link.personal_digest)),
        ("Witness", Ident(f"{link.seq}:{found.hash}")),
    ]


def _ways(found: Entry, last: int, before: Entry | None, after: int | None) -> tuple[Button, ...]:
    """To the facts as they were known, to the entries beside it, and to those about the same fact."""
    link = found.link
    steps = [
        ("What was known then", address("journal:then", str(link.seq))),
        ("Entry before", address("journal:entry", str(link.seq - 1)) if link.seq > 1 else ""),
        ("Entry after", address("journal:entry", str(link.seq + 1)) if link.seq < last else ""),
        ("This fact before", address("journal:entry", str(before.link.seq)) if before else ""),
        ("This fact after", address("journal:entry", str(after)) if after else ""),
    ]
    return tuple(Button(words, url) for words, url in steps if url)
