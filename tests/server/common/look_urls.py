"""The addresses that the tests of the look need: the style guide, the sign-in pages, and pages that go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.urls import include, path, reverse

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only an administrator may do this.")


@login_not_required
def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("nobody is told why")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_not_required
def where(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.as_of} {reverse('where')} {request.plain_path}")  # type: ignore[attr-defined]


for page in (forbidden, suspicious, broken, where):
    page.viewer_required = False  # type: ignore[attr-defined]

urlpatterns = [
    path("", include("safeconduct.server.accounts.urls")),
    path("look/", include("safeconduct.server.common.look.urls")),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("broken/", broken),
    path("where/", where, name="where"),
]
