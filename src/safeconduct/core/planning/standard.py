"""One's own security standard: where each strictest statement stands, at every unit that is asked it.

The statements themselves know no organisation (`core.criteria`). Here each is narrowed to the asks that apply at a
unit (its rows are judged there, its conditions are not known to be false) and judged as one leaf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.criteria.asks import Ask, Selection
from safeconduct.core.criteria.statements import Statement, statements
from safeconduct.core.judgement import MET, NOT_APPLICABLE, UNMET, Finding, Kind, Standing, all_of, worst
from safeconduct.core.posture import ProgrammeJudgement, Question
from safeconduct.core.posture.conditions import truth
from safeconduct.core.records.catalogue import Programme
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.units import Enrolment
from safeconduct.core.standing import Ground, judge_control


@dataclass(frozen=True)
class Here:
    """A statement at one unit: what of it is asked there, and how that stands.

    `crossed` is the finding that what is kept goes beyond what a limit allows; None where nothing is crossed.
    """

    unit: str
    statement: Statement
    finding: Finding
    crossed: Finding | None = None

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.finding.standing


@dataclass(frozen=True)
class StatementHere:
    """A statement and the units that are asked it, in the order of the enrolments; none where it applies nowhere."""

    statement: Statement
    places: tuple[Here, ...]

    @property
    def standing(self) -> Standing:
        """The weakest of its units."""
        return worst(place.standing for place in self.places)

    @property
    def short(self) -> tuple[Here, ...]:
        """The units where it is not met."""
        return tuple(place for place in self.places if place.standing not in (MET, NOT_APPLICABLE))


def selection_of(programme: Programme, enrolment: Enrolment) -> Selection:
    """The programme as the enrolment takes part in it."""
    return Selection(programme, enrolment.roles, enrolment.variant)


def statements_here(
    ground: Ground, judged: Sequence[ProgrammeJudgement], stated: Sequence[Statement]
) -> list[StatementHere]:
    """Where the statements of some judged programmes stand; what is only one of several ways is asked nowhere."""
    asked = _Asked(ground, judged)
    return [StatementHere(one, tuple(_places(asked, one))) for one in stated]


class _Asked:
    """Which units are asked a row, and whether an ask applies there."""

    def __init__(self, ground: Ground, judged: Sequence[ProgrammeJudgement]) -> None:
        self.ground = ground
        self._questions: dict[tuple[str, str], list[Question]] = {}
        for one in judged:
            for row in one.rows:
                if row.standing is not NOT_APPLICABLE and row.obligation is not None:
                    question = Question(ground, row.unit, one.programme, one.enrolment, row.requirement.key)
                    self._questions.setdefault((one.programme.id, row.requirement.key), []).append(question)

    def questions(self, ask: Ask) -> Iterator[Question]:
        """The questions to which an ask belongs; not those whose conditions are known to be false."""
        for question in self._questions.get((ask.programme, ask.requirement.key), ()):
            if not any(truth(question, condition).holds is False for condition in ask.when):
                yield question


def _places(asked: _Asked, stated: Statement) -> Iterator[Here]:
    by_unit: dict[str, list[Ask]] = {}
    for ask in stated.asks:
        for unit in dict.fromkeys(question.unit for question in asked.questions(ask)):
            by_unit.setdefault(unit, []).append(ask)
    limits = [ask for ask in stated.asks if ask.limit]
    for unit, asks in by_unit.items():
        for one in statements(asked.ground.catalogue, [*(ask for ask in asks if not ask.limit), *limits]):
            yield Here(unit, one, _judged(asked.ground, one.needs(), unit), _crossed(asked.ground, one, unit))


def _judged(ground: Ground, needs: Sequence[ControlNeed], unit: str) -> Finding:
    found = [judge_control(ground, need, unit) for need in needs]
    if len(found) == 1:
        return found[0]
    return all_of(found, kind=Kind.CONTROL, subject=found[0].subject, at=unit, day=ground.day)


def _crossed(ground: Ground, stated: Statement, unit: str) -> Finding | None:
    """The finding that a limit is crossed at the unit."""
    bounds = tuple((one.parameter.key, bound) for one in stated.bounds if one.limits for bound in one.bounds)
    for_ = (stated.element,) if stated.element else ()
    for name, bound in bounds:
        found = judge_control(ground, ControlNeed(stated.control.key, for_, ((name, bound),), shown=()), unit)
        if any(one.kind is Kind.BOUND and one.standing is UNMET for one in found.walk()):
            return found
    return None


def selections_of(judged: Sequence[ProgrammeJudgement]) -> list[Selection]:
    """The programmes as judged enrolments take part in them, each once."""
    found: list[Selection] = []
    for one in judged:
        selection = selection_of(one.programme, one.enrolment)
        if selection not in found:
            found.append(selection)
    return found
