"""The exact law of a year against closed forms, a grid four times finer, another program, and random trials."""

from __future__ import annotations

from itertools import pairwise
from math import exp, inf, log

import numpy as np
import pytest
from aggregate import build
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.core.risk import frequency, severity
from safeconduct.core.risk.annual import POINTS, Cause, Grid, Peril, Shock, fitting_grid, tail_shares, year_of
from safeconduct.core.risk.frequency import Frequency
from safeconduct.core.risk.sampled import sampled
from safeconduct.core.risk.severity import Severity

SOME = severity.from_range(20_000, 1_500_000)


def perils(many: int, seed: int = 7, *, known: bool = False) -> list[Peril]:
    """Perils of every size, rare and frequent."""
    chance = np.random.default_rng(seed)
    found = []
    for place in range(many):
        low, rate = 10 ** chance.uniform(3, 5), 10 ** chance.uniform(-2.5, 0.3)
        often = Frequency(rate) if known else frequency.from_range(rate / 3, rate * 3)
        found.append(Peril(f"p{place}", often, severity.from_range(low, low * 10 ** chance.uniform(0.8, 2))))
    return found


def test_a_range_is_its_5_and_95_percent_quantiles() -> None:
    law = severity.from_range(10_000, 1_000_000)
    assert law.exceeds(10_000) == pytest.approx(0.95)
    assert law.exceeds(1_000_000) == pytest.approx(0.05)
    rate = frequency.from_range(0.02, 0.4)
    assert rate.range() == pytest.approx((0.02, 0.4))
    assert frequency.from_range(0.3, 0.3) == Frequency(0.3, inf)


def test_a_limited_loss_is_between_nothing_and_the_mean() -> None:
    amounts = np.geomspace(1, 1e12, 200)
    limited = SOME.limited(amounts)
    assert np.all(np.diff(limited) >= -1e-9 * SOME.mean)
    assert limited[-1] == pytest.approx(SOME.mean, rel=1e-6)
    assert np.all(limited <= amounts * (1 + 1e-12))


@pytest.mark.parametrize("known", [True, False])
def test_twenty_perils_have_the_mean_and_the_deviation_of_the_closed_forms(known: bool) -> None:
    some = perils(20, known=known)
    year = year_of(some)
    mean, variance = (sum(peril.cumulants()[order] for peril in some) for order in (0, 1))
    assert year.on_grid == pytest.approx(mean, rel=1e-6)
    assert year.mean == pytest.approx(mean)
    assert float(year.masses @ year.grid.amounts**2) - mean**2 == pytest.approx(variance, rel=2e-3)
    assert year.none == pytest.approx(np.prod([peril.frequency.none_in_a_year() for peril in some]))


@pytest.mark.parametrize("some", [perils(1), perils(20), perils(150), perils(20, known=True)], ids=len)
def test_quantiles_agree_with_a_grid_four_times_finer(some: list[Peril]) -> None:
    grid = fitting_grid(some)
    finer = year_of(some, Grid(grid.step / 4, grid.points * 4))
    year = year_of(some)
    assert year.quantile(0.999) == pytest.approx(finer.quantile(0.999), rel=2e-4)
    assert year.tail_mean(0.99) == pytest.approx(finer.tail_mean(0.99), rel=2e-4)
    assert year.exceeds(year.quantile(0.995)) == pytest.approx(0.005, rel=1e-4)


def test_another_program_finds_the_same() -> None:
    law = Severity(log(100_000), 1.4)
    year = year_of([Peril("theft", Frequency(0.5), law)])
    judge = build("agg Theft 0.5 claims sev 100000 * lognorm 1.4 poisson", bs=2_000, log2=19)
    assert year.mean == pytest.approx(judge.est_m, rel=1e-3)
    for level in (0.9, 0.99, 0.999):
        assert year.quantile(level) == pytest.approx(judge.q(level), rel=2e-3)
    assert year.tail_mean(0.99) == pytest.approx(judge.tvar(0.99), rel=2e-3)


def test_another_program_finds_the_same_where_the_rate_is_uncertain() -> None:
    law, often = Severity(log(50_000), 1.0), Frequency(2.0, 4.0)
    year = year_of([Peril("pilferage", often, law)])
    # A gamma-mixed count: the deviation of the mixing law is 1 / sqrt(shape).
    judge = build("agg Pilferage 2 claims sev 50000 * lognorm 1.0 mixed gamma 0.5", bs=500, log2=18)
    for level in (0.9, 0.99, 0.999):
        assert year.quantile(level) == pytest.approx(judge.q(level), rel=2e-3)


def test_random_years_agree_within_their_interval() -> None:
    shock = Shock("strike", Frequency(0.2), tuple((0.6, peril.severity) for peril in perils(5)))
    causes: list[Cause] = [*perils(12), shock]
    year, trial = year_of(causes), sampled(causes, 300_000)
    low, high = trial.mean()
    assert low < year.mean < high
    for level in (0.5, 0.9, 0.99, 0.999):
        low, high = trial.quantile(level)
        assert low < year.quantile(level) < high, level


def test_what_strikes_together_costs_the_same_on_average_and_more_in_bad_years() -> None:
    laws = [peril.severity for peril in perils(4)]
    together = year_of([Shock("one cause", Frequency(0.1), tuple((1.0, law) for law in laws))])
    apart = year_of([Peril(str(place), Frequency(0.1), law) for place, law in enumerate(laws)])
    assert together.mean == pytest.approx(apart.mean)
    assert together.quantile(0.99) > 1.1 * apart.quantile(0.99)
    assert together.none > apart.none


def test_a_cause_that_strikes_nothing_costs_nothing() -> None:
    shock = Shock("strike", Frequency(0.6, 3.0), ((0.2, SOME), (0.1, SOME)))
    year = year_of([shock])
    assert year.none == pytest.approx((1 + 0.6 * (1 - 0.8 * 0.9) / 3) ** -3)
    assert year.none == pytest.approx(float(year.masses[0]), abs=1e-3)
    assert year.quantile(year.none - 0.01) == 0


def test_the_shares_of_the_tail_sum_to_it() -> None:
    some = perils(8)
    year = year_of(some)
    shares = tail_shares(some, year, 0.99)
    assert sum(shares) == pytest.approx(year.tail_mean(0.99), rel=1e-3)
    assert min(shares) >= 0


def test_a_rare_risk_shows_its_loss_in_the_years_it_happens() -> None:
    year = year_of([Peril("device", Frequency(0.002), Severity(log(1e6), 0.5))])
    assert year.none == pytest.approx(exp(-0.002))
    assert year.quantile(0.99) == 0
    assert year.quantile(0.999) == pytest.approx(1e6, rel=5e-3)


def test_a_year_without_perils_costs_nothing() -> None:
    year = year_of([])
    assert (year.mean, year.none, year.error, year.quantile(0.999), year.curve()) == (0, 1, 0, 0, [])
    assert year.tail_mean(0.9) == pytest.approx(0, abs=1e-12)


def test_a_fixed_loss_is_counted_to_the_cent() -> None:
    year = year_of([Peril("fine", Frequency(1.0), Severity(log(10_000), 0.0))])
    assert year.on_grid == pytest.approx(10_000, rel=1e-9)
    assert year.exceeds(15_000) == pytest.approx(1 - 2 * exp(-1), abs=1e-3)


def test_the_curve_falls() -> None:
    curve = year_of(perils(20)).curve()
    assert all(one[0] < other[0] and one[1] >= other[1] for one, other in pairwise(curve))


def test_the_grid_says_what_it_leaves_out() -> None:
    year = year_of(perils(20), Grid(1_000.0, POINTS // 64))
    assert year.error > 0.01


@given(st.floats(0.001, 20), st.floats(1.0, 1000.0))
@settings(max_examples=40, deadline=None)
def test_a_rate_learns_from_what_happened(mean: float, spread: float) -> None:
    before = frequency.from_range(mean, mean * spread)
    quiet, busy = before.updated(0, 5.0), before.updated(40, 1.0)
    assert quiet.mean <= before.mean * (1 + 1e-12)
    if before.shape != inf and before.mean < 40:
        assert busy.mean > before.mean


def test_many_years_of_history_outweigh_what_was_believed() -> None:
    believed = frequency.from_range(0.5, 5)
    assert believed.updated(10, 1_000).mean == pytest.approx(0.01, rel=0.3)
    assert Frequency(2.0, 4.0).updated(3, 1.0) == Frequency(7.0 / 3.0, 7.0)


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (-1, 2, "range-not-positive"),
        (0, 2, "range-not-positive"),
        (3, 2, "range-upside-down"),
        (1, inf, "range-not-positive"),
    ],
)
def test_a_range_that_cannot_be_is_refused(low: float, high: float, code: str) -> None:
    for reading in (severity.from_range, frequency.from_range):
        with pytest.raises(Refusal) as refused:
            reading(low, high)
        assert refused.value.code == code


def test_a_range_without_meaning_is_refused() -> None:
    with pytest.raises(Refusal, match="too far apart"):
        frequency.from_range(1e-300, 1e300)


@pytest.mark.parametrize(("events", "exposure"), [(3, 0.0), (-1, 2.0), (1, -2.0), (1, inf)])
def test_events_without_an_exposure_are_refused(events: int, exposure: float) -> None:
    with pytest.raises(Refusal, match="counted over a time"):
        Frequency(1.0, 2.0).updated(events, exposure)


def test_too_many_years_are_refused() -> None:
    with pytest.raises(Refusal, match="cannot be drawn"):
        sampled([], 10**9)


def test_more_events_than_a_machine_can_hold_are_refused() -> None:
    with pytest.raises(Refusal, match="at most 500,000 years"):
        sampled([Peril("pilferage", Frequency(1000.0), SOME)], 1_000_000)


def test_what_happens_often_is_drawn_part_by_part() -> None:
    often = [Peril("pilferage", Frequency(60.0), Severity(log(100), 0.5))]
    low, high = sampled(often, 200_000).mean()
    assert low < often[0].mean < high
