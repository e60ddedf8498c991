"""What persons decided about a requirement, and what they may decide."""

from __future__ import annotations

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
    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement


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
    snapshot, key = reader.overview.snapshot, (row.requirement.key, row.unit)
    found: list[tuple[str, Shown]] = []
    for one in snapshot.alternatives.get(key, ()):
        url = register_url("alternatives", one.key)
        found.append(("Another way", Link(one.why, url, note=_span(one.from_, one.until, one.accepted_by.value))))
    for waiver in snapshot.waivers.get(key, ()):
        note = _span(waiver.from_, waiver.until, waiver.endorsed_by)
        found.append(
            ("Waiver", Link(waiver.mitigation or "No mitigation said", register_url("waivers", waiver.key), note=note))
        )
    for decision in snapshot.not_applicable.get(key, ()):
        url = register_url("not_applicable", decision.key)
        found.append(("Not applicable", Link(decision.why, url, note=_span(decision.on, decision.until, decision.by))))
    for reason in snapshot.reasons.get(key, ()):
        url = register_url("reasons", reason.key)
        found.append(("Reason", Link(reason.why, url, note=_span(reason.on, reason.until, reason.by))))
    for read in snapshot.row_confirmations.get(row.requirement.key, ()):
        note = _span(read.on, None, read.by)
        found.append(
            ("Read in the original", Link(read.document, register_url("row_confirmations", read.key), note=note))
        )
    return found


def _span(first: date | None, last: date | None, by: str) -> Several:
    days = (first, "to" if last else "", last) if first else ("until", last)
    return Several((by, Several(tuple(day for day in days if day), " ")))
