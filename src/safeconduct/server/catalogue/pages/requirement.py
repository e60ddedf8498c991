"""One requirement as the catalogue holds it: what it asks in plain English, of whom, since when, and on what source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.spoken_conditions import condition_words
from safeconduct.catalogue.titles import Titles
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Addressee
from safeconduct.server.catalogue.lines import SpokenLine
from safeconduct.server.catalogue.pages.shared import context, day_of
from safeconduct.server.catalogue.queries import CatalogueRow, askings_of, neighbours, row_asked
from safeconduct.server.catalogue.reach import reach
from safeconduct.server.catalogue.words import (
    ADDRESSEES,
    KINDS,
    SCOPES,
    family_words,
    lines_of,
    obligation_words,
    programme_link,
    role_shown,
    row_url,
    source_facts,
    timeline_words,
)
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Several, Verdict

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Applies, Part, Requirement, Timeline
    from safeconduct.server.common.look.values import Shown

_ALIKE = 40


@dataclass(frozen=True)
class PartShown:
    """One part of a requirement: its heading, when it binds, and what it asks."""

    title: str
    binds: str
    lines: tuple[SpokenLine, ...]


@dataclass(frozen=True)
class RequirementPage:
    """All that the page of a requirement shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    parts: tuple[PartShown, ...]
    roles: Table
    source: tuple[tuple[str, Shown], ...]
    facts: tuple[tuple[str, Shown], ...]
    alike: Table
    neighbours: tuple[Button, ...]


@require_safe
def requirement(request: HttpRequest, key: str) -> HttpResponse:
    """One requirement."""
    entry, day = row_asked(key), day_of(request)
    page = RequirementPage(
        verdict=_verdict(entry, day),
        boxes=_boxes(entry, day),
        parts=_parts(entry, day),
        roles=_roles(entry, day),
        source=tuple(source_facts(entry.row.source)),
        facts=_facts(entry),
        alike=_alike(entry, day),
        neighbours=_neighbours(entry),
    )
    trail = Link(entry.programme.title, address("catalogue:programme", entry.programme.key, entry.programme.edition))
    return render(request, "catalogue/requirement.html", context(entry.row.ref, trail, page=page))


def _verdict(entry: CatalogueRow, day: date) -> Verdict:
    row, found = entry.row, entry.obligation(day)
    binds = f"It binds as {found.value}." if found else "It binds nobody on this day."
    return Verdict((f"{row.title}.", binds), title=cited(row), lead=" ".join([row.asks, *_how_judged(entry)]))


def _how_judged(entry: CatalogueRow) -> list[str]:
    """What else there is to know before it counts, in sentences."""
    row = entry.row
    said = []
    if row.addressee is not Addressee.TRADER:
        said.append(f"It is a duty of the {ADDRESSEES[row.addressee]} and is not judged here.")
    elif not entry.judged:
        said.append(f"It is {KINDS[row.kind]}.")
    elif not entry.computable:
        said.append("Facts alone do not decide it: a named person judges or answers it.")
    if row.source.sure is Sure.UNCONFIRMED:
        said.append("It counts only after a person has confirmed it from the issuer's text.")
    return said


def _boxes(entry: CatalogueRow, day: date) -> tuple[Box, ...]:
    row = entry.row
    chapter = entry.programme.chapters.get(row.chapter, row.chapter)
    return (
        Box("Programme", programme_link(entry.programme), chapter),
        Box("Reference", row.ref, Quiet(row.key)),
        Box("Obligation", obligation_words(entry, day), KINDS[row.kind]),
        Box("Judged at", SCOPES[row.scope], f"about: {row.about}" if row.about else ""),
        Box("Controls", Number(len(entry.controls), "#asks"), _elements(row)),
        Box("How sure", row.source.sure, Several(("checked", row.source.checked), " ")),
    )


def _elements(row: Requirement) -> str:
    return f"SAFE {', '.join(row.safe)}" if row.safe else ""


def _parts(entry: CatalogueRow, day: date) -> tuple[PartShown, ...]:
    """What it asks: one block, or one for each part of a row that mixes strengths."""
    row, catalogue = entry.row, catalogue_in_use()
    binds = timeline_words(row.obligation, day)
    if row.parts:
        return tuple(_part(entry, part, day) for part in row.parts)
    if row.needs is None:
        return (PartShown("", binds, ()),)
    return (PartShown("", binds, (lines_of(catalogue, row.needs, entry.programme),)),)


def _part(entry: CatalogueRow, part: Part, day: date) -> PartShown:
    catalogue = catalogue_in_use()
    binds = timeline_words(part.obligation, day)
    if part.when is not None:
        binds = f"{binds}, where {condition_words(Titles(catalogue, entry.programme), part.when)}"
    title = part.title or f"Part {part.key}"
    return PartShown(title, binds, (lines_of(catalogue, part.needs, entry.programme),))


def _roles(entry: CatalogueRow, day: date) -> Table:
    """Whether it applies to each role: yes, no, or unknown; parts that speak for roles of their own stand beside it."""
    titles, row = Titles(catalogue_in_use(), entry.programme), entry.row
    own = [part for part in row.parts if part.roles]
    columns = (Column("Role"), Column("Applies"), *(Column(part.title or f"Part {part.key}") for part in own))
    shown = [
        Row(
            (
                titles.role(role),
                role_shown(row.roles.get(role), day),
                *(role_shown(_of_part(part, row, role), day) for part in own),
            )
        )
        for role in entry.programme.roles
    ]
    return Table(columns, shown, tight=not own)


def _of_part(part: Part, row: Requirement, role: str) -> Applies | Timeline | None:
    return part.roles.get(role) if part.roles else row.roles.get(role)


def _facts(entry: CatalogueRow) -> tuple[tuple[str, Shown], ...]:
    row, titles = entry.row, Titles(catalogue_in_use(), entry.programme)
    pairs: list[tuple[str, Shown]] = [
        ("Only where", condition_words(titles, row.when) if row.when else ""),
        ("Levels", ", ".join(titles.variant(one) for one in row.variants)),
        ("SAFE elements", ", ".join(family_words(letter) for letter in row.safe)),
        ("Decisive", "yes: unmet, the programme fails outright" if row.decisive else ""),
        ("Illustrates", Link(row.illustrates, row_url(row.illustrates)) if row.illustrates else ""),
        ("In place of", row.supersedes),
        ("Note", row.note),
        ("Certificates", _certificates(row.key)),
        ("Checklists", _checklists(row.key)),
    ]
    return tuple((label, value) for label, value in pairs if value)


def _certificates(key: str) -> Shown:
    """Certificates of other schemes that satisfy or inform it."""
    titles = Titles(catalogue_in_use())
    found = [one for one in catalogue_in_use().equivalences if key in one.requirements]
    links = (
        Link(f"{titles.scheme(one.scheme)} {one.effect}", address("catalogue:equivalence", one.key)) for one in found
    )
    return Several(tuple(links), ", ") if found else ""


def _checklists(key: str) -> Shown:
    """Checklists whose points it asks for."""
    found = [one for one in catalogue_in_use().checklists.values() if key in one.asked_by]
    links = (Link(one.title, address("catalogue:checklist", one.key)) for one in found)
    return Several(tuple(links), ", ") if found else ""


def _alike(entry: CatalogueRow, day: date) -> Table:
    """Who else asks the same controls, other programmes first: one record may serve them all."""
    titles = Titles(catalogue_in_use())
    columns = (
        Column("Requirement"),
        Column("Control"),
        Column("What it must reach", short="Reach"),
        Column("Obligation"),
    )
    found = [
        (control, asking.entry, asking.need)
        for control in entry.controls
        for asking in askings_of(control)
        if asking.entry.row.key != entry.row.key
    ]
    found.sort(key=lambda one: one[1].programme.id == entry.programme.id)
    rows = [
        Row(
            (
                Link(other.row.title, row_url(other.row.key), ident=cited(other.row)),
                Link(titles.control(control), address("catalogue:control", control)),
                reach(titles, catalogue_in_use().controls[control], need),
                obligation_words(other, day),
            )
        )
        for control, other, need in found[:_ALIKE]
    ]
    more = f"The first {_ALIKE} of {len(found)}; each control's page lists all." if len(found) > _ALIKE else ""
    return Table(columns, rows, more)


def _neighbours(entry: CatalogueRow) -> tuple[Button, ...]:
    before, after = neighbours(entry)
    named = (("Back to", before), ("On to", after))
    return tuple(Button(f"{word} {one.row.ref}", row_url(one.row.key)) for word, one in named if one)
