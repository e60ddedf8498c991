"""Needs as somebody with some roles and variants is asked them: what these decide is taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from safeconduct.core.criteria.asks import Selection, supposed_of
from safeconduct.core.criteria.supposing import Supposed
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    AnyNeed,
    AnyOf,
    CertificateNeed,
    ChooseNeed,
    Condition,
    EveryNeed,
    Need,
    Not,
    OutcomeNeed,
    SomeNeed,
    VariantIs,
    WhenNeed,
)

NOTHING = AllNeed(())
"""Asks nothing: not applicable."""
SELF = "self"


def settle(selection: Selection, need: Need, *, apart: bool = False) -> Need:
    """The need as the selection is asked it.

    With `apart`, variants still open are told apart from those of other programmes that happen to be called alike.
    """
    return _Settling(supposed_of(selection), selection.programme.key if apart else "").settle(need, member=False)


@dataclass(frozen=True)
class _Settling:
    known: Supposed
    apart: str

    def settle(self, need: Need, *, member: bool) -> Need:
        """The need without what is decided; a certificate outside a population is the organisation's own."""

        def inner(one: Need) -> Need:
            return self.settle(one, member=member)

        match need:
            case AllNeed(members):
                return AllNeed(_applying(inner(one) for one in members))
            case AnyNeed(members):
                several = _applying(inner(one) for one in members)
                return several[0] if len(several) == 1 else (AnyNeed(several) if several else NOTHING)
            case SomeNeed(n, members, partly):
                several = _applying(inner(one) for one in members)
                return SomeNeed(n, several, partly) if several else NOTHING
            case WhenNeed(condition, then):
                told = self.known.tells(condition)
                return (
                    NOTHING
                    if told is False
                    else (inner(then) if told else WhenNeed(self._named(condition), inner(then)))
                )
            case ChooseNeed():
                return self._choice(need, member=member)
            case EveryNeed():
                return replace(need, each=self.settle(need.each, member=True))
            case OutcomeNeed(supported_by):
                return OutcomeNeed(inner(supported_by))
            case CertificateNeed() if not member:
                return replace(need, holder=SELF)
            case _:
                return need

    def _choice(self, need: ChooseNeed, *, member: bool) -> Need:
        kept: list[tuple[Condition, Need]] = []
        last = need.otherwise
        for condition, branch in need.branches:
            told = self.known.tells(condition)
            if told:
                last = branch
                break
            if told is None:
                kept.append((self._named(condition), self.settle(branch, member=member)))
        otherwise = self.settle(last, member=member) if last is not None else None
        if kept:
            return ChooseNeed(tuple(kept), otherwise)
        return NOTHING if otherwise is None else otherwise

    def _named(self, condition: Condition) -> Condition:
        match condition:
            case VariantIs(variant) if self.apart:
                return VariantIs(f"{self.apart} {variant}")
            case Not(inner):
                return Not(self._named(inner))
            case AllOf(members):
                return AllOf(tuple(self._named(one) for one in members))
            case AnyOf(members):
                return AnyOf(tuple(self._named(one) for one in members))
            case _:
                return condition


def _applying(members: Iterable[Need]) -> tuple[Need, ...]:
    """The members that ask something."""
    return tuple(one for one in members if one != NOTHING)
