"""A world that is supposed: some controls do not stand where they do, others stand where they don't.

A control that is supposed away is recorded as absent there, one that is supposed to stand as present, and all is judged
anew; what the latter is short of then (its values, what shows it) counts as cured. Both hold at a unit and at all that
lies below it. Where one and the same is supposed both ways, it stands. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from safeconduct.core.judgement import MET, NOT_APPLICABLE, Finding
from safeconduct.core.planning.actions import if_cured
from safeconduct.core.posture import ProgrammeJudgement, Question, RowJudgement, judge_programme, judge_row
from safeconduct.core.posture.programme import judgement_of
from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.core.risk.effect import Counted
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.core.standing.layers import layers

type Placed = tuple[str, str]
"""A control and the unit from which on down it is meant; the organisation means everywhere."""
SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed: controls taken away, and controls that stand."""

    off: frozenset[Placed] = frozenset()
    on: frozenset[Placed] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is supposed at all."""
        return bool(self.off or self.on)


def counting_supposed(snapshot: Snapshot, supposed: Supposed) -> Callable[[Counted], float]:
    """How countermeasures count in the supposed world: wholly, not at all, else as they stand."""

    def counting(one: Counted) -> float:
        control = one.measure.need.control
        if one.finding.standing is NOT_APPLICABLE:
            return one.counts
        if _holds(snapshot, supposed.on, control, one.at):
            return 1.0
        return 0.0 if _holds(snapshot, supposed.off, control, one.at) else one.counts

    return counting


def risks_if(judged: AssessedRisks, snapshot: Snapshot, supposed: Supposed) -> AssessedRisks:
    """The risks in the supposed world.

    Those that it touches lose what persons set by hand: that was told of the world as it is. Their findings, which tell
    of the real one, stay.
    """
    counting = counting_supposed(snapshot, supposed)
    return replace(judged, risks=tuple(_risk_if(judged, one, counting) for one in judged.risks))


def touched(before: AssessedRisks, after: AssessedRisks) -> tuple[RiskJudgement, ...]:
    """The risks of the supposed world in which some countermeasure counts otherwise, the gravest first."""
    real = {one.risk.key: one for one in before.risks}
    return tuple(one for one in after.by_priority if one.levels is not real[one.risk.key].levels)


def _risk_if(judged: AssessedRisks, one: RiskJudgement, counting: Callable[[Counted], float]) -> RiskJudgement:
    measures = tuple(replace(each, counts=counting(each)) for each in one.measures)
    if one.levels is None or all(new.counts == old.counts for new, old in zip(measures, one.measures, strict=True)):
        return one
    levels = replace(one.levels, measures=measures, overrides=())
    above = judged.rating.exceeds(judged.matrix, levels.current.cell.result, judged.assessment.bearable)
    return replace(one, measures=measures, levels=levels, above=above)


def programmes_if(
    ground: Ground, programmes: Sequence[ProgrammeJudgement], supposed: Supposed
) -> tuple[ProgrammeJudgement, ...]:
    """The programmes, judged on the day of the ground, as they would be judged in the supposed world.

    What is supposed to stand promises no more than is sure: a row that also rests on another thing stays open. Rows
    that ask something only where a control stands come to apply with it, and cease to without it.
    """
    if not supposed:
        return tuple(programmes)
    snapshot = with_records(replace(ground, snapshot=without(ground.snapshot, supposed.off, ground.day)), supposed.on)
    other = Ground(snapshot, ground.catalogue, ground.day)
    controls = {control for control, _ in (*supposed.off, *supposed.on)}
    judged = [_judged_anew(ground, other, one, controls) for one in programmes]
    return tuple(_with_controls(ground.snapshot, one, supposed.on) for one in judged)


def _judged_anew(ground: Ground, other: Ground, judged: ProgrammeJudgement, controls: Set[str]) -> ProgrammeJudgement:
    """The programme on another ground; rows that have nothing to do with the controls stay as they are."""
    if not controls.isdisjoint(ground.catalogue.terms.own_targets.values()):
        return judge_programme(other, judged.programme, judged.enrolment)
    rows = [
        judge_row(Question(other, row.unit, judged.programme, judged.enrolment), row.requirement)
        if _concerns(ground, row, controls)
        else row
        for row in judged.rows
    ]
    return judgement_of(judged.programme, judged.enrolment, judged.day, rows)


def _concerns(ground: Ground, row: RowJudgement, controls: Set[str]) -> bool:
    """Whether a row names one of the controls: in what it asks and under which conditions, or in its because."""
    words = ground.once(("words of", row.requirement.key, row.programme), lambda: frozenset(_words(row.requirement)))
    if not controls.isdisjoint(words):
        return True
    found = (node for part in (row.finding, *row.should_parts) for node in part.walk())
    return any(
        (node.mend is not None and node.mend.control in controls) or _control(node) in controls for node in found
    )


def _control(finding: Finding) -> str:
    """The control a finding is about, where it is about one: the subject without its element or part."""
    return finding.subject.partition("[")[0].partition("/")[0].partition(".")[0]


def _words(value: Any) -> Iterator[str]:
    """Every word inside a record of the catalogue."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from (word for one in fields(value) for word in _words(getattr(value, one.name)))
    elif isinstance(value, Mapping):
        yield from (word for pair in value.items() for word in _words(pair))
    elif isinstance(value, Sequence | Set):
        yield from (word for one in value for word in _words(one))


def with_records(ground: Ground, on: Iterable[Placed]) -> Snapshot:
    """The facts of a ground where some controls are recorded at a unit and at all below it, with nothing more told."""
    records = {one.key: one for one in ground.snapshot.facts.in_place}
    fresh = replace(ground, remembered={})
    for control, top in sorted(on):
        for unit in (one for one in _units(ground.snapshot) if top in ground.snapshot.layers(one)):
            for record in _recorded(fresh, control, unit):
                records[record.key] = record
    return Snapshot(replace(ground.snapshot.facts, in_place=tuple(records.values())))


def _units(snapshot: Snapshot) -> tuple[str, ...]:
    return (snapshot.facts.organisation.key, *snapshot.units)


def _recorded(ground: Ground, control: str, unit: str) -> Iterator[ControlInPlace]:
    """For each element that nothing says is there: what is recorded as absent now stands, else a new record."""
    entry = ground.catalogue.controls[control]
    terms = ground.catalogue.terms.lists.get(entry.by)
    for element in terms.elements if terms else ("",):
        found = layers(ground, entry, element, unit)
        if found.own is not None and not found.own.present:
            yield replace(found.own, present=True)
        elif not found.records or not found.nearest.present:
            key = f"{SUPPOSED}-{control}-{element}-{unit}"
            yield ControlInPlace(key=key, control=control, at=unit, for_=element, since=ground.day)


def without(snapshot: Snapshot, off: Iterable[Placed], day: date) -> Snapshot:
    """The facts where some controls are recorded as absent from a unit on down, whatever stands there or above."""
    records, added = list(snapshot.facts.in_place), []
    for control, unit in sorted(off):
        records = [_absent(one, snapshot, control, unit) for one in records]
        added += list(_hiding(snapshot, control, unit, day))
    return Snapshot(replace(snapshot.facts, in_place=(*records, *added)))


def _absent(record: ControlInPlace, snapshot: Snapshot, control: str, unit: str) -> ControlInPlace:
    inside = record.control == control and unit in snapshot.layers(record.at)
    return replace(record, present=False, until=None) if inside else record


def _hiding(snapshot: Snapshot, control: str, unit: str, day: date) -> Iterator[ControlInPlace]:
    """Records of absence that hide what comes down to the unit from above, one for each element on record there."""
    above = set(snapshot.layers(unit)) - {unit}
    inherited = {one.for_ for one in snapshot.facts.in_place if one.control == control and one.at in above}
    begun = (one for one in snapshot.facts.in_place if one.since <= day)
    own = {one.for_ for one in begun if one.control == control and one.at == unit}
    for element in sorted(inherited - own):
        key = f"{SUPPOSED}-{control}-{element}-{unit}"
        yield ControlInPlace(key=key, control=control, at=unit, for_=element, since=day, present=False)


def _with_controls(snapshot: Snapshot, judged: ProgrammeJudgement, on: frozenset[Placed]) -> ProgrammeJudgement:
    def cured(finding: Finding) -> bool:
        mend = finding.mend
        return mend is not None and _holds(snapshot, on, mend.control, finding.at)

    rows = [_row_if(row, cured) for row in judged.rows]
    return judgement_of(judged.programme, judged.enrolment, judged.day, rows)


def _row_if(row: RowJudgement, cured: Callable[[Finding], bool]) -> RowJudgement:
    after = if_cured(row.finding, cured)
    if after is row.finding.standing:
        return row
    at_best = row.finding.at_best if after is not MET else MET
    return replace(row, finding=replace(row.finding, standing=after, at_best=at_best))


def _holds(snapshot: Snapshot, placed: frozenset[Placed], control: str, at: str) -> bool:
    """Whether a control is meant at a unit, there or from above."""
    return any((control, unit) in placed for unit in snapshot.layers(at))
