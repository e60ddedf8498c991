"""Writes a need as plain data (mappings, lists and text) that reads back to an equal need.

Sets are written in the order of their words, so that equal needs have equal forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch

from safeconduct.core.quantities import SetValue, Value, write_value
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    AnswerNeed,
    AnyNeed,
    AnyOf,
    Bound,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    EventsInput,
    EveryNeed,
    FigureInput,
    FlowIs,
    LookbackNeed,
    MeasureInput,
    MeasureIs,
    MeasureNeed,
    MendedNeed,
    Need,
    Not,
    Op,
    OutcomeNeed,
    PresentIs,
    ProofNeed,
    Renewal,
    RoleIs,
    SomeNeed,
    TraitIs,
    VariantIs,
    WhenNeed,
    Who,
    YearsSinceInput,
)

Plain = str | list["Plain"] | dict[str, "Plain"]


def filled(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Plain data without what is empty."""
    return {name: value for name, value in fields.items() if value}


def write_need(need: Need) -> dict[str, Plain]:
    """The need in the catalogue's language.

    >>> write_need(ControlNeed("cctv", bounds=(("coverage", Bound(Op.INCLUDES, frozenset({"gates", "docks"}))),)))
    {'cctv': {'coverage': {'includes': ['docks', 'gates']}}}
    """
    return _form(need)


def write_condition(condition: Condition) -> dict[str, Plain]:
    """The condition in the catalogue's language."""
    match condition:
        case TraitIs(word):
            return {"trait": word}
        case VariantIs(word):
            return {"variant": word}
        case RoleIs(word):
            return {"role": word}
        case PresentIs(word):
            return {"present": word}
        case FlowIs(from_, to, mode):
            return {"flow": _filled({"from": [*from_], "to": [*to], "mode": [*mode]})}
        case MeasureIs(measure):
            return _form(measure)
        case Not(inner):
            return {"not": write_condition(inner)}
        case AllOf(members):
            return {"all": [write_condition(member) for member in members]}
        case AnyOf(members):
            return {"any": [write_condition(member) for member in members]}


@singledispatch
def _form(need: object) -> dict[str, Plain]:
    raise TypeError(f"{type(need).__name__} is no need")


@_form.register
def _(need: ControlNeed) -> dict[str, Plain]:
    body = _filled({"for": [*need.for_]})
    for name, bound in need.bounds:
        body[name] = _bound(bound)
    if need.shown is not None:
        body["shown"] = [kind.value for kind in need.shown]
    body |= _filled({"assurance": need.assurance, "by": [*need.by]})
    if need.share is not None:
        body["share"] = _bound(need.share)
    return {need.control: body}


@_form.register
def _(need: AllNeed) -> dict[str, Plain]:
    return {"all": _needs(need.members)}


@_form.register
def _(need: AnyNeed) -> dict[str, Plain]:
    return {"any": _needs(need.members)}


@_form.register
def _(need: SomeNeed) -> dict[str, Plain]:
    partly = _filled({"partly": str(need.partly) if need.partly else ""})
    return {"some": {"n": str(need.n), **partly, "of": _needs(need.members)}}


@_form.register
def _(need: WhenNeed) -> dict[str, Plain]:
    return {"when": write_condition(need.when), "then": _form(need.then)}


@_form.register
def _(need: ChooseNeed) -> dict[str, Plain]:
    branches: list[Plain] = [{"when": write_condition(when), "then": _form(then)} for when, then in need.branches]
    if need.otherwise is not None:
        branches.append({"otherwise": _form(need.otherwise)})
    return {"choose": branches}


@_form.register
def _(need: MeasureNeed) -> dict[str, Plain]:
    let: dict[str, Plain] = {name: _input(source) for name, source in need.let}
    limits = {"at_least": _number(need.at_least), "at_most": _number(need.at_most)}
    return {"measure": {"let": let, "value": need.text, **_filled(limits)}}


@_form.register
def _(need: LookbackNeed) -> dict[str, Plain]:
    none_of: dict[str, Plain] = {kind: _words(weights) if weights else "any" for kind, weights in need.none_of.items()}
    body: dict[str, Plain] = {
        "none_of": none_of,
        "window": str(need.window),
        "anchor": need.anchor.value,
        "date": need.date.value,
        "about": [*need.about],
    }
    if need.shorter_if_young:
        body["shorter_if_young"] = "yes"
    return {"lookback": body | _renewal("renew", need.renew)}


@_form.register
def _(need: CheckNeed) -> dict[str, Plain]:
    return {"check": {"lists": [*need.lists], "about": [*need.about], **_renewal("renew", need.renew)}}


@_form.register
def _(need: CertificateNeed) -> dict[str, Plain]:
    fields: dict[str, Plain] = {
        "schemes": [*need.schemes],
        "or_recognised_by": need.or_recognised_by,
        "holder": need.holder,
    }
    return {"certificate": _filled(fields)}


@_form.register
def _(need: ProofNeed) -> dict[str, Plain]:
    return {"proof": {"kind": need.kind, **_renewal("within", need.within)}}


@_form.register
def _(need: EveryNeed) -> dict[str, Plain]:
    body = {"of": need.of, **_filled({"who": _who(need.who)}), "each": _form(need.each)}
    return {"every": body | ({"in_action": "counts"} if need.in_action_counts else {})}


@_form.register
def _(need: MendedNeed) -> dict[str, Plain]:
    return {"mended": {"findings_of": need.findings_of, **_renewal("within", need.within)}}


@_form.register
def _(need: OutcomeNeed) -> dict[str, Plain]:
    return {"outcome": {"supported_by": _form(need.supported_by)}}


@_form.register
def _(need: AnswerNeed) -> dict[str, Plain]:
    return {"answer": _filled({"draws_on": [*need.draws_on]})}


def _needs(members: Iterable[Need]) -> list[Plain]:
    return [_form(member) for member in members]


def _bound(bound: Bound) -> Plain:
    if bound.op is Op.YES:
        return "yes"
    if bound.own:
        return {"own": bound.op.value}
    grade = {} if bound.partly_at is None else {"partly_at": write_value(bound.partly_at)}
    return {bound.op.value: _value(bound.value), **grade}


def _value(value: Value | frozenset[str] | None) -> Plain:
    if isinstance(value, frozenset):
        return _words(value)
    if value is None or isinstance(value, SetValue):
        raise ValueError("a bound that is not the organisation's own has a value")
    return write_value(value)


def _renewal(name: str, renewal: Renewal | None) -> dict[str, Plain]:
    if renewal is None:
        return {}
    return {name: {"own": "at_most"} if renewal.at_most is None else {"at_most": str(renewal.at_most)}}


def _input(source: MeasureInput) -> Plain:
    match source:
        case FigureInput(figure):
            return {"figure": figure}
        case YearsSinceInput(figure):
            return {"years_since": figure}
        case EventsInput(kind, within, take, above):
            body: dict[str, Plain] = {"events": kind, "within": str(within), "take": take.value}
            return body if above is None else body | {"above": str(above)}


def _who(who: Who) -> dict[str, Plain]:
    answers = {"outsourced": who.outsourced, "domestic": who.domestic}
    found: dict[str, Plain] = {name: "yes" if is_so else "no" for name, is_so in answers.items() if is_so is not None}
    return found | _filled({"roles": [*who.roles], "country": [*who.country]})


def _number(value: Value | None) -> str:
    return "" if value is None else write_value(value)


def _words(words: Iterable[str]) -> list[Plain]:
    return [*sorted(words)]


def _filled(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value}
