"""Current facts and judgements without asking the clock: everything is kept by the head of the journal.

A request reads one row, the head. Facts are kept per process by organisation and the head's hash, judgements with them
by the catalogue's digest and the day. Nothing is kept by time, so nothing can be stale; and what was judged of facts
goes when newer ones take their place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from safeconduct.core.snapshot import Snapshot
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.journal.kept import Kept
from safeconduct.server.journal.queries import Head, facts_of, head_of, locked_head

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.server.common.tenancy import OfOrganisation

ORGANISATIONS_KEPT, JUDGEMENTS_KEPT = 16, 24
"""Judgements are counted for each organisation: one with 200 sites takes 60 MB a day judged."""
TRIES_WITHOUT_LOCK = 3

Rule = Callable[[Snapshot, "Catalogue", date], Any]


@dataclass(frozen=True, slots=True)
class Current:
    """The facts of an organisation with the head they belong to, and what was judged of them."""

    head: Head
    snapshot: Snapshot
    judged: Kept[Hashable, Any] = field(default_factory=lambda: Kept(JUDGEMENTS_KEPT), repr=False, compare=False)


_facts: Kept[int, Current] = Kept(ORGANISATIONS_KEPT)


def snapshot_of(whose: OfOrganisation) -> Snapshot:
    """All facts of an organisation as they are now. One statement when nothing changed since the last time."""
    return current(whose).snapshot


def current(whose: OfOrganisation) -> Current:
    """The facts with their head: read head, load, read head again, and once more if it moved meanwhile."""
    head = head_of(whose)
    kept = _facts.get(whose.organisation_id)
    if kept is not None and kept.head == head:
        return kept
    for _ in range(TRIES_WITHOUT_LOCK):
        facts = facts_of(whose)
        before, head = head, head_of(whose)
        if before == head:
            return keep(whose, head, Snapshot(facts))
    return _loaded_under_lock(whose)


def _loaded_under_lock(whose: OfOrganisation) -> Current:
    """Load while nobody may write: for organisations that are written to all the time."""
    with transaction.atomic():
        head = locked_head(whose)
        return keep(whose, head, Snapshot(facts_of(whose)))


def keep(whose: OfOrganisation, head: Head, snapshot: Snapshot) -> Current:
    """Keep the facts that belong to a head. Whoever calls must know that they do."""
    found = Current(head, snapshot)
    _facts.put(whose.organisation_id, found)
    return found


def judged(whose: OfOrganisation, day: date, rule: Rule) -> Any:
    """What a rule of the core says of the current facts on a day; computed once per head, catalogue and day.

    `rule` is a function of a module (its name is part of the key): rule(snapshot, catalogue, day).
    """
    return _judged_of(whose, current(whose), day, rule)[1]


def judged_further[Further](
    whose: OfOrganisation, day: date, rule: Rule, name: Hashable, further: Callable[[Any], Further]
) -> Further:
    """What `further` makes of what a rule says; computed once per head, catalogue, day and name."""
    now = current(whose)
    key, found = _judged_of(whose, now, day, rule)
    made: Further = now.judged.get_or_make((key, name), lambda: further(found))
    return made


def _judged_of(whose: OfOrganisation, now: Current, day: date, rule: Rule) -> tuple[Hashable, Any]:
    """What a rule says, and the key it is kept by."""
    catalogue = catalogue_of(whose)
    key = (catalogue.digest, day, f"{rule.__module__}.{rule.__qualname__}")
    return key, now.judged.get_or_make(key, lambda: rule(now.snapshot, catalogue, day))


def forget_everything() -> None:
    """Forget all kept facts and judgements (they are read anew at the next question)."""
    _facts.clear()
