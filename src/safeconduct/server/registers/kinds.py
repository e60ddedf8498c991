"""The registers: what each is called, what its list shows, why it matters, and the action that records into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.server.controls import actions as controls
from safeconduct.server.journal.recording import Action
from safeconduct.server.operations import actions as operations
from safeconduct.server.organisation import actions as organisation
from safeconduct.server.partners import actions as partners
from safeconduct.server.programmes import actions as programmes
from safeconduct.server.risk import actions as risk


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """One register.

    `columns` are the fields its list shows by their names in files, the first names the row; `why` says what it is
    good for and what stays open without it; `form` is the page for a new fact where it is not the register's own.
    """

    section: str
    title: str
    group: str
    columns: tuple[str, ...]
    why: str
    action: Action
    form: str = ""

    @property
    def in_sentence(self) -> str:
        """The title inside a sentence."""
        return self.title[:1].lower() + self.title[1:]


_ORGANISATION, _CONTROLS, _PARTNERS = "Organisation", "Controls", "Partners"
_RISK = "Security risk assessment"
_HAPPENED, _WEAK, _DECIDED = "What happened and what was looked up", "Weaknesses and their cure", "What persons decided"

REGISTERS: Mapping[str, RegisterKind] = {
    one.section: one
    for one in (
        RegisterKind(
            "units",
            "Legal entities and sites",
            _ORGANISATION,
            ("title", "kind", "in", "country", "since", "until"),
            "Requirements are judged at them, and their profile decides which ones apply.",
            organisation.record_unit,
            "organisation:new-unit",
        ),
        RegisterKind(
            "enrolments",
            "Enrolments",
            _ORGANISATION,
            ("edition", "entity", "roles", "sites", "since", "until", "owner"),
            "Nothing is judged before a legal entity is enrolled in a programme.",
            programmes.enrol,
            "programmes:enrol",
        ),
        RegisterKind(
            "in_place",
            "Controls in place",
            _CONTROLS,
            ("control", "for", "at", "since", "until", "present", "owner"),
            "Every requirement rests on them; what is not recorded stays UNKNOWN.",
            controls.record_control,
            "controls:record",
        ),
        RegisterKind(
            "evidence",
            "Evidence",
            _CONTROLS,
            ("title", "of", "shows", "from", "to", "by"),
            "A control nobody shows is only claimed, and a claim stays UNKNOWN.",
            controls.attach_evidence,
        ),
        RegisterKind(
            "samples",
            "Samples",
            _CONTROLS,
            ("of", "from", "to", "population", "checked", "conforming", "by"),
            "What works event by event is shown by how many of the checked events conform.",
            controls.record_sample,
        ),
        RegisterKind(
            "done",
            "Occurrences",
            _CONTROLS,
            ("of", "on", "by", "note"),
            "What is to be done again and again is shown by the days it was done.",
            controls.record_occurrence,
        ),
        RegisterKind(
            "triggers",
            "Triggers",
            _CONTROLS,
            ("redo", "at", "on", "kind", "note"),
            "A change or an incident asks for a recurring control before its time.",
            controls.record_trigger,
        ),
        RegisterKind(
            "partners",
            "Partners",
            _PARTNERS,
            ("title", "of", "roles", "country", "outsourced", "since", "until"),
            "Programmes ask that each partner in scope is assured; without a register nobody can say so.",
            partners.record_partner,
        ),
        RegisterKind(
            "certificates",
            "Certificates",
            _PARTNERS,
            ("holder", "scheme", "number", "from", "to"),
            "A certificate that a programme accepts or recognises assures its holder until it ends.",
            partners.record_certificate,
        ),
        RegisterKind(
            "proofs",
            "Proofs",
            _PARTNERS,
            ("partner", "kind", "on", "to", "outcome", "by"),
            "Where no certificate speaks for a partner, a visit, a questionnaire or a clause may.",
            partners.record_proof,
        ),
        RegisterKind(
            "registers",
            "Register confirmations",
            _PARTNERS,
            ("unit", "of", "confirmed", "until", "by"),
            "Until somebody confirms that the list of partners is complete, no row about all of them can be MET.",
            partners.confirm_register,
        ),
        RegisterKind(
            "events",
            "Events",
            _HAPPENED,
            ("kind", "unit", "about", "on", "weight", "weighed_by", "amount"),
            "Look-backs count them. Without any, attestations still have to say that there were none.",
            operations.record_event,
        ),
        RegisterKind(
            "attestations",
            "Attestations",
            _HAPPENED,
            ("kinds", "unit", "about", "from", "to", "by"),
            "Silence is not clean: a clean record needs somebody who attests the whole window.",
            operations.give_attestation,
        ),
        RegisterKind(
            "figures",
            "Figures",
            _HAPPENED,
            ("figure", "unit", "value", "year_end", "given"),
            "Ratios and limits are computed from the figures of the last closed year.",
            operations.record_figure,
        ),
        RegisterKind(
            "checks",
            "List look-ups",
            _HAPPENED,
            ("list", "unit", "about", "partner", "on", "listed", "by"),
            "Whether a name stands on a list is known only as of the day somebody looked.",
            operations.record_check,
        ),
        RegisterKind(
            "findings",
            "Findings",
            _WEAK,
            ("text", "of", "at", "about", "on", "by"),
            "Programmes ask that weaknesses found are put right in time; this is where they are written down.",
            operations.raise_finding,
        ),
        RegisterKind(
            "corrective_actions",
            "Corrective actions",
            _WEAK,
            ("text", "mends", "opened", "due", "closed", "owner"),
            "While one runs inside its due day, what it mends counts as PARTLY and not as UNMET.",
            operations.open_action,
        ),
        RegisterKind(
            "answers",
            "Answers",
            _DECIDED,
            ("requirement", "at", "document", "owner", "confirmed_on", "due"),
            "Questionnaires are answered here, each answer confirmed by a person and renewed.",
            programmes.give_answer,
        ),
        RegisterKind(
            "judgements",
            "Judgements",
            _DECIDED,
            ("requirement", "at", "verdict", "by", "on", "until"),
            "An outcome nobody can compute is MET only when a named person judges it.",
            programmes.judge,
        ),
        RegisterKind(
            "alternatives",
            "Alternative measures",
            _DECIDED,
            ("requirement", "at", "accepted_by", "from", "until", "why"),
            "Another way may stand in for what a row asks, for a time and with a reason.",
            programmes.accept_alternative,
        ),
        RegisterKind(
            "waivers",
            "Waivers",
            _DECIDED,
            ("requirement", "at", "endorsed_by", "from", "until"),
            "An issuer's leave is shown beside the row; it never makes it MET.",
            programmes.record_waiver,
        ),
        RegisterKind(
            "not_applicable",
            "Not applicable",
            _DECIDED,
            ("requirement", "at", "by", "on", "until", "why"),
            "A row is set aside only by a recorded decision with its reason.",
            programmes.decide_not_applicable,
        ),
        RegisterKind(
            "reasons",
            "Reasons given",
            _DECIDED,
            ("requirement", "at", "by", "on", "until", "why"),
            "What only should be met may be left, with a reason on record.",
            programmes.give_reason,
        ),
        RegisterKind(
            "row_confirmations",
            "Row confirmations",
            _DECIDED,
            ("requirement", "by", "on", "document"),
            "An unconfirmed row waits until somebody has read its original.",
            programmes.confirm_row,
        ),
        RegisterKind(
            "risk_assessments",
            "Risk assessments",
            _RISK,
            ("title", "method", "entity", "on", "approved_on", "due"),
            "Programmes ask for one, documented and renewed; risks are counted in the latest.",
            risk.begin_assessment,
        ),
        RegisterKind(
            "lanes",
            "Lanes",
            _RISK,
            ("title", "unit", "from", "to", "modes", "partners"),
            "Threats strike between sites too; a lane is the place they strike at.",
            risk.record_lane,
        ),
        RegisterKind(
            "assets",
            "Critical assets",
            _RISK,
            ("title", "kind", "at", "worth"),
            "What the organisation cannot do without is what threats are weighed against.",
            risk.record_asset,
        ),
        RegisterKind(
            "scenarios",
            "Scenarios of our own",
            _RISK,
            ("title", "tells", "assets"),
            "What the catalogue does not tell and may happen here all the same.",
            risk.record_scenario,
            "risk:own-scenario",
        ),
        RegisterKind(
            "risks",
            "Risks",
            _RISK,
            ("scenario", "at", "likelihood", "loss", "excluded", "owner"),
            "A scenario at a place: weighed without controls, so that what controls take from it can be computed.",
            risk.record_risk,
        ),
        RegisterKind(
            "common_causes",
            "Common causes",
            _RISK,
            ("title", "likelihood", "hits"),
            "What strikes several risks in one blow makes a bad year worse than each of them would.",
            risk.record_common_cause,
        ),
        RegisterKind(
            "overrides",
            "Numbers set by hand",
            _RISK,
            ("risk", "what", "value", "by", "since", "until"),
            "A person may know better than the rule, for a time and with a reason that everybody sees.",
            risk.override,
        ),
        RegisterKind(
            "incidents",
            "Incidents",
            _RISK,
            ("scenario", "at", "on", "loss", "attempted"),
            "What happened teaches how often it happens, and programmes ask for a record of it.",
            risk.record_incident,
        ),
        RegisterKind(
            "watched",
            "Times watched",
            _RISK,
            ("places", "scenarios", "from", "to", "by"),
            "Silence counts only where somebody says that nothing was left out.",
            risk.confirm_watched,
        ),
        RegisterKind(
            "threat_levels",
            "Threat levels",
            _RISK,
            ("country", "threat", "level", "source", "on"),
            "What others say of a country, with their name and day; none is shipped.",
            risk.record_threat_level,
        ),
        RegisterKind(
            "scale_bounds",
            "Bounds of scales",
            _RISK,
            ("scale", "measure", "why", "since"),
            "What is grave depends on who bears it; the bounds shipped are a start.",
            risk.set_bounds,
        ),
        RegisterKind(
            "matrix_cells",
            "Cells of matrices",
            _RISK,
            ("matrix", "cells", "why", "since"),
            "What is too much is leadership's to say; the cells shipped are a start.",
            risk.set_cells,
        ),
        RegisterKind(
            "treatments",
            "Treatments",
            _RISK,
            ("risk", "way", "owner", "decided", "due", "until"),
            "What is graver than bearable asks for a decision with an owner and a day.",
            risk.decide_treatment,
        ),
        RegisterKind(
            "objectives",
            "Objectives",
            _RISK,
            ("title", "risks", "owner", "since", "due"),
            "What is to be reached, by whom, until when, and how it is measured.",
            risk.set_objective,
        ),
    )
}
"""Every register by the section of its facts, in the order the page lists them."""
