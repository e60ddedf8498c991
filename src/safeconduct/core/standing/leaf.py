"""One control at one unit on one day: the leaf of every need.

Source: catalogue language, section 7.2. All lines are computed and the minimum is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safeconduct.core.dates import good_until
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    UNKNOWN,
    UNMET,
    Finding,
    Kind,
    Mend,
    all_of,
    leaf,
)
from safeconduct.core.records.catalogue import Control, Inherits, Mode
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.standing.bounds import judge_bound
from safeconduct.core.standing.ground import Ground
from safeconduct.core.standing.layers import Layers, layers
from safeconduct.core.standing.per_event import judge_sample
from safeconduct.core.standing.recurring import INTERVAL, asked_interval, judge_interval, judge_triggers
from safeconduct.core.standing.shown import action_key, judge_shown
from safeconduct.core.standing.verified import judge_verified

_BY_EVENT = (Mode.PER_EVENT, Mode.ON_TRIGGER)


def judge_control(ground: Ground, need: ControlNeed, unit: str) -> Finding:
    """Judge what a need asks of a control at a unit; of each element in `for_`, the weakest decides.

    Nothing recorded is UNKNOWN `never-recorded`, never UNMET; recorded as absent is UNMET.
    """
    control = ground.catalogue.controls[need.control]
    found = [_judge_element(ground, control, element, need, unit) for element in need.for_ or ("",)]
    if len(found) == 1:
        return found[0]
    return all_of(found, kind=Kind.CONTROL, subject=control.key, at=unit, day=ground.day)


def judge_recorded(ground: Ground, control: str, unit: str) -> Finding:
    """Judge a control as it is recorded for a unit, without any bound; of each element on record, the weakest."""
    entry = ground.catalogue.controls[control]
    terms = ground.catalogue.terms.lists.get(entry.by)
    stacks = [layers(ground, entry, element, unit) for element in (terms.elements if terms else ())]
    elements = tuple(one.element for one in stacks if one.records and not one.from_wider)
    found = judge_control(ground, ControlNeed(control, for_=elements), unit)
    changes = [day for one in stacks for day in one.changes]
    return replace(found, good_until=min(found.good_until, good_until(ground.day, changes)))


def _judge_element(ground: Ground, control: Control, element: str, need: ControlNeed, unit: str) -> Finding:
    subject = f"{control.key}[{element}]" if element else control.key
    if element and element in _excluded(ground, control, unit):
        return leaf(Kind.CONTROL, subject, unit, NOT_APPLICABLE, "not-at-this-unit", ground.day, element=element)
    found = layers(ground, control, element, unit)
    if not found.records or not found.nearest.present:
        return _without_record(ground, found, subject)
    lines = list(_lines(ground, found, need))
    judged = all_of(
        lines,
        kind=Kind.CONTROL,
        subject=subject,
        at=unit,
        day=ground.day,
        facts=tuple(record.key for record in found.records),
        said=_identity(found),
    )
    if found.from_wider and judged.standing is UNMET:
        return _wider_short(judged, found)
    return judged


def _excluded(ground: Ground, control: Control, unit: str) -> frozenset[str]:
    terms = ground.catalogue.terms.lists.get(control.by)
    return ground.excluded(unit) if terms and terms.profiled else frozenset()


def _without_record(ground: Ground, found: Layers, subject: str) -> Finding:
    absent = found.nearest if found.records else None
    at = absent.at if absent else _where_to_record(ground, found)
    return leaf(
        Kind.CONTROL,
        subject,
        found.unit,
        UNMET if absent else UNKNOWN,
        "recorded-absent" if absent else "never-recorded",
        ground.day,
        good_until=found.good_until,
        facts=(absent.key,) if absent else (),
        mend=Mend(
            key=action_key(found, at),
            deed="record-control",
            at=at,
            control=found.control.key,
            element=found.element,
            record=absent.key if absent else "",
        ),
        since=absent.since.isoformat() if absent else "",
    )


def _where_to_record(ground: Ground, found: Layers) -> str:
    """Where one record serves most: the organisation for what is inherited in full, the unit itself otherwise."""
    return ground.snapshot.layers(found.unit)[-1] if found.control.inherits is Inherits.FULL else found.unit


def _identity(found: Layers) -> tuple[tuple[str, str], ...]:
    nearest = found.nearest
    words = [("since", nearest.since.isoformat()), ("record", nearest.key), ("recorded_at", nearest.at)]
    if found.from_wider:
        words.append(("kept_for", found.kept_for))
    return tuple(words)


def _lines(ground: Ground, found: Layers, need: ControlNeed) -> Iterator[Finding]:
    kinds = need.shown if need.shown is not None else found.control.shown
    bounds = dict(need.bounds)
    recurring = found.control.mode is Mode.RECURRING
    for kind in kinds:
        yield judge_shown(ground, found, kind)
    if need.assurance == "verified":
        interval = asked_interval(found, bounds.get(INTERVAL)) if recurring else None
        looks = (judge_verified(ground, found, kind, interval) for kind in kinds)
        yield from (look for look in looks if look is not None)
    if need.by:
        yield _judge_keeper(ground, found, need.by)
    for parameter, bound in bounds.items():
        if not (recurring and parameter == INTERVAL):
            yield judge_bound(ground, found, found.control.parameters[parameter], bound)
    if recurring:
        yield judge_interval(ground, found, bounds.get(INTERVAL))
        if (triggered := judge_triggers(ground, found)) is not None:
            yield triggered
    if found.control.mode in _BY_EVENT and Shown.OPERATION in kinds:
        yield judge_sample(ground, found, need.share)


def _judge_keeper(ground: Ground, found: Layers, allowed: tuple[str, ...]) -> Finding:
    """Who keeps the control must be one of those the row allows."""
    nearest = found.nearest
    within = nearest.kept_by.value in allowed
    return leaf(
        Kind.BOUND,
        f"{found.control.key}.kept-by",
        found.unit,
        MET if within else UNMET,
        "within-bound" if within else "short-of-bound",
        ground.day,
        good_until=found.good_until,
        facts=(nearest.key,),
        mend=Mend(action_key(found, nearest.at), "record-value", nearest.at, found.control.key, record=nearest.key),
        parameter="kept by",
        asked=", ".join(allowed),
        recorded=nearest.kept_by.value,
    )


def _wider_short(judged: Finding, found: Layers) -> Finding:
    """A wider element's short record says nothing certain about the narrower one."""
    at = found.unit
    return replace(
        judged,
        standing=UNKNOWN,
        at_best=MET,
        code="wider-record-short",
        mend=Mend(f"{found.control.key}[{found.element}]@{at}", "record-control", at, found.control.key, found.element),
    )
