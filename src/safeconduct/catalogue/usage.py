"""What uses a control, a list or a scheme: the crosswalk read backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safeconduct.catalogue.walking import controls_named, forms_of, leaves_of
from safeconduct.catalogue.wording import bound_in_words
from safeconduct.core.records.catalogue import Catalogue, Control, Programme, Requirement
from safeconduct.core.records.needs import ControlNeed


@dataclass(frozen=True, slots=True)
class Use:
    """A row that names a control, with the leaf that asks it (None where it is only drawn on or asked about)."""

    programme: Programme
    requirement: Requirement
    need: ControlNeed | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One parameter of one control (and element), with the bounds that programmes set, by programme id."""

    control: str
    element: str
    parameter: str
    bounds: Mapping[str, tuple[str, ...]]


def uses_of_control(catalogue: Catalogue, key: str) -> tuple[Use, ...]:
    """The rows that name a control, programme by programme in the order of their rows; a row once per leaf."""
    return tuple(_uses(catalogue, key))


def _uses(catalogue: Catalogue, key: str) -> Iterator[Use]:
    for programme in catalogue.programmes.values():
        for requirement in programme.requirements:
            named = False
            for form in forms_of(requirement):
                if isinstance(form, ControlNeed) and form.control == key:
                    named = True
                    yield Use(programme, requirement, form)
            if not named and any(key in controls_named(form) for form in forms_of(requirement)):
                yield Use(programme, requirement)


def programmes_asking(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """For each control the editions that name it, in the order of the files; a control nobody asks is not there."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for programme in catalogue.programmes.values():
        for requirement in programme.requirements:
            for form in forms_of(requirement):
                for control in controls_named(form):
                    found[control][programme.id] = None
    return {control: tuple(editions) for control, editions in found.items()}


def controls_with_list(catalogue: Catalogue, key: str) -> tuple[Control, ...]:
    """The controls that are kept by a list, or have a parameter that draws on it."""
    return tuple(
        control
        for control in catalogue.controls.values()
        if control.by == key or any(parameter.terms == key for parameter in control.parameters.values())
    )


def meetings(catalogue: Catalogue) -> tuple[Meeting, ...]:
    """Every parameter that two programmes or more bound, most editions first; bounds are in words."""
    found: dict[tuple[str, str, str], dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for programme in catalogue.programmes.values():
        for requirement in programme.requirements:
            for need in leaves_of(requirement):
                for element in need.for_ or ("",):
                    for name, bound in need.bounds:
                        found[need.control, element, name][programme.id][bound_in_words(bound)] = None
    joint = [
        Meeting(*spot, {programme: tuple(bounds) for programme, bounds in by_programme.items()})
        for spot, by_programme in found.items()
        if len({programme.split("/")[0] for programme in by_programme}) > 1
    ]
    return tuple(sorted(joint, key=lambda one: (-len(one.bounds), one.control, one.element, one.parameter)))
