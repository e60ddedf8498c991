"""What is due in the next days: proof that ends, work that comes round again, actions and confirmations.

A due day is the last good day: what is in order until 30 June is due on 30 June.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.dates import FOREVER, shifted
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNKNOWN, Finding, Kind
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.posture.overview import Overview

WINDOW_DAYS = 30
# Findings that say themselves when they are due, and those that end with what shows them.
_SAY_DUE = frozenset({Kind.OCCURRENCE, Kind.ANSWER, Kind.SAMPLE})
_SAY_UNTIL = frozenset({Kind.EVIDENCE, Kind.CERTIFICATE, Kind.REGISTER, Kind.JUDGEMENT})
_AGE = frozenset({Kind.PROOF, Kind.CHECK, Kind.RECORD, Kind.MEASURE})
_RAN_OUT = frozenset({"evidence-lapsed", "judgement-expired"})


@dataclass(frozen=True)
class Due:
    """One thing due on a day at a place, with the rows that wait for it; `what` tells where no finding does."""

    day: date
    at: str
    rows: tuple[RowJudgement, ...] = ()
    finding: Finding | None = None
    what: str = ""
    owner: str = ""
    action: str = ""  # key of a corrective action

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that wait for it."""
        return tuple(dict.fromkeys(row.programme for row in self.rows))


def due_within(overview: Overview, days: int = WINDOW_DAYS) -> tuple[Due, ...]:
    """What is due in the next days or already late, the earliest first; each thing once, with all rows it serves."""
    last = shifted(overview.day, days)
    found = [*_findings_due(overview, last), *_actions_due(overview, last), *_first_answers(overview, last)]
    return tuple(sorted(found, key=lambda one: (one.day, -len(one.rows), one.at, one.what)))


def late(duties: Iterable[Due], today: date) -> list[Due]:
    """Those whose day has passed."""
    return [one for one in duties if one.day < today]


def _findings_due(overview: Overview, last: date) -> Iterator[Due]:
    """Everything in the trees that ends or comes round, each record once."""
    found: dict[tuple[str, str, str, str], tuple[date, Finding, dict[int, RowJudgement]]] = {}
    for row in overview.assessment.rows:
        for finding in row.finding.walk():
            day = _due_day(finding, overview.day)
            if day is None or day > last:
                continue
            key = (finding.kind.value, finding.subject, finding.at, ",".join(finding.facts))
            found.setdefault(key, (day, finding, {}))[2][id(row)] = row
    owners = _owners(overview)
    for day, finding, rows in found.values():
        record = finding.param("record") or (finding.mend.record if finding.mend else "")
        owner = next((owners[key] for key in (record, *finding.facts) if owners.get(key)), "")
        yield Due(day, finding.at, tuple(rows.values()), finding, owner=owner)


def _due_day(finding: Finding, today: date) -> date | None:
    """The last good day of what stands, or the day it was due when it no longer does; None where nothing is due."""
    if finding.because or finding.standing is NOT_APPLICABLE:
        return None
    if finding.kind in _SAY_DUE:
        due = _day(finding.param("due"))
        return None if due is None or (finding.standing is MET and due < today) else due
    if finding.standing is MET and finding.kind in _SAY_UNTIL:
        until = _day(finding.param("until"))
        return until if until is not None and until >= today else None
    if finding.standing is MET and finding.kind in _AGE:
        return None if finding.good_until == FOREVER else finding.good_until
    return _day(finding.param("until")) if finding.standing is PARTLY and finding.code in _RAN_OUT else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _owners(overview: Overview) -> dict[str, str]:
    """Who answers for what: by control in place, by what shows it, and by answer."""
    facts = overview.snapshot.facts
    owners = {record.key: record.owner for record in facts.in_place}
    owners |= {shown: owners.get(record, "") for shown, record in overview.shown.items()}
    return owners | {answer.key: answer.owner for answer in facts.answers}


def _actions_due(overview: Overview, last: date) -> Iterator[Due]:
    """Corrective actions that are not closed; a site manager sees none."""
    if overview.units is not None:
        return
    raised = {one.key: one for one in overview.snapshot.facts.findings}
    for action in overview.snapshot.facts.corrective_actions:
        closed = action.closed is not None and action.closed <= overview.day
        if closed or action.opened > overview.day or action.due > last:
            continue
        finding = raised.get(action.mends)
        rows = tuple(one.row for one in overview.resting_on(action.mends))
        at = finding.at if finding else action.mends
        yield Due(action.due, at, rows, what=action.text or "Corrective action", owner=action.owner, action=action.key)


def _first_answers(overview: Overview, last: date) -> Iterator[Due]:
    """Questions nobody has answered yet, where the enrolment says by when each is to be answered first."""
    for judged in overview.programmes:
        day = judged.enrolment.confirm_by
        if day is None or day > last:
            continue
        unanswered = tuple(row for row in judged.rows if _is_unanswered(row))
        if unanswered:
            what = f"Answer and confirm {counted(len(unanswered), 'question', 'questions')}"
            yield Due(day, judged.enrolment.entity, unanswered, what=what, owner=judged.enrolment.owner)


def _is_unanswered(row: RowJudgement) -> bool:
    if row.requirement.kind.value != "question" or row.standing is not UNKNOWN:
        return False
    return any(finding.kind is Kind.ANSWER and finding.code == "not-answered" for finding in row.finding.walk())


def at_place(duties: Sequence[Due], place: str) -> list[Due]:
    """Those at one place."""
    return [one for one in duties if one.at == place]
