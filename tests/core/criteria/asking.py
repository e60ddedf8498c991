"""Programmes made of a few rows, and what is asked of them in the tests of criteria."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from safeconduct.core.criteria.asks import Ask, Selection, asks
from safeconduct.core.criteria.compare import Comparison, Cover, Piece, compare
from safeconduct.core.criteria.statements import Statement, criteria
from safeconduct.core.records.catalogue import Applies, Catalogue, Programme, Requirement
from safeconduct.core.records.needs import Need
from tests.core.cast import catalogue, day, programme, requirement

TODAY = day("2026-07-01")
ROLES = {"importer": Applies.YES, "carrier": Applies.YES}


def row(need: Need | None, ref: str = "1", *, of: str = "a", **more: Any) -> Requirement:
    """A must of every role."""
    return requirement(f"{of}/{ref}", need, **({"roles": ROLES} | more))


def scheme(key: str, *rows: Need | Requirement, **more: Any) -> Programme:
    """A programme of some rows; a bare need is a must."""
    made = [one if isinstance(one, Requirement) else row(one, str(place), of=key) for place, one in enumerate(rows, 1)]
    return programme(*made, key=key, **more)


def taken(made: Programme, *variants: str, roles: tuple[str, ...] = ("importer",)) -> Selection:
    """The programme as an importer takes part in it."""
    return Selection(made, roles, variants)


def entries(*made: Programme) -> Catalogue:
    """The tiny catalogue with these programmes."""
    return catalogue(*made)


def asked(made: Programme, *variants: str, on: date = TODAY, **more: Any) -> list[Ask]:
    """What a programme asks of an importer."""
    return list(asks(taken(made, *variants, **more), on))


def stated(*made: Programme, on: date = TODAY, **more: Any) -> list[Statement]:
    """The statements of several programmes."""
    return criteria(entries(*made), [taken(one) for one in made], on, **more)


def only(*made: Programme, **more: Any) -> Statement:
    """The one statement of several programmes."""
    (one,) = stated(*made, **more)
    return one


def compared(held: Programme | list[Programme], wanted: Programme, *variants: str, on: date = TODAY) -> Comparison:
    """What the wanted one asks beyond what the held ones prove."""
    several = held if isinstance(held, list) else [held]
    return compare(entries(*several, wanted), [taken(one) for one in several], taken(wanted, *variants), on)


def cover(held: Need | Sequence[Need], wanted: Need) -> tuple[Cover, list[Piece]]:
    """How far one need is covered by others, and what is missing."""
    needs = held if isinstance(held, Sequence) else [held]
    (found,) = compared(scheme("a", *needs), scheme("b", wanted)).rows
    return found.cover, list(found.pieces)
