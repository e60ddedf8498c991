"""What is asked: one requirement for one unit under one enrolment, on the ground of a day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeconduct.core.records.catalogue import Programme
from safeconduct.core.records.partners import Partner
from safeconduct.core.records.units import Enrolment
from safeconduct.core.standing import Ground


@dataclass(frozen=True)
class Question:
    """The subject of a need. `partner` is the member while a need is judged inside `every`."""

    ground: Ground
    unit: str
    programme: Programme
    enrolment: Enrolment
    requirement: str = ""
    partner: Partner | None = None

    @property
    def subject(self) -> str:
        """The partner inside `every`, the unit elsewhere."""
        return self.partner.key if self.partner else self.unit

    def about(self, partner: Partner) -> Question:
        """The same question about a member of a population."""
        return replace(self, partner=partner)

    def holders(self, holder: str) -> tuple[str, ...]:
        """Whose certificates count: the member's, or (holder `self`) those of the unit and all it belongs to."""
        if self.partner and holder != "self":
            return (self.partner.key,)
        return self.ground.snapshot.layers(self.unit)
