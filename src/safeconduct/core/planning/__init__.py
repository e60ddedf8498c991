"""What is missing, what to do next, and what a further programme would cost."""

from safeconduct.core.planning.actions import Action, Gap, gaps, if_cured, if_mended, missing, next_actions
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
from safeconduct.core.planning.switching import (
    DecisionAfter,
    Fate,
    Switch,
    cost_of_switch,
    decisions_after,
    followers,
    switched,
    switched_back,
    switched_from,
)

__all__ = [
    "Action",
    "Cost",
    "DecisionAfter",
    "Fate",
    "Gap",
    "Here",
    "StatementHere",
    "Switch",
    "cost_for",
    "cost_of",
    "cost_of_switch",
    "decisions_after",
    "enrolments_in",
    "followers",
    "gaps",
    "if_cured",
    "if_mended",
    "judged_for",
    "likely_entity",
    "missing",
    "next_actions",
    "selection_of",
    "selections_of",
    "statements_here",
    "supposed_enrolment",
    "switched",
    "switched_back",
    "switched_from",
]
