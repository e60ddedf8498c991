"""What the fields of a form may look at: who fills it in, the facts and the catalogue, what the form already says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.core.snapshot import Snapshot
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.common.clock import today
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.visibility import bearing_on

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue, Programme
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.server.accounts.viewer import Viewer

type Said = Callable[[str], Any]


def _nothing_said(_name: str) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class FormGround:
    """The ground a form stands on. `said` tells what it already says of a field (typed, given or recorded)."""

    viewer: Viewer
    snapshot: Snapshot
    catalogue: Catalogue
    section: str
    day: date
    said: Said = field(default=_nothing_said)

    def text(self, name: str) -> str:
        """What the form says of a field as text; empty where it says nothing."""
        value = self.said(name)
        return value if isinstance(value, str) else ""

    @property
    def units(self) -> Mapping[str, Unit]:
        """The units by key."""
        return self.snapshot.units

    def shows(self, key: str) -> bool:
        """Whether a key is a unit whose page the viewer may open."""
        return key in self.units and (not self.viewer.limited or key in bearing_on(self.viewer, self.snapshot))

    def unit_title(self, key: str) -> str:
        """A unit, the organisation or a partner as people call it; the key itself where nothing else is known."""
        organisation = self.snapshot.facts.organisation
        if key == organisation.key:
            return organisation.title or key
        named = self.snapshot.units.get(key) or self.snapshot.partners.get(key)
        return (named.title if named else "") or key

    def control_title(self, key: str) -> str:
        """A control of the catalogue as people call it."""
        found = self.catalogue.controls.get(key)
        return found.title if found else key

    def record_title(self, record: ControlInPlace) -> str:
        """A control in place: what it is, its element, where."""
        element = f", {record.for_.replace('-', ' ')}" if record.for_ else ""
        return f"{self.control_title(record.control)}{element} at {self.unit_title(record.at)}"

    def programme(self) -> Programme | None:
        """The edition the form speaks of, where it names one."""
        return self.catalogue.programmes.get(self.text("edition"))

    def of_kind(self, kind: UnitKind) -> list[Unit]:
        """The legal entities or the sites, as the viewer may choose them."""
        found = [unit for unit in self.snapshot.facts.units if unit.kind is kind]
        if self.viewer.limited:
            found = [unit for unit in found if unit.key in self.viewer.units]
        return sorted(found, key=lambda unit: (unit.title or unit.key).casefold())


def ground_of(viewer: Viewer, section: str, said: Said = _nothing_said) -> FormGround:
    """The ground of a form for a fact of a section, as things are now."""
    return FormGround(viewer, snapshot_of(viewer), catalogue_of(viewer), section, today(), said)
