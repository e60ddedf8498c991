"""What changes from one edition to another: rows added, dropped, kept, and asked otherwise.

Rows are the same where they have one key, or where one says that it supersedes the other (over editions between, too);
nothing else is guessed. What a row asks otherwise is told as pieces: those that whoever meets the one row still lacks
for the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from safeconduct.core.criteria.asked_otherwise import AskedOtherwise, Asker, Side, asked_otherwise
from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.obligations import Schedule, schedule
from safeconduct.core.criteria.settling import settle
from safeconduct.core.errors import UnknownKey
from safeconduct.core.records.catalogue import Applies, Catalogue, Programme, Requirement, Timeline
from safeconduct.core.records.needs import AllNeed, Condition, Need, WhenNeed


class Change(StrEnum):
    """What became of a row."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    KEPT = "kept"
    NOT_COMPARED = "not compared"  # one edition has only its heading


@dataclass(frozen=True)
class ObligationMoved:
    """The strength of a row, or of one of its parts (empty: the row), from the day of the difference on.

    An empty schedule: there is no such part.
    """

    part: str
    before: Schedule
    after: Schedule


@dataclass(frozen=True)
class RoleMoved:
    """Whom a row (or a part of it) binds: whether it is known to, or a schedule of its own for the role."""

    part: str
    role: str
    before: Applies | Schedule
    after: Applies | Schedule


@dataclass(frozen=True)
class FieldMoved:
    """A plain field of a row that says something else: kind, scope, addressee, decisive, levels."""

    field: str
    before: str
    after: str


Moved = AskedOtherwise | ObligationMoved | RoleMoved | FieldMoved


@dataclass(frozen=True)
class RowChange:
    """One row of the old edition, the new one, or both, with all that moved."""

    before: Requirement | None
    after: Requirement | None
    moved: tuple[Moved, ...] = ()

    @property
    def row(self) -> Requirement:
        """The row as it is now, or as it was last."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def continued(self) -> bool:
        """Whether it goes on under another key."""
        return self.before is not None and self.after is not None and self.before.key != self.after.key

    @property
    def change(self) -> Change:
        """What became of it."""
        if self.before is None:
            return Change.ADDED
        if self.after is None:
            return Change.DROPPED
        if says_what(self.before) != says_what(self.after):
            return Change.NOT_COMPARED
        return Change.CHANGED if self.moved else Change.KEPT

    @property
    def side(self) -> Side | None:
        """Which way all that is asked moved together; None where nothing did."""
        sides = {one.side for one in self.moved if isinstance(one, AskedOtherwise)}
        return sides.pop() if len(sides) == 1 else (Side.OTHERWISE if sides else None)


@dataclass(frozen=True)
class Difference:
    """From one edition to another, in the order of the new one; what was dropped comes last."""

    before: Programme
    after: Programme
    day: date
    rows: tuple[RowChange, ...]

    def of(self, *changes: Change) -> tuple[RowChange, ...]:
        """The rows of which that became."""
        return tuple(row for row in self.rows if row.change in changes)

    @cached_property
    def by_before(self) -> dict[str, tuple[RowChange, ...]]:
        """What became of each row of the old edition, by its key; several where several continue it."""
        found: dict[str, tuple[RowChange, ...]] = {}
        for row in self.rows:
            if row.before is not None:
                found[row.before.key] = (*found.get(row.before.key, ()), row)
        return found

    @property
    def roles_added(self) -> tuple[str, ...]:
        """Roles that only the new edition has."""
        return tuple(role for role in self.after.roles if role not in self.before.roles)

    @property
    def roles_dropped(self) -> tuple[str, ...]:
        """Roles that only the old edition has."""
        return tuple(role for role in self.before.roles if role not in self.after.roles)


def says_what(row: Requirement) -> bool:
    """Whether a row says what it asks; of a heading nobody knows."""
    return row.needs is not None or bool(row.parts)


def headings(programme: Programme) -> int:
    """How many rows of an edition are known by their headings or as advice alone."""
    return sum(not says_what(row) for row in programme.requirements)


def later_editions(catalogue: Catalogue, programme: Programme) -> list[Programme]:
    """The editions that take the place of this one, nearest first; each says what it supersedes."""
    found: list[Programme] = []
    place = programme
    while True:
        after = [one for one in catalogue.programmes.values() if one.key == place.key and one.supersedes]
        nearest = next((one for one in after if one.supersedes == place.edition), None)
        if nearest is None or nearest in found:
            return found
        found.append(nearest)
        place = nearest


def difference(
    catalogue: Catalogue,
    before: Programme,
    after: Programme,
    day: date,
    *,
    roles: Collection[str] = (),
    variants: Collection[str] = (),
) -> Difference:
    """From one edition to another, for whoever takes these roles and variants (none: for everybody).

    Obligations are those from the day on, or from the later of the two editions' first days. A row that both editions
    keep from these roles and variants is left out. Editions of different programmes have no row in common unless one
    says that it supersedes the other.
    """
    on = max(day, before.since or day, after.since or day)
    telling = _Telling(catalogue, before, after, on, tuple(roles), tuple(variants))
    rows = tuple(telling.rows(_pairs(catalogue, before, after)))
    return Difference(before, after, on, rows)


Pair = tuple[Requirement | None, Requirement | None]


def _pairs(catalogue: Catalogue, before: Programme, after: Programme) -> Iterator[Pair]:
    """Rows that are one and the same, in the order of the new edition; dropped ones last."""
    old = {row.key: row for row in before.requirements}
    followers: dict[str, list[Requirement]] = {}
    for row in before.requirements:
        for key in _lineage(catalogue, row)[1:]:
            followers.setdefault(key, []).append(row)
    met: set[str] = set()
    for row in after.requirements:
        same = [old[key] for key in _lineage(catalogue, row) if key in old] or followers.get(row.key, [])
        met |= {one.key for one in same}
        yield from ((one, row) for one in same) if same else iter([(None, row)])
    yield from ((row, None) for key, row in old.items() if key not in met)


def _lineage(catalogue: Catalogue, row: Requirement) -> list[str]:
    """The key of a row and of those it supersedes, nearest first."""
    found, place = [row.key], row
    while place.supersedes and place.supersedes not in found:
        found.append(place.supersedes)
        try:
            place = catalogue.requirement(place.supersedes)
        except UnknownKey:  # a key that is used no more
            break
    return found


@dataclass(frozen=True)
class _Telling:
    """Two editions, and for whom they are held against each other."""

    catalogue: Catalogue
    before: Programme
    after: Programme
    day: date
    roles: tuple[str, ...]
    variants: tuple[str, ...]

    def rows(self, pairs: Iterable[Pair]) -> Iterator[RowChange]:
        for old, new in pairs:
            binds_old = old is not None and self._binds(self.before, old)
            binds_new = new is not None and self._binds(self.after, new)
            if binds_old or binds_new:
                yield RowChange(old, new, tuple(self._moved(old, new)) if old and new else ())

    def _binds(self, programme: Programme, row: Requirement) -> bool:
        """Whether a row may bind the roles and variants."""
        levels = set(self.variants) & set(programme.variants)
        if row.variants and levels and not levels & set(row.variants):
            return False
        taken = [role for role in self.roles if role in programme.roles]
        states = [part.roles or row.roles for part in row.parts] or [row.roles]
        return not taken or any(one.get(role, Applies.UNKNOWN) is not Applies.NO for one in states for role in taken)

    def _moved(self, old: Requirement, new: Requirement) -> Iterator[Moved]:
        if says_what(old) is not says_what(new):
            return
        if says_what(old):
            yield from self._asked(old, new)
        yield from self._obligations(old, new)
        yield from self._roles_of(old, new)
        yield from self._fields(old, new)

    def _asked(self, old: Requirement, new: Requirement) -> Iterator[AskedOtherwise]:
        was, now = self._need(self.before, old), self._need(self.after, new)
        yield from asked_otherwise(self.catalogue, self.day, Asker(was, old.scope), Asker(now, new.scope))

    def _need(self, programme: Programme, row: Requirement) -> Need:
        """All that a row asks, its parts together, as these roles and variants are asked it."""
        parts = [_under(part.when, part.needs) for part in row.parts]
        whole = _under(row.when, row.needs if row.needs is not None else AllNeed(tuple(parts)))
        if not self.roles and not self.variants:
            return whole
        taken = tuple(role for role in self.roles if role in programme.roles) or programme.roles
        levels = tuple(level for level in self.variants if level in programme.variants)
        return settle(Selection(programme, taken, levels), whole)

    def _obligations(self, old: Requirement, new: Requirement) -> Iterator[ObligationMoved]:
        was, now = _strengths(old), _strengths(new)
        for part in dict.fromkeys((*was, *now)):
            before = schedule(was[part], self.day) if part in was else ()
            after = schedule(now[part], self.day) if part in now else ()
            if before != after:
                yield ObligationMoved(part, before, after)

    def _roles_of(self, old: Requirement, new: Requirement) -> Iterator[RoleMoved]:
        was, now = _bound_roles(old), _bound_roles(new)
        both = [role for role in self.before.roles if role in self.after.roles]
        for part in was.keys() & now.keys():
            for role in both if not self.roles else [role for role in both if role in self.roles]:
                before = self._applies(was[part].get(role, Applies.UNKNOWN))
                after = self._applies(now[part].get(role, Applies.UNKNOWN))
                if before != after:
                    yield RoleMoved(part, role, before, after)

    def _applies(self, said: Applies | Timeline) -> Applies | Schedule:
        return said if isinstance(said, Applies) else schedule(said, self.day)

    def _fields(self, old: Requirement, new: Requirement) -> Iterator[FieldMoved]:
        levels = [level for level in self.before.variants if level in self.after.variants]
        for name, was, now in (
            ("kind", old.kind.value, new.kind.value),
            ("scope", old.scope.value, new.scope.value),
            ("addressee", old.addressee.value, new.addressee.value),
            ("decisive", _yes(old.decisive), _yes(new.decisive)),
            ("levels", _levels(old, levels), _levels(new, levels)),
        ):
            if was != now:
                yield FieldMoved(name, was, now)


def _yes(flag: bool) -> str:  # noqa: FBT001  (a value to be told, not a switch)
    return "yes" if flag else "no"


def _levels(row: Requirement, known: Sequence[str]) -> str:
    """The levels a row is for, of those both editions have; empty where it is for each."""
    meant = [level for level in known if not row.variants or level in row.variants]
    return "" if meant == list(known) else ", ".join(meant)


def _under(condition: Condition | None, need: Need) -> Need:
    return need if condition is None else WhenNeed(condition, need)


def _strengths(row: Requirement) -> dict[str, Timeline]:
    return {part.key: part.obligation for part in row.parts} or {"": row.obligation}


def _bound_roles(row: Requirement) -> dict[str, dict[str, Applies | Timeline]]:
    return {part.key: dict(part.roles or row.roles) for part in row.parts} or {"": dict(row.roles)}
