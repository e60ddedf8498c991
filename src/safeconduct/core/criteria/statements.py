"""Harmonised criteria: for a choice of programmes one strictest statement per control and element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.criteria.asks import Ask, How, Selection, asks
from safeconduct.core.criteria.joins import JoinedBound, Relation, join
from safeconduct.core.records.catalogue import Catalogue, Control, Obligation
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import Bound, ControlNeed

SHARE = "share"


@dataclass(frozen=True)
class Statement:
    """What a choice of programmes together asks of one control for one element.

    `bounds` join what is asked always or under a condition. `ways` are asks of rows that other ways would meet as well;
    they bind nobody. `shown` is the union of what evidence must show; `verified` when a row asks for another's look.
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
        return tuple(dict.fromkeys(ask.programme for ask in (*self.asks, *self.ways)))

    @property
    def must(self) -> bool:
        """Whether any programme makes it a must."""
        return any(ask.obligation is Obligation.MUST for ask in self.asks)

    @property
    def conflicts(self) -> tuple[JoinedBound, ...]:
        """Bounds that cannot hold together."""
        return tuple(bound for bound in self.bounds if bound.conflict)

    def relation(self, programme: str) -> Relation:
        """How a programme stands to the whole statement: it binds, asks the same, asks less, or is silent."""
        if programme not in self.programmes:
            return Relation.SILENT
        told = [bound.relation(programme) for bound in self.bounds]
        if Relation.BINDS in told:
            return Relation.BINDS
        return Relation.LESS if Relation.LESS in told or Relation.SILENT in told else Relation.SAME


def criteria(
    catalogue: Catalogue,
    selections: Sequence[Selection],
    day: date,
    *,
    obligations: Iterable[Obligation] = (Obligation.MUST,),
) -> list[Statement]:
    """The strictest statement per control and element over the selections, by family, control and element.

    Limits (programmes of kind `limit`) are taken along whatever their obligation: they only clash.
    """
    wanted = set(obligations)
    grouped: dict[tuple[str, str], list[Ask]] = {}
    for selection in selections:
        limit = selection.programme.kind == "limit"
        for ask in asks(selection, day):
            if limit or ask.obligation in wanted:
                grouped.setdefault((ask.need.control, ask.element), []).append(ask)
    found = [_statement(catalogue, catalogue.controls[key], element, by) for (key, element), by in grouped.items()]
    return sorted(found, key=lambda one: (one.control.family, one.control.key, one.element))


def _statement(catalogue: Catalogue, control: Control, element: str, asked: Sequence[Ask]) -> Statement:
    firm = tuple(ask for ask in asked if ask.how is not How.ONE_WAY)
    ways = tuple(ask for ask in asked if ask.how is How.ONE_WAY)
    counted = firm or ways
    bounds = [joined for name in control.parameters for joined in _joined(catalogue, control, name, counted)]
    return Statement(
        control=control,
        element=element,
        bounds=tuple(bounds),
        asks=firm,
        ways=ways,
        shown=tuple(kind for kind in Shown if any(kind in shown_of(control, ask.need) for ask in counted)),
        verified=any(ask.need.assurance == "verified" for ask in counted),
    )


def shown_of(control: Control, need: ControlNeed) -> tuple[Shown, ...]:
    """What a leaf asks evidence to show: its own words, or the control's."""
    return need.shown if need.shown is not None else control.shown


def _joined(catalogue: Catalogue, control: Control, name: str, asked: Sequence[Ask]) -> Iterator[JoinedBound]:
    pairs = [(ask, bound) for ask in asked for key, bound in ask.need.bounds if key == name]
    if pairs:
        parameter = control.parameters[name]
        yield from join(parameter, pairs, catalogue.terms.lists.get(parameter.terms))


def held_bounds(statement: Statement) -> dict[str, list[Bound]]:
    """The statement's bounds by parameter, as somebody who keeps them holds them."""
    held: dict[str, list[Bound]] = {}
    for joined in statement.bounds:
        values = [Bound(joined.op, value) for value in joined.values] or [Bound(joined.op, own=True)]
        held.setdefault(joined.parameter.key, []).extend(values)
    return held
