"""One control in place: how it stands and why, its values, what shows it, what rests on it, and its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, Finding
from safeconduct.core.planning import missing
from safeconduct.core.records.catalogue import Inherits, Mode
from safeconduct.core.sentences import sentence
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Quiet, Stamp, Verdict
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.controls.forms.recording import KEPT_BY
from safeconduct.server.controls.pages import showing_tables, tables
from safeconduct.server.controls.pages.reader import Reader, reader_on
from safeconduct.server.controls.pages.reasons import asked_about, mend_button, reading
from safeconduct.server.controls.queries import control_seen, in_force
from safeconduct.server.journal.addresses import journal_url

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Control
    from safeconduct.core.records.in_place import ControlInPlace

_MODES = {
    Mode.STANDING: "standing",
    Mode.RECURRING: "done again and again",
    Mode.PER_EVENT: "works event by event",
    Mode.ON_TRIGGER: "answers something that happens",
}
_INHERITS = {
    Inherits.NEVER: "counts at this place only",
    Inherits.PROCEDURE: "its rules come down, practice is shown at each unit",
    Inherits.FULL: "counts for all units below",
}

_USUAL = {
    Mode.RECURRING: ("done", "Record when it was done", "controls:occurrence"),
    Mode.PER_EVENT: ("samples", "Record a sample", "controls:sample"),
    Mode.ON_TRIGGER: ("samples", "Record a sample", "controls:sample"),
}


@dataclass(frozen=True)
class InPlace:
    """What the page of one record says."""

    record: ControlInPlace
    reader: Reader

    @property
    def control(self) -> Control:
        """The catalogue's entry."""
        return self.reader.control(self.record)

    @cached_property
    def now(self) -> ControlInPlace | None:
        """The record that holds at this place on the day."""
        return in_force(self.reader.snapshot, self.record, self.reader.day)

    @property
    def holds(self) -> bool:
        """Whether this record does."""
        return self.now is self.record

    @cached_property
    def finding(self) -> Finding | None:
        """How it stands by itself; None where it does not hold on the day."""
        return self.reader.finding(self.record) if self.holds else None

    def verdict(self) -> Verdict:
        """The head of the page."""
        title = f"Control in place: {self.reader.name(self.record)} · {self.reader.place(self.record.at).text}"
        stamps: tuple[Stamp, ...] = ()
        if self.finding is not None:
            stamps = (Stamp(self.finding.standing, self.reader.place(self.record.at).text, day_text(self.reader.day)),)
        return Verdict(tuple(self._sentences()), title, self._lead(), stamps, tuple(self._buttons())[:2])

    def _sentences(self) -> Iterator[str]:
        record, finding = self.record, self.finding
        if finding is None:
            yield self._not_now()
        elif not record.present:
            yield f"It does not stand here since {day_text(record.since)}."
        elif finding.standing is MET:
            yield "It stands and is shown."
            if finding.good_until < FOREVER:
                yield f"The proof holds until {day_text(finding.good_until)}."
        else:
            yield from dict.fromkeys(sentence(piece) for piece in list(missing(finding))[:2])

    def _not_now(self) -> str:
        record, day = self.record, self.reader.day
        if record.since > day:
            return f"Its values hold from {day_text(record.since)}."
        if self.now is not None:
            return f"Newer values hold since {day_text(self.now.since)}."
        return f"It stood until {day_text(record.until or day)}."

    def _lead(self) -> str:
        rows = self.reader.resting.on_record(self.record.key)
        if not rows:
            return "No requirement of your programmes rests on it on this day." if self.holds else ""
        requirements = len({row.requirement.key for row in rows})
        asked = counted(requirements, "requirement", "requirements")
        programmes = counted(len({row.programme for row in rows}), "programme", "programmes")
        units = counted(len({row.unit for row in rows}), "unit", "units")
        return f"{asked} of {programmes} at {units} {'rests' if requirements == 1 else 'rest'} on it."

    def _buttons(self) -> Iterator[Button]:
        key = self.record.key
        if self.now is not None and not self.holds:
            yield Button("See the newer record", address("controls:in-place", self.now.key))
            return
        first = mend_button(self.reader, self.record, self.finding) if self.finding else None
        if first is not None:
            yield first
        elif self.holds:
            yield from self._usual_deed()
        if self.reader.may("in_place", self.record) and self.holds:
            yield Button("Record new values", address("controls:change", key))

    def _usual_deed(self) -> Iterator[Button]:
        """What is recorded next of a control of this mode, all being well."""
        section, words, name = _USUAL.get(self.control.mode, ("evidence", "Attach evidence", "controls:attach"))
        if self.reader.may(section, self.record):
            yield Button(words, address(name, self.record.key))

    def boxes(self) -> tuple[Box, ...]:
        """The identity of the record."""
        record, control = self.record, self.control
        return (
            Box("Control", Link(control.title, address("controls:control", control.key)), _MODES[control.mode]),
            Box("Where", self.reader.place(record.at), _INHERITS[control.inherits]),
            Box("Since", record.since, self._until()),
            Box("Owner", record.owner or Quiet("nobody named")),
            Box("Kept by", KEPT_BY[record.kept_by.value]),
            Box("Key", Ident(record.key)),
        )

    def _until(self) -> str:
        return f"until {day_text(self.record.until)}" if self.record.until else ""

    def deeds(self) -> tuple[Button, ...]:
        """What else can be done with the record, as quiet buttons."""
        if not self.reader.may("in_place", self.record):
            return ()
        key = self.record.key
        found = [Button("Put a mistake right", address("controls:change", key, query={"how": "correct"}))]
        if self.holds and self.record.until is None:
            found.append(Button("It ended", address("controls:end", key)))
        if withdraw := address("registers:withdraw", "in_place", key):
            found.append(Button("Withdraw it", withdraw))
        return tuple(found)


@require_safe
def in_place(request: HttpRequest, key: str) -> HttpResponse:
    """The page of one record."""
    reader = reader_on(request)
    record = control_seen(reader.viewer, key)
    page = InPlace(record, reader)
    context = {
        "title": f"{reader.name(record)}, {reader.place(record.at).text}",
        "trail": (
            Link("Controls", address("controls:list")),
            Link("Every record", address("controls:records")),
            Link(key),
        ),
        "verdict": page.verdict(),
        "boxes": page.boxes(),
        "note": record.note,
        "finding": page.finding,
        "reading": reading(reader, record),
        "asked": asked_about(reader, record),
        "values": tables.values(reader, record),
        "deeds": page.deeds(),
        "showing": showing_tables.parts(reader, record),
        "rests": tables.resting(reader, record),
        "others": tables.others(reader, record),
        "history": tables.history(reader, record),
        "history_url": journal_url(reader.viewer, section="in_place", key=key),
    }
    return render(request, "controls/in_place.html", context)
