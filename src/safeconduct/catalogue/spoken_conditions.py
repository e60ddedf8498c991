"""Conditions and measures as plain English, inside a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.catalogue.titles import Titles, joined, lower_first, plain, span_words, value_words
from safeconduct.core.records.needs import (
    AllOf,
    AnyOf,
    Condition,
    EventsInput,
    Expression,
    FigureInput,
    FlowIs,
    MeasureInput,
    MeasureIs,
    MeasureNeed,
    Name,
    Not,
    Number,
    PresentIs,
    RoleIs,
    Take,
    TraitIs,
    VariantIs,
    YearsSinceInput,
)

_SIGNS = {"+": "plus", "-": "less", "*": "times", "/": "over"}


def condition_words(titles: Titles, condition: Condition) -> str:
    """What must be so, as the end of a sentence that begins with *where*."""
    match condition:
        case TraitIs(trait):
            return lower_first(titles.trait(trait))
        case VariantIs(variant):
            return f"{titles.variant(variant)} is sought"
        case RoleIs(role):
            return f"the role is {titles.role(role)}"
        case PresentIs(control):
            return f"this stands: {lower_first(titles.control(control))}"
        case FlowIs():
            return _flow_words(condition)
        case MeasureIs(measure):
            return f"{_value_words(titles, measure)} comes to {_limits(measure)}"
        case Not(inner):
            return f"it is not so that {condition_words(titles, inner)}"
        case AllOf(members):
            return joined(condition_words(titles, one) for one in members)
        case AnyOf(members):
            return joined((condition_words(titles, one) for one in members), "or")


def _flow_words(flow: FlowIs) -> str:
    """Which way goods move; countries by their codes."""
    sides = [("from", flow.from_), ("to", flow.to), ("by", flow.mode)]
    told = [f"{side} {joined((_place(one) for one in wanted), 'or')}" for side, wanted in sides if wanted]
    return f"goods move {' '.join(told)}"


def _place(word: str) -> str:
    return word if word.isupper() else plain(word)


def measure_words(titles: Titles, measure: MeasureNeed) -> str:
    """A number and its limits: `Liabilities over assets: at most 0.85`."""
    told = _value_words(titles, measure)
    return f"{told[:1].upper()}{told[1:]}: {_limits(measure)}"


def _value_words(titles: Titles, measure: MeasureNeed) -> str:
    return _expression(measure.value, {name: input_words(titles, source) for name, source in measure.let})


def _limits(measure: MeasureNeed) -> str:
    limits = [("at least", measure.at_least), ("at most", measure.at_most)]
    return joined(f"{word} {value_words(limit)}" for word, limit in limits if limit is not None)


def input_words(titles: Titles, source: MeasureInput) -> str:
    """One number a measure is made of."""
    match source:
        case FigureInput(figure):
            return lower_first(titles.figure(figure))
        case YearsSinceInput(figure):
            return f"whole years since: {lower_first(titles.figure(figure))}"
        case EventsInput(kind, within, take, above):
            event = lower_first(titles.event(kind))
            over = f" above {value_words(above)}" if above is not None else ""
            taken = {Take.MAX: "largest amount of", Take.SUM: "sum of", Take.COUNT: "number of"}[take]
            return f"{taken} “{event}”{over} in the last {span_words(within)}"


def _expression(form: Expression, inputs: Mapping[str, str], *, inside: bool = False) -> str:
    match form:
        case Name(name):
            return inputs.get(name, name)
        case Number(value):
            return value_words(value)
        case _ if form.op in _SIGNS:
            told = f" {_SIGNS[form.op]} ".join(_operands(form.operands, inputs))
            return f"({told})" if inside else told
        case _:
            word = {"max": "the largest of", "min": "the smallest of"}.get(form.op, form.op)
            return f"{word} {joined(_operands(form.operands, inputs))}"


def _operands(operands: Iterable[Expression], inputs: Mapping[str, str]) -> list[str]:
    return [_expression(one, inputs, inside=True) for one in operands]
