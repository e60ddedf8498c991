"""Reads the security risk assessment as the viewer sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.journal.reading import seen

if TYPE_CHECKING:
    from safeconduct.core.records.risk import RiskAssessment
    from safeconduct.server.accounts.viewer import Viewer


def assessments_seen(viewer: Viewer) -> tuple[RiskAssessment, ...]:
    """Risk assessments, the latest first."""
    found: tuple[RiskAssessment, ...] = seen(viewer, "risk_assessments")
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))
