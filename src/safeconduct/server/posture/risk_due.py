"""What is due in the risk assessment: treatments, accepted risks that end, objectives, and the next assessment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from safeconduct.core.planning.objectives import Pace
from safeconduct.core.records.risk import Way
from safeconduct.server.common.links import address
from safeconduct.server.posture.due import Due
from safeconduct.server.posture.links import risk_url

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
    from safeconduct.server.posture.overview import Overview


def risk_duties(overview: Overview, last: date) -> Iterator[Due]:
    """What is due by a day or late already; nothing for who sees some sites only."""
    judged = overview.risks()
    if judged is None:
        return
    for one in judged.risks:
        yield from (due for due in _decided(one) if due.day <= last)
    yield from (due for due in _objectives(overview, judged) if due.day <= last)
    yield from (due for due in _assessment(judged) if due.day <= last)


def _decided(one: RiskJudgement) -> Iterator[Due]:
    """Treatments still to stand, and accepted risks whose end comes while they are graver than bearable."""
    if one.current is None or not one.above:
        return
    title, url = one.scenario.title, risk_url(one.risk.key)
    for treatment in one.treatments:
        if treatment.way is Way.ACCEPT and treatment.until is not None:
            yield Due(
                treatment.until, one.risk.at, what=f"Accepted no longer: {title}", owner=treatment.owner, told=url
            )
        elif treatment.due is not None and treatment.done is None:
            yield Due(treatment.due, one.risk.at, what=f"Treatment stands: {title}", owner=treatment.owner, told=url)


def _objectives(overview: Overview, judged: AssessedRisks) -> Iterator[Due]:
    at, board = judged.assessment.entity, address("risk:objectives")
    for one in overview.objectives:
        if one.pace is not Pace.REACHED:
            what = f"Objective: {one.objective.title}"
            yield Due(one.objective.due, at, what=what, owner=one.objective.owner, told=board)


def _assessment(judged: AssessedRisks) -> Iterator[Due]:
    assessment = judged.assessment
    if assessment.due is not None:
        url = address("risk:assessments")
        yield Due(assessment.due, assessment.entity, what="Assess the risks anew", told=url)
