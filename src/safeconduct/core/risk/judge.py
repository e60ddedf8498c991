"""All risks of an assessment on a day: derived vulnerability, levels, priorities, and what is decided about them.

Source: design, section 6; ISO 28001 (scenarios, scoring, countermeasures), ISO 31000 (treatment).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from safeconduct.core.dates import FOREVER, day_after, good_until
from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import Finding
from safeconduct.core.records.risk import CommonCause, Objective, Risk, RiskAssessment, Treatment, Way
from safeconduct.core.records.threats import Matrix, Scenario
from safeconduct.core.risk.deciding import Deciding
from safeconduct.core.risk.effect import Counted, counted
from safeconduct.core.risk.history import history
from safeconduct.core.risk.levels import Level, Levels, Weighed
from safeconduct.core.risk.planned import counting_planned
from safeconduct.core.risk.rating import Rating
from safeconduct.core.risk.scenarios import scenario_of
from safeconduct.core.standing import Ground


@dataclass(frozen=True)
class RiskJudgement:
    """One risk on one day. `unit` is where the controls stand that guard its place.

    A risk left out has no levels. `above` tells whether the current level is graver than what is bearable.
    """

    risk: Risk
    scenario: Scenario
    unit: str
    measures: tuple[Counted, ...]
    weighed: Weighed
    treatments: tuple[Treatment, ...]
    objectives: tuple[Objective, ...]
    levels: Levels | None
    above: bool
    finding: Finding

    @property
    def current(self) -> Level | None:
        """The level with the controls as they stand; None for a risk left out."""
        return self.levels.current if self.levels else None

    @property
    def priority(self) -> str:
        """The class of the current level; empty where it is not rated."""
        return self.levels.current.cell.result if self.levels else ""


@dataclass(frozen=True)
class AssessedRisks:
    """The risks of one assessment on one day, in the order of the facts."""

    assessment: RiskAssessment
    matrix: Matrix
    rating: Rating
    day: date
    risks: tuple[RiskJudgement, ...]
    common: tuple[CommonCause, ...] = ()
    """What strikes several of its risks in one blow."""

    @cached_property
    def by_priority(self) -> tuple[RiskJudgement, ...]:
        """The gravest first: by class, then by expected loss, then by how often; those left out last."""
        return tuple(sorted(self.risks, key=self._gravity, reverse=True))

    def _gravity(self, one: RiskJudgement) -> tuple[int, float, float]:
        if one.current is None:
            return -2, 0.0, 0.0
        often = one.current.frequency.mean if one.current.frequency else 0.0
        return self.place(one.priority), one.current.loss or 0.0, often

    def place(self, priority: str) -> int:
        """The place of a class among the results of the matrix, the mildest 0; -1 for what is not rated."""
        return self.rating.scale(self.matrix.result).place(priority) if priority else -1

    @property
    def good_until(self) -> date:
        """The last day on which nothing changes without new facts."""
        return min((one.finding.good_until for one in self.risks), default=FOREVER)

    @property
    def above(self) -> tuple[RiskJudgement, ...]:
        """Those above what is bearable, the gravest first."""
        return tuple(one for one in self.by_priority if one.above)

    def risk(self, key: str) -> RiskJudgement:
        """One of the risks; UnknownKey where the assessment has none of that key."""
        for one in self.risks:
            if one.risk.key == key:
                return one
        raise UnknownKey("risk", key, [one.risk.key for one in self.risks])


def assessment_on(assessments: Iterable[RiskAssessment], day: date) -> RiskAssessment | None:
    """The assessment that holds on a day: the latest that describes the day or one before; None before the first."""
    return max((one for one in assessments if one.on <= day), key=lambda one: one.on, default=None)


def assess_risks(ground: Ground, assessment: RiskAssessment) -> AssessedRisks:
    """Judge every risk of an assessment with the controls that stand on the day of the ground.

    UnknownKey for a matrix or a scenario that neither the catalogue nor the organisation has.
    """
    facts = ground.snapshot.facts
    rating = Rating(ground.catalogue.threats, facts.scale_bounds, ground.day, facts.matrix_cells)
    matrix = rating.matrix(assessment.matrix)
    assessing = _Assessing(ground, assessment, matrix, rating)
    risks = tuple(assessing.judge(one) for one in ground.snapshot.risks.get(assessment.key, ()))
    common = ground.snapshot.common_causes.get(assessment.key, ())
    return AssessedRisks(assessment, matrix, rating, ground.day, risks, common)


def guarding_unit(ground: Ground, place: str) -> str:
    """The unit whose controls guard a place: a site itself, and for a lane the unit it is entrusted to."""
    lane = ground.snapshot.lanes.get(place)
    return lane.unit if lane else place


@dataclass(frozen=True)
class _Assessing:
    ground: Ground
    assessment: RiskAssessment
    matrix: Matrix
    rating: Rating

    @property
    def day(self) -> date:
        return self.ground.day

    def judge(self, risk: Risk) -> RiskJudgement:
        """One risk."""
        snapshot = self.ground.snapshot
        scenario = scenario_of(self.ground.catalogue, snapshot.facts, risk.scenario)
        unit = guarding_unit(self.ground, risk.at)
        measures = counted(self.ground, scenario.countermeasures, unit)
        treatments = tuple(one for one in snapshot.treatments.get(risk.key, ()) if one.decided <= self.day)
        objectives = tuple(one for one in snapshot.objectives.get(risk.key, ()) if _open(one, self.day))
        past = history(self.ground, scenario, risk.at, unit)
        weighed = Weighed(risk, past, self.rating, self.matrix, *_kept(treatments, self.day))
        levels = None if risk.excluded else self._levels(weighed, measures, treatments, objectives)
        above = levels is not None and self.rating.exceeds(
            self.matrix, levels.current.cell.result, self.assessment.bearable
        )
        deciding = Deciding(
            day=self.day,
            risk=risk,
            unit=unit,
            measures=measures,
            current=levels.current if levels else None,
            above=above,
            treatments=treatments,
            objectives=objectives,
            turns=good_until(self.day, self._turns(risk)),
        )
        finding = deciding.finding()
        return RiskJudgement(risk, scenario, unit, measures, weighed, treatments, objectives, levels, above, finding)

    def _turns(self, risk: Risk) -> Iterator[date]:
        """The days on which something that is recorded begins to count for the risk, or counts no more."""
        snapshot = self.ground.snapshot
        days: list[date | None] = [one.since for one in snapshot.facts.scale_bounds]
        days += [one.since for one in snapshot.facts.matrix_cells]
        for override in snapshot.overrides.get(risk.key, ()):
            days += [override.since, day_after(override.until)]
        for objective in snapshot.objectives.get(risk.key, ()):
            days += [objective.since, objective.closed]
        for treatment in snapshot.treatments.get(risk.key, ()):
            days += [treatment.decided, treatment.done, day_after(treatment.until or FOREVER)]
        return (day for day in days if day is not None)

    def _levels(
        self,
        weighed: Weighed,
        measures: tuple[Counted, ...],
        treatments: Sequence[Treatment],
        objectives: Sequence[Objective],
    ) -> Levels:
        found = self.ground.snapshot.overrides.get(weighed.risk.key, ())
        return Levels(
            weighed=weighed,
            aimed=Weighed(weighed.risk, weighed.history, self.rating, self.matrix, *_kept(treatments, FOREVER)),
            measures=measures,
            overrides=tuple(one for one in found if one.since <= self.day <= one.until),
            intended=bool(treatments or objectives),
            planned=counting_planned(self.ground.snapshot, treatments, objectives),
        )


def _open(objective: Objective, day: date) -> bool:
    return objective.since <= day and (objective.closed is None or day < objective.closed)


def _stands(treatment: Treatment, day: date) -> bool:
    """Whether what is shared or avoided holds on a day; at the end of the calendar all that is decided does."""
    if day == FOREVER:
        return True
    return treatment.done is not None and treatment.done <= day and (treatment.until is None or day <= treatment.until)


def _kept(treatments: Iterable[Treatment], day: date) -> tuple[float, float]:
    """The share of a loss still borne, and whether the risk happens at all, by what is shared and avoided on a day."""
    borne, happens = 1.0, 1.0
    for one in treatments:
        if not _stands(one, day):
            continue
        if one.way is Way.SHARE:
            borne *= 1 - float(one.share)
        elif one.way is Way.AVOID:
            happens = 0.0
    return borne, happens
