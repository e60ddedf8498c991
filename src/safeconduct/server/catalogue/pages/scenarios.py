"""Threat scenarios: all of them, and one with the controls that answer it and the figures it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.taxonomies import ACTORS, ASSETS, DIMENSIONS, MODES, PLACES
from safeconduct.catalogue.titles import Titles
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page
from safeconduct.server.catalogue.queries import programmes_asking
from safeconduct.server.catalogue.reach import reach
from safeconduct.server.catalogue.threat_words import (
    JUDGED,
    WAYS,
    basis_links,
    codes,
    effect_words,
    exposure_words,
    figure_link,
    figure_words,
    period_words,
    scenario_link,
)
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.threats import Countermeasure, Scenario
    from safeconduct.server.common.look.values import Shown


@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """Every threat scenario, with how many controls answer it and whether a figure speaks of its likelihood."""
    threats = catalogue_in_use().threats
    entries = tuple(threats.scenarios.values())
    found = listed(request, entries, _columns(), choices=_choices(), text=_text, sort="number")
    if wants_csv(request):
        return found.answer("threat-scenarios")
    sourced = sum(bool(one.likelihood) for one in entries)
    verdict = Verdict(
        (
            f"{counted(len(entries), 'way', 'ways')} in which a supply chain is harmed.",
            f"For {sourced} of them published figures tell how often it is reported.",
        ),
        title="Threat scenarios",
        lead="A figure counts what was reported somewhere. It is never the chance at one site: nobody published how "
        "many could have been hit.",
        buttons=(
            Button("Published figures", address("catalogue:figures")),
            Button("Codes of others", address("catalogue:taxonomies")),
        ),
    )
    page = context("Threat scenarios", verdict=verdict, list=found, head="All scenarios")
    return render(request, "catalogue/listing.html", page)


def _columns() -> list[ListColumn[Scenario]]:
    return [
        ListColumn(
            "number", "Scenario", lambda one: scenario_link(one, one.tells), lambda one: one.number, subject=True
        ),
        ListColumn("actors", "Who", lambda one: codes(ACTORS, one.actors)),
        ListColumn("places", "Where", lambda one: codes(PLACES, one.places)),
        ListColumn(
            "controls",
            "Controls",
            lambda one: Number(len(one.controls), address("catalogue:scenario", one.key)),
            lambda one: len(one.controls),
            numeric=True,
        ),
        ListColumn(
            "likelihood",
            "Likelihood from",
            lambda one: counted(len(one.likelihood), "figure", "figures") if one.likelihood else Quiet(JUDGED),
            lambda one: len(one.likelihood),
        ),
    ]


def _choices() -> list[Choice[Scenario]]:
    return [
        Choice("mode", "Mode", _options(MODES), lambda one, word: word in one.modes),
        Choice("place", "Place", _options(PLACES), lambda one, word: word in one.places),
        Choice("actor", "Who", _options(ACTORS), lambda one, word: word in one.actors),
        Choice("asset", "What is hit", _options(ASSETS), lambda one, word: word in one.assets),
        Choice(
            "basis",
            "Likelihood from",
            [("figures", "figures"), ("judgement", JUDGED)],
            lambda one, word: bool(one.likelihood) == (word == "figures"),
        ),
    ]


def _options(taxonomy: str) -> list[tuple[str, str]]:
    found = catalogue_in_use().threats.taxonomies.get(taxonomy)
    return [(term.key, term.title) for term in found.terms] if found else []


def _text(one: Scenario) -> str:
    told = " ".join(one.consequences.values())
    return f"{one.number} {one.key} {one.title} {one.tells} {one.vulnerability} {told} {' '.join(one.controls)}"


@require_safe
def scenario(request: HttpRequest, key: str) -> HttpResponse:
    """One scenario: what happens, which controls answer it by how much, who asks for them, and on what figures."""
    one = entry_asked("threat scenario", catalogue_in_use().threats.scenarios, key)
    unsourced = all(not answer.basis for answer in one.countermeasures)
    verdict = Verdict(
        (f"{one.title}.", f"{counted(len(one.controls), 'control answers', 'controls answer')} it."),
        title=f"Threat scenario {one.number}",
        lead=" ".join([one.tells, *(["How much each control lowers is our judgement."] if unsourced else [])]),
    )
    page = context(one.title, Link("Threat scenarios", address("catalogue:scenarios")))
    figures = [Section("Figures it rests on", table=_figures(one))] if one.figures else []
    return entry_page(
        request,
        page,
        verdict,
        Section("What happens", _facts(one)),
        Section("What answers it", table=_answers(one)),
        *figures,
        Section("Source", source_facts(one.source)),
    )


def _answers(one: Scenario) -> Table:
    titles, askers = Titles(catalogue_in_use()), programmes_asking()
    columns = (
        Column("Control", subject=True),
        Column("What it must reach", short="Reach"),
        Column("Way"),
        Column("When it stands it lowers", short="Lowers"),
        Column("Basis"),
        Column("Asked by"),
    )
    return Table(columns, [_answer(answer, titles, askers) for answer in one.countermeasures])


def _answer(answer: Countermeasure, titles: Titles, askers: Mapping[str, tuple[str, ...]]) -> Row:
    control = catalogue_in_use().controls[answer.need.control]
    url = address("catalogue:control", control.key)
    asking = tuple(dict.fromkeys(short_name(name) for name in askers.get(control.key, ())))
    by = counted(len(asking), "programme", "programmes")
    return Row(
        (
            Link(control.title, url),
            reach(titles, control, answer.need),
            WAYS[answer.way],
            effect_words(answer),
            basis_links(answer.basis),
            Link(by, url, note=", ".join(asking)) if asking else Quiet("nobody"),
        )
    )


def _facts(one: Scenario) -> list[tuple[str, Shown]]:
    scenarios_by_key = catalogue_in_use().threats.scenarios
    titles = catalogue_in_use().threats.taxonomies[DIMENSIONS]
    words = catalogue_in_use().terms.lists.get("threats")
    leads = tuple(scenario_link(scenarios_by_key[key]) for key in one.leads_to if key in scenarios_by_key)
    pairs: list[tuple[str, Shown]] = [
        ("Who", codes(ACTORS, one.actors)),
        ("Where", codes(PLACES, one.places)),
        ("Modes", codes(MODES, one.modes)),
        ("What is hit", codes(ASSETS, one.assets)),
        ("Weakness", one.vulnerability),
        *((titles.title_of(key).capitalize(), told) for key, told in one.consequences.items()),
        ("Likelihood from", basis_links(one.likelihood)),
        ("Size of the loss from", basis_links(one.severity)),
        ("Makes possible", Several(leads, ", ") if leads else ""),
        ("Threats it belongs to", ", ".join(words.title(key) for key in one.threats) if words else ""),
        ("Note", one.note),
    ]
    return [(label, value) for label, value in pairs if value]


def _figures(one: Scenario) -> Table:
    figures = catalogue_in_use().threats.figures
    columns = (
        Column("Figure", subject=True),
        Column("Value"),
        Column("Where and when"),
        Column("Of how many"),
        Column("Source"),
        Column("How sure"),
    )
    rows = []
    for key in one.figures:
        figure = figures[key]
        link = figure_link(key)
        source = Link(figure.source.document, figure.source.link, note=figure.source.locator)
        place = Several((figure.region, period_words(figure)), ", ")
        named = Link(link.text, link.url, note=figure.population)
        rows.append(Row((named, figure_words(figure), place, exposure_words(figure), source, figure.source.sure)))
    return Table(columns, rows)
