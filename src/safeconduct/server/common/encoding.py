"""What is sent to the server is written in UTF-8, as its pages and programs do, whatever a request says of itself.

Python knows encodings that are none of texts, and some that make text nobody can store.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

_TAKEN = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_NAMED = re.compile(r"charset\s*=\s*\"?([^;\"\s]*)", re.IGNORECASE)
_NONE = "charset=none-that-is-taken"

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class OnlyUtf8:
    """Middleware: a request in another encoding is not understood. It stands before whatever reads what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if any(named not in _TAKEN for named in _named_in(request.META.get("CONTENT_TYPE", ""))):
            request.encoding = "utf-8"  # for whatever the answer reads of it
            raise BadRequest("The request is not written in UTF-8.")
        return self.get_response(request)


def readable(application: Application) -> Application:
    """The application, reached only by requests that Django can read: it fails on some encodings before any middleware.

    Their name is replaced by one that Python does not know; the middleware then refuses them in words.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        sort: str = environ.get("CONTENT_TYPE", "")
        if any(named not in _TAKEN for named in _named_in(sort)):
            environ["CONTENT_TYPE"] = _NAMED.sub(_NONE, sort)
        return application(environ, start_response)

    return answer


def _named_in(content_type: str) -> list[str]:
    return [named.lower() for named in _NAMED.findall(content_type)]
