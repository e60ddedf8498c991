"""The API of what happened and what was looked up."""

from __future__ import annotations

from safeconduct.server.journal.fact_api import fact_router
from safeconduct.server.operations import actions

router = fact_router(
    {
        "events": actions.record_event,
        "attestations": actions.give_attestation,
        "figures": actions.record_figure,
        "checks": actions.record_check,
        "findings": actions.raise_finding,
        "corrective_actions": actions.open_action,
    }
)
