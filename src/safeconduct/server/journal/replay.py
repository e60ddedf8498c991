"""Facts as they were known: the journal played forward, the latest form of each key winning.

Rows and journal must always agree: `facts_of(organisation) == facts_as_known(organisation)` is tested and is part of
`safeconduct journal verify`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from safeconduct.catalogue.marked import Refusing
from safeconduct.core.errors import Damaged, Refusal, Refusals
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.units import Organisation
from safeconduct.facts.codec import from_plain, join_personal
from safeconduct.server.accounts.rights import ORGANISATION_SECTION
from safeconduct.server.common.catalogue_in_use import need_reader_in_use
from safeconduct.server.journal.queries import Entry, entries_of, last_seq_on

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.server.common.tenancy import OfOrganisation

WITHDRAW = "withdraw"
"""The one deed that takes a fact away."""

Upcaster = Callable[[str, dict[str, Any]], dict[str, Any]]
UPCASTERS: Mapping[int, Upcaster] = {}
"""Per older version of the facts form: gives a section's plain form in the next version."""


def facts_as_known(whose: OfOrganisation, *, seq: int | None = None, day: date | None = None) -> Facts:
    """The facts as recorded up to and with an entry, or up to the end of a day; with neither, all of them.

    Raises Damaged where an entry cannot be read any more.
    """
    if day is not None:
        seq = last_seq_on(whose, day)
    try:
        return replayed(entries_of(whose, until_seq=seq))
    except Refusals as error:
        raise Damaged(f"An entry of the journal cannot be read: {error.refusals[0]}") from error


def replayed(entries: Iterable[Entry]) -> Facts:
    """What the entries leave standing, each section in the order of its keys."""
    latest: dict[tuple[str, str], Entry] = {}
    organisation = Organisation(key="")
    for entry in entries:
        section, key = entry.link.section, entry.link.key
        if section == ORGANISATION_SECTION:
            organisation = _read(entry, _organisation_of)
        elif entry.link.deed == WITHDRAW:
            latest.pop((section, key), None)
        elif section in FACT_KINDS:
            latest[section, key] = entry
    found: dict[str, list[Any]] = {section: [] for section in FACT_KINDS}
    for (section, _), entry in latest.items():
        found[section].append(record_of(entry))
    sections = {section: tuple(sorted(records, key=attrgetter("key"))) for section, records in found.items()}
    return Facts(organisation, **sections)


def record_of(entry: Entry) -> Any:
    """The record an entry stored, read by today's form. Raises Refusals where it no longer can be read."""
    return _read(entry, _record_of)


def _read[Found](entry: Entry, reading: Callable[[Entry], Found]) -> Found:
    """What a reading of an entry gives; Refusals where somebody damaged it."""
    try:
        return reading(entry)
    except (ValueError, KeyError, TypeError) as error:
        raise Refusals([Refusal(f"Entry {entry.link.seq} is damaged ({error!r}).")]) from error


def _organisation_of(entry: Entry) -> Organisation:
    return Organisation(**json.loads(entry.factual))


def _record_of(entry: Entry) -> Any:
    section = entry.link.section
    record = FACT_KINDS[section].record
    personal = None if entry.personal is None else json.loads(entry.personal)
    plain = join_personal(record, json.loads(entry.factual), personal)
    for version in range(entry.link.version, max(UPCASTERS, default=0) + 1):
        plain = UPCASTERS[version](section, plain)
    refusing = Refusing(f"journal entry {entry.link.seq}")
    found = from_plain(record, plain, refusing, read_need=need_reader_in_use())
    refusing.finish()
    return found
