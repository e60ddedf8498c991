"""One control at one unit: catalogue language, section 7.2, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.judgement import Standing
from tests.core.cast import (
    BOTH,
    CONTRACT,
    DESIGN,
    EFFECT,
    OPERATION,
    UNITS,
    ask,
    covers_areas,
    day,
    every,
    evidence,
    has,
    need,
    record,
    result,
    unit,
)

FENCE = record("fence", values={"coverage": has("gates", "docks", no=["storage"])})
SHOWN = evidence(OPERATION, since="2025-01-01", to="2026-06-30")
LEAVES: dict[str, tuple[dict[str, Any], str, tuple[str, str]]] = {
    "2 nobody recorded it": ({}, "2026-06-30", ("UNKNOWN", "never-recorded")),
    "2 recorded from the next day on": ({"in_place": [FENCE]}, "2024-12-31", ("UNKNOWN", "never-recorded")),
    "2 recorded until the day before": (
        {"in_place": [record("fence", until="2026-06-29")], "evidence": [SHOWN]},
        "2026-06-30",
        ("UNKNOWN", "never-recorded"),
    ),
    "2 recorded until the day itself": (
        {"in_place": [record("fence", until="2026-06-30")], "evidence": [SHOWN]},
        "2026-06-30",
        ("MET", "all-met"),
    ),
    "3 recorded as absent": (
        {"in_place": [record("fence", present=False)]},
        "2026-06-30",
        ("UNMET", "recorded-absent"),
    ),
    "4 shown on the first day": ({"in_place": [FENCE], "evidence": [SHOWN]}, "2025-01-01", ("MET", "all-met")),
    "4 shown on the last day": ({"in_place": [FENCE], "evidence": [SHOWN]}, "2026-06-30", ("MET", "all-met")),
    "4 lapsed the day after": ({"in_place": [FENCE], "evidence": [SHOWN]}, "2026-07-01", ("PARTLY", "evidence-lapsed")),
    "4 lapsed as long as it had covered": (
        {"in_place": [FENCE], "evidence": [SHOWN]},
        "2027-12-28",
        ("PARTLY", "evidence-lapsed"),
    ),
    "4 lapsed a day longer": ({"in_place": [FENCE], "evidence": [SHOWN]}, "2027-12-29", ("UNKNOWN", "evidence-stale")),
    "4 never any": ({"in_place": [FENCE]}, "2026-06-30", ("UNKNOWN", "claimed")),
    "4 evidence of something else": (
        {"in_place": [FENCE], "evidence": [evidence(DESIGN, EFFECT)]},
        "2026-06-30",
        ("UNKNOWN", "claimed"),
    ),
    "4 evidence of a day to come": (
        {"in_place": [FENCE], "evidence": [evidence(OPERATION, since="2026-07-01")]},
        "2026-06-30",
        ("UNKNOWN", "claimed"),
    ),
}


@pytest.mark.parametrize("case", LEAVES)
def test_leaf(case: str) -> None:
    sections, on, expected = LEAVES[case]
    assert expected == result(ask(need("fence"), on, **sections))


def test_an_element_excluded_by_the_profile_is_not_applicable_whatever_is_recorded() -> None:
    here = [*UNITS[:2], unit("rtm", "nl", no=["reefer"])]
    absent = record("inspection", for_="reefer", present=False)
    asked = need("inspection", for_=("reefer",))
    assert result(ask(asked, "2026-07-01", units=here, in_place=[absent])) == ("NOT_APPLICABLE", "not-at-this-unit")
    assert result(ask(asked, "2026-07-01", in_place=[absent])) == ("UNMET", "recorded-absent")


def test_each_element_is_asked_and_the_weakest_decides() -> None:
    here = [record("inspection", for_="container"), record("inspection", for_="reefer", key="c2", present=False)]
    asked = need("inspection", for_=("container", "reefer"))
    found = ask(asked, "2026-07-01", in_place=here, evidence=[evidence(OPERATION)])
    assert result(found) == ("UNMET", "recorded-absent")
    assert [one.subject for one in found.because] == ["inspection[reefer]", "inspection[container]"]


def test_every_kind_of_showing_is_asked_and_the_minimum_counts() -> None:
    alarm = record("alarm")
    shown = [evidence(DESIGN, OPERATION), evidence(EFFECT, key="v2", to="2026-06-30")]
    assert result(ask(need("alarm"), "2026-07-01", in_place=[alarm], evidence=shown)) == ("PARTLY", "evidence-lapsed")
    assert result(ask(need("alarm", shown=BOTH), "2026-07-01", in_place=[alarm], evidence=shown)) == ("MET", "all-met")


def test_several_pieces_of_evidence_do_not_add_up_the_best_one_counts() -> None:
    shown = [
        evidence(OPERATION, to="2026-05-31", key="v1"),
        evidence(OPERATION, to="2026-07-31", key="v2"),
        evidence(OPERATION, since="2020-01-01", to="2020-01-02", key="v3"),
    ]
    found = ask(need("fence"), "2026-07-01", in_place=[FENCE], evidence=shown)
    assert (found.standing.value, found.because[0].facts) == ("MET", ("v2",))


def test_a_claim_against_oneself_needs_no_evidence() -> None:
    found = ask(need("fence", covers_areas("storage")), "2026-07-01", in_place=[FENCE])
    assert result(found) == ("UNMET", "short-of-bound")
    assert Standing.UNMET is found.at_best


@pytest.mark.parametrize(
    ("asked", "expected"), [("reefer", ("UNKNOWN", "never-recorded")), ("container", ("UNKNOWN", "claimed"))]
)
def test_a_record_for_one_element_says_nothing_about_another(asked: str, expected: tuple[str, str]) -> None:
    found = ask(need("inspection", for_=(asked,)), "2026-07-01", in_place=[record("inspection", for_="container")])
    assert expected == result(found)


PESTS: dict[str, Any] = {"pests": "yes"}
TRAINED = record("training", for_="staff", values={"pests": "no"})


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("staff", ("UNMET", "overdue")),
        ("drivers", ("UNKNOWN", "wider-record-short")),
        ("visitors", ("UNKNOWN", "never-recorded")),
        ("everyone", ("UNKNOWN", "never-recorded")),
    ],
)
def test_a_wider_record_speaks_for_the_narrower_element_but_its_shortfall_is_not_certain(
    element: str, expected: tuple[str, str]
) -> None:
    found = ask(need("training", every("12 months"), for_=(element,)), "2026-07-01", in_place=[TRAINED])
    assert expected == result(found)


def test_the_exact_element_comes_before_the_wider_one() -> None:
    wide = record("training", for_="everyone", key="wide", since="2025-01-01")
    exact = record("training", for_="drivers", key="exact", present=False)
    found = ask(need("training", for_=("drivers",)), "2026-07-01", in_place=[wide, exact])
    assert (result(found), found.facts) == (("UNMET", "recorded-absent"), ("exact",))


def test_what_the_wider_element_has_met_the_narrower_one_has() -> None:
    shown = [evidence(OPERATION)]
    found = ask(need("training", for_=("drivers",)), "2026-07-01", in_place=[TRAINED], evidence=shown)
    assert found.standing.value == "MET"


@pytest.mark.parametrize(("allowed", "expected"), [(("self",), "UNMET"), (("self", "contract"), "MET"), ((), "MET")])
def test_only_those_the_row_allows_may_keep_a_control(allowed: tuple[str, ...], expected: str) -> None:
    guarded = record("fence", kept_by=CONTRACT)
    found = ask(need("fence", by=allowed), "2026-07-01", in_place=[guarded], evidence=[evidence(OPERATION)])
    assert expected == found.standing.value


def test_newer_values_replace_older_ones_from_their_day_on() -> None:
    old = record("fence", key="old", values={"coverage": has("gates")})
    new = record("fence", key="new", since="2026-07-01", values={"coverage": has(no=["gates"])})
    shown = [evidence(OPERATION, of=one) for one in ("old", "new")]
    sections: dict[str, Any] = {"in_place": [new, old], "evidence": shown}
    before = ask(need("fence", covers_areas("gates")), "2026-06-30", **sections)
    assert ("MET", day("2026-06-30")) == (before.standing.value, before.good_until)
    assert ask(need("fence", covers_areas("gates")), "2026-07-01", **sections).standing.value == "UNMET"


def test_a_record_that_ended_does_not_bring_back_the_one_before_it() -> None:
    old = record("fence", key="old")
    new = record("fence", key="new", since="2026-01-01", until="2026-06-30")
    found = ask(need("fence"), "2026-07-01", in_place=[old, new], evidence=[evidence(OPERATION, of="old")])
    assert result(found) == ("UNKNOWN", "never-recorded")
