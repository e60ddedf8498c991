"""The bricks of our JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"]}
FLAG: Schema = {"enum": ["yes", "no"]}


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


def ref(name: str) -> Schema:
    """A named schema of the same file."""
    return {"$ref": f"#/$defs/{name}"}
