"""The one way facts change: permission, refusal by the rules of facts, save, journal entry, in one transaction.

The apps above give their deeds names (`enrol`, `attach_evidence`, ...) and call `store` or `withdraw`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from safeconduct.core.errors import Place, Refusal, Refusals, UnknownKey
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.units import Organisation as OrganisationRecord
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.checks import Problem, check_record, naming, section_of
from safeconduct.facts.codec import split_personal, to_plain
from safeconduct.facts.keys import derived_key
from safeconduct.facts.shapes import is_control
from safeconduct.facts.writing import FORMAT
from safeconduct.server.accounts.actions import create_organisation
from safeconduct.server.accounts.models import Organisation
from safeconduct.server.accounts.rights import ORGANISATION_SECTION, Role
from safeconduct.server.accounts.viewer import COMMAND_LINE, Viewer
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.common.clock import now
from safeconduct.server.common.tenancy import owned_models
from safeconduct.server.journal import rows
from safeconduct.server.journal.chain import START, Link, canonical, hash_of, sealed
from safeconduct.server.journal.currency import current, keep
from safeconduct.server.journal.models import JournalEntry, JournalHead
from safeconduct.server.journal.queries import Head, locked_head
from safeconduct.server.journal.replay import WITHDRAW
from safeconduct.server.journal.sections import find, with_record, without_record
from safeconduct.server.journal.visibility import need_to_record, sees

if TYPE_CHECKING:
    from safeconduct.server.common.tenancy import OfOrganisation

LARGEST_RECORD = 256 * 1024
LONGEST_WHY = 2_000
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has its place in the chain."""

    deed: str
    section: str
    key: str
    factual: dict[str, Any]
    personal: dict[str, Any] = field(default_factory=dict)


def draft_of(record: Any, *, deed: str) -> Draft:
    """What the journal says when a record is stored."""
    factual, personal = split_personal(type(record), to_plain(record))
    return Draft(deed, section_of(record), record.key, factual, personal)


def draft_of_withdrawal(section: str, key: str, *, why: str) -> Draft:
    """What the journal says when a record is taken away."""
    return Draft(WITHDRAW, section, key, {"why": why})


def append(viewer: Viewer, head: Head, drafts: Sequence[Draft]) -> Head:
    """Add entries after the head and move it. Only inside a transaction that holds the head (`locked_head`)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry and what it tells of belong into one transaction")
    entries, moment = [], now()
    for draft in drafts:
        factual, personal = sealed(draft.factual), sealed(draft.personal)
        link = Link(
            organisation=viewer.organisation_key,
            seq=head.seq + 1,
            at=moment,
            actor=viewer.actor,
            section=draft.section,
            key=draft.key,
            deed=draft.deed,
            version=FORMAT,
            factual_digest=factual.digest,
            personal_digest=personal.digest,
            previous=head.hash,
        )
        head = Head(link.seq, hash_of(link))
        entries.append(
            _entry(viewer, link, head, factual=(factual.text, factual.salt), personal=(personal.text, personal.salt))
        )
    JournalEntry.objects.insert(entries, batch_size=BATCH)
    JournalHead.objects.of(viewer).update(seq=head.seq, hash=head.hash)
    return head


def _entry(
    whose: OfOrganisation, link: Link, head: Head, *, factual: tuple[str, str], personal: tuple[str, str]
) -> JournalEntry:
    return JournalEntry(
        organisation_id=whose.organisation_id,
        seq=link.seq,
        at=link.at,
        actor=link.actor,
        section=link.section,
        key=link.key,
        deed=link.deed,
        version=link.version,
        factual=factual[0],
        factual_salt=factual[1],
        factual_digest=link.factual_digest,
        personal=personal[0],
        personal_salt=personal[1],
        personal_digest=link.personal_digest,
        previous=link.previous,
        hash=head.hash,
    )


def found_organisation(key: str, *, title: str = "", actor: str = COMMAND_LINE) -> Organisation:
    """A new organisation with the first entry of its journal."""
    with transaction.atomic():
        organisation = create_organisation(key, title=title)
        head = Head(0, START)
        JournalHead.objects.insert([JournalHead(organisation_id=organisation.pk, seq=head.seq, hash=head.hash)])
        record = OrganisationRecord(key=key, title=title)
        draft = Draft("found-organisation", ORGANISATION_SECTION, key, to_plain(record))
        append(_founder(organisation, actor), head, [draft])
    return organisation


def dissolve_organisation(organisation: Organisation) -> None:
    """Delete an organisation with all that belongs to it, roles and tokens too; accounts of people stay.

    For demonstrations: what an organisation in earnest recorded is never deleted.
    """
    with transaction.atomic():
        for model in owned_models(apps.get_models()):
            model.objects.of(organisation).delete()
        organisation.delete()


def _founder(organisation: Organisation, actor: str) -> Viewer:
    return Viewer(
        actor=actor,
        organisation_id=organisation.pk,
        organisation_key=organisation.key,
        organisation_title=organisation.title,
        role=Role.ADMINISTRATOR,
    )


def delete_personal_parts(viewer: Viewer, entries: Sequence[int]) -> None:
    """Delete the personal part and its salt of some entries. The caller appends the entry that says so."""
    for start in range(0, len(entries), BATCH):
        chosen = JournalEntry.objects.of(viewer).filter(seq__in=entries[start : start + BATCH])
        chosen.update(personal=None, personal_salt="")


def store(viewer: Viewer, record: Any, *, deed: str) -> Any:
    """Record one fact, in place of the one with its key where there is one; the record."""
    return store_all(viewer, [record], deed=deed)[0]


def store_all(viewer: Viewer, records: Iterable[Any], *, deed: str) -> tuple[Any, ...]:
    """Record several facts together or none of them; a later one may rest on an earlier one.

    A fact whose key is empty gets one from its content. What is already recorded just so is left alone
    and gets no entry. Raises NotAllowed without the right, Refusals with every problem where the rules of facts refuse
    something: `place.field` is the field, or `section[key].field` where it is another fact's or one of several.
    """
    stored: list[Any] = []
    with transaction.atomic():
        locked_head(viewer)
        now_current = current(viewer)
        facts, drafts = now_current.snapshot.facts, []
        problems: list[Problem] = []
        for given in records:
            record = _with_key(given, facts)
            stored.append(record)
            section = section_of(record)
            before = find(facts, section, record.key)
            need_to_record(viewer, section, [record], facts)
            _need_to_replace(viewer, section, record.key, now_current.snapshot)
            if before == record:
                continue
            problems += problems_of(viewer, record, facts)
            facts = with_record(facts, record)
            drafts.append(draft_of(record, deed=deed))
            if not problems:
                rows.put(section, viewer, record)
        if problems:
            raise Refusals(_refusal(problem, alone=stored[0] if len(stored) == 1 else None) for problem in problems)
        _finish(viewer, now_current.head, drafts, facts)
    return tuple(stored)


def _need_to_replace(viewer: Viewer, section: str, key: str, snapshot: Snapshot) -> None:
    """What is replaced needs the right where it stands; what the viewer does not see is not found."""
    before = find(snapshot.facts, section, key)
    if before is None:
        return
    if not sees(viewer, section, before, snapshot):
        raise UnknownKey(FACT_KINDS[section].title.lower(), key, ())
    need_to_record(viewer, section, [before], snapshot.facts)


def _with_key(record: Any, facts: Facts) -> Any:
    if record.key:
        return record
    taken = {one.key for one in facts.section(section_of(record))}
    return replace(record, key=derived_key(record, taken))


def _refusal(problem: Problem, *, alone: Any | None) -> Refusal:
    """A problem as a refusal; of the only record of a deed it is enough to name the field."""
    if alone is None or (problem.section, problem.key) != (section_of(alone), alone.key):
        return problem.refusal()
    place = Place(field=problem.field)
    return Refusal(problem.what, why=problem.why, do=problem.do, place=place, code=problem.code)


def problems_of(viewer: Viewer, record: Any, facts: Facts) -> list[Problem]:
    """Why a viewer may not store a record among these facts; empty when it may be stored."""
    if len(canonical(to_plain(record))) > LARGEST_RECORD:
        do = "Attach the long text as a file."
        return [Problem(section_of(record), record.key, (), "The fact is larger than 256 kB.", do=do, code="too-large")]
    catalogue = catalogue_of(viewer)
    problems = check_record(record, facts, catalogue)
    for other in _shaken(record, facts):
        before = check_record(other, facts, catalogue)
        problems += [one for one in check_record(other, with_record(facts, record), catalogue) if one not in before]
    return problems


_LEANT_ON = ("kind", "in_", "control", "for_", "of", "at")
"""Fields of a record that the rules for other facts, which name it, look at."""


def _shaken(record: Any, facts: Facts) -> list[Any]:
    """Facts that name the record and may no longer be right when it is replaced."""
    section = section_of(record)
    before = find(facts, section, record.key)
    if before is None or all(getattr(before, name, None) == getattr(record, name, None) for name in _LEANT_ON):
        return []
    users = naming(facts, section, record.key)
    return [found for user, key in users if (found := find(facts, user, key)) is not None]


def withdraw(viewer: Viewer, section: str, key: str, *, why: str) -> None:
    """Take a fact away that should never have been recorded; the journal keeps what it said and why it went.

    Refused while other facts name it. Raises UnknownKey for what is not there or not seen by the viewer.
    """
    with transaction.atomic():
        locked_head(viewer)
        now_current = current(viewer)
        facts = now_current.snapshot.facts
        record = find(facts, section, key)
        if record is None or not sees(viewer, section, record, now_current.snapshot):
            raise UnknownKey(FACT_KINDS[section].title.lower(), key, ())
        need_to_record(viewer, section, [record], facts)
        _refuse_withdrawal(facts, section, key, why)
        rows.remove(section, viewer, [key])
        _finish(
            viewer, now_current.head, [draft_of_withdrawal(section, key, why=why)], without_record(facts, section, key)
        )


def _refuse_withdrawal(facts: Facts, section: str, key: str, why: str) -> None:
    title = FACT_KINDS[section].title
    if not why.strip():
        raise Refusal(f"{title} {key!r} is not withdrawn.", why="No reason was given.", do="Say why it goes.")
    if len(why) > LONGEST_WHY or any(map(is_control, why)):
        do = f"Say it in plain words, {LONGEST_WHY} letters at most."
        raise Refusal(f"{title} {key!r} is not withdrawn.", why="The reason cannot be kept.", do=do, code="bad-reason")
    users = naming(facts, section, key)
    if users:
        shown = ", ".join(f"{FACT_KINDS[user].title.lower()} {name}" for user, name in users[:5])
        more = f" and {len(users) - 5} more" if len(users) > 5 else ""
        raise Refusal(
            f"{title} {key!r} is not withdrawn.",
            why=f"It is named by {shown}{more}.",
            do="Withdraw these first, or give it a last day instead.",
            code="still-named",
        )


def _finish(viewer: Viewer, head: Head, drafts: Sequence[Draft], facts: Facts) -> None:
    """Write the entries, and keep the new facts for this process once they are committed."""
    if not drafts:
        return
    new_head = append(viewer, head, drafts)
    transaction.on_commit(lambda: keep(viewer, new_head, Snapshot(facts)))
