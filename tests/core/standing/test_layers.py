"""What comes down from the legal entity and the organisation: catalogue language, section 3."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.records.needs import Bound
from tests.core.cast import (
    AT_LEAST,
    BOTH,
    DESIGN,
    OPERATION,
    YES,
    ask,
    covers_areas,
    done,
    evidence,
    has,
    need,
    plan,
    record,
    result,
    sample,
)

CLASS = ("class", Bound(AT_LEAST, "high-security"))
AT_SITE = ("at-site", Bound(YES, True))


@pytest.mark.parametrize(
    ("control", "at", "expected"),
    [
        ("fence", "rtm", ("MET", "all-met")),
        ("fence", "nl", ("UNKNOWN", "never-recorded")),
        ("fence", "group", ("UNKNOWN", "never-recorded")),
        ("rules", "rtm", ("MET", "all-met")),
        ("rules", "nl", ("UNKNOWN", "operation-not-shown")),
        ("rules", "group", ("UNKNOWN", "operation-not-shown")),
        ("policy", "nl", ("MET", "all-met")),
        ("policy", "group", ("MET", "all-met")),
        ("policy", "us", ("UNKNOWN", "never-recorded")),
        ("policy", "ein", ("UNKNOWN", "never-recorded")),
    ],
)
def test_what_comes_down_is_the_controls_own(control: str, at: str, expected: tuple[str, str]) -> None:
    found = ask(need(control), "2026-07-01", in_place=[record(control, at)], evidence=[evidence(*BOTH)])
    assert expected == result(found)


def test_nothing_goes_up_from_a_site_to_its_entity() -> None:
    found = ask(need("policy"), "2026-07-01", at="nl", in_place=[record("policy")], evidence=[evidence(*BOTH)])
    assert result(found) == ("UNKNOWN", "never-recorded")


def test_of_a_procedure_values_and_design_come_down_and_operation_is_the_sites_own() -> None:
    above = record("rules", "group", key="above", values={"class": "high-security"})
    own = record("rules", key="own")
    sections: dict[str, Any] = {"in_place": [above, own], "evidence": [evidence(DESIGN, of="above")]}
    assert result(ask(need("rules", CLASS), "2026-07-01", **sections)) == ("UNKNOWN", "claimed")
    sections["evidence"].append(evidence(OPERATION, of="own", key="v2"))
    assert ask(need("rules", CLASS), "2026-07-01", **sections).standing.value == "MET"


def test_the_nearest_value_wins_and_missing_ones_come_from_further_up() -> None:
    records = [
        record("rules", "group", key="g", values={"class": "high-security", "coverage": has("gates", "docks")}),
        record("rules", "nl", key="n", values={"class": "security", "coverage": has("storage", no=["docks"])}),
        record("rules", "rtm", key="r", values={"coverage": has("docks")}),
    ]
    asked = need("rules", CLASS, covers_areas("gates", "docks", "storage"), shown=())
    found = ask(asked, "2026-07-01", in_place=records)
    told = {one.subject: one for one in found.because}
    assert (told["rules.class"].standing.value, told["rules.class"].facts) == ("UNMET", ("n",))
    assert told["rules.coverage"].standing.value == "MET"


def test_absent_nearer_hides_what_stands_further_up() -> None:
    records = [record("policy", "group", key="g"), record("policy", "nl", key="n", present=False)]
    sections: dict[str, Any] = {"in_place": records, "evidence": [evidence(*BOTH, of="g")]}
    assert result(ask(need("policy"), "2026-07-01", **sections)) == ("UNMET", "recorded-absent")
    assert ask(need("policy"), "2026-07-01", at="us", **sections).standing.value == "MET"
    sections["in_place"] = [*records, record("policy", "rtm", key="r")]
    assert result(ask(need("policy"), "2026-07-01", **sections)) == ("UNKNOWN", "claimed")


def test_a_parameter_may_come_down_less_than_its_control() -> None:
    above = record("rules", "nl", key="above", values={"at-site": "yes"})
    found = ask(need("rules", AT_SITE, shown=()), "2026-07-01", in_place=[above])
    assert result(found) == ("UNKNOWN", "value-not-recorded")
    own = record("rules", key="own", values={"at-site": "yes"})
    assert ask(need("rules", AT_SITE, shown=()), "2026-07-01", in_place=[above, own]).standing.value == "MET"


def test_occurrences_come_down_in_full_only() -> None:
    for control, expected in (("audit", "MET"), ("review", "UNKNOWN")):
        found = ask(need(control), "2026-07-01", in_place=[record(control, "nl")], done=[done("2026-06-01")])
        assert expected == found.standing.value


def test_the_sampling_plan_comes_down_with_the_values() -> None:
    above = record("sealing", "group", key="above", plan=plan())
    own = record("sealing", key="own")
    shown = [evidence(DESIGN, of="above")]
    found = ask(need("sealing"), "2026-07-01", in_place=[above, own], evidence=shown, samples=[sample(of="own")])
    assert result(found) == ("MET", "all-met")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_records_says_nothing(order: tuple[int, ...]) -> None:
    records: list[Any] = [
        record("policy", "group", key="g", values={"coverage": has("gates")}),
        record("policy", "nl", key="n", values={"coverage": has("docks")}),
        record("policy", "nl", key="n2", since="2026-01-01", values={"coverage": has(no=["docks"])}),
    ]
    found = ask(
        need("policy", covers_areas("gates", "docks"), shown=()), "2026-07-01", in_place=[records[i] for i in order]
    )
    assert result(found) == ("UNMET", "short-of-bound")
