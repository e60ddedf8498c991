"""The catalogue at a glance: programmes, families of controls, where programmes meet, and how sure it all is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.controls import FAMILIES
from safeconduct.catalogue.usage import meetings
from safeconduct.core.dates import covers
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation
from safeconduct.server.catalogue.pages.exports import exports_table
from safeconduct.server.catalogue.pages.shared import day_of
from safeconduct.server.catalogue.queries import CatalogueRow, all_rows, programmes_asking, rows_of
from safeconduct.server.catalogue.words import family_words, programme_url
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Programme


@dataclass(frozen=True)
class OverviewPage:
    """All that the first page of the catalogue shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    programmes: Listed
    families: Table
    exports: Table


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the catalogue holds."""
    rows, day = all_rows(), day_of(request)
    programmes = _programmes(request, day)
    if wants_csv(request):
        return programmes.answer("programmes")
    page = OverviewPage(_verdict(rows), _boxes(rows), programmes, _families(), exports_table())
    return render(request, "catalogue/overview.html", {"title": "Catalogue", "trail": (), "page": page})


def _verdict(rows: Sequence[CatalogueRow]) -> Verdict:
    editions = len(catalogue_in_use().programmes)
    judged, computable = sum(one.judged for one in rows), sum(one.computable for one in rows)
    return Verdict(
        (
            f"{counted(editions, 'edition asks', 'editions ask')} {counted(len(rows), 'thing', 'things')}.",
            f"{computable} of {judged} that are judged follow from recorded facts alone.",
        ),
        title="Catalogue",
        lead=_how_sure(Counter(one.row.source.sure for one in rows)),
        buttons=(
            Button("Search the requirements", address("catalogue:requirements")),
            Button("Compare what programmes ask", address("catalogue:meetings")),
        ),
    )


def _how_sure(sure: Counter[Sure]) -> str:
    told = f"{sure[Sure.CONFIRMED]} rest on the issuer's own text, {sure[Sure.SECONDARY]} on another's account of it"
    waiting = sure[Sure.UNCONFIRMED]
    return f"{told}, and {waiting} count only after a person has confirmed them." if waiting else f"{told}."


def _boxes(rows: Sequence[CatalogueRow]) -> tuple[Box, ...]:
    catalogue = catalogue_in_use()
    threats = catalogue.threats
    scales = len(threats.scales) + len(threats.matrices)
    confirmed = sum(one.row.source.sure is Sure.CONFIRMED for one in rows)
    return (
        Box("Editions", Number(len(catalogue.programmes), "#programmes")),
        Box("Requirements", Number(len(rows), address("catalogue:requirements"))),
        Box("Confirmed", Number(confirmed, address("catalogue:quality"), len(rows)), "quality as numbers"),
        Box("Controls", Number(len(catalogue.controls), address("catalogue:controls")), "neutral, shared by all"),
        Box("Where programmes meet", Number(len(meetings(catalogue)), address("catalogue:meetings")), "one parameter"),
        Box("Lists of words", Number(len(catalogue.terms.lists), address("catalogue:lists"))),
        Box("Recognition", Number(len(catalogue.recognition), address("catalogue:recognition")), "directed and dated"),
        Box("Equivalences", Number(len(catalogue.equivalences), address("catalogue:equivalences")), "of certificates"),
        Box("Checklists", Number(len(catalogue.checklists), address("catalogue:checklists")), "point by point"),
        Box("Identifiers", Number(len(catalogue.identifiers), address("catalogue:identifiers")), "types of numbers"),
        Box("Threat scenarios", Number(len(threats.scenarios), address("catalogue:scenarios")), "and their answers"),
        Box("Scales and matrices", Number(scales, address("catalogue:scales")), "from numbers to priorities"),
    )


@dataclass(frozen=True, slots=True)
class _Edition:
    """An edition with what is counted of it."""

    programme: Programme
    rows: int
    musts: int
    judged: int
    computable: int
    headings_only: bool
    sure: Counter[Sure]


def _edition(programme: Programme, day: date) -> _Edition:
    rows = rows_of(programme)
    return _Edition(
        programme,
        rows=len(rows),
        musts=sum(one.obligation(day) is Obligation.MUST for one in rows),
        judged=sum(one.judged for one in rows),
        computable=sum(one.computable for one in rows),
        headings_only=not any(one.mapped for one in rows),
        sure=Counter(one.row.source.sure for one in rows),
    )


def _programmes(request: HttpRequest, day: date) -> Listed:
    """Every edition: how much of it there is, how sure it is, how complete."""
    editions = [_edition(one, day) for one in catalogue_in_use().programmes.values()]
    columns: list[ListColumn[_Edition]] = [
        ListColumn("title", "Programme", _named, lambda one: one.programme.title, subject=True),
        _number("rows", "Rows", lambda one: one.rows),
        _number("musts", "Musts", lambda one: one.musts, obligation="must"),
        ListColumn(
            "computable",
            "From facts alone",
            lambda one: Number(one.computable, programme_url(one.programme, decided="facts"), one.judged),
            lambda one: one.computable,
            numeric=True,
        ),
        ListColumn("sure", "How sure", _sure),
        ListColumn("known", "Known of the issuer's", lambda one: _known(one.programme)),
    ]
    in_force: Choice[_Edition] = Choice(
        "force",
        "In force",
        [("yes", "on this day"), ("no", "not on this day")],
        lambda one, word: covers(day, one.programme.since, one.programme.until) == (word == "yes"),
    )
    return listed(
        request,
        editions,
        columns,
        choices=[in_force],
        text=lambda one: f"{one.programme.id} {one.programme.title} {one.programme.owner}",
        sort="title",
        size=100,
    )


def _number(name: str, label: str, count: Callable[[_Edition], int], **filters: str) -> ListColumn[_Edition]:
    return ListColumn(
        name, label, lambda one: Number(count(one), programme_url(one.programme, **filters)), count, numeric=True
    )


def _named(one: _Edition) -> Link:
    found = one.programme
    mark = ", headings only" if one.headings_only else ""
    return Link(found.title, programme_url(found), note=f"{found.owner}, edition {found.edition}{mark}")


def _sure(one: _Edition) -> Several:
    counted_words = [
        Link(f"{one.sure[word]} {word.value}", programme_url(one.programme, sure=word))
        for word in Sure
        if one.sure[word]
    ]
    return Several(tuple(counted_words))


def _known(found: Programme) -> str | Quiet:
    complete = sum(one.complete for one in found.coverage.values())
    if complete == len(found.coverage):
        return "all of it, for every role"
    known = f"complete for {complete} of {counted(len(found.coverage), 'role', 'roles')}"
    gaps = sorted({gap for one in found.coverage.values() for gap in one.gaps})
    of = known if complete else "complete for no role"
    return Quiet(f"{of}; {counted(len(gaps), 'known gap', 'known gaps')}" if gaps else of)


def _families() -> Table:
    askers = programmes_asking()
    columns = (Column("Family of controls"), Column("Controls", numeric=True), Column("Asked by several", numeric=True))
    rows = []
    for family in FAMILIES:
        inside = [one for one in catalogue_in_use().controls.values() if one.family == family]
        if inside:
            url = address("catalogue:controls", query={"family": family})
            shared = sum(len(askers.get(one.key, ())) > 1 for one in inside)
            to_shared = address("catalogue:controls", query={"family": family, "asked": "several"})
            rows.append(Row((Link(family_words(family), url), Number(len(inside), url), Number(shared, to_shared))))
    return Table(columns, rows, "Families A to M are the elements of the SAFE Framework.")
