"""Bounds joined: the one strictest statement on a parameter, and who binds each part of it.

Every kind of bound is a join-semilattice: numbers and orders take the stricter side, sets the union, choices the
intersection, a flag is yes. Of sets that ask for one element of several, each that no other holds is kept. A number
binds over an own target, which then must not be looser. Lengths of time that do not compare are both kept. An empty
choice, or a floor above a ceiling, is a conflict and never resolved silently.

Source: catalogue language, section 8 (harmonised criteria).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from safeconduct.core.criteria.asks import Ask, How
from safeconduct.core.criteria.comparing import compare_values
from safeconduct.core.quantities import ParameterKind, Value
from safeconduct.core.records.catalogue import Parameter, TermList
from safeconduct.core.records.needs import Bound, Op

Asked = Value | frozenset[str]
Pair = tuple[Ask, Bound]

NO_CHOICE = "No choice pleases every programme."
CLASH = "One programme asks for more than another allows."


class Relation(StrEnum):
    """What one programme's asks are to the joined statement."""

    BINDS = "binds"  # without it the statement would be looser
    SAME = "same"  # as strict as the statement, with others
    LESS = "less"
    ONE_WAY = "one way"  # only as one of several ways to meet its row
    SILENT = "silent"


@dataclass(frozen=True)
class BoundPart:
    """One value of a joined bound, and the asks that are as strict as it; of a set one element."""

    value: Asked
    binders: tuple[Ask, ...]


@dataclass(frozen=True)
class JoinedBound:
    """The strictest statement on one parameter in one direction.

    `parts` is one value, or several: the elements of a set, sets each of which asks for one element, lengths that do
    not compare. It is empty where every programme leaves the number to the organisation (`own`). `conflict` says what
    cannot hold together.
    """

    parameter: Parameter
    op: Op
    pairs: tuple[Pair, ...]
    parts: tuple[BoundPart, ...]
    terms: TermList | None
    conflict: str = ""

    @property
    def own(self) -> bool:
        """Whether a programme leaves the number to the organisation."""
        return any(bound.own for _, bound in self.pairs)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The asks joined here."""
        return _once(ask for ask, _ in self.pairs)

    @property
    def limits(self) -> bool:
        """Whether only limits are set here: nothing to meet, only something not to cross."""
        return all(ask.limit for ask, _ in self.pairs)

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The statement as bounds; whoever keeps them keeps every bound joined here."""
        if not self.parts:
            return (Bound(self.op, own=True),)
        if self.op is Op.INCLUDES:
            return (Bound(self.op, frozenset(str(part.value) for part in self.parts)),)
        return tuple(Bound(self.op, part.value) for part in self.parts)

    def relation(self, programme: str) -> Relation:
        """What a programme's own bounds are to this statement."""
        return self._relations.get(programme, Relation.SILENT)

    @cached_property
    def _relations(self) -> dict[str, Relation]:
        return {one: self._relation(one) for one in dict.fromkeys(ask.programme for ask, _ in self.pairs)}

    def _relation(self, programme: str) -> Relation:
        if not self._kept_by(pair for pair in self.pairs if pair[0].programme != programme):
            return Relation.BINDS
        mine = self._kept_by(pair for pair in self.pairs if pair[0].programme == programme)
        return Relation.SAME if mine else Relation.LESS

    def _kept_by(self, pairs: Iterable[Pair]) -> bool:
        """Whether some of the asks alone come to the whole statement."""
        asked = tuple(pairs)
        held = _join(self.parameter, self.op, asked, self.terms).bounds if asked else ()
        return all(implied(bound, held, self.parameter, self.terms) for bound in self.bounds)


def join(parameter: Parameter, pairs: Sequence[Pair], terms: TermList | None) -> tuple[JoinedBound, ...]:
    """The joined bounds on one parameter, one for each direction asked."""
    directions = [op for op in Op if any(bound.op is op for _, bound in pairs)]
    joined = [_join(parameter, op, [pair for pair in pairs if pair[1].op is op], terms) for op in directions]
    return tuple(_with_clash(joined))


def _join(parameter: Parameter, op: Op, pairs: Sequence[Pair], terms: TermList | None) -> JoinedBound:
    numbered = [pair for pair in pairs if not pair[1].own]
    joined = JoinedBound(parameter, op, tuple(pairs), (), terms)
    if not numbered:
        return joined
    if op is Op.INCLUDES:
        return replace(joined, parts=tuple(_elements(numbered)))
    if op is Op.ONE_OF and parameter.kind is not ParameterKind.SET:
        return _intersected(joined, numbered)
    return replace(joined, parts=tuple(_strictest(joined, numbered)))


def _elements(pairs: Iterable[Pair]) -> Iterator[BoundPart]:
    found: dict[str, list[Ask]] = {}
    for ask, bound in pairs:
        for element in _words(bound):
            found.setdefault(element, []).append(ask)
    for element, by in sorted(found.items()):
        yield BoundPart(element, _once(by))


def _words(bound: Bound) -> frozenset[str]:
    return bound.value if isinstance(bound.value, frozenset) else frozenset()


def _once(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """Each ask once; a row may hold a mapping, so that it has no hash."""
    return tuple({id(ask): ask for ask in asks}.values())


def _intersected(joined: JoinedBound, pairs: Sequence[Pair]) -> JoinedBound:
    """The common choices. Conditional asks of one row stand for each other: the row itself says which one holds."""
    by_row: dict[tuple[str, str], list[Pair]] = {}
    for ask, bound in pairs:
        firm = "" if ask.how is How.ALWAYS else ask.requirement.key
        by_row.setdefault((ask.programme, firm), []).append((ask, bound))
    choices = []
    for (_, row), asked in by_row.items():
        words = [_words(bound) for _, bound in asked]
        choices.append(frozenset.union(*words) if row else frozenset.intersection(*words))
    common = frozenset.intersection(*choices)
    narrow = [ask for ask, bound in pairs if _words(bound) == common] or [ask for ask, _ in pairs]
    return replace(joined, parts=(BoundPart(common, _once(narrow)),), conflict="" if common else NO_CHOICE)


def _strictest(joined: JoinedBound, pairs: Sequence[Pair]) -> Iterator[BoundPart]:
    """The values that no other surely exceeds, in one order whoever asks first; equal ones once, as first written."""
    kept: list[Bound] = []
    for _, bound in sorted(pairs, key=lambda pair: _order(pair[1])):
        equal = any(_side(joined, bound, one) == 0 for one in kept)
        if not equal and not any(_stricter(joined, one, bound) for _, one in pairs):
            kept.append(bound)
    for bound in kept:
        if bound.value is not None:
            yield BoundPart(bound.value, _once(ask for ask, one in pairs if _side(joined, one, bound) == 0))


def _order(bound: Bound) -> str:
    return " ".join(sorted(_words(bound))) if isinstance(bound.value, frozenset) else str(bound.value)


def _stricter(joined: JoinedBound, one: Bound, than: Bound) -> bool:
    side = _side(joined, one, than)
    return side is not None and (side > 0 if joined.op is Op.AT_LEAST else side < 0)


def _side(joined: JoinedBound, left: Bound, right: Bound) -> int | None:
    """-1, 0 or 1 as for values; of sets that ask for one element the one inside the other is less, and stricter."""
    if joined.op is Op.ONE_OF:
        ours, theirs = _words(left), _words(right)
        return 0 if ours == theirs else (-1 if ours < theirs else (1 if theirs < ours else None))
    return compare_values(joined.parameter.kind, left.value, right.value, joined.terms)


def _with_clash(joined: Sequence[JoinedBound]) -> Iterator[JoinedBound]:
    """Mark a floor above a ceiling, as a privacy limit on what another programme asks."""
    floors = [one for one in joined if one.op is Op.AT_LEAST]
    ceilings = [one for one in joined if one.op is Op.AT_MOST]
    clash = any(
        (compare_values(floor.parameter.kind, low.value, high.value, floor.terms) or 0) > 0
        for floor in floors
        for ceiling in ceilings
        for low in floor.parts
        for high in ceiling.parts
    )
    for one in joined:
        yield replace(one, conflict=CLASH) if clash and one.op in (Op.AT_LEAST, Op.AT_MOST) else one


def implied(bound: Bound, held: Sequence[Bound], parameter: Parameter, terms: TermList | None) -> bool:
    """Whether whoever keeps all the held bounds surely keeps this one too.

    An own bound is kept by any number in the same direction, or by another own one. Of a set, an element is there where
    a wider one is.
    """
    alike = [one for one in held if one.op is bound.op]
    if bound.own:
        return bool(alike)
    numbered = [one for one in alike if not one.own]
    if bound.op is Op.YES:
        return bool(alike)
    if bound.op is Op.INCLUDES:
        return all(_there(element, held, terms) for element in _words(bound))
    if bound.op is Op.ONE_OF and parameter.kind is ParameterKind.SET:
        inside = any(_words(one) <= _words(bound) for one in numbered)
        return inside or any(_there(element, held, terms) for element in _words(bound))
    if bound.op is Op.ONE_OF:
        common = [_words(one) for one in numbered]
        return bool(common) and frozenset.intersection(*common) <= _words(bound)
    return any(_as_strict(parameter, bound, one, terms) for one in numbered)


def strictest(bounds: Sequence[Bound], parameter: Parameter, terms: TermList | None) -> tuple[Bound, ...]:
    """The issuers' bounds each of which alone is enough for all; none where no single one is, as of two sets."""
    return tuple(
        one
        for one in dict.fromkeys(bounds)
        if not one.own and all(implied(other, [one], parameter, terms) for other in bounds)
    )


def _there(element: str, held: Iterable[Bound], terms: TermList | None) -> bool:
    there = {word for one in held if one.op is Op.INCLUDES and not one.own for word in _words(one)}
    return any(wide in there for wide in (terms.widening(element) if terms else (element,)))


def _as_strict(parameter: Parameter, asked: Bound, held: Bound, terms: TermList | None) -> bool:
    side = compare_values(parameter.kind, held.value, asked.value, terms)
    return side is not None and (side >= 0 if asked.op is Op.AT_LEAST else side <= 0)
