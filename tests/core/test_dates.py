"""Days, spans and calendar steps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dates import (
    FOREVER,
    Duration,
    DurationUnit,
    add,
    compare_durations,
    covers,
    day_after,
    day_before,
    good_until,
    last_day_reaching,
    subtract,
)
from safeconduct.core.quantities import read_duration
from tests.core.cast import day


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-12-01", "1 month", "2027-01-01"),
        ("2026-12-31", "2 weeks", "2027-01-14"),
        ("2026-12-31", "1 hour", "2027-01-01"),
        ("2026-12-31", "24 hours", "2027-01-01"),
        ("2026-12-31", "25 hours", "2027-01-02"),
        ("2026-12-31", "0 days", "2026-12-31"),
        ("2026-12-31", "9000 years", "9999-12-31"),
        ("2026-12-31", "999999 weeks", "9999-12-31"),
    ],
)
def test_steps_forward(start: str, length: str, end: str) -> None:
    assert add(day(start), read_duration(length)) == day(end)


@pytest.mark.parametrize(
    ("end", "length", "start"),
    [
        ("2026-03-31", "1 month", "2026-02-28"),
        ("2026-01-15", "1 month", "2025-12-15"),
        ("2028-02-29", "1 year", "2027-02-28"),
        ("2026-01-01", "1 day", "2025-12-31"),
        ("2026-01-01", "3000 years", "0001-01-01"),
        ("2026-01-01", "999999 days", "0001-01-01"),
    ],
)
def test_steps_back(end: str, length: str, start: str) -> None:
    assert subtract(day(end), read_duration(length)) == day(start)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("24 hours", "1 day", 0),
        ("7 days", "1 week", 0),
        ("6 days", "1 week", -1),
        ("12 months", "1 year", 0),
        ("13 months", "1 year", 1),
        ("365 days", "1 year", -1),
        ("366 days", "1 year", 1),
        ("52 weeks", "12 months", -1),
        ("28 days", "1 month", -1),
        ("29 days", "1 month", None),
        ("30 days", "1 month", None),
        ("31 days", "1 month", 1),
        ("59 days", "2 months", -1),
        ("60 days", "2 months", None),
        ("62 days", "2 months", 1),
        ("90 days", "3 months", None),
        ("92 days", "3 months", 1),
        ("180 days", "6 months", -1),
        ("182 days", "6 months", None),
        ("184 days", "6 months", 1),
        ("730 days", "2 years", -1),
        ("731 days", "2 years", 1),
        ("1095 days", "3 years", -1),
        ("1096 days", "3 years", 1),
        ("146097 days", "400 years", 0),
    ],
)
def test_comparing_lengths(left: str, right: str, expected: int | None) -> None:
    assert compare_durations(read_duration(left), read_duration(right)) == expected
    reverse = None if expected is None else -expected
    assert compare_durations(read_duration(right), read_duration(left)) == reverse


DURATIONS = st.builds(Duration, st.integers(0, 60), st.sampled_from(DurationUnit))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(DURATIONS, DURATIONS, DAYS)
def test_what_is_said_of_two_lengths_holds_from_every_day(left: Duration, right: Duration, start: date) -> None:
    said = compare_durations(left, right)
    if said is not None and DurationUnit.HOURS not in (left.unit, right.unit):
        ends = (add(start, left), add(start, right))
        assert ends[0] <= ends[1] if said <= 0 else ends[0] >= ends[1]


@given(DAYS, DURATIONS)
def test_no_day_after_the_last_one_reaches_back(start: date, length: Duration) -> None:
    last = last_day_reaching(start, length)
    assert subtract(last, length) <= start < subtract(day_after(last), length)


def test_a_span_holds_both_its_ends() -> None:
    since, until = day("2026-01-01"), day("2026-01-31")
    told = [covers(day(one), since, until) for one in ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01")]
    assert told == [False, True, True, False]
    assert covers(date.min, None, until)
    assert covers(date.max, since, None)


def test_the_calendar_has_ends() -> None:
    assert (day_after(FOREVER), day_before(date.min)) == (FOREVER, date.min)
    assert (day_after(day("2026-12-31")), day_before(day("2026-01-01"))) == (day("2027-01-01"), day("2025-12-31"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], FOREVER),
        (["2026-06-01", "2020-01-01"], FOREVER),
        (["2026-06-02"], day("2026-06-01")),
        (["2026-09-01", "2026-07-01"], day("2026-06-30")),
        (["9999-12-31"], FOREVER),
    ],
)
def test_good_until_is_the_day_before_the_first_change_ahead(changes: list[str], expected: date) -> None:
    assert good_until(day("2026-06-01"), [day(one) for one in changes]) == expected
