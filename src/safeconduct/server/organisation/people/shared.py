"""What the pages about people share: the right they need, their trail, refusals at the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS

from safeconduct.core.errors import NotAllowed, SafeconductError, UnknownKey
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link
from safeconduct.server.common.refusals import refusals_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest

    from safeconduct.server.accounts.viewer import Viewer


def administrator_on(request: HttpRequest, right: Right = Right.PEOPLE) -> Viewer:
    """The viewer of a request, who has the right; NotAllowed otherwise."""
    viewer = viewer_on(request)
    viewer.need(right)
    return viewer


def context(title: str, *trail: Link, **values: Any) -> dict[str, Any]:
    """What the frame of a page about people needs."""
    return {"title": title, "trail": (Link("People", address("accounts:people")), *trail, Link(title)), **values}


def done[Answer](form: forms.Form, deed: Callable[[], Answer]) -> Answer | None:
    """What a deed gives; None where it was refused, and the form then says why."""
    try:
        return deed()
    except (NotAllowed, UnknownKey):
        raise
    except SafeconductError as error:
        for refusal in refusals_in(error):
            form.add_error(NON_FIELD_ERRORS, str(refusal))
        return None
