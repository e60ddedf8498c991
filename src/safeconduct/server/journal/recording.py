"""The page of a form of facts, the same for every kind: shown, refused at its fields, stored, gone back from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render

from safeconduct.core.errors import NotAllowed
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common import clock
from safeconduct.server.common.look.day import day_of, without_day
from safeconduct.server.common.look.values import Button, Link, Verdict
from safeconduct.server.journal.forms import FactForm, kind_words
from safeconduct.server.journal.returning import BACK, back_of, returned, rows_before

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.accounts.viewer import Viewer

type Action = Callable[[Any, Any], Any]
"""Stores a record for a viewer and gives what was stored; refuses as actions do."""

TEMPLATE = "journal/form.html"
_REFUSED = 422


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a form: small title, sentences, what follows from it, the deed, and what is said when done.

    `aside` are quiet buttons below the form (withdraw), `other` is another way to send it: a name and its words.
    `trail` leads here.
    """

    title: str
    sentences: tuple[str, ...]
    deed: str
    said: str
    lead: str = ""
    trail: tuple[Link, ...] = ()
    aside: tuple[Button, ...] = ()
    other: tuple[str, str] | None = None


def other_day(request: HttpRequest) -> HttpResponseRedirect | None:
    """To the same page of today, where a page that changes something is asked for on another day."""
    return None if speaks_of_today(request) else HttpResponseRedirect(without_day(request.get_full_path()))


def speaks_of_today(request: HttpRequest) -> bool:
    """Whether anything can be changed from the page."""
    return day_of(request) == clock.today()


def need_to_record_some(viewer: Viewer, section: str) -> None:
    """Raise NotAllowed unless the viewer records facts of this section anywhere: before a form is shown."""
    if not viewer.may_record(section):
        who, what = viewer.role.words.lower(), kind_words(section)
        raise NotAllowed(f"As {who} you may not record this ({what}). Ask a security manager.")


def recorded(
    request: HttpRequest,
    form: FactForm,
    action: Action,
    page: Page,
    otherwise: Callable[[Any], str],
    **more: Any,
) -> HttpResponse:
    """The answer of a form's page: the form, the form with what is to be mended, or back after storing.

    `otherwise` is the address to go to when the form was opened from nowhere, given what was stored; `more` goes to
    the template, which may be another one by `template`.
    """
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    need_to_record_some(viewer, form.section)
    if not form.is_bound or form.asks_more_lines:
        return shown(request, form, page, **more)
    before = rows_before(viewer)
    stored = form.stored(action)
    if stored is None:
        return shown(request, form, page, status=_REFUSED, **more)
    return returned(request, page.said, otherwise=otherwise(stored), before=before)


def shown(
    request: HttpRequest, form: Any, page: Page, *, status: int = 200, template: str = TEMPLATE, **more: Any
) -> HttpResponse:
    """The page of a form as it is now."""
    context = {
        "form": form,
        "page": page,
        "verdict": Verdict(page.sentences, page.title, page.lead),
        "title": " ".join(page.sentences),
        "trail": page.trail,
        "back": back_of(request),
        "back_field": BACK,
        "multipart": form.is_multipart(),
        **more,
    }
    return render(request, template, context, status=status)


def said_in(request: HttpRequest) -> dict[str, Any]:
    """What a request's address fills in: one text for a name, or all of them where it is given several times."""
    given = ((name, request.GET.getlist(name)) for name in request.GET if name != BACK)
    return {name: values[0] if len(values) == 1 else values for name, values in given}
