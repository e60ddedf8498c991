"""The current facts as one viewer sees them: what pages and API list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import UnknownKey
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.sections import find
from safeconduct.server.journal.visibility import sees, visible

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer


def seen(viewer: Viewer, section: str) -> tuple[Any, ...]:
    """The facts of a section that the viewer sees, by key. One statement when nothing changed."""
    snapshot = snapshot_of(viewer)
    return visible(viewer, section, snapshot.facts.section(section), snapshot)


def seen_one(viewer: Viewer, section: str, key: str) -> Any:
    """The fact of a key. Raises UnknownKey for what is not there and for what the viewer does not see, alike."""
    snapshot = snapshot_of(viewer)
    record = find(snapshot.facts, section, key)
    if record is None or not sees(viewer, section, record, snapshot):
        raise UnknownKey(FACT_KINDS[section].title.lower(), key, ())
    return record
