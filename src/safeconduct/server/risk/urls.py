"""Addresses of risk: pages, and the router of the API."""

from __future__ import annotations

from safeconduct.server.risk.api import router

__all__ = ["router", "urlpatterns"]

app_name = "risk"
urlpatterns: list[object] = []
