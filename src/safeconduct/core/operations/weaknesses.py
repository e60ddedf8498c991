"""Weaknesses put right in time.

Source: catalogue language, sections 5.1 (mended) and 7.7.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safeconduct.core.dates import FOREVER, add, day_after, good_until
from safeconduct.core.judgement import MET, UNKNOWN, UNMET, Finding, Kind, Mend, Standing, all_of, leaf
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.core.records.needs import MendedNeed
from safeconduct.core.standing import Ground, judge_recorded
from safeconduct.core.standing.own import Allowed, allowed
from safeconduct.core.standing.per_event import in_time


def judge_mended(ground: Ground, need: MendedNeed, unit: str) -> Finding:
    """Judge each finding raised by a control at the unit: closed or inside its due day, else UNMET `action-overdue`.

    A finding without an action has the issuer's time, or the own one; no due day outlasts the issuer's time. With no
    finding on record the standing is that of the process that would find them.
    """
    places = ground.snapshot.layers(unit)
    entity = ground.snapshot.entity_of(unit)
    raised = [
        one
        for one in ground.snapshot.raised.get(need.findings_of, ())
        if one.at in places or ground.snapshot.entity_of(one.at) == entity == unit
    ]
    known = [one for one in raised if one.on <= ground.day]
    if not known:
        return _process(ground, need, unit, [one.on for one in raised])
    limit = allowed(ground, "mended", "", unit, need.within)
    judged = [_judge(ground, one, limit, [other.on for other in raised]) for one in known]
    return all_of(judged, kind=Kind.ACTION, subject=need.findings_of, at=unit, day=ground.day)


def _process(ground: Ground, need: MendedNeed, unit: str, coming: list[date]) -> Finding:
    found = judge_recorded(ground, need.findings_of, unit)
    return replace(found, good_until=min(found.good_until, good_until(ground.day, coming)))


def _judge(ground: Ground, raised: RaisedFinding, limit: Allowed, coming: list[date]) -> Finding:
    actions = ground.snapshot.actions.get(raised.key, ())
    opened = [action for action in actions if action.opened <= ground.day]
    changes = [*coming, *limit.changes]
    for action in actions:
        changes += [action.opened, day_after(action.due), *([action.closed] if action.closed else [])]
    due = max((action.due for action in opened), default=None)
    if opened:
        last = add(raised.on, limit.duration) if limit.duration and not limit.own else FOREVER
        due = min(last, due) if due else last
        changes.append(day_after(last))
        standing, code = _of_actions(opened, last, ground.day)
    else:
        standing, code, due = _without_action(ground.day, raised, limit, changes)
    mend = Mend(f"finding:{raised.key}", "close-action" if opened else "open-action", raised.at, record=raised.key)
    return leaf(
        Kind.ACTION,
        raised.key,
        raised.at,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, changes),
        facts=(raised.key, *(action.key for action in opened)),
        mend=limit.mend if code == "own-target-not-set" else mend,
        what=raised.text or raised.key,
        on=raised.on.isoformat(),
        due=due.isoformat() if due else "",
    )


def _of_actions(opened: list[CorrectiveAction], last: date, day: date) -> tuple[Standing, str]:
    """Closed, or still inside their due days and the last day the issuer gives."""
    running = [action for action in opened if action.closed is None or action.closed > day]
    if running and (day > last or not all(in_time(action, day) for action in running)):
        return UNMET, "action-overdue"
    return MET, "action-in-time" if running else "mended"


def _without_action(
    day: date, raised: RaisedFinding, limit: Allowed, changes: list[date]
) -> tuple[Standing, str, date | None]:
    if limit.duration is None:
        return UNKNOWN, "own-target-not-set", None
    due = add(raised.on, limit.duration)
    changes.append(day_after(due))
    return (MET, "action-in-time", due) if day <= due else (UNMET, "action-overdue", due)
