"""Look-backs: catalogue language, section 7.6."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.records.history import WeighedBy
from safeconduct.core.records.needs import Anchor, DateBasis, LookbackNeed, Renewal
from safeconduct.core.records.units import UnitKind
from tests.core.cast import ENROLMENT, UNITS, ask, attested, day, event, months, record, result, unit

NEED = LookbackNeed(
    none_of={"infringement": frozenset(["serious", "repeated"])},
    window=months(36),
    about=("entity",),
    renew=Renewal(months(12)),
)
OWN = replace(NEED, renew=Renewal())
CLEAN = [attested("2023-01-01", "2026-01-01")]
MET, SILENT, SHORT = ("MET", "all-met"), ("UNKNOWN", "not-attested"), ("PARTLY", "attestation-short")


def judged(on: str, need: LookbackNeed = NEED, **sections: Any) -> tuple[str, str]:
    return result(ask(need, on, **sections))


ATTESTED: dict[str, tuple[list[Any], str, tuple[str, str]]] = {
    "nobody": ([], "2026-07-01", SILENT),
    "over the window, in time": (CLEAN, "2026-07-01", MET),
    "last day in time": (CLEAN, "2027-01-01", MET),
    "a day late": (CLEAN, "2027-01-02", SHORT),
    "last day late": (CLEAN, "2028-01-01", SHORT),
    "too late": (CLEAN, "2028-01-02", SILENT),
    "given later": ([attested("2023-01-01", "2026-01-01", given="2026-07-02")], "2026-07-01", SILENT),
    "from the window's first day": ([attested("2023-07-01", "2026-07-01")], "2026-07-01", MET),
    "a day after the window's first": ([attested("2023-07-02", "2026-07-01")], "2026-07-01", SILENT),
    "two that meet": (
        [attested("2023-01-01", "2024-01-01", key="a1"), attested("2024-01-02", "2026-01-01")],
        "2026-07-01",
        MET,
    ),
    "a day between them": (
        [attested("2023-01-01", "2023-12-31", key="a1"), attested("2024-01-02", "2026-01-01")],
        "2026-07-01",
        SILENT,
    ),
    "of another kind": ([attested("2023-01-01", "2026-01-01", kinds=["fine"])], "2026-07-01", SILENT),
    "about somebody else": ([attested("2023-01-01", "2026-01-01", about=("lead",))], "2026-07-01", SILENT),
    "attested ahead of its day": ([attested("2023-01-01", "2030-01-01", given="2026-01-01")], "2027-01-02", SHORT),
}


@pytest.mark.parametrize("case", ATTESTED)
def test_attested(case: str) -> None:
    given, on, expected = ATTESTED[case]
    assert judged(on, attestations=given) == expected


def test_silence_turns_into_attested_when_the_window_moves_past_a_gap_and_that_day_is_foreseen() -> None:
    late = [attested("2023-09-01", "2026-01-01")]
    before = ask(NEED, "2026-07-01", attestations=late)
    assert (result(before), before.good_until) == (SILENT, day("2026-08-31"))
    assert judged("2026-09-01", attestations=late) == MET


def test_a_window_shorter_than_the_renewal_ages_by_the_same_steps() -> None:
    short = replace(NEED, window=months(6))
    for on, expected in (("2027-01-01", MET), ("2027-01-02", SHORT), ("2028-01-01", SHORT), ("2028-01-02", SILENT)):
        assert judged(on, short, attestations=CLEAN) == expected


@pytest.mark.parametrize(
    ("targets", "on", "expected"),
    [
        ({}, "2026-01-01", MET),
        ({}, "2026-01-02", ("UNKNOWN", "own-target-not-set")),
        ({"interval": "6 months"}, "2026-07-01", MET),
        ({"interval": "6 months"}, "2026-07-02", SHORT),
    ],
)
def test_the_own_renewal_time(targets: dict[str, str], on: str, expected: tuple[str, str]) -> None:
    kept = [record("attestation", "group", targets=targets)]
    assert judged(on, OWN, attestations=CLEAN, in_place=kept) == expected


def test_every_kind_and_every_person_is_asked() -> None:
    both = replace(NEED, about=("entity", "lead"))
    assert judged("2026-07-01", both, attestations=CLEAN) == SILENT
    more = attested("2023-01-01", "2026-01-01", about=("lead",), key="a2")
    assert judged("2026-07-01", both, attestations=[*CLEAN, more]) == MET


BY_SELF, BY_AUTHORITY = WeighedBy.SELF, WeighedBy.AUTHORITY
EVENTS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "serious": ({"weight": "serious"}, ("UNMET", "event-in-window")),
    "repeated, by the authority": ({"weight": "repeated", "weighed_by": BY_AUTHORITY}, ("UNMET", "event-in-window")),
    "not weighed": ({}, ("UNKNOWN", "event-not-weighed")),
    "weighed away by oneself": ({"weight": "minor", "weighed_by": BY_SELF}, ("PARTLY", "weighed-by-self")),
    "weighed away by nobody named": ({"weight": "minor"}, ("PARTLY", "weighed-by-self")),
    "weighed away by the authority": ({"weight": "minor", "weighed_by": BY_AUTHORITY}, MET),
    "about somebody not asked": ({"weight": "serious", "about": "lead"}, MET),
    "of another entity": ({"weight": "serious", "unit_key": "us"}, MET),
}


@pytest.mark.parametrize("case", EVENTS)
def test_event(case: str) -> None:
    fields, expected = EVENTS[case]
    happened = [event("2025-05-01", **fields)]
    assert judged("2026-07-01", attestations=CLEAN, events=happened) == expected
    if expected[0] == "UNMET":
        assert judged("2026-07-01", events=happened) == expected


def test_where_any_weight_counts_the_authoritys_word_helps_nothing() -> None:
    every_one = replace(NEED, none_of={"infringement": frozenset()})
    happened = [event("2025-05-01", weight="minor", weighed_by=BY_AUTHORITY)]
    assert judged("2026-07-01", every_one, attestations=CLEAN, events=happened) == ("UNMET", "event-in-window")


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-04-30", "MET"), ("2025-05-01", "UNMET"), ("2028-05-01", "UNMET"), ("2028-05-02", "MET")],
)
def test_an_event_counts_from_its_day_until_it_leaves_the_window(on: str, expected: str) -> None:
    clean, happened = (
        [attested("2020-01-01", "2028-01-01", given="2020-01-01")],
        [event("2025-05-01", weight="serious")],
    )
    clean += [attested("2020-01-01", "2028-01-01", key="a2")]
    if on < "2028":
        clean = [attested("2020-01-01", "2025-04-30")]
    assert judged(on, attestations=clean, events=happened)[0] == expected


def test_what_is_still_to_come_ends_the_answer_of_today() -> None:
    found = ask(NEED, "2026-07-01", attestations=CLEAN, events=[event("2026-08-01", weight="serious")])
    assert (found.standing.value, found.good_until) == ("MET", day("2026-07-31"))


def test_an_event_of_the_end_of_february_leaves_when_no_look_back_reaches_it() -> None:
    monthly = replace(NEED, window=months(1))
    happened = [event("2026-02-28", weight="serious")]
    for on in ("2026-03-28", "2026-03-29", "2026-03-31"):
        found = ask(monthly, on, events=happened)
        assert (found.standing.value, found.good_until) == ("UNMET", day("2026-03-31"))
    assert judged("2026-04-01", monthly, events=happened)[0] == "UNKNOWN"


@pytest.mark.parametrize(
    ("basis", "on", "expected"),
    [
        (DateBasis.ACT, "2026-01-31", "UNMET"),
        (DateBasis.FINDING, "2026-01-31", "UNKNOWN"),
        (DateBasis.FINDING, "2026-02-01", "UNMET"),
        (DateBasis.DECISION, "2026-02-01", "UNKNOWN"),
        (DateBasis.DECISION, "2026-03-01", "UNMET"),
        (DateBasis.ACT, "2028-05-02", "UNKNOWN"),
        (DateBasis.DECISION, "2029-03-01", "UNMET"),
        (DateBasis.DECISION, "2029-03-02", "UNKNOWN"),
    ],
)
def test_the_day_that_counts(basis: DateBasis, on: str, expected: str) -> None:
    happened = [event("2025-05-01", weight="serious", found=day("2026-02-01"), decided=day("2026-03-01"))]
    assert judged(on, replace(NEED, date=basis), events=happened)[0] == expected


def test_without_the_day_asked_the_day_of_the_act_counts() -> None:
    happened = [event("2025-05-01", weight="serious")]
    assert judged("2025-05-01", replace(NEED, date=DateBasis.DECISION), events=happened)[0] == "UNMET"


@pytest.mark.parametrize(("young", "expected"), [(True, MET), (False, SILENT)])
def test_a_young_firm_looks_back_to_its_founding(young: bool, expected: tuple[str, str]) -> None:
    founded = [unit("nl", "group", UnitKind.ENTITY, founded=day("2025-01-01")), *UNITS[1:]]
    given = [attested("2025-01-01", "2026-01-01")]
    need = replace(NEED, shorter_if_young=young)
    assert judged("2026-07-01", need, attestations=given, units=founded) == expected


APPLIED = replace(NEED, anchor=Anchor.APPLICATION, renew=None)


@pytest.mark.parametrize(
    ("applied", "on", "expected"),
    [
        ("2026-01-01", "2026-01-01", MET),
        ("2026-01-01", "2030-01-01", MET),
        ("2026-01-02", "2030-01-01", SILENT),
        ("2026-01-02", "2026-01-01", MET),
        (None, "2026-01-01", MET),
        (None, "2026-01-02", SILENT),
    ],
)
def test_a_window_anchored_at_the_application_stands_still_from_that_day(
    applied: str | None, on: str, expected: tuple[str, str]
) -> None:
    enrolment = replace(ENROLMENT, applied=day(applied) if applied else None)
    found = ask(APPLIED, on, enrolment=enrolment, attestations=CLEAN)
    assert result(found) == expected


def test_an_event_after_the_application_is_outside_its_window() -> None:
    enrolment = replace(ENROLMENT, applied=day("2026-01-01"))
    for on, expected in (("2026-01-01", "UNMET"), ("2026-01-02", "MET")):
        found = ask(
            APPLIED, "2026-07-01", enrolment=enrolment, attestations=CLEAN, events=[event(on, weight="serious")]
        )
        assert found.standing.value == expected
