"""The API of enrolments and of decisions about requirements."""

from __future__ import annotations

from safeconduct.server.journal.fact_api import fact_router
from safeconduct.server.programmes import actions

router = fact_router(
    {
        "enrolments": actions.enrol,
        "judgements": actions.judge,
        "answers": actions.give_answer,
        "alternatives": actions.accept_alternative,
        "waivers": actions.record_waiver,
        "not_applicable": actions.decide_not_applicable,
        "reasons": actions.give_reason,
        "row_confirmations": actions.confirm_row,
    }
)
