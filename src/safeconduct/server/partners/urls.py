"""Addresses of partners in the API."""

from __future__ import annotations

from safeconduct.server.partners.api import router

__all__ = ["router"]
