"""Addresses of operations in the API."""

from __future__ import annotations

from safeconduct.server.operations.api import router

__all__ = ["router"]
