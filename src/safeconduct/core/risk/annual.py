"""The losses of a year, exactly: the law of what all perils together cost, on a grid, by the fast Fourier transform.

A peril is a frequency with a severity; perils that strike together do so through a shock. Each severity is put on the
grid so that what lies above every grid point is kept (local moment matching), the perils are joined as the logarithms
of their transforms, and the sum is tilted so that nothing wraps around. What the grid leaves out is told.
Source: shared knowledge of aggregate loss models (Panjer, Willmot; Grübel and Hermesmeier for the tilting).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import exp, inf, log, prod, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.fft import irfft, rfft
from scipy.optimize import brentq

from safeconduct.core.risk.frequency import Frequency
from safeconduct.core.risk.severity import Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    type Floats = NDArray[np.floating[Any]]
    type Complexes = NDArray[np.complexfloating[Any]]

POINTS = 1 << 16
MANY, FEWER_POINTS = 100, 1 << 15
"""Where so many causes smooth the year, half the points give the same answer."""
_TILT = 8.0
"""How many e-folds the tilt takes over the whole grid: enough against wrapping, too little to lose digits."""
_LEFT_OUT = 5e-7
"""The share of the expected loss that events beyond the grid may have."""
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True, slots=True)
class Peril:
    """Something that happens so often and costs so much each time."""

    key: str
    frequency: Frequency
    severity: Severity

    @property
    def mean(self) -> float:
        """Expected loss of a year."""
        return self.frequency.mean * self.severity.mean

    def none_in_a_year(self) -> float:
        """The chance of a year in which it costs nothing."""
        return self.frequency.none_in_a_year()

    def cumulants(self) -> tuple[float, float, float]:
        """Mean, variance and third cumulant of the year, in closed form."""
        rate, shape = self.frequency.mean, self.frequency.shape
        first, second, third = (self.severity.moment(order) for order in (1, 2, 3))
        return (
            rate * first,
            rate * second + (rate * first) ** 2 / shape,
            rate * third + 3 * rate**2 * first * second / shape + 2 * (rate * first) ** 3 / shape**2,
        )


@dataclass(frozen=True, slots=True)
class Shock:
    """One cause that strikes several perils at once: each with its own chance and severity, whenever it happens."""

    key: str
    frequency: Frequency
    hits: tuple[tuple[float, Severity], ...]

    @property
    def mean(self) -> float:
        """Expected loss of a year."""
        return self.frequency.mean * sum(chance * severity.mean for chance, severity in self.hits)

    def none_in_a_year(self) -> float:
        """The chance of a year in which it costs nothing: it does not happen, or strikes none each time it does."""
        struck = 1 - prod(1 - chance for chance, _ in self.hits)
        return self.frequency.times(struck).none_in_a_year()


type Cause = Peril | Shock


@dataclass(frozen=True)
class Grid:
    """Amounts 0, step, 2 step ... on which losses are reckoned."""

    step: float
    points: int = POINTS

    @cached_property
    def amounts(self) -> Floats:
        """The amounts, the first of them 0."""
        return self.step * np.arange(self.points)

    @cached_property
    def tilt(self) -> Floats:
        """What each mass is multiplied with before it is transformed."""
        return np.exp(-_TILT / self.points * np.arange(self.points))

    def transform(self, severity: Severity) -> Complexes:
        """The tilted transform of one loss."""
        return self.transformed(self.masses(severity))

    def transformed(self, masses: Floats) -> Complexes:
        """The tilted transform of masses on the first grid points."""
        found: Complexes = rfft(masses * self.tilt[: len(masses)], self.points)
        return found

    def masses(self, severity: Severity) -> Floats:
        """The law of one loss as masses on the first grid points; what lies beyond the last is left out.

        The k-th mass is the second difference of E[min(X, x)] there, so that E[(X - x)+] is kept at every grid point.
        """
        reach = self._reach(severity)
        limited = np.zeros(reach + 1)
        limited[1:] = severity.limited(self.step * np.arange(1, reach + 1))
        sloped = np.diff(limited) / self.step
        return np.concatenate(([1 - sloped[0]], sloped[:-1] - sloped[1:]))

    def _reach(self, severity: Severity) -> int:
        """How many grid points the law needs until hardly anything is left above."""
        if severity.sigma == 0:
            return min(self.points, int(exp(severity.mu) / self.step) + 2)
        last = severity.mu + severity.sigma**2 + 7 * severity.sigma - log(self.step)
        return self.points if last > log(self.points) else min(self.points, int(exp(last)) + 2)


@dataclass(frozen=True)
class Year:
    """The law of a year's loss. `masses` lie on the grid's amounts; `mean` and `none` are the exact ones."""

    grid: Grid
    masses: Floats = field(repr=False)
    mean: float
    none: float
    """The chance of a year without any loss."""

    @cached_property
    def _above(self) -> Floats:
        """The mean over each cell of the chance to lose more; at the middle of the cell it is that chance itself."""
        return np.maximum(self.masses[::-1].cumsum()[::-1][1:], 0.0)

    @property
    def on_grid(self) -> float:
        """The mean as the grid has it: how far it is from the exact one is an error of the grid."""
        return float(self.masses @ self.grid.amounts)

    @property
    def error(self) -> float:
        """The share of the mean that the grid lost or made up."""
        return abs(self.on_grid / self.mean - 1) if self.mean else 0.0

    def exceeds(self, amount: float) -> float:
        """The chance to lose more than an amount in the year, between grid points as a power of the amount."""
        if amount < 0:
            return 1.0
        step, above = self.grid.step, self._above
        place = amount / step - 0.5  # in cells, from the middle of the first one
        if place <= 0:
            return float(np.interp(amount, [0.0, step / 2], [1 - self.none, above[0]]))
        at = int(place)
        if at >= len(above) - 1:
            return float(above[-1])
        nearer, further = float(above[at]), float(above[at + 1])
        if further <= 0:
            return 0.0
        fall = log(amount / ((at + 0.5) * step)) / log((at + 1.5) / (at + 0.5))
        return nearer * float((further / nearer) ** fall)

    def quantile(self, level: float) -> float:
        """The loss that is not exceeded in so many years of one (0.999: in all but one year of a thousand)."""
        chance = 1 - level
        if chance >= 1 - self.none:
            return 0.0
        middles, above = self.grid.amounts[:-1] + self.grid.step / 2, self._above
        if chance >= above[0]:
            return float(np.interp(-chance, [-(1 - self.none), -above[0]], [0.0, middles[0]]))
        place = int(np.searchsorted(-above, -chance))
        if place >= len(above):
            return float(middles[-1])
        rise = np.log(chance / above[place - 1]) / np.log(above[place] / above[place - 1]) if above[place] > 0 else 0.0
        return float(middles[place - 1] * (middles[place] / middles[place - 1]) ** rise)

    def tail_mean(self, level: float) -> float:
        """The mean loss of the years that are worse than the quantile (TVaR); the mean itself where the level is 0."""
        start = self.quantile(level)
        return start + self.stop_loss(start) / (1 - level)

    def stop_loss(self, amount: float) -> float:
        """E[(S - x)+]: what of the expected loss of a year lies above an amount."""
        at = int(amount / self.grid.step)
        if at >= len(self._above):
            return 0.0
        beyond = float(self._above[at + 1 :].sum()) * self.grid.step
        return beyond + (1 - (amount / self.grid.step - at)) * float(self._above[at]) * self.grid.step

    def curve(self, points: int = 60) -> list[tuple[float, float]]:
        """The loss-exceedance curve: amounts, evenly in logarithms, each with the chance to lose more in a year."""
        lowest, highest = self.quantile(max(self.none, 1e-3)) or self.grid.step, self.quantile(0.9999)
        if not highest:
            return []
        amounts = np.geomspace(max(lowest, highest * 1e-5), highest, points).tolist()
        return [(amount, self.exceeds(amount)) for amount in amounts]


def year_of(causes: Sequence[Cause], grid: Grid | None = None) -> Year:
    """The law of what all causes together cost in a year; without any of them, a year that costs nothing."""
    return year_at(causes, grid or fitting_grid(causes))


def year_at(causes: Sequence[Cause], grid: Grid, logs: Complexes | None = None) -> Year:
    """The same on a grid, from the logarithm of its transform where that is at hand."""
    masses = _inverse(grid, np.exp(joined(causes, grid) if logs is None else logs))
    none = prod(cause.none_in_a_year() for cause in causes)
    return Year(grid, masses, sum(cause.mean for cause in causes), none)


def joined(causes: Iterable[Cause], grid: Grid) -> Complexes:
    """The logarithm of the transform of a year: the sum over the causes. Perils known exactly share one transform."""
    total = np.zeros(grid.points // 2 + 1, dtype=np.complex128)
    known = np.zeros(grid.points)
    rate = 0.0
    for cause in causes:
        if isinstance(cause, Peril) and cause.frequency.shape == inf:
            some = grid.masses(cause.severity)
            known[: len(some)] += cause.frequency.mean * some
            rate += cause.frequency.mean
        else:
            total += log_transform(cause, grid)
    return total + grid.transformed(known) - rate if rate else total


def log_transform(cause: Cause, grid: Grid) -> Complexes:
    """The logarithm of the transform of what one cause costs in a year."""
    missing = 1 - _one_event(cause, grid)
    frequency = cause.frequency
    if frequency.shape == inf:
        return -frequency.mean * missing
    return np.asarray(-frequency.shape * np.log(1 + missing * (frequency.mean / frequency.shape)))


def _one_event(cause: Cause, grid: Grid) -> Complexes:
    if isinstance(cause, Peril):
        return grid.transform(cause.severity)
    one = np.ones(grid.points // 2 + 1, dtype=np.complex128)
    for chance, severity in cause.hits:
        one *= 1 - chance + chance * grid.transform(severity)
    return one


def _inverse(grid: Grid, transformed: Complexes) -> Floats:
    tilted: Floats = irfft(transformed, grid.points)
    return tilted / grid.tilt


def tail_shares(causes: Sequence[Cause], year: Year, level: float) -> list[float]:
    """What each cause contributes to the mean loss of the years worse than a quantile; they sum to `tail_mean`."""
    grid, whole = year.grid, np.exp(joined(causes, year.grid))
    start = year.quantile(level)
    worse = np.clip((grid.amounts - start) / grid.step + 0.5, 0.0, 1.0)
    chance = float(year.masses @ worse)
    found = []
    for cause in causes:
        rate, shape = cause.frequency.mean, cause.frequency.shape
        weight = rate / (1 + (1 - _one_event(cause, grid)) * (rate / shape))
        found.append(float(_inverse(grid, weight * _costed(cause, grid) * whole) @ worse) / chance if chance else 0.0)
    return found


def _costed(cause: Cause, grid: Grid) -> Complexes:
    """The transform of an event's loss where every amount is weighed by itself; of a shock by what each hit adds."""
    if isinstance(cause, Peril):
        one = grid.masses(cause.severity)
        return grid.transformed(one * grid.amounts[: len(one)])
    total = np.zeros(grid.points // 2 + 1, dtype=np.complex128)
    for place, (chance, severity) in enumerate(cause.hits):
        others = np.ones_like(total)
        for share, other in (*cause.hits[:place], *cause.hits[place + 1 :]):
            others *= 1 - share + share * grid.transform(other)
        masses = grid.masses(severity)
        total += chance * grid.transformed(masses * grid.amounts[: len(masses)]) * others
    return total


def fitting_grid(causes: Sequence[Cause], points: int = 0) -> Grid:
    """The finest grid of so many points beyond which only a negligible share of the expected loss lies."""
    points = points or (POINTS if len(causes) <= MANY else FEWER_POINTS)
    losses = list(_losses(causes))
    mean = sum(rate * severity.mean for rate, severity in losses)
    if not mean:
        return Grid(1.0, points)

    def beyond(log_amount: float) -> float:
        over = sum(rate * severity.mean_beyond(exp(log_amount)) for rate, severity in losses)
        return log(max(over, mean * _NEGLIGIBLE) / mean) - log(_LEFT_OUT)

    low = log(max(severity.mean for _, severity in losses)) - 5
    high = max(s.mu + s.sigma**2 + 8 * s.sigma for _, s in losses) + 1
    furthest = exp(brentq(beyond, min(low, high - 10), high, xtol=1e-3))
    spread = sqrt(sum(rate * severity.moment(2) for rate, severity in losses) + sum(_mixed(causes)))
    return Grid(max(furthest, mean + 12 * spread) * 1.05 / points, points)


def _mixed(causes: Iterable[Cause]) -> Iterator[float]:
    """What not knowing a rate adds to the variance of the year."""
    return (cause.mean**2 / cause.frequency.shape for cause in causes)


def _losses(causes: Iterable[Cause]) -> Iterator[tuple[float, Severity]]:
    for cause in causes:
        if isinstance(cause, Peril):
            yield cause.frequency.mean, cause.severity
        else:
            yield from ((cause.frequency.mean * chance, severity) for chance, severity in cause.hits if chance)
