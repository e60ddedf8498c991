"""A proving ground: a programme with one row for each kind of need, and facts that leave each row open.

Days are counted from today, because a browser keeps its own clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.quantities import Money
from safeconduct.core.records.catalogue import Catalogue, RequirementKind, Scope
from safeconduct.core.records.history import Attestation, Event, RaisedFinding
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Shown
from safeconduct.core.records.needs import (
    AnswerNeed,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    ControlNeed,
    EveryNeed,
    FigureInput,
    LookbackNeed,
    MeasureNeed,
    MendedNeed,
    Name,
    Need,
    OutcomeNeed,
    ProofNeed,
    Renewal,
    TraitIs,
    Who,
)
from safeconduct.core.records.partners import Certificate, Partner
from safeconduct.core.records.units import Enrolment, Unit, UnitKind
from tests.facts.cast import CATALOGUE, CTPAT, row

YEAR, MONTH = Duration(12, DurationUnit.MONTHS), Duration(30, DurationUnit.DAYS)
CARRIERS, BROKERS = Who(roles=("carrier",)), Who(roles=("broker",))
MILLION = Money(Decimal(1_000_000), "EUR")

NEEDS: dict[str, Need] = {
    "certificate": CertificateNeed(("eu-aeos",), holder="self"),
    "proof": EveryNeed("partners", CARRIERS, ProofNeed("visit", Renewal(YEAR))),
    "register": EveryNeed("partners", CARRIERS, CertificateNeed(("us-ctpat",))),
    "attestation": LookbackNeed({"customs-fine": frozenset()}, Duration(3, DurationUnit.YEARS), ("entity",)),
    "event": LookbackNeed(
        {"customs-infringement": frozenset({"serious"})}, Duration(1, DurationUnit.YEARS), ("entity",)
    ),
    "figure": MeasureNeed((("debt", FigureInput("liabilities")),), Name("debt"), "debt", at_most=MILLION),
    "check": CheckNeed(("sanctions",), ("entity",), Renewal(YEAR)),
    "mended": MendedNeed("partner-screening", Renewal(MONTH)),
    "in-action": EveryNeed("partners", BROKERS, CertificateNeed(("us-ctpat",)), in_action_counts=True),
    "outcome": OutcomeNeed(ControlNeed("cctv")),
    "answer": AnswerNeed(),
    "trait": ChooseNeed(((TraitIs("producer"), ControlNeed("bond")),), ControlNeed("cctv")),
    "unsure": ControlNeed("cctv"),
}


def _row(name: str, need: Need) -> Any:
    made = replace(row(f"proving/{name}"), title=f"Row of {name}", scope=Scope.ENTITY, needs=need, chapter="one")
    if name == "answer":
        return replace(made, kind=RequirementKind.QUESTION)
    return (
        replace(made, source=Source("A document", "1", date(2026, 1, 1), Sure.UNCONFIRMED))
        if name == "unsure"
        else made
    )


PROGRAMME = replace(
    CTPAT,
    key="proving",
    edition="1",
    title="Proving ground",
    chapters={"one": "First chapter"},
    alternatives_by=("self",),
    requirements=tuple(_row(name, need) for name, need in NEEDS.items()),
)
_RECHECK = dict.fromkeys(("proof", "certificate"), "partner-recheck")
_OWN_TARGETS = _RECHECK | dict.fromkeys(("lookback", "check", "mended"), "record-keeping")
TERMS = replace(CATALOGUE.terms, roles={**CATALOGUE.terms.roles, "broker": "Broker"}, own_targets=_OWN_TARGETS)
PROVING_CATALOGUE = Catalogue(
    terms=TERMS, controls=CATALOGUE.controls, programmes={**CATALOGUE.programmes, PROGRAMME.id: PROGRAMME}
)


def proving_facts(today: date) -> list[Any]:
    """Facts of `norholt` that leave each row of the programme open in its own way."""
    since, soon = today - timedelta(days=2000), today + timedelta(days=90)
    return [
        Unit(key="nl", in_="norholt", kind=UnitKind.ENTITY, country="NL", title="Norholt NL"),
        Enrolment(key="pg", entity="nl", edition="proving/1", roles=("importer",), since=since, owner="Sven"),
        Partner(key="h1", title="Haulier 1", of="nl", country="NL", roles=("carrier",)),
        Partner(key="b1", title="Broker 1", of="nl", country="NL", roles=("broker",)),
        Certificate(key="c-h1", holder="h1", scheme="us-ctpat", from_=since, checked=(today,)),
        ControlInPlace(key="c-cctv", control="cctv", at="nl", since=since),
        Evidence(key="e-cctv", of="c-cctv", shows=tuple(Shown), from_=since, to=soon),
        ControlInPlace(key="c-screening", control="partner-screening", at="nl", since=since),
        Event(key="ev-paper", kind="customs-infringement", unit="nl", on=today - timedelta(days=60), note="Late"),
        Attestation(
            key="at-infringements", unit="nl", kinds=("customs-infringement",), from_=since, to=today, given=today
        ),
        RaisedFinding(
            key="fi-unlocked", of="partner-screening", at="nl", on=today - timedelta(days=45), text="A file was missing"
        ),
    ]
