"""What is missing, what to do next, and what a further programme would cost."""

from safeconduct.core.planning.actions import Action, Gap, gaps, if_mended, missing, next_actions
from safeconduct.core.planning.costs import (
    Cost,
    cost_for,
    cost_of,
    enrolments_in,
    judged_for,
    likely_entity,
    supposed_enrolment,
)
from safeconduct.core.planning.standard import Here, StatementHere, selection_of, selections_of, statements_here

__all__ = [
    "Action",
    "Cost",
    "Gap",
    "Here",
    "StatementHere",
    "cost_for",
    "cost_of",
    "enrolments_in",
    "gaps",
    "if_mended",
    "judged_for",
    "likely_entity",
    "missing",
    "next_actions",
    "selection_of",
    "selections_of",
    "statements_here",
    "supposed_enrolment",
]
