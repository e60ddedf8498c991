"""What if: controls are taken away or supposed to stand, and risks, programmes and the year move at once.

What is tried lives in the address, so it can be sent to somebody; nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Table
from safeconduct.server.common.look.values import Box, Link, Number, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.heat_map import heat_of
from safeconduct.server.sra.pages import what_if_tables as tables
from safeconduct.server.sra.pages.register import nothing_assessed
from safeconduct.server.sra.shown import ASSESSMENT, risk_reader
from safeconduct.server.sra.supposed_world import World, open_of, world_of
from safeconduct.server.sra.toggles import Toggles, toggles_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.common.look.heat import Heat
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


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """The page; what it tries is told by its address."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    world = world_of(toggles_asked(request, reading))
    page = WhatIfPage(
        verdict=_verdict(world),
        form=_form(world.toggles),
        boxes=tuple(_boxes(world)),
        heat=_heat(world),
        risks=tables.risks_table(world) if world.moved else None,
        year=tables.year_table(world) if world.tried else None,
        programmes=tables.programmes_table(world) if world.tried and world.programmes else None,
        rows=tables.rows_table(world) if world.tried else None,
    )
    return render(request, "sra/what_if.html", title("What if", Link("Risk", address("risk:list")), page=page))


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
    place = world.now.judged.place
    classes = [(place(world.before(one).priority), place(one.priority)) for one in world.moved]
    rise, fall = sum(now > was for was, now in classes), sum(now < was for was, now in classes)
    told = [f"{many} would {word}" for many, word in ((rise, "rise"), (fall, "fall")) if many]
    if told:
        return f"Of {counted(len(world.now.rated), 'risk', 'risks')} {' and '.join(told)} in class."
    some = counted(len(world.moved), "risk", "risks")
    return f"{some} would move, each inside its class." if world.moved else "No risk would move."


def _programmes_said(world: World) -> str:
    if not world.programmes:
        return ""
    was, now = open_of(world.programmes_now), open_of(world.programmes)
    if was == now:
        return "As many musts would be open as now."
    more = "more" if now > was else "fewer"
    return f"{counted(abs(now - was), 'must', 'musts')} {more} would be open."


def _money_said(world: World) -> str:
    money, was, now = world.now.money, world.year_now.mean, world.year.mean
    if abs(now - was) < 1:
        return "An average year would cost as much as now."
    word = "more" if now > was else "less"
    return f"An average year would cost {money(abs(now - was))} {word}."


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
    yield Box("Musts open", str(open_of(world.programmes)), f"now {open_of(world.programmes_now)}")


def _heat(world: World) -> Heat:
    if not world.tried:
        return heat_of(world.now)
    drawn = heat_of(world.after, world.now.judged)
    return replace(drawn, caption="A dashed outline is where a risk stands now; its arrow leads to where it would be.")
