"""One assessment: its steps in order with what is done and missing, and how it differs from the last round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.risk.words import times
from safeconduct.facts.checks.risk import as_number
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Link, OwnMark, Quiet, Verdict
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.guide import Guided, guided_on
from safeconduct.server.sra.guide_rounds import against
from safeconduct.server.sra.guide_steps import Stand, next_step, stands
from safeconduct.server.sra.guide_words import METHODS
from safeconduct.server.sra.shown import ASSESSMENT, upper_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown


@require_safe
def assessment(request: HttpRequest, key: str) -> HttpResponse:
    """One assessment on its path."""
    guided = guided_on(request, key)
    found = stands(guided)
    page = {
        "verdict": _verdict(guided, found),
        "boxes": tuple(_boxes(guided)),
        "steps": _steps(guided, found),
        "against": _against(guided),
        "buttons": tuple(_buttons(guided)),
    }
    trail = (Link("Risk", address("risk:list")), Link("Assessments", address("risk:assessments")))
    return render(request, "sra/guide.html", title(guided.title, *trail, **page))


def _verdict(guided: Guided, found: Sequence[Stand]) -> Verdict:
    done = sum(one.complete for one in found)
    approved = guided.assessment.approved_on
    first = f"Approved on {day_text(approved)}." if approved else f"{done} of {len(found)} steps are complete."
    coming = next_step(guided)
    buttons: tuple[Button, ...] = ()
    if coming and guided.writes:
        buttons = (Button(f"Go on: {coming.title.lower()}", guided.url(coming.key)),)
    told = next((one for one in found if not one.complete), None)
    lead = f"{told.step.title}: {told.missing}." if told else "Everything a reader asks for is on record."
    if told and approved:
        lead = f"Still open: {told.step.title.lower()}, {told.missing}."
    sentences = ("All steps are complete.",) if coming is None else (first,)
    return Verdict(sentences, guided.title, lead, buttons=buttons)


def _boxes(guided: Guided) -> Iterator[Box]:
    one, reading = guided.assessment, guided.reading
    yield Box("Made for", reading.place(one.entity), METHODS[one.method].title)
    lanes = len(guided.lanes)
    places = f"{counted(len(one.places) - lanes, 'site', 'sites')}, {counted(lanes, 'lane', 'lanes')}"
    yield Box("Scope", Link(places, guided.url("scope")), f"as of {day_text(one.on)}")
    matrix = reading.judged.matrix
    bearable = f"bearable up to {reading.priority(one.bearable)}"
    yield Box("Matrix", Link(matrix.title, address("catalogue:matrix", matrix.key)), bearable)
    yield Box("Made by", ", ".join(each.name for each in one.assessors) or Quiet("nobody named"))
    approved = f"{one.approved_by}, {day_text(one.approved_on)}" if one.approved_on else Quiet("not yet")
    yield Box("Approved", approved, f"next by {day_text(one.due)}" if one.due else "no next one planned")
    follows = guided.before.assessment if guided.before else None
    last = (
        Link(follows.title or follows.key, address("risk:assessment", follows.key)) if follows else Quiet("the first")
    )
    yield Box("Follows", last)


def _steps(guided: Guided, found: Sequence[Stand]) -> Table:
    columns = (Column("Step", subject=True), Column("State"), Column("Done"), Column("Missing"))
    rows = [Row(tuple(_step(guided, number, one))) for number, one in enumerate(found, start=1)]
    return Table(columns, rows)


def _step(guided: Guided, number: int, one: Stand) -> Iterator[Shown]:
    yield Link(one.step.title, guided.url(one.step.key), ident=str(number), note=one.step.asks)
    yield OwnMark("COMPLETE") if one.complete else OwnMark("OPEN")
    yield upper_first(one.done) if one.done else Quiet("nothing yet")
    yield upper_first(one.missing) if one.missing else Quiet("nothing")


def _against(guided: Guided) -> Table | None:
    """Risks that are new, changed or gone against the last round; None for the first round, or where nothing moved."""
    if guided.before is None:
        return None
    found = against(guided.before, guided.reading.judged)
    reading = guided.reading
    rows = [Row(("new", reading.link(one), Quiet("not there"), _told(guided, one))) for one in found.new]
    rows += [Row(("changed", reading.link(one), _told(guided, was), _told(guided, one))) for was, one in found.changed]
    rows += [Row(("gone", reading.link(was), _told(guided, was), Quiet("not there"))) for was in found.gone]
    columns = (Column("What"), Column("Risk", subject=True), Column("Last round"), Column("This round"))
    return Table(columns, rows)


def _told(guided: Guided, one: RiskJudgement) -> str:
    """A risk without controls, in few words: how often, how much."""
    if one.levels is None:
        return "left out"
    inherent = one.levels.inherent
    often = times(inherent.frequency.mean) if inherent.frequency else "no likelihood"
    costs = f"{guided.reading.money(inherent.severity.mean)} an event" if inherent.severity else "no amount"
    grave = ", ".join(_grave(name, level) for name, level in one.risk.grave.items())
    return "; ".join(filter(None, (often, costs, grave)))


def _grave(name: str, level: str) -> str:
    """How grave by a measure; a number is of days."""
    return f"{name} {level} days" if as_number(level) is not None else level.replace("-", " ")


def _buttons(guided: Guided) -> Iterator[Button]:
    key = guided.assessment.key
    yield Button("The risks in a list", address("risk:list", query={ASSESSMENT: key}))
    if report := address("risk:report", query={ASSESSMENT: key}):
        yield Button("The report", report)
    rounds = guided.reader.overview.snapshot.facts.risk_assessments
    if guided.writes and not any(one.follows == key for one in rounds):
        yield Button("Re-assess", address("risk:again", key))
