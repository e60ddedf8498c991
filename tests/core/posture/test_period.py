"""Over a period: the worst over the days on which anything changes (catalogue language, section 8, step 11)."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.assess import explain_over
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.posture.period import over, worst_over
from safeconduct.core.snapshot import Snapshot
from tests.core.cast import (
    ENROLMENT,
    OPERATION,
    ask,
    catalogue,
    day,
    evidence,
    facts,
    need,
    programme,
    record,
    requirement,
)

SECTIONS: dict[str, Any] = {
    "in_place": [record("fence")],
    "evidence": [
        evidence(OPERATION, since="2025-01-01", to="2025-12-31"),
        evidence(OPERATION, since="2026-02-01", to="2026-12-31", key="v2"),
    ],
}


def judge(on: Any) -> Any:
    return ask(need("fence"), on, **SECTIONS)


def stretches(first: str, last: str) -> list[tuple[str, str]]:
    return [(one.day.isoformat(), one.standing.value) for one in over(day(first), day(last), judge)]


def test_a_period_falls_into_stretches_of_one_answer() -> None:
    assert stretches("2025-06-01", "2026-06-01") == [
        ("2025-06-01", "MET"),
        ("2026-01-01", "PARTLY"),
        ("2026-02-01", "MET"),
    ]
    assert stretches("2026-06-01", "2026-06-01") == [("2026-06-01", "MET")]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-06-01", "2025-12-31", ("2025-06-01", "MET")),
        ("2025-06-01", "2026-01-01", ("2026-01-01", "PARTLY")),
        ("2026-01-31", "2026-06-01", ("2026-01-31", "PARTLY")),
        ("2026-02-01", "2026-06-01", ("2026-02-01", "MET")),
        ("2024-12-31", "2026-06-01", ("2024-12-31", "UNKNOWN")),
    ],
)
def test_the_worst_of_a_period_and_its_first_day(first: str, last: str, expected: tuple[str, str]) -> None:
    found = worst_over(day(first), day(last), judge)
    assert (found.day.isoformat(), found.standing.value) == expected


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refusal, match="Swap the two days"):
        list(over(day("2026-06-02"), day("2026-06-01"), judge))


def test_the_row_is_that_of_the_edition_enrolled_in() -> None:
    old = programme(requirement("us/1.1", need("fence")))
    new = programme(requirement("us/1.1", need("policy")), edition="2")
    entries = catalogue(old, new)
    snapshot = Snapshot(facts(**SECTIONS))
    asked = (day("2026-03-01"), day("2026-06-01"), ENROLMENT)
    assert explain_over(snapshot, entries, *asked, "us/1.1", "rtm").standing.value == "MET"
    with pytest.raises(UnknownKey, match="Did you mean"):
        explain_over(snapshot, entries, *asked, "us/1.2", "rtm")
