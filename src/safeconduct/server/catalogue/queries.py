"""Reads the catalogue in use: rows with their programme, controls with those who ask them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.catalogue import usage
from safeconduct.catalogue.quality import is_computable, is_judged, is_mapped, strongest_obligation
from safeconduct.catalogue.walking import controls_named, forms_of, leaves_of
from safeconduct.core.errors import UnknownKey
from safeconduct.server.common.catalogue_in_use import catalogue_in_use

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.catalogue import Control, Obligation, Programme, Requirement, TermList
    from safeconduct.core.records.needs import Bound, ControlNeed


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A requirement with the edition it stands in."""

    programme: Programme
    row: Requirement

    def obligation(self, day: date) -> Obligation | None:
        """How strongly it binds on a day, by its strongest part; None where nothing binds yet."""
        return strongest_obligation(self.row, day)

    @property
    def judged(self) -> bool:
        """Whether it is judged at all: a trader's condition, figure or bonus."""
        return is_judged(self.row)

    @property
    def mapped(self) -> bool:
        """Whether it says what it needs; a heading does not."""
        return is_mapped(self.row)

    @property
    def computable(self) -> bool:
        """Whether recorded facts alone decide it."""
        return self.judged and is_computable(self.row)

    @property
    def decided_by(self) -> str:
        """What decides it: facts, a person, or (not) nothing because it is not judged."""
        if not self.judged:
            return "not"
        return "facts" if self.computable else "person"

    @property
    def controls(self) -> tuple[str, ...]:
        """The controls it names, each once, in the order asked."""
        return tuple(dict.fromkeys(key for form in forms_of(self.row) for key in controls_named(form)))


@dataclass(frozen=True, slots=True)
class AskedBound:
    """One bound on one parameter, with the leaf and the row that ask it."""

    entry: CatalogueRow
    need: ControlNeed
    parameter: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class Asking:
    """A row that names a control, with its leaf (None where it only draws on it or asks whether it is there)."""

    entry: CatalogueRow
    need: ControlNeed | None


def all_rows() -> tuple[CatalogueRow, ...]:
    """Every requirement of every edition, in the order of the files."""
    return tuple(entry for programme in catalogue_in_use().programmes.values() for entry in rows_of(programme))


def rows_of(programme: Programme) -> tuple[CatalogueRow, ...]:
    """The requirements of an edition, in the issuer's order."""
    return tuple(CatalogueRow(programme, row) for row in programme.requirements)


def programme_asked(key: str, edition: str) -> Programme:
    """An edition. Raises UnknownKey for one that is not in the catalogue."""
    editions = catalogue_in_use().programmes
    name = f"{key}/{edition}"
    if name not in editions:
        raise UnknownKey("edition of the catalogue", name, tuple(editions))
    return editions[name]


def row_asked(key: str) -> CatalogueRow:
    """A requirement of the newest edition that has it. Raises UnknownKey."""
    return CatalogueRow(*catalogue_in_use().row(key))


def control_asked(key: str) -> Control:
    """A control. Raises UnknownKey."""
    controls = catalogue_in_use().controls
    if key not in controls:
        raise UnknownKey("control", key, tuple(controls))
    return controls[key]


def list_asked(key: str) -> TermList:
    """A list of words. Raises UnknownKey."""
    lists = catalogue_in_use().terms.lists
    if key not in lists:
        raise UnknownKey("list of words", key, tuple(lists))
    return lists[key]


def neighbours(entry: CatalogueRow) -> tuple[CatalogueRow | None, CatalogueRow | None]:
    """The requirements before and after it in the issuer's order."""
    rows = rows_of(entry.programme)
    place = next(number for number, one in enumerate(rows) if one.row.key == entry.row.key)
    before = rows[place - 1] if place else None
    return before, rows[place + 1] if place + 1 < len(rows) else None


def askings_of(control: str) -> tuple[Asking, ...]:
    """Who names a control, edition by edition in the order of their rows; a row once per leaf."""
    uses = usage.uses_of_control(catalogue_in_use(), control)
    return tuple(Asking(CatalogueRow(use.programme, use.requirement), use.need) for use in uses)


def bounds_on(askings: tuple[Asking, ...]) -> Iterator[AskedBound]:
    """Every bound that the askings set, in their order."""
    for asking in askings:
        if asking.need is not None:
            for name, bound in asking.need.bounds:
                yield AskedBound(asking.entry, asking.need, name, bound)


def bounds_by_place() -> Mapping[tuple[str, str, str], tuple[AskedBound, ...]]:
    """Every bound of the catalogue by control, parameter and edition, in the order of the files: one walk for all."""
    found: dict[tuple[str, str, str], list[AskedBound]] = {}
    for entry in all_rows():
        for need in leaves_of(entry.row):
            for name, bound in need.bounds:
                place = (need.control, name, entry.programme.id)
                found.setdefault(place, []).append(AskedBound(entry, need, name, bound))
    return {place: tuple(asked) for place, asked in found.items()}


def programmes_asking() -> Mapping[str, tuple[str, ...]]:
    """For each control the editions that name it, in the order of the files."""
    return usage.programmes_asking(catalogue_in_use())


def rows_asking() -> Mapping[str, int]:
    """For each control how many requirements name it."""
    found: dict[str, int] = {}
    for entry in all_rows():
        for control in entry.controls:
            found[control] = found.get(control, 0) + 1
    return found
