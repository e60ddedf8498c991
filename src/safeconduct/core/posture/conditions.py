"""When something applies: conditions in three-valued logic.

Source: catalogue language, section 7.9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import FOREVER, good_until
from safeconduct.core.judgement import MET, UNMET, Mend
from safeconduct.core.operations.measures import judge_measure
from safeconduct.core.posture.question import Question
from safeconduct.core.records.needs import (
    AllOf,
    AnyOf,
    Condition,
    FlowIs,
    MeasureIs,
    Not,
    PresentIs,
    RoleIs,
    TraitIs,
    VariantIs,
)
from safeconduct.core.records.units import TradeFlow
from safeconduct.core.standing.layers import layers


@dataclass(frozen=True)
class Truth:
    """True, False or None (unknown), until when, what was asked in words, and what would tell."""

    holds: bool | None
    good_until: date = FOREVER
    words: str = ""
    mend: Mend | None = None


def truth(question: Question, condition: Condition) -> Truth:
    """Whether a condition holds for the question's unit and enrolment on the day."""
    match condition:
        case TraitIs(trait):
            return _trait(question, trait)
        case VariantIs(variant):
            sought = question.enrolment.variant
            return Truth(variant in sought if sought else None, words=f"status sought is {variant}")
        case RoleIs(role):
            return Truth(role in question.enrolment.roles, words=f"role is {role.replace('-', ' ')}")
        case PresentIs(control):
            return _present(question, control)
        case FlowIs():
            return _flow(question, condition)
        case MeasureIs(measure):
            found = judge_measure(question.ground, measure, question.unit)
            holds = {MET: True, UNMET: False}.get(found.standing)
            return Truth(holds, found.good_until, measure.text, found.mend)
        case Not(inner):
            told = truth(question, inner)
            return Truth(
                None if told.holds is None else not told.holds, told.good_until, f"not: {told.words}", told.mend
            )
        case AllOf(members):
            return _joined(question, members, decisive=False, word=" and ")
        case AnyOf(members):
            return _joined(question, members, decisive=True, word=" or ")


def _joined(question: Question, members: Sequence[Condition], *, decisive: bool, word: str) -> Truth:
    """`all` is decided by a False, `any` by a True; otherwise one unknown makes it unknown."""
    told = [truth(question, member) for member in members]
    until = min((one.good_until for one in told), default=FOREVER)
    words = word.join(one.words for one in told)
    if any(one.holds is decisive for one in told):
        return Truth(decisive, until, words)
    mend = next((one.mend for one in told if one.holds is None), None)
    return Truth(None if any(one.holds is None for one in told) else not decisive, until, words, mend)


def _trait(question: Question, trait: str) -> Truth:
    """What the unit says, else the nearest unit it belongs to that says it."""
    snapshot = question.ground.snapshot
    at = (
        question.unit
        if question.ground.catalogue.terms.traits.get(trait) == "site"
        else snapshot.entity_of(question.unit)
    )
    units = (snapshot.units[key] for key in snapshot.layers(at) if key in snapshot.units)
    said = next((unit.traits[trait] for unit in units if trait in unit.traits), None)
    words = question.ground.catalogue.terms.titles.get(trait, trait.replace("-", " "))
    return Truth(said, words=words, mend=Mend(f"trait:{trait}@{at}", "record-trait", at, detail=trait))


def _present(question: Question, control: str) -> Truth:
    """Whether the control is recorded as standing at the unit, for any element it is kept by that exists there.

    Recorded as absent for some elements and silent for the others, nothing is known.
    """
    ground = question.ground
    entry = ground.catalogue.controls[control]
    terms = ground.catalogue.terms.lists.get(entry.by)
    excluded = ground.excluded(question.unit) if terms and terms.profiled else frozenset()
    elements = [one for one in terms.elements if one not in excluded] if terms else [""]
    found = [layers(ground, entry, element, question.unit) for element in elements]
    until = good_until(ground.day, [day for one in found for day in one.changes])
    said = [one.nearest.present if one.records else None for one in found]
    holds = True if True in said else (None if None in said else False)
    mend = Mend(f"{control}@{question.unit}", "record-control", question.unit, control=control)
    return Truth(holds, until, entry.title.lower(), mend)


def _flow(question: Question, asked: FlowIs) -> Truth:
    flows = question.enrolment.flows
    mend = Mend(
        f"flows:{question.enrolment.key}", "record-flows", question.enrolment.entity, record=question.enrolment.key
    )
    sides = [("from", asked.from_), ("to", asked.to), ("by", asked.mode)]
    words = "goods move " + " ".join(f"{side} {', '.join(wanted)}" for side, wanted in sides if wanted)
    holds = any(_touches(flow, asked) for flow in flows) if flows else None
    return Truth(holds, words=words, mend=mend)


def _touches(flow: TradeFlow, asked: FlowIs) -> bool:
    return _meets(asked.from_, flow.from_) and _meets(asked.to, flow.to) and _meets(asked.mode, flow.mode)


def _meets(asked: Iterable[str], recorded: Iterable[str]) -> bool:
    """An empty side asks nothing, or means any."""
    wanted, there = set(asked), set(recorded)
    return not wanted or not there or bool(wanted & there)
