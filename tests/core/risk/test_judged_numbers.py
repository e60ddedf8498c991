"""From facts to numbers by another road: ranges by SciPy's quantiles, the year of the judged risks by `aggregate`."""

from __future__ import annotations

from math import exp, log, sqrt

import pytest
from aggregate import build
from scipy.optimize import brentq
from scipy.stats import gamma, norm

from safeconduct.core.risk.portfolio import Portfolio, portfolio
from safeconduct.core.risk.sampled import sampled
from tests.core.risk.test_judge import judged

LEFT = {"r-vehicle-yard": 0.75, "r-vehicle-shed": 1.0, "r-hijack-north": 1.0}
"""The gate stands at the yard and takes 0.1 to 0.4; nothing stands at the shed, and nothing on the lane."""


def gamma_of(low: float, high: float) -> tuple[float, float]:
    """Mean and shape of the Gamma law whose 5 % and 95 % quantiles are the ends of a range."""

    def ratio(shape: float) -> float:
        return float(gamma.ppf(0.95, shape) / gamma.ppf(0.05, shape)) - high / low

    shape = float(brentq(ratio, 0.3, 500))
    return shape * high / float(gamma.ppf(0.95, shape)), shape


def written(level: str = "current") -> str:
    """The risks of the world as a program of `aggregate`: a gamma-mixed count and a lognormal loss each."""
    lines = []
    for one in judged().risks:
        if one.risk.likelihood is None or one.risk.loss is None:
            continue
        mean, shape = gamma_of(float(one.risk.likelihood.low), float(one.risk.likelihood.high))
        low, high = log(float(one.risk.loss.low)), log(float(one.risk.loss.high))
        sigma = (high - low) / (2 * norm.ppf(0.95))
        left = LEFT[one.risk.key] if level == "current" else 1.0
        lines.append(
            f"    agg {one.risk.key.title().replace('-', '')} {mean * left} claims"
            f" sev {exp((low + high) / 2)} * lognorm {sigma} mixed gamma {1 / sqrt(shape)}"
        )
    return "\n".join([f"port World{level.title()}", *lines])


def portfolio_at(level: str) -> Portfolio:
    return portfolio(judged().risks, level)


@pytest.mark.parametrize("level", ["current", "inherent"])
def test_another_program_finds_the_same_year_from_the_facts(level: str) -> None:
    year = portfolio_at(level).year
    judge = build(written(level), bs=1_000, log2=16)
    assert year.mean == pytest.approx(judge.est_m, rel=2e-3)
    for chance in (0.5, 0.9, 0.99, 0.995, 0.999):
        assert year.quantile(chance) == pytest.approx(judge.q(chance), rel=3e-3), chance
    assert year.tail_mean(0.99) == pytest.approx(judge.tvar(0.99), rel=3e-3)


@pytest.mark.parametrize("level", ["inherent", "current", "best", "target"])
def test_random_years_agree_at_every_level(level: str) -> None:
    found = portfolio_at(level)
    trial = sampled(found.causes, 300_000, seed=5)
    low, high = trial.mean()
    assert low < found.year.mean < high
    for chance in (0.9, 0.99, 0.999):
        low, high = trial.quantile(chance)
        assert low < found.year.quantile(chance) < high, chance
