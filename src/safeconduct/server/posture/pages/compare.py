"""If you hold A, B costs you these things: in general, and on the facts there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import joined
from safeconduct.core.criteria.choosing import written
from safeconduct.core.criteria.compare import Cover
from safeconduct.server.common.exports import ASKED_AS, CSV, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import address_with
from safeconduct.server.common.look.lists import Choose, Filters, Pager, Table
from safeconduct.server.common.look.values import Box, Link, Number, Quiet, Verdict
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
    role_choice,
    selection_asked,
    selections_asked,
    ticked,
)
from safeconduct.server.posture.pages.compare_parts import (
    CostPart,
    comparison_table,
    cost_part,
    cost_table,
    notes_on,
)
from safeconduct.server.posture.pages.lists import cut_of
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.side_by_side import (
    comparable,
    comparison_of,
    cost_seen,
    entities_seen,
    entity_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.criteria.asks import Selection
    from safeconduct.core.criteria.compare import Comparison
    from safeconduct.core.planning import Cost
    from safeconduct.core.records.catalogue import Obligation
    from safeconduct.server.common.look.values import Shown

HELD, WANTED, ENTITY, COVER = "held", "with", "entity", "cover"
LIST, HERE = "list", "here"
UNKNOWN = "unknown"
_COVERS = (
    ("", "all"),
    ("new", "new"),
    ("partly", "partly"),
    ("covered", "covered"),
    (UNKNOWN, "not known to bind"),
)


@dataclass(frozen=True)
class Asked:
    """What is compared: what is held, what is wanted (None until somebody chooses), and for whom.

    `written` is the wanted programme as the address names it, before role, level and kind of place narrow it.
    """

    held: list[Selection]
    wanted: Selection | None
    written: Selection | None
    entity: str
    obligations: tuple[Obligation, ...]
    cover: str


@dataclass(frozen=True)
class ComparePage:
    """All that the page shows; without a programme wanted only the strip to choose one."""

    verdict: Verdict
    filters: Filters
    boxes: tuple[Box, ...] = ()
    notes: tuple[Shown, ...] = ()
    table: Table | None = None
    pager: Pager | None = None
    cost: CostPart | None = None


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What a programme asks beyond what others prove, and what it would cost us."""
    reader = reader_of(request)
    asked = _asked(request, reader)
    if asked.wanted is None:
        page = ComparePage(_nothing_chosen(asked), _filters(request, reader, asked))
        return render(request, "posture/compare.html", _context(page))
    found = comparison_of(reader.viewer, reader.overview, asked.held, asked.wanted, asked.obligations)
    cost = cost_seen(reader.viewer, reader.overview, asked.wanted, asked.entity) if asked.entity else None
    table = comparison_table(reader, asked.wanted, found, asked.cover)
    if wants_csv(request):
        here = request.GET.get(LIST) == HERE and cost is not None
        return table_answer(request, "compare", cost_table(reader, cost, asked.wanted) if cost and here else table)
    cut = cut_of(request, len(table.rows), said="No requirement fits.")
    page = ComparePage(
        verdict=_verdict(asked.held, asked.wanted, found),
        filters=_filters(request, reader, asked),
        boxes=tuple(_boxes(request, reader, asked, found, cost)),
        notes=tuple(notes_on(reader, asked.held, asked.wanted, found)),
        table=Table(table.columns, table.rows[cut.start : cut.end], table.caption),
        pager=cut.pager,
        cost=cost_part(reader, cost, asked.wanted, _cost_csv(request)) if cost is not None else None,
    )
    return render(request, "posture/compare.html", _context(page))


def _context(page: ComparePage) -> dict[str, Any]:
    return title("Compare programmes", Link("Programmes", address("programmes:list")), page=page)


def _cost_csv(request: HttpRequest) -> Link:
    return Link("CSV of every gap", address_with(request, **{ASKED_AS: CSV, LIST: HERE, "page": ""}))


def _asked(request: HttpRequest, reader: Reader) -> Asked:
    overview = reader.overview
    held = narrowed_by(request, overview.catalogue, selections_asked(request, overview, HELD))
    written = selection_asked(overview, request.GET.get(WANTED, ""))
    wanted = narrowed_by(request, overview.catalogue, [written])[0] if written else None
    entity = entity_for(overview, wanted, held, request.GET.get(ENTITY, "")) if wanted else ""
    return Asked(held, wanted, written, entity, obligations_asked(request), request.GET.get(COVER, ""))


def _nothing_chosen(asked: Asked) -> Verdict:
    held = joined(names_of(asked.held)) or "nothing yet"
    return Verdict(
        ("Choose the programme that is wanted.",),
        title="Compare programmes",
        lead=f"Held: {held}. What the wanted one asks beyond that is told row by row.",
    )


def _verdict(held: Sequence[Selection], wanted: Selection, found: Comparison) -> Verdict:
    have, name = joined(names_of([*held, wanted])[:-1]), name_of(wanted, held)
    if not found.rows:
        return _nothing_asked(f"{have or 'Nothing held'} → {name}", name)
    costs = f"costs {counted(len(found.pieces), 'thing', 'things')}" if found.pieces else "costs nothing more"
    first = f"If you hold {have}, {name} {costs}." if held else f"{name} {costs}."
    covered, partly = len(found.of(Cover.COVERED)), len(found.of(Cover.PARTLY))
    rows = counted(len(found.rows), "requirement", "requirements")
    is_covered = "is covered" if covered == 1 else "are covered"
    return Verdict(
        (first, f"{covered} of {rows} {is_covered}, {partly} in part."),
        title=f"{have or 'Nothing held'} → {name}",
        lead="Covered in general is not yet met here: what our own facts prove stands in the second list.",
    )


def _nothing_asked(heading: str, name: str) -> Verdict:
    return Verdict(
        (f"Nothing of {name} is known to bind these roles.",),
        title=heading,
        lead="Its rows are headings, or it is not known whom they bind. The catalogue says how much of it is known.",
    )


def _boxes(request: HttpRequest, reader: Reader, asked: Asked, found: Comparison, cost: Cost | None) -> Iterator[Box]:
    def shown(label: str, word: str, count: int, note: str = "") -> Box:
        return Box(label, Number(count, address_with(request, **{COVER: word, "page": ""}) if count else ""), note)

    for cover in reversed(Cover):
        word = cover.name.lower()
        yield shown(word.capitalize(), word, len(found.of(cover)))
    yield Box("To be done", len(found.pieces), "in general")
    yield shown("Not known to bind", UNKNOWN, len(found.unknown), "their role is unknown")
    if cost is None:
        yield Box("For us", Quiet("nobody to ask"))
    else:
        yield Box("For us", Number(cost.met, "#here", len(cost.musts)), f"met, {reader.names.place(asked.entity)}")


def _filters(request: HttpRequest, reader: Reader, asked: Asked) -> Filters:
    overview = reader.overview
    wanted = written(asked.written) if asked.written else ""
    editions = {one.id: f"{one.title}, {one.edition}" for one in comparable(overview.catalogue)}
    if asked.written and wanted not in editions:
        editions[wanted] = name_of(asked.written)
    held = selections_asked(request, overview, HELD)
    chosen = [*held, *([asked.written] if asked.written else [])]
    units = [("", "whoever is enrolled"), *((key, reader.names.place(key)) for key in entities_seen(overview))]
    return Filters(
        fields=(
            ticked(overview, held, "Held", HELD),
            further(overview, held, "And also held", HELD),
            Choose(WANTED, "Wanted", (("", "choose one"), *editions.items()), wanted),
            role_choice(request, overview, chosen),
            *level_choice(request, chosen),
            kind_choice(request, overview),
            Choose(ENTITY, "For", units, request.GET.get(ENTITY, "")),
            obligation_choice(request),
            Choose(COVER, "Requirements", _COVERS, asked.cover),
        ),
        clear_url=request.path if request.GET else "",
        button="Compare",
    )
