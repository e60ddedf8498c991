"""What is done again and again: catalogue language, section 7.4."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.dates import FOREVER
from tests.core.cast import OPERATION, OWN_AT_MOST, ask, day, done, every, evidence, need, record, trigger

LIMIT = need("review", every("12 months"))
OWN = need("review", ("interval", OWN_AT_MOST))
PLAIN = need("review")
SIX_MONTHS = {"interval": "6 months"}


def aged(
    asked: Any, on: str, *, last: str = "2025-06-01", targets: Any = None, **sections: Any
) -> tuple[str, str, Any]:
    """Standing, code and last good day of the interval alone; evidence of operation covers everything."""
    kept = record("review", since="2025-01-01", targets=targets, values=sections.pop("values", None))
    sections["done"] = [done(last)] if last else []
    shown = [evidence(OPERATION, since="2020-01-01", to="2040-01-01")]
    found = ask(asked, on, in_place=[kept], evidence=shown, **sections)
    line = next(one for one in found.because if one.subject == "review/interval")
    return line.standing.value, line.code, line.good_until


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-06-01", ("MET", "done-in-time", day("2026-06-01"))),
        ("2026-06-01", ("MET", "done-in-time", day("2026-06-01"))),
        ("2026-06-02", ("UNMET", "overdue", day("2027-06-01"))),
        ("2027-06-02", ("UNMET", "overdue", FOREVER)),
    ],
)
def test_where_the_issuer_gives_a_limit_only_the_limit_decides(on: str, expected: tuple[str, str, Any]) -> None:
    assert aged(LIMIT, on, targets=SIX_MONTHS) == expected
    assert aged(LIMIT, on, targets={"interval": "5 years"}) == expected


@pytest.mark.parametrize(("on", "expected"), [("2025-12-01", ""), ("2025-12-02", "2025-12-02")])
def test_a_missed_stricter_own_interval_is_told_beside_the_row(on: str, expected: str) -> None:
    kept = record("review", targets=SIX_MONTHS)
    found = ask(LIMIT, on, in_place=[kept], done=[done("2025-06-01")])
    told = [one.param("own_overdue_since") for one in found.because if one.subject == "review/interval"]
    assert (found.standing.value, told) == ("MET", [expected])


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-12-01", ("MET", "done-in-time")),
        ("2025-12-02", ("PARTLY", "own-target-overdue")),
        ("2026-06-01", ("PARTLY", "own-target-overdue")),
        ("2026-06-02", ("UNMET", "own-cycle-broken")),
    ],
)
@pytest.mark.parametrize("asked", [OWN, PLAIN])
@pytest.mark.parametrize("said", [{"targets": SIX_MONTHS}, {"values": SIX_MONTHS}])
def test_own_interval_targeted_or_declared(said: Any, asked: Any, on: str, expected: tuple[str, str]) -> None:
    assert aged(asked, on, **said)[:2] == expected


def test_the_target_comes_before_what_is_declared() -> None:
    said: dict[str, Any] = {"targets": {"interval": "1 months"}, "values": SIX_MONTHS}
    assert aged(OWN, "2025-07-02", **said)[:2] == ("PARTLY", "own-target-overdue")


@pytest.mark.parametrize(
    ("asked", "targets", "on", "expected"),
    [
        (LIMIT, None, "2026-01-01", ("PARTLY", "first-not-yet-due")),
        (LIMIT, None, "2026-01-02", ("UNMET", "overdue")),
        (OWN, SIX_MONTHS, "2025-07-01", ("PARTLY", "first-not-yet-due")),
        (OWN, SIX_MONTHS, "2025-07-02", ("PARTLY", "own-target-overdue")),
        (OWN, SIX_MONTHS, "2026-01-01", ("PARTLY", "own-target-overdue")),
        (OWN, SIX_MONTHS, "2026-01-02", ("UNMET", "overdue")),
        (OWN, None, "2026-01-02", ("UNKNOWN", "own-target-not-set")),
        (PLAIN, None, "2026-01-02", ("MET", "no-interval-asked")),
    ],
)
def test_never_done(asked: Any, targets: Any, on: str, expected: tuple[str, str]) -> None:
    assert aged(asked, on, last="", targets=targets)[:2] == expected


def test_asked_without_any_interval_it_needs_to_have_been_done_once() -> None:
    kept = [record("review")]
    before = ask(PLAIN, "2025-05-31", in_place=kept, done=[done("2025-06-01")])
    assert (before.standing.value, before.code, before.good_until) == ("UNKNOWN", "claimed", day("2025-05-31"))
    assert ask(PLAIN, "2035-06-01", in_place=kept, done=[done("2025-06-01")]).standing.value == "MET"


def test_the_last_time_counts_and_the_next_one_not_before_its_day() -> None:
    kept, twice = [record("review")], [done("2026-03-01"), done("2025-06-01")]
    for on, until in (("2026-02-28", "2026-02-28"), ("2026-03-01", "2027-03-01")):
        found = ask(LIMIT, on, in_place=kept, done=twice)
        assert (found.standing.value, found.good_until) == ("MET", day(until))


def test_the_end_of_a_short_month_is_the_step_of_a_long_one() -> None:
    monthly = need("review", every("1 month"))
    kept, once = [record("review")], [done("2026-01-31")]
    assert ask(monthly, "2026-02-28", in_place=kept, done=once).standing.value == "MET"
    assert ask(monthly, "2026-03-01", in_place=kept, done=once).standing.value == "UNMET"


def test_a_first_time_is_waited_for_from_the_oldest_record_that_speaks() -> None:
    records = [record("audit", "group", key="g", since="2024-01-01"), record("audit", key="c", since="2026-05-01")]
    shown = [evidence(OPERATION, of="g", since="2024-01-01")]
    found = ask(need("audit", every("12 months")), "2026-06-01", in_place=records, evidence=shown)
    assert (found.standing.value, found.code) == ("UNMET", "overdue")


TRIGGERS = {
    "before it was done": ("2025-05-31", None, "2025-11-01", ("MET", "all-met")),
    "on the day it was done": ("2025-06-01", None, "2025-11-01", ("MET", "all-met")),
    "not yet": ("2025-11-02", None, "2025-11-01", ("MET", "all-met")),
    "on its day, no reaction time": ("2025-11-01", None, "2025-11-01", ("PARTLY", "triggered-not-redone")),
    "reaction running": ("2025-11-01", "1 month", "2025-12-01", ("MET", "all-met")),
    "reaction past": ("2025-11-01", "1 month", "2025-12-02", ("PARTLY", "triggered-not-redone")),
    "overdue besides": ("2025-11-01", None, "2026-06-02", ("UNMET", "overdue")),
}


@pytest.mark.parametrize("case", TRIGGERS)
def test_trigger(case: str) -> None:
    triggered, reaction, on, expected = TRIGGERS[case]
    targets = {"reaction": reaction} if reaction else {}
    kept = [record("review", targets=targets)]
    found = ask(LIMIT, on, in_place=kept, done=[done("2025-06-01")], triggers=[trigger(triggered)])
    assert (found.standing.value, found.code) == expected


def test_a_trigger_at_another_site_asks_nothing_here() -> None:
    sections: dict[str, Any] = {"in_place": [record("review")], "done": [done("2025-06-01")]}
    found = ask(LIMIT, "2025-11-02", triggers=[trigger("2025-11-01", at="ein")], **sections)
    assert found.standing.value == "MET"


def test_the_earliest_open_trigger_decides_and_doing_it_again_settles_all() -> None:
    both = [trigger("2025-11-01", key="t1"), trigger("2025-12-01", key="t2")]
    kept = [record("review", targets={"reaction": "1 month"})]
    sections: dict[str, Any] = {"in_place": kept, "triggers": both, "done": [done("2025-06-01")]}
    assert ask(LIMIT, "2025-12-02", **sections).code == "triggered-not-redone"
    sections["done"].append(done("2025-12-01"))
    assert ask(LIMIT, "2025-12-02", **sections).standing.value == "MET"
