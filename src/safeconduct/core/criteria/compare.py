"""If you hold A, B costs you these things: what one programme asks beyond what others already prove.

Whoever holds A is taken to meet each of A's musts that is known to bind it, and to hold A's certificate, and nothing
else. A row of B is covered when that is surely enough; otherwise the pieces say what is still to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from safeconduct.core.criteria.asks import RowNeed, Selection, row_needs, rows_of_unknown_role
from safeconduct.core.criteria.certified import certificates_on, schemes_of, stands_in
from safeconduct.core.criteria.holding import Holding
from safeconduct.core.criteria.proving import (
    Asking,
    Short,
    branches_under,
    held_for_less,
    proves,
    record_held,
    shortfall,
)
from safeconduct.core.criteria.records_alike import alike, atoms, together
from safeconduct.core.criteria.settling import NOTHING, SELF, settle
from safeconduct.core.records.catalogue import Catalogue, Obligation, Requirement, Scope
from safeconduct.core.records.equivalence import Equivalence
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    Bound,
    CertificateNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    Need,
    OutcomeNeed,
    SomeNeed,
    WhenNeed,
)

MUSTS = (Obligation.MUST,)


class Cover(IntEnum):
    """How far what is held covers something; the minimum joins what must all stand."""

    NEW = 0  # nothing held speaks to it
    PARTLY = 1  # something is held, but short of what is asked
    COVERED = 2


@dataclass(frozen=True)
class Piece:
    """One thing still to be done: a control not held, a bound on it that is not reached, or a need on records.

    `parameter` is empty where the whole control is missing; `control` is empty where it is `need` that is missing.
    `shown`, `assurance` and `place` stand for what evidence must show as well, that somebody else must look, and where
    it is asked (entity or site) while so far it stands elsewhere. `when` are the conditions under which it is to be
    done at all.
    """

    control: str
    element: str = ""
    parameter: str = ""
    asked: Bound | None = None
    need: Need | None = None
    when: tuple[Condition, ...] = ()


def once(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces in their order, equal ones only once, and none that is asked under fewer conditions as well.

    A need may hold a mapping, so pieces have no hash.
    """
    kept: list[Piece] = []
    for piece in pieces:
        if not any(_asked_more_widely(other, piece) for other in kept):
            kept = [*(other for other in kept if not _asked_more_widely(piece, other)), piece]
    return tuple(kept)


def _asked_more_widely(one: Piece, than: Piece) -> bool:
    return set(one.when) <= set(than.when) and replace(one, when=than.when) == than


@dataclass(frozen=True)
class Covered:
    """How far a need is covered, and what is missing."""

    cover: Cover
    pieces: tuple[Piece, ...] = ()

    def under(self, conditions: Iterable[Condition]) -> Covered:
        """The same, to be done only under some conditions."""
        more = tuple(conditions)
        return Covered(self.cover, tuple(replace(one, when=(*more, *one.when)) for one in self.pieces))


@dataclass(frozen=True)
class RowComparison:
    """One row of B against what A proves.

    `certificates` are what the certificates of A say about it: one that satisfies covers it, one that informs is told
    and changes nothing.
    """

    requirement: Requirement
    obligation: Obligation
    cover: Cover
    pieces: tuple[Piece, ...]
    certificates: tuple[Equivalence, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """B against A, row by row in B's order; rows that roles and variants rule out are not among them.

    `unknown` are the rows of B of which nobody knows whether they bind the roles taken: left out, so B may cost more.
    """

    rows: tuple[RowComparison, ...]
    unknown: tuple[Requirement, ...] = ()

    def of(self, cover: Cover) -> tuple[RowComparison, ...]:
        """The rows covered so far."""
        return tuple(row for row in self.rows if row.cover is cover)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything B costs, each piece once, in the order of B's rows."""
        return once(piece for row in self.rows for piece in row.pieces)


def compare(
    catalogue: Catalogue,
    held: Sequence[Selection],
    wanted: Selection,
    day: date,
    *,
    obligations: Iterable[Obligation] = MUSTS,
) -> Comparison:
    """Each row of the wanted programme that binds its roles on the day, against what the held ones prove."""
    asked = set(obligations)
    holding = held_by(held, wanted, day)
    by_row: dict[str, list[_Part]] = {}
    for row in row_needs(wanted, day):
        need = settle(wanted, row.whole)
        if row.obligation in asked and need != NOTHING:
            by_row.setdefault(row.requirement.key, []).append(_Part(row, need))
    said = certificates_on(catalogue, [scheme for one in held for scheme in schemes_of(one)], wanted, day)
    asking = Asking(catalogue, day, Scope.ENTITY)
    rows = tuple(_row(asking, holding, parts, said.get(key, ())) for key, parts in by_row.items())
    return Comparison(rows, tuple(rows_of_unknown_role(wanted, day, asked)))


@dataclass(frozen=True)
class _Part:
    row: RowNeed
    need: Need


def held_by(held: Sequence[Selection], wanted: Selection, day: date) -> Holding:
    """What whoever holds these programmes surely has: their musts met, and their certificates."""
    needs: list[tuple[Need, Scope]] = []
    for selection in held:
        apart = selection.programme.key != wanted.programme.key
        needs += [
            (settle(selection, row.whole, apart=apart), row.requirement.scope)
            for row in row_needs(selection, day)
            if row.obligation is Obligation.MUST
        ]
        needs += [(CertificateNeed((scheme,), holder=SELF), Scope.ENTITY) for scheme in schemes_of(selection)]
    return Holding().add(needs)


def _row(asking: Asking, held: Holding, parts: Sequence[_Part], said: tuple[Equivalence, ...]) -> RowComparison:
    requirement = parts[0].row.requirement
    strongest = min((part.row.obligation for part in parts), key=list(Obligation).index)
    if stands_in(said):
        return RowComparison(requirement, strongest, Cover.COVERED, (), said)
    here = replace(asking, scope=requirement.scope)
    covered = _all([covering(here, held, part.need) for part in parts])
    return RowComparison(requirement, strongest, covered.cover, covered.pieces, said)


def covering(asking: Asking, held: Holding, need: Need) -> Covered:
    """How far a need is covered by what is held, and the pieces that are missing; of ways to choose, the nearest."""
    if proves(asking, held, need):
        return Covered(Cover.COVERED)
    match need:
        case ControlNeed():
            return _all([_leaf(asking, held, need, element) for element in need.for_ or ("",)])
        case AllNeed(members):
            return _all([covering(asking, held, member) for member in members])
        case AnyNeed(members):
            return max((_way(asking, held, member) for member in members), key=_closeness)
        case SomeNeed(n, members):
            ranked = sorted((_way(asking, held, member) for member in members), key=_closeness, reverse=True)
            return _all(ranked[:n])
        case WhenNeed(condition, then):
            open_here = [condition] if held.tells(condition) is None else []
            return covering(asking, held.add([], open_here), then).under(open_here)
        case ChooseNeed():
            told = [covering(asking, under, branch).under(when) for when, under, branch in branches_under(held, need)]
            return min(told, key=_closeness, default=Covered(Cover.COVERED))
        case OutcomeNeed(supported_by):
            return _all([covering(asking, held, supported_by), Covered(Cover.NEW, (Piece("", need=need),))])
        case _:
            return _records(asking, held, need)


def _way(asking: Asking, held: Holding, need: Need) -> Covered:
    """One of several ways: where it does not apply it is none, so it still costs something."""
    strictly = replace(asking, strictly=True)
    found = covering(asking, held, need)
    if found.cover is Cover.COVERED and not proves(strictly, held, need):
        return Covered(Cover.PARTLY, (Piece("", need=need),))
    return found


def _closeness(covered: Covered) -> tuple[int, int]:
    return covered.cover, -len(covered.pieces)


def _all(members: Sequence[Covered]) -> Covered:
    """The minimum, but a mixture of covered and new is partly: some of it is there."""
    if not members:
        return Covered(Cover.COVERED)
    lowest, highest = min(one.cover for one in members), max(one.cover for one in members)
    cover = Cover.PARTLY if lowest is Cover.NEW and highest is not Cover.NEW else lowest
    return Covered(cover, once(piece for one in members for piece in one.pieces))


def _leaf(asking: Asking, held: Holding, need: ControlNeed, element: str) -> Covered:
    one = replace(need, for_=(element,) if element else ())
    if proves(asking, held, one):
        return Covered(Cover.COVERED)
    short = shortfall(asking, held, need, element)
    if short is None:
        near = held_for_less(asking.catalogue, held, need.control, element)
        return Covered(Cover.PARTLY if near else Cover.NEW, (Piece(need.control, element),))
    return Covered(Cover.PARTLY, tuple(_short(need.control, element, piece) for piece in short))


def _short(control: str, element: str, short: Short) -> Piece:
    return Piece(control, element, short.parameter, short.bound)


def _records(asking: Asking, held: Holding, need: Need) -> Covered:
    """A need on records: what of it is not covered, partly where something held speaks of the same."""
    missing = [atom for atom in atoms(need) if not record_held(asking, held, atom)]
    some = len(missing) < len(list(atoms(need)))
    near = some or any(alike(one, need) for one in held.records)
    pieces = [Piece("", need=one) for one in together(missing)]
    return Covered(Cover.PARTLY if near else Cover.NEW, tuple(pieces))
