"""Requirements and programmes over recorded and derived standings."""

from safeconduct.core.posture.narrowing import narrowed
from safeconduct.core.posture.programme import (
    Criterion,
    Mark,
    ProgrammeJudgement,
    Result,
    Word,
    in_force,
    judge_programme,
)
from safeconduct.core.posture.question import Question
from safeconduct.core.posture.rows import RowJudgement, judge_row

__all__ = [
    "Criterion",
    "Mark",
    "ProgrammeJudgement",
    "Question",
    "Result",
    "RowJudgement",
    "Word",
    "in_force",
    "judge_programme",
    "judge_row",
    "narrowed",
]
