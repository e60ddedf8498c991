"""Which requirements of an enrolment a list is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE
from safeconduct.core.records.catalogue import Requirement, RequirementKind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.posture import RowJudgement

_NOT_ASKED = frozenset({"other-role", "other-variant", "not-yet-in-force"})


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed to; empty narrows nothing."""

    chapter: str = ""
    standing: str = ""
    obligation: str = ""
    site: str = ""
    owner: str = ""
    kind: str = ""
    sure: str = ""
    left_out: str = ""
    order: str = ""
    q: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Sought:
        """What the address asks for."""
        return cls(**{name: request.GET.get(name, "").strip() for name in cls.__dataclass_fields__})

    @property
    def narrows(self) -> bool:
        """Whether anything is left out by it."""
        return any(getattr(self, name) for name in self.__dataclass_fields__ if name != "order")

    def fits(self, row: RowJudgement, owner: str) -> bool:
        """Whether a row is meant."""
        code, requirement = row.finding.code, row.requirement
        if not self.obligation and not self.standing and row.standing is NOT_APPLICABLE and code in _NOT_ASKED:
            return False
        return (
            self.chapter in ("", requirement.chapter)
            and self.site in ("", row.unit)
            and self.owner in ("", owner)
            and self.sure in ("", requirement.source.sure.value)
            and self._kind_fits(requirement)
            and self._standing_fits(row)
            and self._obligation_fits(row)
            and (not self.left_out or bool(row.left_out))
            and self._words_fit(requirement)
        )

    def _kind_fits(self, requirement: Requirement) -> bool:
        if self.kind:
            return requirement.kind.value == self.kind
        return requirement.kind is not RequirementKind.QUESTION or bool(self.q)

    def _standing_fits(self, row: RowJudgement) -> bool:
        if self.standing == "open":
            return row.standing not in (MET, NOT_APPLICABLE)
        return self.standing in ("", row.standing.value)

    def _obligation_fits(self, row: RowJudgement) -> bool:
        if self.obligation in ("", "any"):
            return True
        return row.obligation is not None and row.obligation.value == self.obligation

    def _words_fit(self, requirement: Requirement) -> bool:
        text = f"{requirement.ref} {requirement.title} {requirement.asks} {requirement.key}".lower()
        return all(word in text for word in self.q.lower().split())
