"""How partners stand in the requirements that ask for them: read from the judgement of today's facts, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.catalogue.walking import forms_of
from safeconduct.core.assess import Assessment, assess
from safeconduct.core.judgement import Finding, Kind, Standing, worst
from safeconduct.core.records.needs import EveryNeed
from safeconduct.core.snapshot import group
from safeconduct.server.journal.currency import judged

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement that asks for a partner, and what it found of the partner."""

    partner: str
    row: RowJudgement
    finding: Finding

    @property
    def standing(self) -> Standing:
        """How the partner stands in it."""
        return self.finding.standing


def asked_of_partners(viewer: Viewer, day: date) -> Mapping[str, tuple[Asked, ...]]:
    """For each partner the requirements that ask for it, worst first; a requirement at several units by its worst."""
    assessment: Assessment = judged(viewer, day, assess)
    grouped: Mapping[str, tuple[Asked, ...]] = group(_asked(assessment), "partner")
    return {partner: _worst_of_each(found) for partner, found in grouped.items()}


def standing_in_all(asked: tuple[Asked, ...]) -> Standing | None:
    """The worst standing of a partner; None where nothing asks for it."""
    return worst(one.standing for one in asked) if asked else None


def _asked(assessment: Assessment) -> Iterator[Asked]:
    for row in assessment.rows:
        if any(isinstance(form, EveryNeed) for form in forms_of(row.requirement)):
            for finding in row.finding.walk():
                if finding.kind is Kind.MEMBER:
                    yield Asked(finding.subject, row, finding)


def _worst_of_each(found: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """One entry for each requirement of an enrolment, the worst of them first."""
    kept: dict[tuple[str, str], Asked] = {}
    for one in found:
        key = (one.row.enrolment, one.row.requirement.key)
        if key not in kept or _rank(one) < _rank(kept[key]):
            kept[key] = one
    return tuple(sorted(kept.values(), key=_rank))


def _rank(one: Asked) -> int:
    return 9 if one.standing is Standing.NOT_APPLICABLE else one.standing.rank
