"""Facts with one record more or less, in the order rows are read in: by key."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from safeconduct.facts.checks import section_of

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts

_KEY = attrgetter("key")


def find(facts: Facts, section: str, key: str) -> Any | None:
    """The record of a key, or None."""
    records = facts.section(section)
    at = bisect_left(records, key, key=_KEY)
    return records[at] if at < len(records) and records[at].key == key else None


def with_record(facts: Facts, record: Any) -> Facts:
    """The facts with a record in place of the one with its key, or as a new one."""
    section = section_of(record)
    records = facts.section(section)
    at = bisect_left(records, record.key, key=_KEY)
    there = at < len(records) and records[at].key == record.key
    changed: dict[str, Any] = {section: (*records[:at], record, *records[at + there :])}
    return replace(facts, **changed)


def without_record(facts: Facts, section: str, key: str) -> Facts:
    """The facts without the record of a key."""
    records = facts.section(section)
    changed: dict[str, Any] = {section: tuple(record for record in records if record.key != key)}
    return replace(facts, **changed)
