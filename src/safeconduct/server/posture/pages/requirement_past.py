"""One requirement through time: over a period, and as it was known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.errors import Refusal
from safeconduct.core.judgement import NOT_APPLICABLE, Finding, Standing, deciding_leaf
from safeconduct.core.sentences import sentence
from safeconduct.server.common.look.because import Reading
from safeconduct.server.common.look.day import day_named
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Mark,
)
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.addresses import entry_url
from safeconduct.server.posture.history import Stretch, stretches
from safeconduct.server.posture.names import Names
from safeconduct.server.posture.pages.reader import Reader
from safeconduct.server.posture.queries import overview_as_known

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.posture import RowJudgement


@dataclass(frozen=True)
class Period:
    """A row over a period: the worst finding, and every stretch of days on which nothing changed."""

    first: date
    last: date
    worst: Finding
    stretches: Table

    @property
    def title(self) -> str:
        """The heading of the period."""
        return f"From {day_text(self.first)} to {day_text(self.last)}"


@dataclass(frozen=True)
class Known:
    """The row as it was known at the end of a day."""

    day: date
    seq: int
    finding: Finding | None
    reading: Reading
    url: str

    @property
    def title(self) -> str:
        """The heading of what was known."""
        return f"As known on {day_text(self.day)}"


def period_asked(request: HttpRequest, reader: Reader, row: RowJudgement) -> Period | None:
    """The row over the period asked for in the address."""
    asked = request.GET.get("from", ""), request.GET.get("to", "")
    if not any(asked):
        return None
    first, last = (_day(text) for text in asked)
    told = stretches(reader.overview, row, first, last)
    worst = min(told, key=lambda one: _worst_rank(one.finding.standing)).finding
    columns = (Column("From"), Column("To"), Column("Standing"), Column("Why", subject=True))
    rows = [Row((one.first, one.last, Mark(one.finding.standing), _why(reader.names, one))) for one in told]
    return Period(first, last, worst, Table(columns, rows))


def _worst_rank(standing: Standing) -> int:
    return 9 if standing is NOT_APPLICABLE else standing.rank


def _why(names: Names, stretch: Stretch) -> str:
    leaf = deciding_leaf(stretch.finding)
    return sentence(leaf) if leaf is stretch.finding else f"{names.whereabouts(leaf)}. {sentence(leaf)}"


def _day(text: str) -> date:
    found = day_named(text)
    if found is None:
        raise Refusal(
            f"{text!r} is not a day." if text else "The period lacks its first or its last day.",
            do="Give both days, each as year-month-day: 2026-08-31.",
            code="not-a-day",
        )
    return found


def known_asked(request: HttpRequest, reader: Reader, row: RowJudgement) -> Known | None:
    """The row as it was known on the day asked for in the address."""
    asked = request.GET.get("known", "")
    if not asked:
        return None
    day = _day(asked)
    overview, seq = overview_as_known(reader.viewer, reader.day, day)
    found = next(
        (
            one
            for one in overview.assessment.rows
            if (one.enrolment, one.requirement.key, one.unit) == (row.enrolment, row.requirement.key, row.unit)
        ),
        None,
    )
    names = Names(overview.snapshot, overview.catalogue)
    # Things are named as they were then, and lead nowhere: they may have changed since.
    reading = Reading(title=names.finding, kind=names.kind)
    return Known(day, seq, found.finding if found else None, reading, entry_url(reader.viewer, seq))
