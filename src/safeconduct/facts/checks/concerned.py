"""Whom events, attestations and look-ups may be about."""

from __future__ import annotations

from safeconduct.catalogue.walking import forms_of, persons_named
from safeconduct.core.records.catalogue import Catalogue

LIST = "concerned"
"""The catalogue's list of persons and groups of persons."""


def concerned(catalogue: Catalogue) -> frozenset[str]:
    """The catalogue's list, and all that its look-backs and lists ask about.

    A word outside them would name nobody a row asks for, and so silently count for nothing.
    """
    listed = catalogue.terms.lists.get(LIST)
    words = {"entity", *(listed.elements if listed else ())}
    words.update(*catalogue.terms.checks.values())
    for programme in catalogue.programmes.values():
        for row in programme.requirements:
            words.update(person for form in forms_of(row) for person in persons_named(form))
    return frozenset(words)
