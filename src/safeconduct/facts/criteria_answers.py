"""Harmonised criteria, comparisons and costs as plain data: one form for --json, the API and whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from safeconduct.catalogue.spoken_criteria import (
    BoundLine,
    certificate_words,
    piece_line,
    piece_words,
    statement_lines,
    statement_title,
    where_asked,
)
from safeconduct.catalogue.titles import Titles
from safeconduct.catalogue.wording import bound_in_words
from safeconduct.core.criteria.asks import Ask, Selection
from safeconduct.core.criteria.choosing import written
from safeconduct.core.criteria.compare import Comparison, Cover, Piece, RowComparison
from safeconduct.core.criteria.statements import Statement
from safeconduct.core.planning import Cost, Here, StatementHere
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.sentences import sentence
from safeconduct.facts.answers import Plain, action_form, finding_form, gap_form, result_form, source_form


def selection_form(selection: Selection) -> Plain:
    """A programme as somebody takes part in it; `written` reads back to the same.

    `complete` says whether the catalogue holds every criterion of its issuer for these roles.
    """
    return {
        "written": written(selection),
        "programme": selection.programme.id,
        "title": selection.programme.title,
        "roles": list(selection.roles),
        "variants": list(selection.variants),
        "complete": all(_complete(selection, role) for role in selection.roles),
    }


def _complete(selection: Selection, role: str) -> bool:
    coverage = selection.programme.coverage.get(role)
    return coverage is not None and coverage.complete


def statement_form(
    catalogue: Catalogue, stated: Statement, here: StatementHere | None = None, *, because: bool = True
) -> Plain:
    """One strictest statement: each part with who binds it, how each programme stands to it, where it stands."""
    titles = Titles(catalogue)
    control = stated.control
    form: Plain = {
        "control": control.key,
        "title": statement_title(titles, stated),
        "family": control.family,
        "element": stated.element,
        "must": stated.must,
        "one_way": stated.one_way,
        "shown": [kind.value for kind in stated.shown],
        "verified": stated.verified,
        "asks": [_part_form(one) for one in statement_lines(titles, stated)],
        "own": [bound.parameter.key for bound in stated.own],
        "conflicts": list(dict.fromkeys(bound.conflict for bound in stated.conflicts)),
        "where": where_asked(catalogue, stated.asks),
        "programmes": {one: stated.relation(one).value for one in stated.programmes},
        "requirements": [one.key for one in stated.requirements],
        "sources": {one.key: source_form(one.source) for one in stated.requirements},
    }
    if here is not None:
        form["standing"] = here.standing.value if here.places else None
        form["places"] = [_place_form(place, because=because) for place in here.places]
    return form


def _place_form(place: Here, *, because: bool) -> Plain:
    form: Plain = {
        "unit": place.unit,
        "standing": place.standing.value,
        "why": sentence(place.finding),
        "crosses_a_limit": place.crossed is not None,
    }
    return form | {"finding": finding_form(place.finding)} if because else form


def _part_form(line: BoundLine) -> Plain:
    return {
        "says": line.text,
        "where": line.where,
        "own": line.own,
        "limit": line.limit,
        "bound_by": _citations(line.binders),
        "conflict": line.conflict,
    }


def _citations(asks: Iterable[Ask]) -> list[str]:
    return list(dict.fromkeys(ask.requirement.key for ask in asks))


def criteria_form(
    catalogue: Catalogue,
    selections: Sequence[Selection],
    stated: Sequence[Statement],
    here: Sequence[StatementHere] = (),
    *,
    because: bool = True,
) -> Plain:
    """The strictest statements of several programmes; `because` adds the tree of every place."""
    placed = {(one.statement.control.key, one.statement.element): one for one in here}
    requirements = {row.key for one in stated for row in one.requirements}
    return {
        "catalogue": catalogue.digest,
        "programmes": [selection_form(one) for one in selections],
        "requirements": len(requirements),
        "conflicts": sum(bool(one.conflicts) for one in stated),
        "statements": [
            statement_form(catalogue, one, placed.get((one.control.key, one.element)), because=because)
            for one in stated
        ],
    }


def piece_form(titles: Titles, piece: Piece) -> Plain:
    """One thing still to be done."""
    line = piece_line(titles, piece)
    return {
        "control": piece.control,
        "element": piece.element,
        "parameter": piece.parameter,
        "bound": bound_in_words(piece.asked) if piece.asked is not None else "",
        "says": piece_words(titles, piece),
        "where": line.where,
    }


def row_comparison_form(titles: Titles, row: RowComparison) -> Plain:
    """One row of the wanted programme against what is held."""
    requirement = row.requirement
    return {
        "requirement": requirement.key,
        "ref": requirement.ref,
        "title": requirement.title,
        "obligation": row.obligation.value,
        "cover": row.cover.name.lower(),
        "missing": [piece_form(titles, one) for one in row.pieces],
        "certificates": [
            {
                "scheme": one.scheme,
                "effect": one.effect.value,
                "covers": one.reach.covers,
                "says": certificate_words(titles, one),
            }
            for one in row.certificates
        ],
        "source": source_form(requirement.source),
    }


def comparison_form(
    catalogue: Catalogue, held: Sequence[Selection], wanted: Selection, found: Comparison, cost: Cost | None = None
) -> Plain:
    """What a programme asks beyond what others prove; with `cost` also for one organisation."""
    titles = Titles(catalogue, wanted.programme)
    form: dict[str, Any] = {
        "catalogue": catalogue.digest,
        "held": [selection_form(one) for one in held],
        "wanted": selection_form(wanted),
        "rows": len(found.rows),
        **{cover.name.lower(): len(found.of(cover)) for cover in reversed(Cover)},
        "unknown": [one.key for one in found.unknown],
        "pieces": [piece_form(titles, one) for one in found.pieces],
        "requirements": [row_comparison_form(titles, one) for one in found.rows],
    }
    if cost is not None:
        form["here"] = cost_form(cost)
    return form


def cost_form(cost: Cost) -> Plain:
    """A programme judged for an organisation that may not be enrolled in it."""
    return {
        "entity": cost.judged.enrolment.entity,
        "sites": list(cost.judged.enrolment.sites),
        "day": cost.judged.day.isoformat(),
        "met": cost.met,
        "musts": len(cost.musts),
        "results": [result_form(one) for one in cost.judged.results],
        "gaps": [gap_form(one) for one in cost.gaps],
        "actions": [action_form(one) for one in cost.actions],
    }
