"""A judgement over a period: the worst over the days on which anything changes.

Source: catalogue language, section 8 step 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from safeconduct.core.dates import FOREVER, day_after
from safeconduct.core.errors import Refusal
from safeconduct.core.judgement import NOT_APPLICABLE, Finding


def over(first: date, last: date, judge: Callable[[date], Finding]) -> Iterator[Finding]:
    """The findings of a period, one for each stretch of days on which nothing changes, oldest first.

    Refused where the period ends before it begins.
    """
    if last < first:
        raise Refusal(
            f"The period ends on {last}, before it begins on {first}.",
            do="Swap the two days.",
            code="period-upside-down",
        )
    day = first
    while day <= last:
        finding = judge(day)
        yield finding
        if finding.good_until == FOREVER:
            return
        day = day_after(max(finding.good_until, day))


def worst_over(first: date, last: date, judge: Callable[[date], Finding]) -> Finding:
    """The worst finding of the period, the earliest of equals; not applicable only where it is so throughout."""
    found = list(over(first, last, judge))
    applicable = [one for one in found if one.standing is not NOT_APPLICABLE]
    return min(applicable or found, key=lambda one: 0 if one.standing is NOT_APPLICABLE else one.standing.rank)
