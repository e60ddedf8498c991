"""One risk at one level of control: how often, how much, whom, and the class that follows.

The same function gives the inherent risk (no control counts), the current one (controls as they stand), the one at
best (all that is unknown were shown) and the target (what is planned stands too).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from safeconduct.core.records.risk import Overridden, Override, Range, Risk
from safeconduct.core.records.threats import Matrix
from safeconduct.core.risk import frequency as rates
from safeconduct.core.risk import severity as losses
from safeconduct.core.risk.annual import Peril
from safeconduct.core.risk.effect import (
    Counted,
    Counting,
    Share,
    as_counted,
    at_best,
    consequence_left,
    likelihood_left,
    none_counts,
)
from safeconduct.core.risk.frequency import Frequency
from safeconduct.core.risk.history import History
from safeconduct.core.risk.rating import Cell, Numbers, Rating
from safeconduct.core.risk.severity import Severity

_NONE_LEFT = 1e-9


@dataclass(frozen=True, slots=True)
class Level:
    """A risk at one level of control. None where nobody gave a number, or where a loss cannot happen any more.

    `harmed` is the expected number of persons killed or badly hurt in a year; it is never turned into money.
    """

    left: Share
    cost_left: Share
    frequency: Frequency | None = None
    severity: Severity | None = None
    harmed: float | None = None
    cell: Cell = Cell()
    overridden: tuple[Override, ...] = ()

    @property
    def loss(self) -> float | None:
        """Expected loss of a year, in the assessment's currency."""
        if self.frequency is None or self.severity is None:
            return None
        return self.frequency.mean * self.severity.mean

    def peril(self, key: str) -> Peril | None:
        """The risk as a part of the losses of a year; None where it has no numbers, or cannot happen."""
        if self.frequency is None or self.severity is None or self.frequency.mean < _NONE_LEFT:
            return None
        return Peril(key, self.frequency, self.severity)


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that a level follows from besides the controls: the record, its history, and where others bear a share."""

    risk: Risk
    history: History
    rating: Rating
    matrix: Matrix
    borne: float = 1.0
    """Share of a loss that the organisation bears itself."""
    happens: float = 1.0
    """1, or 0 where the risk is avoided: what it came from is given up."""


def level(
    weighed: Weighed,
    measures: Sequence[Counted],
    counting: Counting,
    overrides: Sequence[Override] = (),
) -> Level:
    """The risk where every countermeasure counts as told, and what persons set by hand."""
    set_by = {one.what: one for one in overrides}
    left, cost_left = likelihood_left(measures, counting), consequence_left(measures, counting)
    if (given := set_by.get(Overridden.VULNERABILITY)) is not None:
        left = Share(*(float(given.value),) * 3)
    threat = _threat(weighed)
    frequency = _frequency(weighed, threat, left, set_by.get(Overridden.LIKELIHOOD))
    severity = _severity(weighed, cost_left, set_by.get(Overridden.LOSS))
    numbers = Numbers(
        threat=threat.mean if threat else None,
        frequency=frequency.mean if frequency else None,
        left=left.middle,
        loss=severity.mean if severity else None,
        grave=weighed.risk.grave,
    )
    return Level(
        left=left,
        cost_left=cost_left,
        frequency=frequency,
        severity=severity,
        harmed=_harmed(weighed.risk.harm, frequency, cost_left),
        cell=_cell(weighed, numbers, set_by.get(Overridden.PRIORITY)),
        overridden=tuple(overrides),
    )


def spread_of(given: Range | None) -> tuple[float, float] | None:
    """A recorded range as numbers."""
    return None if given is None else (float(given.low), float(given.high))


def _threat(weighed: Weighed) -> Frequency | None:
    """Events a year without controls, as believed and as the own history taught."""
    believed = spread_of(weighed.risk.likelihood)
    if believed is None:
        return None
    history = weighed.history
    return rates.from_range(*believed).updated(len(history.incidents), history.exposure)


def _frequency(weighed: Weighed, threat: Frequency | None, left: Share, given: Override | None) -> Frequency | None:
    if given is not None:
        return Frequency(float(given.value), inf)
    return None if threat is None else threat.times(left.middle * weighed.happens)


def _severity(weighed: Weighed, left: Share, given: Override | None) -> Severity | None:
    spread = spread_of(weighed.risk.loss)
    if spread is None:
        return None
    law = losses.from_range(*spread)
    share = left.middle * weighed.borne if given is None else float(given.value) / law.mean
    return law.scaled(share) if share > _NONE_LEFT else None


def _harmed(harm: Range | None, frequency: Frequency | None, left: Share) -> float | None:
    spread = spread_of(harm)
    if spread is None or frequency is None:
        return None
    return frequency.mean * losses.from_range(*spread).mean * left.middle


def _cell(weighed: Weighed, numbers: Numbers, given: Override | None) -> Cell:
    cell = weighed.rating.cell(weighed.matrix, numbers)
    return cell if given is None else replace(cell, result=given.value)


@dataclass(frozen=True)
class Levels:
    """The same risk at four levels of control, each computed when it is asked for.

    `weighed` is with what treatments shared or avoided by the day, `aimed` with all that is decided.
    """

    weighed: Weighed
    aimed: Weighed
    measures: tuple[Counted, ...]
    overrides: tuple[Override, ...]
    planned: Counting
    intended: bool = False
    """Whether anything is planned or decided: what persons set by hand of today then falls away in the target."""

    @cached_property
    def inherent(self) -> Level:
        """Before any control and any treatment."""
        return level(replace(self.weighed, borne=1.0, happens=1.0), self.measures, none_counts)

    @cached_property
    def current(self) -> Level:
        """With the controls as they stand, and what persons set by hand."""
        return level(self.weighed, self.measures, as_counted, self.overrides)

    @cached_property
    def best(self) -> Level:
        """As if all that is unknown were shown."""
        return level(self.weighed, self.measures, at_best)

    @cached_property
    def target(self) -> Level:
        """With what is planned and decided."""
        return level(self.aimed, self.measures, self.planned, () if self.intended else self.overrides)
