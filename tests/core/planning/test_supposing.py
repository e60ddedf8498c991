"""A supposed world: what is taken away is missed by every row and risk, what is supposed to stand cures no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.assess import Assessment, assess
from safeconduct.core.judgement import MET, NOT_APPLICABLE, UNKNOWN, UNMET, Standing
from safeconduct.core.planning.supposing import Supposed, programmes_if, risks_if, touched, without
from safeconduct.core.posture import judge_programme
from safeconduct.core.records.in_place import By, ControlInPlace, Evidence, Shown
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Overridden, Override
from safeconduct.core.records.units import Enrolment
from safeconduct.core.risk.judge import AssessedRisks, assess_risks
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground, judge_control
from tests.core.risk.test_judge import JUNE, world

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts

SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
GATE_AT_YARD = ("gate-control", "yard")
CCTV = "cctv"


def shown(control: str, at: str) -> tuple[ControlInPlace, Evidence]:
    """A control that somebody else looked at, with nothing more to say of it."""
    key = f"c-{control}-{at}"
    evidence = Evidence(
        key=f"e-{key}", of=key, shows=tuple(Shown), from_=SINCE, to=UNTIL, by=By.OTHER, title="Looked at"
    )
    return ControlInPlace(key=key, control=control, at=at, since=SINCE), evidence


@cache
def facts() -> Facts:
    """The world of risk, enrolled in CTPAT, with cameras at the yard and keys kept by a rule of the legal entity."""
    pairs = [shown(CCTV, "yard"), shown("key-control", "made-bv"), shown("key-control", "yard")]
    enrolled = Enrolment(
        key="ctpat", entity="made-bv", edition="us-ctpat/2020", roles=("importer",), sites=("yard", "shed"), since=SINCE
    )
    found = world()
    return replace(
        found,
        in_place=(*found.in_place, *(record for record, _ in pairs)),
        evidence=(*found.evidence, *(evidence for _, evidence in pairs)),
        enrolments=(enrolled,),
    )


@cache
def today() -> Assessment:
    return assess(Snapshot(facts()), load(), JUNE)


def risks() -> AssessedRisks:
    found = today().risks
    assert found is not None
    return found


def often(judged: AssessedRisks) -> dict[str, float]:
    """Events a year by risk, of those that have a number."""
    return {one.risk.key: one.current.frequency.mean for one in judged.risks if one.current and one.current.frequency}


def standings(supposed: Supposed) -> dict[tuple[str, str], Standing]:
    found = programmes_if(today().ground, today().programmes, supposed)
    return {(row.requirement.key, row.unit): row.standing for one in found for row in one.rows}


def standing_of(control: str, at: str, *off: tuple[str, str]) -> Standing:
    ground = Ground(without(Snapshot(facts()), off, JUNE), load(), JUNE)
    return judge_control(ground, ControlNeed(control), at).standing


def test_nothing_supposed_changes_nothing() -> None:
    assert not Supposed()
    assert programmes_if(today().ground, today().programmes, Supposed()) == today().programmes
    after = risks_if(risks(), today().ground.snapshot, Supposed())
    assert touched(risks(), after) == ()
    assert after.risks == risks().risks


@pytest.mark.parametrize("off", [GATE_AT_YARD, ("gate-control", "made"), ("key-control", "yard"), (CCTV, "made-bv")])
def test_what_is_taken_away_is_judged_as_if_it_were_recorded_absent(off: tuple[str, str]) -> None:
    supposed = Supposed(off=frozenset([off]))
    after = risks_if(risks(), today().ground.snapshot, supposed)
    ground = Ground(without(Snapshot(facts()), [off], JUNE), load(), JUNE)
    judged = assess_risks(ground, risks().assessment)
    assert often(after) == pytest.approx(often(judged))
    assert [one.priority for one in after.risks] == [one.priority for one in judged.risks]
    assert [one.above for one in after.risks] == [one.above for one in judged.risks]
    assert [one.risk.key for one in touched(risks(), after)] == ["r-vehicle-yard"]
    assert often(after)["r-vehicle-yard"] > often(risks())["r-vehicle-yard"]


def test_a_control_is_taken_away_at_a_unit_and_below_and_nowhere_else() -> None:
    assert standing_of(CCTV, "yard") is MET
    assert standing_of(CCTV, "yard", (CCTV, "yard")) is UNMET
    assert standing_of(CCTV, "yard", (CCTV, "made-bv")) is UNMET
    assert standing_of(CCTV, "yard", (CCTV, "shed")) is MET
    assert standing_of(CCTV, "shed", (CCTV, "yard")) is UNKNOWN


def test_what_comes_down_from_above_is_hidden_at_the_unit_alone() -> None:
    assert standing_of("key-control", "made-bv", ("key-control", "shed")) is MET
    assert standing_of("key-control", "shed", ("key-control", "shed")) is UNMET
    assert standing_of("key-control", "shed") is not UNMET


def test_rows_that_rest_on_what_is_taken_away_fall_and_no_others() -> None:
    before, after = standings(Supposed()), standings(Supposed(off=frozenset([(CCTV, "yard")])))
    fallen = {key for key in before if before[key] is not after[key]}
    assert fallen
    assert {unit for _, unit in fallen} == {"yard"}
    asked = {key for key in fallen if after[key] is not NOT_APPLICABLE}
    assert asked
    assert all(after[key].rank < before[key].rank for key in asked)


def test_what_is_asked_only_where_a_control_stands_comes_and_goes_with_it() -> None:
    there, gone = standings(Supposed()), standings(Supposed(off=frozenset([(CCTV, "yard")])))
    conditional = [key for key in there if gone[key] is NOT_APPLICABLE and there[key] is not NOT_APPLICABLE]
    assert conditional
    (came,) = programmes_if(today().ground, today().programmes, Supposed(on=frozenset([(CCTV, "shed")])))
    (known,) = today().programmes
    for requirement, _ in conditional:
        unknown, asked = known.row(requirement, "shed"), came.row(requirement, "shed")
        assert unknown is not None
        assert asked is not None
        assert unknown.finding.code == "applicability-unknown"
        assert asked.finding.code != "applicability-unknown"


def test_what_is_supposed_to_stand_cures_rows_at_its_place_and_no_others() -> None:
    before = standings(Supposed())
    here, everywhere = (standings(Supposed(on=frozenset([(CCTV, unit)]))) for unit in ("shed", "made"))
    risen = {key for key in before if before[key] is not here[key]}
    assert {unit for _, unit in risen} <= {"shed"}
    assert all(here[key].rank >= before[key].rank for key in before if before[key] is not NOT_APPLICABLE)
    assert any(here[key] is MET for key in risen)
    assert {key for key in before if before[key] is not everywhere[key]} >= risen


def test_a_proposed_control_counts_wholly_and_lowers_the_risk_at_its_place() -> None:
    after = risks_if(risks(), today().ground.snapshot, Supposed(on=frozenset([("gate-control", "shed")])))
    (one,) = touched(risks(), after)
    assert one.risk.key == "r-vehicle-shed"
    assert often(after)["r-vehicle-shed"] == pytest.approx(0.75 * often(risks())["r-vehicle-shed"])


def test_what_is_supposed_both_ways_stands() -> None:
    both = Supposed(off=frozenset([GATE_AT_YARD]), on=frozenset([GATE_AT_YARD]))
    after = risks_if(risks(), today().ground.snapshot, both)
    assert often(after) == pytest.approx(often(risks()))
    there, found = standings(Supposed()), standings(both)
    assert all(found[key].rank >= there[key].rank for key in there if there[key] is not NOT_APPLICABLE)


def test_what_is_set_by_hand_falls_away_where_the_world_is_another() -> None:
    by_hand = [
        Override(
            key=f"o-{place}", risk=f"r-vehicle-{place}", what=Overridden.LIKELIHOOD, value="0.001", why="Told so.",
            by="Y. Ard", since=SINCE, until=UNTIL,
        )
        for place in ("yard", "shed")
    ]  # fmt: skip
    snapshot = Snapshot(replace(facts(), overrides=tuple(by_hand)))
    judged = assess_risks(Ground(snapshot, load(), JUNE), risks().assessment)
    after = risks_if(judged, snapshot, Supposed(off=frozenset([GATE_AT_YARD])))
    assert often(after)["r-vehicle-shed"] == 0.001
    assert often(after)["r-vehicle-yard"] > 0.001


def test_rows_left_as_they_are_would_be_judged_just_so() -> None:
    """Only rows that a control concerns are judged anew; judging all of them gives the same."""
    ground, (judged,) = today().ground, today().programmes
    answering = {one.measure.need.control for risk in risks().risks for one in risk.measures}
    for control in sorted({record.control for record in facts().in_place} | answering):
        off = frozenset([(control, "made")])
        lacking = Ground(without(ground.snapshot, off, JUNE), load(), JUNE)
        whole = judge_programme(lacking, judged.programme, judged.enrolment)
        (found,) = programmes_if(ground, [judged], Supposed(off=off))
        assert [(row.standing, row.finding.code, row.counts) for row in found.rows] == [
            (row.standing, row.finding.code, row.counts) for row in whole.rows
        ], control
