"""Keys for records that were written without one.

A key is made of the section's name and eight digits of the SHA-256 of what the record says (with the control it stands
in, without what is about persons, so that no key outlives an erasure). Records that say the same are told apart by
their position: the second gets `-2`, the third `-3`. So the key stays when other records are added or moved. The
canonical file always writes keys; from then on a change of content keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import split_personal, to_plain

_DIGITS = 8


def derived_key(record: Any, taken: Collection[str]) -> str:
    """The key of a record that has none; `taken` are the keys its section already has, in the order of the file."""
    factual, _ = split_personal(type(record), to_plain(record))
    factual.pop("key", None)
    digest = sha256(json.dumps(factual, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    base = f"{section_of(record).replace('_', '-')}-{digest[:_DIGITS]}"
    key, position = base, 1
    while key in taken:
        position += 1
        key = f"{base}-{position}"
    return key
