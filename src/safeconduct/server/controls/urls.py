"""Addresses of controls: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.controls import pages
from safeconduct.server.controls.api import router

__all__ = ["router", "urlpatterns"]

app_name = "controls"
urlpatterns = [path("files/<str:digest>", pages.evidence_file, name="file")]
