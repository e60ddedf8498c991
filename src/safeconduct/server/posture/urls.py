"""Addresses of what the facts prove. They stand in the rooms of those apps whose things they show."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.posture.api import router
from safeconduct.server.posture.criteria_api import router as criteria_router
from safeconduct.server.posture.pages import (
    compare,
    control,
    criteria,
    edition,
    find,
    home,
    lists,
    programme,
    programmes,
    requirement,
    site,
    sites,
    standard,
)

__all__ = ["control_pages", "criteria_router", "programme_pages", "router", "site_pages", "urlpatterns"]

urlpatterns = [
    path("", home.home, name="home"),
    path("find/", find.find, name="find"),
    path("next/", lists.next_things, name="next"),
    path("due/", lists.due, name="due"),
]

# Behind the programmes' own addresses, as an enrolment's key stands where these have a word.
programme_pages = [
    path("programmes/", programmes.programmes, name="list"),
    path("programmes/criteria/", criteria.criteria, name="criteria"),
    path("programmes/criteria/standard/", standard.standard, name="standard"),
    path("programmes/compare/", compare.compare, name="compare"),
    path("programmes/<str:enrolment>/", programme.programme, name="programme"),
    path("programmes/<str:enrolment>/edition/", edition.edition, name="edition"),
    path("programmes/<str:enrolment>/<path:requirement>/at/<str:unit>/", requirement.requirement, name="requirement"),
]

control_pages = [path("controls/<str:control>/", control.control, name="control")]

site_pages = [
    path("sites/", sites.sites, name="sites"),
    path("sites/<str:key>/", site.site, name="site"),
]
