"""Programmes put side by side: the two of the stage with bounds that meet, differ and clash, and a law that limits.

CTPAT wants cameras at the gates and a high-security seal, the European one cameras at gates and docks, a security seal,
two guards, and either a bond or a solid building. A privacy law allows one guard. Of one row of CTPAT nobody knows
whether it binds an importer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from safeconduct.core.records.catalogue import Applies, Catalogue, Obligation, Requirement, Scope
from safeconduct.core.records.needs import AnyNeed, Bound, ControlNeed, Need, Op, TraitIs, WhenNeed
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from tests.facts.cast import row
from tests.server.posture.stage import EU, STAGE, STAGED_CTPAT, facts

YES, UNKNOWN = Applies.YES, Applies.UNKNOWN
CHOSEN = "programme=us-ctpat&programme=eu-aeo"
WITH_LAW = f"{CHOSEN}&programme=privacy"


def asks(key: str, title: str, need: Need, **more: Any) -> Requirement:
    """A must of importers and carriers, judged at each site."""
    return replace(row(key), title=title, needs=need, **({"roles": {"importer": YES, "carrier": YES}} | more))


def seal(word: str) -> ControlNeed:
    """A seal of at least that class."""
    return ControlNeed("seal-fitting", bounds=(("class", Bound(Op.AT_LEAST, word)),))


def guards(op: Op, count: int) -> ControlNeed:
    """At least or at most so many guards."""
    return ControlNeed("guarding", bounds=(("guards", Bound(op, Decimal(count))),))


def cameras(*areas: str) -> ControlNeed:
    """Cameras that cover these places."""
    return ControlNeed("cctv", bounds=(("coverage", Bound(Op.INCLUDES, frozenset(areas))),))


OWN_TIME = Bound(Op.AT_MOST, own=True)
CTPAT_SIDE = replace(
    STAGED_CTPAT,
    chapters={},
    requirements=(
        asks("us-ctpat/9.2", "Cameras at the gates", cameras("gates")),
        asks("us-ctpat/6.2", "High-security seal", WhenNeed(TraitIs("stuffs-containers"), seal("high-security"))),
        asks("us-ctpat/12.1", "Staff are trained", ControlNeed("training", ("staff",), (("interval", OWN_TIME),))),
        asks("us-ctpat/9.9", "A guard", guards(Op.AT_LEAST, 1), obligation=((date(2020, 1, 1), Obligation.SHOULD),)),
        asks(
            "us-ctpat/5.9", "Known of carriers alone", ControlNeed("bond"), roles={"carrier": YES, "importer": UNKNOWN}
        ),
    ),
)
EU_SIDE = replace(
    EU,
    variants=("aeoc", "aeos"),
    variant_titles={"aeoc": "AEOC", "aeos": "AEOS"},
    schemes={"aeos": "eu-aeos"},
    requirements=(
        asks("eu-aeo/29", "Cameras at gates and docks", cameras("gates", "docks")),
        asks("eu-aeo/30", "A seal", seal("security"), variants=("aeos",)),
        asks("eu-aeo/31", "Two guards", guards(Op.AT_LEAST, 2)),
        asks("eu-aeo/32", "Bond or building", AnyNeed((ControlNeed("bond"), ControlNeed("building-structure")))),
        asks("eu-aeo/33", "Records", ControlNeed("record-keeping"), scope=Scope.ENTITY),
    ),
)
PRIVACY = replace(
    EU_SIDE,
    key="privacy",
    edition="2020",
    title="Privacy law",
    kind="limit",
    variants=(),
    variant_titles={},
    schemes={},
    coverage={},
    requirements=(asks("privacy/1", "One guard at most", guards(Op.AT_MOST, 1)),),
)
SIDE_STAGE: Catalogue = replace(STAGE, programmes={one.id: one for one in (CTPAT_SIDE, EU_SIDE, PRIVACY)})


def side_facts() -> list[Any]:
    """The facts of the stage; the European enrolment covers the sites."""
    ctpat, aeo, *rest = facts()
    return [ctpat, replace(aeo, sites=("ein", "rtm"), variant=("aeos",)), *rest]


def set_side_stage(*viewers: Viewer) -> None:
    """Use this catalogue, and record the facts of the stage for the viewers' organisations."""
    use(SIDE_STAGE)
    for viewer in viewers:
        store_all(viewer, side_facts(), deed="record")
