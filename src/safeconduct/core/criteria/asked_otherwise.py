"""What of one need another asks otherwise: what whoever meets the one still lacks for the other, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.criteria.compare import Piece, covering, once
from safeconduct.core.criteria.holding import Holding, need_branches
from safeconduct.core.criteria.leaves import bounds_of
from safeconduct.core.criteria.proving import Asking
from safeconduct.core.criteria.records_alike import alike
from safeconduct.core.records.catalogue import Catalogue, Scope
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    Need,
    OutcomeNeed,
    SomeNeed,
    WhenNeed,
)


class Side(StrEnum):
    """Which way something moved."""

    STRICTER = "stricter"
    LOOSER = "looser"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class AskedOtherwise:
    """One thing asked otherwise: a bound that moved, or a control or a need on records asked newly or no more.

    `before` is what was asked of it and `after` what is asked now, with the conditions under which it is; empty where
    nothing of the kind is.
    """

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    side: Side


@dataclass(frozen=True)
class Asker:
    """A need and where it is judged."""

    need: Need
    scope: Scope


def asked_otherwise(catalogue: Catalogue, day: date, before: Asker, after: Asker) -> Iterator[AskedOtherwise]:
    """What the later need asks beyond the earlier one, or no longer; nothing where each surely covers the other.

    Stricter: whoever met the earlier one lacks it. Looser: whoever meets the later one would have lacked it. Otherwise:
    both, as where one number gave way to another that cannot be compared with it.
    """
    if before == after:
        return
    lacked = _beyond(catalogue, day, before, after)
    lost = _beyond(catalogue, day, after, before)
    for piece in lacked:
        partner = next((one for one in lost if _of_one_thing(one, piece)), None)
        if partner is not None:
            lost.remove(partner)
            yield AskedOtherwise((partner,), (piece,), Side.OTHERWISE)
        else:
            yield AskedOtherwise(_said_of(before.need, piece), (piece,), Side.STRICTER)
    for piece in lost:
        yield AskedOtherwise((piece,), _said_of(after.need, piece), Side.LOOSER)


def _beyond(catalogue: Catalogue, day: date, held: Asker, asked: Asker) -> list[Piece]:
    holding = Holding().add([(held.need, held.scope)])
    return list(covering(Asking(catalogue, day, asked.scope), holding, asked.need).pieces)


def _of_one_thing(one: Piece, other: Piece) -> bool:
    """Whether both speak of the same parameter of a control, or of the same thing on record."""
    if one.need is None or other.need is None:
        return one.need is other.need and _spot(one) == _spot(other)
    return alike(one.need, other.need) or (isinstance(one.need, OutcomeNeed) and isinstance(other.need, OutcomeNeed))


def _spot(piece: Piece) -> tuple[str, str, str]:
    return piece.control, piece.element, piece.parameter


def _said_of(need: Need, about: Piece) -> tuple[Piece, ...]:
    """What a need says of the thing a piece is about, each under its conditions."""
    said = [piece for inner, when in _smallest(need) for piece in _pieces_of(inner, about, when)]
    return once(piece for piece in said if _of_one_thing(piece, about))


def _pieces_of(need: Need, about: Piece, when: tuple[Condition, ...]) -> list[Piece]:
    """A smallest need as pieces of the same sort as another."""
    if not isinstance(need, ControlNeed):
        return [] if about.need is None else [Piece("", need=need, when=when)]
    elements = need.for_ or ("",)
    if about.asked is None:
        return [Piece(need.control, element, when=when) for element in elements if not about.parameter]
    bounds = [(name, bound) for name, bound in bounds_of(need) if bound.op is about.asked.op]
    return [Piece(need.control, element, name, bound, when=when) for element in elements for name, bound in bounds]


def _smallest(need: Need, when: tuple[Condition, ...] = ()) -> Iterator[tuple[Need, tuple[Condition, ...]]]:
    """The needs inside a need that hold no other, with the conditions they stand under."""
    match need:
        case AllNeed(members) | AnyNeed(members) | SomeNeed(members=members):
            for member in members:
                yield from _smallest(member, when)
        case WhenNeed(condition, then):
            yield from _smallest(then, (*when, condition))
        case ChooseNeed():
            for case, branch in need_branches(need):
                if branch is not None:
                    yield from _smallest(branch, when if case is None else (*when, case))
        case OutcomeNeed(supported_by):
            yield need, when
            yield from _smallest(supported_by, when)
        case _:
            yield need, when
