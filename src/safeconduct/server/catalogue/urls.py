"""Addresses of the catalogue: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.catalogue.api import router
from safeconduct.server.catalogue.pages import (
    bounds,
    checklists,
    controls,
    equivalences,
    exports,
    figures,
    identifiers,
    lists,
    overview,
    programme,
    quality,
    recognition,
    requirement,
    requirements,
    scales,
    scenarios,
    taxonomies,
)

__all__ = ["app_name", "router", "urlpatterns"]

app_name = "catalogue"
urlpatterns = [
    path("catalogue/", overview.overview, name="list"),
    path("catalogue/requirements/", requirements.requirements, name="requirements"),
    path("catalogue/requirement/<path:key>/", requirement.requirement, name="requirement"),
    path("catalogue/controls/", controls.controls, name="controls"),
    path("catalogue/control/<slug:key>/", controls.control, name="control"),
    path("catalogue/meetings/", bounds.all_meetings, name="meetings"),
    path("catalogue/recognition/", recognition.recognition, name="recognition"),
    path("catalogue/recognition/<slug:key>/", recognition.arrangement, name="arrangement"),
    path("catalogue/equivalences/", equivalences.equivalences, name="equivalences"),
    path("catalogue/equivalences/<slug:key>/", equivalences.equivalence, name="equivalence"),
    path("catalogue/checklists/", checklists.checklists, name="checklists"),
    path("catalogue/checklists/<slug:key>/", checklists.checklist, name="checklist"),
    path("catalogue/identifiers/", identifiers.identifiers, name="identifiers"),
    path("catalogue/identifiers/<slug:key>/", identifiers.identifier, name="identifier"),
    path("catalogue/scenarios/", scenarios.scenarios, name="scenarios"),
    path("catalogue/scenarios/<slug:key>/", scenarios.scenario, name="scenario"),
    path("catalogue/figures/", figures.figures, name="figures"),
    path("catalogue/figures/<slug:key>/", figures.figure, name="figure"),
    path("catalogue/scales/", scales.scales, name="scales"),
    path("catalogue/scales/<slug:key>/", scales.scale, name="scale"),
    path("catalogue/matrices/<slug:key>/", scales.matrix, name="matrix"),
    path("catalogue/codes/", taxonomies.taxonomies, name="taxonomies"),
    path("catalogue/codes/<slug:key>/", taxonomies.taxonomy, name="taxonomy"),
    path("catalogue/quality/", quality.quality_of_catalogue, name="quality"),
    path("catalogue/export/<str:file>", exports.export, name="export"),
    path("catalogue/lists/", lists.lists, name="lists"),
    path("catalogue/list/<slug:key>/", lists.list_of_words, name="list-of-words"),
    path("catalogue/<slug:programme>/<str:edition>/", programme.programme, name="programme"),
]
