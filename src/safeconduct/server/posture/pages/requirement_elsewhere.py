"""Where else the facts of a requirement count: rows that the same record moves, or that rest on the same records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE
from safeconduct.core.planning import if_mended
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Link,
    Mark,
    Shown,
)
from safeconduct.server.common.look.words import deed_words
from safeconduct.server.posture.links import programme_url, row_url
from safeconduct.server.posture.pages.reader import Reader
from safeconduct.server.posture.trees import deciding_mend

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement

_ELSEWHERE = 25


def elsewhere(reader: Reader, row: RowJudgement) -> tuple[Table | None, str]:
    """The rows that rest on the same thing: what the mend would move, or what the same records prove."""
    mend = deciding_mend(row.finding) if row.standing not in (MET, NOT_APPLICABLE) else None
    if mend is not None:
        rows = [row, *(one.row for one in reader.overview.mended_by(mend.key) if one.row is not row)]
        after = deed_words(mend.deed).lower()
        columns = (*_WHERE, Column("Today"), Column(f"After: {after}", short="After"))
        moved = [
            Row((*_where(reader, one, row), _today(one), Mark(if_mended(one.finding, mend.key))))
            for one in rows[:_ELSEWHERE]
        ]
        return Table(columns, moved, _cut(len(rows))), "The same fact elsewhere"
    others = _resting_on_the_same(reader, row)
    if not others:
        return None, ""
    shown = [Row((*_where(reader, one, row), _today(one))) for one in others[:_ELSEWHERE]]
    return Table((*_WHERE, Column("Today")), shown, _cut(len(others))), "The same records elsewhere"


_WHERE = (Column("Where"), Column("Requirement"), Column("Place"))


def _where(reader: Reader, one: RowJudgement, this: RowJudgement) -> tuple[Shown, ...]:
    judged = reader.overview.assessment.programme(one.enrolment)
    name = reader.names.programme(judged.programme, judged.enrolment)
    note = "this row" if one is this else ""
    return (
        Link(name, programme_url(one.enrolment)),
        Link(one.requirement.title, row_url(one), one.requirement.ref, note),
        reader.names.place(one.unit),
    )


def _today(row: RowJudgement) -> Mark:
    return Mark(row.standing, row_url(row))


def _cut(total: int) -> str:
    return f"The first {_ELSEWHERE} of {total}." if total > _ELSEWHERE else ""


def _resting_on_the_same(reader: Reader, row: RowJudgement) -> list[RowJudgement]:
    """Other rows that rest on a record this one rests on, each once."""
    found: dict[int, RowJudgement] = {}
    for finding in row.finding.walk():
        for fact in finding.facts:
            for one in reader.overview.resting_on(fact):
                if one.row is not row and one.row.standing is not NOT_APPLICABLE:
                    found[id(one.row)] = one.row
    return list(found.values())
