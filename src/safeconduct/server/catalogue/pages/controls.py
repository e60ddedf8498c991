"""All neutral controls of the catalogue, and one of them with who asks what of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.controls import FAMILIES
from safeconduct.catalogue.titles import Titles, joined, plain
from safeconduct.core.records.catalogue import Inherits, Mode
from safeconduct.server.catalogue.pages.bounds import bounds_table
from safeconduct.server.catalogue.pages.shared import context, day_of, obligation_place
from safeconduct.server.catalogue.queries import (
    Asking,
    askings_of,
    control_asked,
    programmes_asking,
    rows_asking,
)
from safeconduct.server.catalogue.reach import reach
from safeconduct.server.catalogue.threat_words import WAYS, basis_links, effect_words, scenario_link
from safeconduct.server.catalogue.words import (
    INHERITS,
    MODES,
    family_words,
    obligation_words,
    row_url,
)
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import cited, short_name
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Control
    from safeconduct.server.common.look.values import Shown


@require_safe
def controls(request: HttpRequest) -> HttpResponse:
    """Every control, with how many requirements ask it."""
    entries = tuple(catalogue_in_use().controls.values())
    askers, rows = programmes_asking(), rows_asking()
    found = listed(
        request,
        entries,
        _columns(askers, rows),
        choices=_choices(askers),
        text=_words,
        sort="" if wants_csv(request) else "family",
    )
    if wants_csv(request):
        return found.answer("controls")
    shared = sum(len(askers.get(one.key, ())) > 1 for one in entries)
    verdict = Verdict(
        (
            f"{counted(len(entries), 'control', 'controls')} carry everything that is asked.",
            f"{counted(shared, 'serves', 'serve')} more than one programme.",
        ),
        title="Controls of the catalogue",
        lead="A control says in neutral words what can be done or can stand. Record it once; each programme reads it "
        "with its own bounds.",
    )
    return render(
        request, "catalogue/listing.html", context("Controls", verdict=verdict, list=found, head="All controls")
    )


def _columns(askers: Mapping[str, tuple[str, ...]], rows: Mapping[str, int]) -> list[ListColumn[Control]]:
    return [
        ListColumn("title", "Control", _named, lambda one: one.title, subject=True),
        ListColumn("family", "Family", lambda one: family_words(one.family), lambda one: FAMILIES.index(one.family)),
        ListColumn("mode", "How it works", lambda one: MODES[one.mode], lambda one: one.mode.value),
        ListColumn(
            "parameters", "Parameters", lambda one: len(one.parameters), lambda one: len(one.parameters), numeric=True
        ),
        ListColumn(
            "rows",
            "Requirements",
            lambda one: Number(rows.get(one.key, 0), address("catalogue:control", one.key)),
            lambda one: rows.get(one.key, 0),
            numeric=True,
        ),
        ListColumn(
            "programmes",
            "Programmes",
            lambda one: ", ".join(short_name(name) for name in askers.get(one.key, ())),
            lambda one: len(askers.get(one.key, ())),
        ),
    ]


def _named(control: Control) -> Link:
    return Link(control.title, address("catalogue:control", control.key), note=control.key)


def _words(control: Control) -> str:
    parameters = " ".join(one.words_for_people() for one in control.parameters.values())
    return f"{control.key} {control.title} {control.note} {parameters}"


def _choices(askers: Mapping[str, tuple[str, ...]]) -> list[Choice[Control]]:
    catalogue = catalogue_in_use()
    families = [family for family in FAMILIES if any(one.family == family for one in catalogue.controls.values())]
    return [
        Choice(
            "family",
            "Family",
            [(family, family_words(family)) for family in families],
            lambda one, family: one.family == family,
        ),
        Choice(
            "asked",
            "Asked by programmes",
            [("several", "several"), ("one", "one"), ("none", "none yet")],
            lambda one, word: _how_many(len(askers.get(one.key, ()))) == word,
        ),
        Choice("mode", "How it works", [(one.value, MODES[one]) for one in Mode], lambda one, mode: one.mode == mode),
        Choice(
            "inherits",
            "Comes down",
            [(one.value, INHERITS[one]) for one in Inherits],
            lambda one, word: one.inherits == word,
        ),
        Choice(
            "programme",
            "Asked by",
            [(name, f"{one.title}, {one.edition}") for name, one in catalogue.programmes.items()],
            lambda one, name: name in askers.get(one.key, ()),
        ),
    ]


def _how_many(programmes: int) -> str:
    return {0: "none", 1: "one"}.get(programmes, "several")


@dataclass(frozen=True)
class ControlPage:
    """All that the page of a control shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    bounds: Table
    askings: Listed
    answered: Table


@require_safe
def control(request: HttpRequest, key: str) -> HttpResponse:
    """One control: its parameters, the bounds of each programme side by side, and every requirement that asks it."""
    entry, day, askings = control_asked(key), day_of(request), askings_of(key)
    found = listed(
        request,
        askings,
        _asking_columns(entry, day),
        choices=_asking_choices(askings, day),
        text=lambda one: f"{one.entry.row.key} {one.entry.row.title} {one.entry.row.asks}",
    )
    if wants_csv(request):
        return found.answer(f"control-{key}")
    page = ControlPage(
        _verdict(entry, askings), _boxes(entry, askings), bounds_table(entry, askings), found, _answered(key)
    )
    trail = Link("Controls", address("catalogue:controls"))
    return render(request, "catalogue/control.html", context(entry.title, trail, page=page))


def _answered(key: str) -> Table:
    """The threat scenarios that the control answers, and by how much it lowers them."""
    rows = [
        Row((scenario_link(scenario), WAYS[answer.way], effect_words(answer), basis_links(answer.basis)))
        for scenario in catalogue_in_use().threats.answered_by(key)
        for answer in scenario.countermeasures
        if answer.need.control == key
    ]
    columns = (Column("Scenario"), Column("Way"), Column("When it stands it lowers", short="Lowers"), Column("Basis"))
    return Table(columns, rows)


def _verdict(entry: Control, askings: tuple[Asking, ...]) -> Verdict:
    rows = {one.entry.row.key for one in askings}
    editions = {one.entry.programme.id for one in askings}
    many = f"{counted(len(rows), 'requirement', 'requirements')} of {counted(len(editions), 'programme', 'programmes')}"
    asked = f"{many} {'asks' if len(rows) == 1 else 'ask'} it." if rows else "No requirement asks it."
    proves = address("controls:control", entry.key)
    buttons = (Button("What it proves here", proves),) if proves else ()
    return Verdict((f"{entry.title}.", asked), title=f"Control {entry.key}", lead=entry.note, buttons=buttons)


def _boxes(entry: Control, askings: tuple[Asking, ...]) -> tuple[Box, ...]:
    rows = {one.entry.row.key for one in askings}
    kept: Shown = Quiet("nothing: it is one thing")
    if entry.by:
        kept = Link(plain(entry.by), address("catalogue:list-of-words", entry.by))
    return (
        Box("Family", Link(family_words(entry.family), address("catalogue:controls", query={"family": entry.family}))),
        Box("How it works", MODES[entry.mode]),
        Box("From above", INHERITS[entry.inherits]),
        Box("Shown by", joined(kind.value for kind in entry.shown)),
        Box("Kept by", kept),
        Box("Asked by", Number(len(rows), "#asked"), counted(len(rows), "requirement", "requirements")),
    )


def _asking_columns(entry: Control, day: date) -> list[ListColumn[Asking]]:
    titles = Titles(catalogue_in_use())
    return [
        ListColumn(
            "row",
            "Requirement",
            lambda one: Link(one.entry.row.title, row_url(one.entry.row.key), ident=cited(one.entry.row)),
            subject=True,
        ),
        ListColumn("reach", "What it must reach", lambda one: reach(titles, entry, one.need), short="Reach"),
        ListColumn(
            "obligation",
            "Obligation",
            lambda one: obligation_words(one.entry, day),
            lambda one: obligation_place(one.entry, day),
        ),
        ListColumn("scope", "Judged at", lambda one: one.entry.row.scope.value, lambda one: one.entry.row.scope.value),
        ListColumn(
            "sure", "How sure", lambda one: one.entry.row.source.sure, lambda one: one.entry.row.source.sure.value
        ),
    ]


def _asking_choices(askings: tuple[Asking, ...], day: date) -> list[Choice[Asking]]:
    editions = {one.entry.programme.id: one.entry.programme for one in askings}
    words = sorted({word for one in askings if (word := one.entry.obligation(day))})
    return [
        Choice(
            "programme",
            "Programme",
            [(name, f"{one.title}, {one.edition}") for name, one in editions.items()],
            lambda one, name: one.entry.programme.id == name,
        ),
        Choice(
            "obligation",
            "Obligation",
            [(word.value, word.value) for word in words],
            lambda one, word: one.entry.obligation(day) == word,
        ),
    ]
