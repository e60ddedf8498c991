"""Warns of controls and terms that nothing uses: harmless, and often a sign of a row that names the wrong word."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.catalogue.terms import PERSONS
from safeconduct.catalogue.walking import Form, controls_named, forms_of, persons_named, terms_named
from safeconduct.core.errors import Place, Refusal
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.needs import ControlNeed

_WORDS = {
    "traits": "trait",
    "figures": "figure",
    "events": "event kind",
    "checks": "check list",
    "proofs": "proof kind",
    "lists": "list",
}


def unused(catalogue: Catalogue) -> tuple[Refusal, ...]:
    """One warning for each control and term that no row of any programme uses, and for each set with idle elements."""
    forms = [
        form for programme in catalogue.programmes.values() for row in programme.requirements for form in forms_of(row)
    ]
    return (*_unused_controls(catalogue, forms), *_unused_terms(catalogue, forms), *_unused_elements(catalogue, forms))


def _warning(field: str, what: str) -> Refusal:
    return Refusal(what, do="Use it, or leave it for a programme to come.", place=Place(field=field), code="unused")


def _unused_controls(catalogue: Catalogue, forms: list[Form]) -> Iterator[Refusal]:
    used = {key for form in forms for key in controls_named(form)} | set(catalogue.terms.own_targets.values())
    for key, control in catalogue.controls.items():
        if key not in used and not control.replaced_by:
            yield _warning(key, f"No row asks for the control {key!r}.")


def _unused_terms(catalogue: Catalogue, forms: list[Form]) -> Iterator[Refusal]:
    terms = catalogue.terms
    used = {named for form in forms for named in terms_named(form)}
    used |= {("lists", PERSONS)} | {("lists", key) for key in _lists_of_controls(catalogue)}
    sections = {
        "traits": terms.traits,
        "figures": terms.figures,
        "events": terms.events,
        "checks": terms.checks,
        "proofs": terms.proofs,
        "lists": terms.lists,
    }
    for section, entries in sections.items():
        for key in entries:
            if (section, key) not in used:
                yield _warning(f"{section}.{key}", f"Nothing uses the {_WORDS[section]} {key!r}.")


def _lists_of_controls(catalogue: Catalogue) -> set[str]:
    controls = catalogue.controls.values()
    named = {parameter.terms for control in controls for parameter in control.parameters.values()}
    return named | {control.by for control in controls}


def _unused_elements(catalogue: Catalogue, forms: list[Form]) -> Iterator[Refusal]:
    used = {(PERSONS, person) for form in forms for person in persons_named(form)}
    for form in forms:
        if isinstance(form, ControlNeed):
            used |= set(_elements_of(catalogue, form))
    known = _lists_of_controls(catalogue) - {catalogue.controls[key].by for key in catalogue.terms.own_targets.values()}
    for key, terms in catalogue.terms.lists.items():
        if key not in known or terms.ordered:
            continue
        wider = set(terms.wider.values())
        idle = [element for element in terms.elements if (key, element) not in used and element not in wider]
        if idle:
            yield _warning(f"lists.{key}", f"No row names these elements of {key!r}: {', '.join(idle)}.")


def _elements_of(catalogue: Catalogue, need: ControlNeed) -> Iterator[tuple[str, str]]:
    control = catalogue.controls[need.control]
    for element in need.for_:
        yield control.by, element
    for name, bound in need.bounds:
        if isinstance(bound.value, frozenset):
            for word in bound.value:
                yield control.parameters[name].terms, word
