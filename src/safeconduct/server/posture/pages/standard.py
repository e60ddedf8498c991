"""What several programmes ask together as the organisation's own security standard, to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.spoken_criteria import statement_lines
from safeconduct.catalogue.titles import FAMILY_TITLES, Titles, joined
from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.pages.choosing import query_of
from safeconduct.server.posture.pages.criteria import apart, clash, standard_asked
from safeconduct.server.posture.pages.criteria_parts import bound_lines, citations, short_at, title_of
from safeconduct.server.posture.pages.reader import Reader, reader_of, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.criteria.asks import Selection
    from safeconduct.core.planning import StatementHere
    from safeconduct.server.common.look.crosswalk import BoundLine
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.posture.side_by_side import Standard

type Chapter = tuple[str, Table]

_STATED = (Column("What"), Column("How"), Column("Because of"), Column("Stands"))
_WAYS = (Column("What"), Column("One of several ways to meet"))
_OWN = (Column("What"), Column("To be set"), Column("Because of"))


@require_safe
def standard(request: HttpRequest) -> HttpResponse:
    """The strictest statements by chapter; then what is one's own to set, and what only offers a choice."""
    reader = reader_of(request)
    found, some = standard_asked(request, reader)
    programmes = [(one.programme.title, f"{one.programme.edition}, {_taken(reader, one)}") for one in found.selections]
    list_link = Link("Programmes", address("programmes:list"))
    back = Link("Harmonised criteria", address("programmes:criteria") + query_of(request))
    context = title(
        "Security standard",
        list_link,
        back,
        verdict=_verdict(found, some),
        programmes=programmes,
        chapters=list(_chapters(reader, some)),
    )
    return render(request, "posture/standard.html", context)


def _verdict(found: Standard, some: Sequence[StatementHere]) -> Verdict:
    return Verdict(
        (f"Our security standard: {counted(len(some), 'statement', 'statements')}.",),
        title="Security standard",
        lead=f"{apart(found)} {clash(found)}",
    )


def _taken(reader: Reader, selection: Selection) -> str:
    titles = Titles(reader.overview.catalogue, selection.programme)
    roles = joined(titles.role(role).lower() for role in selection.roles)
    levels = joined(titles.variant(level) for level in selection.variants)
    return f"as {roles}{f'; {levels}' if levels else ''}"


def _chapters(reader: Reader, some: Sequence[StatementHere]) -> Iterator[Chapter]:
    """A chapter for each family; then what is one's own to set, and what only offers a choice."""
    firm = [one for one in some if not one.statement.one_way]
    for family in dict.fromkeys(one.statement.control.family for one in firm):
        rows = [_row(reader, one) for one in firm if one.statement.control.family == family]
        yield FAMILY_TITLES.get(family, family), Table(_STATED, rows)
    if own := [row for one in firm for row in _own_rows(reader, one)]:
        yield "Numbers of our own, to be set with a reason", Table(_OWN, own)
    if ways := [one for one in some if one.statement.one_way]:
        yield "Ways to choose from", Table(_WAYS, [_way(reader, one) for one in ways])


def _row(reader: Reader, one: StatementHere) -> Row:
    says = Several(tuple(_said(line) for line in bound_lines(reader, one.statement)), "; ")
    return Row((title_of(reader, one.statement), says, citations(one.statement.asks), _stands(reader, one)))


def _said(line: BoundLine) -> str:
    return f"{line.says} ({line.tag})" if line.tag else line.says


def _own_rows(reader: Reader, one: StatementHere) -> Iterator[Row]:
    titles = Titles(reader.overview.catalogue)
    for line in statement_lines(titles, one.statement):
        if line.own:
            yield Row((title_of(reader, one.statement), line.text, citations(line.binders)))


def _way(reader: Reader, one: StatementHere) -> Row:
    return Row((title_of(reader, one.statement), citations(one.statement.ways)))


def _stands(reader: Reader, one: StatementHere) -> Shown:
    if not one.places or one.standing is NOT_APPLICABLE:
        return Quiet("not asked here")
    return Several((one.standing, short_at(reader, one)), " ") if one.short else one.standing
