"""Equivalences: what a certificate of one scheme says about requirements of another programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.provenance import Source


class Effect(StrEnum):
    """What a certificate does for a requirement. Only the issuer's own word makes it satisfy one."""

    SATISFIES = "satisfies"
    INFORMS = "informs"


class HeldBy(StrEnum):
    """Who must hold the certificate: the very unit that is judged, or also what that unit belongs to."""

    UNIT = "unit"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a certificate must cover to speak for a requirement.

    Where roles or variants are named, an enrolment with any other role or variant is outside. `covers` tells in words
    what nobody can compute, for example that goods and operations must be the same.
    """

    held_by: HeldBy = HeldBy.ABOVE
    roles: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    covers: str = ""

    def fits(self, roles: tuple[str, ...], variants: tuple[str, ...]) -> bool:
        """Whether an enrolment in these roles and variants is inside it.

        >>> Reach(roles=("carrier",)).fits(("carrier", "importer"), ())
        False
        """
        inside = not self.roles or set(roles) <= set(self.roles)
        return inside and (not self.variants or (bool(variants) and set(variants) <= set(self.variants)))


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A certificate of a scheme satisfies or informs requirements, within a scope, from a day to a day."""

    key: str
    scheme: str
    requirements: tuple[str, ...]
    effect: Effect
    source: Source
    reach: Reach = Reach()
    since: date | None = None
    until: date | None = None
    conditions: str = ""
