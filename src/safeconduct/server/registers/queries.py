"""Reads facts by register as the viewer sees them, with what names them and their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import UnknownKey
from safeconduct.facts.checks import naming
from safeconduct.server.accounts.rights import SITE_SECTIONS
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.queries import JournalLine, Sought, journal_lines
from safeconduct.server.journal.reading import seen, seen_one
from safeconduct.server.journal.sections import find
from safeconduct.server.journal.visibility import sees, visible
from safeconduct.server.registers.kinds import REGISTERS, RegisterKind

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

_HISTORY, _USERS = 20, 50


def open_registers(viewer: Viewer) -> tuple[RegisterKind, ...]:
    """The registers the viewer may look into."""
    return tuple(one for one in REGISTERS.values() if not viewer.limited or one.section in SITE_SECTIONS)


def register_seen(viewer: Viewer, section: str) -> RegisterKind:
    """One register. Raises UnknownKey for what is none, and for what the viewer may not look into."""
    for kind in open_registers(viewer):
        if kind.section == section:
            return kind
    raise UnknownKey("register", section, ())


def facts_seen(viewer: Viewer, section: str) -> tuple[Any, ...]:
    """The facts of a register by key."""
    return seen(viewer, section)


def counts_seen(viewer: Viewer) -> dict[str, int]:
    """How many facts of each open register the viewer sees. One statement when nothing changed."""
    snapshot = snapshot_of(viewer)
    sections = [kind.section for kind in open_registers(viewer)]
    return {one: len(visible(viewer, one, snapshot.facts.section(one), snapshot)) for one in sections}


def fact_seen(viewer: Viewer, section: str, key: str) -> Any:
    """One fact. Raises UnknownKey for what is not there or not seen."""
    return seen_one(viewer, section, key)


def users_seen(viewer: Viewer, section: str, key: str) -> list[tuple[str, str]]:
    """Facts that name a fact, by section and key, as far as the viewer sees them; the first fifty."""
    snapshot = snapshot_of(viewer)
    users = naming(snapshot.facts, section, key)
    found = ((user, name, find(snapshot.facts, user, name)) for user, name in users)
    kept = [(user, name) for user, name, one in found if one is not None and sees(viewer, user, one, snapshot)]
    return kept[:_USERS]


def history_of(viewer: Viewer, section: str, key: str) -> tuple[JournalLine, ...]:
    """What the journal says of a fact, newest first; the last twenty entries."""
    return journal_lines(viewer, Sought(section=section, key=key), size=_HISTORY)
