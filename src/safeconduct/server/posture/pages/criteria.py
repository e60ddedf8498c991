"""What several programmes ask together: one strictest statement per control, and where we stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import joined
from safeconduct.core.criteria.joins import Relation
from safeconduct.core.judgement import MET, NOT_APPLICABLE
from safeconduct.server.common.exports import table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import address_with
from safeconduct.server.common.look.lists import Choose, Filters, Pager
from safeconduct.server.common.look.values import Box, Button, Link, Number, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.pages.choosing import (
    further,
    kind_choice,
    level_choice,
    name_of,
    names_of,
    narrowed_by,
    obligation_choice,
    obligations_asked,
    query_of,
    role_choice,
    selections_asked,
    ticked,
)
from safeconduct.server.posture.pages.criteria_parts import crosswalk_of, statements_table
from safeconduct.server.posture.pages.lists import cut_of
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.side_by_side import Standard, standard_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.planning import StatementHere
    from safeconduct.server.common.look.crosswalk import Crosswalk

SHOW, UNIT = "show", "unit"
_NUMBERS = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
_SHOWN = (
    ("", "all"),
    ("several", "asked by several programmes"),
    ("differ", "only where they differ"),
    ("conflict", "only conflicts"),
    ("own", "only with own numbers"),
    ("short", "only where we are short"),
    ("one-way", "only one of several ways"),
)


@dataclass(frozen=True)
class CriteriaPage:
    """All that the page of harmonised criteria shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    filters: Filters
    crosswalk: Crosswalk
    pager: Pager
    shared_url: str
    shared_words: str


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """The strictest statements of the programmes chosen."""
    reader = reader_of(request)
    standard, some = standard_asked(request, reader)
    if wants_csv(request):
        return table_answer(request, "criteria", statements_table(reader, standard, some))
    cut = cut_of(request, len(some), said="No statement fits.")
    several = sum(one.statement.shared for one in standard.here)
    page = CriteriaPage(
        verdict=_verdict(request, reader, standard),
        boxes=tuple(_boxes(request, reader, standard)),
        filters=_filters(request, reader, standard),
        crosswalk=crosswalk_of(reader, standard, some[cut.start : cut.end]),
        pager=cut.pager,
        shared_url=address_with(request, **{SHOW: "several", "page": ""}) if several else "",
        shared_words=f"Asked by several ({several})" if several else "",
    )
    return render(
        request,
        "posture/criteria.html",
        title("Harmonised criteria", Link("Programmes", address("programmes:list")), page=page),
    )


def standard_asked(request: HttpRequest, reader: Reader) -> tuple[Standard, list[StatementHere]]:
    """The standard of the programmes chosen, and those of its statements that the address asks for."""
    catalogue = reader.overview.catalogue
    chosen = narrowed_by(request, catalogue, selections_asked(request, reader.overview))
    standard = standard_of(reader.viewer, reader.overview, chosen, obligations_asked(request))
    standard = standard.at(request.GET.get(UNIT, ""))
    show = request.GET.get(SHOW, "")
    return standard, [one for one in standard.here if _fits(one, show)]


def _fits(one: StatementHere, show: str) -> bool:
    stated = one.statement
    match show:
        case "several":
            return stated.shared
        case "differ":
            return stated.differ
        case "conflict":
            return bool(stated.conflicts)
        case "own":
            return bool(stated.own)
        case "short":
            return bool(one.short)
        case "one-way":
            return stated.one_way
        case _:
            return True


def _verdict(request: HttpRequest, reader: Reader, standard: Standard) -> Verdict:
    many = len(standard.selections)
    if not many:
        return Verdict(("Choose the programmes to put side by side.",), title="Harmonised criteria")
    names = names_of(standard.selections)
    all_of_them = {1: names[0], 2: "both programmes"}.get(many, f"all {_NUMBERS.get(many, many)} programmes")
    return Verdict(
        (f"{counted(standard.controls, 'control meets', 'controls meet')} {all_of_them}.", apart(standard)),
        title=" + ".join(names) + _at(request, reader, standard),
        lead=_lead(standard),
        buttons=(Button("Print it as our own standard", address("programmes:standard") + query_of(request)),),
    )


def _at(request: HttpRequest, reader: Reader, standard: Standard) -> str:
    unit = request.GET.get(UNIT, "")
    return f", at {reader.names.place(unit)}" if unit in standard.units else ""


def apart(standard: Standard) -> str:
    """How many requirements it would be without joining them."""
    told = counted(standard.requirements, "requirement", "requirements")
    return f"Written apart, they are {told}." if standard.requirements != 1 else f"They tell {told}."


def _lead(standard: Standard) -> str:
    """Who binds how much, and whether two rules clash."""
    stated = standard.stated
    binding = []
    for one in standard.selections:
        count = sum(each.relation(one.programme.id) is Relation.BINDS for each in stated)
        binding.append(f"{name_of(one, standard.selections)} binds {counted(count, 'statement', 'statements')}")
    told = f"{joined(binding)}." if len(binding) > 1 else ""
    return f"{told} {clash(standard)}".strip()


def clash(standard: Standard) -> str:
    """Whether two rules cannot both be kept, and in how many places."""
    clashing = sum(bool(one.conflicts) for one in standard.stated)
    if not clashing:
        return "Nowhere do two rules clash."
    return f"In {counted(clashing, 'place', 'places')} two rules cannot both be kept."


def _boxes(request: HttpRequest, reader: Reader, standard: Standard) -> Iterator[Box]:
    stated = standard.stated
    asked = [one for one in standard.here if one.places and one.standing is not NOT_APPLICABLE]

    def shown(word: str) -> str:
        return address_with(request, **{SHOW: word, "page": ""})

    editions = len(reader.overview.catalogue.programmes)
    yield Box("Programmes", len(standard.selections), f"of {editions} in the catalogue")
    yield Box("Requirements", standard.requirements, "told by them")
    yield Box("Controls", standard.controls, counted(len(stated), "statement", "statements"))
    yield Box("Conflicts", _led(sum(bool(one.conflicts) for one in stated), shown("conflict")))
    yield Box("Own numbers", _led(sum(bool(one.own) for one in stated), shown("own")), "where no issuer sets one")
    met = sum(one.standing is MET for one in asked)
    yield Box("We stand", Number(met, shown("short"), len(asked)), "statements met")


def _led(count: int, url: str) -> Number:
    """A number that leads to its list, where there is one."""
    return Number(count, url if count else "")


def _filters(request: HttpRequest, reader: Reader, standard: Standard) -> Filters:
    overview = reader.overview
    chosen = selections_asked(request, overview)
    places = [("", "everywhere"), *((unit, reader.names.place(unit)) for unit in standard.units)]
    return Filters(
        fields=(
            ticked(overview, chosen, "Programmes compared"),
            further(overview, chosen, "And also"),
            role_choice(request, overview, chosen),
            *level_choice(request, chosen),
            kind_choice(request, overview),
            obligation_choice(request),
            Choose(UNIT, "Asked at", places, request.GET.get(UNIT, "")),
            Choose(SHOW, "Statements", _SHOWN, request.GET.get(SHOW, "")),
        ),
        clear_url=request.path if request.GET else "",
        button="Compare",
    )
