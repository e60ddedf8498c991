"""One risk: how it is rated and why, level by level; what its controls take; what it rests on; what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.risk.portfolio import portfolio
from safeconduct.core.risk.words import times
from safeconduct.server.common.links import address
from safeconduct.server.common.look.because import Reading
from safeconduct.server.common.look.day import day_named
from safeconduct.server.common.look.values import Box, Button, Link, Quiet, Verdict
from safeconduct.server.common.look.words import day_text
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.posture.trees import Tree
from safeconduct.server.sra.loss_curve import SHORT, loss_curve
from safeconduct.server.sra.pages import risk_tables as tables
from safeconduct.server.sra.shown import ASSESSMENT, RiskReader, risk_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.judgement import Finding
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.curve import Curve
    from safeconduct.server.common.look.lists import Table
    from safeconduct.server.common.look.values import Shown


@dataclass(frozen=True)
class RiskPage:
    """All that the page of one risk shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    levels: Table | None
    curve: Curve | None
    year_url: str
    measures: Table | None
    finding: Finding
    reading: Reading
    likelihood: tuple[tuple[str, Shown], ...]
    consequence: tuple[tuple[str, Shown], ...]
    incidents: Table | None
    decided: tuple[tuple[str, Table], ...]
    buttons: tuple[Button, ...]


@require_safe
def risk(request: HttpRequest, key: str) -> HttpResponse:
    """One risk on the day."""
    reading, judged = risk_of(request, key)
    return render(
        request,
        "sra/risk.html",
        title(reading.title(judged), Link("Risk", address("risk:list")), page=risk_page(reading, judged)),
    )


def risk_page(reading: RiskReader, one: RiskJudgement) -> RiskPage:
    """What the page of a risk shows."""
    reader = reading.reader
    tree = Tree(reader.overview, reader.names, None, reader.viewer, reading.url(one))
    return RiskPage(
        verdict=_verdict(reading, one),
        boxes=tuple(_boxes(reading, one)),
        levels=tables.levels(reading, one),
        curve=loss_curve({of: portfolio([one], of, reading.judged.common).year for of in SHORT}, reading.currency),
        year_url=address("risk:year", query={ASSESSMENT: reading.asked, "risk": one.risk.key}),
        measures=tables.measures(reading, one),
        finding=one.finding,
        reading=tree.reading(),
        likelihood=tuple(tables.likelihood(reading, one)),
        consequence=tuple(tables.consequence(reading, one)),
        incidents=tables.incidents(reading, one),
        decided=tuple(tables.decided(reading, one)),
        buttons=tuple(_buttons(reading, one)),
    )


def _verdict(reading: RiskReader, one: RiskJudgement) -> Verdict:
    number = reading.numbers[one.risk.key]
    head = f"Risk {number} of {reading.judged.assessment.title or reading.place(reading.judged.assessment.entity)}"
    sentences = (f"{reading.title(one)}.", _rated(reading, one))
    buttons = (*_deciding(reading, one), *([tell] if (tell := _scenario_button(one)) else []))
    return Verdict(sentences, title=head, lead=one.scenario.tells, buttons=buttons[:2])


def _rated(reading: RiskReader, one: RiskJudgement) -> str:
    if one.current is None:
        return "It is left out."
    if not one.priority:
        return "Nobody has rated it yet."
    rated = reading.priority(one.priority).capitalize()
    match one.finding.code:
        case "risk-accepted":
            return f"{rated}, and accepted until {_day(one.finding, 'until')}."
        case "risk-in-treatment":
            return f"{rated}, graver than bearable, in treatment until {_day(one.finding, 'due')}."
        case "risk-untreated":
            return f"{rated}, graver than bearable, and nothing is decided."
        case _:
            return f"{rated}, which is bearable."


def _day(finding: Finding, name: str) -> str:
    day = day_named(finding.param(name))
    return day_text(day) if day else ""


def _scenario_button(one: RiskJudgement) -> Button | None:
    if one.scenario.number == "own":
        return None
    return Button("What is known of this threat", address("catalogue:scenario", one.scenario.key))


def _boxes(reading: RiskReader, one: RiskJudgement) -> Iterator[Box]:
    place = reading.place(one.risk.at)
    guarded = f"guarded by {reading.place(one.unit)}" if one.unit != one.risk.at else ""
    yield Box("Place", Link(place, tables.place_url(reading, one.risk.at)), guarded)
    current = one.current
    if current is None:
        yield Box("Left out", one.risk.excluded)
        return
    often = times(current.frequency.mean) if current.frequency else ""
    yield Box("Likelihood", reading.likelihood(current.cell.down) or Quiet("not rated"), often)
    costs = f"{reading.money(current.severity.mean)} an event" if current.severity else ""
    yield Box("Consequence", reading.consequence(current.cell.across) or Quiet("not rated"), costs)
    yield Box("Rating", reading.priority(one.priority) or Quiet("not rated"), _limit(reading, one))
    yield Box("Expected a year", reading.money(current.loss) or Quiet("no amounts"), _harm(current.harmed))
    yield Box("Owner", one.risk.owner or Quiet("nobody named"), "answers for it")


def _limit(reading: RiskReader, one: RiskJudgement) -> str:
    return f"bearable up to {reading.priority(reading.judged.assessment.bearable)}" if one.priority else ""


def _harm(harmed: float | None) -> str:
    return "" if harmed is None else f"and {harmed:.2g} persons hurt, never in money"


def _deciding(reading: RiskReader, one: RiskJudgement) -> Iterator[Button]:
    if one.above and one.finding.code == "risk-untreated":
        yield from _step(reading, one, "treatment", "Decide a treatment")


def _buttons(reading: RiskReader, one: RiskJudgement) -> Iterator[Button]:
    """What can be recorded about the risk."""
    key = one.risk.key
    yield from _step(reading, one, "treatment", "Decide a treatment")
    yield from _step(reading, one, "objectives", "Set an objective")
    yield from _new(reading, one, "incidents", "Record an incident", scenario=one.scenario.key, at=one.risk.at)
    yield from _new(reading, one, "overrides", "Set a number by hand", risk=key)
    yield from _step(reading, one, "numbers", "Change its numbers")


def _step(reading: RiskReader, one: RiskJudgement, step: str, text: str) -> Iterator[Button]:
    """A step of the guided assessment that is opened at the risk; none for one that is left out."""
    reader = reading.reader
    if reader.today and one.levels is not None and reader.viewer.may_record("risks"):
        yield Button(text, address("risk:step", one.risk.assessment, step, query={"risk": one.risk.key}, anchor="form"))


def _new(reading: RiskReader, one: RiskJudgement, section: str, text: str, **fields: str) -> Iterator[Button]:
    reader = reading.reader
    if reader.today and reader.viewer.may_record(section):
        yield Button(text, address("registers:new", section, query={**fields, "back": reading.url(one)}))
