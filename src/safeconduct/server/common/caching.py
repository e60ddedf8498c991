"""What the server tells of an organisation is kept by nobody on the way, and not by a browser that others use later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import add_never_cache_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class NeverKept:
    """Middleware: answers say that nobody may keep them, unless they say otherwise. Static files come before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        answer = self.get_response(request)
        if "Cache-Control" not in answer:
            add_never_cache_headers(answer)
        return answer
