"""One assessment on its guided path: what is in scope, what is recorded for it, and the round before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.server.common.links import address
from safeconduct.server.sra.shown import RiskReader, read_all

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.records.risk import Asset, Lane, RiskAssessment
    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.posture.pages.reader import Reader

SECTIONS = ("risk_assessments", "assets", "risks", "treatments", "objectives")
"""What the path records."""


@dataclass(frozen=True)
class Guided:
    """An assessment as the path reads it; `before` is the round it follows, with the controls of the same day."""

    reading: RiskReader
    before: AssessedRisks | None

    @property
    def reader(self) -> Reader:
        """Who reads, of which day."""
        return self.reading.reader

    @property
    def viewer(self) -> Viewer:
        """Who walks the path."""
        return self.reader.viewer

    @property
    def assessment(self) -> RiskAssessment:
        """The assessment itself."""
        return self.reading.judged.assessment

    @property
    def title(self) -> str:
        """What the assessment is called."""
        return self.assessment.title or f"Assessment of {self.reading.place(self.assessment.entity)}"

    @property
    def writes(self) -> bool:
        """Whether the viewer may record here, and the page speaks of today."""
        return self.reader.today and all(self.viewer.may_record(section) for section in SECTIONS)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes in scope, in the order of the assessment."""
        known = self.reader.overview.snapshot.lanes
        return tuple(known[key] for key in self.assessment.places if key in known)

    @cached_property
    def assets(self) -> tuple[Asset, ...]:
        """The critical assets at the places in scope, as they are on the day."""
        day = self.reading.judged.day
        return tuple(
            one
            for one in self.reader.overview.snapshot.facts.assets
            if one.at in self.assessment.places
            and (one.since is None or one.since <= day)
            and (one.until is None or day <= one.until)
        )

    @property
    def risks(self) -> tuple[RiskJudgement, ...]:
        """All its risks, those left out among them, in the order they were recorded."""
        return self.reading.judged.risks

    @property
    def taken_in(self) -> tuple[RiskJudgement, ...]:
        """The risks that are not left out."""
        return tuple(one for one in self.risks if one.levels is not None)

    @property
    def unrated(self) -> tuple[RiskJudgement, ...]:
        """Those taken in that the matrix cannot rate yet."""
        return tuple(one for one in self.taken_in if not one.priority)

    def risks_at(self, place: str) -> tuple[RiskJudgement, ...]:
        """The risks at a place."""
        return tuple(one for one in self.risks if one.risk.at == place)

    def url(self, step: str = "", anchor: str = "", **query: str) -> str:
        """The page of a step; the overview where none is named."""
        if not step:
            return address("risk:assessment", self.assessment.key, query=query, anchor=anchor)
        return address("risk:step", self.assessment.key, step, query=query, anchor=anchor)


def guided_on(request: HttpRequest, key: str) -> Guided:
    """The assessment of that key on the day of the request; UnknownKey where there is none."""
    reader = read_all(request)
    judged = reader.overview.risks(key)
    assert judged is not None
    known = {one.key for one in reader.overview.snapshot.facts.risk_assessments}
    follows = judged.assessment.follows
    before = reader.overview.risks(follows) if follows in known else None
    return Guided(RiskReader(reader, judged, key), before)
