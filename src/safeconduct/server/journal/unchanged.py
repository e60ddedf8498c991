"""Changes only of what is still as it was read: nobody overwrites unseen what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from safeconduct.core.errors import Changed
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.codec import to_plain
from safeconduct.server.journal.chain import canonical
from safeconduct.server.journal.currency import current
from safeconduct.server.journal.queries import locked_head
from safeconduct.server.journal.sections import find
from safeconduct.server.journal.visibility import sees

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer


def state_of(record: Any | None) -> str:
    """What tells one state of a fact from another; empty where it is not recorded."""
    return "" if record is None else sha256(canonical(to_plain(record)).encode()).hexdigest()[:16]


@contextmanager
def unchanged(viewer: Viewer, section: str, key: str, *, read: str) -> Iterator[None]:
    """Do what follows only while a fact is in the state somebody read, and let nobody change it meanwhile.

    `read` is a `state_of`. Raises Changed where it is in another one by now.
    """
    with transaction.atomic():
        locked_head(viewer)
        now_current = current(viewer)
        record = find(now_current.snapshot.facts, section, key)
        if record is not None and not sees(viewer, section, record, now_current.snapshot):
            record = None
        if (now_state := state_of(record)) != read:
            what = f"{FACT_KINDS[section].title} {key!r} is not what it was; nothing was stored."
            raise Changed(what, now=now_state, do="Read it again, then decide anew.")
        yield
