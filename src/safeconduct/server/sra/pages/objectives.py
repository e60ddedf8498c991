"""The board of security objectives: each with its targets, how far they are, and whether they keep to their time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.planning.objectives import ObjectiveProgress, Pace
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Measured
from safeconduct.core.risk.words import percent
from safeconduct.server.common.exports import csv_link, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Due, Link, Nothing, Number, Quiet, Several, Verdict, Way
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import register_url, risk_url
from safeconduct.server.posture.pages.reader import Reader, title
from safeconduct.server.sra.shown import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.planning.objectives import Progress
    from safeconduct.server.common.look.values import Shown

_HEADS = {
    Pace.OVERDUE: "Overdue",
    Pace.DRIFTING: "Drifting: behind their time",
    Pace.UNKNOWN: "Not measured yet",
    Pace.ON_TRACK: "On track",
    Pace.REACHED: "Reached",
}


@dataclass(frozen=True)
class Lane:
    """The objectives of one pace."""

    head: str
    anchor: str
    table: Table


@dataclass(frozen=True)
class Board:
    """All that the board shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    lanes: tuple[Lane, ...]
    nothing: Nothing | None
    csv: Link


@require_safe
def objectives(request: HttpRequest) -> HttpResponse:
    """Every objective in force on the day."""
    reader = read_all(request)
    found = reader.overview.objectives
    if wants_csv(request):
        return table_answer(request, "objectives", targets_table(reader, found, flat=True))
    board = Board(
        verdict=_verdict(reader, found),
        boxes=tuple(_boxes(found)),
        lanes=tuple(_lanes(reader, found)),
        nothing=None if found else _nothing(reader),
        csv=csv_link(request),
    )
    return render(request, "sra/objectives.html", title("Objectives", Link("Risk", address("risk:list")), board=board))


def _verdict(reader: Reader, found: Sequence[ObjectiveProgress]) -> Verdict:
    if not found:
        return Verdict(("No objective is set.",), title="Objectives and targets")
    behind = [one for one in found if one.pace in (Pace.OVERDUE, Pace.DRIFTING)]
    kept = f"{counted(len(found) - len(behind), 'objective keeps', 'objectives keep')} to their time."
    first = f"{len(behind)} of {counted(len(found), 'objective', 'objectives')} are behind." if behind else kept
    untreated = _without(reader)
    told = counted(untreated, "risk graver than bearable has", "risks graver than bearable have")
    lead = f"{told} no objective." if untreated else ""
    return Verdict((first,), title="Objectives and targets", lead=lead, buttons=tuple(_new(reader)))


def _without(reader: Reader) -> int:
    """How many risks are graver than bearable, not accepted, and have no objective."""
    judged = reader.overview.risks()
    above = judged.above if judged else ()
    return sum(not one.objectives and one.finding.code != "risk-accepted" for one in above)


def _new(reader: Reader) -> Iterator[Button]:
    if reader.today and reader.viewer.may_record("objectives"):
        yield Button("Set an objective", address("registers:new", "objectives", query={"back": reader.back}))


def _boxes(found: Sequence[ObjectiveProgress]) -> Iterator[Box]:
    for pace, head in _HEADS.items():
        many = sum(one.pace is pace for one in found)
        anchor = pace.value.replace(" ", "-")
        yield Box(head.partition(":")[0], Number(many, f"#{anchor}" if many else ""))


def _lanes(reader: Reader, found: Sequence[ObjectiveProgress]) -> Iterator[Lane]:
    for pace, head in _HEADS.items():
        some = [one for one in found if one.pace is pace]
        if some:
            yield Lane(head, pace.value.replace(" ", "-"), targets_table(reader, some))


def targets_table(reader: Reader, found: Sequence[ObjectiveProgress], *, flat: bool = False) -> Table:
    """One row for each target; what concerns the whole objective stands at its first one, in a file at each."""
    columns = (
        Column("Objective", subject=True),
        Column("Target"),
        Column("Reads now"),
        Column("Aim"),
        Column("Way gone", numeric=True),
        Column("By"),
        Column("Answers"),
    )
    rows = []
    for one in found:
        for place, target in enumerate(one.targets):
            whole = flat or place == 0
            head, end = (_head(one), _end(reader, one)) if whole else (Quiet("and"), None)
            rows.append(Row((head, *_target(reader, target), end, _risks(reader, one) if whole else None)))
    return Table(columns, rows)


def _head(one: ObjectiveProgress) -> Link:
    objective = one.objective
    return Link(objective.title, register_url("objectives", objective.key), note=objective.owner or "nobody named")


def _end(reader: Reader, one: ObjectiveProgress) -> Shown:
    """By when it is to be reached; what is reached is late no more."""
    return one.objective.due if one.pace is Pace.REACHED else Due(one.objective.due, reader.day)


def _target(reader: Reader, progress: Progress) -> tuple[Shown, ...]:
    target = progress.target
    gone = Quiet("not measured") if progress.gone is None else percent(progress.gone)
    return _told(reader, progress), progress.now, target.aim.replace(" %", "\u00a0%"), gone


def _told(reader: Reader, progress: Progress) -> Shown:
    """What a target measures, in words."""
    target, names = progress.target, reader.names
    match target.measure:
        case Measured.CONTROL if isinstance(target.needs, ControlNeed):
            places = ", ".join(names.place(one) for one in target.of)
            return f"{names.control(target.needs.control)}: stands at {places}"
        case Measured.PROGRAMME:
            judged = {one.enrolment.key: one for one in reader.overview.programmes}
            known = [judged[key] for key in target.of if key in judged]
            return "Musts met of " + ", ".join(names.programme(one.programme, one.enrolment) for one in known)
        case Measured.RISK:
            return Several(("Rating of", _named(reader, target.of)), " ")
        case _:
            return target.says


def _risks(reader: Reader, one: ObjectiveProgress) -> Shown:
    return _named(reader, one.objective.risks) if one.objective.risks else Quiet("no risk named")


def _named(reader: Reader, keys: Sequence[str]) -> Several:
    """Risks as links; of several rounds of the same risk only the last is named."""
    named = {reader.names.risk(key): Link(reader.names.risk(key), risk_url(key)) for key in keys}
    return Several(tuple(named.values()), "; ")


def _nothing(reader: Reader) -> Nothing:
    ways = [
        Way(
            "Begin with what is too grave.",
            "A risk that is graver than bearable asks for a treatment, and a treatment for an objective.",
            (Button("Open the risks", address("risk:list")),),
        ),
        Way(
            "Set an objective.",
            "What is to be reached, by whom, until when, and how it is measured.",
            tuple(_new(reader)),
        ),
    ]
    return Nothing("Ways to begin", tuple(ways))
