"""Addresses of the organisation: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.organisation import pages
from safeconduct.server.organisation.api import router

__all__ = ["router", "urlpatterns"]

app_name = "organisation"
urlpatterns = [
    path("sites/new/", pages.new_unit, name="new-unit"),
    path("sites/<slug:key>/change/", pages.change_unit, name="change-unit"),
]
