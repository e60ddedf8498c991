"""Addresses of the security risk assessment as it is read: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.sra.api import router
from safeconduct.server.sra.pages import objectives, register, risk, year

__all__ = ["router", "urlpatterns"]

app_name = "risk"
urlpatterns = [
    path("risk/", register.register, name="list"),
    path("risk/objectives/", objectives.objectives, name="objectives"),
    path("risk/risks/<slug:key>/", risk.risk, name="risk"),
    path("risk/year/", year.year, name="year"),
]
