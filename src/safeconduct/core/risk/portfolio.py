"""The losses of a year of many risks, what each control is worth in it, and what would be if others stood.

Amounts are in the assessment's currency. Risks without numbers are counted and left out of the money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from safeconduct.core.records.risk import CommonCause
from safeconduct.core.risk import frequency
from safeconduct.core.risk.annual import (
    Cause,
    Grid,
    Peril,
    Shock,
    Year,
    fitting_grid,
    joined,
    log_transform,
    tail_shares,
    year_at,
)
from safeconduct.core.risk.effect import Counted, as_counted
from safeconduct.core.risk.judge import RiskJudgement
from safeconduct.core.risk.levels import Level, Levels, level
from safeconduct.core.risk.planned import counting_without

LEVELS = ("inherent", "current", "best", "target")
TAIL = 0.99
"""The level of the tail that is shown where none is asked for: the worst year of a hundred."""


@dataclass(frozen=True)
class Portfolio:
    """The risks that have numbers, at one level of control, what strikes several of them, and how many have none."""

    perils: tuple[Peril, ...]
    without_numbers: int
    shocks: tuple[Shock, ...] = ()

    @property
    def causes(self) -> tuple[Cause, ...]:
        """All that a year's loss comes from."""
        return (*self.perils, *self.shocks)

    @cached_property
    def year(self) -> Year:
        """The law of what all of them cost in a year."""
        return year_at(self.causes, fitting_grid(self.causes))

    def contributions(self, tail: float = TAIL) -> list[Contribution]:
        """What each risk and each common cause adds to the mean and to the tail, the greatest in the tail first."""
        shares = tail_shares(self.causes, self.year, tail)
        found = [Contribution(one.key, one.mean, share) for one, share in zip(self.causes, shares, strict=True)]
        return sorted(found, key=lambda one: one.in_tail, reverse=True)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one risk, or one common cause, adds to the expected loss of a year, and to the mean of the worst years."""

    risk: str
    mean: float
    in_tail: float


def portfolio(risks: Iterable[RiskJudgement], of: str = "current", common: Iterable[CommonCause] = ()) -> Portfolio:
    """The risks at a level (inherent, current, best or target), with the common causes that strike them."""
    return _at_levels({one.risk.key: getattr(one.levels, of) for one in risks if one.levels}, common)


def _at_levels(levels: Mapping[str, Level], common: Iterable[CommonCause]) -> Portfolio:
    perils = [found.peril(key) for key, found in levels.items()]
    lacking = sum(found.frequency is None or found.severity is None for found in levels.values())
    shocks = [shock(one, levels) for one in common]
    return Portfolio(
        tuple(one for one in perils if one is not None), lacking, tuple(one for one in shocks if one is not None)
    )


def shock(cause: CommonCause, levels: Mapping[str, Level]) -> Shock | None:
    """A common cause at the levels of the risks it strikes; None where it strikes none that still can cost anything.

    What controls take from a risk's likelihood they take from the chance of its hit, and from its loss as ever.
    """
    hits = []
    for one in cause.hits:
        found = levels.get(one.risk)
        if found is not None and found.severity is not None and found.peril(one.risk) is not None:
            hits.append((float(one.chance) * found.left.middle, found.severity))
    law = frequency.from_range(float(cause.likelihood.low), float(cause.likelihood.high))
    return Shock(cause.key, law, tuple(hits)) if hits else None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a control is worth: expected loss of a year and mean of the worst years, with it and otherwise.

    For a control in place *otherwise* is without it; for one that is proposed *otherwise* is as things are.
    """

    control: str
    mean_with: float
    mean_otherwise: float
    tail_with: float
    tail_otherwise: float
    risks: tuple[str, ...]

    @property
    def mean(self) -> float:
        """By how much it lowers the expected loss of a year."""
        return self.mean_otherwise - self.mean_with

    @property
    def tail(self) -> float:
        """By how much it lowers the mean of the worst years."""
        return self.tail_otherwise - self.tail_with


def relevelled(one: RiskJudgement, counting: Callable[[Counted], float]) -> Level | None:
    """The risk if its countermeasures counted otherwise; what persons set by hand of today's level falls away."""
    return None if one.levels is None else level(one.weighed, one.measures, counting)


def worth_of(
    risks: Sequence[RiskJudgement],
    controls: Sequence[str],
    tail: float = TAIL,
    common: Sequence[CommonCause] = (),
) -> list[Worth]:
    """What each control in place is worth, the greatest first; one that counts nowhere is worth nothing."""
    answered = _answered(risks)
    ground = Exchange(risks, common)
    found = []
    for control in controls:
        touched = answered.get(control, ())
        mean, worst = ground.with_others(touched, counting_without([control]), tail)
        keys = tuple(one.risk.key for one in touched)
        found.append(Worth(control, ground.year.mean, mean, ground.year.tail_mean(tail), worst, keys))
    return sorted(found, key=lambda one: (one.mean, one.tail), reverse=True)


def worth_if(
    risks: Sequence[RiskJudgement],
    proposals: Mapping[str, Callable[[Counted], float]],
    tail: float = TAIL,
    common: Sequence[CommonCause] = (),
) -> list[Worth]:
    """What each proposal would be worth: a name, and how countermeasures would count; the greatest first."""
    ground = Exchange(risks, common)
    found = []
    for name, counting in proposals.items():
        touched = tuple(one for one in risks if any(counting(each) != each.counts for each in one.measures))
        mean, worst = ground.with_others(touched, counting, tail)
        keys = tuple(one.risk.key for one in touched)
        found.append(Worth(name, mean, ground.year.mean, worst, ground.year.tail_mean(tail), keys))
    return sorted(found, key=lambda one: (one.mean, one.tail), reverse=True)


def _unhanded(one: RiskJudgement, levels: Levels) -> Level:
    """The current level as the controls alone make it: beside it a control's worth is not hidden by a hand."""
    return level(one.weighed, one.measures, as_counted) if levels.overrides else levels.current


def _answered(risks: Iterable[RiskJudgement]) -> dict[str, tuple[RiskJudgement, ...]]:
    """By control, the risks in which it counts."""
    found: dict[str, dict[str, RiskJudgement]] = {}
    for one in risks:
        for each in one.measures:
            if each.counts:
                found.setdefault(each.measure.need.control, {})[one.risk.key] = one
    return {control: tuple(some.values()) for control, some in found.items()}


class Exchange:
    """The year of all risks as a sum of logarithms, in which single risks, and what strikes them, can be exchanged."""

    def __init__(self, risks: Sequence[RiskJudgement], common: Sequence[CommonCause] = ()) -> None:
        self.common = common
        self.levels = {one.risk.key: _unhanded(one, one.levels) for one in risks if one.levels}
        today = _at_levels(self.levels, common)
        self.causes: dict[str, Cause] = {one.key: one for one in today.causes}
        self.grid: Grid = fitting_grid([*today.causes, *portfolio(risks, "inherent", common).causes])
        self.logs = joined(list(self.causes.values()), self.grid)
        self.year = year_at(list(self.causes.values()), self.grid, self.logs)

    def with_others(
        self, touched: Iterable[RiskJudgement], counting: Callable[[Counted], float], tail: float
    ) -> tuple[float, float]:
        """Mean of the year and of its worst, where some risks are levelled otherwise."""
        found = {one.risk.key: relevelled(one, counting) for one in touched}
        year = self.year_with({key: one for key, one in found.items() if one is not None})
        return year.mean, year.tail_mean(tail)

    def year_with(self, others: Mapping[str, Level]) -> Year:
        """The law of the year where some risks, by key, are at other levels than today's."""
        exchanged: dict[str, Cause | None] = {key: found.peril(key) for key, found in others.items()}
        levels = {**self.levels, **others}
        for cause in self.common:
            if any(hit.risk in others for hit in cause.hits):
                exchanged[cause.key] = shock(cause, levels)
        logs, causes = self.logs, dict(self.causes)
        for key, after in exchanged.items():
            if (before := causes.pop(key, None)) is not None:
                logs = logs - log_transform(before, self.grid)
            if after is not None:
                logs, causes[key] = logs + log_transform(after, self.grid), after
        return year_at(list(causes.values()), self.grid, logs)


def chance_of_any(causes: Iterable[Cause]) -> float:
    """The chance of at least one loss in a year."""
    return 1 - prod(one.none_in_a_year() for one in causes)
