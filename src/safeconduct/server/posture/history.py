"""One row through time: the stretches of days on which nothing changed, and since when it stands as it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.dates import day_before, shifted
from safeconduct.core.judgement import Finding
from safeconduct.core.posture import Question, judge_row
from safeconduct.core.posture.narrowing import veiled
from safeconduct.core.posture.period import over
from safeconduct.core.standing import Ground

if TYPE_CHECKING:
    from collections.abc import Callable

    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.posture.overview import Overview

LOOKED_BACK_DAYS = 365
_MOST_STRETCHES = 400


@dataclass(frozen=True)
class Stretch:
    """Days on which nothing changed, and what was judged on them."""

    first: date
    last: date
    finding: Finding


def judge_on(overview: Overview, row: RowJudgement) -> Callable[[date], Finding]:
    """Judges the row on any day, from the facts as they are known now and as far as they are seen."""
    judged = overview.assessment.programme(row.enrolment)
    ground = overview.assessment.ground

    def judge(day: date) -> Finding:
        question = Question(
            Ground(ground.snapshot, ground.catalogue, day), row.unit, judged.programme, judged.enrolment
        )
        found = judge_row(question, row.requirement).finding
        return found if overview.units is None else veiled(found)

    return judge


def stretches(overview: Overview, row: RowJudgement, first: date, last: date) -> tuple[Stretch, ...]:
    """The row over a period, oldest first; neighbours that tell the same are one.

    Refused where the period ends before it begins.
    """
    told: list[Finding] = []
    for finding in over(first, last, judge_on(overview, row)):
        if not told or (told[-1].standing, told[-1].code) != (finding.standing, finding.code):
            told.append(finding)
        if len(told) == _MOST_STRETCHES:
            break
    ends = [*(day_before(one.day) for one in told[1:]), last]
    return tuple(Stretch(one.day, end, one) for one, end in zip(told, ends, strict=True))


def unchanged_since(overview: Overview, row: RowJudgement, days: int = LOOKED_BACK_DAYS) -> tuple[date, bool]:
    """Since which day the row stands as it stands now; True where that is longer than was looked back."""
    first = shifted(overview.day, -days)
    began, standing = first, None
    for finding in over(first, overview.day, judge_on(overview, row)):
        if finding.standing is not standing:
            began, standing = finding.day, finding.standing
    return began, began == first
