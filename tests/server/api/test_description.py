"""The description of the API is what the snapshot says, and covers every section alike.

After a change on purpose: `UPDATE_SNAPSHOTS=1 pytest tests/server/api/test_description.py`, and read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.codec import shape_of
from safeconduct.server.urls import api

SNAPSHOT = Path(__file__).with_name("openapi.json")
DESCRIPTION: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))


def test_the_description_is_the_snapshot() -> None:
    text = json.dumps(DESCRIPTION, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        SNAPSHOT.write_text(text, "utf-8")
    assert SNAPSHOT.read_text("utf-8") == text


@pytest.mark.parametrize("section", list(FACT_KINDS))
def test_every_section_has_the_same_calls_with_the_schema_of_its_record(section: str) -> None:
    many = DESCRIPTION["paths"][f"/api/v1/facts/{section}"]
    one = DESCRIPTION["paths"][f"/api/v1/facts/{section}/{{key}}"]
    assert (sorted(many), sorted(one)) == (["get"], ["delete", "get", "put"])
    schema = one["put"]["requestBody"]["content"]["application/json"]["schema"]
    assert schema == json.loads(json.dumps(shape_of(FACT_KINDS[section].record).schema()))
    Draft202012Validator.check_schema(schema)


def test_no_two_calls_have_one_name() -> None:
    names = [call["operationId"] for path in DESCRIPTION["paths"].values() for call in path.values()]
    assert sorted(names) == sorted(set(names))
