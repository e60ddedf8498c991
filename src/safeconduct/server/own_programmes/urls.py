"""Addresses of programmes of one's own: pages, and the router of the API."""

from __future__ import annotations

from django.urls import URLPattern

from safeconduct.server.own_programmes.api import router

__all__ = ["router", "urlpatterns"]

app_name = "own_programmes"
urlpatterns: list[URLPattern] = []
