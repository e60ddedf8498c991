"""What somebody surely has who meets some rows: leaves by control, needs on records, and choices still open.

Source: catalogue language, section 7 (truth tables), read without an organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from safeconduct.core.criteria.supposing import Supposed
from safeconduct.core.records.catalogue import Scope
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    Need,
    Not,
    OutcomeNeed,
    SomeNeed,
    WhenNeed,
)

_MOST_CASES = 20
Open = AnyNeed | SomeNeed | WhenNeed | ChooseNeed


@dataclass(frozen=True)
class HeldLeaf:
    """A leaf that surely stands, and where: at each site, or at the legal entity."""

    need: ControlNeed
    scope: Scope


@dataclass(frozen=True)
class HeldOpen:
    """One of several things stands, or something under a condition."""

    need: Open
    scope: Scope


@dataclass(frozen=True)
class Holding:
    """Everything that surely stands under what is supposed. It is never changed; `add` gives a larger one."""

    supposed: Supposed = field(default_factory=Supposed)
    leaves: dict[tuple[str, str], tuple[HeldLeaf, ...]] = field(default_factory=dict)
    records: tuple[Need, ...] = ()
    open: tuple[HeldOpen, ...] = ()

    def tells(self, condition: Condition) -> bool | None:
        """Whether a condition holds: as supposed, or because a control that surely stands is present."""
        return self.supposed.tells(condition, self.present)

    @cached_property
    def present(self) -> frozenset[str]:
        """Controls that surely stand."""
        return frozenset(control for control, _ in self.leaves)

    def add(self, needs: Iterable[tuple[Need, Scope]], supposing: Iterable[Condition] = ()) -> Holding:
        """The same and these needs, under these conditions besides; choices that this settles are no longer open."""
        pending = [*((one.need, one.scope) for one in self.open), *needs]
        found = replace(self, supposed=self.supposed.with_true(supposing), open=(), leaves=dict(self.leaves))
        while True:
            before = found.present
            found, still = _settled(found, pending)
            if found.present == before:
                return replace(found, open=tuple(still))
            pending = [(one.need, one.scope) for one in still]


def _settled(found: Holding, pending: list[tuple[Need, Scope]]) -> tuple[Holding, list[HeldOpen]]:
    """Take in what surely stands; give back what is still open."""
    leaves, records = dict(found.leaves), list(found.records)
    still: list[HeldOpen] = []
    stack = pending[::-1]
    while stack:
        need, scope = stack.pop()
        match need:
            case ControlNeed():
                for element in need.for_ or ("",):
                    spot = (need.control, element)
                    leaves[spot] = (*leaves.get(spot, ()), HeldLeaf(need, scope))
            case AllNeed(members):
                stack += [(member, scope) for member in reversed(members)]
            case OutcomeNeed(supported_by):
                records.append(need)
                stack.append((supported_by, scope))
            case AnyNeed() | SomeNeed() | WhenNeed() | ChooseNeed():
                surely = _surely(found, need)
                if surely is None:
                    still.append(HeldOpen(need, scope))
                else:
                    records += [need] if isinstance(need, SomeNeed) else []
                    stack += [(one, scope) for one in surely]
            case _:
                records.append(need)
    return replace(found, leaves=leaves, records=tuple(records)), still


def _surely(found: Holding, need: Open) -> tuple[Need, ...] | None:
    """What stands where nothing is open any more; None while it is."""
    match need:
        case AnyNeed(members):
            return members if len(members) == 1 else None
        case SomeNeed(n, members):
            return members if n == len(members) else None
        case WhenNeed(condition, then):
            told = found.tells(condition)
            return None if told is None else ((then,) if told else ())
        case ChooseNeed():
            for condition, branch in need.branches:
                told = found.tells(condition)
                if told is None:
                    return None
                if told:
                    return (branch,)
            return (need.otherwise,) if need.otherwise is not None else ()


def cases(found: Holding, one: HeldOpen) -> Iterator[Holding]:
    """The holdings of which one is surely the case, because of one open need; none where there would be too many."""
    scope = one.scope
    rest = replace(found, open=tuple(other for other in found.open if other is not one))
    match one.need:
        case AnyNeed(members):
            yield from (rest.add([(member, scope)]) for member in members)
        case SomeNeed(n, members):
            chosen = list(combinations(members, n))
            several = chosen if len(chosen) <= _MOST_CASES else []
            yield from (rest.add([(member, scope) for member in some]) for some in several)
        case WhenNeed(condition, then):
            yield rest.add([(then, scope)], [condition])
            yield rest.add([], [Not(condition)])
        case ChooseNeed():
            before: list[Condition] = []
            for case, branch in need_branches(one.need):
                here = [] if case is None else [case]
                yield rest.add([(branch, scope)] if branch is not None else [], [*before, *here])
                before += [Not(one) for one in here]


def need_branches(need: ChooseNeed) -> Iterator[tuple[Condition | None, Need | None]]:
    """The branches of a choice and, last, what holds where none of their conditions does."""
    yield from need.branches
    yield None, need.otherwise
