"""The JSON Schema agrees with the reader, and its committed copy is up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.catalogue.marked import MapNode, read_marked
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.facts.codec import to_plain
from safeconduct.facts.json_schema import file_schema, schema_of, schema_text
from safeconduct.facts.writing import document
from tests.facts.cast import HEAD
from tests.facts.made import made, made_facts
from tests.facts.test_refused import FOLDER
from tests.facts.test_round_trip import BASE, texts

COMMITTED = Path(__file__).parents[2] / "src/safeconduct/facts/schema/facts.schema.json"
CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema, format_checker=CHECKER)


FILE = validator(file_schema())
KINDS = {section: validator(schema_of(kind.record)) for section, kind in FACT_KINDS.items()}


@pytest.mark.parametrize("section", FACT_KINDS)
def test_the_schemas_are_schemas(section: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(FACT_KINDS[section].record))
    jsonschema.Draft202012Validator.check_schema(file_schema())


def test_the_committed_schema_is_up_to_date() -> None:
    hint = "run: safeconduct facts schema > src/safeconduct/facts/schema/facts.schema.json"
    assert COMMITTED.read_text("utf-8") == schema_text(), hint


@settings(max_examples=30)
@given(made_facts(BASE))
def test_every_canonical_file_fits_the_schema(facts: Facts) -> None:
    FILE.validate(json.loads(json.dumps(document(facts))))


@pytest.mark.parametrize("section", FACT_KINDS)
@settings(max_examples=20)
@given(data=st.data())
def test_every_record_fits_the_schema_of_its_kind(section: str, data: st.DataObject) -> None:
    KINDS[section].validate(to_plain(data.draw(made(FACT_KINDS[section].record))))


FORM_MISTAKES = (
    "unknown-section", "nested-section", "unknown-field", "missing-field", "no-end-of-evidence", "no-word", "no-count",
    "bare-set", "not-a-list", "not-a-mapping", "actions-in-time", "no-flag",
)  # fmt: skip


@pytest.mark.parametrize("name", FORM_MISTAKES)
def test_mistakes_of_form_are_seen_by_an_editor_too(name: str) -> None:
    node = read_marked(HEAD + (FOLDER / f"{name}.yml").read_text("utf-8"), name)
    assert isinstance(node, MapNode)
    errors = list(FILE.iter_errors(texts(node)))
    assert errors != []


def test_every_field_tells_its_help() -> None:
    for kind in FACT_KINDS.values():
        silent = [name for name, field in schema_of(kind.record)["properties"].items() if not field.get("description")]
        assert silent == []
