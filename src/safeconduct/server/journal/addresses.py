"""Where the journal is read, for those who may read it: an address is empty where the viewer may not follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.links import address

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer


def journal_url(viewer: Viewer, **sought: str) -> str:
    """The list of entries, narrowed to what is sought: `section`, `key`, `actor` ..."""
    return address("journal:list", query=sought) if viewer.may(Right.READ_ALL) else ""


def entry_url(viewer: Viewer, seq: int) -> str:
    """One entry."""
    return address("journal:entry", str(seq)) if viewer.may(Right.READ_ALL) else ""
