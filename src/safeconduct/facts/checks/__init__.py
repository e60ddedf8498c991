"""Which facts are refused, whoever brings them: a file, a form or the API.

Every rule is a pure function of one record and what is known. Source: catalogue language, section 10, *Refused facts*,
and the references of section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.decisions import Answer, NotApplicable, Waiver
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.history import Attestation, Event, Figure, ListCheck, RaisedFinding
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Sample, Trigger
from safeconduct.core.records.partners import Certificate, Partner, Register
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
)
from safeconduct.core.records.units import Enrolment, Unit
from safeconduct.facts.checks import decisions, general, history, in_place, partners, risk, units
from safeconduct.facts.checks.problem import Flaw, Flaws, Known, Problem
from safeconduct.facts.checks.references import dangling, naming

__all__ = ["Known", "Problem", "check", "check_record", "naming", "section_of", "with_record"]

_SUBJECT_RULES: dict[type[Any], Callable[[Any, Known], Flaws]] = {
    Unit: units.check_unit,
    Enrolment: units.check_enrolment,
    ControlInPlace: in_place.check_control,
    Evidence: in_place.check_evidence,
    Sample: in_place.check_sample,
    Trigger: in_place.check_trigger,
    Partner: partners.check_partner,
    Certificate: partners.check_certificate,
    Register: partners.check_register,
    Event: history.check_event,
    Attestation: history.check_attestation,
    Figure: history.check_figure,
    ListCheck: history.check_list_check,
    RaisedFinding: history.check_finding,
    Answer: decisions.check_answer,
    NotApplicable: decisions.check_not_applicable,
    Waiver: decisions.check_waiver,
    RiskAssessment: risk.check_assessment,
    Asset: risk.check_asset,
    Lane: risk.check_lane,
    ThreatLevel: risk.check_threat_level,
    OwnScenario: risk.check_scenario,
    Risk: risk.check_risk,
    CommonCause: risk.check_common_cause,
    Override: risk.check_override,
    Incident: risk.check_incident,
    OwnBounds: risk.check_bounds,
    OwnGrid: risk.check_grid,
    Treatment: risk.check_treatment,
    Objective: risk.check_objective,
}

_SECTIONS = {kind.record: kind.section for kind in FACT_KINDS.values()}


def section_of(record: Any) -> str:
    """The section of the facts a record belongs to."""
    return _SECTIONS[type(record)]


def check(facts: Facts, catalogue: Catalogue) -> list[Problem]:
    """Everything wrong with the facts of one organisation, in the order of their sections; empty when all is well."""
    known = Known(facts, catalogue)
    problems: list[Problem] = []
    for section in FACT_KINDS:
        seen: set[str] = set()
        for record in facts.section(section):
            if record.key in seen:
                what = f"The key {record.key!r} is given twice in {section}."
                problems.append(Problem(section, record.key, ("key",), what, do="Rename one.", code="key-taken"))
            seen.add(record.key)
            problems += _problems(section, record, known)
    return problems


def check_record(record: Any, facts: Facts, catalogue: Catalogue) -> list[Problem]:
    """Everything wrong with one record if it were recorded among the facts, in place of the one with its key.

    That includes samples on record which the days of a control in place would leave outside.
    """
    section, known = section_of(record), Known(with_record(facts, record), catalogue)
    problems = _problems(section, record, known)
    if isinstance(record, ControlInPlace):
        problems += [flaw.of(section, record.key) for flaw in in_place.check_samples_still_inside(record, known)]
    return problems


def with_record(facts: Facts, record: Any) -> Facts:
    """The facts with one record added, or put in place of the one with its key."""
    section = section_of(record)
    there = facts.section(section)
    if any(one.key == record.key for one in there):
        kept = tuple(record if one.key == record.key else one for one in there)
    else:
        kept = (*there, record)
    changed: dict[str, Any] = {section: kept}
    return replace(facts, **changed)


def _problems(section: str, record: Any, known: Known) -> list[Problem]:
    return [flaw.of(section, record.key) for flaw in _flaws(record, known)]


def _flaws(record: Any, known: Known) -> Iterable[Flaw]:
    yield from general.good_key(record, known)
    yield from general.nothing_empty(record)
    yield from general.days_in_order(record)
    yield from dangling(record, known)
    rule = _SUBJECT_RULES.get(type(record))
    if rule is not None:
        yield from rule(record, known)
