"""Harmonised criteria and comparisons in plain English: what a statement asks, what a piece still costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeconduct.catalogue.spoken import bound_words, need_words
from safeconduct.catalogue.spoken_conditions import condition_words
from safeconduct.catalogue.titles import Titles, joined, lower_first, plain
from safeconduct.core.criteria.asks import Ask
from safeconduct.core.criteria.compare import Piece
from safeconduct.core.criteria.joins import JoinedBound
from safeconduct.core.criteria.leaves import KEPT_BY, parameter_of
from safeconduct.core.criteria.proving import ASSURANCE, PLACE, SHOWN
from safeconduct.core.criteria.statements import Statement
from safeconduct.core.records.catalogue import Catalogue, Scope
from safeconduct.core.records.equivalence import Effect, Equivalence
from safeconduct.core.records.needs import Bound, Condition, Op, OutcomeNeed

_KEPT_BY = {"self": "the organisation itself", "contract": "a firm under contract", "partner": "a partner"}
_PLACES = {Scope.ENTITY.value: "also for the legal entity as a whole", Scope.SITE.value: "also at each site"}
VERIFIED = "looked at by somebody other than its owner"


@dataclass(frozen=True, slots=True)
class BoundLine:
    """One part of a statement in words, and the asks that bind it; `where` is empty where one of them always does."""

    text: str
    binders: tuple[Ask, ...]
    where: str = ""
    own: bool = False
    limit: bool = False
    conflict: str = ""


def statement_title(titles: Titles, stated: Statement) -> str:
    """The control, and the element it is kept for."""
    return control_title(titles, stated.control.key, stated.element)


def control_title(titles: Titles, control: str, element: str) -> str:
    """A control and the element it is kept for."""
    entry = titles.catalogue.controls[control]
    return f"{entry.title}: {titles.element(entry.by, element)}" if element else entry.title


def statement_lines(titles: Titles, stated: Statement) -> Iterator[BoundLine]:
    """What a statement asks beyond that the control stands, part by part; of a set the elements bound by the same."""
    for bound in stated.bounds:
        yield from _lines(titles, bound)
    if stated.verified:
        by = tuple(ask for ask in stated.asks if ask.need.assurance == "verified")
        yield BoundLine(VERIFIED, by, where_asked(titles.catalogue, by))


def _lines(titles: Titles, joined_: JoinedBound) -> Iterator[BoundLine]:
    for bound, binders in _parts(joined_):
        told = bound_in_plain(titles, joined_, bound)
        where = where_asked(titles.catalogue, binders)
        yield BoundLine(told, binders, where, bound.own, joined_.limits, joined_.conflict)


def _parts(joined_: JoinedBound) -> Iterator[tuple[Bound, tuple[Ask, ...]]]:
    if not joined_.parts:
        yield Bound(joined_.op, own=True), joined_.asks
    elif joined_.op is not Op.INCLUDES:
        for part in joined_.parts:
            yield Bound(joined_.op, part.value), part.binders
    else:
        alike: dict[tuple[int, ...], tuple[set[str], tuple[Ask, ...]]] = {}
        for part in joined_.parts:
            words, _ = alike.setdefault(tuple(id(ask) for ask in part.binders), (set(), part.binders))
            words.add(str(part.value))
        for words, binders in alike.values():
            yield Bound(joined_.op, frozenset(words)), binders


def bound_in_plain(titles: Titles, joined_: JoinedBound, bound: Bound) -> str:
    """One bound of a statement as one line."""
    if joined_.parameter.key == KEPT_BY.key:
        return f"kept by {_keepers(bound)}"
    return bound_words(titles, joined_.parameter, bound)


def _keepers(bound: Bound) -> str:
    words = sorted(bound.value) if isinstance(bound.value, frozenset) else []
    return joined((_KEPT_BY.get(one, plain(one)) for one in words), "or")


def where_asked(catalogue: Catalogue, asks: Iterable[Ask]) -> str:
    """When something is asked at all, as the end of a sentence: empty where somebody asks it always."""
    several = list(asks)
    if any(not ask.when for ask in several):
        return ""
    told = dict.fromkeys(
        where_words(Titles(catalogue, catalogue.programmes.get(ask.programme)), ask.when) for ask in several
    )
    return joined(told, "or")


def where_words(titles: Titles, conditions: Iterable[Condition]) -> str:
    """Conditions that must all hold, as the end of a sentence: `where a and b`; empty without any."""
    told = joined(condition_words(titles, one) for one in conditions)
    return f"where {told}" if told else ""


@dataclass(frozen=True, slots=True)
class PieceLine:
    """One thing still to be done, in words: what it is about, what of it is missing, and when it is asked at all."""

    what: str
    missing: str
    where: str
    control: str = ""


def piece_line(titles: Titles, piece: Piece) -> PieceLine:
    """A piece in words; `missing` is empty where the whole control, or the whole need, is missing."""
    where = where_words(titles, piece.when)
    if isinstance(piece.need, OutcomeNeed):
        return PieceLine(need_words(titles.catalogue, piece.need, titles.programme).text.partition(",")[0], "", where)
    if piece.need is not None:
        line = need_words(titles.catalogue, piece.need, titles.programme)
        return PieceLine(line.text, "; ".join(text for _, text in list(line.lines())[1:]), where, line.control)
    return PieceLine(control_title(titles, piece.control, piece.element), _missing(titles, piece), where, piece.control)


def _missing(titles: Titles, piece: Piece) -> str:
    words = sorted(piece.asked.value) if piece.asked and isinstance(piece.asked.value, frozenset) else []
    match piece.parameter:
        case "":
            return ""
        case _ if piece.parameter == SHOWN:
            return f"evidence that shows its {joined(words)}"
        case _ if piece.parameter == ASSURANCE:
            return VERIFIED
        case _ if piece.parameter == PLACE:
            return _PLACES["".join(words)]
        case _ if piece.asked is None:
            return plain(piece.parameter)
        case _ if piece.parameter == KEPT_BY.key:
            return f"kept by {_keepers(piece.asked)}"
        case _:
            entry = titles.catalogue.controls[piece.control]
            return bound_words(titles, parameter_of(entry, piece.parameter), piece.asked)


def certificate_words(titles: Titles, one: Equivalence) -> str:
    """What a certificate held says about a row, in one sentence without its point."""
    scheme = titles.catalogue.terms.schemes[one.scheme].title
    where = f" for {one.reach.covers}" if one.reach.covers else ""
    if one.effect is Effect.SATISFIES:
        return f"{scheme} stands in for it{where}"
    return f"{scheme} is taken into account{where}, and proves nothing"


def piece_words(titles: Titles, piece: Piece) -> str:
    """A piece on one line."""
    line = piece_line(titles, piece)
    told = f"{line.what}: {lower_first(line.missing)}" if line.missing else line.what
    return f"{told} ({line.where})" if line.where else told
