"""The chain of hashes: pure functions over what an entry says. Anybody with the entries can check them offline.

Each part of a payload is bound by HMAC-SHA256 under a random salt kept beside it: without the salt nobody can try out
which name an erased part held. An entry's hash covers the digests, not the parts, so erasing a part keeps the chain.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Link:
    """What an entry's hash covers."""

    organisation: str
    seq: int
    at: datetime
    actor: str
    section: str
    key: str
    deed: str
    version: int
    factual_digest: str
    personal_digest: str
    previous: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a payload with its salt and digest."""

    text: str
    salt: str
    digest: str


def canonical(plain: Any) -> str:
    """Plain data as one text without spaces, entries in their order: that of the record, as the codec writes it.

    >>> canonical({"to": "2026-06-30", "by": "self"})
    '{"to":"2026-06-30","by":"self"}'
    """
    return json.dumps(plain, separators=(",", ":"), ensure_ascii=False)


def digest_of(text: str, salt: str) -> str:
    """The digest of a part under its salt (both hexadecimal)."""
    return hmac.digest(bytes.fromhex(salt), text.encode(), "sha256").hex()


def sealed(plain: Any) -> Part:
    """A part under a new salt."""
    text, salt = canonical(plain), secrets.token_hex(16)
    return Part(text, salt, digest_of(text, salt))


def hash_of(link: Link) -> str:
    """The hash of an entry."""
    said = [
        link.organisation,
        link.seq,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.actor,
        link.section,
        link.key,
        link.deed,
        link.version,
        link.factual_digest,
        link.personal_digest,
        link.previous,
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()
