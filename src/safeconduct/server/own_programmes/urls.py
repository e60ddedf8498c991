"""Addresses of programmes of one's own: pages, and the router of the API."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.own_programmes.api import router
from safeconduct.server.own_programmes.pages import drafts, editions, overview, rows

__all__ = ["router", "urlpatterns"]

app_name = "own_programmes"
_ONE = "own-programmes/<slug:programme>"
_ROW = f"{_ONE}/rows/<str:tail>"
_EDITION = f"{_ONE}/editions/<str:edition>"
urlpatterns = [
    path("own-programmes/", overview.overview, name="list"),
    path("own-programmes/begin/", drafts.begin, name="begin"),
    path(f"{_ONE}/", drafts.draft, name="draft"),
    path(f"{_ONE}/head/", drafts.head, name="head"),
    path(f"{_ONE}/texts/", drafts.texts, name="texts"),
    path(f"{_ONE}/discard/", drafts.discard, name="discard"),
    path(f"{_ONE}/publish/", editions.publish, name="publish"),
    path(f"{_ONE}/add-row/", rows.add, name="add-row"),
    path(f"{_ROW}/", rows.row, name="row"),
    path(f"{_ROW}/bounds/", rows.bounds, name="bounds"),
    path(f"{_ROW}/remove/", rows.remove, name="remove-row"),
    path(f"{_EDITION}/", editions.edition, name="edition"),
    path(f"{_EDITION}/files/", editions.files, name="files"),
    path(f"{_EDITION}/next/", editions.next_edition, name="next"),
]
