"""Records what happened and what was looked up; raises findings and puts them right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.facts.keys import derived_key
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.reading import seen_one

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.history import (
        Attestation,
        CorrectiveAction,
        Event,
        Figure,
        ListCheck,
        RaisedFinding,
    )
    from safeconduct.server.accounts.viewer import Viewer


def record_event(viewer: Viewer, event: Event) -> Event:
    """Record something that counts in a look-back or a measure."""
    stored: Event = store(viewer, event, deed="record-event")
    return stored


def give_attestation(viewer: Viewer, attestation: Attestation) -> Attestation:
    """Record that somebody attests that all events of some kinds in a period are on record."""
    stored: Attestation = store(viewer, attestation, deed="give-attestation")
    return stored


def record_figure(viewer: Viewer, figure: Figure) -> Figure:
    """Record a number of the accounts for a closed year."""
    stored: Figure = store(viewer, figure, deed="record-figure")
    return stored


def record_check(viewer: Viewer, check: ListCheck) -> ListCheck:
    """Record that somebody looked whether a name stands on a list."""
    stored: ListCheck = store(viewer, check, deed="record-check")
    return stored


def raise_finding(viewer: Viewer, finding: RaisedFinding) -> RaisedFinding:
    """Record a weakness somebody found."""
    stored: RaisedFinding = store(viewer, finding, deed="raise-finding")
    return stored


def open_action(viewer: Viewer, action: CorrectiveAction) -> CorrectiveAction:
    """Record what is to be done about a finding, a partner or a sample, and by when."""
    stored: CorrectiveAction = store(viewer, action, deed="open-action")
    return stored


def ask_somebody(viewer: Viewer, raised: RaisedFinding, action: CorrectiveAction) -> CorrectiveAction:
    """Record a weakness together with the action that puts it right; both or neither."""
    taken = {one.key for one in snapshot_of(viewer).facts.findings}
    raised = replace(raised, key=raised.key or derived_key(raised, taken))
    together = [raised, replace(action, mends=raised.key)]
    stored: CorrectiveAction = store_all(viewer, together, deed="ask-somebody")[1]
    return stored


def close_action(viewer: Viewer, key: str, *, on: date) -> CorrectiveAction:
    """Record that a corrective action was done."""
    action: CorrectiveAction = seen_one(viewer, "corrective_actions", key)
    stored: CorrectiveAction = store(viewer, replace(action, closed=on), deed="close-action")
    return stored
