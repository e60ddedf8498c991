"""The register of controls: what the programmes ask and what is recorded, and where each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import FAMILY_TITLES
from safeconduct.core.judgement import MET, NOT_APPLICABLE, UNKNOWN, Standing, worst
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.values import Button, Link, Mark, Nothing, Number, Quiet, Verdict, Way
from safeconduct.server.common.look.words import STANDINGS, counted
from safeconduct.server.controls.pages.reader import Reader, reader_on
from safeconduct.server.controls.queries import Asking, controls_seen, in_force

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Control
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.server.common.look.values import Shown

_OPEN = "open"


@dataclass(frozen=True)
class Entry:
    """One control of the catalogue as the organisation uses or needs it on the day."""

    control: Control
    records: tuple[ControlInPlace, ...]
    asking: tuple[Asking, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str], Standing]:
        """The weakest standing of each element and unit where it is asked; what is not applicable is left out."""
        found: dict[tuple[str, str], list[Standing]] = defaultdict(list)
        for one in self.asking:
            if NOT_APPLICABLE not in (one.finding.standing, one.row.standing):
                found[one.finding.subject, one.finding.at].append(one.finding.standing)
        return {place: worst(standings) for place, standings in found.items()}

    @cached_property
    def standing(self) -> Standing:
        """The weakest of all places; NOT_APPLICABLE where nothing asks it."""
        return worst(self.by_place.values())

    @property
    def met(self) -> int:
        """At how many of the places it stands as asked."""
        return sum(standing is MET for standing in self.by_place.values())

    @cached_property
    def requirements(self) -> frozenset[str]:
        """The rows that ask it."""
        return frozenset(one.row.requirement.key for one in self.asking)

    @property
    def programmes(self) -> frozenset[str]:
        """The programmes that ask it."""
        return frozenset(key.partition("/")[0] for key in self.requirements)


def entries_of(reader: Reader) -> Iterator[Entry]:
    """The controls that are recorded or asked, in the order of the catalogue."""
    snapshot, day = reader.snapshot, reader.day
    recorded: dict[str, list[ControlInPlace]] = defaultdict(list)
    for record in controls_seen(reader.viewer):
        if in_force(snapshot, record, day) is record:
            recorded[record.control].append(record)
    asked = reader.resting.by_control
    for control in reader.catalogue.controls.values():
        if control.key in recorded or control.key in asked:
            yield Entry(control, tuple(recorded.get(control.key, ())), asked.get(control.key, ()))


@require_safe
def control_register(request: HttpRequest) -> HttpResponse:
    """The list of controls."""
    reader = reader_on(request)
    entries = list(entries_of(reader))
    found = _listed(request, entries)
    if wants_csv(request):
        return found.answer("controls")
    context = {
        "title": "Controls",
        "trail": (Link("Controls"),),
        "verdict": _verdict(reader, entries),
        "list": found,
        "nothing": None if entries else _nothing(),
    }
    return render(request, "controls/list.html", context)


def _listed(request: HttpRequest, entries: list[Entry]) -> Listed:
    return listed(
        request,
        entries,
        _COLUMNS,
        choices=_choices(entries),
        text=lambda entry: f"{entry.control.title} {entry.control.key} {entry.control.note}",
        sort="standing",
        caption="Each control once, however many programmes ask it. Weakest first; the weakest place decides.",
    )


def _family(key: str) -> str:
    return FAMILY_TITLES.get(key, key)


def _name(entry: Entry) -> Shown:
    return Link(entry.control.title, address("controls:control", entry.control.key), note=_family(entry.control.family))


def _recorded(entry: Entry) -> Shown:
    if not entry.records:
        return Quiet("nowhere")
    return Number(len(entry.records), address("controls:records", query={"control": entry.control.key}))


def _standing(entry: Entry) -> Shown:
    if not entry.by_place:
        return Quiet("not asked")
    return Mark(entry.standing, address("controls:control", entry.control.key))


def _places(entry: Entry) -> Shown:
    url = address("controls:control", entry.control.key)
    return Number(entry.met, url, len(entry.by_place)) if entry.by_place else None


def _asked_by(entry: Entry) -> Shown:
    return ", ".join(sorted(short_name(key) for key in entry.programmes)) or Quiet("nobody")


def _rows(entry: Entry) -> Shown:
    number = len(entry.requirements)
    return Number(number, address("controls:control", entry.control.key)) if number else 0


def _weakness(entry: Entry) -> int:
    return entry.standing.rank if entry.by_place else 9


_COLUMNS: list[ListColumn[Entry]] = [
    ListColumn("control", "Control", _name, lambda entry: entry.control.title, subject=True),
    ListColumn("standing", "Standing", _standing, _weakness),
    ListColumn("places", "Met at", _places, lambda entry: entry.met, numeric=True),
    ListColumn("records", "Recorded", _recorded, lambda entry: len(entry.records), numeric=True),
    ListColumn("rows", "Requirements", _rows, lambda entry: len(entry.requirements), numeric=True, short="Proves"),
    ListColumn("by", "Asked by", _asked_by),
]


def _choices(entries: list[Entry]) -> list[Choice[Entry]]:
    there = {entry.control.family for entry in entries}
    families = [family for family in FAMILY_TITLES if family in there]
    programmes = sorted({key for entry in entries for key in entry.programmes})
    standings = [(one.value, STANDINGS[one]) for one in Standing if one is not NOT_APPLICABLE]
    return [
        Choice("standing", "Standing", [(_OPEN, "not MET"), *standings], _stands, all_words="any"),
        Choice("programme", "Asked by", [(one, short_name(one)) for one in programmes], lambda e, k: k in e.programmes),
        Choice(
            "family", "Family", [(one, _family(one)) for one in families], lambda e, family: e.control.family == family
        ),
        Choice("recorded", "Recorded", [("yes", "somewhere"), ("no", "nowhere")], _is_recorded, all_words="either"),
    ]


def _stands(entry: Entry, asked: str) -> bool:
    if not entry.by_place:
        return False
    return entry.standing is not MET if asked == _OPEN else entry.standing.value == asked


def _is_recorded(entry: Entry, asked: str) -> bool:
    return bool(entry.records) == (asked == "yes")


def _verdict(reader: Reader, entries: list[Entry]) -> Verdict:
    asked = [entry for entry in entries if entry.by_place]
    stands = sum(entry.standing is MET for entry in asked)
    never = sum(not entry.records and entry.standing is UNKNOWN for entry in asked)
    buttons = [Button("Every record", address("controls:records"))]
    if reader.today and reader.viewer.may_record("in_place"):
        buttons.insert(0, Button("Record a control", address("controls:record")))
    if not asked:
        sentences: tuple[str, ...] = ("No programme asks anything of you on this day.",)
    elif stands == len(asked):
        sentences = (f"All {stands} controls that your programmes ask stand everywhere.",)
    else:
        sentences = (f"{stands} of {counted(len(asked), 'control', 'controls')} stand wherever they are asked.",)
    if never:
        sentences += (f"{counted(never, 'was', 'were')} never recorded.",)
    return Verdict(sentences, "Controls", _lead(asked), buttons=tuple(buttons))


def _lead(asked: list[Entry]) -> str:
    rows = {key for entry in asked for key in entry.requirements}
    programmes = {key for entry in asked for key in entry.programmes}
    if not rows:
        return ""
    return (
        f"Recorded once, they serve {counted(len(rows), 'requirement', 'requirements')} "
        f"of {counted(len(programmes), 'programme', 'programmes')}."
    )


def _nothing() -> Nothing:
    ways = (
        Way(
            "Enrol in a programme.",
            "Its requirements then say which controls are needed.",
            (Button("Programmes", address("programmes:list")),),
        ),
        Way(
            "Record a control that stands already.",
            "It counts for every programme you enrol in later.",
            (Button("Record a control", address("controls:record")),),
        ),
    )
    return Nothing("No control is recorded, and no programme asks one.", ways)
