"""Days, spans and calendar steps. Days are whole; both ends of a span count."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FOREVER = date.max
ONE_DAY = timedelta(days=1)


class DurationUnit(StrEnum):
    """The units a duration may have; the first three and the last two compare exactly among themselves."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_HOURS = {DurationUnit.HOURS: 1, DurationUnit.DAYS: 24, DurationUnit.WEEKS: 168}
_MONTHS = {DurationUnit.MONTHS: 1, DurationUnit.YEARS: 12}
_CYCLE_YEARS = 400  # after so many years the calendar repeats itself
_CYCLE_MONTHS = 12 * _CYCLE_YEARS
_CYCLE_DAYS = date(2000 + _CYCLE_YEARS, 1, 1).toordinal() - date(2000, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as written: a whole number and a unit ("12 months").

    Hours, days and weeks are one family, months and years another. Inside a family lengths compare exactly;
    across families by their shortest and longest possible length.
    """

    count: int
    unit: DurationUnit

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value}"

    @property
    def exact_hours(self) -> int | None:
        """The length in hours, or None for months and years."""
        factor = _HOURS.get(self.unit)
        return None if factor is None else self.count * factor

    @property
    def exact_months(self) -> int | None:
        """The length in months, or None for hours, days and weeks."""
        factor = _MONTHS.get(self.unit)
        return None if factor is None else self.count * factor

    def hours_range(self) -> tuple[int, int]:
        """The shortest and longest length in hours."""
        if (exact := self.exact_hours) is not None:
            return exact, exact
        low, high = _days_of_months(self.count * _MONTHS[self.unit])
        return low * 24, high * 24


@cache
def _month_starts() -> tuple[int, ...]:
    """Days from the start of a cycle of the calendar to the start of each month of it and of the next one."""
    months = range(2 * _CYCLE_MONTHS + 1)
    start = date(2000, 1, 1).toordinal()
    return tuple(date(2000 + month // 12, month % 12 + 1, 1).toordinal() - start for month in months)


@cache
def _days_of_months(months: int) -> tuple[int, int]:
    """The days in the shortest and in the longest run of so many months, anywhere in the calendar."""
    cycles, rest = divmod(months, _CYCLE_MONTHS)
    starts = _month_starts()
    runs = [starts[first + rest] - starts[first] for first in range(_CYCLE_MONTHS)]
    return cycles * _CYCLE_DAYS + min(runs), cycles * _CYCLE_DAYS + max(runs)


def compare_durations(left: Duration, right: Duration) -> int | None:
    """-1, 0 or 1 as left is shorter, equal or longer; None where nothing decides.

    Across families -1 means "never longer" and 1 "never shorter": 365 days are never longer than a year.

    >>> compare_durations(Duration(12, DurationUnit.MONTHS), Duration(1, DurationUnit.YEARS))
    0
    >>> compare_durations(Duration(30, DurationUnit.DAYS), Duration(1, DurationUnit.MONTHS)) is None
    True
    >>> compare_durations(Duration(180, DurationUnit.DAYS), Duration(6, DurationUnit.MONTHS))
    -1
    """
    if left.exact_months is not None and right.exact_months is not None:
        return (left.exact_months > right.exact_months) - (left.exact_months < right.exact_months)
    (low, high), (other_low, other_high) = left.hours_range(), right.hours_range()
    if low == high == other_low == other_high:
        return 0
    if low >= other_high:
        return 1
    if high <= other_low:
        return -1
    return None


def add(day: date, duration: Duration, times: int = 1) -> date:
    """The day reached by calendar steps: one month from 31 January is the last of February.

    Hours count as whole days, rounded up. A day past the calendar's end is the last day of the calendar;
    before its start, the first.

    >>> add(date(2026, 1, 31), Duration(1, DurationUnit.MONTHS))
    datetime.date(2026, 2, 28)
    """
    months = duration.exact_months
    if months is not None:
        return _add_months(day, months * times)
    whole_days = -(-(duration.exact_hours or 0) // 24)
    return shifted(day, whole_days * times)


def shifted(day: date, days: int) -> date:
    """The day so many days later, or earlier where they are below 0; the calendar's ends stay where they are.

    >>> shifted(date(2026, 1, 31), 1), shifted(date(1, 1, 2), -30)
    (datetime.date(2026, 2, 1), datetime.date(1, 1, 1))
    """
    ordinal = day.toordinal() + days
    if ordinal >= FOREVER.toordinal():
        return FOREVER
    return date.fromordinal(max(1, ordinal))


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > FOREVER.year:
        return FOREVER
    if year < 1:
        return date.min
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def subtract(day: date, duration: Duration) -> date:
    """The day a duration before, by calendar steps."""
    return add(day, duration, -1)


def last_day_reaching(day: date, duration: Duration) -> date:
    """The last day from which looking a duration back still reaches the day.

    Not always the day a duration later: from 28, 29, 30 and 31 March one month back is 28 February.

    >>> last_day_reaching(date(2026, 2, 28), Duration(1, DurationUnit.MONTHS))
    datetime.date(2026, 3, 31)
    """
    last = add(day, duration)
    while last != FOREVER and subtract(day_after(last), duration) <= day:
        last = day_after(last)
    return last


def day_after(day: date) -> date:
    """The next day; the end of the calendar stays where it is."""
    return day if day == FOREVER else day + ONE_DAY


def day_before(day: date) -> date:
    """The previous day; the start of the calendar stays where it is."""
    return day if day == date.min else day - ONE_DAY


def covers(day: date, since: date | None, until: date | None) -> bool:
    """Whether a span that includes both ends holds the day; an open end has no limit."""
    return (since is None or since <= day) and (until is None or day <= until)


def good_until(as_of: date, changes: Iterable[date]) -> date:
    """The last day before the first change after `as_of`; the end of the calendar when nothing changes.

    `changes` are the first days on which an answer may be another one; the end of the calendar is none.

    >>> good_until(date(2026, 6, 1), [date(2026, 7, 1), date(2025, 1, 1)])
    datetime.date(2026, 6, 30)
    """
    ahead = [change for change in changes if as_of < change < FOREVER]
    return day_before(min(ahead)) if ahead else FOREVER
