"""Common causes: what strikes several risks in one blow, reckoned exactly and against random years."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from safeconduct.core.records.risk import CommonCause, Hit, Range
from safeconduct.core.risk.annual import tail_shares
from safeconduct.core.risk.judge import AssessedRisks
from safeconduct.core.risk.portfolio import portfolio, shock, worth_of
from safeconduct.core.risk.sampled import sampled
from tests.core.risk.test_judge import judged

STRIKE = CommonCause(
    key="gang",
    title="A gang works the area",
    assessment="sra",
    likelihood=Range(low="0.3", high="0.9"),
    hits=(Hit(risk="r-vehicle-yard", chance="0.8"), Hit(risk="r-vehicle-shed", chance="0.6")),
)


def with_cause(cause: CommonCause = STRIKE) -> AssessedRisks:
    """The world with the gang."""
    return judged(common_causes=(cause,))


def test_a_common_cause_makes_a_bad_year_worse_than_the_same_losses_apart() -> None:
    found = with_cause()
    together = portfolio(found.risks, common=found.common)
    (joint,) = together.shocks
    apart = replace(STRIKE, key="one", hits=STRIKE.hits[:1]), replace(STRIKE, key="two", hits=STRIKE.hits[1:])
    separate = portfolio(found.risks, common=apart)
    assert together.year.mean == pytest.approx(separate.year.mean)
    assert joint.mean == pytest.approx(sum(one.mean for one in separate.shocks))
    assert together.year.tail_mean(0.99) > separate.year.tail_mean(0.99)


def test_the_exact_year_with_a_common_cause_agrees_with_random_years() -> None:
    found = with_cause()
    whole = portfolio(found.risks, common=found.common)
    trial = sampled(whole.causes, 400_000)
    low, high = trial.mean()
    assert low < whole.year.mean < high
    low, high = trial.quantile(0.99)
    assert low < whole.year.quantile(0.99) < high


def test_what_risks_and_common_causes_add_to_the_tail_is_the_whole_tail() -> None:
    found = with_cause()
    whole = portfolio(found.risks, common=found.common)
    shares = tail_shares(whole.causes, whole.year, 0.99)
    assert sum(shares) == pytest.approx(whole.year.tail_mean(0.99), rel=1e-3)
    assert {one.risk for one in whole.contributions()} >= {"gang", "r-vehicle-yard"}
    tails = [one.in_tail for one in whole.contributions()]
    assert all(one >= other for one, other in pairwise(tails))


def test_controls_take_from_a_hit_what_they_take_from_the_risk() -> None:
    found = with_cause()
    levels = {one.risk.key: one.levels.current for one in found.risks if one.levels}
    struck = shock(STRIKE, levels)
    assert struck is not None
    assert struck.hits[0][0] == pytest.approx(0.8 * levels["r-vehicle-yard"].left.middle)


def test_a_common_cause_of_risks_without_numbers_strikes_nothing() -> None:
    assert shock(STRIKE, {}) is None
    assert portfolio((), common=(STRIKE,)).causes == ()


def test_a_control_is_worth_more_where_a_common_cause_strikes_what_it_guards() -> None:
    plain, common = judged(), with_cause()
    (alone,) = worth_of(plain.risks, ["gate-control"])
    (shared,) = worth_of(common.risks, ["gate-control"], common=common.common)
    assert shared.mean > alone.mean > 0
