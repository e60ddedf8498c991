"""Every key a fact names exists: units, partners, records, and the words of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any

from safeconduct.core.errors import nearest
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.fields import file_name, record_fields
from safeconduct.core.records.units import UnitKind
from safeconduct.facts.checks.problem import Flaw, Flaws, Known, Path

Keys = Callable[[Known], Collection[str]]


@dataclass(frozen=True, slots=True)
class Names:
    """What a reference may name: in words, the sections of the facts and the keys of the catalogue it looks in.

    `unit` asks for a unit of one kind; `organisation` also takes the organisation itself.
    """

    words: str
    sections: tuple[str, ...] = ()
    catalogue: Keys | None = None
    organisation: bool = False
    unit: UnitKind | None = None

    def places(self, known: Known) -> list[Collection[str]]:
        """Where the key may be found."""
        found = [known.units(self.unit)] if self.unit else [known.keys(section) for section in self.sections]
        if self.organisation:
            found.append((known.organisation,))
        return found if self.catalogue is None else [*found, self.catalogue(known)]


NAMES = {
    "container": Names("unit", ("units",), organisation=True),
    "entity": Names("legal entity", ("units",), unit=UnitKind.ENTITY),
    "site": Names("site", ("units",), unit=UnitKind.SITE),
    "place": Names("unit", ("units",), organisation=True),
    "holder": Names("partner or unit", ("partners", "units"), organisation=True),
    "partner": Names("partner", ("partners",)),
    "in_place": Names("control in place", ("in_place",)),
    "mendable": Names("finding, partner or sample", ("findings", "partners", "samples")),
    "control": Names("control", catalogue=lambda known: known.catalogue.controls),
    "requirement": Names("requirement", catalogue=lambda known: known.requirements),
    "edition": Names("programme and edition", catalogue=lambda known: known.catalogue.programmes),
    "scheme": Names("scheme", catalogue=lambda known: known.catalogue.terms.schemes),
    "proof-kind": Names("kind of proof", catalogue=lambda known: known.catalogue.terms.proofs),
    "event-kind": Names("kind of event", catalogue=lambda known: known.catalogue.terms.events),
    "figure": Names("figure", catalogue=lambda known: known.catalogue.terms.figures),
    "risk-place": Names("site, legal entity or lane", ("units", "lanes"), organisation=True),
    "risk-assessment": Names("risk assessment", ("risk_assessments",)),
    "asset": Names("critical asset", ("assets",)),
    "risk": Names("risk", ("risks",)),
    "scenario": Names("scenario", ("scenarios",), catalogue=lambda known: known.catalogue.threats.scenarios),
    "matrix": Names("matrix", catalogue=lambda known: known.catalogue.threats.matrices),
    "scale": Names("scale", catalogue=lambda known: known.catalogue.threats.scales),
    "figure-of-threats": Names("figure", catalogue=lambda known: known.catalogue.threats.figures),
    "check-list": Names("list to look up", catalogue=lambda known: known.catalogue.terms.checks),
}
"""What each `ref` of a field may name. Traits, roles and parameters depend on the record and are checked there."""


def _references(record: type[Any]) -> tuple[tuple[str, str], ...]:
    found = ((field.name, field.metadata.get("ref", "").removesuffix("?")) for field in record_fields(record))
    return tuple((name, ref) for name, ref in found if ref in NAMES)


# The fields of each record class that name something, each with what it names.
_REFERENCES = {kind.record: _references(kind.record) for kind in FACT_KINDS.values()}


def named_by(record: Any) -> list[tuple[str, str, Path]]:
    """What a record names: the sort of name, the key and the path of the field. Empty fields name nothing."""
    found: list[tuple[str, str, Path]] = []
    for name, ref in _REFERENCES[type(record)]:
        value = getattr(record, name)
        if isinstance(value, tuple):
            found += [(ref, key, (file_name(name), at)) for at, key in enumerate(value, start=1)]
        elif value:
            found.append((ref, value, (file_name(name),)))
    return found


def dangling(record: Any, known: Known) -> Flaws:
    """Each key of the record that names nothing."""
    for ref, key, path in named_by(record):
        names = NAMES[ref]
        places = names.places(known)
        if any(key in place for place in places):
            continue
        unit = known.snapshot.units.get(key) if names.unit else None
        if unit is not None:
            what = f"{key!r} is a {_KINDS[unit.kind]}, and a {names.words} is asked here."
            do = f'Did you mean "{unit.in_}"?' if unit.kind is UnitKind.SITE else "Name its sites one by one."
        else:
            what = f"There is no {names.words} {key!r}."
            do = nearest(key, chain.from_iterable(places)).strip() or _REMEDY[names.catalogue is None]
        yield Flaw(path, what, do=do, code="unknown-key", names=key)


_KINDS = {UnitKind.ENTITY: "legal entity", UnitKind.SITE: "site"}
_REMEDY = {True: "Record it first, or name one that is on record.", False: "Name one that the catalogue has."}


def naming(facts: Facts, section: str, key: str) -> list[tuple[str, str]]:
    """The records that name a record, by section and key: while there are any, it cannot be removed."""
    refs = {ref for ref, names in NAMES.items() if section in names.sections}
    users: list[tuple[str, str]] = []
    for name, kind in FACT_KINDS.items():
        if refs & {ref for _, ref in _REFERENCES[kind.record]}:
            users += [(name, record.key) for record in facts.section(name) if _names(record, refs, key)]
    return users


def _names(record: Any, refs: set[str], key: str) -> bool:
    return any(ref in refs and named == key for ref, named, _ in named_by(record))
