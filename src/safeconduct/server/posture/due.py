"""What is due in the next days: proof that ends, work that comes round again, actions and confirmations.

A due day is the last good day: what is in order until 30 June is due on 30 June.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.dates import FOREVER, shifted
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNKNOWN, Finding, Join, Kind
from safeconduct.core.operations.asked import running
from safeconduct.server.common.look.day import day_named
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.visibility import place_of
from safeconduct.server.posture.links import register_url, row_url

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
    from safeconduct.server.posture.overview import Overview

WINDOW_DAYS = 30
# Findings that say themselves when they are due, and those that end with what shows them.
_SAY_DUE = frozenset({Kind.OCCURRENCE, Kind.ANSWER, Kind.SAMPLE})
_SAY_UNTIL = frozenset({Kind.EVIDENCE, Kind.CERTIFICATE, Kind.REGISTER, Kind.JUDGEMENT})
_AGE = frozenset({Kind.PROOF, Kind.CHECK, Kind.RECORD, Kind.MEASURE})
_RAN_OUT = frozenset({"evidence-lapsed", "judgement-expired"})


@dataclass(frozen=True)
class Due:
    """One thing due on a day at a place, with the rows that wait for it; `what` tells where no finding does.

    `action` is the corrective action that is due, where it is one; `told` is where it is told, where no row tells it.
    """

    day: date
    at: str
    rows: tuple[RowJudgement, ...] = ()
    finding: Finding | None = None
    what: str = ""
    owner: str = ""
    action: CorrectiveAction | None = None
    told: str = ""

    @property
    def url(self) -> str:
        """Where it is told: the first row that waits for it, else the action in its register."""
        if self.rows:
            return row_url(self.rows[0])
        return register_url("corrective_actions", self.action.key) if self.action else self.told

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that wait for it."""
        return tuple(dict.fromkeys(row.programme for row in self.rows))


def due_within(overview: Overview, days: int = WINDOW_DAYS) -> tuple[Due, ...]:
    """What is due in the next days or already late, the earliest first; each thing once, with all rows it serves."""
    last = shifted(overview.day, days)
    found = [*_findings_due(overview, last), *_actions_due(overview, last), *_first_answers(overview, last)]
    return in_order(found)


def in_order(duties: Iterable[Due]) -> tuple[Due, ...]:
    """The earliest first; of one day what most rows wait for."""
    return tuple(sorted(duties, key=lambda one: (one.day, -len(one.rows), one.at, one.what)))


def late(duties: Iterable[Due], today: date) -> list[Due]:
    """Those whose day has passed."""
    return [one for one in duties if one.day < today]


def _findings_due(overview: Overview, last: date) -> Iterator[Due]:
    """Everything in the trees that ends or comes round and that a standing rests on, each record once."""
    found: dict[tuple[str, ...], tuple[date, Finding, dict[int, RowJudgement]]] = {}
    for row in overview.assessment.rows:
        for finding in _resting_on(row.finding, last):
            day = _due_day(finding, overview.day)
            if day is None or day > last:
                continue
            key = (finding.kind.value, finding.subject, _place(overview, finding), *finding.facts)
            found.setdefault(key, (day, finding, {}))[2][id(row)] = row
    owners = _owners(overview)
    for day, finding, rows in found.values():
        record = finding.param("record") or (finding.mend.record if finding.mend else "")
        owner = next((owners[key] for key in (record, *finding.facts) if owners.get(key)), "")
        yield Due(day, _place(overview, finding), tuple(rows.values()), finding, owner=owner)


def _resting_on(finding: Finding, last: date) -> Iterator[Finding]:
    """The ends of a tree that matter by a day: what may bring down what stands, and the nearest way up for the rest.

    A way that did not hold decides nothing while another one does, nor does one that ends before the other.
    """
    if finding.standing is MET and finding.good_until > last:
        return
    if not finding.because:
        yield finding
        return
    members = [one for one in finding.because if one.standing is not NOT_APPLICABLE]
    met = [one for one in members if one.standing is MET]
    short = [] if finding.standing is MET else [one for one in members if one.standing is not MET]
    if finding.join in (Join.ANY, Join.SOME):
        lacking = max(1, int(finding.param("n", "1")) - len(met))
        short = sorted(short, key=lambda one: -one.standing.rank)[:lacking]
    for member in (*met, *short):
        yield from _resting_on(member, last)


def _place(overview: Overview, finding: Finding) -> str:
    """Where it is recorded anew: of what shows a control, where that is recorded."""
    if finding.mend is not None:
        return finding.mend.at
    shown = next((overview.shown[fact] for fact in finding.facts if fact in overview.shown), "")
    record = overview.snapshot.records.get(shown)
    return record.at if record else finding.at


def _due_day(finding: Finding, today: date) -> date | None:
    """The last good day of what stands, or the day it was due when it no longer does; None where nothing is due."""
    if finding.because or finding.standing is NOT_APPLICABLE:
        return None
    if finding.kind in _SAY_DUE:
        due = day_named(finding.param("due"))
        return None if due is None or (finding.standing is MET and due < today) else due
    if finding.standing is MET and finding.kind in _SAY_UNTIL:
        until = day_named(finding.param("until"))
        return until if until is not None and until >= today else None
    if finding.standing is MET and finding.kind in _AGE:
        return None if finding.good_until == FOREVER else finding.good_until
    return day_named(finding.param("until")) if finding.standing is PARTLY and finding.code in _RAN_OUT else None


def _owners(overview: Overview) -> dict[str, str]:
    """Who answers for what: by control in place, by what shows it, and by answer."""
    facts = overview.snapshot.facts
    owners = {record.key: record.owner for record in facts.in_place}
    owners |= {shown: owners.get(record, "") for shown, record in overview.shown.items()}
    return owners | {answer.key: answer.owner for answer in facts.answers}


def _actions_due(overview: Overview, last: date) -> Iterator[Due]:
    """Corrective actions that run; a site manager sees those of the own sites."""
    facts = overview.snapshot.facts
    raised = {one.key: one for one in facts.findings}
    for action in facts.corrective_actions:
        if action.due > last or not running(action, overview.day):
            continue
        place = place_of("corrective_actions", action, facts)
        if overview.units is not None and place not in overview.units:
            continue
        finding = raised.get(action.mends)
        what = action.text or (finding.text if finding else "") or "Corrective action"
        at = finding.at if finding else place or action.mends
        rows = _waiting_for(overview, action.mends, finding)
        yield Due(action.due, at, rows, what=what, owner=action.owner, action=action)


def _waiting_for(overview: Overview, mended: str, raised: RaisedFinding | None) -> tuple[RowJudgement, ...]:
    """The rows that rest on what an action puts right, or ask the control in question at its place."""
    rows = {id(one.row): one.row for one in overview.resting_on(mended)}
    if raised is None or raised.about in overview.snapshot.partners:
        return tuple(rows.values())
    for one in overview.control_asked(raised.of):
        finding = one.finding
        if raised.at in (finding.at, finding.param("recorded_at"), finding.mend.at if finding.mend else ""):
            rows[id(one.row)] = one.row
    return tuple(rows.values())


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
