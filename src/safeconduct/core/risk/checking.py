"""The exact law of a year beside random years: whether both say the same."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.risk.portfolio import Portfolio
from safeconduct.core.risk.sampled import sampled

QUANTILES = (0.9, 0.95, 0.99, 0.995, 0.999)
"""The levels at which a year is told: one year in 10, 20, 100, 200 and 1,000 is worse."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One exact figure, the mean (`level` 0) or a quantile, beside the bounds that the years drawn give it.

    In one check of a hundred the exact figure lies outside by chance alone.
    """

    level: float
    exact: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether it lies within the bounds."""
        return self.low <= self.exact <= self.high


def checked(found: Portfolio, years: int, seed: int = 1) -> list[Checked]:
    """Mean and quantiles of the year beside so many years drawn at random; Refusal for too few or too many."""
    trial, year = sampled(found.causes, years, seed), found.year
    quantiles = (Checked(level, year.quantile(level), *trial.quantile(level)) for level in QUANTILES)
    return [Checked(0.0, year.mean, *trial.mean()), *quantiles]
