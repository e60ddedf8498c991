"""Two days side by side: which risks rose, fell, appeared or went, why, and what that did to a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import shifted
from safeconduct.core.risk.moves import SAME
from safeconduct.server.common.exports import csv_link, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Filters, Row, Table, Words
from safeconduct.server.common.look.values import Box, Link, Moved, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.posture.pages.reader import day_asked, title
from safeconduct.server.posture.queries import overview_of
from safeconduct.server.sra.heat_map import heat_of
from safeconduct.server.sra.pages.register import COMPARED_DAYS, nothing_assessed
from safeconduct.server.sra.shown import ASSESSMENT, RiskReader, risk_reader
from safeconduct.server.sra.two_days import TwoDays, two_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.moves import Move
    from safeconduct.server.common.look.heat import Heat
    from safeconduct.server.common.look.values import Shown

SINCE = "since"


@dataclass(frozen=True)
class Group:
    """The risks that went one way."""

    head: str
    anchor: str
    table: Table


@dataclass(frozen=True)
class DaysPage:
    """All that the page shows; where nothing held on the earlier day only the strip to choose another."""

    verdict: Verdict
    filters: Filters
    boxes: tuple[Box, ...] = ()
    heat: Heat | None = None
    year: Table | None = None
    groups: tuple[Group, ...] = ()
    csv: Link | None = None


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """The risks of the day beside those of an earlier one."""
    now = risk_reader(request)
    if now is None:
        return nothing_assessed(request)
    since = min(day_asked(request, SINCE, shifted(now.reader.day, -COMPARED_DAYS)), now.reader.day)
    then = _on(now, since)
    if then is None:
        page = DaysPage(_nothing_then(now, since), _filters(request, now, since))
        return _answer(request, page)
    found = two_days(then, now)
    if wants_csv(request):
        return table_answer(request, "risk-moves", _moved(found, [*found.rose, *found.fell]))
    return _answer(request, _page(request, found))


def _answer(request: HttpRequest, page: DaysPage) -> HttpResponse:
    return render(request, "sra/days.html", title("Two days", Link("Risk", address("risk:list")), page=page))


def _on(now: RiskReader, day: date) -> RiskReader | None:
    """The risks of another day: of the assessment named by the address, else of the one that held then."""
    reader = now.reader
    overview = overview_of(reader.viewer, day)
    judged = overview.risks(now.asked)
    return None if judged is None else RiskReader(replace(reader, overview=overview), judged, now.asked)


def _page(request: HttpRequest, found: TwoDays) -> DaysPage:
    day = found.then.judged.day
    return DaysPage(
        verdict=_verdict(found),
        filters=_filters(request, found.now, day),
        boxes=tuple(_boxes(found)),
        heat=heat_of(found.now, found.then.judged if found.same_matrix else None),
        year=_year(found),
        groups=tuple(_groups(found)),
        csv=csv_link(request) if found.rose or found.fell else None,
    )


def _filters(request: HttpRequest, now: RiskReader, since: date) -> Filters:
    keep = [(ASSESSMENT, now.asked)] if now.asked else []
    return Filters(
        fields=(Words(SINCE, "Compared with", since.isoformat(), kind="date"),),
        keep=keep,
        clear_url=request.path if SINCE in request.GET else "",
        button="Compare",
    )


def _nothing_then(now: RiskReader, since: date) -> Verdict:
    first = min(now.reader.overview.snapshot.facts.risk_assessments, key=lambda one: one.on)
    return Verdict(
        (f"No assessment held on {day_text(since)}.",),
        title=f"Two days, {now.place(now.judged.assessment.entity)}",
        lead=f"The first one describes {day_text(first.on)}. Choose that day or a later one.",
    )


def _verdict(found: TwoDays) -> Verdict:
    then, now = found.then.judged.day, found.now.judged.day
    parts = [
        f"{len(some)} {word}"
        for some, word in (
            (found.rose, "rose"),
            (found.fell, "fell"),
            (found.appeared, "appeared"),
            (found.went, "went"),
        )
        if some
    ]
    first = f"Since {day_text(then)} no risk moved."
    if parts:
        first = f"Of {counted(len(found.now.rated), 'risk', 'risks')} {_joined(parts)} since {day_text(then)}."
    return Verdict(
        (first,),
        title=f"{day_text(then)} and {day_text(now)}, {found.now.place(found.now.judged.assessment.entity)}",
        lead=" ".join(_lead(found)),
    )


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _lead(found: TwoDays) -> Iterator[str]:
    if found.anew:
        yield "Another round of the assessment holds now, so numbers were rated anew as well."
    elif found.rose or found.fell:
        yield "Nobody rated them anew: what moved them stands beside each."
    if not found.same_matrix:
        yield "The rounds use different matrices, so classes are told and not compared."
    was, now, money = found.then.year().mean, found.now.year().mean, found.now.money
    if found.then.currency == found.now.currency and abs(now - was) > SAME * max(now, was):
        yield f"An average year costs {money(abs(now - was))} {'more' if now > was else 'less'}."


def _boxes(found: TwoDays) -> Iterator[Box]:
    def box(label: str, some: Sequence[object], anchor: str, note: str) -> Box:
        return Box(label, Number(len(some), f"#{anchor}" if some else ""), note)

    yield box("Rose", found.rose, "rose", "in class or inside it")
    yield box("Fell", found.fell, "fell", "in class or inside it")
    yield box("Appeared", found.appeared, "appeared", "in this round only")
    yield box("Went", found.went, "went", "of the earlier round")
    yield Box(
        "Graver than bearable",
        Number(len(found.now.judged.above), address("risk:list", query={"rating": "above"})),
        f"then {len(found.then.judged.above)}",
    )
    yield Box(
        "Average year", found.now.money(found.now.year().mean), f"then {found.then.money(found.then.year().mean)}"
    )


def _year(found: TwoDays) -> Table:
    """The year in money on both days."""
    columns = (
        Column("Measure", subject=True),
        Column(day_text(found.then.judged.day), numeric=True),
        Column(day_text(found.now.judged.day), numeric=True),
    )
    measures: tuple[tuple[str, Callable[[Year], float]], ...] = (
        ("Average year", lambda one: one.mean),
        ("One year in ten costs more than", lambda one: one.quantile(0.9)),
        ("One year in a hundred costs more than", lambda one: one.quantile(0.99)),
    )
    rows = [(head, *(each.money(of(each.year())) for each in (found.then, found.now))) for head, of in measures]
    return Table(columns, [Row(cells) for cells in rows])


def _groups(found: TwoDays) -> Iterator[Group]:
    for head, anchor, some in (("Rose", "rose", found.rose), ("Fell", "fell", found.fell)):
        if some:
            yield Group(head, anchor, _moved(found, some))
    for head, anchor, reading, others in (
        ("Appeared", "appeared", found.now, found.appeared),
        ("Went", "went", found.then, found.went),
    ):
        if others:
            yield Group(head, anchor, _alone(reading, others))


def _moved(found: TwoDays, some: Sequence[Move]) -> Table:
    columns = (
        Column("Scenario and place", subject=True),
        Column("Rating"),
        Column("Expected a year then", numeric=True, short="A year then"),
        Column("Now", numeric=True, short="A year now"),
        Column("Why"),
    )
    return Table(columns, [Row(tuple(_move(found, one))) for one in some])


def _move(found: TwoDays, one: Move) -> Iterator[Shown]:
    was, now = found.then.priority(one.was.priority), found.now.priority(one.now.priority)
    yield found.now.link(one.now)
    yield Moved("", was or "not rated", now or "not rated") if was != now else now or Quiet("not rated")
    yield _loss(found.then, one.was)
    yield _loss(found.now, one.now)
    yield found.why(one)


def _alone(reading: RiskReader, some: Sequence[RiskJudgement]) -> Table:
    columns = (
        Column("Scenario and place", subject=True),
        Column("Rating"),
        Column("Expected a year", numeric=True),
        Column("Owner"),
    )
    rows = [
        (
            reading.link(one),
            reading.priority(one.priority) or Quiet("not rated"),
            _loss(reading, one),
            one.risk.owner or Quiet("nobody named"),
        )
        for one in some
    ]
    return Table(columns, [Row(cells) for cells in rows])


def _loss(reading: RiskReader, one: RiskJudgement) -> Shown:
    return reading.money(one.current.loss if one.current else None) or Quiet("no amount")
