"""Rows of legal entities and sites."""

from __future__ import annotations

from safeconduct.server.journal.rows import FactRow, keeps


@keeps("units")
class UnitRow(FactRow):
    """A legal entity or a site."""
