"""Turns the product's expected errors into answers, once for all pages; `common.problems` does so for the API."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.shortcuts import render

from safeconduct.core.errors import Changed, Damaged, NotAllowed, Refusal, Refusals, SafeconductError, UnknownKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


_log = logging.getLogger(__name__)


def status_of(error: SafeconductError) -> int:
    """The status that says what sort of error it is: 403, 404, 412, 500, or 422 for what a person can mend."""
    match error:
        case NotAllowed():
            return 403
        case UnknownKey():
            return 404
        case Changed():
            return 412
        case Damaged():
            return 500
        case _:
            return 422


def refusals_in(error: SafeconductError) -> tuple[Refusal, ...]:
    """Every problem an error tells of."""
    match error:
        case Refusals():
            return tuple(error.refusals)
        case Refusal():
            return (error,)
        case _:
            return (Refusal(str(error)),)


TOO_LARGE = 413


def _too_large() -> Refusal:
    limit = settings.UPLOAD_BYTES // (1024 * 1024)
    return Refusal("The request is too large.", do=f"Files up to {limit} MB are taken: save it smaller, or in parts.")


class RefusalMiddleware:
    """A refusal becomes a page that says what, where, why and what to do; what one may not see is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; one that is larger than any upload may be is refused before it is read."""
        length: str = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self._page(request, _too_large(), status=TOO_LARGE)
        return self.get_response(request)

    def _page(self, request: HttpRequest, error: SafeconductError, *, status: int) -> HttpResponse:
        context = {"refusals": refusals_in(error), "allowed": not isinstance(error, NotAllowed)}
        return render(request, "refused.html", context, status=status)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an expected error; others go on to be logged as faults."""
        if isinstance(error, RequestDataTooBig):
            return self._page(request, _too_large(), status=TOO_LARGE)
        if isinstance(error, UnknownKey):
            raise Http404(str(error)) from error
        if isinstance(error, Damaged):
            _log.error("%s", error)
            return render(request, "damaged.html", {"damage": str(error)}, status=status_of(error))
        if not isinstance(error, SafeconductError):
            return None
        return self._page(request, error, status=status_of(error))
