"""The places of the organisation, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import covers
from safeconduct.core.judgement import MET, worst
from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.server.common.exports import table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Choose, Column, Filters, Row, Table, Words
from safeconduct.server.common.look.values import (
    Button,
    Link,
    Mark,
    Nothing,
    Number,
    Posture,
    Quiet,
    Several,
    Verdict,
    Way,
)
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.reading import seen
from safeconduct.server.posture.links import place_url
from safeconduct.server.posture.overview import counted_rows
from safeconduct.server.posture.pages.lists import cut_of
from safeconduct.server.posture.pages.reader import Reader, reader_of, title

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import RowJudgement


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
