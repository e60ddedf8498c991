"""Addresses of the organisation in the API."""

from __future__ import annotations

from safeconduct.server.organisation.api import router

__all__ = ["router"]
