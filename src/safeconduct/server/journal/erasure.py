"""Erases what is about one person: from the facts, and from the journal without breaking its chain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from safeconduct.core.errors import Refusal
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import ERASED, shape_of
from safeconduct.server.accounts.rights import Right
from safeconduct.server.journal import rows
from safeconduct.server.journal.actions import Draft, append, delete_personal_parts, draft_of
from safeconduct.server.journal.currency import current, keep
from safeconduct.server.journal.queries import locked_head, personal_entries
from safeconduct.server.journal.sections import with_record
from safeconduct.server.journal.verification import ERASE

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer


def erase_person(viewer: Viewer, person: str) -> int:
    """Erase a person, named as in the facts, from every fact and entry of the organisation; how many entries it was.

    Facts stay; the person's fields in them are emptied, or say `(erased)` where something must stand. An entry loses
    its whole personal part. Nobody can bring the name back.
    """
    viewer.need(Right.ERASE)
    if not person.strip():
        raise Refusal("Nobody is named.", do="Give the name as it stands in the facts.")
    with transaction.atomic():
        locked_head(viewer)
        now_current = current(viewer)
        changed = [new for record in _all(now_current.snapshot.facts) if (new := _without(record, person)) != record]
        entries = [seq for seq, _, personal in personal_entries(viewer) if person in personal.values()]
        if not changed and not entries:
            raise Refusal(f"No fact names {person!r}.", do="Write the name exactly as it stands in the facts.")
        facts = now_current.snapshot.facts
        for record in changed:
            rows.put(section_of(record), viewer, record)
            facts = with_record(facts, record)
        delete_personal_parts(viewer, entries)
        drafts = [
            Draft(ERASE, "", "", {"entries": entries}),
            *(draft_of(record, deed="erase-person") for record in changed),
        ]
        head = append(viewer, now_current.head, drafts)
        transaction.on_commit(lambda: keep(viewer, head, Snapshot(facts)))
    return len(entries)


def _all(facts: Facts) -> list[Any]:
    return [record for section in FACT_KINDS for record in facts.section(section)]


def _without(record: Any, person: str) -> Any:
    """The record without the person."""
    members = shape_of(type(record)).members
    named = [one for one in members if one.field.metadata.get("personal") and getattr(record, one.name) == person]
    return replace(record, **{one.name: ERASED if one.required else one.default for one in named}) if named else record
