"""Lists of codes for threats: our own, and those of others with what corresponds to them here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.taxonomies import OWN_LISTS, SCENARIOS
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page
from safeconduct.server.catalogue.threat_words import scenario_link
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import ListColumn, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Ident, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.threats import Taxonomy, TaxonomyTerm
    from safeconduct.server.common.look.values import Shown


@require_safe
def taxonomies(request: HttpRequest) -> HttpResponse:
    """Every list of codes, with its issuer and what it corresponds to."""
    entries = tuple(catalogue_in_use().threats.taxonomies.values())
    columns: list[ListColumn[Taxonomy]] = [
        ListColumn(
            "title", "List", lambda one: Link(one.title, _url(one), note=one.owner), lambda one: one.title, subject=True
        ),
        ListColumn(
            "codes", "Codes", lambda one: Number(len(one.terms), _url(one)), lambda one: len(one.terms), numeric=True
        ),
        ListColumn("maps", "Corresponds to", lambda one: _corresponds(one), lambda one: one.maps_to),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    found = listed(request, entries, columns, text=_text)
    if wants_csv(request):
        return found.answer("threat-codes")
    own = sum(one.key in OWN_LISTS for one in entries)
    verdict = Verdict(
        (
            f"{counted(len(entries), 'list', 'lists')} of codes for threats.",
            f"{own} are ours; the others are told with what corresponds to them here.",
        ),
        title="Codes for threats",
    )
    page = context("Codes", _trail(), verdict=verdict, list=found, head="All lists of codes")
    return render(request, "catalogue/listing.html", page)


def _trail() -> Link:
    return Link("Threat scenarios", address("catalogue:scenarios"))


def _url(one: Taxonomy) -> str:
    return address("catalogue:taxonomy", one.key)


def _corresponds(one: Taxonomy) -> Shown:
    if one.maps_to == SCENARIOS:
        return Link("threat scenarios", address("catalogue:scenarios"))
    if one.maps_to:
        mapped = catalogue_in_use().threats.taxonomies[one.maps_to]
        return Link(mapped.title, _url(mapped))
    return Quiet("our own words" if one.key in OWN_LISTS else "nothing yet")


def _text(one: Taxonomy) -> str:
    return f"{one.key} {one.title} {one.owner} {' '.join(term.title for term in one.terms)}"


@require_safe
def taxonomy(request: HttpRequest, key: str) -> HttpResponse:
    """One list of codes, each with what corresponds to it here and how sure it is."""
    one = entry_asked("list of codes", catalogue_in_use().threats.taxonomies, key)
    verdict = Verdict((f"{counted(len(one.terms), 'code', 'codes')} of {one.owner}.",), title=one.title, lead=one.note)
    columns = (Column("Code", subject=True), Column("Corresponds to"), Column("How sure"))
    rows = [Row((Link(term.title, note=Ident(term.key)), _ours(one, term), term.sure)) for term in one.terms]
    page = context(one.title, _trail(), Link("Codes", address("catalogue:taxonomies")))
    codes = Section("Codes", table=Table(columns, rows))
    return entry_page(request, page, verdict, codes, Section("Source", source_facts(one.source)))


def _ours(one: Taxonomy, term: TaxonomyTerm) -> Shown:
    threats = catalogue_in_use().threats
    if not term.ours:
        return Quiet("nothing")
    if one.maps_to == SCENARIOS:
        return Several(tuple(scenario_link(threats.scenarios[key]) for key in term.ours), ", ")
    return ", ".join(threats.taxonomies[one.maps_to].title_of(key) for key in term.ours)
