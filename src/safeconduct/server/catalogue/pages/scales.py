"""Scales that turn numbers and words into classes, and the matrices that join two of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import lower_first
from safeconduct.core.records.threats import Rates, Scale
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page
from safeconduct.server.catalogue.threat_words import ORIGINS, level_words
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

    from safeconduct.core.records.threats import Matrix
    from safeconduct.server.common.look.values import Shown

MATRIX = "matrix"


@require_safe
def scales(request: HttpRequest) -> HttpResponse:
    """Every scale and every matrix."""
    threats = catalogue_in_use().threats
    entries: tuple[Scale | Matrix, ...] = (*threats.matrices.values(), *threats.scales.values())
    columns: list[ListColumn[Scale | Matrix]] = [
        ListColumn(
            "title",
            "Scale or matrix",
            lambda one: replace(scale_link(one), note=one.note),
            lambda one: one.title,
            subject=True,
        ),
        ListColumn("kind", "What it rates", _kind, _kind),
        ListColumn("classes", "Classes", _size),
        ListColumn("origin", "Bounds or grid", _origin, _origin),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    kinds = [(MATRIX, MATRIX), *((one.value, one.value) for one in Rates)]
    choice: Choice[Scale | Matrix] = Choice("kind", "What it rates", kinds, lambda one, word: _kind(one) == word)
    found = listed(request, entries, columns, choices=[choice], text=lambda one: f"{one.key} {one.title} {one.note}")
    if wants_csv(request):
        return found.answer("scales")
    verdict = Verdict(
        (
            f"{counted(len(threats.scales), 'scale turns', 'scales turn')} numbers and words into classes.",
            f"{counted(len(threats.matrices), 'matrix joins', 'matrices join')} two of them.",
        ),
        title="Scales and matrices",
        lead="Where an issuer sets no numbers the bounds are our defaults, for you to change. People are rated by harm "
        "and never turned into money.",
    )
    page = context("Scales", verdict=verdict, list=found, head="All scales and matrices")
    return render(request, "catalogue/listing.html", page)


def scale_link(one: Scale | Matrix) -> Link:
    """A scale or a matrix by its title."""
    name = "catalogue:scale" if isinstance(one, Scale) else "catalogue:matrix"
    return Link(one.title, address(name, one.key))


def _kind(one: Scale | Matrix) -> str:
    return one.rates.value if isinstance(one, Scale) else MATRIX


def _origin(one: Scale | Matrix) -> str:
    return ORIGINS[one.bounds if isinstance(one, Scale) else one.grid]


def _size(one: Scale | Matrix) -> str:
    if isinstance(one, Scale):
        return str(len(one.classes))
    found = catalogue_in_use().threats.scales
    return f"{len(found[one.down].classes)} × {len(found[one.across].classes)}"


@require_safe
def scale(request: HttpRequest, key: str) -> HttpResponse:
    """One scale: its classes from the mildest to the gravest, and where each starts by every measure."""
    threats = catalogue_in_use().threats
    one = entry_asked("scale", threats.scales, key)
    read = counted(len(one.measures), "measure", "measures") if one.measures else "no number: a person rates"
    verdict = Verdict(
        (f"{counted(len(one.classes), 'class', 'classes')} of {one.rates.value}, read from {read}.",),
        title=f"Scale: {one.title}",
        lead=one.note,
    )
    joined = [matrix for matrix in threats.matrices.values() if key in (matrix.down, matrix.across, matrix.result)]
    facts: list[tuple[str, Shown]] = [
        ("Bounds", ORIGINS[one.bounds]),
        ("Matrices", Several(tuple(scale_link(matrix) for matrix in joined), ", ") if joined else Quiet("none")),
    ]
    return entry_page(
        request,
        context(one.title, _trail()),
        verdict,
        Section("From the mildest to the gravest", table=classes_table(one)),
        Section("What it is for", facts),
        Section("Source", source_facts(one.source)),
    )


def _trail() -> Link:
    return Link("Scales", address("catalogue:scales"))


def classes_table(one: Scale) -> Table:
    """The classes of a scale from the mildest to the gravest, with where each starts by every measure."""
    measures = one.measures.values()
    columns = (Column("Class", subject=True), *(Column(measure.title.capitalize()) for measure in measures))
    rows = [
        Row(
            (
                Link(step.title, note=step.says),
                *(level_words(measure, step.starts[measure.key]) for measure in measures),
            )
        )
        for step in one.classes
    ]
    return Table(columns, rows, "A bound belongs to the class it opens." if one.measures else "")


@require_safe
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    """One matrix: a row for each class down, a column for each class across."""
    threats = catalogue_in_use().threats
    one = entry_asked("matrix", threats.matrices, key)
    down, across, result = (threats.scales[name] for name in (one.down, one.across, one.result))
    verdict = Verdict(
        (f"{down.title} and {lower_first(across.title)} give {lower_first(result.title)}.",),
        title=f"Matrix: {one.title}",
        lead=one.note,
    )
    facts: list[tuple[str, Shown]] = [
        ("Down", scale_link(down)),
        ("Across", scale_link(across)),
        ("In the cells", scale_link(result)),
        ("Grid", ORIGINS[one.grid]),
    ]
    return entry_page(
        request,
        context(one.title, _trail()),
        verdict,
        Section("The grid", table=grid_table(one, down, across, result)),
        Section("What it joins", facts),
        Section("Source", source_facts(one.source)),
    )


def grid_table(one: Matrix, down: Scale, across: Scale, result: Scale) -> Table:
    """The gravest row first, as people draw it."""
    titles = {step.key: step.title for step in result.classes}
    columns = (Column(down.title, subject=True), *(Column(step.title) for step in across.classes))
    rows = [
        Row((row.title, *(titles[one.at(row.key, column.key)] for column in across.classes)))
        for row in reversed(down.classes)
    ]
    return Table(columns, rows, f"Across: {lower_first(across.title)}.")
