"""Keys that people would choose: made from a name, and not taken yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from safeconduct.facts.checks.general import KEY_LENGTH

if TYPE_CHECKING:
    from safeconduct.server.journal.forms.ground import FormGround

_ROOM_FOR_NUMBER = 5


def free_key(ground: FormGround, plain: Mapping[str, Any]) -> str:
    """The key of a new fact from what it says; empty where the fact's content is to make it."""
    match ground.section:
        case "units" | "partners":
            base = slug(str(plain.get("title", "")))
        case "enrolments":
            programme = str(plain.get("edition", "")).partition("/")[0]
            base = slug(f"{plain.get('entity', '')} {programme}")
        case _:
            return ""
    return _not_taken(base or ground.section.removesuffix("s"), ground)


def slug(text: str) -> str:
    """A key made of a name: small letters and digits joined by dashes.

    >>> slug("Rotterdam-Süd, 2nd warehouse")
    'rotterdam-sud-2nd-warehouse'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[: KEY_LENGTH - _ROOM_FOR_NUMBER].strip("-")


def _not_taken(base: str, ground: FormGround) -> str:
    facts = ground.snapshot.facts
    taken = {facts.organisation.key}
    for section in ("units", "partners", "enrolments", "findings", "samples"):
        taken |= {one.key for one in facts.section(section)}
    key, position = base, 1
    while key in taken:
        position += 1
        key = f"{base}-{position}"
    return key
