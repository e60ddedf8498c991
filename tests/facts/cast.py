"""The cast of the facts tests: a small catalogue and a group with two legal entities, two sites and a haulier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from safeconduct.core.provenance import Source, Sure
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import (
    Applies,
    Catalogue,
    Control,
    EventTerm,
    FigureTerm,
    Inherits,
    Mode,
    Obligation,
    Parameter,
    Programme,
    ProofTerm,
    Requirement,
    RequirementKind,
    Rule,
    SchemeTerm,
    Scope,
    TermList,
    Terms,
    Unitary,
)
from safeconduct.core.records.identifiers import Bearer, IdentifierType
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import ControlNeed

SOURCE = Source("A document", "1", date(2026, 1, 1), Sure.SECONDARY)


def term_list(key: str, *elements: str, ordered: bool = False, profiled: bool = False) -> TermList:
    return TermList(key, elements, ordered=ordered, profiled=profiled)


TERMS = Terms(
    lists={
        one.key: one
        for one in (
            term_list("seal-class", "none", "indicative", "security", "high-security", ordered=True),
            term_list("areas", "gates", "docks", "yard", "parking", profiled=True),
            term_list("people", "everyone", "staff", "drivers"),
            term_list("proof-kinds", "visit", "questionnaire"),
            term_list("threats", "terrorism", "contraband"),
            term_list("concerned", "entity", "customs-lead", "partner", "person"),
        )
    },
    traits={"producer": "entity", "stuffs-containers": "site"},
    figures={"liabilities": FigureTerm("liabilities", "money"), "established": FigureTerm("established", "day")},
    events={
        "customs-infringement": EventTerm("customs-infringement", ("minor", "repeated", "serious")),
        "customs-fine": EventTerm("customs-fine", amount="money"),
    },
    checks={"sanctions": ("entity", "partner", "person")},
    proofs={"visit": ProofTerm("visit"), "contract-clause": ProofTerm("contract-clause", may_be_open=True)},
    schemes={
        "eu-aeos": SchemeTerm("eu-aeos", "AEOS", "eu-aeo"),
        "us-ctpat": SchemeTerm("us-ctpat", "CTPAT"),
        "numbered": SchemeTerm("numbered", "A status"),
    },
    roles={"importer": "Importer", "exporter": "Exporter", "carrier": "Carrier"},
    own_targets={},
)

INTERVAL = Parameter("interval", ParameterKind.DURATION, better="less")


def control(key: str, mode: Mode, *parameters: Parameter, by: str = "") -> Control:
    return Control(
        key=key,
        title=key.replace("-", " "),
        family="G",
        mode=mode,
        inherits=Inherits.PROCEDURE,
        shown=(Shown.DESIGN,),
        parameters={parameter.key: parameter for parameter in parameters},
        by=by,
    )


CONTROLS = {
    one.key: one
    for one in (
        control(
            "seal-fitting",
            Mode.PER_EVENT,
            Parameter("class", ParameterKind.ORDER, terms="seal-class"),
            Parameter("affixer", ParameterKind.CHOICE, words=("responsible-party", "driver")),
            Parameter("photo", ParameterKind.FLAG),
        ),
        control("cctv", Mode.STANDING, Parameter("coverage", ParameterKind.SET, terms="areas")),
        control("building-structure", Mode.STANDING),
        control("risk-assessment", Mode.RECURRING, INTERVAL, Parameter("threats", ParameterKind.SET, terms="threats")),
        control("training", Mode.RECURRING, INTERVAL, Parameter("pests", ParameterKind.FLAG), by="people"),
        control("partner-screening", Mode.RECURRING, INTERVAL),
        control("partner-recheck", Mode.STANDING, INTERVAL, by="proof-kinds"),
        control("record-keeping", Mode.STANDING, Parameter("share", ParameterKind.PERCENT, better="more")),
        control("guarding", Mode.STANDING, Parameter("guards", ParameterKind.NUMBER, better="more")),
        control("bond", Mode.STANDING, Parameter("sum", ParameterKind.MONEY, better="more")),
    )
}


def row(key: str) -> Requirement:
    return Requirement(
        key=key,
        ref=key.partition("/")[2],
        title="A row",
        asks="Something is asked.",
        kind=RequirementKind.CONDITION,
        obligation=((date(2020, 1, 1), Obligation.MUST),),
        roles={"importer": Applies.YES},
        scope=Scope.SITE,
        source=SOURCE,
        needs=ControlNeed("cctv"),
    )


CTPAT = Programme(
    key="us-ctpat",
    edition="2020",
    title="CTPAT",
    owner="Its issuer",
    unit=Unitary.ENTITY,
    roles=("importer", "carrier"),
    rule=Rule.PLAIN,
    requirements=(row("us-ctpat/5.3"), row("us-ctpat/9.2")),
    coverage={},
    sources=(),
)
TAPA = replace(
    CTPAT, key="tapa-fsr", edition="2023", title="FSR", requirements=(row("tapa-fsr/7.0.5"),), waivers=True,
    variants=("a", "b", "c"), roles=("importer",), unit=Unitary.SITE,
)  # fmt: skip
ISO = replace(
    CTPAT,
    key="iso-28000",
    edition="2022",
    title="ISO 28000",
    requirements=(row("iso-28000/9.3"),),
    not_applicable=False,
)


def identifier(key: str, of: Bearer, pattern: str = "", rule: str = "", **more: Any) -> IdentifierType:
    return IdentifierType(key, key.upper(), "An issuer", (of,), "As published.", SOURCE, pattern, rule, **more)


IDENTIFIERS = (
    identifier("eori", Bearer.ENTITY, "[A-Z]{2}[A-Z0-9]{1,15}"),
    identifier("lei", Bearer.ENTITY, "[A-Z0-9]{18}[0-9]{2}", "mod-97-10"),
    identifier("aeo-number", Bearer.ENTITY, "[A-Z]{2}AEO[CSF][0-9]+", schemes=("numbered",)),
    identifier("load-site", Bearer.SITE),
    replace(identifier("tin", Bearer.ENTITY, "[A-Z]{2}[0-9]+"), source=replace(SOURCE, sure=Sure.UNCONFIRMED)),
)
CATALOGUE = Catalogue(
    terms=TERMS,
    controls=CONTROLS,
    programmes={programme.id: programme for programme in (CTPAT, TAPA, ISO)},
    identifiers={one.key: one for one in IDENTIFIERS},
)

HEAD = """\
safeconduct: 1
organisation: {key: group, title: The group}
units:
  nl: {in: group, kind: entity, country: NL, traits: {producer: no}}
  us: {in: group, kind: entity, country: US}
  rtm: {in: nl, kind: site, profile: {no: [parking]}, traits: {stuffs-containers: yes}}
  lax: {in: us, kind: site}
"""
PARTNERS = """\
partners:
  - {key: h1, title: Haulier 1, of: nl, roles: [carrier], country: NL, outsourced: yes}
"""
