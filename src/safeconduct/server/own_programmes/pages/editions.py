"""Publishing a draft, and what is published."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.organisation.people.shared import done
from safeconduct.server.own_programmes import actions
from safeconduct.server.own_programmes.forms import EditionForm, PublishForm
from safeconduct.server.own_programmes.pages.shared import (
    FORM,
    READ,
    asked,
    context,
    draft_link,
    reader_on,
    url,
    writer_on,
)
from safeconduct.server.own_programmes.queries import EditionSeen, draft_of, edition_seen, examined

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.server.accounts.viewer import Viewer

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@FORM
def publish(request: HttpRequest, programme: str) -> HttpResponse:
    """Publish a draft, after saying who sees it and that this is for good."""
    viewer = writer_on(request)
    found = draft_of(viewer, programme)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shared, read = form.cleaned_data["seen_by"] == "all", request.POST.get(READ, "")
        if done(form, partial(actions.publish_edition, viewer, programme, shared=shared, read=read)) is not None:
            messages.success(request, f"{found.id} is published.")
            return redirect("own_programmes:edition", programme, found.edition)
    refused = examined(viewer, found).refusals
    sentence = f"Publish {found.id}." if not refused else "It cannot be published yet."
    lead = "It is found in the catalogue from now on, and whoever enrols is judged by it. Changes are a next edition."
    return asked(
        request, "Publish", sentence, form, draft_link(found), deed="Publish", draft=found, refused=refused, lead=lead
    )


@require_safe
def edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """A published edition: who published it, for whom, with which digest."""
    viewer = reader_on(request)
    found = edition_seen(viewer, programme, edition)
    page = {"verdict": _verdict(viewer, found), "boxes": _boxes(found), "deeds": _deeds(viewer, found)}
    return render(request, "own_programmes/edition.html", context(found.id, **page))


def _verdict(viewer: Viewer, found: EditionSeen) -> Verdict:
    known = catalogue_of(viewer).programmes.get(found.id)
    if known is None:
        sentence = "It names what the catalogue of this server no longer has, so nobody is judged by it."
        return Verdict((sentence,), title=found.id, lead="The issuer publishes a new edition on the controls of today.")
    enrol = Button("Enrol in it", address("programmes:enrol")) if viewer.may_record("enrolments") else None
    read = Button("Read its requirements", address("catalogue:programme", found.programme, found.edition))
    return Verdict(
        (f"{known.title} asks {counted(len(known.requirements), 'thing', 'things')}.",),
        title=found.id,
        lead=f"Published by {found.owner}. It is never changed; what changes is a next edition.",
        buttons=(enrol, read) if enrol else (read,),
    )


def _boxes(found: EditionSeen) -> tuple[Box, ...]:
    return (
        Box("Published", timezone.localdate(found.published)),
        Box("By", found.owner),
        Box("Seen by", "every organisation here" if found.shared else Quiet("its own organisation")),
        Box("Digest", Ident(found.digest[:16]), Quiet("of its files")),
    )


def _deeds(viewer: Viewer, found: EditionSeen) -> tuple[Button, ...]:
    files = Button("Take its files", url("files", found.programme, found.edition))
    if found.own and viewer.may(Right.PROGRAMMES):
        return (Button("Begin the next edition", url("next", found.programme, found.edition)), files)
    return (files,)


@require_safe
def files(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The files of an edition as a folder in an archive: the same bytes each time."""
    found = edition_seen(reader_on(request), programme, edition)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in sorted(found.texts.files(programme, edition).items()):
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), text)
    answer = HttpResponse(held.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{programme}-{edition}.zip"'
    return answer


@FORM
def next_edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Begin the next edition as a copy of this one."""
    viewer = writer_on(request)
    found = edition_seen(viewer, programme, edition)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data["edition"]
        draft = done(form, partial(actions.begin_next_edition, viewer, programme, edition, named))
        if draft is not None:
            messages.success(request, f"The draft begins as a copy of {found.id}.")
            return redirect("own_programmes:draft", programme)
    way = Link(found.id, url("edition", programme, edition))
    sentence = f"What is the edition after {edition} called?"
    return asked(request, "Begin the next edition", sentence, form, way, deed="Begin the draft")
