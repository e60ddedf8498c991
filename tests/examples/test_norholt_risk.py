"""The example's security risk assessment reads like a firm's own, and its levels move with what stands and lapses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest

from safeconduct.core.assess import Assessment
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNMET
from safeconduct.core.planning.objectives import Pace
from safeconduct.core.records.risk import AssetKind, Basis, Measured, Overridden, Risk, Way
from safeconduct.core.risk import frequency
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
from safeconduct.core.risk.levels import spread_of
from safeconduct.core.risk.portfolio import portfolio
from safeconduct.facts.shifting import shift
from tests.examples.test_norholt import CATALOGUE, FACTS, TODAY, on

TURNOVER = 148_000_000
"""Of the German company in its last year, as an answer of the example tells."""

RISES = {
    "sra-2026-pick-up-sav": date(2026, 12, 30),
    "sra-2026-facility-lrd": date(2026, 12, 31),
    "sra-2026-insider-ein": date(2027, 1, 31),
    "sra-2026-drugs-brv-sav": date(2027, 3, 30),
}
"""Risks that become high by themselves, with the last day on which they are bearable."""


@pytest.fixture(scope="module")
def today() -> Assessment:
    return on(TODAY)


@pytest.fixture(scope="module")
def risks(today: Assessment) -> AssessedRisks:
    return judged(today)


def judged(assessment: Assessment) -> AssessedRisks:
    assert assessment.risks is not None
    return assessment.risks


def of_round(assessment: str) -> list[Risk]:
    return [one for one in FACTS.risks if one.assessment == assessment]


def the_day_after(day: date) -> date:
    return day + timedelta(1)


def believed(risk: RiskJudgement) -> float:
    """Times a year as the assessors believed, before the register taught."""
    spread = spread_of(risk.risk.likelihood)
    assert spread is not None
    return frequency.from_range(*spread).mean


def now(risk: RiskJudgement) -> tuple[float, float]:
    """Times a year, and what one event costs, with the controls of the day."""
    assert risk.current is not None
    assert risk.current.frequency is not None
    assert risk.current.severity is not None
    return risk.current.frequency.mean, risk.current.severity.mean


def test_two_rounds_a_year_apart_follow_each_other() -> None:
    first, second = FACTS.risk_assessments
    assert (second.follows, first.follows) == (first.key, "")
    assert 300 < (second.on - first.on).days < 400
    assert second.approved_on
    assert second.due
    assert second.due > TODAY
    assert all(one.qualified_by for one in second.assessors)


def test_the_round_in_force_is_the_last_one_and_a_year_ago_the_one_before(risks: AssessedRisks) -> None:
    assert risks.assessment.key == "sra-2026"
    assert judged(on(date(2025, 11, 24))).assessment.key == "sra-2025"


def test_something_is_new_and_something_gone_since_the_round_before() -> None:
    then, today = ({one.key.removeprefix(f"{key}-") for one in of_round(key)} for key in ("sra-2025", "sra-2026"))
    assert {"facility-ven", "hijack-lrd-ver"} <= today - then
    assert {"moving-ein-brv"} == then - today


def test_it_covers_lanes_assets_of_every_kind_and_many_scenarios() -> None:
    scenarios = {one.scenario for one in of_round("sra-2026")}
    own = {one.key for one in FACTS.scenarios}
    partners = {one.key for one in FACTS.partners}
    assert len(FACTS.lanes) == 7
    assert all(lane.partners and set(lane.partners) <= partners for lane in FACTS.lanes)
    assert set(AssetKind) == {one.kind for one in FACTS.assets}
    assert len(FACTS.assets) == 15
    assert len(scenarios & set(CATALOGUE.threats.scenarios)) == 26
    assert own == scenarios - set(CATALOGUE.threats.scenarios)
    assert len(own) == 2
    assert len(of_round("sra-2026")) == 33


def test_likelihoods_rest_on_figures_history_and_judgement_and_every_figure_says_its_exposure() -> None:
    weighed = [one for one in FACTS.risks if not one.excluded]
    assert set(Basis) == {one.basis for one in weighed}
    assert all(one.note and one.owner for one in weighed)
    assert all(bool(one.figures) is (one.basis is Basis.FIGURE) is bool(one.exposure) for one in weighed)


def test_a_quarter_of_the_risks_is_above_what_is_bearable(risks: AssessedRisks) -> None:
    rated = [one for one in risks.risks if one.levels]
    assert (len(rated), len(risks.above)) == (31, 7)
    assert {"low", "medium", "high"} == {one.priority for one in rated}


def test_every_standing_of_a_risk_occurs(risks: AssessedRisks) -> None:
    codes = Counter(one.finding.code for one in risks.risks)
    assert codes == {
        "risk-bearable": 24,
        "risk-in-treatment": 5,
        "risk-accepted": 1,
        "risk-untreated": 1,
        "risk-left-out": 2,
    }
    assert {MET, PARTLY, UNMET, NOT_APPLICABLE} == {one.finding.standing for one in risks.risks}


def test_the_expected_loss_of_a_year_is_one_a_firm_of_this_size_may_have(risks: AssessedRisks) -> None:
    years = {of: portfolio(risks.risks, of, risks.common).year for of in ("inherent", "current", "target", "best")}
    means = [year.mean for year in years.values()]
    assert means == sorted(means, reverse=True)
    assert 0.003 < years["current"].mean / TURNOVER < 0.01
    assert years["current"].quantile(0.99) < 4 * years["current"].mean
    assert years["inherent"].mean > 1.5 * years["current"].mean


def test_own_bounds_of_a_scale_make_a_loss_milder_than_the_shipped_ones_do(risks: AssessedRisks) -> None:
    shipped = judged(on(TODAY, replace(FACTS, scale_bounds=())))
    both = zip(risks.risks, shipped.risks, strict=True)
    classes = [(a.risk.key, a.current.cell.across, b.current.cell.across) for a, b in both if a.current and b.current]
    assert [one for one in classes if one[1] != one[2]] == [("sra-2026-facility-ein", "minor", "serious")]


def test_what_strikes_several_risks_together_makes_the_worst_years_worse(risks: AssessedRisks) -> None:
    apart, together = (portfolio(risks.risks, common=common) for common in ((), risks.common))
    assert {one.key for one in together.shocks} == {"cc-motorway-gang", "cc-shared-software"}
    assert all(len(one.hits) == 3 for one in together.shocks)
    assert together.year.mean < 1.05 * apart.year.mean
    assert together.year.tail_mean(0.99) > apart.year.tail_mean(0.99)


@pytest.mark.parametrize(("key", "last"), RISES.items())
def test_a_risk_rises_by_itself_the_day_after_evidence_lapses(key: str, last: date) -> None:
    before = judged(on(last)).risk(key)
    after = judged(on(the_day_after(last))).risk(key)
    assert (before.priority, before.above) == ("medium", False)
    assert (after.priority, after.above) == ("high", True)
    assert before.finding.good_until == last
    assert after.finding.standing is UNMET


def test_where_nobody_has_looked_much_the_best_is_far_below_the_current(risks: AssessedRisks) -> None:
    venlo = risks.risk("sra-2026-facility-ven")
    assert venlo.levels is not None
    assert (venlo.levels.current.cell.result, venlo.levels.best.cell.result) == ("high", "low")
    assert venlo.levels.best.loss is not None
    assert venlo.levels.current.loss is not None
    assert venlo.levels.best.loss < venlo.levels.current.loss / 10


def test_history_raises_one_likelihood_and_lowers_another_by_a_class(risks: AssessedRisks) -> None:
    trailers, guards = risks.risk("sra-2026-parked-wro-brv"), risks.risk("sra-2026-guards-brv")
    assert (len(trailers.weighed.history.incidents), len(guards.weighed.history.incidents)) == (4, 0)
    assert believed(trailers) < 0.5 < now(trailers)[0]
    assert now(guards)[0] < 0.5 < believed(guards)


def test_incidents_of_three_years_are_on_record_and_those_tried_or_not_watched_do_not_count(
    risks: AssessedRisks,
) -> None:
    days = [one.on for one in FACTS.incidents]
    assert (max(days) - min(days)).days > 900
    counted = {one.key for risk in risks.risks for one in risk.weighed.history.incidents}
    assert counted.isdisjoint(one.key for one in FACTS.incidents if one.attempted)
    assert "inc-2023-12-wro-trailer" not in counted
    assert len(counted) == 13


def test_one_override_holds_and_one_has_ended(risks: AssessedRisks) -> None:
    holds, ended = sorted(FACTS.overrides, key=lambda one: one.until, reverse=True)
    assert ended.until < TODAY <= holds.until
    assert holds.what is Overridden.VULNERABILITY
    found = {one.risk.key: one.current.overridden for one in risks.risks if one.current}
    assert ((holds,), ()) == (found[holds.risk], found[ended.risk])


def test_the_acceptance_that_ended_leaves_its_risk_untreated_and_another_ends_with_the_year() -> None:
    sea, storm = "sra-2026-red-sea-ngb-ven", "sra-2026-storm-sav"
    assert judged(on(date(2026, 10, 31))).risk(sea).finding.standing is MET
    assert judged(on(date(2026, 11, 1))).risk(sea).finding.standing is UNMET
    assert judged(on(date(2026, 12, 31))).risk(storm).finding.standing is MET
    assert judged(on(date(2027, 1, 1))).risk(storm).finding.standing is UNMET


def test_every_way_of_treatment_is_chosen_and_targets_fall(risks: AssessedRisks) -> None:
    current = {one.risk.key: one for one in risks.risks}
    ways = Counter(one.way for one in FACTS.treatments if one.risk in current)
    assert ways == {Way.AVOID: 1, Way.REDUCE: 6, Way.SHARE: 3, Way.ACCEPT: 2}
    for one in FACTS.treatments:
        levels = current[one.risk].levels if one.risk in current else None
        if one.way is Way.REDUCE and levels:
            assert (levels.target.loss or 0) < (levels.current.loss or 0), one.key


def test_objectives_are_reached_on_track_drifting_and_overdue_by_targets_of_every_kind(today: Assessment) -> None:
    paces = {one.objective.key: one.pace for one in today.objectives}
    assert paces == {
        "ob-seals": Pace.REACHED,
        "ob-watched-rest": Pace.ON_TRACK,
        "ob-venlo": Pace.DRIFTING,
        "ob-mexico": Pace.DRIFTING,
        "ob-union-rows": Pace.OVERDUE,
    }
    measures = chain.from_iterable(one.objective.targets for one in today.objectives)
    assert set(Measured) == {one.measure for one in measures}


@pytest.mark.parametrize("days", [-60, 97, 400])
def test_classes_and_paces_are_the_same_when_it_is_shown_on_another_day(
    today: Assessment, risks: AssessedRisks, days: int
) -> None:
    moved = on(TODAY + timedelta(days), shift(FACTS, days))
    assert [one.priority for one in judged(moved).risks] == [one.priority for one in risks.risks]
    assert [one.pace for one in moved.objectives] == [one.pace for one in today.objectives]
