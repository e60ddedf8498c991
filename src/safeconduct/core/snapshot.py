"""All facts of one organisation, indexed for judging.

A snapshot holds facts of every day; the rules pick what holds on the day they are asked about. It is built once per
journal head and never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.history import (
    Attestation,
    CorrectiveAction,
    Event,
    Figure,
    ListCheck,
    RaisedFinding,
)
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Occurrence, Sample, Trigger
from safeconduct.core.records.partners import Certificate, Outcome, Partner, Proof, Register
from safeconduct.core.records.risk import CommonCause, Lane, Objective, Override, Risk, Treatment
from safeconduct.core.records.units import Enrolment, Unit, UnitKind


def group[T, K: Hashable](records: Iterable[T], key: Any) -> Mapping[K, tuple[T, ...]]:
    """Records by a key (a field name or a function), keeping their order."""
    grouped: dict[K, list[T]] = defaultdict(list)
    for record in records:
        grouped[key(record) if callable(key) else getattr(record, key)].append(record)
    return {name: tuple(members) for name, members in grouped.items()}


@dataclass(frozen=True)
class Snapshot:
    """Facts with their indexes. Every look-up of a missing key gives an empty tuple."""

    facts: Facts

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units by key."""
        return {unit.key: unit for unit in self.facts.units}

    @cached_property
    def enrolments(self) -> Mapping[str, Enrolment]:
        """Enrolments by key."""
        return {enrolment.key: enrolment for enrolment in self.facts.enrolments}

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """Partners by key."""
        return {partner.key: partner for partner in self.facts.partners}

    @cached_property
    def records(self) -> Mapping[str, ControlInPlace]:
        """Controls in place by key."""
        return {record.key: record for record in self.facts.in_place}

    def layers(self, unit: str) -> tuple[str, ...]:
        """The unit, what it belongs to, and so on up to the organisation; nearest first."""
        return self._layers.get(unit, (unit,))

    @cached_property
    def _layers(self) -> Mapping[str, tuple[str, ...]]:
        top = self.facts.organisation.key
        chains: dict[str, tuple[str, ...]] = {top: (top,)}
        for unit in self.facts.units:
            chain = [unit.key]
            while (parent := self.units.get(chain[-1])) is not None and parent.in_ not in chain:
                chain.append(parent.in_)
            chains[unit.key] = tuple(chain)
        return chains

    def entity_of(self, unit: str) -> str:
        """The legal entity a unit is or belongs to; the unit itself where there is none."""
        for key in self.layers(unit):
            found = self.units.get(key)
            if found is not None and found.kind is UnitKind.ENTITY:
                return key
        return unit

    @cached_property
    def _placed(self) -> Mapping[tuple[str, str, str], tuple[ControlInPlace, ...]]:
        ordered = sorted(self.facts.in_place, key=lambda record: record.since)
        return group(ordered, lambda record: (record.control, record.for_, record.at))

    def placed(self, control: str, element: str, unit: str) -> tuple[ControlInPlace, ...]:
        """The records of one control, element and unit, oldest first."""
        return self._placed.get((control, element, unit), ())

    @cached_property
    def evidence(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Evidence by control in place."""
        return group(self.facts.evidence, "of")

    @cached_property
    def samples(self) -> Mapping[str, tuple[Sample, ...]]:
        """Samples by control in place, oldest period first."""
        return group(sorted(self.facts.samples, key=lambda sample: (sample.to, sample.key)), "of")

    @cached_property
    def done(self) -> Mapping[str, tuple[Occurrence, ...]]:
        """Occurrences by control in place, oldest first."""
        return group(sorted(self.facts.done, key=lambda occurrence: (occurrence.on, occurrence.key)), "of")

    @cached_property
    def triggers(self) -> Mapping[tuple[str, str], tuple[Trigger, ...]]:
        """Triggers by control and unit."""
        return group(self.facts.triggers, lambda trigger: (trigger.redo, trigger.at))

    @cached_property
    def events(self) -> Mapping[tuple[str, str], tuple[Event, ...]]:
        """Events by kind and legal entity."""
        return group(self.facts.events, lambda event: (event.kind, event.unit))

    @cached_property
    def attestations(self) -> Mapping[str, tuple[Attestation, ...]]:
        """Attestations by legal entity."""
        return group(self.facts.attestations, "unit")

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], tuple[Figure, ...]]:
        """Figures by name and legal entity, oldest year first; of one year the one known last comes last."""
        ordered = sorted(
            self.facts.figures, key=lambda figure: (figure.year_end, figure.given or figure.year_end, figure.key)
        )
        return group(ordered, lambda figure: (figure.figure, figure.unit))

    @cached_property
    def checks(self) -> Mapping[tuple[str, str, str, str], tuple[ListCheck, ...]]:
        """List look-ups by list, legal entity, whom they are about and partner; oldest first, of one day a hit last."""
        ordered = sorted(self.facts.checks, key=lambda check: (check.on, check.listed, check.key))
        return group(ordered, lambda check: (check.list, check.unit, check.about, check.partner))

    @cached_property
    def partners_of(self) -> Mapping[str, tuple[Partner, ...]]:
        """Partners by legal entity."""
        return group(self.facts.partners, "of")

    @cached_property
    def certificates(self) -> Mapping[str, tuple[Certificate, ...]]:
        """Certificates by holder."""
        return group(self.facts.certificates, "holder")

    @cached_property
    def proofs(self) -> Mapping[tuple[str, str], tuple[Proof, ...]]:
        """Proofs by partner and kind, oldest first; of one day those that speak against the partner come last."""
        ordered = sorted(self.facts.proofs, key=lambda proof: (proof.on, proof.outcome is Outcome.NEGATIVE, proof.key))
        return group(ordered, lambda proof: (proof.partner, proof.kind))

    @cached_property
    def registers(self) -> Mapping[tuple[str, str], tuple[Register, ...]]:
        """Register confirmations by what they list and legal entity."""
        return group(self.facts.registers, lambda register: (register.of, register.unit))

    @cached_property
    def raised(self) -> Mapping[str, tuple[RaisedFinding, ...]]:
        """Findings raised, by the control in whose running they were found."""
        return group(self.facts.findings, "of")

    @cached_property
    def actions(self) -> Mapping[str, tuple[CorrectiveAction, ...]]:
        """Corrective actions by what they put right."""
        return group(self.facts.corrective_actions, "mends")

    @cached_property
    def raised_about(self) -> Mapping[str, tuple[RaisedFinding, ...]]:
        """Findings raised, by the partner, sample or record they concern."""
        return group(self.facts.findings, "about")

    def _decisions[T](self, section: Sequence[T]) -> Mapping[tuple[str, str], tuple[T, ...]]:
        return group(section, lambda decision: (decision.requirement, decision.at))

    @cached_property
    def answers(self) -> Mapping[tuple[str, str], tuple[Answer, ...]]:
        """Answers by requirement and unit."""
        return self._decisions(self.facts.answers)

    @cached_property
    def judgements(self) -> Mapping[tuple[str, str], tuple[Judgement, ...]]:
        """Judgements by requirement and unit."""
        return self._decisions(self.facts.judgements)

    @cached_property
    def alternatives(self) -> Mapping[tuple[str, str], tuple[Alternative, ...]]:
        """Alternative measures by requirement and unit."""
        return self._decisions(self.facts.alternatives)

    @cached_property
    def waivers(self) -> Mapping[tuple[str, str], tuple[Waiver, ...]]:
        """Waivers by requirement and unit."""
        return self._decisions(self.facts.waivers)

    @cached_property
    def not_applicable(self) -> Mapping[tuple[str, str], tuple[NotApplicable, ...]]:
        """Decisions that a requirement does not apply, by requirement and unit."""
        return self._decisions(self.facts.not_applicable)

    @cached_property
    def reasons(self) -> Mapping[tuple[str, str], tuple[ReasonGiven, ...]]:
        """Reasons given for should rows, by requirement and unit."""
        return self._decisions(self.facts.reasons)

    @cached_property
    def row_confirmations(self) -> Mapping[str, tuple[RowConfirmation, ...]]:
        """Row confirmations by requirement."""
        return group(self.facts.row_confirmations, "requirement")

    @cached_property
    def lanes(self) -> Mapping[str, Lane]:
        """Lanes by key."""
        return {lane.key: lane for lane in self.facts.lanes}

    @cached_property
    def risks(self) -> Mapping[str, tuple[Risk, ...]]:
        """Risks by assessment."""
        return group(self.facts.risks, "assessment")

    @cached_property
    def risk_records(self) -> Mapping[str, Risk]:
        """Risks by key."""
        return {risk.key: risk for risk in self.facts.risks}

    @cached_property
    def common_causes(self) -> Mapping[str, tuple[CommonCause, ...]]:
        """Common causes by assessment."""
        return group(self.facts.common_causes, "assessment")

    @cached_property
    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """Overrides by risk."""
        return group(self.facts.overrides, "risk")

    @cached_property
    def treatments(self) -> Mapping[str, tuple[Treatment, ...]]:
        """Treatments by risk."""
        return group(self.facts.treatments, "risk")

    @cached_property
    def objectives(self) -> Mapping[str, tuple[Objective, ...]]:
        """Objectives by each risk they answer."""
        answering: dict[str, list[Objective]] = defaultdict(list)
        for objective in self.facts.objectives:
            for risk in objective.risks:
                answering[risk].append(objective)
        return {risk: tuple(found) for risk, found in answering.items()}
