"""Addresses of enrolments and of decisions about requirements: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.programmes.api import router
from safeconduct.server.programmes.pages import decisions, enrolling, sources, switching

__all__ = ["router", "urlpatterns"]

app_name = "programmes"
_ROW = "programmes/<slug:enrolment>/<path:requirement>/at/<slug:unit>"
urlpatterns = [
    path("programmes/enrol/", enrolling.enrol, name="enrol"),
    path("programmes/<slug:enrolment>/change/", enrolling.change, name="change"),
    path("programmes/<slug:enrolment>/switch/", switching.switch, name="switch"),
    path("programmes/<slug:enrolment>/switch/undo/", switching.undo, name="undo-switch"),
    path("programmes/<slug:enrolment>/confirm-rows/", sources.confirm_rows, name="confirm-rows"),
    path(f"{_ROW}/answer/", decisions.answer, name="answer"),
    path(f"{_ROW}/alternative/", decisions.alternative, name="alternative"),
    path(f"{_ROW}/waive/", decisions.waive, name="waive"),
    path(f"{_ROW}/not-applicable/", decisions.not_applicable, name="not-applicable"),
    path(f"{_ROW}/reason/", decisions.reason, name="reason"),
    path(f"{_ROW}/judge/", decisions.judge, name="judge"),
    path(f"{_ROW}/confirm-row/", sources.confirm_row, name="confirm-row"),
]
