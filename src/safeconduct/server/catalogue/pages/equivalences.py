"""What certificates do for requirements of other programmes: the table, and one equivalence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import Titles
from safeconduct.core.records.equivalence import Effect, HeldBy
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page, rows_named
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.values import Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.equivalence import Equivalence
    from safeconduct.server.common.look.values import Shown

EFFECTS = {
    Effect.SATISFIES: "stands in for the requirement, by the issuer's own word",
    Effect.INFORMS: "told beside the requirement, and proves nothing by itself",
}
_HELD_BY = {HeldBy.UNIT: "the place itself", HeldBy.ABOVE: "the place, its legal entity or the organisation"}


@require_safe
def equivalences(request: HttpRequest) -> HttpResponse:
    """Every equivalence: certificate, requirements, effect, scope, days, how sure."""
    entries, titles = catalogue_in_use().equivalences, Titles(catalogue_in_use())
    columns: list[ListColumn[Equivalence]] = [
        ListColumn(
            "scheme",
            "Certificate",
            lambda one: Link(titles.scheme(one.scheme), _url(one), note=one.reach.covers),
            lambda one: titles.scheme(one.scheme),
            subject=True,
        ),
        ListColumn("programme", "Speaks to", lambda one: titles.issuer(_programme(one)), _programme),
        ListColumn(
            "rows",
            "Requirements",
            lambda one: Number(len(one.requirements), _url(one)),
            lambda one: len(one.requirements),
            numeric=True,
        ),
        ListColumn("effect", "Effect", lambda one: one.effect.value, lambda one: one.effect.value),
        ListColumn("since", "Since", lambda one: one.since or Quiet("not known"), lambda one: one.since),
        ListColumn("until", "Until", lambda one: one.until or "", lambda one: one.until),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    found = listed(request, entries, columns, choices=_choices(entries, titles), text=_text)
    if wants_csv(request):
        return found.answer("equivalences")
    verdict = Verdict(
        (
            f"{counted(len(entries), 'equivalence is', 'equivalences are')} known.",
            f"{counted(sum(one.effect is Effect.SATISFIES for one in entries), 'satisfies', 'satisfy')} requirements.",
        ),
        title="Equivalences",
        lead="A certificate informs unless the issuer of the requirement says that it satisfies. Certificates that a "
        "requirement names in its own text stand in that requirement, and statuses of partners under recognition.",
    )
    page = context("Equivalences", verdict=verdict, list=found, head="All equivalences")
    return render(request, "catalogue/listing.html", page)


def _programme(one: Equivalence) -> str:
    return one.requirements[0].partition("/")[0]


def _url(one: Equivalence) -> str:
    return address("catalogue:equivalence", one.key)


def _text(one: Equivalence) -> str:
    return f"{one.key} {one.reach.covers} {one.conditions} {' '.join(one.requirements)}"


def _choices(entries: tuple[Equivalence, ...], titles: Titles) -> list[Choice[Equivalence]]:
    schemes = sorted({one.scheme for one in entries}, key=titles.scheme)
    programmes = sorted({_programme(one) for one in entries})
    return [
        Choice(
            "from", "Certificate", [(key, titles.scheme(key)) for key in schemes], lambda one, key: one.scheme == key
        ),
        Choice(
            "to",
            "Speaks to",
            [(key, titles.issuer(key)) for key in programmes],
            lambda one, key: _programme(one) == key,
        ),
        Choice("effect", "Effect", [(one.value, one.value) for one in Effect], lambda one, word: one.effect == word),
    ]


@require_safe
def equivalence(request: HttpRequest, key: str) -> HttpResponse:
    """One equivalence: what the certificate must cover, and the requirements it speaks to."""
    entries = {one.key: one for one in catalogue_in_use().equivalences}
    one, titles = entry_asked("equivalence", entries, key), Titles(catalogue_in_use())
    status = titles.scheme(one.scheme)
    verdict = Verdict((f"{status}: {EFFECTS[one.effect]}.",), title=f"Equivalence {one.key}", lead=one.conditions)
    facts: list[tuple[str, Shown]] = [
        ("Held by", _HELD_BY[one.reach.held_by]),
        ("Roles", ", ".join(titles.role(role) for role in one.reach.roles) or "any"),
        ("Levels", ", ".join(one.reach.variants) or "any"),
        ("Must cover", one.reach.covers or Quiet("nothing said")),
        ("Since", one.since or Quiet("not known")),
        ("Until", one.until or "goes on"),
    ]
    return entry_page(
        request,
        context(status, Link("Equivalences", address("catalogue:equivalences"))),
        verdict,
        Section("Requirements it speaks to", table=rows_named(one.requirements)),
        Section("What the certificate must cover", facts),
        Section("Source", source_facts(one.source)),
    )
