"""Published figures about threats: all of them, and one with what it counts and the arithmetic it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import value_words
from safeconduct.core.records.threats import Measured
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page
from safeconduct.server.catalogue.threat_words import (
    MEASURED,
    exposure_words,
    figure_words,
    period_words,
    scenario_link,
)
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.threats import Figure, Identity
    from safeconduct.server.common.look.values import Shown


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure with what it counts, where and when, and who rests on it."""
    threats = catalogue_in_use().threats
    entries = tuple(threats.figures.values())
    kept = {key for one in threats.identities.values() for key in one.figures.values()}
    found = listed(
        request, entries, _columns(as_file=wants_csv(request)), choices=_choices(entries), text=_text, size=100
    )
    if wants_csv(request):
        return found.answer("figures")
    verdict = Verdict(
        (
            f"{counted(len(entries), 'published number', 'published numbers')} about threats, each with its source.",
            f"{len(kept)} of them are held to {counted(len(threats.identities), 'sum', 'sums')} they must keep.",
        ),
        title="Published figures",
        lead="They count what was reported. Counts, totals and averages of one population are kept apart, because an "
        "average times all incidents is not the total.",
    )
    page = context("Figures", _trail(), verdict=verdict, list=found, head="All figures")
    return render(request, "catalogue/listing.html", page)


def _trail() -> Link:
    return Link("Threat scenarios", address("catalogue:scenarios"))


def _columns(*, as_file: bool) -> list[ListColumn[Figure]]:
    columns: list[ListColumn[Figure]] = [
        ListColumn("title", "Figure", _named, lambda one: one.title, subject=True),
        ListColumn("value", "Value", figure_words),
        ListColumn("measured", "Kind", lambda one: MEASURED[one.measured], lambda one: one.measured.value),
        ListColumn("region", "Where", lambda one: one.region, lambda one: one.region),
        ListColumn("period", "When", period_words, lambda one: one.since),
        ListColumn("exposure", "Of how many", exposure_words),
        ListColumn("used", "Scenarios", _used),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    if not as_file:
        return columns
    return [
        *columns,
        ListColumn("key", "Key", lambda one: one.key),
        ListColumn("counts", "What it counts", lambda one: one.counts),
        ListColumn("population", "Counted among", lambda one: one.population),
        ListColumn("document", "Document", lambda one: one.source.document),
        ListColumn("locator", "Place in it", lambda one: one.source.locator),
        ListColumn("checked", "Checked", lambda one: one.source.checked),
        ListColumn("note", "Note", lambda one: one.note),
    ]


def _named(one: Figure) -> Link:
    return Link(one.title, address("catalogue:figure", one.key), ident=one.number, note=one.counts)


def _used(one: Figure) -> Shown:
    links = tuple(
        Link(scenario.number, address("catalogue:scenario", scenario.key))
        for scenario in catalogue_in_use().threats.naming(one.key)
    )
    return Several(links, ", ") if links else Quiet("background")


def _choices(entries: tuple[Figure, ...]) -> list[Choice[Figure]]:
    kinds = [one for one in Measured if any(figure.measured is one for figure in entries)]
    groups = {one.number: f"{one.number} {one.group}" for one in entries}
    naming = catalogue_in_use().threats.naming
    return [
        Choice("group", "Group", [*groups.items()], lambda one, word: one.number == word),
        Choice("kind", "Kind", [(one.value, MEASURED[one]) for one in kinds], lambda one, word: one.measured == word),
        Choice(
            "used",
            "Use",
            [("yes", "a scenario rests on it"), ("no", "background")],
            lambda one, word: bool(naming(one.key)) == (word == "yes"),
        ),
    ]


def _text(one: Figure) -> str:
    return f"{one.number} {one.key} {one.title} {one.counts} {one.population} {one.region} {one.source.document}"


@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: what was counted among whom, where and when, and the sums it must keep."""
    threats = catalogue_in_use().threats
    one = entry_asked("figure", threats.figures, key)
    unknown = "Nobody published how many could have been hit, so it is no frequency and no chance at a site."
    verdict = Verdict(
        (f"{one.title}: {figure_words(one)}.",),
        title=f"Published figure, {one.number}: {one.group}",
        lead="" if one.exposure else unknown,
    )
    scenarios = tuple(scenario_link(scenario) for scenario in threats.naming(key))
    facts: list[tuple[str, Shown]] = [
        ("Kind", MEASURED[one.measured]),
        ("What it counts", one.counts),
        ("Counted among", one.population),
        ("Where", one.region),
        ("When", period_words(one)),
        ("Of how many", exposure_words(one)),
        ("Scenarios that rest on it", Several(scenarios, ", ") if scenarios else Quiet("none: background")),
    ]
    if one.note:
        facts.append(("Note", one.note))
    sums = [identity for identity in threats.identities.values() if key in identity.figures.values()]
    kept = [Section("Sums it must keep", table=_sums(sums))] if sums else []
    page = context(one.title, _trail(), Link("Figures", address("catalogue:figures")))
    sections = (Section("What it says", facts), *kept, Section("Source", source_facts(one.source)))
    return entry_page(request, page, verdict, *sections)


def _sums(found: list[Identity]) -> Table:
    columns = (Column("Sum", subject=True), Column("Comes to", numeric=True), Column("Within", numeric=True))
    rows = [Row((one.says, value_words(one.equals), value_words(one.within))) for one in found]
    return Table(columns, rows, "Each is reckoned anew whenever the catalogue is read; one that breaks is refused.")
