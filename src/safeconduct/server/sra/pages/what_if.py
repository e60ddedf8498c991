"""What if: controls are taken away or supposed to stand, and risks, programmes and the year move at once.

What is tried lives in the address, so it can be sent to somebody; nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.core.planning.supposing import programmes_if, risks_if, touched
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Link, Mark, Moved, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import programme_url, row_url
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.heat_map import heat_of
from safeconduct.server.sra.pages.register import nothing_assessed
from safeconduct.server.sra.shown import ASSESSMENT, RiskReader, risk_reader, times
from safeconduct.server.sra.toggles import Toggles, toggles_asked
from safeconduct.server.sra.worth import exchange_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.levels import Level
    from safeconduct.server.common.look.heat import Heat
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.toggles import Toggle

SHOWN_FIRST = 8
"""So many boxes of a group are open, the others folded."""


@dataclass(frozen=True)
class Boxes:
    """One group of boxes to tick: the first ones, and those folded below."""

    legend: str
    first: Sequence[Toggle]
    more: Sequence[Toggle] = ()

    @property
    def open(self) -> bool:
        """Whether one of the folded is ticked."""
        return any(one.ticked for one in self.more)


@dataclass(frozen=True)
class TryForm:
    """The form that tries: where, and what."""

    url: str
    keep: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    unit: str
    groups: tuple[Boxes, ...]
    clear_url: str


@dataclass(frozen=True)
class WhatIfPage:
    """All that the page shows; while nothing is tried there is nothing but the form and the map of today."""

    verdict: Verdict
    form: TryForm
    boxes: tuple[Box, ...]
    heat: Heat
    risks: Table | None
    year: Table | None
    programmes: Table | None
    rows: Table | None


@dataclass(frozen=True)
class World:
    """The supposed world beside the real one."""

    toggles: Toggles
    after: RiskReader
    moved: tuple[RiskJudgement, ...]
    programmes: tuple[ProgrammeJudgement, ...]
    year: Year
    year_now: Year

    @property
    def now(self) -> RiskReader:
        """The real world."""
        return self.toggles.reading

    @property
    def tried(self) -> bool:
        """Whether anything is tried."""
        return bool(self.toggles.supposed)


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """The page; what it tries is told by its address."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    world = _world(toggles_asked(request, reading))
    page = WhatIfPage(
        verdict=_verdict(world),
        form=_form(world.toggles),
        boxes=tuple(_boxes(world)),
        heat=_heat(world),
        risks=_risks(world) if world.moved else None,
        year=_year(world) if world.tried else None,
        programmes=_programmes(world) if world.tried and world.programmes else None,
        rows=_rows(world) if world.tried else None,
    )
    return render(request, "sra/what_if.html", title("What if", Link("Risk", address("risk:list")), page=page))


def _world(toggles: Toggles) -> World:
    reading = toggles.reading
    overview = reading.reader.overview
    after = risks_if(reading.judged, overview.snapshot, toggles.supposed)
    moved = touched(reading.judged, after)
    exchange = exchange_of(reading)
    others = {one.risk.key: one.current for one in moved if one.current is not None}
    return World(
        toggles=toggles,
        after=RiskReader(reading.reader, after, reading.asked),
        moved=moved,
        programmes=programmes_if(overview.assessment.ground, overview.programmes, toggles.supposed),
        year=exchange.year_with(others) if others else exchange.year,
        year_now=exchange.year,
    )


def _verdict(world: World) -> Verdict:
    about = world.now.place(world.now.judged.assessment.entity)
    if not world.tried:
        return Verdict(
            ("Nothing is tried yet.",),
            title=f"What if, {about}",
            lead="Tick a control to take it away, or one to suppose that it stands. Nothing is stored: what you try "
            "stands in the address of the page.",
        )
    sentences = (_risks_said(world), _programmes_said(world))
    return Verdict(tuple(one for one in sentences if one), title=f"What if, {about}", lead=_money_said(world))


def _risks_said(world: World) -> str:
    classes = [(_place(world, _before(world, one)), _place(world, one)) for one in world.moved]
    rise, fall = sum(now > was for was, now in classes), sum(now < was for was, now in classes)
    told = [f"{many} would {word}" for many, word in ((rise, "rise"), (fall, "fall")) if many]
    if told:
        return f"Of {counted(len(world.now.rated), 'risk', 'risks')} {' and '.join(told)} in class."
    some = counted(len(world.moved), "risk", "risks")
    return f"{some} would move, each inside its class." if world.moved else "No risk would move."


def _programmes_said(world: World) -> str:
    if not world.programmes:
        return ""
    was, now = (sum(_met(one) for one in some) for some in (world.now.reader.overview.programmes, world.programmes))
    if was == now:
        return "As many musts would be met as now."
    more = "more" if now > was else "fewer"
    return f"{counted(abs(now - was), 'must', 'musts')} {more} would be met."


def _money_said(world: World) -> str:
    money, was, now = world.now.money, world.year_now.mean, world.year.mean
    if abs(now - was) < 1:
        return "An average year would cost as much as now."
    word = "more" if now > was else "less"
    return f"An average year would cost {money(abs(now - was))} {word}."


def _place(world: World, one: RiskJudgement) -> int:
    return world.now.judged.place(one.priority)


def _before(world: World, one: RiskJudgement) -> RiskJudgement:
    return world.now.judged.risk(one.risk.key)


def _met(judged: ProgrammeJudgement) -> int:
    return sum(result.met for result in judged.results)


def _musts(judged: ProgrammeJudgement) -> int:
    return sum(len(result.musts) for result in judged.results)


def _form(toggles: Toggles) -> TryForm:
    names, asked = toggles.reading.reader.names, toggles.reading.asked
    units = sorted(toggles.units, key=names.place)
    url = address("risk:what-if")
    groups = [
        _group("Standing, in so many risks: tick to take it away", toggles.standing),
        _group("Not standing wholly, in so many risks: tick to suppose it", toggles.lacking),
        Boxes("Tried elsewhere", toggles.elsewhere),
    ]
    return TryForm(
        url=url,
        keep=((ASSESSMENT, asked),) if asked else (),
        units=(("", "everywhere"), *((one, names.place(one)) for one in units)),
        unit="" if toggles.unit == toggles.everywhere else toggles.unit,
        groups=tuple(one for one in groups if one.first),
        clear_url=address("risk:what-if", query={ASSESSMENT: asked}) if toggles.supposed else "",
    )


def _group(legend: str, found: Sequence[Toggle]) -> Boxes:
    return Boxes(legend, found[:SHOWN_FIRST], found[SHOWN_FIRST:])


def _boxes(world: World) -> Iterator[Box]:
    was, now, money = world.now, world.after, world.now.money
    yield Box("Graver than bearable", Number(len(now.judged.above)), f"now {len(was.judged.above)}")
    yield Box("Average year", money(world.year.mean), f"now {money(world.year_now.mean)}")
    yield Box("One year in ten", money(world.year.quantile(0.9)), f"now {money(world.year_now.quantile(0.9))}")
    met, met_now = (sum(map(_met, some)) for some in (world.programmes, was.reader.overview.programmes))
    yield Box("Musts met", str(met), f"now {met_now}")


def _heat(world: World) -> Heat:
    if not world.tried:
        return heat_of(world.now)
    drawn = heat_of(world.after, world.now.judged)
    return replace(drawn, caption="A dashed outline is where a risk stands now; its arrow leads to where it would be.")


def _risks(world: World) -> Table:
    """The risks that would move, the gravest first."""
    columns = (
        Column("Scenario and place", subject=True),
        Column("Rating"),
        Column("How often"),
        Column("Now expected a year", numeric=True, short="Now a year"),
        Column("Then", numeric=True, short="Then a year"),
    )
    return Table(columns, [Row(tuple(_risk(world, one))) for one in world.moved])


def _risk(world: World, one: RiskJudgement) -> Iterator[Shown]:
    before, reading = _before(world, one), world.now
    assert before.current is not None
    assert one.current is not None
    yield reading.link(one)
    was, now = (reading.priority(each.priority) or "not rated" for each in (before, one))
    by_hand = "set by hand until now" if before.current.overridden else ""
    yield Moved("", was, now) if was != now else Link(now, note=by_hand)
    yield Moved("", _often(before.current), _often(one.current))
    yield reading.money(before.current.loss) or Quiet("no amount")
    yield reading.money(one.current.loss) or Quiet("no amount")


def _often(level: Level) -> str:
    return times(level.frequency.mean) if level.frequency else "no number"


def _year(world: World) -> Table:
    """The year in money, now and then."""
    columns = (
        Column("Measure", subject=True),
        Column("Now", numeric=True),
        Column("Then", numeric=True),
        Column("Difference", numeric=True),
    )
    measures: tuple[tuple[str, Callable[[Year], float]], ...] = (
        ("Average year", lambda one: one.mean),
        ("One year in ten costs more than", lambda one: one.quantile(0.9)),
        ("One year in a hundred costs more than", lambda one: one.quantile(0.99)),
        ("Average of the worst year in a hundred", lambda one: one.tail_mean(0.99)),
    )
    return Table(columns, [Row((head, *_amounts(world, of))) for head, of in measures])


def _amounts(world: World, of: Callable[[Year], float]) -> Iterator[Shown]:
    money, was, now = world.now.money, of(world.year_now), of(world.year)
    yield money(was)
    yield money(now)
    if abs(now - was) < 1:
        yield Quiet("none")
    else:
        yield f"{'+' if now > was else '−'}{money(abs(now - was))}"


def _programmes(world: World) -> Table:
    """Each programme: how many of its musts are met, now and then."""
    columns = (
        Column("Programme", subject=True),
        Column("Musts met now", numeric=True),
        Column("Then", numeric=True, short="Musts met then"),
    )
    names, now = world.now.reader.names, world.now.reader.overview.programmes
    rows = []
    for was, then in zip(now, world.programmes, strict=True):
        link = Link(names.programme(was.programme, was.enrolment), programme_url(was.enrolment.key))
        rows.append(Row((link, f"{_met(was)} of {_musts(was)}", f"{_met(then)} of {_musts(then)}")))
    return Table(columns, rows)


def _rows(world: World) -> Table | None:
    """The requirements that would stand otherwise and decide a programme on either side; None where there is none."""
    columns = (Column("Requirement", subject=True), Column("Now"), Column("Then"))
    rows = []
    for was, then in zip(world.now.reader.overview.programmes, world.programmes, strict=True):
        found = {(row.requirement.key, row.unit): row for row in then.rows}
        for row in was.rows:
            after = found[row.requirement.key, row.unit]
            if (row.counts or after.counts) and row.standing is not after.standing:
                rows.append(Row((_requirement(world, row), _mark(row), _mark(after))))
    return Table(columns, rows) if rows else None


def _requirement(world: World, row: RowJudgement) -> Link:
    return Link(world.now.reader.names.row(row), row_url(row), note=row.requirement.title)


def _mark(row: RowJudgement) -> Shown:
    return Quiet("not asked") if row.standing is NOT_APPLICABLE else Mark(row.standing)
