"""Addresses of operations: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.operations import pages
from safeconduct.server.operations.api import router

__all__ = ["router", "urlpatterns"]

app_name = "operations"
urlpatterns = [
    path("ask/", pages.ask, name="ask"),
    path("asked/<str:key>/done/", pages.done, name="done"),
]
