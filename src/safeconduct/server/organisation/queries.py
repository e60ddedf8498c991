"""Reads legal entities and sites as the viewer sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.server.journal.reading import seen, seen_one

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer


def units_seen(viewer: Viewer) -> tuple[Unit, ...]:
    """Legal entities and sites by key."""
    return seen(viewer, "units")


def unit_seen(viewer: Viewer, key: str) -> Unit:
    """One legal entity or site. Raises UnknownKey for what the viewer does not see."""
    unit: Unit = seen_one(viewer, "units", key)
    return unit


def entities_seen(viewer: Viewer) -> tuple[Unit, ...]:
    """Legal entities by key."""
    return tuple(unit for unit in units_seen(viewer) if unit.kind is UnitKind.ENTITY)


def sites_seen(viewer: Viewer) -> tuple[Unit, ...]:
    """Sites by key."""
    return tuple(unit for unit in units_seen(viewer) if unit.kind is UnitKind.SITE)
