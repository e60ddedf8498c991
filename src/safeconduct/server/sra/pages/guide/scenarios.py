"""The third step: at each place the plausible scenarios with what speaks for them, and what is left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.risk.words import times
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Quiet
from safeconduct.server.sra.guide_scenario_form import ScenariosForm
from safeconduct.server.sra.guide_steps import undecided
from safeconduct.server.sra.pages.guide.shared import AT, done_and_on, place_asked, places_table, saved, step_shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided


def scenarios(request: HttpRequest, guided: Guided) -> HttpResponse:
    """What may happen."""
    place = place_asked(request, guided, lambda one: bool(undecided(guided, one)))
    form = ScenariosForm(guided, place, request.POST or None) if guided.writes else None
    if request.method == "POST" and form is not None and (count := form.stored()) is not None:
        said = f"{saved(count, 'decision', 'decisions')} Choose the next place, or go on to the numbers."
        return done_and_on(request, said, guided.url("scenarios", "here", at=place))
    return step_shown(
        request,
        guided,
        "scenarios",
        template="sra/guide_scenarios.html",
        form=form,
        suggested=list(form.lines(plausible=True)) if form else (),
        others=list(form.lines(plausible=False)) if form else (),
        deed="Store these decisions",
        before=(
            ("Places in scope", places_table(guided, "scenarios", "Taken in", lambda one: _told(guided, one), place)),
        ),
        here=f"What may happen at {guided.reading.place(place)}",
        recorded=None if guided.writes else _table(guided, place),
        aside=(_own(guided, place),) if guided.writes else (),
    )


def _told(guided: Guided, place: str) -> tuple[int, Shown]:
    taken = sum(one.levels is not None for one in guided.risks_at(place))
    lacking = len(undecided(guided, place))
    return taken, f"{lacking} suggested, not decided" if lacking else ""


def _own(guided: Guided, place: str) -> Button:
    back = guided.url("scenarios", **{AT: place})
    return Button("Add a scenario of your own", address("registers:new", "scenarios", query={"back": back}))


def _table(guided: Guided, place: str) -> Table:
    """What was taken in and left out, for who only reads."""
    columns = (Column("Scenario", subject=True), Column("Without controls"), Column("Left out, because"))
    return Table(columns, [Row((guided.reading.link(one), *_row(one))) for one in guided.risks_at(place)])


def _row(one: RiskJudgement) -> tuple[Shown, Shown]:
    if one.levels is None:
        return Quiet("left out"), one.risk.excluded
    often = one.levels.inherent.frequency
    return times(often.mean) if often else Quiet("no number yet"), Quiet("taken in")
