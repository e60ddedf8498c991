"""What the pages share: who may write, the way here, the words of a need, the form as it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeconduct.catalogue.spoken import Line, need_words
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link, Verdict

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Catalogue, Programme, Requirement
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.own_programmes.queries import DraftSeen

FORM = require_http_methods(["GET", "HEAD", "POST"])
READ = "read"
"""The field that holds the state in which a draft was read."""


def writer_on(request: HttpRequest) -> Viewer:
    """The viewer of a request, who may write programmes; NotAllowed otherwise."""
    viewer = viewer_on(request)
    viewer.need(Right.PROGRAMMES)
    return viewer


def reader_on(request: HttpRequest) -> Viewer:
    """The viewer of a request, who sees the whole organisation; NotAllowed otherwise."""
    viewer = viewer_on(request)
    viewer.need(Right.READ_ALL)
    return viewer


def url(name: str, *args: str) -> str:
    """The address of one of these pages."""
    return address(f"own_programmes:{name}", *args)


def context(title: str, *trail: Link, **values: Any) -> dict[str, Any]:
    """What the frame of one of these pages needs."""
    return {"title": title, "trail": (Link("Own programmes", url("list")), *trail, Link(title)), **values}


def draft_link(draft: DraftSeen) -> Link:
    """The draft, on the way to a page below it."""
    return Link(f"Draft of {draft.id}", url("draft", draft.programme))


def asked(
    request: HttpRequest, title: str, sentence: str, form: forms.Form, *trail: Link, deed: str, **more: Any
) -> HttpResponse:
    """The page of a form: empty, or with what is to be mended.

    With a `draft` the form holds the state in which that was read, the one that was sent where it was sent before: what
    somebody else changed meanwhile is never overwritten by sending the form again.
    """
    verdict = Verdict((sentence,), title=title, lead=more.pop("lead", ""))
    template = more.pop("template", "own_programmes/form.html")
    draft = more.pop("draft", None)
    read = request.POST.get(READ, draft.state if draft else "")
    page = context(title, *trail, verdict=verdict, form=form, deed=deed, read=read, **more)
    return render(request, template, page, status=422 if form.errors else 200)


def words_of_row(catalogue: Catalogue, row: Requirement, programme: Programme) -> str:
    """What a row asks, in one run of words."""
    needs = [row.needs] if row.needs is not None else [part.needs for part in row.parts]
    return "; ".join(_run(need_words(catalogue, need, programme)) for need in needs)


def _run(line: Line) -> str:
    """A line with what stands below it, in brackets."""
    return f"{line.text} ({'; '.join(map(_run, line.below))})" if line.below else line.text
