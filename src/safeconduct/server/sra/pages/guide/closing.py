"""The fifth and the last step, which read all: which risks come first, and who stands for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.risk.words import times
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet
from safeconduct.server.risk import actions
from safeconduct.server.sra.forms import ApproveForm
from safeconduct.server.sra.guide_steps import stands
from safeconduct.server.sra.heat_map import heat_of
from safeconduct.server.sra.pages.guide.shared import done_and_on, step_shown
from safeconduct.server.sra.shown import ASSESSMENT, upper_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided


def priorities(request: HttpRequest, guided: Guided) -> HttpResponse:
    """The gravest first, on the map and in a list."""
    rated = [one for one in guided.reading.rated if one.priority]
    url = address("risk:list", query={ASSESSMENT: guided.assessment.key})
    return step_shown(
        request,
        guided,
        "priorities",
        template="sra/guide_priorities.html",
        heat=heat_of(guided.reading, url=f"{url}&") if rated else None,
        table=_table(guided, rated) if rated else None,
        list_url=url,
    )


def _table(guided: Guided, rated: list[RiskJudgement]) -> Table:
    columns = (
        Column("No."),
        Column("Scenario and place", subject=True),
        Column("Rated"),
        Column("How often"),
        Column("Expected a year", numeric=True),
        Column("Without controls"),
    )
    return Table(columns, [Row(tuple(_row(guided, one))) for one in rated])


def _row(guided: Guided, one: RiskJudgement) -> Iterator[Shown]:
    reading = guided.reading
    assert one.levels is not None
    now = one.levels.current
    yield reading.numbers[one.risk.key]
    yield reading.link(one)
    rated = reading.priority(one.priority)
    yield Link(rated, note="graver than bearable") if one.above else rated
    yield times(now.frequency.mean) if now.frequency else Quiet("not said")
    yield reading.money(now.loss) or Quiet("no amount")
    yield reading.priority(one.levels.inherent.cell.result)


def approve(request: HttpRequest, guided: Guided) -> HttpResponse:
    """What is still missing, and the approval."""
    form = ApproveForm(guided.viewer, guided.assessment, request.POST or None)
    if request.method == "POST" and form.stored(actions.approve_assessment) is not None:
        return done_and_on(request, "The assessment is approved.", guided.url())
    rows = [
        Row((Link(one.step.title, guided.url(one.step.key)), upper_first(one.missing)))
        for one in stands(guided)
        if not one.complete and one.step.key != "approve"
    ]
    columns = (Column("Step", subject=True), Column("Missing"))
    return step_shown(
        request,
        guided,
        "approve",
        form=form,
        deed="Approve the assessment",
        before=(("Still missing", Table(columns, rows)),) if rows else (),
    )
