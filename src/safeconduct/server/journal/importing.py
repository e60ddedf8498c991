"""A whole facts file into the rows, with a journal entry for each fact that changed: everything or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.checks import check
from safeconduct.facts.codec import to_plain
from safeconduct.server.accounts.actions import rename_organisation
from safeconduct.server.accounts.rights import ORGANISATION_SECTION, Right
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.journal import rows
from safeconduct.server.journal.actions import Draft, append, draft_of, draft_of_withdrawal
from safeconduct.server.journal.currency import current, keep
from safeconduct.server.journal.queries import Head, locked_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.server.accounts.viewer import Viewer

IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: facts that are new, changed, withdrawn, and were there just so; and the head after it."""

    new: int
    changed: int
    withdrawn: int
    unchanged: int
    head: Head


@dataclass(frozen=True, slots=True)
class _Difference:
    """How one section of a file differs from what is recorded."""

    section: str
    new: list[Any]
    changed: list[Any]
    withdrawn: list[str]
    unchanged: int


def import_facts(viewer: Viewer, facts: Facts) -> Imported:
    """Bring in a file's facts: new ones, and in place of those with the same key. What the file leaves out stays."""
    return _import(viewer, facts, replacing=False)


def replace_facts(viewer: Viewer, facts: Facts) -> Imported:
    """Bring in a file's facts and withdraw every fact that the file leaves out."""
    return _import(viewer, facts, replacing=True)


def _import(viewer: Viewer, facts: Facts, *, replacing: bool) -> Imported:
    viewer.need(Right.IMPORT)
    _refuse_other_organisation(viewer, facts)
    with transaction.atomic():
        locked_head(viewer)
        before = current(viewer)
        differences = [_difference(section, before.snapshot.facts, facts) for section in FACT_KINDS]
        if not replacing:
            differences = [replace(one, withdrawn=[]) for one in differences]
        after = _after(before.snapshot.facts, facts, differences)
        if problems := check(after, catalogue_in_use()):
            raise Refusals(problem.refusal() for problem in problems)
        drafts = [*_title_draft(before.snapshot.facts, after), *_drafts(differences)]
        _save(viewer, before.snapshot.facts, after, differences)
        head = append(viewer, before.head, drafts) if drafts else before.head
        transaction.on_commit(lambda: keep(viewer, head, Snapshot(after)))
    return Imported(
        new=sum(len(one.new) for one in differences),
        changed=sum(len(one.changed) for one in differences),
        withdrawn=sum(len(one.withdrawn) for one in differences),
        unchanged=sum(one.unchanged for one in differences),
        head=head,
    )


def _refuse_other_organisation(viewer: Viewer, facts: Facts) -> None:
    if facts.organisation.key != viewer.organisation_key:
        raise Refusal(
            f"The file tells of {facts.organisation.key!r}, and this is {viewer.organisation_key!r}.",
            why="Facts of one organisation never go into another.",
            do=f"Bring it into the organisation {facts.organisation.key!r}.",
            code="other-organisation",
        )


def _difference(section: str, before: Facts, facts: Facts) -> _Difference:
    there = {record.key: record for record in before.section(section)}
    found = _Difference(section, [], [], [], 0)
    unchanged = 0
    for record in facts.section(section):
        if record.key not in there:
            found.new.append(record)
        elif there[record.key] != record:
            found.changed.append(record)
        else:
            unchanged += 1
    kept = {record.key for record in facts.section(section)}
    return replace(found, unchanged=unchanged, withdrawn=[key for key in there if key not in kept])


def _after(before: Facts, facts: Facts, differences: list[_Difference]) -> Facts:
    sections: dict[str, Any] = {}
    for one in differences:
        gone = {*one.withdrawn, *(record.key for record in one.changed)}
        kept = [record for record in before.section(one.section) if record.key not in gone]
        sections[one.section] = tuple(sorted([*kept, *one.changed, *one.new], key=lambda record: record.key))
    title = facts.organisation.title or before.organisation.title
    return replace(before, organisation=replace(before.organisation, title=title), **sections)


def _title_draft(before: Facts, after: Facts) -> list[Draft]:
    if before.organisation == after.organisation:
        return []
    return [Draft("rename", ORGANISATION_SECTION, after.organisation.key, to_plain(after.organisation))]


def _drafts(differences: list[_Difference]) -> Iterator[Draft]:
    for one in differences:
        for record in [*one.new, *one.changed]:
            yield draft_of(record, deed=IMPORT)
        for key in one.withdrawn:
            yield draft_of_withdrawal(one.section, key, why="The file brought in leaves it out.")


def _save(viewer: Viewer, before: Facts, after: Facts, differences: list[_Difference]) -> None:
    if before.organisation != after.organisation:
        rename_organisation(viewer.organisation_id, after.organisation.title)
    for one in differences:
        rows.remove(one.section, viewer, [*one.withdrawn, *(record.key for record in one.changed)])
        rows.insert(one.section, viewer, [*one.changed, *one.new])
