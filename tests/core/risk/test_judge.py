"""Risks judged: derived vulnerability, history, what persons set and decide, classes, and what controls are worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNKNOWN, UNMET
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import (
    Incident,
    Objective,
    ObjectiveTarget,
    Overridden,
    Override,
    OwnBounds,
    OwnGrid,
    Planned,
    Risk,
    ThreatLevel,
    Treatment,
    Watched,
    Way,
)
from safeconduct.core.records.risk import Measured as MeasuredBy
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement, assess_risks, assessment_on
from safeconduct.core.risk.planned import counting_also
from safeconduct.core.risk.portfolio import portfolio, worth_if, worth_of
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.facts.reading import read

JUNE, SEPTEMBER, YEARS_LATER = date(2026, 6, 1), date(2026, 9, 15), date(2028, 1, 1)


@cache
def world() -> Facts:
    """A yard with a gate, a shed with nothing, a lane between countries, and four risks."""
    return read(Path(__file__).with_name("world.yml"), load())


def judged(day: date = JUNE, **more: Any) -> AssessedRisks:
    """The risks of the world, with further facts."""
    facts = replace(world(), **more)
    return assess_risks(Ground(Snapshot(facts), load(), day), facts.risk_assessments[0])


def at_yard(day: date = JUNE, **more: Any) -> RiskJudgement:
    """The theft of a vehicle at the yard."""
    return judged(day, **more).risk("r-vehicle-yard")


def often(one: RiskJudgement) -> float:
    """Events a year with the controls of the day."""
    assert one.current is not None
    assert one.current.frequency is not None
    return one.current.frequency.mean


def test_when_evidence_lapses_the_risk_rises_by_itself_and_says_why() -> None:
    shown, aged, gone = (at_yard(day) for day in (JUNE, SEPTEMBER, YEARS_LATER))
    assert often(shown) < often(aged) < often(gone)
    assert [one.levels.current.left.middle for one in (shown, aged, gone) if one.levels] == [0.75, 0.875, 1.0]
    (gate,) = (one for one in aged.measures if one.measure.need.control == "gate-control")
    assert (gate.finding.standing, gate.counts) == (PARTLY, 0.5)
    assert any(node.code == "evidence-lapsed" for node in aged.finding.walk())
    assert shown.finding.good_until == date(2026, 8, 31)


def test_inherent_at_best_and_target_come_from_one_function() -> None:
    levels = at_yard().levels
    assert levels is not None
    inherent, current, best = levels.inherent, levels.current, levels.best
    assert inherent.left.middle == 1
    assert best.left.middle < current.left.middle < 1
    assert levels.target == replace(current, cell=levels.target.cell)


def test_the_range_of_effect_is_a_range_of_what_is_left() -> None:
    current = at_yard().current
    assert current is not None
    assert (current.left.least, current.left.most) == (0.6, 0.9)


def test_a_lane_is_guarded_by_the_controls_of_its_unit() -> None:
    assert judged().risk("r-hijack-north").unit == "made-bv"


def test_harm_to_people_stands_beside_and_is_no_money() -> None:
    hijack = judged().risk("r-hijack-north").current
    assert hijack is not None
    assert hijack.harmed == pytest.approx(0.0448 * 1.45, rel=0.05)
    without = judged(risks=tuple(replace(one, harm=None) for one in world().risks)).risk("r-hijack-north").current
    assert without is not None
    assert without.loss == hijack.loss


def test_what_nobody_gave_a_number_for_is_unknown_and_what_is_left_out_does_not_apply() -> None:
    bare = tuple(replace(one, likelihood=None, loss=None, grave={}) for one in world().risks)
    found = judged(risks=bare)
    assert found.risk("r-vehicle-yard").finding.standing is UNKNOWN
    assert found.risk("r-piracy").finding.standing is NOT_APPLICABLE
    assert portfolio(found.risks).without_numbers == 3


def test_the_gravest_stands_first() -> None:
    assert [one.risk.key for one in judged().by_priority] == [
        "r-vehicle-shed",
        "r-vehicle-yard",
        "r-hijack-north",
        "r-piracy",
    ]


def test_silence_teaches_only_where_somebody_watched() -> None:
    watched = Watched(key="w", places=("yard",), from_=date(2024, 1, 1), to=date(2026, 12, 31))
    quiet = at_yard(watched=(watched,))
    assert quiet.weighed.history.years == pytest.approx(2.42, abs=0.01)
    assert often(quiet) < often(at_yard())
    elsewhere = replace(watched, places=("shed",))
    assert often(at_yard(watched=(elsewhere,))) == often(at_yard())


def test_incidents_while_watched_raise_the_likelihood_and_others_do_not() -> None:
    watched = Watched(key="w", scenarios=("theft-of-vehicle",), places=("yard",), from_=date(2026, 1, 1), to=JUNE)
    theft = Incident(key="i", scenario="theft-of-vehicle", at="yard", on=date(2026, 3, 3))
    before = often(at_yard(watched=(watched,)))
    assert often(at_yard(watched=(watched,), incidents=(theft,))) > before
    for other in (replace(theft, on=date(2025, 3, 3)), replace(theft, attempted=True), replace(theft, at="shed")):
        assert often(at_yard(watched=(watched,), incidents=(other,))) == before


def test_a_year_watched_under_controls_weighs_less_and_twice_watched_counts_once() -> None:
    first = Watched(key="a", places=("yard", "shed"), from_=date(2026, 1, 1), to=date(2026, 4, 30))
    second = Watched(key="b", places=("yard", "shed"), from_=date(2026, 3, 1), to=date(2026, 5, 31))
    found = judged(watched=(first, second))
    yard, shed = (found.risk(key).weighed.history for key in ("r-vehicle-yard", "r-vehicle-shed"))
    assert yard.years == shed.years == pytest.approx(151 / 365.25)
    assert shed.exposure == pytest.approx(shed.years)
    assert yard.exposure == pytest.approx(0.75 * yard.years)


@pytest.mark.parametrize(
    ("what", "value"),
    [(Overridden.LIKELIHOOD, "0.01"), (Overridden.VULNERABILITY, "0.1"), (Overridden.LOSS, "1000")],
)
def test_a_number_set_by_hand_holds_for_its_time(what: Overridden, value: str) -> None:
    by_hand = Override(
        key="o",
        risk="r-vehicle-yard",
        what=what,
        value=value,
        why="guard",
        by="Ann",
        since=JUNE,
        until=date(2026, 7, 1),
    )
    with_it, after = at_yard(overrides=(by_hand,)), at_yard(date(2026, 7, 2), overrides=(by_hand,))
    plain = at_yard().current
    assert with_it.current is not None
    assert plain is not None
    assert after.current is not None
    assert with_it.current.overridden == (by_hand,)
    assert (with_it.current.loss or 0) < (plain.loss or 0)
    assert with_it.finding.good_until == date(2026, 7, 1)
    assert after.current.loss == plain.loss


def test_a_priority_set_by_hand_is_shown_as_such() -> None:
    by_hand = Override(
        key="o", risk="r-vehicle-yard", what=Overridden.PRIORITY, value="low", why="x", by="Ann", since=JUNE, until=JUNE
    )
    found = at_yard(overrides=(by_hand,))
    assert (found.priority, found.finding.standing) == ("low", MET)


def treatment(way: Way, **more: Any) -> Treatment:
    """A treatment of the theft at the yard."""
    return Treatment(key="t", risk="r-vehicle-yard", way=way, owner="Ann", decided=JUNE, **more)


def test_what_is_graver_than_bearable_asks_for_a_decision() -> None:
    assert at_yard().finding.standing is UNMET
    accepted = at_yard(treatments=(treatment(Way.ACCEPT, until=date(2026, 7, 31)),))
    assert (accepted.finding.standing, accepted.finding.good_until) == (MET, date(2026, 7, 31))
    later = at_yard(date(2026, 8, 1), treatments=(treatment(Way.ACCEPT, until=date(2026, 7, 31)),))
    assert later.finding.standing is UNMET
    reduced = treatment(Way.REDUCE, due=date(2026, 8, 1))
    assert at_yard(treatments=(reduced,)).finding.standing is PARTLY
    assert at_yard(date(2026, 8, 2), treatments=(reduced,)).finding.code == "risk-untreated"


def test_an_objective_with_a_day_ahead_is_a_treatment() -> None:
    target = ObjectiveTarget(measure=MeasuredBy.RISK, of=("r-vehicle-yard",), aim="medium")
    aim = Objective(
        key="b", title="Fewer thefts", risks=("r-vehicle-yard",), targets=(target,), since=JUNE, due=SEPTEMBER
    )
    assert at_yard(objectives=(aim,)).finding.standing is PARTLY
    assert at_yard(objectives=(replace(aim, closed=JUNE),)).finding.standing is UNMET


def test_the_target_is_what_is_planned() -> None:
    planned = Planned(needs=ControlNeed("cctv"), at="made-bv")
    levels = at_yard(treatments=(treatment(Way.REDUCE, controls=(planned,), due=SEPTEMBER),)).levels
    assert levels is not None
    assert levels.target.left.middle < levels.current.left.middle


def test_what_is_shared_or_avoided_counts_from_its_day() -> None:
    shared = treatment(Way.SHARE, share="0.8", due=date(2026, 6, 15), done=date(2026, 7, 1))
    before, after = (at_yard(day, treatments=(shared,)).current for day in (JUNE, date(2026, 7, 1)))
    assert before is not None
    assert after is not None
    assert after.loss == pytest.approx(0.2 * (before.loss or 0))
    assert at_yard(treatments=(treatment(Way.AVOID, due=date(2026, 5, 1)),)).finding.standing is UNMET
    avoided = at_yard(treatments=(treatment(Way.AVOID, done=JUNE),))
    assert portfolio([avoided]).perils == ()
    assert avoided.finding.standing is MET


def test_a_risk_is_good_until_the_day_before_something_recorded_begins_or_ends() -> None:
    shared = treatment(Way.SHARE, share="0.8", done=date(2026, 7, 1))
    assert at_yard(treatments=(shared,)).finding.good_until == date(2026, 6, 30)
    aim = Objective(key="o", title="x", targets=(), since=date(2026, 6, 20), due=YEARS_LATER, risks=("r-vehicle-yard",))
    assert at_yard(objectives=(aim,)).finding.good_until == date(2026, 6, 19)


def by_hand_vulnerability() -> Override:
    """A tenth of the likelihood is left, says Ann for a month."""
    return Override(
        key="o", risk="r-vehicle-yard", what=Overridden.VULNERABILITY, value="0.1", why="x", by="Ann", since=JUNE,
        until=date(2026, 7, 1),
    )  # fmt: skip


def test_what_is_set_by_hand_stays_in_the_target_until_something_else_is_planned() -> None:
    by_hand = by_hand_vulnerability()
    levels = at_yard(overrides=(by_hand,)).levels
    assert levels is not None
    assert levels.target.left.middle == 0.1
    planned = treatment(Way.REDUCE, controls=(Planned(needs=ControlNeed("cctv"), at="made-bv"),), due=SEPTEMBER)
    levels = at_yard(overrides=(by_hand,), treatments=(planned,)).levels
    assert levels is not None
    assert levels.target.left.middle > 0.1


def test_own_bounds_change_the_class_from_their_day() -> None:
    starts = {"rare": "0", "unlikely": "5", "possible": "10", "likely": "20", "frequent": "50"}
    own = OwnBounds(key="s", scale="likelihood-five", measure="frequency", starts=starts, why="big", since=SEPTEMBER)
    assert at_yard(JUNE, scale_bounds=(own,)).priority == "high"
    assert at_yard(SEPTEMBER, scale_bounds=(own,)).priority == "low"


@pytest.mark.parametrize("matrix", sorted(load().threats.matrices))
def test_every_matrix_of_the_catalogue_rates_a_risk(matrix: str) -> None:
    facts = world()
    (assessment,) = facts.risk_assessments
    result = load().threats.scales[load().threats.matrices[matrix].result]
    grave = {"money": "damage-that-needs-repair"} if matrix.startswith("iso-28001") else {}
    risks = tuple(replace(one, grave=grave) for one in facts.risks)
    found = assess_risks(
        Ground(Snapshot(replace(facts, risks=risks)), load(), JUNE),
        replace(assessment, matrix=matrix, bearable=result.classes[0].key),
    )
    assert found.risk("r-vehicle-yard").priority in {one.key for one in result.classes}


def test_a_control_is_worth_what_would_be_lost_without_it() -> None:
    found = judged()
    worth = {one.control: one for one in worth_of(found.risks, ["cctv", "gate-control"])}
    gate = worth["gate-control"]
    assert gate.risks == ("r-vehicle-yard",)
    assert gate.mean == pytest.approx((found.risk("r-vehicle-shed").current.loss or 0) * 0.25, rel=1e-6)  # type: ignore[union-attr]
    assert gate.tail > 0
    assert worth["cctv"].mean == 0


def test_a_proposal_is_worth_what_would_no_longer_be_lost() -> None:
    found = judged()
    snapshot = Snapshot(world())
    (gate,) = worth_if(found.risks, {"a gate at the shed": counting_also(snapshot, {("gate-control", "shed")})})
    assert gate.mean == pytest.approx(worth_of(found.risks, ["gate-control"])[0].mean, rel=1e-6)
    assert gate.risks == ("r-vehicle-shed",)


def test_the_assessment_of_a_day_is_the_latest_begun() -> None:
    (first,) = world().risk_assessments
    second = replace(first, key="next", on=date(2027, 2, 1))
    assert assessment_on([second, first], JUNE) == first
    assert assessment_on([second, first], date(2027, 2, 1)) == second
    assert assessment_on([second], JUNE) is None


def test_what_does_not_exist_is_named() -> None:
    (assessment,) = world().risk_assessments
    ground = Ground(Snapshot(world()), load(), JUNE)
    with pytest.raises(UnknownKey):
        assess_risks(ground, replace(assessment, matrix="six-by-six"))
    with pytest.raises(UnknownKey):
        judged(risks=(Risk(key="r", assessment="sra", scenario="dragons", at="yard"),))
    with pytest.raises(UnknownKey):
        judged().risk("r-nothing")


def test_a_threat_level_is_kept_with_its_source() -> None:
    level = ThreatLevel(key="t", country="NL", level="low", source="An insurer", on=JUNE)
    assert Snapshot(replace(world(), threat_levels=(level,))).facts.threat_levels == (level,)


def test_own_cells_change_what_the_matrix_says_from_their_day() -> None:
    own = OwnGrid(
        key="g", matrix="plain-five-by-five", cells={"likely-serious": "extreme"}, why="small", since=SEPTEMBER
    )
    before, after = (at_yard(day, matrix_cells=(own,)) for day in (JUNE, SEPTEMBER))
    assert before.current is not None
    assert (before.current.cell.down, before.current.cell.across) == ("likely", "serious")
    assert (before.priority, after.priority) == (at_yard(JUNE).priority, "extreme")
    assert before.finding.good_until < SEPTEMBER
