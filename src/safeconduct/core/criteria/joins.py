"""Bounds joined: the one strictest statement on a parameter, and who binds each part of it.

Every kind of bound is a join-semilattice: numbers and orders take the stricter side, sets the union, choices the
intersection, a flag is yes. A number binds over an own target, which then must not be looser. Lengths of time that do
not compare are both kept. An empty choice, or a floor above a ceiling, is a conflict and never resolved silently.

Source: catalogue language, section 8 (harmonised criteria).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.criteria.asks import Ask
from safeconduct.core.criteria.comparing import compare_values
from safeconduct.core.quantities import Value
from safeconduct.core.records.catalogue import Parameter, TermList
from safeconduct.core.records.needs import Bound, Op


class Relation(StrEnum):
    """What one programme's bound is to the joined one."""

    BINDS = "binds"  # only because of it the statement is so strict
    SAME = "same"  # as strict as the statement, with others
    LESS = "less"
    SILENT = "silent"


@dataclass(frozen=True)
class JoinedBound:
    """The strictest statement on one parameter in one direction.

    `values` holds one value, or several where lengths do not compare; it is empty where every programme leaves the
    number to the organisation (`own`). `binders` are the asks as strict as the statement; for sets, `by_element` names
    those that ask each element. `conflict` says what cannot hold together.
    """

    parameter: Parameter
    op: Op
    values: tuple[Value | frozenset[str], ...]
    own: bool
    binders: tuple[Ask, ...]
    by_element: Mapping[str, tuple[Ask, ...]]
    asks: tuple[Ask, ...]
    conflict: str = ""

    def relation(self, programme: str) -> Relation:
        """What a programme's own bounds are to this statement."""
        mine = [ask for ask in self.asks if ask.programme == programme]
        if not mine:
            return Relation.SILENT
        if self.op is Op.INCLUDES and self.values:
            return self._of_set(programme)
        if not any(ask.programme == programme for ask in self.binders):
            return Relation.LESS
        alone = all(ask.programme == programme for ask in self.binders)
        return Relation.BINDS if alone else Relation.SAME

    def _of_set(self, programme: str) -> Relation:
        """A programme binds where it alone asks an element; it asks less where it does not ask them all."""
        askers = [{ask.programme for ask in by} for by in self.by_element.values()]
        if {programme} in askers:
            return Relation.BINDS
        return Relation.SAME if all(programme in by for by in askers) else Relation.LESS


Pair = tuple[Ask, Bound]


def join(parameter: Parameter, pairs: Sequence[Pair], terms: TermList | None) -> tuple[JoinedBound, ...]:
    """The joined bounds on one parameter, one for each direction asked."""
    directions = dict.fromkeys(bound.op for _, bound in pairs)
    joined = [_join(parameter, op, [pair for pair in pairs if pair[1].op is op], terms) for op in directions]
    return tuple(_with_clash(parameter, joined, terms))


def _join(parameter: Parameter, op: Op, pairs: Sequence[Pair], terms: TermList | None) -> JoinedBound:
    numbered = [pair for pair in pairs if not pair[1].own]
    asked_by = tuple(ask for ask, _ in pairs)
    own = len(numbered) < len(pairs)
    if not numbered:
        return JoinedBound(parameter, op, (), own, asked_by, {}, asked_by)
    if op is Op.INCLUDES:
        by_element = _by_element(numbered)
        return JoinedBound(
            parameter, op, (frozenset(by_element),), own, tuple(ask for ask, _ in numbered), by_element, asked_by
        )
    if op is Op.ONE_OF:
        return _intersected(parameter, numbered, own, asked_by)
    if op is Op.YES:
        return JoinedBound(parameter, op, (True,), own, tuple(ask for ask, _ in numbered), {}, asked_by)
    values = _strictest(parameter, op, [bound for _, bound in numbered], terms)
    binders = tuple(ask for ask, bound in numbered if bound.value in values)
    return JoinedBound(parameter, op, values, own, binders, {}, asked_by)


def _by_element(pairs: Iterable[Pair]) -> dict[str, tuple[Ask, ...]]:
    found: dict[str, list[Ask]] = {}
    for ask, bound in pairs:
        for element in sorted(bound.value) if isinstance(bound.value, frozenset) else ():
            found.setdefault(element, []).append(ask)
    return {element: tuple(by) for element, by in sorted(found.items())}


def _intersected(parameter: Parameter, pairs: Sequence[Pair], own: bool, asked_by: tuple[Ask, ...]) -> JoinedBound:  # noqa: FBT001
    choices = [bound.value for _, bound in pairs if isinstance(bound.value, frozenset)]
    common = frozenset.intersection(*choices)
    binders = tuple(ask for ask, bound in pairs if bound.value == common) or tuple(ask for ask, _ in pairs)
    conflict = "" if common else "No choice pleases every programme."
    return JoinedBound(parameter, Op.ONE_OF, (common,), own, binders, {}, asked_by, conflict)


def _strictest(
    parameter: Parameter, op: Op, bounds: Iterable[Bound], terms: TermList | None
) -> tuple[Value | frozenset[str], ...]:
    """The values that no other surely exceeds; equal ones once."""
    values = list(dict.fromkeys(bound.value for bound in bounds if bound.value is not None))
    kept = [
        value
        for value in values
        if not any(_stricter(parameter, op, other, value, terms) for other in values if other is not value)
    ]
    return tuple(_without_equals(parameter, kept, terms))


def _stricter(parameter: Parameter, op: Op, one: object, than: object, terms: TermList | None) -> bool:
    side = compare_values(parameter.kind, one, than, terms)
    return side is not None and (side > 0 if op is Op.AT_LEAST else side < 0)


def _without_equals(
    parameter: Parameter, values: Iterable[Value | frozenset[str]], terms: TermList | None
) -> Iterable[Value | frozenset[str]]:
    kept: list[Value | frozenset[str]] = []
    for value in values:
        if not any(compare_values(parameter.kind, value, one, terms) == 0 for one in kept):
            kept.append(value)
    return kept


def _with_clash(parameter: Parameter, joined: Sequence[JoinedBound], terms: TermList | None) -> Iterable[JoinedBound]:
    """Mark a floor above a ceiling, as a privacy limit on what another programme asks."""
    floors = [one for one in joined if one.op is Op.AT_LEAST]
    ceilings = [one for one in joined if one.op is Op.AT_MOST]
    clash = any(
        (compare_values(parameter.kind, low, high, terms) or 0) > 0
        for floor in floors
        for ceiling in ceilings
        for low in floor.values
        for high in ceiling.values
    )
    for one in joined:
        if clash and one.op in (Op.AT_LEAST, Op.AT_MOST):
            yield JoinedBound(
                one.parameter,
                one.op,
                one.values,
                one.own,
                one.binders,
                one.by_element,
                one.asks,
                "One programme asks for more than another allows.",
            )
        else:
            yield one


def implied(bound: Bound, held: Sequence[Bound], parameter: Parameter, terms: TermList | None) -> bool:
    """Whether whoever keeps the held bounds surely keeps this one too.

    An own bound is kept by any number in the same direction, or by another own one.
    """
    alike = [one for one in held if one.op is bound.op]
    if bound.own:
        return bool(alike)
    numbered = [one for one in alike if not one.own]
    match bound.op:
        case Op.YES:
            return bool(alike)
        case Op.INCLUDES:
            there = {word for one in numbered if isinstance(one.value, frozenset) for word in one.value}
            asked = bound.value if isinstance(bound.value, frozenset) else frozenset()
            return all(any(wide in there for wide in (terms.widening(word) if terms else (word,))) for word in asked)
        case Op.ONE_OF:
            return any(
                isinstance(one.value, frozenset) and isinstance(bound.value, frozenset) and one.value <= bound.value
                for one in numbered
            )
        case _:
            return any(_as_strict(parameter, bound, one, terms) for one in numbered)


def _as_strict(parameter: Parameter, asked: Bound, held: Bound, terms: TermList | None) -> bool:
    side = compare_values(parameter.kind, held.value, asked.value, terms)
    return side is not None and (side >= 0 if asked.op is Op.AT_LEAST else side <= 0)
