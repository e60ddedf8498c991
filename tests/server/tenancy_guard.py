"""Refuses SQL on organisation tables without the organisation: a net under the managers, for the whole suite."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps

from safeconduct.server.common.tenancy import TenancyError, owned_models

_READS_OR_CHANGES = re.compile(r"^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", re.IGNORECASE)
_NAMED = re.compile(r'"organisation_id"\s*(=|IN\b)', re.IGNORECASE)


@cache
def tables() -> tuple[str, ...]:
    """The tables whose rows belong to one organisation."""
    return tuple(f'"{model._meta.db_table}"' for model in owned_models(list(apps.get_models())))


def refused(sql: str) -> bool:
    """Whether a statement touches an organisation's rows without naming the organisation."""
    if not _READS_OR_CHANGES.match(sql) or not any(table in sql for table in tables()):
        return False
    if sql.lstrip().upper().startswith("INSERT"):
        return '"organisation_id"' not in sql
    _, _, condition = sql.partition("WHERE")
    return not _NAMED.search(condition)


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A wrapper for `connection.execute_wrapper`."""
    if refused(sql):
        raise TenancyError(f"a statement does not name the organisation: {sql}")
    return execute(sql, params, many, context)
