"""Reads what happened and what was looked up as the viewer sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.journal.reading import seen

if TYPE_CHECKING:
    from safeconduct.core.records.history import (
        Attestation,
        CorrectiveAction,
        Event,
        Figure,
        ListCheck,
        RaisedFinding,
    )
    from safeconduct.server.accounts.viewer import Viewer


def events_seen(viewer: Viewer) -> tuple[Event, ...]:
    """Events by key."""
    return seen(viewer, "events")


def attestations_seen(viewer: Viewer) -> tuple[Attestation, ...]:
    """Attestations by key."""
    return seen(viewer, "attestations")


def figures_seen(viewer: Viewer) -> tuple[Figure, ...]:
    """Figures by key."""
    return seen(viewer, "figures")


def checks_seen(viewer: Viewer) -> tuple[ListCheck, ...]:
    """List look-ups by key."""
    return seen(viewer, "checks")


def findings_seen(viewer: Viewer) -> tuple[RaisedFinding, ...]:
    """Findings raised, by key."""
    return seen(viewer, "findings")


def corrective_actions_seen(viewer: Viewer) -> tuple[CorrectiveAction, ...]:
    """Corrective actions by key."""
    return seen(viewer, "corrective_actions")
