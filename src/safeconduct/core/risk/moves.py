"""Which risks moved between two days although nobody rated them anew, and what moved them.

What moves a risk by itself: a control that stands otherwise, something set by hand that begins or ends, a treatment
that comes into force or lapses, and incidents or time watched that teach another likelihood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.core.records.risk import Override, Way
from safeconduct.core.risk.effect import Counted
from safeconduct.core.risk.history import History
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
from safeconduct.core.risk.levels import Level

SAME = 0.01
"""Numbers less than this share of the greater one apart count as the same: every quiet day teaches a little."""


@dataclass(frozen=True, slots=True)
class Move:
    """One risk on two days; it is left out on neither."""

    was: RiskJudgement
    now: RiskJudgement

    @property
    def rose(self) -> bool:
        """Whether it weighs more than before."""
        before, after = _weights(self.was, self.now)
        return after > before

    @property
    def measures(self) -> tuple[tuple[Counted, Counted], ...]:
        """The countermeasures that count otherwise, as they stood and as they stand, in the order of the scenario."""
        pairs = zip(self.was.measures, self.now.measures, strict=True)
        return tuple((old, new) for old, new in pairs if old.counts != new.counts)

    @property
    def set_now(self) -> tuple[Override, ...]:
        """What persons set by hand that did not hold before."""
        return tuple(one for one in _by_hand(self.now) if one not in _by_hand(self.was))

    @property
    def set_before(self) -> tuple[Override, ...]:
        """What persons set by hand that holds no more."""
        return tuple(one for one in _by_hand(self.was) if one not in _by_hand(self.now))

    @property
    def treated(self) -> tuple[str, ...]:
        """The treatments that share or avoid it, if what they take from it changed."""
        before, after = ((one.weighed.borne, one.weighed.happens) for one in (self.was, self.now))
        if before == after:
            return ()
        known = (*self.was.treatments, *self.now.treatments)
        return tuple(dict.fromkeys(one.key for one in known if one.way in (Way.SHARE, Way.AVOID)))

    @property
    def taught(self) -> tuple[History, History] | None:
        """The history before and now, where it says another thing; None where it doesn't."""
        before, after = self.was.weighed.history, self.now.weighed.history
        return None if before == after else (before, after)


def moves(before: AssessedRisks, now: AssessedRisks) -> list[Move]:
    """The risks of both days that have another level than before, the gravest first."""
    old = {one.risk.key: one for one in before.risks if one.levels is not None}
    pairs = [Move(old[one.risk.key], one) for one in now.by_priority if one.levels and one.risk.key in old]
    return [one for one in pairs if _differ(one)]


def rises(before: AssessedRisks, now: AssessedRisks) -> list[Move]:
    """Those in a graver class than before, the gravest first."""
    return [one for one in moves(before, now) if now.place(one.now.priority) > now.place(one.was.priority)]


def _differ(one: Move) -> bool:
    before, after = (list(_numbers(_level(each))) for each in (one.was, one.now))
    apart = any(abs(old - new) > SAME * max(abs(old), abs(new)) for old, new in zip(before, after, strict=True))
    return apart or one.was.priority != one.now.priority


def _numbers(level: Level) -> Iterator[float]:
    yield level.left.middle
    yield level.cost_left.middle
    yield level.frequency.mean if level.frequency else 0.0
    yield level.severity.mean if level.severity else 0.0


def _weights(was: RiskJudgement, now: RiskJudgement) -> tuple[float, float]:
    """What both weigh in one measure: expected loss, else how often, else the share that controls leave."""
    before, after = _level(was), _level(now)
    if before.loss is not None and after.loss is not None:
        return before.loss, after.loss
    shares = [one.left.middle * one.cost_left.middle for one in (before, after)]
    if before.frequency is not None and after.frequency is not None:
        shares = [one.frequency.mean * one.cost_left.middle for one in (before, after) if one.frequency]
    return shares[0], shares[1]


def _by_hand(one: RiskJudgement) -> tuple[Override, ...]:
    return _level(one).overridden


def _level(one: RiskJudgement) -> Level:
    assert one.current is not None
    return one.current
