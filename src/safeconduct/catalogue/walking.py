"""Walks through needs and conditions: every form inside a form, and the words they name."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.core.records.catalogue import Requirement
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    AnswerNeed,
    AnyNeed,
    AnyOf,
    CheckNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    EventsInput,
    EveryNeed,
    LookbackNeed,
    MeasureIs,
    MeasureNeed,
    MendedNeed,
    Need,
    Not,
    OutcomeNeed,
    PresentIs,
    ProofNeed,
    SomeNeed,
    TraitIs,
    WhenNeed,
)

Form = Need | Condition


def forms_of(requirement: Requirement) -> Iterator[Form]:
    """Every need and condition of a row and its parts."""
    tops = [requirement.when, requirement.needs]
    for part in requirement.parts:
        tops += [part.when, part.needs]
    for top in tops:
        if top is not None:
            yield from forms_in(top)


def forms_in(form: Form) -> Iterator[Form]:
    """The form itself and every need and condition inside it, outermost first."""
    yield form
    for inner in _inside(form):
        yield from forms_in(inner)


def _inside(form: Form) -> tuple[Form, ...]:
    match form:
        case AllNeed(members) | AnyNeed(members):
            return members
        case SomeNeed(members=members):
            return members
        case AllOf(members) | AnyOf(members):
            return members
        case WhenNeed(when, then):
            return (when, then)
        case ChooseNeed(branches, otherwise):
            inner = tuple(part for branch in branches for part in branch)
            return inner if otherwise is None else (*inner, otherwise)
        case EveryNeed(each=inner_need) | OutcomeNeed(inner_need):
            return (inner_need,)
        case Not(inner_condition):
            return (inner_condition,)
        case MeasureIs(measure):
            return (measure,)
        case _:
            return ()


def leaves_of(requirement: Requirement) -> Iterator[ControlNeed]:
    """Every leaf of a row: each control asked, with its bounds."""
    return (form for form in forms_of(requirement) if isinstance(form, ControlNeed))


def controls_named(form: Form) -> tuple[str, ...]:
    """The controls one form names itself, without the forms inside it."""
    match form:
        case ControlNeed(control=key) | MendedNeed(findings_of=key) | PresentIs(key):
            return (key,)
        case AnswerNeed(draws_on):
            return draws_on
        case _:
            return ()


def terms_named(form: Form) -> tuple[tuple[str, str], ...]:
    """The terms one form names itself, as (section of terms.yml, key)."""
    match form:
        case TraitIs(key):
            return (("traits", key),)
        case MeasureNeed(let=let):
            inputs = [source for _, source in let]
            return tuple(
                ("events", source.kind) if isinstance(source, EventsInput) else ("figures", source.figure)
                for source in inputs
            )
        case LookbackNeed(none_of=none_of):
            return tuple(("events", kind) for kind in none_of)
        case CheckNeed(lists=lists):
            return tuple(("checks", key) for key in lists)
        case ProofNeed(kind=kind):
            return (("proofs", kind),)
        case _:
            return ()


def persons_named(form: Form) -> tuple[str, ...]:
    """Whom one form is about."""
    return form.about if isinstance(form, LookbackNeed | CheckNeed) else ()
