"""Checks a chain: nothing changed, nothing missing, nothing cut off; and the rows say what the journal says.

A chain by itself cannot show that its tail was cut off or that all of it was written anew. A *witness* can: the head
(`seq:hash`) as printed earlier in an export or a report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.errors import Refusal
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.server.journal.chain import START, digest_of, hash_of
from safeconduct.server.journal.queries import Entry, Head, entries_of, facts_of, head_of
from safeconduct.server.journal.replay import replayed

if TYPE_CHECKING:
    from safeconduct.server.common.tenancy import OfOrganisation

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
    seq, _, found = text.strip().partition(":")
    if not seq.isdecimal() or len(found) != 64 or set(found) - set("0123456789abcdef"):
        what = f"{text!r} is no witness."
        raise Refusal(
            what, why="A witness is the head of a journal as it was printed.", do="Write it as 12:<64 digits>."
        )
    return Head(int(seq), found)


def verify(whose: OfOrganisation, *, witnesses: Sequence[Head] = ()) -> Verification:
    """Check the organisation's whole journal, its head, the witnesses, and that the rows are what it left standing."""
    entries, head = list(entries_of(whose)), head_of(whose)
    problems = list(chain_problems(entries))
    last = Head(entries[-1].link.seq, entries[-1].hash) if entries else Head(0, START)
    if last != head:
        problems.append(
            f"The head says {head.seq}:{head.hash[:12]}…, but the last entry is {last.seq}:{last.hash[:12]}…."
        )
    problems += _witness_problems(entries, witnesses)
    if not problems:
        problems += _row_problems(facts_of(whose), replayed(entries))
    return Verification(head, tuple(problems))


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
            missing -= set(json.loads(entry.factual)["entries"])
        previous, expected = entry.hash, link.seq + 1
    for seq in sorted(missing):
        yield f"Entry {seq} lost its personal part, and no later entry says that it was erased."


def entry_problems(entry: Entry) -> Iterator[str]:
    """What is wrong inside one entry: parts that do not fit their digests, a hash that does not fit what is said."""
    link = entry.link
    if hash_of(link) != entry.hash:
        yield f"Entry {link.seq} was changed: its hash does not fit what it says."
    if digest_of(entry.factual, entry.factual_salt) != link.factual_digest:
        yield f"Entry {link.seq} was changed: its facts do not fit their digest."
    if entry.personal is not None and digest_of(entry.personal, entry.personal_salt) != link.personal_digest:
        yield f"Entry {link.seq} was changed: its personal part does not fit its digest."


def _witness_problems(entries: Sequence[Entry], witnesses: Sequence[Head]) -> Iterator[str]:
    hashes = {entry.link.seq: entry.hash for entry in entries}
    for witness in witnesses:
        if witness.seq not in hashes:
            end = f"the journal ends at {len(entries)}"
            yield f"The witness knows entry {witness.seq}, but {end}: its tail was cut off."
        elif hashes[witness.seq] != witness.hash:
            yield f"Entry {witness.seq} is not the one the witness knows: the journal was written anew."


def _row_problems(rows: Facts, known: Facts) -> Iterator[str]:
    if rows.organisation != known.organisation:
        yield "The organisation's title is not the one the journal knows."
    for section in FACT_KINDS:
        there = {record.key: record for record in rows.section(section)}
        told = {record.key: record for record in known.section(section)}
        for key in sorted(there.keys() | told.keys()):
            if there.get(key) != told.get(key):
                title = FACT_KINDS[section].title
                yield f"{title} {key!r} is not what the journal says: it was changed behind its back."
