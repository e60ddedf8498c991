"""Every control in place, record by record: what stands where since when, who answers for it, what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.judgement import NOT_APPLICABLE, Standing
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.values import Button, Link, Mark, Nothing, Number, Quiet, Several, Verdict, Way
from safeconduct.server.common.look.words import STANDINGS, counted
from safeconduct.server.controls.pages.reader import Reader, reader_on
from safeconduct.server.controls.queries import controls_seen, in_force

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.server.common.look.values import Shown

NOW, COMING, OVER = "now", "coming", "over"
_STATES = ((NOW, "holds on the day"), (COMING, "begins later"), (OVER, "over or replaced"), ("", "all"))


@dataclass(frozen=True)
class Placed:
    """One control in place as the list shows it."""

    record: ControlInPlace
    reader: Reader

    @cached_property
    def state(self) -> str:
        """Whether it holds on the day."""
        if self.record.since > self.reader.day:
            return COMING
        return NOW if in_force(self.reader.snapshot, self.record, self.reader.day) is self.record else OVER

    @cached_property
    def standing(self) -> Standing:
        """How it stands by itself; NOT_APPLICABLE when it does not hold on the day, or nothing is known of it."""
        finding = self.reader.finding(self.record) if self.state == NOW else None
        return finding.standing if finding else NOT_APPLICABLE

    @property
    def rows(self) -> int:
        """How many requirements at how many units rest on it."""
        return len(self.reader.resting.on_record(self.record.key))

    @property
    def url(self) -> str:
        """Its page."""
        return address("controls:in-place", self.record.key)


@require_safe
def record_register(request: HttpRequest) -> HttpResponse:
    """The list of controls in place."""
    reader = reader_on(request)
    placed = [Placed(record, reader) for record in controls_seen(reader.viewer)]
    found = _listed(request, reader, placed)
    if wants_csv(request):
        return found.answer("controls-in-place")
    context = {
        "title": "Controls in place",
        "trail": (Link("Controls", address("controls:list")), Link("Every record")),
        "verdict": _verdict(reader, placed),
        "list": found,
        "nothing": None if placed else _nothing(),
    }
    return render(request, "controls/list.html", context)


def _listed(request: HttpRequest, reader: Reader, placed: list[Placed]) -> Listed:
    return listed(
        request,
        placed,
        _columns(reader),
        choices=_choices(reader, placed),
        text=lambda one: (
            f"{reader.name(one.record)} {_where(one)} {one.record.owner} {one.record.note} {one.record.key}"
        ),
        sort="control",
        caption="One row for each record. New values make a new record; the old one stays for the days it held.",
    )


def _columns(reader: Reader) -> list[ListColumn[Placed]]:
    return [
        ListColumn("control", "Control", _name, lambda one: reader.name(one.record)),
        ListColumn("where", "Where", lambda one: reader.place(one.record.at), _where),
        ListColumn("standing", "Shown", _standing, lambda one: one.standing.rank if one.state == NOW else None),
        ListColumn("since", "Since", _since, lambda one: one.record.since),
        ListColumn("owner", "Owner", lambda one: one.record.owner or Quiet("nobody"), lambda one: one.record.owner),
        ListColumn("rows", "Requirements", _rows, lambda one: one.rows, numeric=True, short="Rests on it"),
    ]


def _name(one: Placed) -> Shown:
    absent = "" if one.record.present else "recorded as not in place"
    return Link(one.reader.name(one.record), one.url, note=absent)


def _where(one: Placed) -> str:
    return one.reader.ground.unit_title(one.record.at)


def _standing(one: Placed) -> Shown:
    return Mark(one.standing, one.url) if one.state == NOW else Quiet(dict(_STATES)[one.state])


def _since(one: Placed) -> Shown:
    return Several((one.record.since, one.record.until), " to ") if one.record.until else one.record.since


def _rows(one: Placed) -> Shown:
    return Number(one.rows, f"{one.url}#rests") if one.rows else 0


def _choices(reader: Reader, placed: list[Placed]) -> list[Choice[Placed]]:
    title = reader.ground.unit_title
    units = sorted({one.record.at for one in placed}, key=lambda unit: title(unit).casefold())
    controls = {one.record.control: reader.control(one.record).title for one in placed}
    standings = [(one.value, STANDINGS[one]) for one in Standing if one is not NOT_APPLICABLE]
    return [
        Choice("state", "State", _STATES, lambda one, state: one.state == state, normal=NOW),
        Choice("standing", "Shown", standings, lambda one, asked: one.standing.value == asked, all_words="any"),
        Choice("at", "Where", [(unit, title(unit)) for unit in units], lambda one, unit: one.record.at == unit),
        Choice(
            "control",
            "Control",
            sorted(controls.items(), key=lambda pair: pair[1].casefold()),
            lambda one, key: one.record.control == key,
        ),
    ]


def _verdict(reader: Reader, placed: list[Placed]) -> Verdict:
    holding = [one for one in placed if one.state == NOW]
    carrying = sum(one.rows > 0 for one in holding)
    many = counted(len(holding), "control in place carries", "controls in place carry")
    sentence = f"{carrying} of {many} a requirement." if holding else "Nothing is in place on this day."
    buttons = (Button("Record a control", address("controls:record")),)
    may = reader.today and reader.viewer.may_record("in_place")
    return Verdict((sentence,), "Controls in place", "", buttons=buttons if may else ())


def _nothing() -> Nothing:
    way = Way(
        "Record what stands.",
        "A fence, a procedure, a training: each is recorded once and counts for every programme.",
        (Button("Record a control", address("controls:record")),),
    )
    return Nothing("No control is recorded yet.", (way,))
