"""How often something happens: a rate per year that is known to some degree, and learns from what happened.

The rate follows a Gamma law; given the rate, the number of events of a year is Poisson. So the number is negative
binomial, and after `events` in an exposure of so many years (or trips) the rate follows a Gamma law again.
Source: Gamma-Poisson conjugacy, any textbook of Bayesian inference; the law is that of design, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, isfinite, log

from scipy.optimize import brentq
from scipy.special import gammaincinv

from safeconduct.core.errors import Refusal
from safeconduct.core.risk.severity import need_range

_LEAST_SHAPE, _MOST_SHAPE = 0.05, 1e6
WIDEST = 1e12
"""Ends of a range further apart than this say nothing of a rate."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """Events per year: their mean, and the shape of the Gamma law of the rate; without end where the rate is known."""

    mean: float
    shape: float = inf

    def times(self, factor: float) -> Frequency:
        """The same events, of which only a share happens (or is reckoned)."""
        return Frequency(self.mean * factor, self.shape)

    def range(self) -> tuple[float, float]:
        """The 5 % and the 95 % quantile of the rate."""
        if self.shape == inf:
            return self.mean, self.mean
        scale = self.mean / self.shape
        return float(gammaincinv(self.shape, 0.05)) * scale, float(gammaincinv(self.shape, 0.95)) * scale

    def updated(self, events: int, exposure: float) -> Frequency:
        """The rate after so many events in an exposure, in the unit of the rate's year.

        A rate known exactly learns nothing. The exposure may be below a year; none at all leaves the rate as it is.
        """
        need_exposure(events, exposure)
        if self.shape == inf or (not events and not exposure):
            return self
        rate = self.shape / self.mean
        shape = self.shape + events
        return Frequency(shape / (rate + exposure), shape)

    def none_in_a_year(self) -> float:
        """The chance of a year without any event."""
        return exp(-self.mean) if self.shape == inf else (1 + self.mean / self.shape) ** -self.shape


@lru_cache(maxsize=4096)
def from_range(low: float, high: float) -> Frequency:
    """The rate whose 5 % and 95 % quantiles are the ends of a range; Refusal for one no rate can have."""
    need_range(low, high, "rate")
    if high / low < 1 + 1e-9:
        return Frequency(low)
    if high / low > WIDEST:
        raise Refusal(
            f"The range of the rate is {low:g} to {high:g}.",
            why="Its ends are too far apart to say anything of how often it happens.",
            do="Narrow it.",
            code="range-too-wide",
        )

    def missed(log_shape: float) -> float:
        shape = exp(log_shape)
        return log(float(gammaincinv(shape, 0.95))) - _log_low(shape) - log(high / low)

    shape = _MOST_SHAPE if missed(log(_MOST_SHAPE)) > 0 else exp(brentq(missed, log(_LEAST_SHAPE), log(_MOST_SHAPE)))
    return Frequency(shape * high / float(gammaincinv(shape, 0.95)), shape)


def _log_low(shape: float) -> float:
    """The logarithm of the 5 % quantile of the Gamma law, which for small shapes is too small for a number."""
    quantile = float(gammaincinv(shape, 0.05))
    return log(quantile) if quantile > 0 else log(0.05) / shape


def need_exposure(events: int, exposure: float) -> None:
    """Refuse a count below zero, an exposure that is none, and events without any exposure."""
    if events < 0 or exposure < 0 or not isfinite(exposure) or (events and not exposure):
        raise Refusal(
            f"{events} events in an exposure of {exposure:g} years.",
            why="Events are counted over a time or a number of trips above zero.",
            do="Record over what they were counted: the site-years or trips, with their first and last day.",
            code="exposure-missing",
        )
