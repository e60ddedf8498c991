"""JSON Schema of the facts file and of each kind of fact: for editors, and for whoever writes facts by program.

Kept in `schema/facts.schema.json`; `safeconduct facts schema` prints it. A schema cannot know the catalogue: whether a
control exists or a value fits its parameter is told by `safeconduct facts check`.
"""

from __future__ import annotations

import json
from typing import Any

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.units import Organisation
from safeconduct.facts.codec import shape_of
from safeconduct.facts.shapes import Schema
from safeconduct.facts.writing import FORMAT, NESTED

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(record: type[Any]) -> Schema:
    """The schema of one record's facts form, as the journal keeps it and the API gives it."""
    return {"$schema": _DIALECT, **shape_of(record).schema()}


def file_schema() -> Schema:
    """The schema of a whole facts file."""
    properties: Schema = {
        "safeconduct": {"enum": [FORMAT, str(FORMAT)], "description": "Version of the facts form."},
        "organisation": shape_of(Organisation).schema(),
    }
    for section, kind in FACT_KINDS.items():
        if section == "units":
            properties[section] = {"type": "object", "additionalProperties": _in_file(section)}
        elif section not in NESTED:
            properties[section] = {"type": "array", "items": _in_file(section)}
        if section in properties:
            properties[section]["description"] = kind.title
    return {
        "$schema": _DIALECT,
        "title": "Safeconduct facts",
        "type": "object",
        "properties": properties,
        "required": ["safeconduct", "organisation"],
        "additionalProperties": False,
    }


def _in_file(section: str) -> Schema:
    """A record as it stands in a file: without what its place tells, its key not required."""
    schema = shape_of(FACT_KINDS[section].record).schema()
    told = {"key"} if section == "units" else {"of"} if section in NESTED else set()
    schema["properties"] = {name: one for name, one in schema["properties"].items() if name not in told}
    schema["required"] = [name for name in schema["required"] if name not in {*told, "key"}]
    if section == "in_place":
        for nested, name in NESTED.items():
            schema["properties"][name] = {"type": "array", "items": _in_file(nested)}
    return schema


def schema_text() -> str:
    """The schema file's content."""
    return json.dumps(file_schema(), indent=1, ensure_ascii=False) + "\n"
