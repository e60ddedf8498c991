"""The losses of a year by trial: many years drawn at random, as a check of the exact law.

The draws follow from the seed alone. An answer is an interval: in 99 of 100 checks the exact figure lies in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from safeconduct.core.errors import Refusal
from safeconduct.core.risk.annual import Cause, Peril

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from safeconduct.core.risk.frequency import Frequency
    from safeconduct.core.risk.severity import Severity

MOST_YEARS, MOST_EVENTS = 10_000_000, 500_000_000
_AT_ONCE = 5_000_000
"""How many events of one cause are held in memory together."""
_Z99 = float(ndtri(0.995))


@dataclass(frozen=True)
class Trial:
    """The losses of the years drawn, the smallest first."""

    losses: NDArray[np.floating[Any]]

    def mean(self) -> tuple[float, float]:
        """Between which bounds the mean lies."""
        middle = float(self.losses.mean())
        margin = _Z99 * float(self.losses.std()) / sqrt(len(self.losses))
        return middle - margin, middle + margin

    def quantile(self, level: float) -> tuple[float, float]:
        """Between which bounds a quantile lies, whatever the law: by the places it may have among the years."""
        many = len(self.losses)
        margin = _Z99 * sqrt(many * level * (1 - level))
        first, last = (round(many * level + way * margin) for way in (-1, 1))
        return float(self.losses[max(first, 0)]), float(self.losses[min(last, many - 1)])


def sampled(causes: Sequence[Cause], years: int = 1_000_000, seed: int = 1) -> Trial:
    """Draw so many years; Refusal for fewer than 1,000, or more years or events than a machine should be asked for."""
    if not 1_000 <= years <= MOST_YEARS:
        raise Refusal(
            f"{years:,} years cannot be drawn.", do=f"Ask for 1,000 to {MOST_YEARS:,}.", code="years-out-of-range"
        )
    events = sum(cause.frequency.mean for cause in causes) * years
    if events > MOST_EVENTS:
        raise Refusal(
            f"{years:,} years would hold {events:,.0f} events.",
            do=f"Ask for at most {int(years * MOST_EVENTS / events):,} years, or for one risk alone.",
            code="years-out-of-range",
        )
    chance = np.random.default_rng(seed)
    losses = np.zeros(years)
    for cause in causes:
        counts = _counts(chance, cause.frequency, years)
        for some in np.array_split(np.arange(years), 1 + int(counts.sum()) // _AT_ONCE):
            losses += _cost(chance, cause, np.repeat(some, counts[some]), years)
    return Trial(np.sort(losses))


def _cost(chance: Generator, cause: Cause, happened: NDArray[np.int64], years: int) -> NDArray[np.floating[Any]]:
    """By year, what the events of a cause cost that happened in the years named."""
    costs = np.zeros(years)
    hits = ((1.0, cause.severity),) if isinstance(cause, Peril) else cause.hits
    for share, severity in hits:
        struck = happened if share == 1 else happened[chance.random(len(happened)) < share]
        costs += np.bincount(struck, _drawn(chance, severity, len(struck)), years)
    return costs


def _counts(chance: Generator, frequency: Frequency, years: int) -> NDArray[np.int64]:
    shape = frequency.shape
    rates = frequency.mean if shape == inf else chance.gamma(shape, frequency.mean / shape, years)
    return chance.poisson(rates, years)


def _drawn(chance: Generator, severity: Severity, many: int) -> NDArray[np.floating[Any]]:
    return np.exp(severity.mu + severity.sigma * chance.standard_normal(many))
