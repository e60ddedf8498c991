"""Which day a page speaks of: it stands in the address (/on/2026-08-31/...), and every link on the page keeps it.

A form or a link may ask with ``?on=2026-08-31``; the answer is the address with the day in front. Today has no prefix.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix

from safeconduct.server.common import clock
from safeconduct.server.common.look.words import day_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

ASKED = "on"
_PREFIX = re.compile(r"/on/(\d{4}-\d{2}-\d{2})(?=/)")
_DAY_LENGTH = len("2026-08-31")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class DayOfThePage:
    """Middleware: takes the day out of the address, so that every address made while answering carries it.

    Sets `request.as_of` (the day asked about; today where the address has none) and `request.plain_path` (the address
    without the day). On another day than today nothing can be changed: any request that is not a read is refused.
    It stands after the messages and before whatever reads the path.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request on its day."""
        outer, found = get_script_prefix(), _PREFIX.match(request.path_info)
        day = day_named(found.group(1)) if found else None
        rest = request.path_info[found.end() :] if found and day else request.path_info
        request.as_of = day or clock.today()  # type: ignore[attr-defined]
        request.plain_path = outer.rstrip("/") + rest  # type: ignore[attr-defined]
        if ASKED in request.GET and request.method in _READS:
            return _led_to_its_day(request, outer.rstrip("/"), rest)
        if day is None:
            return self.get_response(request)
        if day == clock.today():
            return HttpResponseRedirect(_with_query(request, _of_this_server(outer.rstrip("/") + rest)))
        if request.method not in _READS:
            raise PermissionDenied(f"This page speaks of {day_text(day)}. Go back to today to change anything.")
        return self._answer_on(day, rest, outer, request)

    def _answer_on(self, day: date, rest: str, outer: str, request: HttpRequest) -> HttpResponseBase:
        request.path_info = rest
        set_script_prefix(f"{outer}on/{day.isoformat()}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(outer)


def day_of(request: HttpRequest) -> date:
    """The day a request speaks of."""
    day: date = getattr(request, "as_of", None) or clock.today()
    return day


def without_day(url: str) -> str:
    """The same address for today: where things are changed, or where the day means nothing.

    >>> without_day("/on/2026-08-31/sign-out/")
    '/sign-out/'
    """
    return _of_this_server(_PREFIX.sub("", url, count=1))


def _of_this_server(address: str) -> str:
    """An address with one slash at its start; two would lead to another server.

    >>> _of_this_server("//elsewhere.example/")
    '/elsewhere.example/'
    """
    return "/" + address.lstrip("/") if address.startswith("//") else address


def day_named(text: str) -> date | None:
    """The day that a text names, year-month-day; None for any other text.

    >>> day_named("2026-02-28"), day_named("2026-02-30"), day_named("20260228")
    (datetime.date(2026, 2, 28), None, None)
    """
    try:
        return date.fromisoformat(text) if len(text) == _DAY_LENGTH else None
    except ValueError:
        return None


def _led_to_its_day(request: HttpRequest, outer: str, rest: str) -> HttpResponseRedirect:
    """To the same page on the day asked for; a word that is no day leads nowhere and is said."""
    asked = request.GET.get(ASKED, "").strip()
    day = day_named(asked)
    if asked and day is None:
        messages.error(request, f"“{asked}” is not a day. Choose one, or write it as year-month-day: 2026-08-31.")
    prefix = f"/on/{day.isoformat()}" if day and day != clock.today() else ""
    return HttpResponseRedirect(_with_query(request, _of_this_server(f"{outer}{prefix}{rest}")))


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.GET.copy()
    query.pop(ASKED, None)
    return f"{path}?{query.urlencode()}" if query else path
