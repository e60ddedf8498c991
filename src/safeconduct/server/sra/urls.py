"""Addresses of the security risk assessment as it is read: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.sra.api import router
from safeconduct.server.sra.pages import days, objectives, register, risk, what_if, worth, year
from safeconduct.server.sra.pages.guide import overview, own, rounds, steps
from safeconduct.server.sra.pages.report import page as report

__all__ = ["router", "urlpatterns"]

app_name = "risk"
urlpatterns = [
    path("risk/", register.register, name="list"),
    path("risk/objectives/", objectives.objectives, name="objectives"),
    path("risk/risks/<slug:key>/", risk.risk, name="risk"),
    path("risk/year/", year.year, name="year"),
    path("risk/days/", days.days, name="days"),
    path("risk/worth/", worth.worth, name="worth"),
    path("risk/what-if/", what_if.what_if, name="what-if"),
    path("risk/report/", report.report, name="report"),
    path("risk/report.pdf", report.report_pdf, name="report-pdf"),
    path("risk/scenarios/new/", own.own_scenario, name="own-scenario"),
    path("risk/assessments/", rounds.assessments, name="assessments"),
    path("risk/assessments/begin/", rounds.begin, name="begin"),
    path("risk/assessments/<slug:key>/", overview.assessment, name="assessment"),
    path("risk/assessments/<slug:key>/again/", rounds.again, name="again"),
    path("risk/assessments/<slug:key>/<slug:step>/", steps.step, name="step"),
]
