"""Needs as plain English: what a requirement asks, line by line, for people who never see the catalogue's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from safeconduct.catalogue.spoken_conditions import condition_words, measure_words
from safeconduct.catalogue.titles import Titles, joined, lower_first, plain, span_words, value_words
from safeconduct.catalogue.wording import bound_in_words
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import Catalogue, Parameter, Programme
from safeconduct.core.records.needs import (
    AllNeed,
    Anchor,
    AnswerNeed,
    AnyNeed,
    Bound,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    DateBasis,
    EveryNeed,
    LookbackNeed,
    MeasureNeed,
    MendedNeed,
    Need,
    Not,
    Op,
    OutcomeNeed,
    ProofNeed,
    Renewal,
    SomeNeed,
    WhenNeed,
    Who,
)

_OWN = "the organisation's own"
_COUNTED_BY = {
    DateBasis.ACT: "",
    DateBasis.FINDING: ", counted from the day it was found",
    DateBasis.DECISION: ", counted from the final decision",
}
_CHOSEN = frozenset({ParameterKind.SET, ParameterKind.ORDER, ParameterKind.CHOICE})
_KEPT_BY = {"self": "the organisation itself", "contract": "a firm under contract", "partner": "a partner"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a need; what stands below belongs to it. `control` is the control it asks, where it asks one."""

    text: str
    below: tuple[Line, ...] = ()
    control: str = ""

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Every line with its depth, from the top."""
        yield depth, self.text
        for line in self.below:
            yield from line.lines(depth + 1)


def need_words(catalogue: Catalogue, need: Need, programme: Programme | None = None) -> Line:
    """A need in plain English. The programme names its own levels.

    A control is told by its title; below it stands what it must reach, one bound a line.
    """
    return _line(need, Titles(catalogue, programme))


@singledispatch
def _line(need: Need, _titles: Titles) -> Line:
    raise TypeError(f"{type(need).__name__} is no need")


def _all(needs: Iterable[Need], titles: Titles) -> tuple[Line, ...]:
    return tuple(_line(need, titles) for need in needs)


@_line.register
def _(need: AllNeed, titles: Titles) -> Line:
    return Line("All of these", _all(need.members, titles))


@_line.register
def _(need: AnyNeed, titles: Titles) -> Line:
    return Line("One of these", _all(need.members, titles))


@_line.register
def _(need: SomeNeed, titles: Titles) -> Line:
    partly = f" ({need.partly} of them counts in part)" if need.partly else ""
    return Line(f"At least {need.n} of these{partly}", _all(need.members, titles))


@_line.register
def _(need: WhenNeed, titles: Titles) -> Line:
    return Line(f"Where {condition_words(titles, need.when)}", (_line(need.then, titles),))


@_line.register
def _(need: ChooseNeed, titles: Titles) -> Line:
    cases, before = [], set[Condition]()
    for when, then in need.branches:
        contrary = isinstance(when, Not) and when.of in before
        told = "that is not so" if contrary else condition_words(titles, when)
        cases.append(Line(f"Where {told}", (_line(then, titles),)))
        before.add(when)
    if need.otherwise is not None:
        cases.append(Line("Otherwise", (_line(need.otherwise, titles),)))
    return Line("The first of these that applies", tuple(cases))


@_line.register
def _(need: ControlNeed, titles: Titles) -> Line:
    control = titles.catalogue.controls.get(need.control)
    title = titles.control(need.control)
    kept = f": {titles.elements_of(control, need.for_)}" if control and need.for_ else ""
    said = [bound_words(titles, control.parameters[name], bound) for name, bound in need.bounds] if control else []
    return Line(f"{title}{kept}", tuple(Line(text) for text in [*said, *_shown_how(need)]), need.control)


def _shown_how(need: ControlNeed) -> Iterator[str]:
    if need.shown is not None:
        yield f"shown in {joined(kind.value for kind in need.shown)}"
    if need.assurance:
        verified = need.assurance == "verified"
        yield "verified by somebody other than its owner" if verified else need.assurance
    if need.by:
        yield f"kept by {joined((_KEPT_BY.get(one, plain(one)) for one in need.by), 'or')}"
    if need.share is not None:
        yield f"share that conforms: {bound_in_words(need.share)}"


def bound_words(titles: Titles, parameter: Parameter, bound: Bound) -> str:
    """What one bound asks of a parameter, as one line that names it.

    A title that holds the comparison itself (`at least every`) is not compared twice.
    """
    name = parameter.words_for_people()
    if bound.op is Op.YES:
        return name
    told = asked_words(titles, parameter, bound)
    return f"{name} {told}" if _compares(name) and not bound.own else f"{name}: {told}"


def asked_words(titles: Titles, parameter: Parameter, bound: Bound) -> str:
    """What one bound asks, without the parameter's name; the strongest word of an order is asked as it is."""
    if bound.op is Op.YES:
        return "yes"
    if bound.own:
        return f"{_OWN} {'choice' if parameter.kind in _CHOSEN else 'number'}"
    value = bound.value
    if isinstance(value, frozenset):
        elements = _in_order(titles, parameter, value)
        last = "or" if bound.op is Op.ONE_OF else "and"
        return joined((titles.element(parameter.terms, one) for one in elements), last)
    if isinstance(value, str) and bound.op is Op.AT_LEAST and value == _order_of(titles, parameter)[-1]:
        return titles.element(parameter.terms, value)
    told = bound_in_words(bound, said=lambda one: titles.value(parameter, one))
    named = _compares(parameter.words_for_people())
    return told.removeprefix("at least ").removeprefix("at most ") if named else told


def _compares(name: str) -> bool:
    """Whether the title of a parameter holds the comparison itself."""
    return "at least" in name or "at the latest" in name


def _order_of(titles: Titles, parameter: Parameter) -> tuple[str, ...]:
    found = titles.catalogue.terms.lists.get(parameter.terms)
    return found.elements if found else parameter.words or ("",)


def _in_order(titles: Titles, parameter: Parameter, words: frozenset[str]) -> list[str]:
    """The words in the order of their list."""
    order = _order_of(titles, parameter)
    return sorted(words, key=lambda one: (order.index(one) if one in order else len(order), one))


@_line.register
def _(need: MeasureNeed, titles: Titles) -> Line:
    return Line(measure_words(titles, need))


@_line.register
def _(need: LookbackNeed, titles: Titles) -> Line:
    who = joined(titles.person(one) for one in need.about)
    ends = "before the application" if need.anchor is Anchor.APPLICATION else "before the day asked about"
    young = " (or since its founding, where that is shorter)" if need.shorter_if_young else ""
    renewed = "" if need.renew is None else f", attested anew {_every(need.renew)}"
    kinds = tuple(Line(_event(titles, kind, weights)) for kind, weights in need.none_of.items())
    span = f"{span_words(need.window)} {ends}{young}"
    return Line(f"None of these in the {span}, by or about {who}{_COUNTED_BY[need.date]}{renewed}", kinds)


def _event(titles: Titles, kind: str, weights: frozenset[str]) -> str:
    known = titles.catalogue.terms.events.get(kind)
    order = known.weights if known else ()
    ranked = sorted(weights, key=lambda one: order.index(one) if one in order else len(order))
    return lower_first(titles.event(kind)) + (f", {joined(ranked, 'or')}" if ranked else "")


def _every(renewal: Renewal) -> str:
    """How often something is renewed."""
    return f"every {value_words(renewal.at_most)}" if renewal.at_most else f"at {_OWN} interval"


@_line.register
def _(need: CheckNeed, titles: Titles) -> Line:
    who = joined((titles.person(one) for one in need.about), "or")
    lists = tuple(Line(lower_first(titles.trait(one))) for one in need.lists)
    return Line(f"Looked up {_every(need.renew)} and on none of these lists: {who}", lists)


@_line.register
def _(need: CertificateNeed, titles: Titles) -> Line:
    schemes = joined((titles.scheme(one) for one in need.schemes), "or")
    recognised = f"a status that {titles.issuer(need.or_recognised_by)} recognises" if need.or_recognised_by else ""
    held = f"{schemes}; or {recognised}" if recognised else schemes
    holder = " (by the unit, its legal entity or the organisation)" if need.holder == "self" else ""
    return Line(f"Holds{holder}: {held}")


@_line.register
def _(need: ProofNeed, titles: Titles) -> Line:
    title = titles.proof(need.kind)
    if need.within is None:
        return Line(title)
    age = value_words(need.within.at_most) if need.within.at_most else f"{_OWN} interval"
    return Line(f"{title}, not older than {age}")


@_line.register
def _(need: EveryNeed, titles: Titles) -> Line:
    acting = " (one that a corrective action is running for counts in part)" if need.in_action_counts else ""
    member = plain(need.of).removesuffix("s")
    return Line(f"Every {member}{_who(titles, need.who)}{acting}", (_line(need.each, titles),))


def _who(titles: Titles, who: Who) -> str:
    """Which members are meant, after the noun."""
    told = [f"acting as {joined((titles.role(one) for one in who.roles), 'or')}"] if who.roles else []
    if who.domestic is not None:
        told.append("in the entity's own country" if who.domestic else "outside the entity's own country")
    if who.country:
        told.append(f"in {joined(who.country, 'or')}")
    if who.outsourced is not None:
        told.append(f"that {'does' if who.outsourced else 'does not do'} part of the organisation's own chain")
    return "".join(f" {one}" for one in told)


@_line.register
def _(need: MendedNeed, titles: Titles) -> Line:
    found = lower_first(titles.control(need.findings_of))
    age = value_words(need.within.at_most) if need.within.at_most else f"{_OWN} time"
    return Line(f"What this finds is put right within {age}: {found}", control=need.findings_of)


@_line.register
def _(need: OutcomeNeed, titles: Titles) -> Line:
    return Line("A named person judges that the outcome is reached, resting on", (_line(need.supported_by, titles),))


@_line.register
def _(need: AnswerNeed, titles: Titles) -> Line:
    drawn = tuple(Line(titles.control(key), control=key) for key in need.draws_on)
    return Line("Answered in the organisation's own words" + (", drawing on" if drawn else ""), drawn)
