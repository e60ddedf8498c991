"""One draft: begun, looked at, told what it is and for whom, written as text, discarded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safeconduct.core.errors import Refusals
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.common.clock import today
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.organisation.people.shared import done
from safeconduct.server.own_programmes import actions
from safeconduct.server.own_programmes.forms import BeginForm, HeadForm, TextsForm
from safeconduct.server.own_programmes.heads import changed_about, changed_head, head_plain, said_of
from safeconduct.server.own_programmes.pages.shared import (
    FORM,
    READ,
    asked,
    context,
    draft_link,
    reader_on,
    url,
    words_of_row,
    writer_on,
)
from safeconduct.server.own_programmes.queries import DraftSeen, draft_of, examined
from safeconduct.server.own_programmes.texts import Texts, mapping_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.catalogue.loading import Examined
    from safeconduct.core.errors import Refusal
    from safeconduct.core.records.catalogue import Programme
    from safeconduct.server.common.look.values import Shown


@FORM
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a programme: whose it is and for whom; its rows come next."""
    viewer = writer_on(request)
    form = BeginForm(catalogue_of(viewer), request.POST or None, initial={"owner": viewer.organisation_title})
    if request.method == "POST" and form.is_valid():
        said = form.said()
        head = head_plain({**said, "rule": "plain", "not_applicable": "allowed"}, today())
        draft = done(form, partial(actions.begin_programme, viewer, said["name"], said["edition"], head))
        if draft is not None:
            messages.success(request, "The draft is there. Add its first row.")
            return redirect("own_programmes:draft", draft.programme)
    lead = "A draft is seen by your organisation only, and nobody is judged by it before you publish it."
    return asked(request, "Begin a programme", "What do you ask, and of whom?", form, deed="Begin the draft", lead=lead)


@require_safe
def draft(request: HttpRequest, programme: str) -> HttpResponse:
    """The draft with its rows, and what the loader refuses of it."""
    viewer = reader_on(request)
    found = draft_of(viewer, programme)
    result = examined(viewer, found)
    read = result.catalogue.programmes.get(found.id)
    writes = viewer.may(Right.PROGRAMMES)
    page = {
        "verdict": _verdict(found, read, result.refusals, writes=writes),
        "boxes": _boxes(found, read),
        "rows": _rows(result, found, read) if read else None,
        "refused": result.refusals,
        "deeds": _deeds(found) if writes else (),
    }
    return render(request, "own_programmes/draft.html", context(f"Draft of {found.id}", **page))


def _verdict(found: DraftSeen, read: Programme | None, refused: Sequence[Refusal], *, writes: bool) -> Verdict:
    rows = len(read.requirements) if read else 0
    mend = counted(len(refused), "thing waits to be mended.", "things wait to be mended.")
    ready = (Button("Publish it", url("publish", found.programme)),) if not refused else ()
    add = Button("Add a row", url("add-row", found.programme))
    return Verdict(
        (f"{counted(rows, 'row is', 'rows are')} written.", mend if refused else "Nothing is refused."),
        title=read.title if read else found.id,
        lead="Nobody is judged by a draft, and only your organisation sees it.",
        buttons=(*ready, add) if writes else (),
    )


def _boxes(found: DraftSeen, read: Programme | None) -> tuple[Box, ...]:
    musts = sum(any(word.value == "must" for _, word in row.obligation) for row in read.requirements) if read else 0
    return (
        Box("Key", Ident(found.programme)),
        Box("Edition", found.edition),
        Box("Issuer", read.owner if read else ""),
        Box("Musts", musts),
    )


def _rows(result: Examined, found: DraftSeen, read: Programme) -> Table:
    columns = (Column("Row"), Column("Obligation"), Column("What meets it"), Column("Judged at"))
    rows: list[Row] = []
    for row in read.requirements:
        link = Link(row.title, url("row", found.programme, _tail(row.key)), ident=row.ref)
        binds: Shown = row.obligation[-1][1] if row.obligation else ""
        rows.append(Row((link, binds, words_of_row(result.catalogue, row, read), row.scope.value)))
    return Table(columns, rows)


def _tail(key: str) -> str:
    return key.partition("/")[2]


def _deeds(found: DraftSeen) -> tuple[Button, ...]:
    return (
        Button("What it is and for whom", url("head", found.programme)),
        Button("Write it as text", url("texts", found.programme)),
        Button("Discard the draft", url("discard", found.programme), post=True),
    )


@FORM
def head(request: HttpRequest, programme: str) -> HttpResponse:
    """What the edition is, for whom, and its life cycle."""
    viewer = writer_on(request)
    found = draft_of(viewer, programme)
    try:
        said = said_of(found.texts)
    except Refusals:
        messages.error(request, "The text is no YAML at the moment. Mend it first.")
        return redirect("own_programmes:texts", programme)
    form = HeadForm(catalogue_of(viewer), request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        told = form.said()
        texts = Texts(
            changed_head(found.texts.head, told, today()),
            found.texts.rows,
            changed_about(found.texts.about, told, today()),
        )
        if _changed(request, form, found, texts, told["edition"]):
            return redirect("own_programmes:draft", programme)
    title, sentence = "What it is and for whom", "Whose programme is it, and how is it judged?"
    return asked(request, title, sentence, form, draft_link(found), deed="Keep it", draft=found)


@FORM
def texts(request: HttpRequest, programme: str) -> HttpResponse:
    """The texts themselves: all that the language can say, checked by the same loader."""
    viewer = writer_on(request)
    found = draft_of(viewer, programme)
    said = {"head": found.texts.head, "rows": found.texts.rows, "about": found.texts.about}
    form = TextsForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        written = Texts(**{name: form.cleaned_data[name].replace("\r\n", "\n") for name in said})
        if _changed(request, form, found, written, _edition_in(written, found.edition)):
            return redirect("own_programmes:texts", programme)
    return asked(
        request,
        "Write it as text",
        "This is what is read.",
        form,
        draft_link(found),
        deed="Keep and check",
        draft=found,
        refused=examined(viewer, found).refusals,
        lead="What the editor of rows cannot say is said here. A draft may be wrong; a published edition may not.",
        template="own_programmes/texts.html",
    )


def _edition_in(written: Texts, before: str) -> str:
    try:
        return str(mapping_of(written.head).get("edition", before))
    except Refusals:
        return before


def _changed(request: HttpRequest, form: Any, found: DraftSeen, written: Texts, edition: str) -> bool:
    """Whether the draft was changed; the form says why where it was refused."""
    viewer, read = writer_on(request), request.POST.get(READ, "")
    deed = partial(actions.change_draft, viewer, found.programme, written, read=read, edition=edition)
    if done(form, deed) is None:
        return False
    messages.success(request, "The draft is kept.")
    return True


@require_POST
def discard(request: HttpRequest, programme: str) -> HttpResponse:
    """Throw the draft away."""
    actions.discard_draft(writer_on(request), programme)
    messages.success(request, "The draft is discarded.")
    return redirect("own_programmes:list")
