"""Addresses of controls: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.controls.api import router
from safeconduct.server.controls.pages import evidence, files, in_place, own, recording, records, register, showing

__all__ = ["router", "urlpatterns"]

app_name = "controls"
_ONE = "controls/in-place/<str:key>/"
urlpatterns = [
    path("controls/", register.control_register, name="list"),
    path("controls/record/", recording.record, name="record"),
    path("controls/again/", own.trigger, name="trigger"),
    path("controls/in-place/", records.record_register, name="records"),
    path(_ONE, in_place.in_place, name="in-place"),
    path(f"{_ONE}change/", recording.change, name="change"),
    path(f"{_ONE}end/", recording.end, name="end"),
    path(f"{_ONE}evidence/", showing.attach, name="attach"),
    path(f"{_ONE}sample/", showing.sample, name="sample"),
    path(f"{_ONE}done/", showing.occurrence, name="occurrence"),
    path(f"{_ONE}target/", own.target, name="target"),
    path(f"{_ONE}plan/", own.plan, name="plan"),
    path("evidence/", evidence.evidence_register, name="evidence"),
    path("files/<str:digest>", files.evidence_file, name="file"),
]
