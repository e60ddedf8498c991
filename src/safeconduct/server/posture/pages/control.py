"""What one control proves: the programmes it feeds, what each asks of it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.usage import uses_of_control
from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import NOT_APPLICABLE, Standing, worst
from safeconduct.core.records.catalogue import Inherits, Mode
from safeconduct.server.catalogue.words import family_words
from safeconduct.server.common.exports import csv_link, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Pager, Table
from safeconduct.server.common.look.pictures import Fan, FanLine
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import programme_url
from safeconduct.server.posture.mending import DEEDS
from safeconduct.server.posture.pages.control_tables import Proved, asks_table, places_table
from safeconduct.server.posture.pages.reader import Reader, reader_of, title

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.catalogue import Control
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.server.posture.overview import Resting

_REFS, _ELEMENTS = 5, 4
_MODES = {
    Mode.STANDING: ("standing", "evidence covers the day"),
    Mode.RECURRING: ("recurring", "done again within its interval"),
    Mode.PER_EVENT: ("per event", "sampled"),
    Mode.ON_TRIGGER: ("on trigger", "answered when something happens"),
}
_INHERITS = {
    Inherits.NEVER: ("never", "each place shows its own"),
    Inherits.PROCEDURE: ("procedure", "text and values come down; each place shows that it works"),
    Inherits.FULL: ("in full", "one record serves every place below"),
}


@dataclass(frozen=True)
class ControlPage:
    """All that the page of one control shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    fan: Fan | None
    asks: Table | None
    pager: Pager
    places: Table | None
    note: str


@require_safe
def control(request: HttpRequest, control: str) -> HttpResponse:
    """One control of the catalogue and what it proves here on the day."""
    reader = reader_of(request)
    entry = reader.overview.catalogue.controls.get(control)
    if entry is None:
        raise UnknownKey("control", control, reader.overview.catalogue.controls)
    proved = _proved(reader, entry)
    asks = asks_table(reader, entry, proved)
    if wants_csv(request):
        return table_answer(request, f"control-{control}", asks)
    page = ControlPage(
        verdict=_verdict(reader, entry, proved),
        boxes=tuple(_boxes(reader, entry)),
        fan=_fan(reader, entry, proved),
        asks=asks if proved else None,
        pager=Pager(1, len(proved), len(proved), exports=(csv_link(request),)),
        places=places_table(reader, entry, _records(reader, entry)),
        note=entry.note,
    )
    trail = (Link("Controls", address("controls:list")), Link(_family(entry)))
    return render(request, "posture/control.html", title(entry.title, *trail, page=page))


def _proved(reader: Reader, entry: Control) -> list[Proved]:
    """Every requirement that names the control, under every enrolment that is judged and asks it."""
    found = []
    editions = {one.programme.id: one for one in reader.overview.programmes}
    asks = [one for one in uses_of_control(reader.overview.catalogue, entry.key) if one.programme.id in editions]
    for judged in reader.overview.programmes:
        by_requirement: dict[str, list[RowJudgement]] = {}
        for row in judged.rows:
            by_requirement.setdefault(row.requirement.key, []).append(row)
        for ask in asks:
            rows = by_requirement.get(ask.requirement.key, [])
            if ask.programme.id == judged.programme.id and any(row.standing is not NOT_APPLICABLE for row in rows):
                found.append(Proved(judged, ask, tuple(rows)))
    return found


def _verdict(reader: Reader, entry: Control, proved: list[Proved]) -> Verdict:
    requirements = {one.ask.requirement.key for one in proved}
    programmes = {one.judged.enrolment.key for one in proved}
    records = _records(reader, entry)
    many = counted(len(programmes), "programme", "programmes")
    what = f"{counted(len(requirements), 'requirement', 'requirements')} in {many}"
    if not proved:
        sentences: tuple[str, ...] = ("No programme followed here asks for it.",)
    elif records:
        sentences = (f"Recorded once, it serves {what}.",)
    else:
        sentences = (f"{what} wait for it.", "Nobody has recorded it yet.")
    return Verdict(
        sentences,
        title=f"Control: {entry.title[:1].lower()}{entry.title[1:]}",
        lead=_lead(reader, entry),
        buttons=_buttons(reader, entry),
    )


def _lead(reader: Reader, entry: Control) -> str:
    """How its findings stand now, the worst first."""
    counts: dict[Standing, set[str]] = {}
    for resting in reader.overview.control_asked(entry.key):
        counts.setdefault(resting.finding.standing, set()).add(f"{resting.finding.subject}@{resting.finding.at}")
    told = [
        f"{standing.value} at {counted(len(counts[standing]), 'place', 'places')}"
        for standing in (Standing.UNMET, Standing.UNKNOWN, Standing.PARTLY, Standing.MET)
        if standing in counts
    ]
    return f"As it is asked it stands {', '.join(told)}." if told else ""


def _buttons(reader: Reader, entry: Control) -> tuple[Button, ...]:
    url = address("controls:record", query={"control": entry.key, "back": reader.back})
    allowed = reader.today and reader.viewer.may_record(DEEDS["record-control"].section)
    return (Button("Record it", url),) if url and allowed else ()


def _family(entry: Control) -> str:
    return family_words(entry.family)


def _records(reader: Reader, entry: Control) -> list[ControlInPlace]:
    """The records of the control that the viewer sees and that hold on the day."""
    units, day = reader.overview.units, reader.day
    layers = {place for unit in units for place in reader.overview.snapshot.layers(unit)} if units is not None else None
    return [
        record
        for record in reader.overview.snapshot.facts.in_place
        if record.control == entry.key
        and (layers is None or record.at in layers)
        and record.since <= day
        and (record.until is None or record.until >= day)
    ]


def _boxes(reader: Reader, entry: Control) -> list[Box]:
    records = _records(reader, entry)
    owners = list(dict.fromkeys(record.owner for record in records if record.owner))
    return [
        Box("Control", Link("", address("catalogue:control", entry.key), entry.key)),
        Box("Family", _family(entry)),
        Box("Mode", *_MODES[entry.mode]),
        Box("Inherited", *_INHERITS[entry.inherits]),
        _kept_by(reader, entry),
        Box("Recorded", Number(len(records), "#places"), ", ".join(owners[:2]) or "no owner named"),
    ]


def _kept_by(reader: Reader, entry: Control) -> Box:
    """The elements it is kept by, or what its evidence shows."""
    terms = reader.overview.catalogue.terms.lists.get(entry.by)
    if terms is None:
        return Box("Evidence shows", ", ".join(one.value for one in entry.shown) or Quiet("nothing asked"))
    named = ", ".join(terms.title(one) for one in terms.elements[:_ELEMENTS])
    return Box("Kept for each", named, "and others" if len(terms.elements) > _ELEMENTS else "")


def _fan(reader: Reader, entry: Control, proved: list[Proved]) -> Fan | None:
    """One line for each programme, in the standing of this control as that programme asks it."""
    if not proved:
        return None
    asked = reader.overview.control_asked(entry.key)
    lines = []
    for judged in dict.fromkeys(one.judged.enrolment.key for one in proved):
        members = [one for one in proved if one.judged.enrolment.key == judged]
        lines.append(_fan_line(reader, members, [one for one in asked if one.row.enrolment == judged]))
    places = len({record.at for record in _records(reader, entry)})
    return Fan(entry.title, f"recorded at {counted(places, 'place', 'places')}", tuple(lines))


def _fan_line(reader: Reader, members: list[Proved], asked: list[Resting]) -> FanLine:
    judged = members[0].judged
    refs = list(dict.fromkeys(one.ask.requirement.ref for one in members))
    more = f" and {len(refs) - _REFS} more" if len(refs) > _REFS else ""
    note = f"{counted(len(refs), 'requirement', 'requirements')}: {', '.join(refs[:_REFS])}{more}"
    standing = worst(one.finding.standing for one in asked)
    name = reader.names.programme(judged.programme, judged.enrolment)
    return FanLine(name, note, standing, programme_url(judged.enrolment.key))
