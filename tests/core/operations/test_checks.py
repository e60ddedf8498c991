"""List look-ups: catalogue language, sections 5.1 (check) and 7.6."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.records.needs import CheckNeed, Renewal
from tests.core.cast import ask, looked_up, months, record, result

NEED = CheckNeed(("dishonest",), ("entity",), Renewal(months(12)))
OWN = CheckNeed(("dishonest",), ("entity",), Renewal())
CASES: dict[str, tuple[list[Any], str, tuple[str, str]]] = {
    "never": ([], "2026-07-01", ("UNKNOWN", "not-checked")),
    "not yet": ([looked_up("2026-07-02")], "2026-07-01", ("UNKNOWN", "not-checked")),
    "fresh on its last day": ([looked_up("2025-07-01")], "2026-07-01", ("MET", "clear")),
    "a day older": ([looked_up("2025-06-30")], "2026-07-01", ("PARTLY", "check-overdue")),
    "years older": ([looked_up("2015-06-30")], "2026-07-01", ("PARTLY", "check-overdue")),
    "listed": ([looked_up("2025-07-01", listed=True)], "2026-07-01", ("UNMET", "listed")),
    "listed once, clear since": (
        [looked_up("2025-07-01", listed=True), looked_up("2025-08-01")],
        "2026-07-01",
        ("MET", "clear"),
    ),
    "both on one day": (
        [looked_up("2025-07-01", listed=True, key="z"), looked_up("2025-07-01", key="a")],
        "2026-07-01",
        ("UNMET", "listed"),
    ),
    "somebody else": (
        [looked_up("2026-06-01", about="partner", partner="h1")],
        "2026-07-01",
        ("UNKNOWN", "not-checked"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_check(case: str) -> None:
    checks, on, expected = CASES[case]
    assert result(ask(NEED, on, checks=checks)) == expected
    assert result(ask(NEED, on, checks=checks[::-1])) == expected


@pytest.mark.parametrize(
    ("targets", "expected"),
    [({}, ("UNKNOWN", "own-target-not-set")), ({"interval": "3 months"}, ("PARTLY", "check-overdue"))],
)
def test_the_own_time(targets: dict[str, str], expected: tuple[str, str]) -> None:
    kept = [record("screening", "group", targets=targets)]
    assert result(ask(OWN, "2026-07-01", checks=[looked_up("2026-03-31")], in_place=kept)) == expected


def test_a_listing_needs_no_own_time() -> None:
    assert result(ask(OWN, "2026-07-01", checks=[looked_up("2026-03-31", listed=True)])) == ("UNMET", "listed")


def test_every_list_and_every_person_is_asked() -> None:
    both = CheckNeed(("dishonest",), ("entity", "lead"), Renewal(months(12)))
    assert result(ask(both, "2026-07-01", checks=[looked_up("2026-03-31")])) == ("UNKNOWN", "not-checked")
