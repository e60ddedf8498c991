"""Checklists: every list of points, and one with its points, its units and who asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import Titles
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page, rows_named
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Number, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.checklists import Checklist
    from safeconduct.server.common.look.values import Shown


@require_safe
def checklists(request: HttpRequest) -> HttpResponse:
    """Every checklist: its points, the units it is for, who asks for it, how sure."""
    entries, titles = tuple(catalogue_in_use().checklists.values()), Titles(catalogue_in_use())
    columns: list[ListColumn[Checklist]] = [
        ListColumn("title", "Checklist", lambda one: Link(one.title, _url(one)), lambda one: one.title, subject=True),
        ListColumn(
            "points", "Points", lambda one: Number(len(one.items), _url(one)), lambda one: len(one.items), numeric=True
        ),
        ListColumn("units", "For", lambda one: _units(titles, one) or "any", lambda one: _units(titles, one)),
        ListColumn("version", "Version", lambda one: one.version, lambda one: one.version),
        ListColumn(
            "asked",
            "Asked by",
            lambda one: counted(len(one.asked_by), "requirement", "requirements"),
            lambda one: len(one.asked_by),
        ),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    controls = dict.fromkeys(one.control for one in entries)
    by_control: Choice[Checklist] = Choice(
        "control", "Control", [(key, titles.control(key)) for key in controls], lambda one, key: one.control == key
    )
    found = listed(request, entries, columns, choices=[by_control], text=_text)
    if wants_csv(request):
        return found.answer("checklists")
    verdict = Verdict(
        (f"{counted(len(entries), 'checklist names', 'checklists name')} what is looked at, point by point.",),
        title="Checklists",
        lead="Each is held to the requirements that ask for it: their bounds name exactly its points.",
    )
    page = context("Checklists", verdict=verdict, list=found, head="All checklists")
    return render(request, "catalogue/listing.html", page)


def _url(one: Checklist) -> str:
    return address("catalogue:checklist", one.key)


def _text(one: Checklist) -> str:
    return " ".join((one.key, one.title, one.note, *(item.title for item in one.items)))


def _units(titles: Titles, one: Checklist) -> str:
    return titles.elements_of(catalogue_in_use().controls[one.control], one.units) if one.units else ""


@require_safe
def checklist(request: HttpRequest, key: str) -> HttpResponse:
    """One checklist: its points in order, and the requirements that ask for exactly these."""
    one, titles = entry_asked("checklist", catalogue_in_use().checklists, key), Titles(catalogue_in_use())
    verdict = Verdict(
        (f"{counted(len(one.items), 'point', 'points')}.",), title=f"Checklist: {one.title}", lead=one.note
    )
    control = catalogue_in_use().controls[one.control]
    facts: list[tuple[str, Shown]] = [
        ("For", _units(titles, one) or "any"),
        ("Version", one.version),
        ("Control", Link(control.title, address("catalogue:control", one.control))),
        ("Parameter", control.parameters[one.parameter].words_for_people()),
    ]
    if one.supersedes:
        before = catalogue_in_use().checklists[one.supersedes]
        facts.append(("In place of", Link(before.title, _url(before))))
    return entry_page(
        request,
        context(one.title, Link("Checklists", address("catalogue:checklists"))),
        verdict,
        Section("What is looked at", table=_items(one)),
        Section("Who asks for exactly these points", table=rows_named(one.asked_by)),
        Section("What it is for", facts),
        Section("Source", source_facts(one.source)),
    )


def _items(one: Checklist) -> Table:
    columns = (Column("No.", numeric=True), Column("Point", subject=True), Column("How sure"))
    rows = [
        Row((str(number), Link(item.title, note=item.note), item.source.sure))
        for number, item in enumerate(one.items, start=1)
    ]
    return Table(columns, rows)
