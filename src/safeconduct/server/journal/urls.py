"""Addresses of the journal: its pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.journal.api import router
from safeconduct.server.journal.pages import checking, entry, lines

__all__ = ["router", "urlpatterns"]

app_name = "journal"
urlpatterns = [
    path("journal/", lines.lines, name="list"),
    path("journal/verify/", checking.verification, name="verify"),
    path("journal/<int:seq>/", entry.entry, name="entry"),
    path("journal/<int:seq>/then/", checking.then, name="then"),
]
