"""What one event costs: a lognormal law from a range, with its moments and its limited expected value.

A range says: in nine events of ten the loss lies between its ends (the 5 % and the 95 % quantile). Amounts are in one
currency, chosen by the caller. Formulas: any textbook of loss models; the law is that of design, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, isfinite, log
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr, ndtri

from safeconduct.core.errors import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

Z95 = float(ndtri(0.95))
"""How many standard deviations the ends of a range lie from its middle, in logarithms."""


@dataclass(frozen=True, slots=True)
class Severity:
    """Loss of one event: exp of a normal law with mean `mu` and deviation `sigma`; a fixed amount where sigma is 0."""

    mu: float
    sigma: float

    def moment(self, order: int) -> float:
        """E[X to the power of `order`]; the first is the mean."""
        return exp(order * self.mu + (order * self.sigma) ** 2 / 2)

    @property
    def mean(self) -> float:
        """The expected loss of one event."""
        return self.moment(1)

    def scaled(self, factor: float) -> Severity:
        """The law of a share of the loss; the share must be above zero."""
        return Severity(self.mu + log(factor), self.sigma)

    def limited(self, amounts: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        """E[min(X, x)] for every amount x, each above zero: what is lost when every loss is cut at x."""
        if self.sigma == 0:
            return np.asarray(np.minimum(amounts, exp(self.mu)))
        z = (np.log(amounts) - self.mu) / self.sigma
        limited: NDArray[np.floating[Any]] = self.mean * ndtr(z - self.sigma) + amounts * ndtr(-z)
        return limited

    def exceeds(self, amount: float) -> float:
        """The chance that one event costs more than an amount above zero."""
        if self.sigma == 0:
            return 1.0 if amount < exp(self.mu) else 0.0
        return float(ndtr((self.mu - log(amount)) / self.sigma))

    def mean_beyond(self, amount: float) -> float:
        """E[X; X > x]: what of the expected loss comes from events above an amount."""
        if self.sigma == 0:
            return self.mean if amount < exp(self.mu) else 0.0
        return self.mean * float(ndtr(self.sigma - (log(amount) - self.mu) / self.sigma))


@lru_cache(maxsize=4096)
def from_range(low: float, high: float) -> Severity:
    """The severity whose 5 % and 95 % quantiles are the ends of a range; Refusal for a range no loss can have."""
    need_range(low, high, "loss")
    return Severity(log(low * high) / 2, log(high / low) / (2 * Z95))


def need_range(low: float, high: float, what: str) -> None:
    """Refuse a range that is upside down, not above zero, or endless."""
    if not (isfinite(low) and isfinite(high)) or low <= 0:
        raise Refusal(
            f"The range of the {what} is {low:g} to {high:g}.",
            why="Both ends must be numbers above zero.",
            do="Give what it is at least, and at most, in nine cases of ten.",
            code="range-not-positive",
        )
    if low > high:
        raise Refusal(
            f"The range of the {what} is upside down: {low:g} to {high:g}.",
            do="Swap its ends, or mend the wrong one.",
            code="range-upside-down",
        )
