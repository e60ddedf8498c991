"""What the tests of control pages play on: one row for each way a control can fall short, and the facts to match."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from safeconduct.core.assess import assess
from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.judgement import Standing
from safeconduct.core.quantities import SetValue
from safeconduct.core.records.catalogue import Requirement
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from safeconduct.core.records.units import Enrolment
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.common.catalogue_in_use import catalogue_in_use, use
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.currency import snapshot_of
from tests.facts.cast import CATALOGUE, CTPAT, row
from tests.server.cast import TODAY, control, evidence

YEAR = Duration(12, DurationUnit.MONTHS)
AREAS = Bound(Op.INCLUDES, frozenset({"gates", "docks"}))

NEEDS = {
    "1.1": ControlNeed("guarding"),  # nothing recorded
    "1.2": ControlNeed("cctv", bounds=(("coverage", AREAS),)),  # shown, value never recorded
    "1.3": ControlNeed("bond", bounds=(("sum", Bound(Op.AT_LEAST, own=True)),)),  # own number not set
    "1.4": ControlNeed("building-structure"),  # recorded, only claimed
    "1.5": ControlNeed("risk-assessment", bounds=(("interval", Bound(Op.AT_MOST, YEAR)),)),  # overdue
    "1.6": ControlNeed("seal-fitting", shown=(Shown.DESIGN, Shown.OPERATION)),  # nothing checked, no plan
    "1.7": ControlNeed("seal-fitting", bounds=(("class", Bound(Op.AT_LEAST, "high-security")),)),  # short
}


def asked(ref: str, need: ControlNeed) -> Requirement:
    return replace(row(f"us-ctpat/{ref}"), needs=need, title=f"Row {ref}")


PROGRAMME = replace(CTPAT, requirements=tuple(asked(ref, need) for ref, need in NEEDS.items()))
STAGE = replace(CATALOGUE, programmes={**CATALOGUE.programmes, PROGRAMME.id: PROGRAMME})

ENROLMENT = Enrolment(
    key="ctpat", entity="nl", edition="us-ctpat/2020", roles=("importer",), sites=("rtm",), since=date(2025, 1, 1)
)


def shown(key: str, of: str, *kinds: Shown) -> Any:
    return evidence(key, of, shows=kinds or (Shown.DESIGN, Shown.OPERATION))


def facts() -> list[Any]:
    """At Rotterdam every control but the guards, each short of its row in its own way."""
    return [
        ENROLMENT,
        control("c-bond", control="bond", values={"sum": "50000 EUR"}),
        shown("e-bond", "c-bond"),
        control("c-building", control="building-structure"),
        control("c-risk", control="risk-assessment", values={"threats": SetValue(yes=frozenset({"terrorism"}))}),
        shown("e-risk", "c-risk"),
        control("c-seal", control="seal-fitting", values={"class": "security"}, owner="J. Smit"),
        shown("e-seal", "c-seal"),
    ]


def set_stage(viewer: Viewer) -> None:
    """Use the stage's catalogue, and record its facts for the viewer's organisation."""
    use(STAGE)
    store_all(viewer, facts(), deed="record")


def standing(viewer: Viewer, ref: str, day: date = TODAY) -> Standing:
    """How a row of the stage stands at Rotterdam."""
    assessment = assess(snapshot_of(viewer), catalogue_in_use(), day)
    (found,) = [one for one in assessment.rows if one.requirement.key == f"us-ctpat/{ref}"]
    return found.standing


def requirement_url(ref: str) -> str:
    return f"/programmes/ctpat/us-ctpat/{ref}/at/rtm/"
