"""Reads facts and the journal: the bridge from rows to records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from safeconduct.core.dates import shifted
from safeconduct.core.errors import Damaged, UnknownKey
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.units import Organisation
from safeconduct.server.accounts.queries import names_of, organisation_number
from safeconduct.server.journal.chain import Link
from safeconduct.server.journal.models import JournalEntry, JournalHead
from safeconduct.server.journal.rows import UNREADABLE, records_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from safeconduct.server.common.tenancy import OfOrganisation

_FIRST_DAY, _LAST_DAY = shifted(date.min, 2), shifted(date.max, -2)
_MOST_WORDS, _LONGEST_WORD = 20, 200
"""No entry is looked for by more words or longer ones; databases give up long before people do."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain. Two equal heads mean equal facts: the hash rests on fresh salts each time."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is checked and replayed."""

    link: Link
    factual: str
    factual_salt: str
    personal: str | None
    personal_salt: str
    hash: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry as the journal's list shows it. `actor_name` is the key itself where the person was erased."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    section: str
    key: str
    deed: str
    factual: dict[str, Any]
    personal: dict[str, Any] | None
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the journal's list is narrowed to; empty narrows nothing. Days count in the server's time zone.

    `text` is words that the fact must hold, all of them, whatever their capitals.
    """

    section: str = ""
    key: str = ""
    actor: str = ""
    deed: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


def head_of(whose: OfOrganisation) -> Head:
    """The head of the organisation's chain: one statement. Raises Damaged where somebody deleted it."""
    return _there(head_if_any(whose))


def _there(head: Head | None) -> Head:
    if head is None:
        raise Damaged("The journal of this organisation has no head.")
    return head


def head_if_any(whose: OfOrganisation) -> Head | None:
    """The head; None where somebody deleted it."""
    found = JournalHead.objects.of(whose).values_list("seq", "hash").first()
    return None if found is None else Head(*found)


def locked_head(whose: OfOrganisation) -> Head:
    """The head, which nobody else moves before this transaction ends.

    PostgreSQL locks the row; SQLite has locked the whole database when the transaction began.
    """
    found = JournalHead.objects.of(whose).select_for_update().values_list("seq", "hash").first()
    return _there(None if found is None else Head(*found))


def organisation_record(whose: OfOrganisation) -> Organisation:
    """The organisation as a record."""
    row = organisation_number(whose.organisation_id)
    return Organisation(key=row.key, title=row.title)


def facts_of(whose: OfOrganisation) -> Facts:
    """All facts of an organisation from its rows, each section in the order of its keys.

    One statement a section. Several statements may see several states: `currency.snapshot_of` is what pages ask.
    Raises Damaged where a row cannot be read.
    """
    sections = {section: _readable(section, whose) for section in FACT_KINDS}
    return Facts(organisation_record(whose), **sections)


def _readable(section: str, whose: OfOrganisation) -> tuple[Any, ...]:
    try:
        return records_of(section, whose)
    except UNREADABLE as error:
        raise Damaged(f"{FACT_KINDS[section].title}: a row cannot be read ({error}).") from error


_COLUMNS = (
    "seq",
    "at",
    "actor",
    "section",
    "key",
    "deed",
    "version",
    "factual_digest",
    "personal_digest",
    "previous",
    "factual",
    "factual_salt",
    "personal",
    "personal_salt",
    "hash",
)


def entries_of(whose: OfOrganisation, *, until_seq: int | None = None) -> Iterator[Entry]:
    """The entries from the first on, up to and with one."""
    organisation = organisation_number(whose.organisation_id).key
    found = JournalEntry.objects.of(whose).order_by("seq")
    if until_seq is not None:
        found = found.filter(seq__lte=until_seq)
    for row in found.values_list(*_COLUMNS).iterator(chunk_size=2_000):
        yield _entry(organisation, row)


def moment_after(day: date) -> datetime:
    """The first moment that no longer belongs to a day."""
    return _start_of(shifted(day, 1))


def _start_of(day: date) -> datetime:
    """The first moment of a day. The calendar's ends are drawn in a little: elsewhere it is another day already."""
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return timezone.make_aware(datetime.combine(day, time.min))


def last_seq_on(whose: OfOrganisation, day: date) -> int:
    """The last entry made on a day or before it; 0 where there was none."""
    known = JournalEntry.objects.of(whose).filter(at__lt=moment_after(day)).order_by("-seq")
    return known.values_list("seq", flat=True).first() or 0


def _sought(whose: OfOrganisation, sought: Sought) -> QuerySet[JournalEntry]:
    exact = {name: value for name in ("section", "key", "actor", "deed") if (value := getattr(sought, name))}
    words = sought.text.split()
    if len(words) > _MOST_WORDS or any("\0" in said or len(said) > _LONGEST_WORD for said in (*exact.values(), *words)):
        return JournalEntry.objects.of(whose).none()
    found = JournalEntry.objects.of(whose).filter(**exact)
    for word in words:
        found = found.filter(Q(factual__icontains=word) | Q(personal__icontains=word) | Q(key__icontains=word))
    if sought.since:
        found = found.filter(at__gte=_start_of(sought.since))
    return found.filter(at__lt=moment_after(sought.until)) if sought.until else found


def count_lines(whose: OfOrganisation, sought: Sought) -> int:
    """How many entries fit."""
    return _sought(whose, sought).count()


def journal_lines(
    whose: OfOrganisation, sought: Sought, *, start: int = 0, size: int | None = 50, oldest_first: bool = False
) -> tuple[JournalLine, ...]:
    """A page of the entries that fit, newest first: three statements whatever its size; all of them without a size."""
    ordered = _sought(whose, sought).order_by("seq" if oldest_first else "-seq")
    rows = list(ordered[start:] if size is None else ordered[start : start + size])
    names = names_of({row.actor for row in rows})
    return tuple(
        JournalLine(
            row.seq,
            row.at,
            row.actor,
            names.get(row.actor, row.actor),
            row.section,
            row.key,
            row.deed,
            told_in(row.factual),
            None if row.personal is None else told_in(row.personal),
            row.hash,
        )
        for row in rows
    )


def told_in(part: str) -> dict[str, Any]:
    """What a part of an entry says; of one that was damaged, its text under `unreadable`."""
    try:
        said = json.loads(part)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"unreadable": part}


def entry_asked(whose: OfOrganisation, seq: int) -> Entry:
    """One entry. Raises UnknownKey for a place the journal does not have."""
    organisation = organisation_number(whose.organisation_id).key
    row = JournalEntry.objects.of(whose).filter(seq=seq).values_list(*_COLUMNS).first()
    if row is None:
        raise UnknownKey("journal entry", str(seq), ())
    return _entry(organisation, row)


def told_before(whose: OfOrganisation, entry: Entry) -> Entry | None:
    """The entry before this one that told of the same fact; None where it is the first."""
    link = entry.link
    told = JournalEntry.objects.of(whose).filter(section=link.section, key=link.key, seq__lt=link.seq)
    row = told.order_by("-seq").values_list(*_COLUMNS).first()
    return None if row is None else _entry(link.organisation, row)


def told_after(whose: OfOrganisation, entry: Entry) -> int | None:
    """The place of the next entry that tells of the same fact; None where it is the last."""
    link = entry.link
    told = JournalEntry.objects.of(whose).filter(section=link.section, key=link.key, seq__gt=link.seq)
    return told.order_by("seq").values_list("seq", flat=True).first()


def _entry(organisation: str, row: tuple[Any, ...]) -> Entry:
    link, (factual, factual_salt, personal, personal_salt, entry_hash) = row[:10], row[10:]
    return Entry(Link(organisation, *link), factual, factual_salt, personal, personal_salt, entry_hash)


def deeds_of(whose: OfOrganisation) -> tuple[str, ...]:
    """The deeds that occur, for the journal's filter."""
    return tuple(JournalEntry.objects.of(whose).order_by("deed").values_list("deed", flat=True).distinct())


def actors_of(whose: OfOrganisation) -> dict[str, str]:
    """The actors that occur with their names, for the journal's filter."""
    actors = set(JournalEntry.objects.of(whose).order_by().values_list("actor", flat=True).distinct())
    names = names_of(actors)
    return {actor: names.get(actor, actor) for actor in sorted(actors)}


def personal_entries(whose: OfOrganisation) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Entries whose personal part says something: place, section and what it says."""
    found = JournalEntry.objects.of(whose).filter(~Q(personal="{}"), personal__isnull=False).order_by("seq")
    for seq, section, personal in found.values_list("seq", "section", "personal").iterator(chunk_size=2_000):
        yield seq, section, told_in(personal or "{}")
