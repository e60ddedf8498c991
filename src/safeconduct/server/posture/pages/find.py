"""Find: requirements, controls, places, partners and programmes by their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Mark, Quiet, Shown, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.reading import seen
from safeconduct.server.posture.links import control_url, place_url, programme_url, row_url
from safeconduct.server.posture.pages.reader import Reader, reader_of, title

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import RowJudgement

MOST = 20
LONGEST = 200


@dataclass(frozen=True)
class Group:
    """What was found of one sort; `total` counts all of it, the table shows the first."""

    title: str
    total: int
    table: Table


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Everything whose words fit, sort by sort."""
    reader = reader_of(request)
    asked = request.GET.get("q", "").strip()[:LONGEST]
    words = asked.lower().split()
    groups = list(found(reader, words)) if words else []
    total = sum(group.total for group in groups)
    if not words:
        sentences: tuple[str, ...] = ("Find a requirement, a control, a place or a partner.",)
    else:
        sentences = (
            (f"{counted(total, 'thing fits', 'things fit')} “{asked}”.",) if total else (f"Nothing fits “{asked}”.",)
        )
    lead = "Try fewer words, a reference such as 6.2, or the name of a site." if words and not total else ""
    context = title("Find", verdict=Verdict(sentences, title="Find", lead=lead), groups=groups, asked=asked)
    return render(request, "posture/find.html", context)


def found(reader: Reader, words: list[str]) -> Iterator[Group]:
    """What fits all the words, sort by sort; sorts of which nothing fits are left out."""
    for heading, columns, rows in (
        ("Requirements", ("Requirement", "Place", "Standing"), list(_requirements(reader, words))),
        ("Controls", ("Control", "Family"), list(_controls(reader, words))),
        ("Places", ("Place", "Belongs to"), list(_places(reader, words))),
        ("Partners", ("Partner", "Country"), list(_partners(reader, words))),
        ("Programmes", ("Programme", "Holder"), list(_programmes(reader, words))),
    ):
        if rows:
            cut = f"The first {MOST} of {len(rows)}." if len(rows) > MOST else ""
            yield Group(heading, len(rows), Table(tuple(Column(one) for one in columns), rows[:MOST], cut))


def _fits(words: list[str], *texts: str) -> bool:
    text = " ".join(texts).lower()
    return all(word in text for word in words)


def _requirements(reader: Reader, words: list[str]) -> Iterator[Row]:
    """Each requirement once per programme, at its weakest place."""
    weakest: dict[tuple[str, str], RowJudgement] = {}
    for row in reader.overview.assessment.rows:
        requirement = row.requirement
        if row.standing is NOT_APPLICABLE or not _fits(words, requirement.key, requirement.title, requirement.asks):
            continue
        key = (row.enrolment, requirement.key)
        if key not in weakest or row.standing.rank < weakest[key].standing.rank:
            weakest[key] = row
    for row in weakest.values():
        link = Link(row.requirement.title, row_url(row), row.requirement.key)
        yield Row((link, reader.names.place(row.unit), Mark(row.standing, row_url(row))))


def _controls(reader: Reader, words: list[str]) -> Iterator[Row]:
    for control in reader.overview.catalogue.controls.values():
        if _fits(words, control.key, control.title):
            yield Row((Link(control.title, control_url(control.key), control.key), control.family))


def _places(reader: Reader, words: list[str]) -> Iterator[Row]:
    own = reader.overview.units
    for unit in seen(reader.viewer, "units"):
        if (own is None or unit.key in own) and _fits(words, unit.key, unit.title, unit.country, unit.address):
            url = place_url(reader.overview.snapshot, unit.key)
            yield Row((Link(unit.title or unit.key, url, note=unit.country), reader.names.place(unit.in_)))


def _partners(reader: Reader, words: list[str]) -> Iterator[Row]:
    for partner in seen(reader.viewer, "partners"):
        if _fits(words, partner.key, partner.title, *partner.roles):
            url = address("partners:partner", partner.key)
            country: Shown = partner.country or Quiet("not said")
            yield Row((Link(partner.title or partner.key, url), country))


def _programmes(reader: Reader, words: list[str]) -> Iterator[Row]:
    for one in reader.overview.programmes:
        holder = reader.names.place(one.enrolment.entity)
        if _fits(words, one.programme.key, one.programme.title, holder, one.enrolment.number):
            yield Row((Link(one.programme.title, programme_url(one.enrolment.key)), holder))
