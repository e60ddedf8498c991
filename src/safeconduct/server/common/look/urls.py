"""Addresses of the style guide."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.common.look import guide

app_name = "look"
urlpatterns = [
    path("", guide.guide, name="guide"),
    path("requirement/", guide.requirement, name="requirement"),
    path("refused/", guide.refused, name="refused"),
]
