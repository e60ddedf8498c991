"""The bricks of our JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from safeconduct.catalogue.sources import SOURCE_REQUIRED, SURE

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"]}
FLAG: Schema = {"enum": ["yes", "no"]}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def word(allowed: Iterable[str]) -> Schema:
    """One of some words."""
    return {"enum": [str(one) for one in allowed]}


def words(allowed: Iterable[str] | None = None) -> Schema:
    """A list of words, any or some."""
    return listed(TEXT if allowed is None else word(allowed))


def listed(members: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": members}


def mapping(values: Schema, keys: Schema | None = None) -> Schema:
    """A mapping with free keys."""
    return {"type": "object", **({"propertyNames": keys} if keys else {}), "additionalProperties": values}


def record(required: Iterable[str], fields: Mapping[str, Schema]) -> Schema:
    """A mapping with a fixed set of fields."""
    needed = list(required)
    return {
        "type": "object",
        **({"required": needed} if needed else {}),
        "properties": dict(fields),
        "additionalProperties": False,
    }


def plain(required: Iterable[str], optional: Iterable[str], **known: Schema) -> Schema:
    """A record whose fields are text where nothing more is known."""
    required = tuple(required)
    return record(required, {name: known.get(name, TEXT) for name in (*required, *optional)})


def source() -> Schema:
    """Where a statement comes from."""
    return plain(SOURCE_REQUIRED, ("link",), checked=DAY, sure=word(SURE))


def ref(name: str) -> Schema:
    """A named schema of the same file."""
    return {"$ref": f"#/$defs/{name}"}
