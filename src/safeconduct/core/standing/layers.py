"""Which records of a control speak for a unit on a day, and what they say together.

Layers are the unit's own record over its legal entity's over the organisation's. The nearest value wins; a value
nobody gives nearer is taken from further up. `present: no` hides all layers above.

Source: catalogue language, section 3 (inherits, by) and 7.2 lines 1 to 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import covers, day_after, good_until
from safeconduct.core.quantities import RawValue, SetValue
from safeconduct.core.records.catalogue import Control, Inherits
from safeconduct.core.records.in_place import ControlInPlace, Shown, Target
from safeconduct.core.standing.ground import Ground


@dataclass(frozen=True)
class Layers:
    """The records that speak, nearest first; empty when nobody recorded anything.

    `element` is the one asked, `kept_for` the one the records are kept for (a wider one may speak for it);
    `changes` are the first days on which other records would speak, `good_until` the last day before the next of them.
    """

    control: Control
    element: str
    unit: str
    kept_for: str
    records: tuple[ControlInPlace, ...]
    changes: tuple[date, ...]
    good_until: date

    @property
    def nearest(self) -> ControlInPlace:
        """The record that speaks first."""
        return self.records[0]

    @property
    def own(self) -> ControlInPlace | None:
        """The unit's own record."""
        return self.records[0] if self.records and self.records[0].at == self.unit else None

    @property
    def from_wider(self) -> bool:
        """Whether the record is kept for a wider element than the one asked."""
        return self.kept_for != self.element

    def showing(self, kind: Shown) -> tuple[ControlInPlace, ...]:
        """The records whose evidence of a kind comes down to the unit."""
        if self.control.inherits is Inherits.FULL or (
            self.control.inherits is Inherits.PROCEDURE and kind is Shown.DESIGN
        ):
            return self.records
        return (self.own,) if self.own else ()

    def value(self, parameter: str) -> tuple[RawValue, ControlInPlace] | None:
        """The recorded value with the record that gives it (for sets the nearest of them), or None."""
        found: list[tuple[RawValue, ControlInPlace]] = [
            (record.values[parameter], record) for record in self._giving(parameter) if parameter in record.values
        ]
        if not found:
            return None
        nearest, record = found[0]
        return (_merged([value for value, _ in found]), record) if isinstance(nearest, SetValue) else (nearest, record)

    def target(self, parameter: str) -> Target | None:
        """The organisation's own target nearest to the unit, or None."""
        return next((record.targets[parameter] for record in self.records if parameter in record.targets), None)

    def _giving(self, parameter: str) -> Iterator[ControlInPlace]:
        declared = self.control.parameters.get(parameter)
        own_only = declared is not None and declared.inherits is Inherits.NEVER
        return (record for record in self.records if not own_only or record.at == self.unit)


def _merged(values: list[RawValue]) -> SetValue:
    """Element by element the nearest layer wins."""
    yes: set[str] = set()
    no: set[str] = set()
    for value in values:
        if isinstance(value, SetValue):
            yes |= value.yes - no
            no |= value.no - yes
    return SetValue(frozenset(yes), frozenset(no))


def layers(ground: Ground, control: Control, element: str, unit: str) -> Layers:
    """The records that speak for an element of a control at a unit on the ground's day.

    The record kept for exactly that element is used; failing that, the nearest wider one. Element first, place second.
    """
    return ground.once(("layers", control.key, element, unit), lambda: _find(ground, control, element, unit))


def _find(ground: Ground, control: Control, element: str, unit: str) -> Layers:
    changes: list[date] = []
    kept_for = element
    records: tuple[ControlInPlace, ...] = ()
    for candidate in _elements(ground, control, element):
        records = _stack(ground, control, candidate, unit, changes)
        if records:
            kept_for = candidate
            break
    return Layers(control, element, unit, kept_for, records, tuple(changes), good_until(ground.day, changes))


def _elements(ground: Ground, control: Control, element: str) -> tuple[str, ...]:
    terms = ground.catalogue.terms.lists.get(control.by)
    return terms.widening(element) if terms else (element,)


def _stack(
    ground: Ground, control: Control, element: str, unit: str, changes: list[date]
) -> tuple[ControlInPlace, ...]:
    places = (unit,) if control.inherits is Inherits.NEVER else ground.snapshot.layers(unit)
    stack: list[ControlInPlace] = []
    hidden = False
    for place in places:
        record = _in_force(ground.snapshot.placed(control.key, element, place), ground.day, changes)
        if record is None or hidden:
            continue
        if record.present or not stack:
            stack.append(record)
        hidden = not record.present
    return tuple(stack)


def _in_force(records: tuple[ControlInPlace, ...], day: date, changes: list[date]) -> ControlInPlace | None:
    """The latest record begun by the day and not ended; its neighbours' days are noted as changes."""
    in_force = None
    for record in records:
        changes.append(record.since)
        if record.until is not None:
            changes.append(day_after(record.until))
        if record.since <= day:
            in_force = record if covers(day, record.since, record.until) else None
    return in_force
