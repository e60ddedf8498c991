"""Reads retired.yml: keys that once meant something and are never used again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from safeconduct.catalogue.fields import Fields, entries
from safeconduct.catalogue.marked import Node, Refusing

REQUIRED = ("on", "why")
OPTIONAL = ("replaced_by",)


@dataclass(frozen=True, slots=True)
class RetiredKey:
    """A key that went out of use on a day, and what took its place."""

    key: str
    on: date | None
    why: str
    replaced_by: str = ""


def read_retired(node: Node, refusing: Refusing) -> dict[str, RetiredKey]:
    """Retired keys of controls and of rows, by key."""
    found: dict[str, RetiredKey] = {}
    for key, value, path in entries(node, "", refusing):
        fields = Fields(value, path, refusing, required=REQUIRED, optional=OPTIONAL)
        found[key.text] = RetiredKey(key.text, fields.day("on"), fields.text("why"), fields.text("replaced_by"))
    return found


def refuse_retired(at: Node, field: str, refusing: Refusing, key: str, retired: Mapping[str, RetiredKey]) -> None:
    """Refuse a key that was retired once."""
    old = retired.get(key)
    if old is None:
        return
    why = f"It was retired {old.on}: {old.why}" if old.on else f"It was retired: {old.why}"
    do = f"Use {old.replaced_by!r}, or a new key." if old.replaced_by else "Choose a new key."
    refusing.refuse(at, field, f"The key {key!r} was used before.", why=why, do=do)
