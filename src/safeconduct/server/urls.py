"""Every address of the server."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("safeconduct.server.accounts.urls")),
]
