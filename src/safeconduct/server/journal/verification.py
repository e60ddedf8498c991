"""Checks a chain: nothing changed, nothing missing, nothing cut off; and the rows say what the journal says.

A chain by itself cannot show that its tail was cut off or that all of it was written anew. A *witness* can: the head
(`seq:hash`) as printed earlier in an export or a report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.journal.chain import START, digest_of, hash_of
from safeconduct.server.journal.queries import Entry, Head, entries_of, head_if_any, organisation_record
from safeconduct.server.journal.replay import replayed
from safeconduct.server.journal.rows import UNREADABLE, records_of

if TYPE_CHECKING:
    from safeconduct.server.common.tenancy import OfOrganisation

_HEAD = re.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})")

ERASE = "erase"
"""The deed that erased personal parts; its payload lists the entries that lost theirs."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of a chain found; no problems means it holds."""

    head: Head
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def read_witness(text: str) -> Head:
    """A head as it is printed: `seq:hash`. Raises Refusal for anything else."""
    written = _HEAD.fullmatch(text.strip())
    if written is None:
        what = f"{text!r} is no witness."
        raise Refusal(
            what, why="A witness is the head of a journal as it was printed.", do="Write it as 12:<64 digits>."
        )
    return Head(int(written[1]), written[2])


def verify(whose: OfOrganisation, *, witnesses: Sequence[Head] = ()) -> Verification:
    """Check the organisation's whole journal, its head, the witnesses, and that the rows are what it left standing."""
    entries, head = list(entries_of(whose)), head_if_any(whose)
    problems = list(chain_problems(entries))
    last = Head(entries[-1].link.seq, entries[-1].hash) if entries else Head(0, START)
    if head is None:
        problems.append("The journal has no head: it was deleted.")
    elif last != head:
        problems.append(
            f"The head says {head.seq}:{head.hash[:12]}…, but the last entry is {last.seq}:{last.hash[:12]}…."
        )
    problems += _witness_problems(entries, witnesses)
    if not problems:
        problems += _row_problems(whose, entries)
    return Verification(head or last, tuple(problems))


def chain_problems(entries: Iterable[Entry]) -> Iterator[str]:
    """What is wrong with the links, oldest first."""
    previous, expected = START, 1
    missing: set[int] = set()
    for entry in entries:
        link = entry.link
        if link.seq != expected:
            yield f"Entry {expected} is missing: entry {link.seq} follows {expected - 1}."
        if link.previous != previous:
            yield f"Entry {link.seq} does not follow the one before it: the hash it names is another."
        yield from entry_problems(entry)
        if entry.personal is None:
            missing.add(link.seq)
        if link.deed == ERASE:
            missing -= _erased_by(entry)
        previous, expected = entry.hash, link.seq + 1
    for seq in sorted(missing):
        yield f"Entry {seq} lost its personal part, and no later entry says that it was erased."


def entry_problems(entry: Entry) -> Iterator[str]:
    """What is wrong inside one entry: parts that do not fit their digests, a hash that does not fit what is said."""
    link = entry.link
    if hash_of(link) != entry.hash:
        yield f"Entry {link.seq} was changed: its hash does not fit what it says."
    if not _fits(entry.factual, entry.factual_salt, link.factual_digest):
        yield f"Entry {link.seq} was changed: its facts do not fit their digest."
    if entry.personal is not None and not _fits(entry.personal, entry.personal_salt, link.personal_digest):
        yield f"Entry {link.seq} was changed: its personal part does not fit its digest."


def _fits(text: str, salt: str, digest: str) -> bool:
    """Whether a part fits its digest; a salt that is none fits nothing."""
    try:
        return digest_of(text, salt) == digest
    except ValueError:
        return False


def _erased_by(entry: Entry) -> set[int]:
    """The entries whose personal parts an erasure names; none where the entry itself was changed."""
    if not _fits(entry.factual, entry.factual_salt, entry.link.factual_digest):
        return set()
    return set(json.loads(entry.factual)["entries"])


def _witness_problems(entries: Sequence[Entry], witnesses: Sequence[Head]) -> Iterator[str]:
    hashes = {entry.link.seq: entry.hash for entry in entries}
    for witness in witnesses:
        if witness.seq not in hashes:
            end = f"the journal ends at {len(entries)}"
            yield f"The witness knows entry {witness.seq}, but {end}: its tail was cut off."
        elif hashes[witness.seq] != witness.hash:
            yield f"Entry {witness.seq} is not the one the witness knows: the journal was written anew."


def _row_problems(whose: OfOrganisation, entries: Sequence[Entry]) -> Iterator[str]:
    try:
        known = replayed(entries)
    except Refusals as error:
        yield from (f"The journal tells of what cannot be read any more: {refusal}" for refusal in error.refusals)
        return
    if organisation_record(whose) != known.organisation:
        yield "The organisation's title is not the one the journal knows."
    for section in FACT_KINDS:
        yield from _section_problems(section, whose, {record.key: record for record in known.section(section)})


def _section_problems(section: str, whose: OfOrganisation, told: Mapping[str, Any]) -> Iterator[str]:
    title = FACT_KINDS[section].title
    try:
        there = {record.key: record for record in records_of(section, whose)}
    except UNREADABLE as error:
        yield f"{title}: a row cannot be read ({error}): it was changed behind the journal's back."
        return
    for key in sorted(there.keys() | told.keys()):
        if there.get(key) != told.get(key):
            yield f"{title} {key!r} is not what the journal says: it was changed behind its back."
