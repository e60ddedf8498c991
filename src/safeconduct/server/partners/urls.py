"""Addresses of partners: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.partners import pages
from safeconduct.server.partners.api import router

__all__ = ["router", "urlpatterns"]

app_name = "partners"
urlpatterns = [
    path("partners/", pages.partners, name="list"),
    path("partners/<slug:key>/", pages.partner, name="partner"),
]
