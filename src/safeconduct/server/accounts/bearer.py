"""How a program shows its token: in the Authorization header, as a bearer token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja.security import HttpBearer

from safeconduct.server.accounts.queries import viewer_of_token
from safeconduct.server.common.catalogue_in_use import request_is_of
from safeconduct.server.common.clock import today

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.server.accounts.viewer import Viewer


class TokenBearer(HttpBearer):
    """Opens the API to whoever shows a token that works today."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The viewer the token speaks for, or None."""
        viewer = viewer_of_token(token, on=today())
        if viewer is not None:
            request_is_of(viewer)
        return viewer
