"""The API of judged risks: the same numbers as the pages, the same forms as the command line.

What is told here spans all sites: for who sees some sites only there is nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import Field, Query, Router, Schema

from safeconduct.core.errors import UnknownKey
from safeconduct.core.risk.choosing import chosen, planned, year_of_risks
from safeconduct.core.risk.portfolio import LEVELS, TAIL
from safeconduct.facts import risk_answers as answers
from safeconduct.library import risks_in, worth_in
from safeconduct.server.common import clock
from safeconduct.server.journal.fact_api import Page, viewer_of_call
from safeconduct.server.posture.api import Day
from safeconduct.server.posture.queries import head_seen, overview_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.risk.judge import AssessedRisks
    from safeconduct.core.risk.portfolio import Worth
    from safeconduct.server.posture.overview import Overview

router = Router(tags=["risk"])


class Asked(Schema):
    """Which risks are asked for; what is empty narrows nothing."""

    assessment: str = Field("", description="Key of a risk assessment; the one that holds on the day without it.")
    at: str = Field("", description="Key of a site or a lane.")


class AskedYear(Asked):
    """Whose year is asked for."""

    risk: str = Field("", description="Key of a single risk.")


class AskedWorth(Schema):
    """Which controls are asked for."""

    assessment: str = Field("", description="Key of a risk assessment; the one that holds on the day without it.")
    candidates: bool = Field(
        default=False, description="Countermeasures that do not stand wholly, instead of controls in place."
    )


@router.get("/risks", operation_id="list_judged_risks")
def list_judged_risks(request: HttpRequest, day: Query[Day], asked: Query[Asked], page: Query[Page]) -> dict[str, Any]:
    """The risks of an assessment on a day, the gravest first, each with its current level."""
    overview = _overview(request, day)
    judged = risks_in(overview.assessment, asked.assessment)
    found = chosen(judged, at=asked.at)
    form = answers.risks_form(judged, found[page.start : page.start + page.size])
    return {**_frame(request, overview), "count": len(found), "start": page.start, **form}


@router.get("/risks/{risk}", operation_id="get_judged_risk")
def get_judged_risk(request: HttpRequest, risk: str, day: Query[Day]) -> dict[str, Any]:
    """One risk at its four levels of control, with every countermeasure and its because-tree."""
    overview = _overview(request, day)
    recorded = overview.snapshot.risk_records
    if risk not in recorded:
        raise UnknownKey("risk", risk, ())
    judged = overview.assessment.risks_of(recorded[risk].assessment)
    form = answers.risk_form(judged, judged.risk(risk))
    return {**_frame(request, overview), **answers.frame_form(judged), **form}


@router.get("/loss-of-a-year", operation_id="get_loss_of_a_year")
def get_loss_of_a_year(request: HttpRequest, day: Query[Day], asked: Query[AskedYear]) -> dict[str, Any]:
    """What a year may cost at each level of control: mean, bad years, points of the curve; who contributes today."""
    overview = _overview(request, day)
    judged = risks_in(overview.assessment, asked.assessment)
    years = {
        of: answers.year_form(year_of_risks(judged, of, at=asked.at, risk=asked.risk), contributions=of == "current")
        for of in LEVELS
    }
    return {**_frame(request, overview), **answers.frame_form(judged), "levels": years}


@router.get("/control-worth", operation_id="list_control_worth")
def list_control_worth(
    request: HttpRequest, day: Query[Day], asked: Query[AskedWorth], page: Query[Page]
) -> dict[str, Any]:
    """What controls take from the losses of a year, or would take: of its mean, and of the mean of its worst years."""
    overview = _overview(request, day)
    judged = risks_in(overview.assessment, asked.assessment)
    found = _worth(overview, judged, candidates=asked.candidates)
    ahead = planned(judged) if asked.candidates else frozenset()
    shown = found[page.start : page.start + page.size]
    return {
        **_frame(request, overview),
        **answers.frame_form(judged),
        "tail": TAIL,
        "count": len(found),
        "start": page.start,
        "worth": [{**answers.worth_form(one), "planned": one.control in ahead} for one in shown],
    }


@router.get("/objective-progress", operation_id="list_objective_progress")
def list_objective_progress(request: HttpRequest, day: Query[Day]) -> dict[str, Any]:
    """Security objectives in force with their progress from facts, the gravest pace first."""
    overview = _overview(request, day)
    return {**_frame(request, overview), "objectives": [answers.objective_form(one) for one in overview.objectives]}


def _overview(request: HttpRequest, day: Day) -> Overview:
    viewer = viewer_of_call(request)
    if viewer.limited:
        raise Http404
    return overview_of(viewer, day.as_of or clock.today())


def _frame(request: HttpRequest, overview: Overview) -> dict[str, Any]:
    """What every answer was judged for and from."""
    journal = ":".join(map(str, head_seen(viewer_of_call(request))))
    return {"day": overview.day.isoformat(), "journal": journal, "catalogue": overview.catalogue.digest}


def _worth(overview: Overview, judged: AssessedRisks, *, candidates: bool) -> list[Worth]:
    """Reckoned once for a day and an assessment, as it takes seconds where there is much."""
    name = "worth of controls", judged.assessment.key, candidates
    if name not in overview.kept:
        overview.kept[name] = worth_in(overview.snapshot, judged, candidates=candidates)
    found: list[Worth] = overview.kept[name]
    return found
