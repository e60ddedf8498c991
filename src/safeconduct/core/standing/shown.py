"""What evidence shows on a day: design, operation, effect; and whether somebody else verified it.

Source: catalogue language, section 7.2 lines 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.dates import FOREVER, covers, day_after, good_until
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, Finding, Kind, Mend, Standing, leaf
from safeconduct.core.records.catalogue import Inherits
from safeconduct.core.records.in_place import By, ControlInPlace, Evidence, Shown
from safeconduct.core.standing.ground import Ground
from safeconduct.core.standing.layers import Layers


@dataclass(frozen=True)
class _Reading:
    standing: Standing
    code: str
    evidence: Evidence


def judge_shown(ground: Ground, layers: Layers, kind: Shown) -> Finding:
    """Judge whether one kind is shown at the unit on the day.

    Evidence counts on its first and last day; then it is PARTLY for as long as it had covered, then UNKNOWN. An
    occurrence or sample shows operation for good: only the rules of recurring and per-event controls age it.
    """
    speaking = layers.showing(kind)
    done = list(_done(ground, speaking)) if kind is Shown.OPERATION else []
    readings = [_read(item, ground.day) for item in _evidence(ground, speaking, kind) if item.from_ <= ground.day]
    changes = list(_changes(ground, layers, kind))
    until = good_until(ground.day, changes)
    subject = f"{layers.control.key}/{kind.value}"
    if done:
        return leaf(
            Kind.EVIDENCE,
            subject,
            layers.unit,
            MET,
            "shown",
            ground.day,
            facts=done[-1:],
            shows=kind.value,
            good_until=until,
        )
    if not readings:
        return _never(ground, layers, kind, until)
    best = max(readings, key=lambda reading: (reading.standing.rank, reading.evidence.to))
    return leaf(
        Kind.EVIDENCE,
        subject,
        layers.unit,
        best.standing,
        best.code,
        ground.day,
        good_until=until,
        facts=(best.evidence.key,),
        mend=_mend(layers, kind),
        shows=kind.value,
        title=best.evidence.title,
        since=best.evidence.from_.isoformat(),
        until=best.evidence.to.isoformat(),
        record=best.evidence.of,
    )


def _never(ground: Ground, layers: Layers, kind: Shown, until: date) -> Finding:
    inherited = kind is Shown.OPERATION and layers.control.inherits is Inherits.PROCEDURE and layers.own is None
    code = "operation-not-shown" if inherited else "claimed"
    return leaf(
        Kind.EVIDENCE,
        f"{layers.control.key}/{kind.value}",
        layers.unit,
        UNKNOWN,
        code,
        ground.day,
        good_until=until,
        mend=_mend(layers, kind),
        shows=kind.value,
        record=layers.nearest.key,
    )


def _mend(layers: Layers, kind: Shown) -> Mend:
    speaking = layers.showing(kind)
    record = speaking[0] if speaking else None
    at = record.at if record else layers.unit
    return Mend(
        key=action_key(layers, at),
        deed="attach-evidence" if record else "record-control",
        at=at,
        control=layers.control.key,
        element=layers.kept_for,
        record=record.key if record else "",
        detail=kind.value,
    )


def action_key(layers: Layers, at: str) -> str:
    """One name for everything that brings this control in order at one place."""
    element = f"[{layers.kept_for}]" if layers.kept_for else ""
    return f"{layers.control.key}{element}@{at}"


def _read(evidence: Evidence, day: date) -> _Reading:
    if covers(day, evidence.from_, evidence.to):
        return _Reading(MET, "shown", evidence)
    if day < _stale_from(evidence):
        return _Reading(PARTLY, "evidence-lapsed", evidence)
    return _Reading(UNKNOWN, "evidence-stale", evidence)


def _stale_from(evidence: Evidence) -> date:
    """The first day on which it has been over for longer than it had covered."""
    covered = evidence.to - evidence.from_ + timedelta(days=1)
    try:
        return evidence.to + covered + timedelta(days=1)
    except OverflowError:
        return FOREVER


def _evidence(ground: Ground, records: Iterable[ControlInPlace], kind: Shown) -> Iterator[Evidence]:
    for record in records:
        for item in ground.snapshot.evidence.get(record.key, ()):
            if kind in item.shows:
                yield item


def _done(ground: Ground, records: Iterable[ControlInPlace]) -> Iterator[str]:
    """Keys of occurrences and samples finished by the day."""
    for record in records:
        for occurrence in ground.snapshot.done.get(record.key, ()):
            if occurrence.on <= ground.day:
                yield occurrence.key
        for sample in ground.snapshot.samples.get(record.key, ()):
            if sample.to <= ground.day:
                yield sample.key


def _changes(ground: Ground, layers: Layers, kind: Shown) -> Iterator[date]:
    yield from layers.changes
    records = layers.showing(kind)
    for item in _evidence(ground, records, kind):
        yield item.from_
        yield day_after(item.to)
        yield _stale_from(item)
    if kind is Shown.OPERATION:
        for record in records:
            yield from (occurrence.on for occurrence in ground.snapshot.done.get(record.key, ()))
            yield from (sample.to for sample in ground.snapshot.samples.get(record.key, ()))


def judge_verified(ground: Ground, layers: Layers, kinds: Iterable[Shown]) -> Finding | None:
    """PARTLY `not-verified` where what shows the control on the day was looked at by its owner only.

    None where nothing covers the day at all: then the missing evidence speaks for itself.
    """
    for kind in kinds:
        lookers, changes = _lookers(ground, layers, kind)
        if lookers and By.OTHER not in lookers:
            return leaf(
                Kind.EVIDENCE,
                f"{layers.control.key}/verified",
                layers.unit,
                PARTLY,
                "not-verified",
                ground.day,
                good_until=good_until(ground.day, changes),
                mend=_mend(layers, kind),
                shows=kind.value,
                record=layers.nearest.key,
            )
    return None


def _lookers(ground: Ground, layers: Layers, kind: Shown) -> tuple[set[By], list[date]]:
    records = layers.showing(kind)
    lookers = {item.by for item in _evidence(ground, records, kind) if covers(ground.day, item.from_, item.to)}
    if kind is Shown.OPERATION:
        for record in records:
            lookers |= {one.by for one in ground.snapshot.done.get(record.key, ()) if one.on <= ground.day}
            lookers |= {one.by for one in ground.snapshot.samples.get(record.key, ()) if one.to <= ground.day}
    return lookers, list(_changes(ground, layers, kind))
