"""One field, one definition: every row has exactly the fields of its record, with the record's help."""

from __future__ import annotations

from types import NoneType
from typing import get_args, get_type_hints

import pytest
from django.db import models

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.fields import record_fields
from safeconduct.core.records.units import Organisation as OrganisationRecord
from safeconduct.server.accounts.models import Organisation
from safeconduct.server.journal.columns import COLUMN_NAMES, column_name
from safeconduct.server.journal.rows import row_of

OWN_COLUMNS = {"id", "organisation"}
SECTIONS = list(FACT_KINDS)


def columns(section: str) -> dict[str, models.Field[object, object]]:
    return {column.name: column for column in row_of(section)._meta.local_fields if column.name not in OWN_COLUMNS}


@pytest.mark.parametrize("section", SECTIONS)
def test_columns_are_the_fields_of_the_record(section: str) -> None:
    assert sorted(columns(section)) == sorted(
        column_name(one.name) for one in record_fields(FACT_KINDS[section].record)
    )


@pytest.mark.parametrize("section", SECTIONS)
def test_each_column_has_the_help_of_its_field(section: str) -> None:
    for one in record_fields(FACT_KINDS[section].record):
        assert columns(section)[column_name(one.name)].help_text == one.metadata["help"]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_column_may_be_empty_exactly_where_the_field_may_be_none(section: str) -> None:
    record = FACT_KINDS[section].record
    may_be_none = {column_name(name) for name, hint in get_type_hints(record).items() if NoneType in get_args(hint)}
    assert {name for name, column in columns(section).items() if column.null} == may_be_none


def test_the_organisation_row_matches_its_record() -> None:
    row = {column.name: column for column in Organisation._meta.local_fields if column.name != "id"}
    assert {name: column.help_text for name, column in row.items()} == {
        one.name: one.metadata["help"] for one in record_fields(OrganisationRecord)
    }


def test_names_that_the_database_cannot_have_are_mapped_by_one_rule() -> None:
    underscored = {
        one.name for kind in FACT_KINDS.values() for one in record_fields(kind.record) if one.name.endswith("_")
    }
    assert underscored <= COLUMN_NAMES.keys()
    assert len(set(COLUMN_NAMES.values())) == len(COLUMN_NAMES)
