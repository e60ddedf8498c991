"""Addresses of the journal in the API."""

from __future__ import annotations

from safeconduct.server.journal.api import router

__all__ = ["router"]
