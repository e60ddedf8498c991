"""The sixth and the seventh step: what is decided about each risk too grave, and what is to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.planning.objectives import Pace
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Due, Link, Mark, Quiet, Several
from safeconduct.server.posture.links import register_url
from safeconduct.server.risk import actions
from safeconduct.server.sra.guide import guided_on
from safeconduct.server.sra.guide_steps import untreated, without_objective
from safeconduct.server.sra.guide_treatment_forms import ObjectiveForm, TreatmentForm
from safeconduct.server.sra.pages.guide.shared import RISK, done_and_on, step_shown
from safeconduct.server.sra.shown import treated, upper_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided


def treatment(request: HttpRequest, guided: Guided) -> HttpResponse:
    """What is decided."""
    one = _asked(request, guided, untreated(guided))
    form = TreatmentForm(guided, one, request.POST or None) if one is not None and guided.writes else None
    if request.method == "POST" and form is not None and form.stored(actions.decide_treatment) is not None:
        coming = untreated(guided_on(request, guided.assessment.key))
        return _on(request, guided, "treatment", "The decision is stored.", coming)
    found = guided.reading.judged.above
    table = _table(guided, found, "treatment", one) if found else None
    return step_shown(
        request,
        guided,
        "treatment",
        form=form,
        form_title=f"Decide: {guided.reading.title(one)}" if one else "",
        form_facts=tuple(_facts(guided, one)) if one else (),
        deed="Store the decision",
        before=(("Graver than bearable", table),) if table else (),
    )


def objectives(request: HttpRequest, guided: Guided) -> HttpResponse:
    """What is to be reached."""
    one = _asked(request, guided, without_objective(guided))
    form = ObjectiveForm(guided, one, request.POST or None) if one is not None and guided.writes else None
    if request.method == "POST" and form is not None and form.stored(actions.set_objective) is not None:
        coming = without_objective(guided_on(request, guided.assessment.key))
        return _on(request, guided, "objectives", "The objective is set.", coming)
    found = [each for each in guided.reading.judged.by_priority if each.treatments or each.objectives]
    table = _table(guided, found, "objectives", one) if found else None
    return step_shown(
        request,
        guided,
        "objectives",
        form=form,
        form_title=f"Set an objective: {guided.reading.title(one)}" if one else "",
        form_facts=tuple(_facts(guided, one)) if one else (),
        deed="Set the objective",
        before=(("Risks with a decision", table),) if table else (),
        after=_objectives(guided),
    )


def _asked(request: HttpRequest, guided: Guided, open_still: Sequence[RiskJudgement]) -> RiskJudgement | None:
    """The risk the address names, else the first that is open; None where none is."""
    asked = request.GET.get(RISK, "")
    named = next((one for one in guided.taken_in if one.risk.key == asked), None)
    return named or next(iter(open_still), None)


def _on(request: HttpRequest, guided: Guided, step: str, said: str, coming: Sequence[RiskJudgement]) -> HttpResponse:
    """On to the next risk that is open, else to the top of the step."""
    key = coming[0].risk.key if coming else ""
    return done_and_on(request, said, guided.url(step, "form" if key else "", risk=key))


def _table(guided: Guided, found: Sequence[RiskJudgement], step: str, now: RiskJudgement | None) -> Table:
    columns = (
        Column("Risk", subject=True),
        Column("Rated"),
        Column("Expected a year", numeric=True),
        Column("Decided"),
        Column("Standing"),
    )
    return Table(columns, [Row(tuple(_row(guided, one, step, shown=one is now))) for one in found])


def _row(guided: Guided, one: RiskJudgement, step: str, *, shown: bool) -> Iterator[Shown]:
    reading = guided.reading
    url = guided.url(step, "form", risk=one.risk.key) if guided.writes else reading.url(one)
    note = f"{reading.place(one.risk.at)}, shown below" if shown else reading.place(one.risk.at)
    yield Link(one.scenario.title, url, note=note)
    yield reading.priority(one.priority)
    yield reading.money(one.current.loss if one.current else None) or Quiet("no amount")
    yield reading.treatment(one)
    yield Mark(one.finding.standing, reading.url(one))


def _facts(guided: Guided, one: RiskJudgement) -> Iterator[tuple[str, Shown]]:
    """What stands behind the decision: where the risk is, what is decided already."""
    reading = guided.reading
    limit = reading.priority(guided.assessment.bearable)
    yield "Rated today", Several((reading.priority(one.priority), f"bearable up to {limit}"), "; ")
    yield "Controls", reading.controls(one)
    for each in one.treatments:
        told = upper_first(treated(each, reading.judged.day))
        yield "Decided already", Link(told, register_url("treatments", each.key))


def _objectives(guided: Guided) -> tuple[tuple[str, Table], ...]:
    """The objectives of its risks, each once, with how they keep to their time."""
    found = list(dict.fromkeys(each for one in guided.risks for each in one.objectives))
    if not found:
        return ()
    paces = {one.objective.key: one.pace.value for one in guided.reader.overview.objectives}
    day = guided.reading.judged.day
    columns = (Column("Objective", subject=True), Column("By"), Column("Who"), Column("Pace"))
    rows = [
        Row(
            (
                Link(one.title, register_url("objectives", one.key)),
                one.due if paces.get(one.key) == Pace.REACHED.value else Due(one.due, day),
                one.owner or Quiet("nobody named"),
                paces.get(one.key) or Quiet("not measured"),
            )
        )
        for one in found
    ]
    return (("Objectives of this assessment", Table(columns, rows)),)
