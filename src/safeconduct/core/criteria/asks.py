"""What the rows of a programme ask of neutral controls: one ask per row, control and element.

A leaf inside `all` is always asked; behind a condition that nobody can tell without an organisation it is asked
sometimes; where one of several members is enough it is one way of several and binds nobody.

Source: catalogue language, section 5.1 and 8 (harmonised criteria).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from safeconduct.core.criteria.obligations import binding
from safeconduct.core.criteria.supposing import Supposed
from safeconduct.core.records.catalogue import Addressee, Obligation, Programme, Requirement, RequirementKind, Scope
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

SCORED = frozenset({RequirementKind.CONDITION, RequirementKind.METRIC})
LIMIT = "limit"


@dataclass(frozen=True)
class Selection:
    """A programme as somebody takes part in it: edition, roles, variants. No variant means every variant.

    `supposing` is what else is taken for granted, as the kind of place it is asked at.
    """

    programme: Programme
    roles: tuple[str, ...]
    variants: tuple[str, ...] = ()
    supposing: Supposed = Supposed()


class How(StrEnum):
    """How firmly a leaf is asked."""

    ALWAYS = "always"
    WHEN = "when"  # only under a condition on the organisation
    ONE_WAY = "one-way"  # one of several ways to meet the row


@dataclass(frozen=True)
class Ask:
    """One row asks something of one control, for one element (empty where the control is not kept by a list).

    `when` are the conditions under which it is asked, all of them; `limit` marks a programme that only sets limits.
    """

    programme: str
    requirement: Requirement
    obligation: Obligation
    how: How
    need: ControlNeed
    element: str
    when: tuple[Condition, ...] = ()
    limit: bool = False

    @property
    def scope(self) -> Scope:
        """Where the row is judged."""
        return self.requirement.scope


@dataclass(frozen=True)
class RowNeed:
    """A need of a row that binds the selection on the day, with its obligation; one per part."""

    requirement: Requirement
    obligation: Obligation
    need: Need
    when: tuple[Condition, ...]

    @property
    def whole(self) -> Need:
        """The need behind its conditions."""
        need = self.need
        for condition in reversed(self.when):
            need = WhenNeed(condition, need)
        return need


def row_needs(selection: Selection, day: date) -> Iterator[RowNeed]:
    """The needs of every scored row of the trader that is known to bind the selection's roles on the day.

    A row, part or branch that roles and variants rule out is not asked at all.
    """
    return (row for row, role_known in _rows(selection, day) if role_known)


def rows_of_unknown_role(selection: Selection, day: date, obligations: Collection[Obligation]) -> list[Requirement]:
    """Scored rows of which it is not known whether they bind the selection's roles: neither asked nor held."""
    rows = list(_rows(selection, day))
    known = {row.requirement.key for row, role_known in rows if role_known}
    unknown = {
        row.requirement.key: row.requirement
        for row, role_known in rows
        if not role_known and row.obligation in obligations and row.requirement.key not in known
    }
    return list(unknown.values())


def _rows(selection: Selection, day: date) -> Iterator[tuple[RowNeed, bool]]:
    """The needs of scored rows of the trader that may bind the selection, each with whether its role is known."""
    for requirement in selection.programme.requirements:
        if requirement.kind not in SCORED or requirement.addressee is not Addressee.TRADER:
            continue
        if requirement.variants and selection.variants and not set(requirement.variants) & set(selection.variants):
            continue
        for row, role_known in _needs_of(requirement, selection, day):
            if not any(told_by(selection, condition) is False for condition in row.when):
                yield row, role_known


def _needs_of(requirement: Requirement, selection: Selection, day: date) -> Iterator[tuple[RowNeed, bool]]:
    outer = (requirement.when,) if requirement.when is not None else ()
    if requirement.needs is not None:
        bound = binding(requirement.obligation, requirement.roles, selection.roles, day)
        if bound.obligation is not None:
            yield RowNeed(requirement, bound.obligation, requirement.needs, outer), bound.role_known
    for part in requirement.parts:
        bound = binding(part.obligation, part.roles or requirement.roles, selection.roles, day)
        if bound.obligation is not None:
            inner = (part.when,) if part.when is not None else ()
            yield RowNeed(requirement, bound.obligation, part.needs, (*outer, *inner)), bound.role_known


def told_by(selection: Selection, condition: Condition) -> bool | None:
    """Whether a condition holds as far as roles and variants tell; None where it depends on the organisation."""
    return supposed_of(selection).tells(condition)


def supposed_of(selection: Selection) -> Supposed:
    """What a selection says by itself: its roles, its variants where it names any, and what it supposes."""
    return replace(selection.supposing, roles=frozenset(selection.roles), variants=frozenset(selection.variants))


def asks(selection: Selection, day: date) -> Iterator[Ask]:
    """What the selection's rows ask of controls on the day, row by row."""
    known = supposed_of(selection)
    limit = selection.programme.kind == LIMIT
    for row in row_needs(selection, day):
        for leaf in _leaves(known, row.whole, ()):
            how = How.ONE_WAY if leaf.one_way else (How.WHEN if leaf.when else How.ALWAYS)
            for element in leaf.need.for_ or ("",):
                yield Ask(
                    selection.programme.id, row.requirement, row.obligation, how, leaf.need, element, leaf.when, limit
                )


@dataclass(frozen=True)
class _Leaf:
    need: ControlNeed
    when: tuple[Condition, ...]
    one_way: bool


def _leaves(known: Supposed, need: Need, when: tuple[Condition, ...], *, one_way: bool = False) -> Iterator[_Leaf]:
    match need:
        case ControlNeed():
            yield _Leaf(need, when, one_way)
        case AllNeed(members):
            for member in members:
                yield from _leaves(known, member, when, one_way=one_way)
        case AnyNeed(members) | SomeNeed(members=members):
            needed = need.n if isinstance(need, SomeNeed) else 1
            for member in members:
                yield from _leaves(known, member, when, one_way=one_way or needed < len(members))
        case WhenNeed(condition, then):
            told = known.tells(condition)
            if told is not False:
                yield from _leaves(known, then, when if told else (*when, condition), one_way=one_way)
        case ChooseNeed():
            for conditions, branch in branches(known, need):
                yield from _leaves(known, branch, (*when, *conditions), one_way=one_way)
        case OutcomeNeed(supported_by):
            yield from _leaves(known, supported_by, when, one_way=one_way)


def branches(known: Supposed, need: ChooseNeed) -> Iterator[tuple[tuple[Condition, ...], Need]]:
    """The branches that may be the ones to judge by, each with the conditions still open under which it is."""
    before: list[Condition] = []
    for condition, branch in need.branches:
        told = known.tells(condition)
        if told is False:
            continue
        if told:
            yield tuple(before), branch
            return
        yield (*before, condition), branch
        before.append(Not(condition))
    if need.otherwise is not None:
        yield tuple(before), need.otherwise
