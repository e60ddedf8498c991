"""Harmonised criteria: for a choice of programmes one strictest statement per control and element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from safeconduct.core.criteria.asks import Ask, How, Selection, asks
from safeconduct.core.criteria.joins import JoinedBound, Relation, join
from safeconduct.core.criteria.leaves import KEPT_BY, SHARE, bounds_of, parameter_of, shown_of, with_bounds
from safeconduct.core.records.catalogue import Catalogue, Control, Obligation, Requirement
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import Bound, ControlNeed

VERIFIED = "verified"


@dataclass(frozen=True)
class Statement:
    """What a choice of programmes together asks of one control for one element.

    `bounds` join what is asked always or under a condition. `ways` are asks of rows that other ways would meet as well;
    they bind nobody and stand beside. `shown` is the union of what evidence must show; `verified` when a row asks for
    another's look. What limits set is among the bounds, but is nothing to meet.
    """

    control: Control
    element: str
    bounds: tuple[JoinedBound, ...]
    asks: tuple[Ask, ...]
    ways: tuple[Ask, ...]
    shown: tuple[Shown, ...]
    verified: bool

    @property
    def programmes(self) -> tuple[str, ...]:
        """Programmes that ask it, in order of appearance."""
        return tuple(dict.fromkeys(ask.programme for ask in (*self.asks, *self.ways) if not ask.limit))

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The rows that ask it, each once; one way or firmly."""
        rows = {ask.requirement.key: ask.requirement for ask in (*self.asks, *self.ways) if not ask.limit}
        return tuple(rows.values())

    @property
    def must(self) -> bool:
        """Whether any programme makes it a must."""
        return any(ask.obligation is Obligation.MUST and not ask.limit for ask in self.asks)

    @property
    def one_way(self) -> bool:
        """Whether it is only one of several ways wherever it is asked."""
        return not any(not ask.limit for ask in self.asks)

    @property
    def conflicts(self) -> tuple[JoinedBound, ...]:
        """Bounds that cannot hold together."""
        return tuple(bound for bound in self.bounds if bound.conflict)

    @property
    def own(self) -> tuple[JoinedBound, ...]:
        """Bounds whose number every programme leaves to the organisation."""
        return tuple(bound for bound in self.bounds if not bound.parts)

    def relation(self, programme: str) -> Relation:
        """How a programme stands to the whole statement: it binds, asks the same, asks less, or is silent."""
        return self._relations.get(programme, Relation.SILENT)

    @cached_property
    def _relations(self) -> dict[str, Relation]:
        return {one: self._relation(one) for one in self.programmes}

    def _relation(self, programme: str) -> Relation:
        firm = {ask.programme for ask in self.asks if not ask.limit}
        if programme not in firm:
            return Relation.ONE_WAY
        told = [bound.relation(programme) for bound in self.bounds if not bound.limits]
        if Relation.BINDS in told or len(firm) == 1:
            return Relation.BINDS
        return Relation.LESS if Relation.LESS in told or Relation.SILENT in told else Relation.SAME

    @property
    def shared(self) -> bool:
        """Whether more than one programme asks it."""
        return len(self.programmes) > 1

    @property
    def differ(self) -> bool:
        """Whether more than one programme asks it, and not all of them the same."""
        return self.shared and any(relation is not Relation.SAME for relation in self._relations.values())

    def needs(self) -> tuple[ControlNeed, ...]:
        """The statement as leaves that are all to be met, without what only limits set.

        One leaf, and another for each further bound on a parameter that has several.
        """
        met = [joined for joined in self.bounds if not joined.limits]
        bounds = [(joined.parameter.key, bound) for joined in met for bound in joined.bounds]
        first = ControlNeed(
            self.control.key,
            for_=(self.element,) if self.element else (),
            shown=self.shown,
            assurance=VERIFIED if self.verified else "",
        )
        return tuple(with_bounds(first, layer) for layer in _layers(bounds))


def _layers(bounds: Iterable[tuple[str, Bound]]) -> list[list[tuple[str, Bound]]]:
    """Bounds dealt out so that no layer names a parameter twice; at least one layer."""
    layers: list[list[tuple[str, Bound]]] = [[]]
    for name, bound in bounds:
        free = next((layer for layer in layers if all(name != other for other, _ in layer)), None)
        if free is None:
            layers.append([(name, bound)])
        else:
            free.append((name, bound))
    return layers


def criteria(
    catalogue: Catalogue,
    selections: Sequence[Selection],
    day: date,
    *,
    obligations: Iterable[Obligation] = (Obligation.MUST,),
) -> list[Statement]:
    """The strictest statement per control and element over the selections, by family, control and element.

    Limits (programmes of kind `limit`) are taken along whatever their obligation: they only clash, and a control that
    only limits speak of is no statement.
    """
    wanted = set(obligations)
    found = [ask for selection in selections for ask in asks(selection, day) if ask.limit or ask.obligation in wanted]
    return statements(catalogue, found)


def statements(catalogue: Catalogue, asked: Iterable[Ask]) -> list[Statement]:
    """Asks gathered into one statement per control and element, by family, control and element."""
    grouped: dict[tuple[str, str], list[Ask]] = {}
    for ask in asked:
        grouped.setdefault((ask.need.control, ask.element), []).append(ask)
    found = [
        _statement(catalogue, catalogue.controls[key], element, by)
        for (key, element), by in grouped.items()
        if not all(ask.limit for ask in by)
    ]
    return sorted(found, key=_place)


def _place(one: Statement) -> tuple[bool, str, str, str]:
    """The lettered elements of the SAFE Framework first."""
    return len(one.control.family) > 1, one.control.family, one.control.key, one.element


def _statement(catalogue: Catalogue, control: Control, element: str, asked: Sequence[Ask]) -> Statement:
    firm = tuple(ask for ask in asked if ask.how is not How.ONE_WAY)
    to_meet = [ask for ask in firm if not ask.limit]
    names = (*control.parameters, SHARE.key, KEPT_BY.key)
    return Statement(
        control=control,
        element=element,
        bounds=tuple(joined for name in names for joined in _joined(catalogue, control, name, firm)),
        asks=firm,
        ways=tuple(ask for ask in asked if ask.how is How.ONE_WAY),
        shown=tuple(kind for kind in Shown if any(kind in shown_of(control, ask.need) for ask in to_meet)),
        verified=any(ask.need.assurance == VERIFIED for ask in to_meet),
    )


def _joined(catalogue: Catalogue, control: Control, name: str, asked: Sequence[Ask]) -> Iterator[JoinedBound]:
    pairs = [(ask, bound) for ask in asked for key, bound in bounds_of(ask.need) if key == name]
    if pairs:
        parameter = parameter_of(control, name)
        yield from join(parameter, pairs, catalogue.terms.lists.get(parameter.terms))
