"""What persons decided about a requirement, and what they may decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import (
    Button,
    Link,
    Several,
    Shown,
)
from safeconduct.server.posture.links import register_url, row_url
from safeconduct.server.posture.mending import DEEDS
from safeconduct.server.posture.pages.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.core.snapshot import Snapshot


def open_decisions(judged: ProgrammeJudgement, row: RowJudgement) -> list[str]:
    """The decisions a person may take about the row instead of mending it."""
    deeds = []
    if row.obligation is not None and row.standing not in (MET, NOT_APPLICABLE):
        deeds.append("alternative")
        if judged.programme.waivers:
            deeds.append("waive")
        if row.disposition == "open":
            deeds.append("reason")
    if judged.programme.not_applicable and row.standing is not NOT_APPLICABLE and row.obligation is not None:
        deeds.append("not-applicable")
    return deeds


_TEXTS = {
    "confirm-row": "I have read the original: confirm",
    "alternative": "Record another way",
    "waive": "Record a waiver",
    "reason": "Give the reason",
    "not-applicable": "Decide that it does not apply",
    "answer": "Answer it",
}


def deeds(reader: Reader, row: RowJudgement, deeds: tuple[str, ...]) -> tuple[Button, ...]:
    """Buttons for decisions about the row; none for those the viewer may not take, or on another day."""
    if not reader.today:
        return ()
    found = []
    for deed in deeds:
        url = address(f"programmes:{deed}", row.enrolment, row.requirement.key, row.unit, query={"back": row_url(row)})
        if url and reader.viewer.may_record_at(DEEDS[deed].section, row.unit):
            found.append(Button(_TEXTS[deed], url))
    return tuple(found)


def decided(reader: Reader, row: RowJudgement) -> list[tuple[str, Shown]]:
    """What persons decided about the row, whether it holds today or not."""
    return [
        (one.label, Several((Link(one.said, register_url(one.section, one.key)), one.by, one.span), " · "))
        for one in _decisions(reader.overview.snapshot, row)
    ]


@dataclass(frozen=True)
class _Decision:
    label: str
    section: str
    key: str
    said: str
    by: str
    first: date | None
    last: date | None = None

    @property
    def span(self) -> Several:
        """From when, until when."""
        days = (self.first, "to" if self.last else "", self.last) if self.first else ("until", self.last)
        return Several(tuple(day for day in days if day), " ")


def _decisions(snapshot: Snapshot, row: RowJudgement) -> Iterator[_Decision]:
    key = (row.requirement.key, row.unit)
    for way in snapshot.alternatives.get(key, ()):
        accepted = f"accepted by {way.accepted_by.value}"
        yield _Decision("Another way", "alternatives", way.key, way.why, accepted, way.from_, way.until)
    for waiver in snapshot.waivers.get(key, ()):
        said = waiver.mitigation or "No mitigation said"
        yield _Decision("Waiver", "waivers", waiver.key, said, waiver.endorsed_by, waiver.from_, waiver.until)
    for one in snapshot.not_applicable.get(key, ()):
        yield _Decision("Not applicable", "not_applicable", one.key, one.why, one.by, one.on, one.until)
    for reason in snapshot.reasons.get(key, ()):
        yield _Decision("Reason", "reasons", reason.key, reason.why, reason.by, reason.on, reason.until)
    for read in snapshot.row_confirmations.get(row.requirement.key, ()):
        yield _Decision("Read in the original", "row_confirmations", read.key, read.document, read.by, read.on)
