"""The quality of the catalogue as numbers: how much of each edition is here, how sure, how far it can be computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.quality import Quality, quality
from safeconduct.core.provenance import Sure
from safeconduct.server.catalogue.pages.shared import context, day_of
from safeconduct.server.catalogue.words import programme_link, programme_url
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Coverage, Programme
    from safeconduct.server.common.look.values import Shown


@dataclass(frozen=True, slots=True)
class EditionQuality:
    """An edition with its numbers."""

    programme: Programme
    counts: Quality

    def sure(self, word: Sure) -> int:
        """How many of its rows are so sure."""
        return self.counts.sure.get(word, 0)


@require_safe
def quality_of_catalogue(request: HttpRequest) -> HttpResponse:
    """Every edition in numbers, then the coverage of each role."""
    day = day_of(request)
    editions = [EditionQuality(one, quality(one, day)) for one in catalogue_in_use().programmes.values()]
    found = _editions(request, editions)
    if wants_csv(request):
        return found.answer("quality")
    values = {"verdict": _verdict(editions), "boxes": _boxes(editions), "list": found, "roles": _roles(editions)}
    return render(request, "catalogue/quality.html", context("Quality", **values))


def _total(editions: Sequence[EditionQuality], count: Callable[[EditionQuality], int]) -> int:
    return sum(count(one) for one in editions)


def _verdict(editions: Sequence[EditionQuality]) -> Verdict:
    rows = _total(editions, lambda one: one.counts.rows)
    confirmed = _total(editions, lambda one: one.sure(Sure.CONFIRMED))
    waiting = _total(editions, lambda one: one.sure(Sure.UNCONFIRMED))
    return Verdict(
        (
            f"{counted(rows, 'requirement', 'requirements')} in {counted(len(editions), 'edition', 'editions')}.",
            f"{confirmed} rest on the issuer's own text, {waiting} wait to be confirmed.",
        ),
        title="Quality of the catalogue",
        lead="What each edition should come to stands beside its rows and is checked each time the files are read.",
    )


def _boxes(editions: Sequence[EditionQuality]) -> tuple[Box, ...]:
    judged = _total(editions, lambda one: one.counts.judged)
    computable = _total(editions, lambda one: one.counts.computable)
    by_person = _total(editions, lambda one: one.counts.by_person)
    complete = _total(editions, lambda one: one.counts.complete_roles)
    roles = _total(editions, lambda one: len(one.counts.coverage))
    oldest = min((one.counts.oldest for one in editions if one.counts.oldest), default=None)
    return (
        Box("Judged", Number(judged), "of the trader"),
        Box("From facts alone", Number(computable, of=judged), "computed"),
        Box("By a named person", Number(by_person, of=judged), "outcomes nobody can compute"),
        Box("Complete", Number(complete, "#roles", roles), "roles of an edition"),
        Box("Oldest check", oldest, "of a source"),
    )


def _editions(request: HttpRequest, editions: Sequence[EditionQuality]) -> Listed:
    columns: list[ListColumn[EditionQuality]] = [
        ListColumn("title", "Edition", _named, lambda one: one.programme.title, subject=True),
        _number("rows", "Rows", lambda one: one.counts.rows),
        _number("trader", "For the trader", lambda one: one.counts.trader),
        *(_number(word.value, word.value.capitalize(), _counting(word), sure=word.value) for word in Sure),
        _number("mapped", "Mapped", lambda one: one.counts.mapped),
        _number("judged", "Judged", lambda one: one.counts.judged),
        _number("computable", "From facts alone", lambda one: one.counts.computable, decided="facts"),
        _number("person", "By a person", lambda one: one.counts.by_person, decided="person"),
        ListColumn("oldest", "Oldest check", lambda one: one.counts.oldest, lambda one: one.counts.oldest),
    ]
    return listed(
        request,
        editions,
        columns,
        choices=[_grade(), _reach()],
        text=lambda one: f"{one.programme.id} {one.programme.title} {one.programme.owner}",
        sort="title",
        size=100,
    )


def _counting(word: Sure) -> Callable[[EditionQuality], int]:
    return lambda one: one.sure(word)


def _number(
    name: str, label: str, count: Callable[[EditionQuality], int], **filters: str
) -> ListColumn[EditionQuality]:
    """A column of numbers, each leading to the rows it counts where the list of rows can show just these."""

    def shown(one: EditionQuality) -> Shown:
        number = count(one)
        leads = number and (filters or name == "rows")
        return Number(number, programme_url(one.programme, **filters) if leads else "")

    return ListColumn(name, label, shown, count, numeric=True)


def _named(one: EditionQuality) -> Link:
    found = one.programme
    return Link(found.title, programme_url(found), note=f"{found.owner}, edition {found.edition}")


def _grade() -> Choice[EditionQuality]:
    return Choice(
        "sure",
        "How sure",
        [("all", "every row confirmed"), ("some", "some confirmed"), ("none", "no row confirmed")],
        lambda one, word: _graded(one.sure(Sure.CONFIRMED), one.counts.rows) == word,
    )


def _reach() -> Choice[EditionQuality]:
    return Choice(
        "mapped",
        "Mapped",
        [("all", "every row"), ("some", "some rows"), ("none", "headings only")],
        lambda one, word: _graded(one.counts.mapped, one.counts.rows) == word,
    )


def _graded(count: int, of: int) -> str:
    return "none" if not count else ("all" if count == of else "some")


def _roles(editions: Sequence[EditionQuality]) -> Table:
    """How much of what an issuer asks of a role is encoded; roles of an edition that are alike share a row."""
    columns = (Column("Edition"), Column("Roles"), Column("Binding rows", numeric=True), Column("Known gaps"))
    titles = catalogue_in_use().terms.roles
    rows = []
    for one in editions:
        alike: dict[Coverage, list[str]] = {}
        for role, cover in one.counts.coverage.items():
            alike.setdefault(replace(cover, role=""), []).append(titles.get(role, role))
        rows += [Row((programme_link(one.programme), *_covered(cover, roles))) for cover, roles in alike.items()]
    return Table(columns, rows, "Rows that bind a role for certain, of those its issuer has where that is known.")


def _covered(cover: Coverage, roles: Sequence[str]) -> tuple[Shown, ...]:
    gaps: Shown = ", ".join(cover.gaps) or ("complete" if cover.complete else Quiet("not named"))
    return ", ".join(roles), Number(cover.rows, of=cover.of), gaps
