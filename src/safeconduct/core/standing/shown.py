"""What evidence shows on a day: design, operation, effect.

Source: catalogue language, section 7.2 line 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import covers, day_after, good_until, shifted
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, Finding, Kind, Mend, Standing, leaf
from safeconduct.core.records.catalogue import Inherits
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Shown
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
    key = ("shown", layers.control.key, layers.element, layers.unit, kind)
    return ground.once(key, lambda: _judge(ground, layers, kind))


def _judge(ground: Ground, layers: Layers, kind: Shown) -> Finding:
    speaking = layers.showing(kind)
    evidence = tuple(evidence_of(ground, speaking, kind))
    done = list(_done(ground, speaking)) if kind is Shown.OPERATION else []
    readings = [_read(item, ground.day) for item in evidence if item.from_ <= ground.day]
    changes = list(_changes(ground, speaking, evidence, kind))
    until = min(layers.good_until, good_until(ground.day, changes))
    subject = f"{layers.control.key}/{kind.value}"
    if done:
        return leaf(
            Kind.EVIDENCE,
            subject,
            layers.unit,
            MET,
            "shown",
            ground.day,
            facts=(done[-1].key,),
            good_until=until,
            shows=kind.value,
            since=done[-1].since.isoformat(),
            until=done[-1].until.isoformat(),
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
        mend=None if best.standing is MET else attach_mend(layers, kind),
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
        mend=attach_mend(layers, kind),
        shows=kind.value,
        record=layers.nearest.key,
    )


def attach_mend(layers: Layers, kind: Shown) -> Mend:
    """Attach evidence of a kind where it would count for the unit; first record the control there if need be."""
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
    covered = (evidence.to - evidence.from_).days + 1
    return shifted(evidence.to, covered + 1)


def evidence_of(ground: Ground, records: Iterable[ControlInPlace], kind: Shown) -> Iterator[Evidence]:
    """The evidence of some records that shows a kind, of any day."""
    for record in records:
        for item in ground.snapshot.evidence.get(record.key, ()):
            if kind in item.shows:
                yield item


@dataclass(frozen=True)
class _Doing:
    key: str
    since: date
    until: date


def _done(ground: Ground, records: Iterable[ControlInPlace]) -> Iterator[_Doing]:
    """Occurrences and samples finished by the day."""
    for record in records:
        for occurrence in ground.snapshot.done.get(record.key, ()):
            if occurrence.on <= ground.day:
                yield _Doing(occurrence.key, occurrence.on, occurrence.on)
        for sample in ground.snapshot.samples.get(record.key, ()):
            if sample.to <= ground.day:
                yield _Doing(sample.key, sample.from_, sample.to)


def _changes(
    ground: Ground, records: Iterable[ControlInPlace], evidence: Iterable[Evidence], kind: Shown
) -> Iterator[date]:
    for item in evidence:
        yield item.from_
        yield day_after(item.to)
        yield _stale_from(item)
    if kind is Shown.OPERATION:
        for record in records:
            yield from (occurrence.on for occurrence in ground.snapshot.done.get(record.key, ()))
            yield from (sample.to for sample in ground.snapshot.samples.get(record.key, ()))
