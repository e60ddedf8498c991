"""Records enrolments and what persons decided about requirements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from safeconduct.core.errors import UnknownKey
from safeconduct.core.planning import switched, switched_back
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.journal.actions import store, store_all, withdraw
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.queries import locked_head
from safeconduct.server.journal.reading import seen_one

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from safeconduct.core.records.decisions import (
        Alternative,
        Answer,
        Judgement,
        NotApplicable,
        ReasonGiven,
        RowConfirmation,
        Waiver,
    )
    from safeconduct.core.records.units import Enrolment, StageReached
    from safeconduct.server.accounts.viewer import Viewer


def enrol(viewer: Viewer, enrolment: Enrolment) -> Enrolment:
    """Enrol a legal entity in an edition. Its owner and `confirm_by` hold for every requirement of it from then on."""
    stored: Enrolment = store(viewer, enrolment, deed="enrol")
    return stored


def reach_stage(viewer: Viewer, key: str, stage: StageReached) -> Enrolment:
    """Record that an enrolment reached a stage."""
    enrolment: Enrolment = seen_one(viewer, "enrolments", key)
    stored: Enrolment = store(viewer, replace(enrolment, stages=(*enrolment.stages, stage)), deed="reach-stage")
    return stored


def switch_edition(viewer: Viewer, key: str, *, edition: str, day: date, confirm_by: date | None = None) -> Enrolment:
    """Follow another edition of the programme from a day on; the enrolment that begins.

    The old enrolment ends the day before; no other fact changes. `confirm_by` is the day by which answers to the new
    edition are to be confirmed first; without one it stays as it was. Raises Refusal where it cannot be followed.
    """
    with transaction.atomic():
        locked_head(viewer)
        enrolment: Enrolment = seen_one(viewer, "enrolments", key)
        programmes = catalogue_of(viewer).programmes
        if edition not in programmes:
            raise UnknownKey("edition", edition, programmes)
        found = switched(snapshot_of(viewer).facts, enrolment, programmes[edition], day)
        begun = replace(found.begun, confirm_by=confirm_by or found.begun.confirm_by)
        stored: tuple[Enrolment, ...] = store_all(viewer, [found.ended, begun], deed="switch-edition")
        return stored[1]


def undo_switch(viewer: Viewer, key: str, *, why: str) -> Enrolment:
    """Take a switch back: the enrolment that began is withdrawn, and the one before runs on as it did; that one.

    What was recorded meanwhile stays. Raises Refusal where the enrolment took no single other's place.
    """
    with transaction.atomic():
        locked_head(viewer)
        enrolment: Enrolment = seen_one(viewer, "enrolments", key)
        before = switched_back(snapshot_of(viewer).facts, enrolment)
        withdraw(viewer, "enrolments", key, why=why)
        stored: Enrolment = store(viewer, before, deed="undo-switch")
        return stored


def give_answer(viewer: Viewer, answer: Answer) -> Answer:
    """Record the organisation's answer to a requirement at a unit."""
    stored: Answer = store(viewer, answer, deed="give-answer")
    return stored


def confirm_answer(viewer: Viewer, key: str, *, by: str, on: date, due: date | None) -> Answer:
    """Record that an answer was confirmed, and when it is to be confirmed again."""
    answer: Answer = seen_one(viewer, "answers", key)
    stored: Answer = store(viewer, replace(answer, confirmed_by=by, confirmed_on=on, due=due), deed="confirm-answer")
    return stored


def judge(viewer: Viewer, judgement: Judgement) -> Judgement:
    """Record a named judgement on an outcome criterion."""
    stored: Judgement = store(viewer, judgement, deed="judge")
    return stored


def accept_alternative(viewer: Viewer, alternative: Alternative) -> Alternative:
    """Record another way that was accepted in place of a need."""
    stored: Alternative = store(viewer, alternative, deed="accept-alternative")
    return stored


def record_waiver(viewer: Viewer, waiver: Waiver) -> Waiver:
    """Record an issuer's leave."""
    stored: Waiver = store(viewer, waiver, deed="record-waiver")
    return stored


def decide_not_applicable(viewer: Viewer, decision: NotApplicable) -> NotApplicable:
    """Record that a requirement does not apply at a unit."""
    stored: NotApplicable = store(viewer, decision, deed="decide-not-applicable")
    return stored


def give_reason(viewer: Viewer, reason: ReasonGiven) -> ReasonGiven:
    """Record why a should row is not followed at a unit."""
    stored: ReasonGiven = store(viewer, reason, deed="give-reason")
    return stored


def confirm_row(viewer: Viewer, confirmation: RowConfirmation) -> RowConfirmation:
    """Record that somebody read the original of an unconfirmed row."""
    return confirm_rows(viewer, [confirmation])[0]


def confirm_rows(viewer: Viewer, confirmations: Iterable[RowConfirmation]) -> tuple[RowConfirmation, ...]:
    """Confirm many rows at once, such as a chapter; all or none."""
    return store_all(viewer, confirmations, deed="confirm-row")
