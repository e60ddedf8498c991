"""Puts the viewer on every request, and sends people without a chosen organisation to the choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from safeconduct.server.accounts.queries import signed_in_user, viewer_of
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.common.catalogue_in_use import one_request, request_is_of

if TYPE_CHECKING:
    from django.http import HttpRequest


ORGANISATION_CHOSEN = "organisation"


class ViewerMiddleware:
    """Rights are read anew for each request, so that a role taken away is gone at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        with one_request():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _named: object
    ) -> HttpResponse | None:
        """Find the viewer for pages that need one."""
        if not getattr(view, "viewer_required", True) or not request.user.is_authenticated:
            return None
        viewer = viewer_of(signed_in_user(request), request.session.get(ORGANISATION_CHOSEN, ""))
        if viewer is None:
            request.session.pop(ORGANISATION_CHOSEN, None)
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return redirect(f"{reverse('accounts:choose-organisation')}?{query}".removesuffix("?"))
        request.viewer = viewer  # type: ignore[attr-defined]
        request_is_of(viewer)
        return None


def without_viewer[View: Callable[..., HttpResponse]](view: View) -> View:
    """Mark a page that needs no chosen organisation."""
    view.viewer_required = False  # type: ignore[attr-defined]
    return view


def viewer_on(request: HttpRequest) -> Viewer:
    """The viewer of a request; not found where nobody is signed in."""
    viewer = getattr(request, "viewer", None)
    if not isinstance(viewer, Viewer):
        raise Http404
    return viewer
