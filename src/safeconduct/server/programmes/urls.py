"""Addresses of programmes in the API."""

from __future__ import annotations

from safeconduct.server.programmes.api import router

__all__ = ["router"]
