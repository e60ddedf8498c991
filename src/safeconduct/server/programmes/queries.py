"""Reads enrolments and decisions about requirements as the viewer sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.journal.reading import seen

if TYPE_CHECKING:
    from safeconduct.core.records.decisions import (
        Alternative,
        Answer,
        Judgement,
        NotApplicable,
        ReasonGiven,
        RowConfirmation,
        Waiver,
    )
    from safeconduct.core.records.units import Enrolment
    from safeconduct.server.accounts.viewer import Viewer


def enrolments_seen(viewer: Viewer) -> tuple[Enrolment, ...]:
    """Enrolments by key."""
    return seen(viewer, "enrolments")


def answers_seen(viewer: Viewer) -> tuple[Answer, ...]:
    """Answers by key."""
    return seen(viewer, "answers")


def judgements_seen(viewer: Viewer) -> tuple[Judgement, ...]:
    """Judgements by key."""
    return seen(viewer, "judgements")


def alternatives_seen(viewer: Viewer) -> tuple[Alternative, ...]:
    """Alternative measures by key."""
    return seen(viewer, "alternatives")


def waivers_seen(viewer: Viewer) -> tuple[Waiver, ...]:
    """Waivers by key."""
    return seen(viewer, "waivers")


def not_applicable_seen(viewer: Viewer) -> tuple[NotApplicable, ...]:
    """Decisions that a requirement does not apply, by key."""
    return seen(viewer, "not_applicable")


def reasons_seen(viewer: Viewer) -> tuple[ReasonGiven, ...]:
    """Reasons given for should rows, by key."""
    return seen(viewer, "reasons")


def row_confirmations_seen(viewer: Viewer) -> tuple[RowConfirmation, ...]:
    """Row confirmations by key."""
    return seen(viewer, "row_confirmations")
