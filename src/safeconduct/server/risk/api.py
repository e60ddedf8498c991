"""The API of the security risk assessment."""

from __future__ import annotations

from safeconduct.server.journal.fact_api import fact_router
from safeconduct.server.risk import actions

router = fact_router(
    {
        "lanes": actions.record_lane,
        "risk_assessments": actions.begin_assessment,
        "assets": actions.record_asset,
        "scenarios": actions.record_scenario,
        "risks": actions.record_risk,
        "common_causes": actions.record_common_cause,
        "overrides": actions.override,
        "incidents": actions.record_incident,
        "watched": actions.confirm_watched,
        "threat_levels": actions.record_threat_level,
        "scale_bounds": actions.set_bounds,
        "matrix_cells": actions.set_cells,
        "treatments": actions.decide_treatment,
        "objectives": actions.set_objective,
    }
)
