"""Reads controls in place and what shows them as the viewer sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safeconduct.core.assess import Assessment, assess
from safeconduct.core.dates import covers
from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import Finding, Kind
from safeconduct.core.posture import RowJudgement, narrowed
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.standing import Ground, judge_control
from safeconduct.server.journal.currency import judged_further
from safeconduct.server.journal.reading import seen, seen_one

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.in_place import (
        Attachment,
        ControlInPlace,
        Evidence,
        Occurrence,
        Sample,
        Trigger,
    )
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer


def controls_seen(viewer: Viewer) -> tuple[ControlInPlace, ...]:
    """Controls in place by key."""
    return seen(viewer, "in_place")


def control_seen(viewer: Viewer, key: str) -> ControlInPlace:
    """One control in place. Raises UnknownKey for what the viewer does not see."""
    record: ControlInPlace = seen_one(viewer, "in_place", key)
    return record


def evidence_seen(viewer: Viewer) -> tuple[Evidence, ...]:
    """Evidence by key."""
    return seen(viewer, "evidence")


def samples_seen(viewer: Viewer) -> tuple[Sample, ...]:
    """Samples by key."""
    return seen(viewer, "samples")


def occurrences_seen(viewer: Viewer) -> tuple[Occurrence, ...]:
    """Occurrences by key."""
    return seen(viewer, "done")


def triggers_seen(viewer: Viewer) -> tuple[Trigger, ...]:
    """Triggers by key."""
    return seen(viewer, "triggers")


def file_seen(viewer: Viewer, digest: str) -> Attachment:
    """The file of this content, when some evidence that the viewer sees keeps it. Raises UnknownKey otherwise."""
    for evidence in evidence_seen(viewer):
        if evidence.file is not None and evidence.file.sha256 == digest:
            return evidence.file
    raise UnknownKey("file", digest, ())


@dataclass(frozen=True, slots=True)
class Asking:
    """One row that asks something of a control at a unit, and what was found there."""

    row: RowJudgement
    finding: Finding


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on controls on a day, as the viewer sees it: rows by control, and by the fact they rest on.

    How single records stand is remembered: thousands of them are judged only when somebody asks for all.
    """

    ground: Ground
    by_control: Mapping[str, tuple[Asking, ...]]
    by_fact: Mapping[str, tuple[RowJudgement, ...]]
    records: dict[str, Finding] = field(default_factory=dict, repr=False, compare=False)

    def judged(self, record: ControlInPlace) -> Finding:
        """How a control in place stands where it is recorded, asked nothing but that it stands and is shown."""
        if record.key not in self.records:
            elements = (record.for_,) if record.for_ else ()
            need = ControlNeed(record.control, for_=elements)
            self.records[record.key] = judge_control(self.ground, need, record.at)
        return self.records[record.key]

    def on_record(self, key: str) -> tuple[RowJudgement, ...]:
        """The rows that rest on a control in place."""
        return self.by_fact.get(key, ())


def resting_of(viewer: Viewer, day: date) -> Resting:
    """What rests on controls on a day. One statement when nothing changed."""
    units = viewer.units if viewer.limited else None
    return judged_further(viewer, day, assess, ("resting", units), lambda whole: _resting_on(viewer, whole))


def _resting_on(viewer: Viewer, whole: Assessment) -> Resting:
    by_control: dict[str, list[Asking]] = defaultdict(list)
    by_fact: dict[str, dict[int, RowJudgement]] = defaultdict(dict)
    for row in _rows_seen(viewer, whole):
        for part in (row.finding, *row.should_parts):
            for finding in part.walk():
                for fact in finding.facts:
                    by_fact[fact][id(row)] = row
                if finding.kind is Kind.CONTROL and not any(one.kind is Kind.CONTROL for one in finding.because):
                    by_control[finding.subject.partition("[")[0]].append(Asking(row, finding))
    return Resting(
        whole.ground,
        {control: tuple(asking) for control, asking in by_control.items()},
        {fact: tuple(rows.values()) for fact, rows in by_fact.items()},
    )


def _rows_seen(viewer: Viewer, whole: Assessment) -> Iterator[RowJudgement]:
    for programme in whole.programmes:
        yield from (narrowed(programme, viewer.units) if viewer.limited else programme).rows


def in_force(snapshot: Snapshot, record: ControlInPlace, day: date) -> ControlInPlace | None:
    """The record that holds on the day for the same control, element and unit; None where none does."""
    begun = [one for one in snapshot.placed(record.control, record.for_, record.at) if one.since <= day]
    return begun[-1] if begun and covers(day, begun[-1].since, begun[-1].until) else None
