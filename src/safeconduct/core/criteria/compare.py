"""If you hold A, B costs you these things: what one programme asks beyond what others already prove.

Whoever holds A is taken to have in place exactly what A's musts always ask, at A's bounds, and nothing else. A row of B
is covered when that is surely enough; otherwise the pieces say what is still to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from safeconduct.core.criteria.asks import How, RowNeed, Selection, chosen, row_needs, told_by
from safeconduct.core.criteria.joins import implied
from safeconduct.core.criteria.records_alike import record_covered
from safeconduct.core.criteria.statements import Statement, criteria, held_bounds, shown_of
from safeconduct.core.records.catalogue import Catalogue, Obligation, Requirement
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    Bound,
    ChooseNeed,
    ControlNeed,
    Need,
    OutcomeNeed,
    SomeNeed,
    WhenNeed,
)


class Cover(IntEnum):
    """How far what is held covers something; the minimum joins what must all stand."""

    NEW = 0  # nothing held speaks to it
    PARTLY = 1  # the control is held, but short of what is asked
    COVERED = 2


@dataclass(frozen=True)
class Piece:
    """One thing still to be done: a control not held, or a bound on it that is not reached.

    `parameter` is empty where the whole control (or the whole need, then `control` is empty too) is missing.
    """

    control: str
    element: str = ""
    parameter: str = ""
    asked: Bound | None = None
    need: Need | None = None


def once(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces in their order, equal ones only once (a need may hold a mapping, so they have no hash)."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece not in kept:
            kept.append(piece)
    return tuple(kept)


@dataclass(frozen=True)
class Covered:
    """How far a need is covered, and what is missing."""

    cover: Cover
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class RowComparison:
    """One row of B against what A proves."""

    requirement: Requirement
    obligation: Obligation
    cover: Cover
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """B against A, row by row in B's order."""

    rows: tuple[RowComparison, ...]

    def of(self, cover: Cover) -> tuple[RowComparison, ...]:
        """The rows covered so far."""
        return tuple(row for row in self.rows if row.cover is cover)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything B costs, each piece once, in the order of B's rows."""
        return once(piece for row in self.rows for piece in row.pieces)


@dataclass(frozen=True)
class Held:
    """What the holder of some programmes surely has: statements by control and element, and needs on records."""

    catalogue: Catalogue
    statements: dict[tuple[str, str], Statement]
    records: tuple[Need, ...]
    wanted: Selection


def compare(
    catalogue: Catalogue,
    held: Sequence[Selection],
    wanted: Selection,
    day: date,
    *,
    obligations: Iterable[Obligation] = (Obligation.MUST,),
) -> Comparison:
    """Each row of the wanted programme that binds its roles on the day, against what the held ones prove."""
    found = {(one.control.key, one.element): one for one in _surely_held(catalogue, held, day)}
    records = tuple(
        need
        for selection in held
        for row in row_needs(selection, day)
        if row.obligation is Obligation.MUST and not row.when
        for need in _record_needs(row.need)
    )
    world = Held(catalogue, found, records, wanted)
    asked = set(obligations)
    return Comparison(tuple(_row(world, row) for row in row_needs(wanted, day) if row.obligation in asked))


def _surely_held(catalogue: Catalogue, held: Sequence[Selection], day: date) -> list[Statement]:
    statements = criteria(catalogue, held, day)
    sure = [[ask for ask in one.asks if ask.how is How.ALWAYS] for one in statements]
    keep = {(one.control.key, one.element) for one, asks in zip(statements, sure, strict=True) if asks}
    return [one for one in statements if (one.control.key, one.element) in keep]


def _record_needs(need: Need) -> Iterable[Need]:
    match need:
        case AllNeed(members):
            for member in members:
                yield from _record_needs(member)
        case ControlNeed() | AnyNeed() | SomeNeed() | WhenNeed() | ChooseNeed():
            return
        case _:
            yield need


def _row(world: Held, row: RowNeed) -> RowComparison:
    if any(told_by(world.wanted, condition) is False for condition in row.when):
        return RowComparison(row.requirement, row.obligation, Cover.COVERED, ())
    covered = _cover(world, row.need)
    return RowComparison(row.requirement, row.obligation, covered.cover, covered.pieces)


def _cover(world: Held, need: Need) -> Covered:
    match need:
        case ControlNeed():
            return _all([_leaf(world, need, element) for element in need.for_ or ("",)])
        case AllNeed(members):
            return _all([_cover(world, member) for member in members])
        case AnyNeed(members):
            return max((_cover(world, member) for member in members), key=_closeness)
        case SomeNeed(n, members):
            ranked = sorted((_cover(world, member) for member in members), key=_closeness, reverse=True)
            return _all(ranked[:n])
        case WhenNeed(condition, then):
            covered = Covered(Cover.COVERED)
            return covered if told_by(world.wanted, condition) is False else _cover(world, then)
        case ChooseNeed():
            branches = [_cover(world, branch) for branch, _ in chosen(world.wanted, need)]
            return min(branches, key=_closeness, default=Covered(Cover.COVERED))
        case OutcomeNeed(supported_by):
            judged = record_covered(need, world.records)
            supported = _cover(world, supported_by)
            return supported if judged else _all([supported, Covered(Cover.NEW, (Piece("", need=need),))])
        case _:
            return Covered(Cover.COVERED) if record_covered(need, world.records) else _new(need)


def _new(need: Need) -> Covered:
    return Covered(Cover.NEW, (Piece("", need=need),))


def _closeness(covered: Covered) -> tuple[int, int]:
    return covered.cover, -len(covered.pieces)


def _all(members: Sequence[Covered]) -> Covered:
    """The minimum, but a mixture of covered and new is partly: some of it is there."""
    if not members:
        return Covered(Cover.COVERED)
    lowest, highest = min(one.cover for one in members), max(one.cover for one in members)
    cover = Cover.PARTLY if lowest is Cover.NEW and highest is not Cover.NEW else lowest
    return Covered(cover, once(piece for one in members for piece in one.pieces))


def _leaf(world: Held, need: ControlNeed, element: str) -> Covered:
    control = world.catalogue.controls[need.control]
    terms = world.catalogue.terms.lists.get(control.by)
    candidates = terms.widening(element) if terms and element else (element,)
    statement = next(
        (world.statements[key] for one in candidates if (key := (control.key, one)) in world.statements), None
    )
    if statement is None:
        return Covered(Cover.NEW, (Piece(control.key, element),))
    held = held_bounds(statement)
    short = [
        Piece(control.key, element, name, bound)
        for name, bound in need.bounds
        if not implied(
            bound,
            held.get(name, ()),
            control.parameters[name],
            world.catalogue.terms.lists.get(control.parameters[name].terms),
        )
    ]
    if set(shown_of(control, need)) - set(statement.shown):
        short.append(Piece(control.key, element, "shown"))
    if need.assurance == "verified" and not statement.verified:
        short.append(Piece(control.key, element, "assurance"))
    if need.share is not None:
        short.append(Piece(control.key, element, "share", need.share))
    return Covered(Cover.PARTLY, tuple(short)) if short else Covered(Cover.COVERED)
