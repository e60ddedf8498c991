"""Tells all about one entry of a table: recognition, equivalence, checklist, type of identifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeconduct.catalogue.need_writer import Plain
from safeconduct.core.provenance import Source
from safeconduct.core.records.catalogue import Catalogue, Recognition
from safeconduct.core.records.checklists import Checklist
from safeconduct.core.records.equivalence import Equivalence
from safeconduct.core.records.identifiers import IdentifierType

TableEntry = Recognition | Equivalence | Checklist | IdentifierType


def table_entries(catalogue: Catalogue) -> Mapping[str, TableEntry]:
    """Every entry of a table by its key. Equivalences and recognitions have keys of their own files."""
    entries: dict[str, TableEntry] = {one.key: one for one in catalogue.recognition}
    entries |= {one.key: one for one in catalogue.equivalences}
    return {**entries, **catalogue.checklists, **catalogue.identifiers}


def told_entry(entry: TableEntry) -> dict[str, Plain]:
    """All about one entry, as plain data; what is empty is left out."""
    match entry:
        case Recognition():
            fields = _recognition(entry)
        case Equivalence():
            fields = _equivalence(entry)
        case Checklist():
            fields = _checklist(entry)
        case IdentifierType():
            fields = _identifier(entry)
    return {name: value for name, value in fields if value}


def told_source(source: Source) -> dict[str, Plain]:
    """Where a statement comes from, as plain data."""
    told: dict[str, Plain] = {
        "document": source.document,
        "locator": source.locator,
        "checked": source.checked.isoformat(),
        "sure": source.sure.value,
    }
    return {**told, "link": source.link} if source.link else told


def _recognition(row: Recognition) -> Iterator[tuple[str, Plain]]:
    yield "what", "recognition"
    yield "key", row.key
    yield "recognised by", row.by
    yield "status", row.scheme
    yield "effect", row.effect
    yield "signed", row.signed.isoformat() if row.signed else ""
    yield "since", row.since.isoformat() if row.since else ""
    yield "until", row.until.isoformat() if row.until else ""
    yield "conditions", row.conditions
    if row.declare is not None:
        told: dict[str, Plain] = {"how": row.declare.how, "identifiers": [*row.declare.identifiers]}
        yield "on the declaration", {**told, "source": told_source(row.declare.source)}
    yield "source", told_source(row.source)


def _equivalence(row: Equivalence) -> Iterator[tuple[str, Plain]]:
    yield "what", "equivalence"
    yield "key", row.key
    yield "certificate", row.scheme
    yield "effect", row.effect.value
    yield "requirements", [*row.requirements]
    yield "held by", "the unit itself" if row.reach.held_by == "unit" else "the unit or what it belongs to"
    yield "roles", [*row.reach.roles]
    yield "variants", [*row.reach.variants]
    yield "must cover", row.reach.covers
    yield "since", row.since.isoformat() if row.since else ""
    yield "until", row.until.isoformat() if row.until else ""
    yield "conditions", row.conditions
    yield "source", told_source(row.source)


def _checklist(one: Checklist) -> Iterator[tuple[str, Plain]]:
    yield "what", "checklist"
    yield "key", one.key
    yield "title", one.title
    yield "version", one.version
    yield "supersedes", one.supersedes
    yield "points of", f"{one.control}, {one.parameter}"
    yield "units", [*one.units]
    yield "asked by", [*one.asked_by]
    items: list[Plain] = []
    for item in one.items:
        told: dict[str, Plain] = {"title": item.title, "point": item.point, "sure": item.source.sure.value}
        items.append({**told, "note": item.note} if item.note else told)
    yield "items", items
    yield "note", one.note
    yield "source", told_source(one.source)


def _identifier(kind: IdentifierType) -> Iterator[tuple[str, Plain]]:
    yield "what", "type of identifier"
    yield "key", kind.key
    yield "title", kind.title
    yield "issuer", kind.issuer
    yield "carried by", [bearer.value for bearer in kind.of]
    yield "form", kind.form
    yield "checked", kind.checked.value
    yield "refused when it does not fit", "yes" if kind.binds else "no"
    yield "pattern", kind.pattern
    yield "check digit", kind.rule
    yield "example", kind.example
    yield "numbers certificates of", [*kind.schemes]
    yield "note", kind.note
    yield "source", told_source(kind.source)
