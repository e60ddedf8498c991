"""One control at one subject on one day: the rules every other subject builds on."""

from safeconduct.core.standing.ground import Ground
from safeconduct.core.standing.leaf import judge_control, judge_recorded

__all__ = ["Ground", "judge_control", "judge_recorded"]
