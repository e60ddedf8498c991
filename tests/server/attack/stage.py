"""What is attacked: the exporter with one fact of every kind, and every address the server answers at.

The outsider's organisation has none of these facts, so whatever it is shown of them has leaked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from safeconduct.catalogue.loading import load
from safeconduct.core.quantities import SetValue
from safeconduct.core.records.decisions import (
    AcceptedBy,
    Alternative,
    Answer,
    Judgement,
    NotApplicable,
    ReasonGiven,
    RowConfirmation,
    Verdict,
    Waiver,
)
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.history import (
    Attestation,
    CorrectiveAction,
    Event,
    Figure,
    ListCheck,
    RaisedFinding,
)
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Occurrence, Sample, Shown, Target, Trigger
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.partners import Certificate, Partner, Proof, Register
from safeconduct.core.records.risk import (
    Answering,
    Assessor,
    Asset,
    AssetKind,
    Basis,
    CommonCause,
    Hit,
    Incident,
    Lane,
    Measured,
    Method,
    Objective,
    ObjectiveTarget,
    Overridden,
    Override,
    OwnBounds,
    OwnGrid,
    OwnScenario,
    Range,
    Read,
    Risk,
    RiskAssessment,
    ThreatLevel,
    Treatment,
    Watched,
    Way,
)
from safeconduct.core.records.threats import Threats
from safeconduct.core.records.units import Enrolment, Unit, UnitKind
from safeconduct.server.accounts.queries import tokens_of
from safeconduct.server.accounts.rights import Role
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.controls.actions import attach_evidence
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.queries import head_of
from safeconduct.server.organisation.actions import issue_token
from safeconduct.server.own_programmes import actions as own_actions
from safeconduct.server.own_programmes.queries import draft_of
from safeconduct.server.own_programmes.texts import Texts
from safeconduct.server.urls import api
from tests.server.cast import TODAY, Cast
from tests.server.own_programmes.stage import HEAD, KEY, ROWS
from tests.server.posture.stage import STAGE, STAGED_CTPAT

BEGUN, LAST_DAY = date(2025, 1, 1), date(2027, 12, 31)
ROW = "us-ctpat/9.2"
DRAFT = "own-norholt-guards"
"""The programme whose draft is written; that of `tests.server.own_programmes.stage` is published."""
SECRET = "Geheimzaak"
"""A word that no page of the product says by itself."""

_KEYS = {"units": "depot", "partners": "only-partner"}


_CTPAT = replace(STAGED_CTPAT, waivers=True)
_THREATS = load().threats
ATTACKED = replace(
    STAGE,
    programmes={**STAGE.programmes, _CTPAT.id: _CTPAT},
    threats=Threats(scales=_THREATS.scales, matrices=_THREATS.matrices),
    digest="attacked",
)
"""The stage's catalogue, with an issuer that grants waivers and with scales: a fact of every kind can be recorded."""


def key_of(section: str) -> str:
    """The key of the exporter's own fact of a section."""
    return _KEYS.get(section, f"only-{section.replace('_', '-')}")


def one_of_each(text: str = SECRET) -> list[Any]:
    """A fact of every kind that says `text` wherever it says something; all of the site `depot` or of a partner."""
    here: dict[str, Any] = {"requirement": ROW, "at": "depot"}
    shown: dict[str, Any] = {"of": key_of("in_place"), "note": text}
    return [
        Unit(key="depot", in_="nl", kind=UnitKind.SITE, title=text, address=text, identifiers={"load-site": text}),
        Enrolment(
            key=key_of("enrolments"), entity="nl", edition="us-ctpat/2020", roles=("carrier",), sites=("depot",),
            since=BEGUN, number=text, owner=text,
        ),
        ControlInPlace(
            key=key_of("in_place"), control="cctv", at="depot", since=BEGUN, owner=text, note=text,
            values={"coverage": SetValue(frozenset({"gates"}), frozenset())},
            targets={"coverage": Target(is_=SetValue(frozenset({"gates"}), frozenset()), why=text)},
        ),
        ControlInPlace(key="only-seals", control="seal-fitting", at="depot", since=BEGUN, owner=text, note=text),
        ControlInPlace(key="only-drill", control="risk-assessment", at="depot", since=BEGUN, owner=text, note=text),
        Sample(
            key=key_of("samples"), from_=BEGUN, to=TODAY, population=9, checked=4, conforming=3,
            **shown | {"of": "only-seals"},
        ),
        Occurrence(key=key_of("done"), on=TODAY, **shown | {"of": "only-drill"}),
        Trigger(key=key_of("triggers"), redo="risk-assessment", at="depot", on=TODAY, kind=text, note=text),
        Event(key=key_of("events"), kind="customs-infringement", unit="nl", on=BEGUN),
        Attestation(key=key_of("attestations"), about=("entity",), kinds=("customs-infringement",), unit="nl",
                    from_=BEGUN, to=TODAY, given=TODAY, by=text),
        Figure(key=key_of("figures"), figure="liabilities", unit="nl", value="12 EUR", year_end=date(2025, 12, 31)),
        Partner(key="only-partner", title=text, of="nl", country="NL", note=text, identifiers={"tin": text}),
        ListCheck(key=key_of("checks"), list="sanctions", unit="nl", about="partner", partner="only-partner",
                  on=TODAY, listed=False, by=text),
        Certificate(key=key_of("certificates"), holder="only-partner", scheme="eu-aeos", number=text, from_=BEGUN),
        Proof(key=key_of("proofs"), partner="only-partner", kind="visit", on=BEGUN, by=text, note=text),
        Register(key=key_of("registers"), of="partners", unit="nl", confirmed=BEGUN, until=LAST_DAY, by=text),
        RaisedFinding(key=key_of("findings"), of="cctv", at="depot", on=BEGUN, text=text, by=text),
        CorrectiveAction(
            key=key_of("corrective_actions"), mends=key_of("findings"), opened=BEGUN, due=LAST_DAY, text=text,
            owner=text,
        ),
        Judgement(key=key_of("judgements"), on=BEGUN, until=LAST_DAY, by=text, verdict=Verdict.YES,
                  rests_on=("cctv",), why=text, **here),
        Answer(key=key_of("answers"), text=text, document=text, chapter=text, revision=text, owner=text,
               confirmed_by=text, confirmed_on=BEGUN, due=LAST_DAY, **here),
        Alternative(key=key_of("alternatives"), needs=ControlNeed("guarding"), accepted_by=AcceptedBy.SELF,
                    from_=BEGUN, until=LAST_DAY, why=text, **here),
        Waiver(key=key_of("waivers"), endorsed_by=text, mitigation=text, until=LAST_DAY, **here),
        NotApplicable(key=key_of("not_applicable"), by=text, on=BEGUN, why=text,
                      **here | {"requirement": "us-ctpat/9.8"}),
        ReasonGiven(key=key_of("reasons"), by=text, on=BEGUN, why=text, **here | {"requirement": "us-ctpat/9.9"}),
        RowConfirmation(key=key_of("row_confirmations"), requirement="us-ctpat/9.8", by=text, on=BEGUN, document=text),
        *_assessment_of_risks(text),
    ]  # fmt: skip


def _assessment_of_risks(text: str) -> list[Any]:
    """A fact of every kind of the security risk assessment, on the site `depot` and a lane from it."""
    lane, risk, scenario = key_of("lanes"), key_of("risks"), key_of("scenarios")
    often = Range(low="0.1", high="2")
    weighed = Risk(
        key=risk,
        assessment=key_of("risk_assessments"),
        scenario=scenario,
        at="depot",
        likelihood=often,
        assets=(key_of("assets"),),
        basis=Basis.JUDGEMENT,
        exposure=text,
        loss=Range(low="1000", high="90000"),
        harm=Range(low="0.01", high="0.2"),
        owner=text,
        note=text,
    )
    return [
        Lane(key=lane, title=text, unit="depot", from_="NL", to="US", modes=("sea",), partners=("only-partner",),
             trips="40", note=text),
        RiskAssessment(
            key=key_of("risk_assessments"), title=text, method=Method.ISO_28001, matrix="plain-five-by-five",
            entity="nl", places=("depot", lane), scope=text, context=text, on=BEGUN, due=LAST_DAY, approved_by=text,
            approved_on=BEGUN, assessors=(Assessor(name=text, qualified_by=text),), bearable="low",
        ),
        Asset(key=key_of("assets"), title=text, kind=AssetKind.GOODS, at="depot", why=text, worth="60000 EUR"),
        OwnScenario(key=scenario, title=text, tells=text, vulnerability=text, assets=("goods",), modes=("road",),
                    answers=(Answering(needs=ControlNeed("cctv"), way="detect", likelihood=Range(low="0.1", high="0.3"),
                                       basis=text),)),
        weighed,
        replace(weighed, key="only-second-risk"),
        CommonCause(key=key_of("common_causes"), title=text, assessment=key_of("risk_assessments"), likelihood=often,
                    hits=(Hit(risk=risk, chance="0.5"), Hit(risk="only-second-risk", chance="1")), why=text),
        Override(key=key_of("overrides"), risk=risk, what=Overridden.LIKELIHOOD, value="0.4", why=text, by=text,
                 since=BEGUN, until=LAST_DAY),
        Incident(key=key_of("incidents"), scenario=scenario, at="depot", on=BEGUN, found=BEGUN, loss="4000 EUR",
                 text=text),
        Watched(key=key_of("watched"), scenarios=(scenario,), places=("depot",), from_=BEGUN, to=TODAY, by=text),
        ThreatLevel(key=key_of("threat_levels"), country="NL", level=text, source=text, on=BEGUN),
        OwnBounds(key=key_of("scale_bounds"), scale="likelihood-five", measure="frequency", why=text, since=BEGUN,
                  starts={"rare": "0", "unlikely": "0.05", "possible": "0.2", "likely": "1", "frequent": "3"}),
        OwnGrid(key=key_of("matrix_cells"), matrix="plain-five-by-five", cells={"likely-minor": "low"}, why=text,
                since=BEGUN),
        Treatment(key=key_of("treatments"), risk=risk, way=Way.ACCEPT, owner=text, decided=BEGUN, until=LAST_DAY,
                  why=text),
        Objective(key=key_of("objectives"), title=text, risks=(risk,), owner=text, since=BEGUN, due=LAST_DAY, why=text,
                  targets=(ObjectiveTarget(measure=Measured.READING, says=text, start="9", aim="1",
                                           readings=(Read(on=BEGUN, value="5"),)),)),
    ]  # fmt: skip


def record_one_of_each(cast: Cast, text: str = SECRET) -> str:
    """Record them for the exporter, evidence with a file, and a token; the digest of the file."""
    line = cast.exporter_line
    store_all(line, one_of_each(text), deed="record")
    evidence = Evidence(key=key_of("evidence"), of=key_of("in_place"), shows=(Shown.DESIGN,), from_=BEGUN, to=LAST_DAY,
                        title=text, document=text)  # fmt: skip
    upload: Any = SimpleUploadedFile("secret.txt", SECRET.encode())
    kept = attach_evidence(line, evidence, upload=upload)
    assert kept.file is not None
    write_programmes(line, text)
    issue_token(line, title=text[:100], role=Role.AUDITOR, expires=LAST_DAY)
    return kept.file.sha256


def write_programmes(viewer: Viewer, text: str) -> None:
    """A programme of the exporter's own that is published for nobody else, and the draft of another one."""
    for name, key in (("hauliers", KEY), ("guards", DRAFT)):
        begun = own_actions.begin_programme(viewer, name, "2026", {**HEAD, "title": text})
        rows = ROWS.replace(KEY, key).replace("title: Cameras", f"title: {json.dumps(text)}")
        own_actions.change_draft(viewer, key, Texts(begun.texts.head, rows), read=begun.state)
    own_actions.publish_edition(viewer, KEY, shared=False, read=draft_of(viewer, KEY).state)


@dataclass(frozen=True)
class Address:
    """One address of the pages: its name and what it takes."""

    name: str
    takes: frozenset[str]


def addresses() -> list[Address]:
    """Every address of a page, as the resolver knows them; the API has its own list."""
    return [one for one in _below(get_resolver().url_patterns, "") if not one.name.startswith("api:")]


def _below(patterns: list[Any], namespace: str) -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, f"{one.namespace}:" if one.namespace else namespace)
        else:
            assert isinstance(one, URLPattern)
            assert one.name, one
            yield Address(f"{namespace}{one.name}", frozenset(one.pattern.converters))


def operations() -> list[tuple[str, str]]:
    """Every call of the API: its method and its path, as the description names them."""
    return [(method.upper(), path) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods]


SHARED = {
    "catalogue:arrangement": {"key": "x"},
    "catalogue:checklist": {"key": "x"},
    "catalogue:equivalence": {"key": "x"},
    "catalogue:export": {"file": "x"},
    "catalogue:figure": {"key": "x"},
    "catalogue:identifier": {"key": "lei"},
    "catalogue:matrix": {"key": "x"},
    "catalogue:scale": {"key": "x"},
    "catalogue:scenario": {"key": "x"},
    "catalogue:taxonomy": {"key": "x"},
    "catalogue:requirement": {"key": ROW},
    "catalogue:control": {"key": "cctv"},
    "catalogue:list-of-words": {"key": "areas"},
    "catalogue:programme": {"programme": "us-ctpat", "edition": "2020"},
    "controls:control": {"control": "cctv"},
    "registers:section": {"section": "units"},
    "registers:new": {"section": "units"},
}
"""Addresses that take a word of the catalogue or of the product: they are the same for every organisation."""


def own_addresses(cast: Cast, digest: str) -> dict[str, list[dict[str, str]]]:
    """What every address that takes something takes of the exporter's own: where `record_one_of_each` was called."""
    facts = [{"section": section, "key": key_of(section)} for section in FACT_KINDS]
    taken = {
        "accounts": {"key": cast.people["sven"].key},
        "controls": {"key": key_of("in_place")},
        "journal": {"seq": str(head_of(cast.exporter_line).seq)},
        "own_programmes": {"programme": DRAFT, "tail": "1"},
        "operations": {"key": key_of("corrective_actions")},
        "organisation": {"key": "depot"},
        "partners": {"key": key_of("partners")},
        "programmes": {"enrolment": key_of("enrolments"), "requirement": ROW, "unit": "depot"},
        "risk": {"key": key_of("risks")},
    }
    token = {"key": tokens_of(cast.exporter_line)[0].key}
    published = {"programme": KEY, "edition": "2026"}
    own = {f"own_programmes:{name}": published for name in ("edition", "files", "next")}
    assessment = {"key": key_of("risk_assessments"), "step": "numbers"}
    own |= {f"risk:{name}": assessment for name in ("assessment", "again", "step")}
    own |= {"controls:file": {"digest": digest}, "accounts:token": token, "accounts:revoke-token": token}
    found: dict[str, list[dict[str, str]]] = {}
    for one in addresses():
        if one.takes and one.name not in SHARED:
            room = one.name.partition(":")[0]
            cases = facts if room == "registers" else [own.get(one.name) or taken[room]]
            found[one.name] = [{name: case[name] for name in one.takes} for case in cases]
    return found


NOT_HERE = "x"
"""A key that the small catalogue of the tests does not have."""
NEEDS_MORE = frozenset({"operations:ask", "programmes:edition", "risk:report-pdf"})
"""Pages that are only there for more than their address says: a control and a place, an edition that came after, a
program that makes PDFs (which takes seconds for what the report's page shows at once)."""


REGISTERS = "/registers/"
"""Three pages for each kind of fact, all made by the same code; they list facts and judge nothing."""


def judging(urls: list[str]) -> list[str]:
    """The pages without the registers, but for that of controls in place: for what is asked many times over."""
    return [url for url in urls if not url.startswith(REGISTERS) or "in_place" in url]


def pages(cast: Cast, digest: str) -> list[str]:
    """Every page there is of the exporter, each of a kind once, each register and each fact."""
    found = [
        reverse(name, kwargs=case)
        for name, cases in own_addresses(cast, digest).items()
        for case in cases
        if name not in NEEDS_MORE
    ]
    found += [reverse(name, kwargs=case) for name, case in SHARED.items() if NOT_HERE not in case.values()]
    found += [reverse(one.name) for one in addresses() if not one.takes and one.name not in NEEDS_MORE]
    found += [reverse(f"registers:{page}", args=[section]) for section in FACT_KINDS for page in ("section", "new")]
    return found
