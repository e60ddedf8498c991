"""All facts of one organisation in one value, and the table of fact kinds everything else is derived from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safeconduct.core.records.decisions import (
    Alternative,
    Answer,
    Judgement,
    NotApplicable,
    ReasonGiven,
    RowConfirmation,
    Waiver,
)
from safeconduct.core.records.history import (
    Attestation,
    CorrectiveAction,
    Event,
    Figure,
    ListCheck,
    RaisedFinding,
)
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Occurrence, Sample, Trigger
from safeconduct.core.records.partners import Certificate, Partner, Proof, Register
from safeconduct.core.records.risk import (
    Asset,
    CommonCause,
    Incident,
    Lane,
    Objective,
    Override,
    OwnBounds,
    OwnGrid,
    OwnScenario,
    Risk,
    RiskAssessment,
    ThreatLevel,
    Treatment,
    Watched,
)
from safeconduct.core.records.units import Enrolment, Organisation, Unit


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: its section in a facts file, its record, and where it nests.

    `nested` names the field under which it stands inside a control in place; such a record names it in `of`.
    """

    section: str
    record: type[Any]
    title: str
    nested: str = ""


FACT_KINDS: Mapping[str, FactKind] = {
    kind.section: kind
    for kind in (
        FactKind("units", Unit, "Unit"),
        FactKind("enrolments", Enrolment, "Enrolment"),
        FactKind("in_place", ControlInPlace, "Control in place"),
        FactKind("evidence", Evidence, "Evidence", nested="evidence"),
        FactKind("samples", Sample, "Sample", nested="samples"),
        FactKind("done", Occurrence, "Occurrence", nested="done"),
        FactKind("triggers", Trigger, "Trigger"),
        FactKind("events", Event, "Event"),
        FactKind("attestations", Attestation, "Attestation"),
        FactKind("figures", Figure, "Figure"),
        FactKind("checks", ListCheck, "List check"),
        FactKind("partners", Partner, "Partner"),
        FactKind("certificates", Certificate, "Certificate"),
        FactKind("proofs", Proof, "Proof"),
        FactKind("registers", Register, "Register confirmation"),
        FactKind("findings", RaisedFinding, "Finding raised"),
        FactKind("corrective_actions", CorrectiveAction, "Corrective action"),
        FactKind("judgements", Judgement, "Judgement"),
        FactKind("answers", Answer, "Answer"),
        FactKind("alternatives", Alternative, "Alternative measure"),
        FactKind("waivers", Waiver, "Waiver"),
        FactKind("not_applicable", NotApplicable, "Not applicable"),
        FactKind("reasons", ReasonGiven, "Reason given"),
        FactKind("row_confirmations", RowConfirmation, "Row confirmation"),
        FactKind("lanes", Lane, "Lane"),
        FactKind("risk_assessments", RiskAssessment, "Risk assessment"),
        FactKind("assets", Asset, "Critical asset"),
        FactKind("scenarios", OwnScenario, "Scenario of one's own"),
        FactKind("risks", Risk, "Risk"),
        FactKind("common_causes", CommonCause, "Common cause"),
        FactKind("overrides", Override, "Override"),
        FactKind("incidents", Incident, "Incident"),
        FactKind("watched", Watched, "Time watched"),
        FactKind("threat_levels", ThreatLevel, "Threat level"),
        FactKind("scale_bounds", OwnBounds, "Bounds of a scale"),
        FactKind("matrix_cells", OwnGrid, "Cells of a matrix"),
        FactKind("treatments", Treatment, "Treatment"),
        FactKind("objectives", Objective, "Objective"),
    )
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one organisation has recorded. Each tuple is in the order of its file; keys are unique per section."""

    organisation: Organisation
    units: tuple[Unit, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    in_place: tuple[ControlInPlace, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    samples: tuple[Sample, ...] = ()
    done: tuple[Occurrence, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    events: tuple[Event, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[ListCheck, ...] = ()
    partners: tuple[Partner, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    proofs: tuple[Proof, ...] = ()
    registers: tuple[Register, ...] = ()
    findings: tuple[RaisedFinding, ...] = ()
    corrective_actions: tuple[CorrectiveAction, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    answers: tuple[Answer, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()
    reasons: tuple[ReasonGiven, ...] = ()
    row_confirmations: tuple[RowConfirmation, ...] = ()
    lanes: tuple[Lane, ...] = ()
    risk_assessments: tuple[RiskAssessment, ...] = ()
    assets: tuple[Asset, ...] = ()
    scenarios: tuple[OwnScenario, ...] = ()
    risks: tuple[Risk, ...] = ()
    common_causes: tuple[CommonCause, ...] = ()
    overrides: tuple[Override, ...] = ()
    incidents: tuple[Incident, ...] = ()
    watched: tuple[Watched, ...] = ()
    threat_levels: tuple[ThreatLevel, ...] = ()
    scale_bounds: tuple[OwnBounds, ...] = ()
    matrix_cells: tuple[OwnGrid, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    objectives: tuple[Objective, ...] = ()

    def section(self, name: str) -> tuple[Any, ...]:
        """The records of one section by its name in FACT_KINDS."""
        records: tuple[Any, ...] = getattr(self, name)
        return records
