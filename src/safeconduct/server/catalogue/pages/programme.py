"""One edition of one programme: how much of it is encoded, its chapters, its requirements, its sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import Titles
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation, Rule
from safeconduct.server.catalogue.pages.shared import (
    context,
    day_of,
    file_columns,
    row_choices,
    row_columns,
    words_of,
)
from safeconduct.server.catalogue.queries import CatalogueRow, programme_asked, rows_of
from safeconduct.server.catalogue.words import UNITS, programme_url
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.listing import Choice, Listed, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Coverage, Programme
    from safeconduct.server.common.look.values import Shown

_RULES = {
    Rule.PLAIN: "every must counts alike",
    Rule.DECISIVE_QUESTIONS: "decisive questions first",
    Rule.ITEM_RESULTS: "results of items, with bonus items",
    Rule.GRADE: "a grade",
}


@dataclass(frozen=True)
class ProgrammePage:
    """All that the page of an edition shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    coverage: Table
    chapters: Table
    requirements: Listed
    sources: Table
    facts: tuple[tuple[str, Shown], ...]


@require_safe
def programme(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """One edition as the catalogue holds it."""
    found, day = programme_asked(programme, edition), day_of(request)
    rows = rows_of(found)
    columns = file_columns(day) if wants_csv(request) else row_columns(day, with_programme=False)
    list_ = listed(request, rows, columns, choices=_choices(found, day, rows), text=words_of)
    if wants_csv(request):
        return list_.answer(f"{found.key}-{found.edition}")
    page = ProgrammePage(
        verdict=_verdict(found, rows, day),
        boxes=_boxes(found, rows, day),
        coverage=_coverage(found),
        chapters=_chapters(found, rows, day),
        requirements=list_,
        sources=_sources(found),
        facts=_facts(found),
    )
    return render(request, "catalogue/programme.html", context(found.title, page=page))


def _choices(found: Programme, day: date, rows: tuple[CatalogueRow, ...]) -> list[Choice[CatalogueRow]]:
    titles = Titles(catalogue_in_use(), found)
    return [
        Choice("chapter", "Chapter", list(found.chapters.items()), lambda one, key: one.row.chapter == key),
        Choice(
            "role",
            "Role",
            [(role, titles.role(role)) for role in found.roles],
            lambda one, role: one.row.roles.get(role) not in (None, "no", "unknown"),
        ),
        *row_choices(day, rows),
    ]


def _verdict(found: Programme, rows: tuple[CatalogueRow, ...], day: date) -> Verdict:
    return Verdict(
        (_extent(rows, day), _decided(rows)),
        title=f"{found.title}, edition {found.edition}",
        lead=_completeness(found),
    )


def _extent(rows: tuple[CatalogueRow, ...], day: date) -> str:
    if not any(one.mapped for one in rows):
        return f"Headings only: {counted(len(rows), 'row tells', 'rows tell')} what it is about."
    musts = sum(one.obligation(day) is Obligation.MUST for one in rows)
    return f"It asks {counted(len(rows), 'thing', 'things')}, {counted(musts, 'is a must', 'are musts')}."


def _decided(rows: tuple[CatalogueRow, ...]) -> str:
    judged, computable = sum(one.judged for one in rows), sum(one.computable for one in rows)
    return (
        f"{computable} of {judged} that are judged follow from recorded facts alone." if judged else "None is judged."
    )


def _completeness(found: Programme) -> str:
    """Whether the catalogue holds every criterion of the issuer."""
    lacking = [one for one in found.coverage.values() if not one.complete]
    if not lacking:
        return "Every criterion of the issuer that binds is in the catalogue."
    if len(lacking) == len(found.coverage):
        return "Not every criterion of the issuer is in the catalogue: it can never say more than what it knows."
    return (
        f"For {len(lacking)} of {len(found.coverage)} roles the catalogue does not hold every criterion of the issuer."
    )


def _boxes(found: Programme, rows: tuple[CatalogueRow, ...], day: date) -> tuple[Box, ...]:
    sure = Counter(one.row.source.sure for one in rows)
    musts = sum(one.obligation(day) is Obligation.MUST for one in rows)
    return (
        Box("Issuer", found.owner),
        Box("In force", _in_force(found), f"in place of edition {found.supersedes}" if found.supersedes else ""),
        Box("Authorises", UNITS[found.unit], counted(len(found.roles), "role", "roles")),
        Box("Musts", Number(musts, programme_url(found, obligation="must"), len(rows)), "of all rows"),
        Box("Confirmed", Number(sure[Sure.CONFIRMED], programme_url(found, sure="confirmed"), len(rows))),
        Box("Waits for confirmation", Number(sure[Sure.UNCONFIRMED], programme_url(found, sure="unconfirmed"))),
    )


def _in_force(found: Programme) -> Shown:
    since = Several(("since", found.since), " ") if found.since else "day not known"
    return Several((since, Several(("until", found.until), " "))) if found.until else since


def _coverage(found: Programme) -> Table:
    titles = Titles(catalogue_in_use(), found)
    columns = (Column("Role"), Column("Rows that bind", numeric=True), Column("Complete"), Column("Known gaps"))
    rows = [
        Row(
            (
                Link(titles.role(role), programme_url(found, role=role)),
                _known(one),
                "yes" if one.complete else "no",
                ", ".join(one.gaps) or Quiet("none known"),
            )
        )
        for role, one in found.coverage.items()
    ]
    return Table(columns, rows, "How much of the issuer's criteria is encoded, role by role.")


def _known(one: Coverage) -> Shown:
    return Number(one.rows, of=one.of) if one.of is not None else f"{one.rows} of unknown"


def _chapters(found: Programme, rows: tuple[CatalogueRow, ...], day: date) -> Table:
    columns = (
        Column("Chapter"),
        Column("Rows", numeric=True),
        Column("Musts", numeric=True),
        Column("From facts alone", numeric=True),
        Column("How sure"),
    )
    shown = []
    for key, title in found.chapters.items():
        inside = [one for one in rows if one.row.chapter == key]
        if not inside:
            continue
        sure = Counter(one.row.source.sure for one in inside)
        url = programme_url(found, chapter=key)
        musts = sum(one.obligation(day) is Obligation.MUST for one in inside)
        shown.append(
            Row(
                (
                    Link(title, url),
                    Number(len(inside), url),
                    Number(musts, programme_url(found, chapter=key, obligation="must")) if musts else 0,
                    Number(
                        sum(one.computable for one in inside),
                        programme_url(found, chapter=key, decided="facts"),
                        sum(one.judged for one in inside),
                    ),
                    Several(tuple(f"{sure[word]} {word.value}" for word in Sure if sure[word])),
                )
            )
        )
    return Table(columns, shown)


def _sources(found: Programme) -> Table:
    columns = (Column("Document"), Column("How sure"), Column("Checked"))
    rows = [Row((Link(one.document, one.link), Sure(one.sure), one.checked)) for one in found.sources]
    return Table(columns, rows)


def _facts(found: Programme) -> tuple[tuple[str, Shown], ...]:
    levels = [found.variant_titles.get(one, one.upper()) for one in found.variants]
    pairs: list[tuple[str, Shown]] = [
        ("Rule", _RULES[found.rule]),
        ("Levels", ", ".join(levels)),
        ("Pass mark", found.pass_mark),
        ("Alternatives", f"accepted by {', '.join(found.alternatives_by)}" if found.alternatives_by else "none"),
        ("Not applicable", "may be decided, with a reason" if found.not_applicable else "never"),
        ("Note", found.note),
    ]
    return tuple((label, value) for label, value in pairs if value)
