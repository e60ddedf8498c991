"""Which risks moved between two days although nobody rated them anew, and what moved them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement

SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Move:
    """One risk on two days."""

    was: RiskJudgement
    now: RiskJudgement

    @property
    def rose(self) -> bool:
        """Whether more of its likelihood or its consequence is left than before."""
        return _left(self.now) > _left(self.was) + SAME


def moves(before: AssessedRisks, now: AssessedRisks) -> list[Move]:
    """The risks of both days that have another level than before, the gravest first."""
    old = {one.risk.key: one for one in before.risks if one.levels is not None}
    pairs = [Move(old[one.risk.key], one) for one in now.by_priority if one.levels and one.risk.key in old]
    return [one for one in pairs if abs(_left(one.now) - _left(one.was)) > SAME or one.was.priority != one.now.priority]


def rises(before: AssessedRisks, now: AssessedRisks) -> list[Move]:
    """Those in a graver class than before, the gravest first."""
    return [one for one in moves(before, now) if now.place(one.now.priority) > now.place(one.was.priority)]


def _left(one: RiskJudgement) -> float:
    """The share of likelihood times consequence that controls leave."""
    assert one.current is not None
    return one.current.left.middle * one.current.cost_left.middle
