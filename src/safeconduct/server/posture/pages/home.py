"""Home: what stops *meets*, what is worst, what changed, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import shifted
from safeconduct.core.records.units import UnitKind
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Box,
    Button,
    Due,
    Entry,
    Link,
    Mark,
    Moved,
    Nothing,
    Number,
    Posture,
    Quiet,
    Several,
    Verdict,
    Way,
    Worst,
)
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.changes import Change, changes_since, day_of_move
from safeconduct.server.posture.due import Due as Duty
from safeconduct.server.posture.links import programme_url, row_url
from safeconduct.server.posture.pages.home_risk import risk_table
from safeconduct.server.posture.pages.home_verdict import home_verdict
from safeconduct.server.posture.pages.reader import Reader, day_asked, reader_of, title
from safeconduct.server.posture.queries import due_seen, overview_of
from safeconduct.server.posture.words import (
    decides,
    items_words,
    known_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import ProgrammeJudgement
    from safeconduct.server.posture.overview import Overview

COMPARED_DAYS = 7
_WORST, _CHANGES, _LATE, _DUE = 5, 8, 4, 8


@dataclass(frozen=True)
class HomePage:
    """All that the home page shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    worst: tuple[Worst, ...]
    open_count: int
    next_url: str
    postures: Table
    changes: tuple[Entry, ...]
    more_changes: str
    since: date
    duties: Table
    due_count: int
    due_url: str
    risks: Table | None
    risk_url: str
    nothing: Nothing | None

    @property
    def all_words(self) -> str:
        """The words of the link to everything open."""
        return f"All {self.open_count}"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where the organisation stands on the day."""
    reader = reader_of(request)
    since = min(day_asked(request, "since", shifted(reader.day, -COMPARED_DAYS)), reader.day)
    page = home_page(reader, overview_of(reader.viewer, since))
    return render(request, "posture/home.html", title("Home", page=page))


def home_page(reader: Reader, before: Overview) -> HomePage:
    """The home page, compared with another day."""
    overview = reader.overview
    changes = changes_since(before, overview)
    duties = due_seen(overview)
    return HomePage(
        verdict=home_verdict(reader, before),
        boxes=tuple(_boxes(reader, before.day)),
        worst=tuple(reader.worst(action) for action in overview.worst_actions[:_WORST]),
        open_count=len(overview.actions),
        next_url=address("next"),
        postures=posture_table(reader),
        changes=tuple(_entry(reader, change, before.day) for change in changes[:_CHANGES]),
        more_changes=f"and {len(changes) - _CHANGES} more" if len(changes) > _CHANGES else "",
        since=before.day,
        duties=duty_table(reader, _some_of(reader, duties)),
        due_count=len(duties),
        due_url=address("due"),
        risks=risk_table(reader),
        risk_url=address("risk:list"),
        nothing=None if overview.programmes else _nothing(reader),
    )


def _boxes(reader: Reader, since: date) -> list[Box]:
    overview = reader.overview
    facts = overview.snapshot.facts
    units = [unit for unit in facts.units if overview.units is None or unit.key in overview.units]
    entities = sum(unit.kind is UnitKind.ENTITY for unit in units)
    sites = sum(unit.kind is UnitKind.SITE for unit in units)
    open_sites = len({row.unit for row in overview.open_rows} & {u.key for u in units if u.kind is UnitKind.SITE})
    boxes = [Box("Legal entities", Number(entities, address("organisation:sites")))] if entities else []
    boxes += [
        Box("Programmes", Number(len(overview.programmes), address("programmes:list"))),
        Box("Sites", Number(sites, address("organisation:sites")), f"{open_sites} with something open"),
    ]
    if overview.units is None:
        boxes.append(Box("Partners", Number(len(facts.partners), address("partners:list"))))
    boxes += [
        Box("Open requirements", Number(len(overview.open_rows), address("next")), "each place counted"),
        Box("Compared with", since),
    ]
    return boxes


def posture_table(reader: Reader) -> Table:
    """Every programme with its standing, its bar and what decides it."""
    columns = (
        Column("Programme"),
        Column("Standing"),
        Column("Musts"),
        Column("Met", numeric=True),
        Column("What decides"),
    )
    rows = [_posture_row(reader, one) for one in reader.overview.programmes]
    return Table(columns, rows, "Must requirements, the weakest place counted. Met grows from the left.")


def _posture_row(reader: Reader, judged: ProgrammeJudgement) -> Row:
    result, key = judged.main, judged.enrolment.key
    name = reader.names.programme(judged.programme, judged.enrolment)
    holder = reader.names.place(judged.enrolment.entity)
    counts = result.standing_counts()
    urls = {standing: programme_url(key, standing=standing.value, anchor="requirements") for standing in counts}
    return Row(
        (
            Link(name, programme_url(key), note=Several((holder, judged.enrolment.number))),
            reader.mark(result, programme_url(key)),
            Posture(name, counts, urls),
            Number(result.met, programme_url(key, anchor="requirements"), len(result.musts)),
            _decides(judged),
        )
    )


def _decides(judged: ProgrammeJudgement) -> Several:
    criteria = decides(judged)
    if not criteria:
        return Several((Quiet(items_words(judged.main) or known_words(judged.main)),))
    return Several(tuple(Link(cited(one.requirement), row_url(one.deciding)) for one in criteria), ", ")


def _entry(reader: Reader, change: Change, since: date) -> Entry:
    """One change: the day of the first move, what happened, and which rows moved."""
    first = change.moves[0]
    day = day_of_move(reader.overview, first.row, since)
    told = reader.told(change.finding)
    moved = Moved(Link(cited(first.row.requirement), row_url(first.row)), Mark(first.was), Mark(first.now))
    more = (Quiet(f"and {counted(len(change.moves) - 1, 'more row', 'more rows')}"),) if len(change.moves) > 1 else ()
    return Entry(day, Link(told, row_url(first.row)), Several((moved, *more), " "))


def _some_of(reader: Reader, duties: Sequence[Duty]) -> list[Duty]:
    """The longest late, and as many of what is still to come as there is room for."""
    gone = [duty for duty in duties if duty.day < reader.day][:_LATE]
    coming = [duty for duty in duties if duty.day >= reader.day]
    return [*gone, *coming[: _DUE - len(gone)]]


def duty_table(reader: Reader, duties: Sequence[Duty]) -> Table:
    """What is due, each with whom it waits for and how many programmes wait."""
    columns = (Column("Due"), Column("What", subject=True), Column("Who"), Column("Serves", numeric=True))
    return Table(columns, [_duty(reader, duty) for duty in duties])


def _duty(reader: Reader, duty: Duty) -> Row:
    many = len(duty.programmes)
    return Row(
        (
            Due(duty.day, reader.day),
            Link(reader.duty_words(duty), duty.url, note=_where(reader, duty)),
            duty.owner or Quiet("nobody named"),
            counted(many, "programme", "programmes") if many else Quiet("risk" if duty.told else "none now"),
        )
    )


def _where(reader: Reader, duty: Duty) -> str:
    """The place of a duty, and the title of what ends there."""
    place, title = reader.names.place(duty.at), duty.finding.param("title") if duty.finding else ""
    return f"{place}: {title}" if title else place


def _nothing(reader: Reader) -> Nothing:
    """How to begin where no programme is followed."""
    ways = []
    if reader.viewer.may_record("enrolments"):
        ways.append(
            Way(
                "Follow a programme.",
                "Its requirements are listed at once, each with an owner and a day to confirm it.",
                tuple(Button("Enrol", url) for url in [address("programmes:enrol")] if url),
            )
        )
        ways.append(
            Way(
                "Name your sites.",
                "Many requirements are judged place by place.",
                tuple(Button("Add a site", url) for url in [address("organisation:new-unit")] if url),
            )
        )
    ways.append(
        Way(
            "Look at what a programme asks.",
            "The catalogue shows each requirement with its source.",
            tuple(Button("Open the catalogue", url) for url in [address("catalogue:list")] if url),
        )
    )
    return Nothing("Ways to begin", tuple(ways))
