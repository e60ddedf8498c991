"""What is supposed while programmes are compared without an organisation: conditions taken as true or false."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from safeconduct.core.records.needs import AllOf, AnyOf, Condition, Not, PresentIs, RoleIs, VariantIs


@dataclass(frozen=True)
class Supposed:
    """Conditions supposed to hold, and conditions supposed not to hold.

    `roles` and `variants` are those somebody takes; None (no variants: empty) says nothing about them.
    """

    true: frozenset[Condition] = frozenset()
    false: frozenset[Condition] = frozenset()
    roles: frozenset[str] | None = None
    variants: frozenset[str] = frozenset()

    def tells(self, condition: Condition, present: Collection[str] = ()) -> bool | None:
        """Whether a condition holds as far as this and the controls present tell, in three-valued logic."""
        if condition in self.true:
            return True
        if condition in self.false:
            return False
        match condition:
            case RoleIs(role):
                return None if self.roles is None else role in self.roles
            case VariantIs(variant):
                return variant in self.variants if self.variants else None
            case PresentIs(control):
                return True if control in present else None
            case Not(inner):
                told = self.tells(inner, present)
                return None if told is None else not told
            case AllOf(members):
                answers = [self.tells(member, present) for member in members]
                return False if False in answers else (None if None in answers else True)
            case AnyOf(members):
                answers = [self.tells(member, present) for member in members]
                return True if True in answers else (None if None in answers else False)
            case _:
                return None

    def with_true(self, conditions: Iterable[Condition]) -> Supposed:
        """The same, and these hold: a `not` of something says that it does not, an `all` that each does."""
        true, false = set(self.true), set(self.false)
        pending = list(conditions)
        while pending:
            condition = pending.pop()
            true.add(condition)
            match condition:
                case Not(AnyOf(members)):
                    pending += [Not(member) for member in members]
                case Not(Not(inner)):
                    pending.append(inner)
                case Not(inner):
                    false.add(inner)
                case AllOf(members):
                    pending += members
        return replace(self, true=frozenset(true), false=frozenset(false))

    @property
    def impossible(self) -> bool:
        """Whether something is supposed both to hold and not to hold."""
        return bool(self.true & self.false)
