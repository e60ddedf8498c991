"""What keys are called on a page: units, partners, controls, records, programmes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.judgement import Finding, Kind
from safeconduct.core.records.catalogue import Mode
from safeconduct.core.risk.scenarios import scenario_of
from safeconduct.core.sentences import deed
from safeconduct.server.common.citing import cited, short_name
from safeconduct.server.common.look.words import KINDS, day_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.catalogue import Catalogue, Programme, Requirement
    from safeconduct.core.records.in_place import Evidence
    from safeconduct.core.records.units import Enrolment
    from safeconduct.core.snapshot import Snapshot

_MODES = {
    Mode.STANDING: "standing",
    Mode.RECURRING: "recurring",
    Mode.PER_EVENT: "per event",
    Mode.ON_TRIGGER: "on trigger",
}
_SAYS_WHERE = frozenset({Kind.REQUIREMENT, Kind.MEMBER, Kind.CERTIFICATE, Kind.REGISTER})
_PIECES = frozenset({Kind.BOUND, Kind.EVIDENCE, Kind.OCCURRENCE, Kind.SAMPLE})
_CITED = {Kind.ANSWER: "Answer to", Kind.JUDGEMENT: "Outcome of"}
_SHOWS = {"design": "Design", "operation": "Operation", "effect": "Effect", "verified": "Somebody else's look"}


def words(key: str) -> str:
    """A key read out.

    >>> words("long-haul-carrier")
    'long haul carrier'
    """
    return key.replace("-", " ")


@dataclass(frozen=True)
class Names:
    """Looks names up; a key that names nothing is shown itself."""

    snapshot: Snapshot
    catalogue: Catalogue

    def place(self, key: str) -> str:
        """A unit, the organisation, a partner, or a lane."""
        organisation = self.snapshot.facts.organisation
        if key == organisation.key:
            return organisation.title or key
        if (unit := self.snapshot.units.get(key)) is not None:
            return unit.title or key
        found = self.snapshot.partners.get(key) or self.snapshot.lanes.get(key)
        return (found.title or key) if found else key

    def programme(self, programme: Programme, enrolment: Enrolment) -> str:
        """An enrolment in few words; with its legal entity where several hold the same programme."""
        short = short_name(programme.key)
        enrolled = self.snapshot.facts.enrolments
        holders = {one.entity for one in enrolled if one.edition.partition("/")[0] == programme.key}
        return f"{short}, {self.place(enrolment.entity)}" if len(holders) > 1 else short

    def roles(self, enrolment: Enrolment) -> str:
        """The roles of an enrolment in words."""
        return ", ".join(self.catalogue.terms.roles.get(role, words(role)).lower() for role in enrolment.roles)

    def variants(self, programme: Programme, enrolment: Enrolment) -> str:
        """The levels sought, in words."""
        return ", ".join(programme.variant_titles.get(one, one.upper()) for one in enrolment.variant)

    def control(self, subject: str) -> str:
        """A control, with its element where it is kept by some: `training[guards]` is Training: guards."""
        key, _, element = subject.partition("[")
        control = self.catalogue.controls.get(key)
        title = control.title if control else words(key)
        if not element or control is None:
            return title
        return f"{title}: {self.element(control.by, element.removesuffix(']'))}"

    def element(self, terms: str, element: str) -> str:
        """An element of a list in words."""
        found = self.catalogue.terms.lists.get(terms)
        return found.title(element) if found else words(element)

    def row(self, row: RowJudgement) -> str:
        """A judged row: what is cited, and where."""
        return f"{cited(row.requirement)} at {self.place(row.unit)}"

    def risk(self, key: str) -> str:
        """A risk: its scenario and its place."""
        risk = self.snapshot.risk_records.get(key)
        if risk is None:
            return key
        title = scenario_of(self.catalogue, self.snapshot.facts, risk.scenario).title
        return f"{title}, {self.place(risk.at)}"

    def finding(self, finding: Finding) -> str:
        """What a finding is about."""
        match finding.kind:
            case Kind.REQUIREMENT:
                return self._requirement(finding)
            case Kind.PART:
                return finding.param("title") or finding.subject.rpartition("/")[2]
            case Kind.NEED | Kind.CONDITION:
                return _asked_together(finding)
            case Kind.CONTROL:
                return self.control(finding.subject)
            case Kind.RISK:
                return self.risk(finding.subject)
            case Kind.BOUND:
                return finding.param("parameter").capitalize() or words(finding.subject.partition(".")[2]).capitalize()
            case Kind.EVIDENCE:
                shown = finding.subject.rpartition("/")[2]
                return finding.param("title") or f"{_SHOWS.get(shown, shown.capitalize())} shown"
            case _:
                return self._record(finding)

    def _requirement(self, finding: Finding) -> str:
        requirement = self.requirements.get(finding.subject)
        return f"{cited(requirement)} at {self.place(finding.at)}" if requirement else finding.subject

    def _record(self, finding: Finding) -> str:
        match finding.kind:
            case Kind.OCCURRENCE:
                return "Done again" if finding.param("triggered") else "Done in time"
            case Kind.SAMPLE:
                return "Sample"
            case Kind.POPULATION:
                return finding.param("who").capitalize() or "Every partner"
            case Kind.MEMBER:
                return finding.param("partner") or self.place(finding.subject)
            case Kind.CERTIFICATE:
                scheme = self.catalogue.terms.schemes.get(finding.subject)
                return f"{scheme.title if scheme else finding.subject}, {self.place(finding.at)}"
            case Kind.PROOF:
                return (finding.param("proof") or words(finding.subject)).capitalize()
            case Kind.REGISTER:
                return f"Register of {words(finding.subject)}, {self.place(finding.at)}"
            case Kind.RECORD:
                return "Look-back"
            case Kind.CHECK:
                return finding.param("list") or "Lists looked up"
            case Kind.MEASURE:
                return "Figures"
            case Kind.JUDGEMENT:
                return "The outcome itself"
            case Kind.ANSWER:
                return "Our answer"
            case Kind.ALTERNATIVE:
                return "Alternative measure"
            case Kind.EQUIVALENCE:
                return finding.param("scheme") or "Certificate"
            case Kind.ACTION:
                return finding.param("what") or self.control(finding.subject)
            case _:
                return finding.param("what").capitalize() or words(finding.subject).capitalize()

    def kind(self, finding: Finding) -> str:
        """What sort of thing a finding is about; for a control, how it works."""
        if finding.kind is Kind.CONTROL:
            control = self.catalogue.controls.get(finding.subject.partition("[")[0])
            return f"Control, {_MODES[control.mode]}" if control else "Control"
        return KINDS[finding.kind]

    def whereabouts(self, finding: Finding, at: str = "") -> str:
        """What a finding is about and where (or at the place that would mend it), for a list outside its tree."""
        title, place = self.about(finding), self.place(at or finding.at)
        return title if finding.kind in _SAYS_WHERE or not place else f"{place}: {title[:1].lower()}{title[1:]}"

    def about(self, finding: Finding) -> str:
        """What a finding is about, for a list outside its tree: the control, where it is a piece of one."""
        if finding.kind in _CITED and (requirement := self.requirements.get(finding.subject)):
            return f"{_CITED[finding.kind]} {cited(requirement)}"
        if finding.kind not in _PIECES:
            return self.finding(finding)
        mend = finding.mend
        if mend is not None and mend.control:
            return self.control(f"{mend.control}[{mend.element}]" if mend.element else mend.control)
        key = finding.subject.partition("/")[0].partition(".")[0]
        return self.control(key) if key in self.catalogue.controls else self.finding(finding)

    def request(self, finding: Finding) -> str:
        """What somebody is asked to do where a finding is short: the control, and the deed that mends it."""
        mend, does = finding.mend, deed(finding)
        if mend is None or not mend.control:
            return does
        return f"{self.control(f'{mend.control}[{mend.element}]' if mend.element else mend.control)}. {does}"

    def evidence(self, evidence: Evidence) -> str:
        """Evidence by its title, else by what it shows."""
        return evidence.title or f"Evidence {day_text(evidence.from_)} to {day_text(evidence.to)}"

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """Every row of the catalogue by key, the newest edition winning."""
        editions = sorted(self.catalogue.programmes.values(), key=lambda one: one.edition)
        return {row.key: row for programme in editions for row in programme.requirements}


def _asked_together(finding: Finding) -> str:
    """How members join, for a need that has no name of its own."""
    if finding.kind is Kind.CONDITION:
        return f"Only where {finding.param('condition')}" if finding.param("condition") else "Condition"
    match finding.join.value:
        case "any":
            return "One of these"
        case "some":
            return f"At least {finding.param('n')} of these"
        case _:
            return "All of these"
