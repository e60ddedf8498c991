"""How far objectives are: progress of each target from facts, and whether it keeps pace with its time.

A target goes from where it began (0 where nobody said) to its aim. It is on track while it has gone as far as its time;
behind that it drifts; past its day it is overdue. What nobody can measure yet says so. Source: design, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from safeconduct.core.judgement import MET
from safeconduct.core.posture import ProgrammeJudgement
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Measured, Objective, ObjectiveTarget
from safeconduct.core.risk.judge import AssessedRisks
from safeconduct.core.standing import Ground, judge_control

type Reading = tuple[str, float | None]
"""What a target reads, in words, and how much of its way is gone."""


class Pace(StrEnum):
    """How an objective or one of its targets keeps to its time; the gravest first."""

    OVERDUE = "overdue"
    DRIFTING = "drifting"
    UNKNOWN = "not measured"
    ON_TRACK = "on track"
    REACHED = "reached"


_GRAVEST = tuple(Pace)


@dataclass(frozen=True, slots=True)
class Progress:
    """One target on a day: what it reads now, in words, and how much of its way is gone, 0 to 1; None: not measured."""

    target: ObjectiveTarget
    now: str
    gone: float | None
    pace: Pace


@dataclass(frozen=True, slots=True)
class ObjectiveProgress:
    """An objective on a day. It is reached when every target is; the gravest pace of its targets is its own."""

    objective: Objective
    targets: tuple[Progress, ...]

    @property
    def pace(self) -> Pace:
        """The gravest pace among its targets."""
        return min((one.pace for one in self.targets), key=_GRAVEST.index, default=Pace.UNKNOWN)

    @property
    def gone(self) -> float | None:
        """How much of the way is gone: the mean over the targets; None while one is not measured."""
        ways = [one.gone for one in self.targets]
        known = [one for one in ways if one is not None]
        return sum(known) / len(known) if known and len(known) == len(ways) else None


def objectives_on(
    ground: Ground, programmes: Sequence[ProgrammeJudgement], risks: AssessedRisks | None
) -> list[ObjectiveProgress]:
    """Every objective that is set by the day and not closed, the gravest pace first, then the nearest day."""
    judged = {one.enrolment.key: one for one in programmes}
    read: dict[Measured, Callable[[ObjectiveTarget], Reading]] = {
        Measured.CONTROL: partial(_controls, ground),
        Measured.PROGRAMME: partial(_programme, judged),
        Measured.RISK: partial(_risk, risks),
        Measured.READING: partial(_reading, ground.day),
    }
    found = [
        ObjectiveProgress(
            one, tuple(_progress(one, target, ground.day, read[target.measure]) for target in one.targets)
        )
        for one in ground.snapshot.facts.objectives
        if one.since <= ground.day and (one.closed is None or ground.day < one.closed)
    ]
    return sorted(found, key=lambda one: (_GRAVEST.index(one.pace), one.objective.due))


def _progress(
    objective: Objective,
    target: ObjectiveTarget,
    day: date,
    read: Callable[[ObjectiveTarget], Reading],
) -> Progress:
    now, gone = read(target)
    return Progress(target, now, gone, _pace(objective, day, gone))


def _pace(objective: Objective, day: date, gone: float | None) -> Pace:
    if gone is not None and gone >= 1:
        return Pace.REACHED
    if day > objective.due:
        return Pace.OVERDUE
    if gone is None:
        return Pace.UNKNOWN
    whole = (objective.due - objective.since).days or 1
    return Pace.ON_TRACK if gone >= (day - objective.since).days / whole else Pace.DRIFTING


def _controls(ground: Ground, target: ObjectiveTarget) -> Reading:
    if not isinstance(target.needs, ControlNeed) or not target.of:
        return "", None
    stand = sum(judge_control(ground, target.needs, unit).standing is MET for unit in target.of)
    return f"stands at {stand} of {len(target.of)}", _way(100 * stand / len(target.of), target)


def _programme(judged: Mapping[str, ProgrammeJudgement], target: ObjectiveTarget) -> Reading:
    results = [judged[key].main for key in target.of if key in judged]
    total = sum(len(one.musts) for one in results)
    if not total:
        return "not judged", None
    met = sum(one.met for one in results)
    return f"{met} of {total} met", _way(100 * met / total, target)


def _risk(risks: AssessedRisks | None, target: ObjectiveTarget) -> Reading:
    """Reached when no named risk is graver than the aim; each that is not goes its share of the way."""
    known = {one.risk.key: one for one in risks.risks} if risks else {}
    rated = [known[key].priority for key in target.of if key in known and known[key].priority]
    if risks is None or not rated or len(rated) < len(target.of):
        return "not rated", None
    aim = risks.place(target.aim)
    reached = sum(risks.place(one) <= aim for one in rated)
    worst = max(rated, key=risks.place)
    return (worst if len(rated) == 1 else f"{reached} of {len(rated)} at most {target.aim}"), reached / len(rated)


def _reading(day: date, target: ObjectiveTarget) -> Reading:
    last = max((one for one in target.readings if one.on <= day), key=lambda one: one.on, default=None)
    return ("not read yet", None) if last is None else (last.value, _way(float(last.value), target))


def _way(now: float, target: ObjectiveTarget) -> float:
    """The share of the way from the start to the aim; below 0 counts as 0, beyond the aim as 1."""
    start, aim = _number(target.start), _number(target.aim)
    if aim == start:
        return 1.0 if now >= aim else 0.0
    return min(1.0, max(0.0, (now - start) / (aim - start)))


def _number(text: str) -> float:
    return float(text.removesuffix("%").strip() or 0)
