"""Reads controls in place and what shows them as the viewer sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.errors import UnknownKey
from safeconduct.server.journal.reading import seen, seen_one

if TYPE_CHECKING:
    from safeconduct.core.records.in_place import (
        Attachment,
        ControlInPlace,
        Evidence,
        Occurrence,
        Sample,
        Trigger,
    )
    from safeconduct.server.accounts.viewer import Viewer


def controls_seen(viewer: Viewer) -> tuple[ControlInPlace, ...]:
    """Controls in place by key."""
    return seen(viewer, "in_place")


def control_seen(viewer: Viewer, key: str) -> ControlInPlace:
    """One control in place. Raises UnknownKey for what the viewer does not see."""
    record: ControlInPlace = seen_one(viewer, "in_place", key)
    return record


def evidence_seen(viewer: Viewer) -> tuple[Evidence, ...]:
    """Evidence by key."""
    return seen(viewer, "evidence")


def samples_seen(viewer: Viewer) -> tuple[Sample, ...]:
    """Samples by key."""
    return seen(viewer, "samples")


def occurrences_seen(viewer: Viewer) -> tuple[Occurrence, ...]:
    """Occurrences by key."""
    return seen(viewer, "done")


def triggers_seen(viewer: Viewer) -> tuple[Trigger, ...]:
    """Triggers by key."""
    return seen(viewer, "triggers")


def file_seen(viewer: Viewer, digest: str) -> Attachment:
    """The file of this content, when some evidence that the viewer sees keeps it. Raises UnknownKey otherwise."""
    for evidence in evidence_seen(viewer):
        if evidence.file is not None and evidence.file.sha256 == digest:
            return evidence.file
    raise UnknownKey("file", digest, ())
