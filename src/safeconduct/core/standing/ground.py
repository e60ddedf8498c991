"""What a judgement stands on: the facts, the catalogue and the day, with what was already looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from safeconduct.core.dates import Duration
from safeconduct.core.quantities import SetValue, read_duration

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.core.snapshot import Snapshot


@dataclass(frozen=True)
class Ground:
    """A snapshot and a catalogue as of one day. Look-ups are remembered; the ground itself never changes."""

    snapshot: Snapshot
    catalogue: Catalogue
    day: date
    remembered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once[Found](self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What was found under a key before, or else what `find` gives now, remembered; `find` never gives None."""
        found: Found | None = self.remembered.get(key)
        if found is None:
            found = self.remembered[key] = find()
        return found

    def on(self, day: date) -> Ground:
        """The same facts and catalogue as of another day."""
        return self if day == self.day else Ground(self.snapshot, self.catalogue, day)

    def excluded(self, unit: str) -> frozenset[str]:
        """Elements that the unit's profile says do not exist there."""
        found = self.snapshot.units.get(unit)
        return frozenset(found.profile.no) if found else frozenset()


def own_duration(value: object) -> Duration | None:
    """A duration from a recorded target or value; None when it is missing or not a duration."""
    if not isinstance(value, str) or isinstance(value, SetValue):
        return None
    try:
        return read_duration(value)
    except ValueError:
        return None
