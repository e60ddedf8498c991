"""Whether a recurring control was done in time, and whether something asks for it again.

What counts is the day of the last occurrence, never the declared interval; steps are calendar steps. Where the issuer
gives a limit, only the limit decides: a missed stricter own interval is a finding of the control, not of the row.

Source: catalogue language, section 7.4.
"""

from __future__ import annotations

from datetime import date

from safeconduct.core.dates import Duration, add, day_after, good_until
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Finding, Kind, Mend, Standing, leaf
from safeconduct.core.records.in_place import Occurrence, Shown, Trigger
from safeconduct.core.records.needs import Bound
from safeconduct.core.standing.ground import Ground, own_duration
from safeconduct.core.standing.layers import Layers
from safeconduct.core.standing.shown import action_key

INTERVAL = "interval"
REACTION = "reaction"


def judge_interval(ground: Ground, layers: Layers, bound: Bound | None) -> Finding:
    """Judge the last occurrence against the issuer's limit, or else against the organisation's own interval.

    Without any interval nothing ages; never done is then what the evidence says.
    """
    interval = asked_interval(layers, bound)
    if interval is not None:
        return _against(ground, layers, interval, limit=bound is not None and not bound.own)
    if bound is not None:
        return _finding(ground, layers, UNKNOWN, "own-target-not-set", layers.good_until)
    last = _last(ground, layers)
    code = "done" if last else "no-interval-asked"
    return _finding(ground, layers, MET, code, good_until(ground.day, _days(ground, layers)), last)


def asked_interval(layers: Layers, bound: Bound | None) -> Duration | None:
    """The issuer's limit, or else the organisation's own interval; None where there is neither."""
    if bound is not None and isinstance(bound.value, Duration):
        return bound.value
    return own_interval(layers)


def own_interval(layers: Layers) -> Duration | None:
    """The organisation's target for the interval, or the interval it declares."""
    target = layers.target(INTERVAL)
    if target is not None:
        return own_duration(target.is_)
    declared = layers.value(INTERVAL)
    return own_duration(declared[0]) if declared else None


def _against(ground: Ground, layers: Layers, interval: Duration, *, limit: bool) -> Finding:
    last = _last(ground, layers)
    counted_from = last.on if last else _standing_since(layers)
    due = add(counted_from, interval)
    broken = add(counted_from, interval, 2)
    changes = [*_days(ground, layers), day_after(due), day_after(broken)]
    standing, code = _aged(ground.day, done=last is not None, limit=limit, due=due, broken=broken)
    return _finding(
        ground,
        layers,
        standing,
        code,
        good_until(ground.day, changes),
        last,
        due=due.isoformat(),
        interval=str(interval),
        own="" if limit else "own",
        **_own_overdue(ground, layers, last) if limit else {},
    )


def _standing_since(layers: Layers) -> date:
    """The day from which a first time is waited for: the oldest record whose occurrences would count here."""
    return min((record.since for record in layers.showing(Shown.OPERATION)), default=layers.nearest.since)


def _aged(day: date, *, done: bool, limit: bool, due: date, broken: date) -> tuple[Standing, str]:
    if day <= due:
        return (MET, "done-in-time") if done else (PARTLY, "first-not-yet-due")
    if limit:
        return UNMET, "overdue"
    if day <= broken:
        return PARTLY, "own-target-overdue"
    return UNMET, "own-cycle-broken" if done else "overdue"


def _own_overdue(ground: Ground, layers: Layers, last: Occurrence | None) -> dict[str, str]:
    """Beside the row's standing: since when a stricter own interval is missed."""
    own = own_interval(layers)
    if own is None or last is None:
        return {}
    due = add(last.on, own)
    return {"own_overdue_since": day_after(due).isoformat()} if ground.day > due else {}


def judge_triggers(ground: Ground, layers: Layers) -> Finding | None:
    """Judge whether something that happened here asks for the control again since it was last done; None if nothing.

    While the own reaction time runs it stands and is listed as due; past it, or without one, it is PARTLY.
    """
    last = _last(ground, layers)
    if last is None:
        return None
    open_triggers = [one for one in _triggers(ground, layers) if last.on < one.on <= ground.day]
    if not open_triggers:
        return None
    first = min(open_triggers, key=lambda one: one.on)
    target = layers.target(REACTION)
    reaction = own_duration(target.is_) if target else None
    due = add(first.on, reaction) if reaction else first.on
    running = reaction is not None and ground.day <= due
    changes = [*_days(ground, layers), day_after(due)]
    return _finding(
        ground,
        layers,
        MET if running else PARTLY,
        "reaction-running" if running else "triggered-not-redone",
        good_until(ground.day, changes),
        last,
        trigger=first.key,
        triggered=first.on.isoformat(),
        what=first.note or first.kind,
        due=due.isoformat(),
    )


def _triggers(ground: Ground, layers: Layers) -> list[Trigger]:
    places = dict.fromkeys([layers.unit, *(record.at for record in layers.records)])
    return [one for place in places for one in ground.snapshot.triggers.get((layers.control.key, place), ())]


def _last(ground: Ground, layers: Layers) -> Occurrence | None:
    done = [
        occurrence
        for record in layers.showing(Shown.OPERATION)
        for occurrence in ground.snapshot.done.get(record.key, ())
        if occurrence.on <= ground.day
    ]
    return max(done, key=lambda occurrence: occurrence.on, default=None)


def _days(ground: Ground, layers: Layers) -> list[date]:
    """Days on which an occurrence or trigger already on record begins to count."""
    done = [
        occurrence.on
        for record in layers.showing(Shown.OPERATION)
        for occurrence in ground.snapshot.done.get(record.key, ())
    ]
    return [*layers.changes, *done, *(one.on for one in _triggers(ground, layers))]


def _finding(
    ground: Ground,
    layers: Layers,
    standing: Standing,
    code: str,
    until: date,
    last: Occurrence | None = None,
    **params: str,
) -> Finding:
    speaking = layers.showing(Shown.OPERATION)
    record = speaking[0] if speaking else None
    at = record.at if record else layers.unit
    deed = "record-occurrence" if record else "record-control"
    mend = Mend(
        key=action_key(layers, at),
        deed="set-target" if code == "own-target-not-set" and record else deed,
        at=at,
        control=layers.control.key,
        element=layers.kept_for,
        record=record.key if record else "",
        detail=INTERVAL,
    )
    if last:
        params["last"] = last.on.isoformat()
    return leaf(
        Kind.OCCURRENCE,
        f"{layers.control.key}/{INTERVAL}",
        layers.unit,
        standing,
        code,
        ground.day,
        good_until=until,
        facts=(last.key,) if last else (),
        mend=mend,
        **params,
    )
