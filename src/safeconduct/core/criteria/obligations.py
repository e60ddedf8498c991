"""How strongly a row binds an enrolment on a day: roles, variants, dated obligations.

Source: catalogue language, sections 5 (roles, obligation) and 8 steps 1 to 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import FOREVER, good_until
from safeconduct.core.records.catalogue import Applies, Obligation, Timeline

_STRENGTH = {one: place for place, one in enumerate(Obligation)}  # must first


@dataclass(frozen=True)
class Binding:
    """The obligation of the day, or why there is none. `role_known` is False where no role is known to be meant."""

    obligation: Obligation | None
    code: str = ""
    role_known: bool = True
    good_until: date = FOREVER


def binding(obligation: Timeline, roles: Mapping[str, Applies | Timeline], taken: Iterable[str], day: date) -> Binding:
    """How a row or part binds an enrolment that takes some roles.

    All roles known not to be meant: `other-role`. None known to be meant: bound as written, but the role is unknown.
    Several: the strongest. No obligation yet: `not-yet-in-force`.
    """
    said = [roles.get(role, Applies.UNKNOWN) for role in taken]
    if said and all(one is Applies.NO for one in said):
        return Binding(None, "other-role")
    meant = [obligation if one is Applies.YES else one for one in said if isinstance(one, tuple) or one is Applies.YES]
    timelines = meant or [obligation]
    until = good_until(day, [begins for timeline in timelines for begins, _ in timeline])
    current = [one for one in (obligation_on(timeline, day) for timeline in timelines) if one is not None]
    if not current:
        return Binding(None, "not-yet-in-force", bool(meant), until)
    return Binding(strongest(current), "", bool(meant), until)


def obligation_on(timeline: Timeline, day: date) -> Obligation | None:
    """The obligation that holds on the day; None before the first begins."""
    begun = [obligation for begins, obligation in timeline if begins <= day]
    return begun[-1] if begun else None


Schedule = tuple[tuple[date | None, Obligation | None], ...]
"""The obligation of a day (beside no day; None before the first begins), then those that begin later."""


def schedule(timeline: Timeline, day: date) -> Schedule:
    """How strongly something binds from a day on: what holds on the day first, then each later change."""
    later = [(begins, obligation) for begins, obligation in timeline if begins > day]
    return ((None, obligation_on(timeline, day)), *later)


def strongest(obligations: Iterable[Obligation]) -> Obligation:
    """Must before should before may before informative."""
    return min(obligations, key=_STRENGTH.__getitem__)
