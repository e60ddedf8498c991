"""Walking through the needs of rows, and whom they ask about."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.core.records import needs
from safeconduct.core.records.catalogue import Catalogue, Requirement
from safeconduct.core.records.needs import LookbackNeed, Need


def every_need(row: Requirement) -> Iterator[Need]:
    """All needs of a row and its parts, outer ones before those inside them."""
    tops = [row.needs, *(part.needs for part in row.parts)]
    for top in tops:
        if top is not None:
            yield from walk(top)


def walk(need: Need) -> Iterator[Need]:
    """A need and all needs inside it."""
    yield need
    for inner in inside(need):
        yield from walk(inner)


def inside(need: Need) -> tuple[Need, ...]:
    """The needs right inside a need."""
    match need:
        case needs.AllNeed(members=members) | needs.AnyNeed(members=members) | needs.SomeNeed(members=members):
            return members
        case needs.WhenNeed(then=then):
            return (then,)
        case needs.ChooseNeed(branches=branches, otherwise=otherwise):
            chosen = tuple(branch for _, branch in branches)
            return chosen if otherwise is None else (*chosen, otherwise)
        case needs.EveryNeed(each=each):
            return (each,)
        case needs.OutcomeNeed(supported_by=support):
            return (support,)
        case _:
            return ()


CONCERNED = "concerned"
"""The catalogue's list of those whom events and look-ups may be about."""


def concerned(catalogue: Catalogue) -> set[str]:
    """Whom events and attestations may be about: the catalogue's list, and all that its look-backs and lists ask."""
    listed = catalogue.terms.lists.get(CONCERNED)
    words = {"entity", *(listed.elements if listed else ())}
    words.update(*catalogue.terms.checks.values())
    for programme in catalogue.programmes.values():
        for row in programme.requirements:
            for need in every_need(row):
                words.update(need.about if isinstance(need, LookbackNeed) else ())
    return words
