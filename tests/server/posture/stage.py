"""What the posture tests play on: two programmes that rest on the same facts, and a haulier whose certificate ends.

CTPAT takes only a certificate of the haulier; the European programme also takes a visit. Cameras stand at Rotterdam
with evidence and at Eindhoven without; the rules on records are shown to nobody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.catalogue import Coverage, Obligation, RequirementKind, Scope
from safeconduct.core.records.decisions import Answer
from safeconduct.core.records.history import CorrectiveAction
from safeconduct.core.records.needs import (
    AllNeed,
    AnswerNeed,
    AnyNeed,
    CertificateNeed,
    ControlNeed,
    EveryNeed,
    ProofNeed,
    Renewal,
    Who,
)
from safeconduct.core.records.partners import Certificate, Proof, Register
from safeconduct.core.records.units import Enrolment
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from tests.facts.cast import CATALOGUE, CTPAT, row

LAST_GOOD_DAY, DAY_AFTER = date(2026, 6, 30), date(2026, 7, 1)
YEAR = Duration(12, DurationUnit.MONTHS)
CERTIFIED = CertificateNeed(("eu-aeos",))
UNREAD = Source("A document", "3", date(2026, 1, 1), Sure.UNCONFIRMED)


def every(each: Any) -> EveryNeed:
    return EveryNeed("partners", Who(), each)


CTPAT_ROWS = (
    replace(
        row("us-ctpat/3.4"), title="Partners are certified", scope=Scope.ENTITY, chapter="3", needs=every(CERTIFIED)
    ),
    replace(row("us-ctpat/9.2"), title="Cameras watch the place", chapter="9"),
    replace(
        row("us-ctpat/9.9"),
        title="Guards watch the place",
        chapter="9",
        obligation=((date(2020, 1, 1), Obligation.SHOULD),),
        needs=ControlNeed("guarding"),
    ),
    replace(row("us-ctpat/9.8"), title="Not read in the original", chapter="9", source=UNREAD),
)  # fmt: skip
EU_ROWS = (
    replace(
        row("eu-aeo/28"),
        title="Partners are known",
        scope=Scope.ENTITY,
        needs=every(AnyNeed((CERTIFIED, ProofNeed("visit", Renewal(YEAR))))),
    ),
    replace(
        row("eu-aeo/29"),
        title="Cameras and records",
        scope=Scope.ENTITY,
        needs=AllNeed((ControlNeed("record-keeping"), ControlNeed("cctv"))),
    ),
    replace(
        row("eu-aeo/q1"),
        title="Who leads security?",
        scope=Scope.ENTITY,
        kind=RequirementKind.QUESTION,
        needs=AnswerNeed(),
    ),
)
STAGED_CTPAT = replace(
    CTPAT,
    requirements=CTPAT_ROWS,
    chapters={"3": "Partners", "9": "The place"},
    alternatives_by=("authority",),
    coverage={"importer": Coverage("importer", 4, None, complete=False, gaps=("5.1",))},
)
EU = replace(
    STAGED_CTPAT,
    key="eu-aeo",
    edition="2016",
    title="Authorised Economic Operator",
    requirements=EU_ROWS,
    chapters={},
    coverage={"importer": Coverage("importer", 3, 3, complete=True)},
)
STAGE = replace(
    CATALOGUE,
    terms=replace(CATALOGUE.terms, own_targets={"proof": "partner-recheck", "certificate": "partner-recheck"}),
    programmes={STAGED_CTPAT.id: STAGED_CTPAT, EU.id: EU},
)


def facts() -> list[Any]:
    """What comes to the facts of the cast."""
    begun = date(2025, 1, 1)
    return [
        Enrolment(
            key="ctpat",
            entity="nl",
            edition="us-ctpat/2020",
            roles=("importer",),
            sites=("ein", "rtm"),
            since=begun,
            owner="Ines Adler",
            number="IMP-1",
        ),
        Enrolment(key="aeo", entity="nl", edition="eu-aeo/2016", roles=("importer",), since=begun, owner="J. Smit"),
        Certificate(
            key="cert-h1",
            holder="h1",
            scheme="eu-aeos",
            number="NL1",
            from_=date(2023, 7, 1),
            to=LAST_GOOD_DAY,
            checked=(begun,),
        ),
        Register(key="r1", of="partners", unit="nl", confirmed=begun, until=date(2026, 12, 31)),
        Proof(key="visit-h1", partner="h1", kind="visit", on=date(2026, 2, 1)),
    ]


def action() -> CorrectiveAction:
    """Somebody is asked to get a new proof of the haulier by the end of August."""
    return CorrectiveAction(
        key="a1", mends="h1", opened=date(2026, 7, 5), due=date(2026, 8, 31), text="Plan a visit", owner="T. Reyes"
    )


def answer() -> Answer:
    """The question answered, to be confirmed again before long."""
    return Answer(
        key="q1",
        requirement="eu-aeo/q1",
        at="nl",
        text="The security manager leads it.",
        document="QP-1",
        chapter="3",
        owner="J. Smit",
        confirmed_by="J. Smit",
        confirmed_on=date(2026, 1, 1),
        due=date(2026, 12, 10),
    )


def set_stage(*viewers: Viewer) -> None:
    """Use the stage's catalogue, and record its facts for the viewers' organisations."""
    use(STAGE)
    for viewer in viewers:
        store_all(viewer, facts(), deed="record")
