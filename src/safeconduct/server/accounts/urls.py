"""Addresses of the pages for coming in."""

from __future__ import annotations

from django.urls import path

from safeconduct.server.accounts import pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign-in"),
    path("sign-out/", pages.sign_out, name="sign-out"),
    path("choose-organisation/", pages.choose_organisation, name="choose-organisation"),
    path("password/", pages.own_password, name="password"),
    path("enter-organisation/", pages.enter_organisation, name="enter-organisation"),
]
