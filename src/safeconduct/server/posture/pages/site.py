"""One place of the organisation: its duties first, then how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import covers
from safeconduct.core.judgement import MET, worst
from safeconduct.core.records.units import Unit
from safeconduct.core.sentences import deeds, sentence
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Button,
    Due,
    Ident,
    Link,
    Mark,
    Number,
    Quiet,
    Shown,
    Verdict,
)
from safeconduct.server.common.look.words import counted, relative
from safeconduct.server.journal.asking import done_buttons
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.posture.due import Due as Duty
from safeconduct.server.posture.due import at_place
from safeconduct.server.posture.links import place_url, programme_url, record_url, row_url
from safeconduct.server.posture.mending import button_for, renewal_of
from safeconduct.server.posture.names import words
from safeconduct.server.posture.overview import counted_rows
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.queries import due_seen

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.planning import Action

_DUTIES, _CONTROLS = 12, 60


@dataclass(frozen=True)
class DutyShown:
    """One thing to do at a place: what, how late, why it matters, and its buttons."""

    what: str
    due: Shown
    why: str
    buttons: tuple[Button, ...]
    url: str


@dataclass(frozen=True)
class SitePage:
    """All that the page of one place shows."""

    verdict: Verdict
    done: int
    of: int
    duties: tuple[DutyShown, ...]
    more: Link | None
    finished: tuple[tuple[str, str], ...]
    programmes: Table | None
    controls: Table | None
    place: tuple[tuple[str, Shown], ...]
    happened: tuple[Button, ...]
    change: tuple[Button, ...]

    @property
    def controls_words(self) -> str:
        """How many controls are recorded here."""
        return counted(len(self.controls.rows) if self.controls else 0, "control", "controls")

    @property
    def met_words(self) -> str:
        """How many of the musts here are met."""
        return f"{self.done} of {counted(self.of, 'must', 'musts')} met here"


@require_safe
def site(request: HttpRequest, key: str) -> HttpResponse:
    """One legal entity or site: what is to be done there, and how it stands."""
    reader = reader_of(request)
    unit: Unit = seen_one(reader.viewer, "units", key)
    page = site_page(reader, unit)
    trail = Link("Sites", address("organisation:sites"))
    return render(request, "posture/site.html", title(reader.names.place(key), trail, page=page))


def site_page(reader: Reader, unit: Unit) -> SitePage:
    """What the page of a place shows."""
    duties = list(_duties(reader, unit))
    counts = counted_rows(reader.overview.at(unit.key))
    more = len(duties) - _DUTIES
    return SitePage(
        verdict=_verdict(reader, unit, duties),
        done=counts[MET],
        of=sum(counts.values()),
        duties=tuple(shown for _, shown in duties[:_DUTIES]),
        more=Link(f"{more} more things to do here", address("next", query={"site": unit.key})) if more > 0 else None,
        finished=tuple(_finished(reader, unit)),
        programmes=_programmes(reader, unit),
        controls=_controls(reader, unit),
        place=tuple(_place(reader, unit)),
        happened=tuple(_happened(reader, unit)),
        change=_change(reader, unit),
    )


def _verdict(reader: Reader, unit: Unit, duties: Sequence[tuple[date | None, DutyShown]]) -> Verdict:
    late = [day for day, _ in duties if day is not None and day < reader.day]
    sentences: tuple[str, ...] = ("Nothing is to be done here.",)
    if duties:
        sentences = (f"{counted(len(duties), 'thing', 'things')} to do.",)
    if late:
        longest = relative(min(late), reader.day)
        sentences += (f"One is {longest}.",) if len(late) == 1 else (f"{len(late)} are late, one {longest}.",)
    place = reader.names.place(unit.key)
    return Verdict(sentences, title=f"{place} · {unit.country}" if unit.country else place)


def _duties(reader: Reader, unit: Unit) -> Iterator[tuple[date | None, DutyShown]]:
    """What is late or due here, the earliest first, then what is open here, worst first; each record once."""
    told: set[str] = set()
    for duty in at_place(due_seen(reader.overview), unit.key):
        if duty.finding and duty.finding.mend:
            told.add(duty.finding.mend.key)
        yield duty.day, _due_duty(reader, duty)
    for action in reader.overview.worst_actions:
        if action.mend.at == unit.key and action.mend.key not in told:
            yield None, _open_duty(reader, action)


def _due_duty(reader: Reader, duty: Duty) -> DutyShown:
    said = sentence(duty.finding) if duty.finding else f"Asked of {duty.owner}." if duty.owner else ""
    serves = counted(len(duty.programmes), "programme waits", "programmes wait")
    return DutyShown(
        what=reader.duty_words(duty),
        due=Due(duty.day, reader.day),
        why=f"{said} {serves} for it.".strip(),
        buttons=_finishing(reader, duty) if reader.today else (),
        url=duty.url,
    )


def _finishing(reader: Reader, duty: Duty) -> tuple[Button, ...]:
    """The button that renews what still stands, does what is late, or says that what was asked is done."""
    if duty.action is not None:
        return done_buttons(reader.viewer, duty.action, duty.at, back=reader.back)
    if duty.finding is None or not duty.rows:
        return ()
    mend = duty.finding.mend or renewal_of(duty.finding, reader.overview.shown)
    row = duty.rows[0]
    found = button_for(mend, row, reader.viewer, reader.overview.snapshot, back=reader.back) if mend else None
    return (found,) if found else ()


def _open_duty(reader: Reader, action: Action) -> DutyShown:
    finding, rows = action.finding, action.rows
    button = reader.button(action)
    programmes = counted(len({row.programme for row in rows}), "programme waits", "programmes wait")
    return DutyShown(
        what=reader.names.about(finding),
        due=Mark(finding.standing, row_url(rows[0])),
        why=f"{sentence(finding)} {deeds(action.findings)} {programmes} for it.",
        buttons=(button,) if button else (),
        url=row_url(rows[0]),
    )


def _finished(reader: Reader, unit: Unit) -> Iterator[tuple[str, str]]:
    """What was recorded as done here on the day itself."""
    snapshot, facts = reader.overview.snapshot, reader.overview.snapshot.facts
    here = {record.key: record for record in facts.in_place if record.at == unit.key}
    for occurrence in facts.done:
        if occurrence.of in here and occurrence.on == reader.day:
            yield reader.names.control(here[occurrence.of].control), occurrence.note or "Done today"
    for sample in facts.samples:
        if sample.of in here and sample.to == reader.day:
            yield reader.names.control(here[sample.of].control), f"{sample.conforming} of {sample.checked} conform"
    for key in here:
        for evidence in snapshot.evidence.get(key, ()):
            if evidence.recorded == reader.day:
                yield reader.names.control(here[key].control), reader.names.evidence(evidence)


def _programmes(reader: Reader, unit: Unit) -> Table | None:
    rows = []
    for judged in reader.overview.programmes:
        here = tuple(row for row in judged.rows if row.unit == unit.key)
        counts = counted_rows(here)
        if not here:
            continue
        url = programme_url(judged.enrolment.key, site=unit.key, anchor="requirements")
        standing = worst(row.standing for row in here if row.counts)
        name = reader.names.programme(judged.programme, judged.enrolment)
        rows.append(Row((Link(name, url), Mark(standing, url), Number(counts[MET], url, sum(counts.values())))))
    columns = (Column("Programme"), Column("Here"), Column("Met", numeric=True))
    return Table(columns, rows) if rows else None


def _controls(reader: Reader, unit: Unit) -> Table | None:
    """What is recorded at the place itself."""
    records = [
        record
        for record in reader.overview.snapshot.facts.in_place
        if record.at == unit.key and covers(reader.day, record.since, record.until)
    ]
    columns = (Column("Control"), Column("Since"), Column("Owner"), Column("Standing"))
    standings: dict[str, list[Mark]] = {}
    for row in reader.overview.at(unit.key):
        for finding in row.finding.walk():
            record = finding.param("record")
            if finding.kind == "control" and record:
                standings.setdefault(record, []).append(Mark(finding.standing, row_url(row)))
    rows = [
        Row(
            (
                Link(
                    reader.names.control(f"{one.control}[{one.for_}]" if one.for_ else one.control), record_url(one.key)
                ),
                one.since,
                one.owner or Quiet("nobody named"),
                min(standings[one.key], key=lambda mark: mark.standing.rank)
                if one.key in standings
                else Quiet("not asked here"),
            )
        )
        for one in records[:_CONTROLS]
    ]
    cut = f"The first {_CONTROLS} of {len(records)}." if len(records) > _CONTROLS else ""
    return Table(columns, rows, cut) if rows else None


def _place(reader: Reader, unit: Unit) -> Iterator[tuple[str, Shown]]:
    """What the place is, and what its profile says."""
    titles = reader.overview.catalogue.terms.titles
    yield "Key", Ident(unit.key)
    yield "Belongs to", Link(reader.names.place(unit.in_), place_url(reader.overview.snapshot, unit.in_))
    yield "Country", unit.country or Quiet("not said")
    if unit.address:
        yield "Address", unit.address
    for holds, label in ((True, "Holds here"), (False, "Does not hold here")):
        said = [titles.get(trait, words(trait)) for trait, value in unit.traits.items() if value is holds]
        if said:
            yield label, "; ".join(said)
    if unit.profile.no:
        yield "Does not exist here", ", ".join(words(one) for one in unit.profile.no)


def _happened(reader: Reader, unit: Unit) -> Iterator[Button]:
    """Where something that happened here is recorded."""
    for section, text, fields in (
        ("triggers", "Record that something happened", {"at": unit.key}),
        ("findings", "Record a weakness", {"at": unit.key}),
    ):
        url = address("registers:new", section, query={**fields, "back": reader.back})
        if url and reader.today and reader.viewer.may_record_at(section, unit.key):
            yield Button(text, url)


def _change(reader: Reader, unit: Unit) -> tuple[Button, ...]:
    url = address("organisation:change-unit", unit.key, query={"back": reader.back})
    may = url and reader.today and reader.viewer.may_record_at("units", unit.key)
    return (Button("Change its profile", url),) if may else ()
