"""What the rows of a programme ask of neutral controls: one ask per row, control and element.

A leaf inside `all` is always asked; behind a condition that nobody can tell without an organisation it is asked
sometimes; inside `any` or `some` it is one way of several and binds nobody.

Source: catalogue language, section 5.1 and 8 (harmonised criteria).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.criteria.obligations import binding
from safeconduct.core.records.catalogue import Addressee, Obligation, Programme, Requirement, RequirementKind, Scope
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    AnyNeed,
    AnyOf,
    ChooseNeed,
    Condition,
    ControlNeed,
    Need,
    Not,
    OutcomeNeed,
    RoleIs,
    SomeNeed,
    VariantIs,
    WhenNeed,
)

SCORED = frozenset({RequirementKind.CONDITION, RequirementKind.METRIC})


@dataclass(frozen=True)
class Selection:
    """A programme as somebody takes part in it: edition, roles, variants. No variant means every variant."""

    programme: Programme
    roles: tuple[str, ...]
    variants: tuple[str, ...] = ()


class How(StrEnum):
    """How firmly a leaf is asked."""

    ALWAYS = "always"
    WHEN = "when"  # only under a condition on the organisation
    ONE_WAY = "one-way"  # one of several ways to meet the row


_WEAKER = (How.ALWAYS, How.WHEN, How.ONE_WAY)


@dataclass(frozen=True)
class Ask:
    """One row asks something of one control, for one element (empty where the control is not kept by a list)."""

    programme: str
    requirement: Requirement
    obligation: Obligation
    how: How
    need: ControlNeed
    element: str

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


def row_needs(selection: Selection, day: date) -> Iterator[RowNeed]:
    """The needs of every scored row of the trader that is known to bind the selection's roles on the day."""
    for requirement in selection.programme.requirements:
        if requirement.kind not in SCORED or requirement.addressee is not Addressee.TRADER:
            continue
        if requirement.variants and selection.variants and not set(requirement.variants) & set(selection.variants):
            continue
        yield from _needs_of(requirement, selection, day)


def _needs_of(requirement: Requirement, selection: Selection, day: date) -> Iterator[RowNeed]:
    outer = (requirement.when,) if requirement.when is not None else ()
    if requirement.needs is not None:
        bound = binding(requirement.obligation, requirement.roles, selection.roles, day)
        if bound.obligation is not None and bound.role_known:
            yield RowNeed(requirement, bound.obligation, requirement.needs, outer)
    for part in requirement.parts:
        bound = binding(part.obligation, part.roles or requirement.roles, selection.roles, day)
        if bound.obligation is not None and bound.role_known:
            inner = (part.when,) if part.when is not None else ()
            yield RowNeed(requirement, bound.obligation, part.needs, (*outer, *inner))


def asks(selection: Selection, day: date) -> Iterator[Ask]:
    """What the selection's rows ask of controls on the day, row by row."""
    for row in row_needs(selection, day):
        how = How.ALWAYS
        for condition in row.when:
            told = told_by(selection, condition)
            if told is False:
                break
            how = how if told else How.WHEN
        else:
            for leaf, asked_how in _leaves(selection, row.need, how):
                for element in leaf.for_ or ("",):
                    yield Ask(selection.programme.id, row.requirement, row.obligation, asked_how, leaf, element)


def _leaves(selection: Selection, need: Need, how: How) -> Iterator[tuple[ControlNeed, How]]:
    match need:
        case ControlNeed():
            yield need, how
        case AllNeed(members):
            for member in members:
                yield from _leaves(selection, member, how)
        case AnyNeed(members) | SomeNeed(members=members):
            for member in members:
                yield from _leaves(selection, member, How.ONE_WAY)
        case WhenNeed(condition, then):
            told = told_by(selection, condition)
            if told is not False:
                yield from _leaves(selection, then, how if told else _weaker(how, How.WHEN))
        case ChooseNeed():
            for branch, certain in chosen(selection, need):
                yield from _leaves(selection, branch, how if certain else _weaker(how, How.WHEN))
        case OutcomeNeed(supported_by):
            yield from _leaves(selection, supported_by, how)


def _weaker(one: How, other: How) -> How:
    return max(one, other, key=_WEAKER.index)


def chosen(selection: Selection, need: ChooseNeed) -> Iterator[tuple[Need, bool]]:
    """The branches a selection may be judged by, and whether it is certainly that one."""
    open_before = False
    for condition, branch in need.branches:
        told = told_by(selection, condition)
        if told is False:
            continue
        yield branch, told is True and not open_before
        if told:
            return
        open_before = True
    if need.otherwise is not None:
        yield need.otherwise, not open_before


def told_by(selection: Selection, condition: Condition) -> bool | None:
    """Whether a condition holds as far as roles and variants tell; None where it depends on the organisation."""
    match condition:
        case VariantIs(variant):
            return variant in selection.variants if selection.variants else None
        case RoleIs(role):
            return role in selection.roles
        case Not(inner):
            told = told_by(selection, inner)
            return None if told is None else not told
        case AllOf(members):
            answers = [told_by(selection, member) for member in members]
            return False if False in answers else (None if None in answers else True)
        case AnyOf(members):
            answers = [told_by(selection, member) for member in members]
            return True if True in answers else (None if None in answers else False)
        case _:
            return None
