"""Controls that work event by event, or on a trigger: catalogue language, section 7.5."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from safeconduct.core.quantities import Percent
from safeconduct.core.records.needs import Bound
from tests.core.cast import (
    AT_LEAST,
    DESIGN,
    OPERATION,
    action,
    ask,
    day,
    evidence,
    need,
    plan,
    raised,
    record,
    result,
    sample,
)


def share(value: int, partly: int | None = None) -> Bound:
    return Bound(AT_LEAST, Percent(Decimal(value)), None if partly is None else Percent(Decimal(partly)))


def judged(samples: list[Any], on: str = "2026-07-01", *, planned: Any = None, **more: Any) -> tuple[str, str]:
    asked = need("drill", share=more.pop("share", None))
    return result(ask(asked, on, in_place=[record("drill", plan=planned)], samples=samples, **more))


MET = ("MET", "all-met")
UNPLANNED = {
    "none": ([], ("UNKNOWN", "claimed")),
    "not finished yet": ([sample(to="2026-07-02")], ("UNKNOWN", "claimed")),
    "nothing checked": ([sample(0, 0)], ("UNKNOWN", "nothing-checked")),
    "no event": ([sample(0, 0, population=0)], MET),
    "no plan": ([sample()], ("PARTLY", "sample-plan-not-set")),
    "no plan, some fail": ([sample(60, 1)], ("PARTLY", "sample-plan-not-set")),
    "no plan, none conforms": ([sample(60, 0)], ("UNMET", "none-conforms")),
}
PLANNED = {
    "all conform": ([sample()], MET),
    "too small": ([sample(49, 49)], ("PARTLY", "sample-too-small")),
    "as many as there were": ([sample(49, 49, population=49)], MET),
    "none conforms": ([sample(60, 0)], ("UNMET", "none-conforms")),
    "one fails, nothing done": ([sample(60, 59)], ("PARTLY", "nonconformities-open")),
    "nothing checked": ([sample(0, 0)], ("UNKNOWN", "nothing-checked")),
}


@pytest.mark.parametrize("case", UNPLANNED)
def test_without_a_plan(case: str) -> None:
    samples, expected = UNPLANNED[case]
    assert judged(samples) == expected


@pytest.mark.parametrize("case", PLANNED)
def test_with_a_plan(case: str) -> None:
    samples, expected = PLANNED[case]
    assert judged(samples, planned=plan()) == expected


def test_evidence_of_operation_does_not_stand_in_for_a_sample() -> None:
    assert judged([], evidence=[evidence(OPERATION)], planned=plan()) == ("UNKNOWN", "nothing-checked")


@pytest.mark.parametrize(
    ("on", "planned", "expected"),
    [
        ("2026-12-30", plan("6 months"), MET),
        ("2026-12-31", plan("6 months"), ("PARTLY", "check-overdue")),
        ("2035-12-31", plan("6 months"), ("PARTLY", "check-overdue")),
        ("2027-06-30", plan("12 months"), MET),
        ("2027-07-01", plan("12 months"), ("PARTLY", "check-overdue")),
    ],
)
def test_a_sample_is_fresh_for_one_turn_of_the_plan(on: str, planned: Any, expected: tuple[str, str]) -> None:
    assert judged([sample()], on, planned=planned) == expected


@pytest.mark.parametrize(("on", "expected"), [("2026-12-28", MET), ("2026-12-29", ("PARTLY", "check-overdue"))])
@pytest.mark.parametrize("one", [sample(420, 420), sample(0, 0, population=0)])
def test_without_a_plan_it_is_fresh_for_its_own_length(one: Any, on: str, expected: tuple[str, str]) -> None:
    assert judged([one], on, share=share(100)) == expected


SHARES = {
    "reached": (sample(420, 420), share(100), MET),
    "one failed": (sample(420, 419), share(100), ("UNMET", "share-short")),
    "not all checked": (sample(60, 60), share(100), ("UNKNOWN", "not-all-checked")),
    "not all checked, one failed": (sample(60, 59), share(100), ("UNMET", "share-short")),
    "part of them is enough": (sample(60, 57), share(95), MET),
    "just short": (sample(60, 56), share(95), ("UNMET", "share-short")),
    "the issuer's lower grade": (sample(60, 56), share(95, partly=90), ("PARTLY", "issuer-partial")),
    "below the lower grade": (sample(60, 53), share(95, partly=90), ("UNMET", "share-short")),
    "nothing checked": (sample(0, 0), share(95), ("UNKNOWN", "nothing-checked")),
}


@pytest.mark.parametrize("case", SHARES)
def test_issuers_share(case: str) -> None:
    one, asked, expected = SHARES[case]
    assert judged([one], share=asked) == expected


ONE_FAILS = [sample(60, 59)]
ACTIONS = {
    "none": ([], [], "PARTLY"),
    "on its first day": ([], [action("s", "2026-07-01", "2026-08-01")], "MET"),
    "opened tomorrow": ([], [action("s", "2026-07-02", "2026-08-01")], "PARTLY"),
    "on its due day": ([], [action("s", "2026-06-01", "2026-07-01")], "MET"),
    "past its due day": ([], [action("s", "2026-06-01", "2026-06-30")], "PARTLY"),
    "closed": ([], [action("s", "2026-06-01", "2026-06-30", closed="2026-06-30")], "MET"),
    "closed late, but closed": ([], [action("s", "2026-05-01", "2026-05-31", closed="2026-07-01")], "MET"),
    "closed tomorrow": ([], [action("s", "2026-05-01", "2026-05-31", closed="2026-07-02")], "PARTLY"),
    "about a finding raised on it": (
        [raised("2026-06-30", about="s")],
        [action("w", "2026-07-01", "2026-08-01")],
        "MET",
    ),
    "one finding unattended": (
        [raised("2026-06-30", about="s"), raised("2026-06-30", about="s", key="w2")],
        [action("w", "2026-07-01", "2026-08-01")],
        "PARTLY",
    ),
    "one finding attended from tomorrow": (
        [raised("2026-06-30", about="s"), raised("2026-06-30", about="s", key="w2")],
        [action("w", "2026-07-01", "2026-08-01"), action("w2", "2026-07-02", "2026-08-01", key="x2")],
        "PARTLY",
    ),
    "about something else": ([], [action("c", "2026-07-01", "2026-08-01")], "PARTLY"),
}


@pytest.mark.parametrize("case", ACTIONS)
def test_nonconformities_within_the_tolerated_share_need_action_in_time(case: str) -> None:
    findings, actions, expected = ACTIONS[case]
    found = judged(ONE_FAILS, planned=plan(), findings=findings, corrective_actions=actions)
    assert found == (("MET", "all-met") if expected == "MET" else ("PARTLY", "nonconformities-open"))


def test_beyond_the_tolerated_share_no_action_helps() -> None:
    running = [action("s", "2026-07-01", "2026-08-01")]
    for conforming, expected in ((57, "MET"), (56, "PARTLY")):
        assert judged([sample(60, conforming)], planned=plan(), corrective_actions=running)[0] == expected


def test_the_day_an_action_runs_out_is_foreseen() -> None:
    running = [action("s", "2026-07-01", "2026-08-01")]
    found = ask(
        need("drill"),
        "2026-07-01",
        in_place=[record("drill", plan=plan())],
        samples=ONE_FAILS,
        corrective_actions=running,
    )
    assert (found.standing.value, found.good_until) == ("MET", day("2026-08-01"))


def test_the_last_sample_counts_and_of_one_day_the_worst() -> None:
    bad = sample(60, 0, key="bad")
    clean = sample(60, 60, key="clean", since="2026-07-01", to="2026-07-31")
    assert judged([clean, bad], "2026-07-31", planned=plan()) == MET
    assert judged([clean, bad], "2026-07-30", planned=plan()) == ("UNMET", "none-conforms")
    same_day = sample(60, 60, key="a-clean", since="2026-06-01")
    for order in ([bad, same_day], [same_day, bad]):
        assert judged(order, planned=plan()) == ("UNMET", "none-conforms")


def test_a_clean_sample_of_the_wrong_thing_stays_wrong() -> None:
    kept = record("sealing", values={"class": "security"}, plan=plan())
    asked = need("sealing", ("class", Bound(AT_LEAST, "high-security")))
    found = ask(asked, "2026-07-01", in_place=[kept], samples=[sample()], evidence=[evidence(DESIGN)])
    assert result(found) == ("UNMET", "short-of-bound")


def test_where_operation_is_not_asked_no_sample_is_missed() -> None:
    found = ask(
        need("sealing", shown=(DESIGN,)), "2026-07-01", in_place=[record("sealing")], evidence=[evidence(DESIGN)]
    )
    assert result(found) == MET
