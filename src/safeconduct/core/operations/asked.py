"""What somebody was asked to put right: corrective actions that run for what was found of a control at a place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
    from safeconduct.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """A weakness that was found and the action that puts it right."""

    raised: RaisedFinding
    action: CorrectiveAction


def running(action: CorrectiveAction, day: date) -> bool:
    """Whether an action is opened by the day and not closed by then; late or in time."""
    return action.opened <= day and (action.closed is None or action.closed > day)


def asked_of(
    snapshot: Snapshot, control: str, places: Collection[str], day: date, *, element: str | None = None
) -> tuple[Asked, ...]:
    """The actions that run on a day for a control at some places, the earliest due first.

    With an element those are left out that concern a record of another one.
    """
    found = [
        Asked(raised, action)
        for raised in snapshot.raised.get(control, ())
        if raised.at in places and _may_concern(snapshot, raised, element)
        for action in snapshot.actions.get(raised.key, ())
        if running(action, day)
    ]
    return tuple(sorted(found, key=lambda one: (one.action.due, one.action.key)))


def _may_concern(snapshot: Snapshot, raised: RaisedFinding, element: str | None) -> bool:
    record = snapshot.records.get(raised.about)
    return element is None or record is None or record.for_ == element
