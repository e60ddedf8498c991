"""Whether a control that works event by event did work: population, sample, conforming share.

"Conforming" means conforming to the values of the record; the values themselves meet the bounds, so a clean sample
of the wrong seal stays wrong. On-trigger controls are judged alike: the triggering events of the period are the
population, a response within the deadline conforms.

Source: catalogue language, section 7.5. Beyond it: where no sampling plan says how often, a sample stays fresh for one
more period of its own length (docs/decisions/0005-rules-settled.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from safeconduct.core.dates import Duration, DurationUnit, add, day_after, good_until
from safeconduct.core.judgement import (
    MET,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Kind,
    Mend,
    Standing,
    leaf,
)
from safeconduct.core.quantities import Percent, read_percent
from safeconduct.core.records.history import CorrectiveAction
from safeconduct.core.records.in_place import Sample, SamplingPlan, Shown
from safeconduct.core.records.needs import Bound
from safeconduct.core.standing.ground import Ground, own_duration
from safeconduct.core.standing.layers import Layers
from safeconduct.core.standing.shown import action_key

_WHOLE = Decimal(100)


def judge_sample(ground: Ground, layers: Layers, share: Bound | None) -> Finding:
    """Judge the last sample finished by the day against the issuer's share, or the own sampling plan.

    Of several that end on one day, the one that speaks worst.
    """
    samples = [
        sample for record in layers.showing(Shown.OPERATION) for sample in ground.snapshot.samples.get(record.key, ())
    ]
    changes = [*layers.changes, *(sample.to for sample in samples)]
    finished = [sample for sample in samples if sample.to <= ground.day]
    if not finished:
        return _finding(ground, layers, UNKNOWN, "nothing-checked", good_until(ground.day, changes))
    plan = sampling_plan(layers)
    latest = max(sample.to for sample in finished)
    judged = [(_judge(ground, one, plan, share, changes), one) for one in finished if one.to == latest]
    verdict, last = min(judged, key=lambda one: one[0][0].rank)
    return _finding(ground, layers, *verdict, good_until(ground.day, changes), last, plan)


def sampling_plan(layers: Layers) -> SamplingPlan | None:
    """The sampling plan nearest to the unit, or None."""
    return next((record.plan for record in layers.records if record.plan), None)


def _judge(
    ground: Ground, sample: Sample, plan: SamplingPlan | None, share: Bound | None, changes: list[date]
) -> tuple[Standing, str]:
    """The standing and code; days on which it may change are added to `changes`."""
    if sample.population == 0:
        return _not_older(ground, sample, plan, (MET, "no-event-in-period"), changes)
    if sample.checked == 0:
        return UNKNOWN, "nothing-checked"
    if share is not None and isinstance(share.value, Percent):
        return _not_older(ground, sample, plan, _against_share(sample, share.value, share.partly_at), changes)
    if plan is None:
        return (UNMET, "none-conforms") if sample.conforming == 0 else (PARTLY, "sample-plan-not-set")
    readings = [_conforming(ground, sample, plan, changes)]
    if sample.checked < min(plan.at_least, sample.population):
        readings.append((PARTLY, "sample-too-small"))
    return _not_older(ground, sample, plan, _lowest(readings), changes)


def _against_share(sample: Sample, share: Percent, partly_at: object) -> tuple[Standing, str]:
    conforming = Decimal(sample.conforming) * 100 / sample.checked
    if conforming < share.value:
        graded = isinstance(partly_at, Percent) and conforming >= partly_at.value
        return (PARTLY, "issuer-partial") if graded else (UNMET, "share-short")
    if share.value == _WHOLE and sample.checked < sample.population:
        return UNKNOWN, "not-all-checked"
    return MET, "share-reached"


def _conforming(ground: Ground, sample: Sample, plan: SamplingPlan, changes: list[date]) -> tuple[Standing, str]:
    if sample.conforming == 0:
        return UNMET, "none-conforms"
    if sample.conforming == sample.checked:
        return MET, "all-conform"
    tolerated = read_percent(plan.tolerate).value
    in_time = Decimal(sample.conforming) * 100 / sample.checked >= tolerated
    if in_time and all_in_action(ground, (sample.key,), changes):
        return MET, "nonconformities-in-action"
    return PARTLY, "nonconformities-open"


def _not_older(
    ground: Ground,
    sample: Sample,
    plan: SamplingPlan | None,
    reading: tuple[Standing, str],
    changes: list[date],
) -> tuple[Standing, str]:
    """The reading while the sample is fresh: as long as the plan says, else for one more period of its own length."""
    fresh_to = last_fresh_day(sample, plan)
    changes.append(day_after(fresh_to))
    return reading if ground.day <= fresh_to else _lowest([reading, (PARTLY, "check-overdue")])


def last_fresh_day(sample: Sample, plan: SamplingPlan | None) -> date:
    """The last day on which a sample still speaks for the present."""
    every = own_duration(plan.every) if plan else None
    if every is not None:
        return add(sample.to, every)
    length_days = (sample.to - sample.from_).days + 1
    return add(sample.to, Duration(length_days, DurationUnit.DAYS))


def _lowest(readings: Iterable[tuple[Standing, str]]) -> tuple[Standing, str]:
    return min(readings, key=lambda reading: reading[0].rank)


def all_in_action(ground: Ground, about: Iterable[str], changes: list[date]) -> bool:
    """Whether a corrective action runs (or is closed) for each thing, none past its due day.

    An action may mend the thing itself or a finding raised about it. Days of change are added to `changes`.
    """
    return all(_in_action(ground, thing, changes) for thing in about)


def _in_action(ground: Ground, thing: str, changes: list[date]) -> bool:
    raised = [one.key for one in ground.snapshot.raised_about.get(thing, ()) if one.on <= ground.day]
    actions = [action for key in (thing, *raised) for action in ground.snapshot.actions.get(key, ())]
    opened = [action for action in actions if action.opened <= ground.day]
    changes += [one.on for one in ground.snapshot.raised_about.get(thing, ())]
    for action in actions:
        changes += [action.opened, day_after(action.due), *([action.closed] if action.closed else [])]
    attended = {action.mends for action in opened}
    return bool(opened) and attended >= set(raised) and all(in_time(action, ground.day) for action in opened)


def in_time(action: CorrectiveAction, day: date) -> bool:
    """Whether an action is closed by the day or still inside its due day."""
    return (action.closed is not None and action.closed <= day) or day <= action.due


def _finding(
    ground: Ground,
    layers: Layers,
    standing: Standing,
    code: str,
    until: date,
    sample: Sample | None = None,
    plan: SamplingPlan | None = None,
) -> Finding:
    speaking = layers.showing(Shown.OPERATION)
    record = speaking[0] if speaking else None
    at = record.at if record else layers.unit
    params: dict[str, str] = {}
    if sample:
        params |= {
            "population": str(sample.population),
            "checked": str(sample.checked),
            "conforming": str(sample.conforming),
            "since": sample.from_.isoformat(),
            "until": sample.to.isoformat(),
            "findings": str(sample.checked - sample.conforming),
            "sample": sample.key,
            "due": last_fresh_day(sample, plan).isoformat(),
        }
    if plan:
        params |= {"every": plan.every, "at_least": str(plan.at_least), "tolerate": plan.tolerate}
    deeds = {"sample-plan-not-set": "set-target", "nonconformities-open": "open-action"}
    mend = Mend(
        key=action_key(layers, at),
        deed=deeds.get(code, "record-sample") if record else "record-control",
        at=at,
        control=layers.control.key,
        element=layers.kept_for,
        record=record.key if record else "",
        detail=sample.key if sample and code == "nonconformities-open" else "plan",
    )
    return leaf(
        Kind.SAMPLE,
        f"{layers.control.key}/sample",
        layers.unit,
        standing,
        code,
        ground.day,
        good_until=until,
        facts=(sample.key,) if sample else (),
        mend=mend,
        **params,
    )
