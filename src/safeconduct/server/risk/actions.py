"""Records the security risk assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.journal.actions import store, store_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from safeconduct.core.records.risk import (
        Asset,
        CommonCause,
        Incident,
        Lane,
        Objective,
        Override,
        OwnBounds,
        OwnGrid,
        OwnScenario,
        Risk,
        RiskAssessment,
        ThreatLevel,
        Treatment,
        Watched,
    )
    from safeconduct.server.accounts.viewer import Viewer


def record_lane(viewer: Viewer, lane: Lane) -> Lane:
    """Record a lane."""
    stored: Lane = store(viewer, lane, deed="record-lane")
    return stored


def begin_assessment(viewer: Viewer, risk_assessment: RiskAssessment) -> RiskAssessment:
    """Record one round of the risk assessment."""
    stored: RiskAssessment = store(viewer, risk_assessment, deed="record-risk-assessment")
    return stored


def begin_next_round(viewer: Viewer, records: Iterable[Any]) -> RiskAssessment:
    """Record a new round with the copies of the last one's risks and what still holds of it, all or nothing."""
    begun: RiskAssessment = store_all(viewer, records, deed="begin-next-round")[0]
    return begun


def approve_assessment(viewer: Viewer, risk_assessment: RiskAssessment) -> RiskAssessment:
    """Record who approved an assessment, on which day, and when the next one is due."""
    stored: RiskAssessment = store(viewer, risk_assessment, deed="approve-risk-assessment")
    return stored


def record_asset(viewer: Viewer, asset: Asset) -> Asset:
    """Record a critical asset."""
    stored: Asset = store(viewer, asset, deed="record-asset")
    return stored


def record_assets(viewer: Viewer, assets: Iterable[Asset]) -> tuple[Asset, ...]:
    """Record several critical assets together or none of them."""
    return store_all(viewer, assets, deed="record-assets")


def record_scenario(viewer: Viewer, own_scenario: OwnScenario) -> OwnScenario:
    """Record a scenario of the organisation's own."""
    stored: OwnScenario = store(viewer, own_scenario, deed="record-scenario")
    return stored


def record_risk(viewer: Viewer, risk: Risk) -> Risk:
    """Record a scenario at a place, with how often and how much, or why it is left out."""
    stored: Risk = store(viewer, risk, deed="record-risk")
    return stored


def decide_scenarios(viewer: Viewer, risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """Record which scenarios are taken in at a place and which are left out, together or none of them."""
    return store_all(viewer, risks, deed="decide-scenarios")


def record_common_cause(viewer: Viewer, common_cause: CommonCause) -> CommonCause:
    """Record what strikes several risks in one blow."""
    stored: CommonCause = store(viewer, common_cause, deed="record-common-cause")
    return stored


def override(viewer: Viewer, override: Override) -> Override:
    """Set a number of a risk by hand, with a reason, for a time."""
    stored: Override = store(viewer, override, deed="override-risk")
    return stored


def record_incident(viewer: Viewer, incident: Incident) -> Incident:
    """Record something that happened."""
    stored: Incident = store(viewer, incident, deed="record-incident")
    return stored


def confirm_watched(viewer: Viewer, watched: Watched) -> Watched:
    """Record over which time all incidents are on record."""
    stored: Watched = store(viewer, watched, deed="confirm-watched")
    return stored


def record_threat_level(viewer: Viewer, threat_level: ThreatLevel) -> ThreatLevel:
    """Record how somebody outside rates a threat in a country."""
    stored: ThreatLevel = store(viewer, threat_level, deed="record-threat-level")
    return stored


def set_bounds(viewer: Viewer, own_bounds: OwnBounds) -> OwnBounds:
    """Set the organisation's own bounds of a scale."""
    stored: OwnBounds = store(viewer, own_bounds, deed="set-scale-bounds")
    return stored


def set_cells(viewer: Viewer, own_grid: OwnGrid) -> OwnGrid:
    """Set the organisation's own cells of a matrix."""
    stored: OwnGrid = store(viewer, own_grid, deed="set-matrix-cells")
    return stored


def decide_treatment(viewer: Viewer, treatment: Treatment) -> Treatment:
    """Decide how a risk is treated."""
    stored: Treatment = store(viewer, treatment, deed="decide-treatment")
    return stored


def set_objective(viewer: Viewer, objective: Objective) -> Objective:
    """Set a security objective with its targets."""
    stored: Objective = store(viewer, objective, deed="set-objective")
    return stored
