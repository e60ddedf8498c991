"""Tables of what shows a control in place: evidence, samples, occurrences and what asked for it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.records.catalogue import Mode
from safeconduct.core.records.in_place import By, ControlInPlace, Evidence, Occurrence, Sample, Trigger
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Due, Link, Quiet, Several

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.controls.pages.reader import Reader

_EVENT_MODES = (Mode.PER_EVENT, Mode.ON_TRIGGER)


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its title, its rows, what to say when there are none, and what can be done."""

    title: str
    anchor: str
    table: Table | None
    empty: str
    buttons: tuple[Button, ...]
    facts: Sequence[tuple[str, Shown]] = ()


def parts(reader: Reader, record: ControlInPlace) -> list[Part]:
    """The sections that this control's mode calls for; others only where something is recorded in them."""
    return list(_parts(reader, record))


def _parts(reader: Reader, record: ControlInPlace) -> Iterator[Part]:
    mode, snapshot = reader.control(record).mode, reader.snapshot
    samples, done = snapshot.samples.get(record.key, ()), snapshot.done.get(record.key, ())
    if mode in _EVENT_MODES or samples:
        yield _samples(reader, record, samples)
    if mode is Mode.RECURRING or done:
        yield _occurrences(reader, record, done)
    yield _evidence(reader, record, snapshot.evidence.get(record.key, ()))
    triggers = snapshot.triggers.get((record.control, record.at), ())
    if triggers:
        yield _triggers(reader, record, triggers)


def _button(reader: Reader, section: str, record: ControlInPlace, words: str, name: str) -> tuple[Button, ...]:
    return (Button(words, address(name, record.key)),) if reader.may(section, record) else ()


def _evidence(reader: Reader, record: ControlInPlace, evidence: Sequence[Evidence]) -> Part:
    rows = [
        Row(
            (
                _paper(one),
                ", ".join(kind.value for kind in one.shows),
                one.from_,
                _end(one, evidence, reader.day),
                _looked(one.by),
                _correct(reader, record, "evidence", one.key),
            )
        )
        for one in sorted(evidence, key=lambda one: (one.to, one.key), reverse=True)
    ]
    columns = (Column("What"), Column("Shows"), Column("Covers from"), Column("Until"), Column("By"), Column("Record"))
    return Part(
        "Evidence",
        "evidence",
        Table(columns, rows) if rows else None,
        "No evidence is attached to this record.",
        _button(reader, "evidence", record, "Attach evidence", "controls:attach"),
    )


def _paper(one: Evidence) -> Shown:
    title = one.title or one.document or "evidence"
    if one.file is None:
        return Link(title, note=one.document if one.title else "")
    return Link(title, address("controls:file", one.file.sha256), note=Several((one.file.name, one.document), ", "))


def _end(one: Evidence, evidence: Sequence[Evidence], day: date) -> Shown:
    """Its last day; late where nothing newer shows the same."""
    followed = any(other.to > one.to and set(other.shows) >= set(one.shows) for other in evidence)
    return Due(one.to, day) if one.to < day and not followed else one.to


def _looked(by: By) -> Shown:
    return "somebody else" if by is By.OTHER else Quiet("its owner")


def _correct(reader: Reader, record: ControlInPlace, section: str, key: str) -> Shown:
    """A quiet way to put the record right or to withdraw it."""
    back = {"back": address("controls:in-place", record.key)}
    url = address("registers:change", section, key, query=back)
    return Link("Put right", url) if url and reader.may(section, record) else None


_SAMPLE_COLUMNS = (
    Column("From", subject=True),
    Column("To"),
    Column("Events", numeric=True),
    Column("Checked", numeric=True),
    Column("Conform", numeric=True),
    Column("Found"),
    Column("Record"),
)


def _samples(reader: Reader, record: ControlInPlace, samples: Sequence[Sample]) -> Part:
    rows = [Row((*_counts(one), one.note or None, _sample_deed(reader, record, one))) for one in reversed(samples)]
    buttons = _button(reader, "samples", record, "Record a sample", "controls:sample")
    words = "Change the sampling plan" if record.plan else "Set the sampling plan"
    return Part(
        "Samples",
        "samples",
        Table(_SAMPLE_COLUMNS, rows, "An event conforms when it was done as the values say.") if rows else None,
        "No event has been checked.",
        buttons + _button(reader, "in_place", record, words, "controls:plan"),
        _plan(record),
    )


def _counts(sample: Sample) -> tuple[Shown, ...]:
    return sample.from_, sample.to, sample.population, sample.checked, sample.conforming


def _plan(record: ControlInPlace) -> Sequence[tuple[str, Shown]]:
    plan = record.plan
    if plan is None:
        return (("Sampling plan", Quiet("none: nothing says how often and how many")),)
    number = f"every {plan.every}, at least {plan.at_least}, {plan.tolerate} must conform"
    return (("Sampling plan", number), ("Why", plan.why))


def _sample_deed(reader: Reader, record: ControlInPlace, sample: Sample) -> Shown:
    short = sample.checked - sample.conforming
    running = reader.snapshot.actions.get(sample.key, ())
    if short and not running and reader.today and reader.viewer.may_record("corrective_actions"):
        query = {"mends": sample.key, "back": address("controls:in-place", record.key)}
        if url := address("registers:new", "corrective_actions", query=query):
            return Link("Open a corrective action", url)
    return _correct(reader, record, "samples", sample.key)


def _occurrences(reader: Reader, record: ControlInPlace, done: Sequence[Occurrence]) -> Part:
    rows = [
        Row((one.on, _looked(one.by), one.note or None, _correct(reader, record, "done", one.key)))
        for one in reversed(done)
    ]
    columns = (Column("Done on"), Column("By"), Column("Result"), Column("Record"))
    buttons = _button(reader, "done", record, "Record when it was done", "controls:occurrence")
    if reader.today and reader.viewer.may_record_at("triggers", record.at):
        query = {"control": record.control, "at": record.at, "back": address("controls:in-place", record.key)}
        buttons += (Button("Something asks for it again", address("controls:trigger", query=query)),)
    return Part("Done", "done", Table(columns, rows) if rows else None, "It was never recorded as done.", buttons)


def _triggers(reader: Reader, record: ControlInPlace, triggers: Sequence[Trigger]) -> Part:
    rows = [
        Row(
            (
                one.on,
                one.kind.replace("-", " ") or None,
                one.note or None,
                _correct(reader, record, "triggers", one.key),
            )
        )
        for one in sorted(triggers, key=lambda one: one.on, reverse=True)
    ]
    columns = (Column("On"), Column("Kind"), Column("What happened"), Column("Record"))
    return Part("What asked for it again", "triggers", Table(columns, rows), "", ())
