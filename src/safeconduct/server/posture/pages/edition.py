"""An enrolment held against another edition of its programme: what changes, what it costs us, and the way to follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.spoken_editions import known_words
from safeconduct.catalogue.titles import joined
from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.editions import Change
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import address_with, listed
from safeconduct.server.common.look.lists import Choose, Filters, Pager, Table, Words
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.posture.editions import (
    Following,
    edition_of_enrolment,
    edition_to_follow,
    first_day_of,
    following,
    other_editions,
)
from safeconduct.server.posture.links import programme_url
from safeconduct.server.posture.pages.compare_parts import CostPart, cost_part
from safeconduct.server.posture.pages.edition_parts import change_choice, change_columns, decision_table, words_of
from safeconduct.server.posture.pages.reader import Reader, day_asked, reader_of, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.criteria.editions import Difference
    from safeconduct.core.records.catalogue import Programme
    from safeconduct.core.records.units import Enrolment

TO, FROM, WHOSE, CHANGE = "to", "from", "whose", "change"
_EVERYBODY = "everybody"


@dataclass(frozen=True)
class EditionPage:
    """All that the page shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    filters: Filters
    table: Table
    pager: Pager
    cost: CostPart | None
    decisions: Table | None


@require_safe
def edition(request: HttpRequest, enrolment: str) -> HttpResponse:
    """What changes for an enrolment with another edition, what it costs us, and the button that switches."""
    reader = reader_of(request)
    found, before = edition_of_enrolment(reader.viewer, reader.overview, enrolment)
    after = edition_to_follow(reader.overview, before, request.GET.get(TO, ""))
    day = day_asked(request, FROM, first_day_of(after, reader.day))
    everybody = request.GET.get(WHOSE) == _EVERYBODY
    follows = following(reader.viewer, reader.overview, found, after, day, everybody=everybody)
    changes = listed(
        request,
        follows.found.rows,
        change_columns(reader, follows),
        choices=(change_choice(follows.found),),
        text=lambda row: words_of(reader, follows.found, row),
        caption="Rows are the same by their key, or where the catalogue says that one continues the other.",
    )
    if wants_csv(request):
        return changes.answer(f"{found.key}-{after.edition}")
    page = EditionPage(
        verdict=_verdict(reader, follows),
        boxes=tuple(_boxes(request, follows)),
        filters=replace(changes.filters, fields=(*_asked(request, reader, before, follows), *changes.filters.fields)),
        table=changes.table,
        pager=changes.pager,
        cost=_cost(reader, follows),
        decisions=decision_table(reader, follows) if follows.decisions else None,
    )
    name = f"{short_name(before.key)} {before.edition} → {after.edition}"
    trail = (Link("Programmes", address("programmes:list")), _here(reader, found, before))
    return render(request, "posture/edition.html", title(name, *trail, page=page))


def _here(reader: Reader, enrolment: Enrolment, programme: Programme) -> Link:
    """The enrolment's own page, where it is judged on the day."""
    judged = any(one.enrolment.key == enrolment.key for one in reader.overview.programmes)
    return Link(reader.names.programme(programme, enrolment), programme_url(enrolment.key) if judged else "")


def _verdict(reader: Reader, follows: Following) -> Verdict:
    found = follows.found
    return Verdict(
        sentences=tuple(_sentences(found)),
        title=f"{found.after.title}, {found.before.edition} → {found.after.edition}",
        lead=" ".join(part for part in (_when(found.after), *_lost(reader, follows), known_words(found)) if part),
        buttons=_buttons(reader, follows),
    )


def _sentences(found: Difference) -> Iterator[str]:
    added, dropped, changed = (len(found.of(one)) for one in (Change.ADDED, Change.DROPPED, Change.CHANGED))
    if added or dropped or changed:
        rows = counted(added, "row", "rows")
        yield f"Edition {found.after.edition} adds {rows}, drops {dropped} and asks {changed} otherwise."
    else:
        yield f"Edition {found.after.edition} asks what edition {found.before.edition} asks."
    if unknown := len(found.of(Change.NOT_COMPARED)):
        yield f"{counted(unknown, 'row', 'rows')} cannot be compared."


def _when(after: Programme) -> str:
    since = f"It applies from {day_text(after.since)}" if after.since else "The day it applies from is not known"
    until = f" until {day_text(after.until)}" if after.until else ""
    left = after.transition_until
    transition = f" The edition before may be followed until {day_text(left)}." if left else ""
    return f"{since}{until}.{transition}"


def _lost(reader: Reader, follows: Following) -> Iterator[str]:
    if follows.refused is not None:
        yield f"It cannot be followed from {day_text(follows.day)}: {follows.refused.why} {follows.refused.do}"
    if follows.switch is not None and follows.switch.roles_lost:
        roles = joined(reader.overview.catalogue.terms.roles.get(one, one) for one in follows.switch.roles_lost)
        yield f"It has no place for these roles: {roles}."
    if follows.switch is not None and follows.switch.variants_lost:
        titles = follows.found.before.variant_titles
        yield f"It has no place for these levels: {joined(titles.get(v, v) for v in follows.switch.variants_lost)}."


def _buttons(reader: Reader, follows: Following) -> tuple[Button, ...]:
    if follows.switch is None or not reader.today or not reader.viewer.may_record("enrolments"):
        return ()
    query = {TO: follows.found.after.id, FROM: follows.day.isoformat()}
    url = address("programmes:switch", follows.enrolment.key, query=query)
    return (Button(f"Switch on {day_text(follows.day)}", url),) if url else ()


def _boxes(request: HttpRequest, follows: Following) -> Iterator[Box]:
    for change in Change:
        count = len(follows.found.of(change))
        url = address_with(request, **{CHANGE: change.value, "page": ""})
        yield Box(change.value.capitalize(), Number(count, url))
    if follows.cost is None:
        yield Box("For us", Quiet("not judged"))
    else:
        musts = len(follows.cost.musts)
        yield Box("For us", Number(follows.cost.met, "#here", musts), f"met on {day_text(follows.day)}")


def _asked(request: HttpRequest, reader: Reader, before: Programme, follows: Following) -> tuple[Choose, Words, Choose]:
    editions = [(one.id, one.edition) for one in other_editions(reader.overview.catalogue, before)]
    whose = (("", "our roles"), (_EVERYBODY, "everybody"))
    return (
        Choose(TO, "Edition", editions, follows.found.after.id),
        Words(FROM, "From", follows.day.isoformat(), kind="date"),
        Choose(WHOSE, "For", whose, request.GET.get(WHOSE, "")),
    )


def _cost(reader: Reader, follows: Following) -> CostPart | None:
    """What following costs us on the day, from the facts there are."""
    if follows.cost is None:
        return None
    after, enrolment = follows.found.after, follows.cost.judged.enrolment
    how = f"on {day_text(follows.day)} with the facts there are now, as {reader.names.place(enrolment.entity)} would"
    return cost_part(reader, follows.cost, Selection(after, enrolment.roles), how=f"{how} follow it")
