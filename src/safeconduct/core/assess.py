"""From a snapshot and a catalogue to findings: the one function everything calls.

`assess(snapshot, catalogue, as_of)` is pure: the page, the API, the CLI, the report and a notebook call it and print
the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from safeconduct.core.dates import day_after, good_until
from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import Finding
from safeconduct.core.planning.objectives import ObjectiveProgress, objectives_on
from safeconduct.core.posture import ProgrammeJudgement, Question, RowJudgement, in_force, judge_programme, judge_row
from safeconduct.core.posture.period import worst_over
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.units import Enrolment
from safeconduct.core.risk.judge import AssessedRisks, assess_risks, assessment_on
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground

RULES_VERSION = "1.0"
"""Version of the rules of judgement; printed with every report, raised when a rule changes its answers."""


@dataclass(frozen=True)
class Assessment:
    """Everything judged on one day: one programme judgement per enrolment in force, in the order of the facts.

    `turns` are the first days on which other enrolments or editions are in force, or other sites are in scope. `unread`
    are enrolments in an edition the catalogue does not have (a newer one, say): of them nothing is judged.
    """

    ground: Ground
    programmes: tuple[ProgrammeJudgement, ...]
    turns: tuple[date, ...] = ()
    unread: tuple[Enrolment, ...] = ()

    @property
    def day(self) -> date:
        """The day asked about."""
        return self.ground.day

    @cached_property
    def rows(self) -> tuple[RowJudgement, ...]:
        """All judged rows of all programmes."""
        return tuple(row for programme in self.programmes for row in programme.rows)

    @property
    def good_until(self) -> date:
        """The last day on which nothing changes without new facts: neither a row nor what there is to judge."""
        coming = good_until(self.day, self.turns)
        return min((coming, *(row.finding.good_until for row in self.rows)))

    @cached_property
    def risks(self) -> AssessedRisks | None:
        """The security risks of the assessment that holds on the day, judged when first asked for; None before any."""
        found = assessment_on(self.ground.snapshot.facts.risk_assessments, self.day)
        return None if found is None else assess_risks(self.ground, found)

    def risks_of(self, key: str) -> AssessedRisks:
        """The risks of one risk assessment with the controls of the day; UnknownKey where there is none of that key."""
        if self.risks is not None and self.risks.assessment.key == key:
            return self.risks
        recorded = {one.key: one for one in self.ground.snapshot.facts.risk_assessments}
        if key not in recorded:
            raise UnknownKey("risk assessment", key, tuple(recorded))
        return assess_risks(self.ground, recorded[key])

    @cached_property
    def objectives(self) -> tuple[ObjectiveProgress, ...]:
        """The security objectives in force on the day with their progress, the gravest pace first."""
        return tuple(objectives_on(self.ground, self.programmes, self.risks))

    def programme(self, enrolment: str) -> ProgrammeJudgement:
        """The judgement of one enrolment; UnknownKey where it is not in force on the day."""
        for judged in self.programmes:
            if judged.enrolment.key == enrolment:
                return judged
        raise UnknownKey("enrolment in force", enrolment, [one.enrolment.key for one in self.programmes])


def assess(
    snapshot: Snapshot, catalogue: Catalogue, as_of: date, *, enrolments: Sequence[str] | None = None
) -> Assessment:
    """Judge every enrolment in force on the day (or only the named ones).

    An organisation without enrolments has an empty assessment.
    """
    ground = Ground(snapshot, catalogue, as_of)
    chosen = [one for one in snapshot.facts.enrolments if enrolments is None or one.key in enrolments]
    turns = tuple(day for enrolment in chosen for day in _turns(ground, enrolment))
    unread = tuple(one for one in chosen if one.edition not in catalogue.programmes)
    return Assessment(ground, tuple(_judged(ground, chosen)), turns, unread)


def _turns(ground: Ground, enrolment: Enrolment) -> Iterator[date]:
    programme = ground.catalogue.programmes.get(enrolment.edition)
    sites = (ground.snapshot.units.get(site) for site in enrolment.sites)
    for span in (enrolment, programme, *sites):
        if span is not None and span.since is not None:
            yield span.since
        if span is not None and span.until is not None:
            yield day_after(span.until)


def _judged(ground: Ground, enrolments: Sequence[Enrolment]) -> Iterator[ProgrammeJudgement]:
    for enrolment in enrolments:
        programme = ground.catalogue.programmes.get(enrolment.edition)
        if programme is not None and in_force(enrolment, programme, ground.day):
            yield judge_programme(ground, programme, enrolment)


def explain(
    snapshot: Snapshot, catalogue: Catalogue, as_of: date, requirement: str, unit: str = ""
) -> list[RowJudgement]:
    """One requirement wherever it is asked of the organisation on the day: for each enrolment and unit, or one unit.

    UnknownKey for a requirement the catalogue does not have; an empty list where no enrolment asks it there.
    """
    catalogue.requirement(requirement)
    judged = assess(snapshot, catalogue, as_of)
    return [row for row in judged.rows if row.requirement.key == requirement and unit in ("", row.unit)]


def explain_over(
    snapshot: Snapshot, catalogue: Catalogue, first: date, last: date, enrolment: Enrolment, requirement: str, unit: str
) -> Finding:
    """The worst finding of one row over a period, as audits ask; the finding carries its day.

    The row is that of the edition enrolled in; UnknownKey where it has none of that key.
    """
    programme = catalogue.programmes[enrolment.edition]
    row = programme.requirement(requirement)

    def judge(day: date) -> Finding:
        question = Question(Ground(snapshot, catalogue, day), unit, programme, enrolment)
        return judge_row(question, row).finding

    return worst_over(first, last, judge)
