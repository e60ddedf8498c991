"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.registers import pages

app_name = "registers"
urlpatterns = [
    path("registers/", pages.registers, name="list"),
    path("registers/<slug:section>/", pages.section, name="section"),
    path("registers/<slug:section>/new/", pages.new, name="new"),
    path("registers/<slug:section>/<slug:key>/", pages.change, name="change"),
    path("registers/<slug:section>/<slug:key>/withdraw/", pages.withdraw, name="withdraw"),
]
