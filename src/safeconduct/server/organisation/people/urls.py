"""Addresses of the pages about people; they stand in the room of accounts."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.organisation.people import erasing, pages, tokens

urlpatterns = [
    path("people/", pages.people, name="people"),
    path("people/add/", pages.add_person, name="add-person"),
    path("people/erase/", erasing.erase_name, name="erase-name"),
    path("people/tokens/", tokens.tokens, name="tokens"),
    path("people/tokens/<slug:key>/", tokens.token, name="token"),
    path("people/tokens/<slug:key>/revoke/", tokens.revoke, name="revoke-token"),
    path("people/<slug:key>/", pages.person, name="person"),
    path("people/<slug:key>/password/", pages.person_password, name="person-password"),
    path("people/<slug:key>/remove/", pages.remove_person, name="remove-person"),
    path("people/<slug:key>/erase/", pages.erase_person, name="erase-person"),
]
