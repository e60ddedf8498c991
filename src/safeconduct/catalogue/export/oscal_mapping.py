"""How requirements relate to neutral controls, as one OSCAL mapping collection with a mapping for each edition.

A relationship is proved from what the row needs, never claimed. Whoever meets the row surely has the control standing,
or not; whoever has only the control standing surely meets the row, or not:

| the row proves the control | the control proves the row | relationship |
|---|---|---|
| yes | yes | equal-to |
| yes | no | superset-of: the row asks it and more (bounds, other controls, a person's judgement) |
| no | yes | subset-of: the row asks less (one way of several, only under a condition) |
| no | no | intersects-with |

Sources: OSCAL 1.2, control mapping model; NIST IR 8477, set theory relationship mapping.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.catalogue.export.oscal_catalog import statement_id
from safeconduct.catalogue.export.oscal_parts import (
    CONTROLS_FILE,
    Plain,
    catalog_file,
    filled,
    head,
    token,
    uuid_of,
)
from safeconduct.catalogue.export.sheets import newest_check
from safeconduct.catalogue.spoken import bound_words
from safeconduct.catalogue.titles import Titles
from safeconduct.catalogue.walking import forms_of, leaves_of
from safeconduct.core.criteria.holding import Holding
from safeconduct.core.criteria.proving import Asking, proves
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Catalogue, Programme, Requirement
from safeconduct.core.records.needs import AllNeed, AnswerNeed, ControlNeed, MendedNeed, Need, WhenNeed

_CONFIDENCE = {Sure.CONFIRMED: "high", Sure.SECONDARY: "medium", Sure.UNCONFIRMED: "low"}
_PROVENANCE = {"method": "hybrid", "matching-rationale": "semantic", "status": "not-complete"}
_DESCRIPTION = (
    "Which neutral control each requirement asks was written by people; how the two relate is proved from the needs of "
    "the requirement. Requirements that ask no control (look-backs over events, figures, certificates, guidance) are "
    "listed as gaps of the source. How sure a row's source is gives the confidence."
)


class Relationship(StrEnum):
    """How a requirement relates to a neutral control."""

    EQUAL = "equal-to"
    SUPERSET = "superset-of"
    SUBSET = "subset-of"
    INTERSECTS = "intersects-with"


@dataclass(frozen=True, slots=True)
class Related:
    """A requirement and a control, or the control for one element, with all leaves of the row that ask it."""

    row: Requirement
    control: str
    element: str
    relationship: Relationship
    leaves: tuple[ControlNeed, ...]


def related(catalogue: Catalogue, row: Requirement) -> Iterator[Related]:
    """Every control that a row asks or draws on, in the order asked; a control only named in a condition is not."""
    leaves: dict[tuple[str, str], list[ControlNeed]] = {}
    for leaf in leaves_of(row):
        for element in leaf.for_ or ("",):
            leaves.setdefault((leaf.control, element), []).append(leaf)
    for (control, element), found in leaves.items():
        yield Related(row, control, element, relationship(catalogue, row, control, element), tuple(found))
    asked = {control for control, _ in leaves}
    for control in dict.fromkeys(_drawn_on(row)):
        if control not in asked:
            yield Related(row, control, "", Relationship.INTERSECTS, ())


def _drawn_on(row: Requirement) -> Iterator[str]:
    for form in forms_of(row):
        match form:
            case AnswerNeed(draws_on):
                yield from draws_on
            case MendedNeed(findings_of=control):
                yield control


def relationship(catalogue: Catalogue, row: Requirement, control: str, element: str = "") -> Relationship:
    """How a row relates to a control that stands without any bound, for one element where it is kept by a list."""
    asking = Asking(catalogue, row.source.checked, row.scope)
    bare = ControlNeed(control, for_=(element,) if element else ())
    whole = AllNeed(tuple(_needs(row)))
    asks_it = proves(asking, Holding().add([(whole, row.scope)]), bare)
    is_enough = proves(asking, Holding().add([(bare, row.scope)]), whole)
    if asks_it:
        return Relationship.EQUAL if is_enough else Relationship.SUPERSET
    return Relationship.SUBSET if is_enough else Relationship.INTERSECTS


def _needs(row: Requirement) -> Iterator[Need]:
    """What the row needs, part by part, each behind its conditions."""
    inner = [(None, row.needs)] if row.needs is not None else [(part.when, part.needs) for part in row.parts]
    for when, need in inner:
        guarded = WhenNeed(when, need) if when is not None else need
        yield WhenNeed(row.when, guarded) if row.when is not None else guarded


def relationships(catalogue: Catalogue) -> Counter[Relationship]:
    """How often each relationship occurs."""
    rows = (row for programme in catalogue.programmes.values() for row in programme.requirements)
    return Counter(one.relationship for row in rows for one in related(catalogue, row))


def mapping_collection(catalogue: Catalogue) -> Plain:
    """The mappings of every edition that names some control."""
    mappings = (_mapping(catalogue, programme) for programme in catalogue.programmes.values())
    day = newest_check(catalogue) or date.min
    body: Plain = {
        "uuid": uuid_of("mapping-collection", catalogue.digest),
        "metadata": head(
            catalogue, "Requirements and neutral controls of Safeconduct", version=catalogue.digest[:12], day=day
        ),
        "provenance": {**_PROVENANCE, "mapping-description": _DESCRIPTION},
        "mappings": [one for one in mappings if one["maps"]],
    }
    return {"mapping-collection": body}


def _mapping(catalogue: Catalogue, programme: Programme) -> Plain:
    titles = Titles(catalogue, programme)
    found = [one for row in programme.requirements for one in related(catalogue, row)]
    mapped = {one.row.key for one in found}
    unmapped = [token(row.key) for row in programme.requirements if row.key not in mapped]
    gaps = {"uuid": uuid_of("gaps", programme.id), "unmapped-controls": [{"with-ids": unmapped}]} if unmapped else {}
    complete = all(one.complete for one in programme.coverage.values())
    return {
        "uuid": uuid_of("mapping", programme.id),
        "status": "complete" if complete else "not-complete",
        "source-resource": {"type": "catalog", "href": catalog_file(programme)},
        "target-resource": {"type": "catalog", "href": CONTROLS_FILE},
        "maps": [_map(titles, programme, one) for one in found],
        **filled({"source-gap-summary": gaps}),
    }


def _map(titles: Titles, programme: Programme, one: Related) -> Plain:
    target = (
        {"type": "statement", "id-ref": statement_id(one.control, one.element)}
        if one.element
        else {"type": "control", "id-ref": token(one.control)}
    )
    return {
        "uuid": uuid_of("map", programme.id, one.row.key, one.control, one.element),
        "relationship": one.relationship.value,
        "sources": [{"type": "control", "id-ref": token(one.row.key)}],
        "targets": [target],
        **filled({"qualifiers": list(_qualifiers(titles, one))}),
        "confidence-score": {"category": _CONFIDENCE[one.row.source.sure]},
    }


def _qualifiers(titles: Titles, one: Related) -> Iterator[Plain]:
    """What the row asks of the control beyond that it stands: its bounds in plain English."""
    parameters = titles.catalogue.controls[one.control].parameters
    bounds = dict.fromkeys(pair for leaf in one.leaves for pair in leaf.bounds)
    for name, bound in bounds:
        yield {
            "subject": "source",
            "predicate": "has-requirement",
            "category": "addressable",
            "description": bound_words(titles, parameters[name], bound),
        }
