"""The places of the organisation, and one of them: its duties first, then how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import covers
from safeconduct.core.judgement import MET, worst
from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.core.sentences import deed, sentence
from safeconduct.server.common.exports import table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Choose, Column, Filters, Row, Table, Words
from safeconduct.server.common.look.values import (
    Button,
    Due,
    Ident,
    Link,
    Mark,
    Nothing,
    Number,
    Posture,
    Quiet,
    Several,
    Shown,
    Verdict,
    Way,
)
from safeconduct.server.common.look.words import counted, relative
from safeconduct.server.journal.reading import seen, seen_one
from safeconduct.server.posture.due import Due as Duty
from safeconduct.server.posture.due import at_place, due_within
from safeconduct.server.posture.links import place_url, programme_url, record_url, register_url, row_url
from safeconduct.server.posture.mending import button_for, renewal_of
from safeconduct.server.posture.names import words
from safeconduct.server.posture.overview import counted_rows
from safeconduct.server.posture.pages.lists import cut_of
from safeconduct.server.posture.pages.reader import Reader, reader_of, title

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.planning import Action
    from safeconduct.core.posture import RowJudgement

_DUTIES, _CONTROLS = 12, 60


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Legal entities and sites with how they stand, worst first."""
    reader = reader_of(request)
    units = _sought(request, reader)
    table = _site_table(reader, units)
    if wants_csv(request):
        return table_answer(request, "sites", table)
    cut = cut_of(request, len(units), said="No place fits.")
    everything = _units(reader)
    context = title(
        "Sites",
        verdict=_sites_verdict(reader, everything),
        filters=_site_filters(request, reader, everything) if everything else None,
        table=Table(table.columns, table.rows[cut.start : cut.end], table.caption) if units else None,
        pager=cut.pager if everything else None,
        nothing=None if everything else _no_site(reader),
    )
    return render(request, "posture/list.html", context)


def _units(reader: Reader) -> list[Unit]:
    """The units the viewer sees that belong to the organisation on the day."""
    own = reader.overview.units
    return [
        unit
        for unit in seen(reader.viewer, "units")
        if covers(reader.day, unit.since, unit.until) and (own is None or unit.key in own)
    ]


def _sought(request: HttpRequest, reader: Reader) -> list[Unit]:
    get = request.GET.get
    entity, state, asked = get("entity", ""), get("standing", ""), get("q", "").lower().split()
    found = []
    for unit in _units(reader):
        counts = counted_rows(reader.overview.at(unit.key))
        is_open = any(number for standing, number in counts.items() if standing is not MET and number)
        text = f"{unit.key} {unit.title} {unit.country} {unit.address}".lower()
        if entity not in ("", unit.key, reader.overview.snapshot.entity_of(unit.key)):
            continue
        if (state == "open" and not is_open) or (state == "met" and is_open):
            continue
        if all(word in text for word in asked):
            found.append(unit)
    if get("order") == "name":
        return sorted(found, key=lambda unit: reader.names.place(unit.key).lower())
    return sorted(found, key=lambda unit: (_rank(reader.overview.at(unit.key)), reader.names.place(unit.key)))


def _rank(rows: Sequence[RowJudgement]) -> tuple[int, int]:
    """Worst standing first, then the most open rows."""
    open_rows = [row for row in rows if row.counts and row.standing is not MET]
    return min((row.standing.rank for row in open_rows), default=9), -len(open_rows)


def _sites_verdict(reader: Reader, units: Sequence[Unit]) -> Verdict:
    only_sites = [unit for unit in units if unit.kind is UnitKind.SITE]
    open_ones = [unit for unit in only_sites if _rank(reader.overview.at(unit.key))[0] < MET.rank]
    if not units:
        sentences: tuple[str, ...] = ("No place is recorded yet.",)
    elif open_ones:
        sentences = (f"{len(open_ones)} of {counted(len(only_sites), 'site', 'sites')} have something open.",)
    else:
        sentences = (f"Nothing is open at {counted(len(only_sites), 'site', 'sites')}.",)
    url = address("organisation:new-unit")
    may = reader.today and url and reader.viewer.may_record("units")
    return Verdict(sentences, title="Sites", buttons=(Button("Add a legal entity or a site", url),) if may else ())


def _site_filters(request: HttpRequest, reader: Reader, units: Sequence[Unit]) -> Filters:
    entities = [(unit.key, reader.names.place(unit.key)) for unit in units if unit.kind is UnitKind.ENTITY]
    get = request.GET.get
    return Filters(
        (
            Choose("entity", "Legal entity", [("", "All"), *entities], get("entity", "")),
            Choose("standing", "Open", [("", "Any"), ("open", "Something open"), ("met", "Nothing open")],
                   get("standing", "")),
            Choose("order", "Order", [("", "Worst first"), ("name", "By name")], get("order", "")),
            Words("q", "Words", get("q", "")),
        ),
        clear_url="?" if request.GET else "",
    )  # fmt: skip


def _site_table(reader: Reader, units: Sequence[Unit]) -> Table:
    columns = (
        Column("Place"),
        Column("Standing"),
        Column("Musts here"),
        Column("Met", numeric=True),
        Column("Programmes", numeric=True),
    )
    return Table(columns, [_site_row(reader, unit) for unit in units])


def _site_row(reader: Reader, unit: Unit) -> Row:
    rows = reader.overview.at(unit.key)
    counts = counted_rows(rows)
    name, url = reader.names.place(unit.key), place_url(reader.overview.snapshot, unit.key)
    belongs = "legal entity" if unit.kind is UnitKind.ENTITY else reader.names.place(unit.in_)
    standing = worst(row.standing for row in rows if row.counts)
    return Row(
        (
            Link(name, url, note=Several((belongs, unit.country))),
            Mark(standing, url) if any(row.counts for row in rows) else Quiet("nothing asked"),
            Posture(name, counts),
            Number(counts[MET], url, sum(counts.values())),
            len({row.enrolment for row in rows}),
        )
    )


def _no_site(reader: Reader) -> Nothing:
    url = address("organisation:new-unit")
    may = url and reader.today and reader.viewer.may_record("units")
    way = Way(
        "Add a legal entity.",
        "Authorisations belong to it; then add its sites, where most things are judged.",
        (Button("Add a legal entity", url),) if may else (),
    )
    return Nothing("How to begin", (way,))


@dataclass(frozen=True)
class DutyShown:
    """One thing to do at a place: what, how late, why it matters, and its button."""

    what: str
    due: Shown
    why: str
    button: Button | None
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
    for duty in at_place(due_within(reader.overview), unit.key):
        if duty.finding and duty.finding.mend:
            told.add(duty.finding.mend.key)
        yield duty.day, _due_duty(reader, duty)
    for action in reader.overview.worst_actions:
        if action.mend.at == unit.key and action.mend.key not in told:
            yield None, _open_duty(reader, action)


def _due_duty(reader: Reader, duty: Duty) -> DutyShown:
    finding, row = duty.finding, duty.rows[0] if duty.rows else None
    serves = counted(len(duty.programmes), "programme waits", "programmes wait")
    return DutyShown(
        what=reader.duty_words(duty),
        due=Due(duty.day, reader.day),
        why=f"{sentence(finding) if finding else ''} {serves} for it.".strip(),
        button=_renewing(reader, duty) if reader.today else None,
        url=row_url(row) if row else register_url("corrective_actions", duty.action),
    )


def _renewing(reader: Reader, duty: Duty) -> Button | None:
    """The button that renews what still stands, or does what is late."""
    if duty.finding is None or not duty.rows:
        return None
    mend = duty.finding.mend or renewal_of(duty.finding, reader.overview.shown)
    row = duty.rows[0]
    return button_for(mend, row, reader.viewer, reader.overview.snapshot, back=reader.back) if mend else None


def _open_duty(reader: Reader, action: Action) -> DutyShown:
    finding, rows = action.findings[0], (*action.closes, *action.helps)
    programmes = counted(len({row.programme for row in rows}), "programme waits", "programmes wait")
    return DutyShown(
        what=reader.names.about(finding),
        due=Mark(finding.standing, row_url(rows[0])),
        why=f"{sentence(finding)} {deed(finding)} {programmes} for it.",
        button=reader.button(action),
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
