"""Nobody reads an organisation's rows without saying whose: neither through a manager nor in SQL."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.common.tenancy import Owned, TenancyError, owned_models
from safeconduct.server.journal.models import JournalEntry
from safeconduct.server.journal.rows import rows
from tests.server.cast import Cast
from tests.server.tenancy_guard import refused

OWNED = owned_models(list(apps.get_models()))


def test_every_fact_row_and_the_journal_belong_to_an_organisation() -> None:
    assert set(rows()) == set(FACT_KINDS)
    assert set(OWNED) >= {*rows().values(), JournalEntry}


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("ask", ["all", "count", "exists", "first"])
def test_a_manager_gives_nothing_without_the_organisation(model: type[Owned], ask: str) -> None:
    with pytest.raises(TenancyError):
        getattr(model.objects, ask)()


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
def test_every_unique_rule_and_index_starts_with_the_organisation(model: type[Owned]) -> None:
    rules = [
        constraint.fields for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)
    ]
    indexes = [tuple(index.fields) for index in model._meta.indexes]
    assert rules
    assert [fields for fields in (*rules, *indexes) if fields[0] != "organisation"] == []


def test_rows_of_another_organisation_are_not_found(cast: Cast) -> None:
    row = rows()["partners"]
    ours = set(row.objects.of(cast.exporter_line).values_list("pk", flat=True))
    theirs = set(row.objects.of(cast.outside_line).values_list("pk", flat=True))
    assert len(ours) == len(theirs) == 1
    assert ours.isdisjoint(theirs)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT COUNT(*) FROM "partners_partnerrow"',
        'SELECT * FROM "partners_partnerrow" WHERE "partners_partnerrow"."id" = 1',
        'UPDATE "partners_partnerrow" SET "organisation_id" = 1 WHERE "partners_partnerrow"."id" = 1',
        'DELETE FROM "partners_partnerrow" WHERE "id" IN (1)',
        'SELECT "organisation_id" FROM "journal_journalentry"',
        'INSERT INTO "partners_partnerrow" ("key") VALUES (1)',
    ],
)
def test_a_statement_without_the_organisation_is_refused(sql: str, db: None) -> None:
    assert refused(sql)
    with pytest.raises(TenancyError), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT * FROM "partners_partnerrow" WHERE "partners_partnerrow"."organisation_id" = 1',
        'INSERT INTO "partners_partnerrow" ("key", "organisation_id") VALUES (1, 1)',
        'SELECT * FROM "accounts_user"',
        'CREATE TABLE "partners_partnerrow" ("id" integer)',
    ],
)
def test_a_statement_with_the_organisation_passes(sql: str) -> None:
    assert not refused(sql)
