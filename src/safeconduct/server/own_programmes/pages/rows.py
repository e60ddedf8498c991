"""One row of a draft: written, made as strong as it is meant, taken out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from safeconduct.core.errors import Refusals, UnknownKey
from safeconduct.server.common.clock import today
from safeconduct.server.common.look.values import Button, Link
from safeconduct.server.organisation.people.shared import done
from safeconduct.server.own_programmes import actions
from safeconduct.server.own_programmes.forms import BoundsForm, RowForm
from safeconduct.server.own_programmes.pages.shared import FORM, READ, asked, draft_link, url, writer_on
from safeconduct.server.own_programmes.queries import DraftSeen, draft_of, examined
from safeconduct.server.own_programmes.rows import key_of, row_plain, rows_in, simple_row, with_row, without_row

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Catalogue, Programme
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.own_programmes.rows import RowText, SimpleRow


class _Bench:
    """A draft with what was read of it: the programme without what is refused, and the rows of the text."""

    def __init__(self, request: HttpRequest, programme: str) -> None:
        self.viewer: Viewer = writer_on(request)
        self.draft: DraftSeen = draft_of(self.viewer, programme)
        self.catalogue: Catalogue = examined(self.viewer, self.draft).catalogue
        self.programme: Programme | None = self.catalogue.programmes.get(self.draft.id)

    def readable(self) -> bool:
        """Whether the text is a list of rows, however wrong they may be."""
        try:
            rows_in(self.draft.texts.rows)
        except Refusals:
            return False
        return True

    def written(self, tail: str) -> RowText:
        """The row of this key in the text. Raises UnknownKey where there is none."""
        key = f"{self.draft.programme}/{tail}"
        for one in rows_in(self.draft.texts.rows):
            if one.key == key:
                return one
        raise UnknownKey("row", key, ())

    def simple(self, key: str) -> SimpleRow | None:
        """The row as the simple editor knows it; None where only the text can say it."""
        if self.programme is None:
            return None
        row = next((one for one in self.programme.requirements if one.key == key), None)
        return simple_row(row, self.programme) if row is not None else None

    def keep(self, request: HttpRequest, form: Any, rows: str) -> bool:
        """Keep the rows; whether that was done. The form says why where it was refused."""
        texts = replace(self.draft.texts, rows=rows)
        read = request.POST.get(READ, "")
        return (
            done(form, partial(actions.change_draft, self.viewer, self.draft.programme, texts, read=read)) is not None
        )


def _to_texts(request: HttpRequest, programme: str) -> HttpResponse:
    messages.error(request, "This row says more than the form can, or cannot be read. Here is its text.")
    return redirect("own_programmes:texts", programme)


@FORM
def add(request: HttpRequest, programme: str) -> HttpResponse:
    """A new row."""
    bench = _Bench(request, programme)
    if bench.programme is None or not bench.readable():
        return _to_texts(request, programme)
    form = _form(request, bench, None)
    if request.method == "POST" and form.is_valid():
        row = form.row(None)
        key = key_of(programme, row.ref)
        if any(one.key == key for one in rows_in(bench.draft.texts.rows)):
            form.add_error("ref", f"There is a row {row.ref} already. Choose another number.")
        elif (answer := _stored(request, bench, form, key, row, {})) is not None:
            return answer
    return asked(request, "Add a row", "What is asked?", form, draft_link(bench.draft), deed="Go on", draft=bench.draft)


@FORM
def row(request: HttpRequest, programme: str, tail: str) -> HttpResponse:
    """Change a row."""
    try:
        bench = _Bench(request, programme)
        written = bench.written(tail)
    except Refusals:
        return _to_texts(request, programme)
    before = bench.simple(written.key)
    if before is None:
        return _to_texts(request, programme)
    form = _form(request, bench, before)
    if request.method == "POST" and form.is_valid():
        answer = _stored(request, bench, form, written.key, form.row(before), written.plain)
        if answer is not None:
            return answer
    aside = (
        Button("How strong it must be", url("bounds", programme, tail)),
        Button("Take the row out", url("remove-row", programme, tail), post=True),
    )
    title = f"Row {before.ref}"
    return asked(
        request, title, f"{before.title}.", form, draft_link(bench.draft), deed="Go on", draft=bench.draft, aside=aside
    )


def _form(request: HttpRequest, bench: _Bench, before: SimpleRow | None) -> RowForm:
    assert bench.programme is not None
    since = bench.programme.since or today()
    return RowForm(bench.catalogue, bench.programme, request.POST or None, row=before, since=since)


def _stored(
    request: HttpRequest, bench: _Bench, form: RowForm, key: str, row: SimpleRow, before: dict[str, Any]
) -> HttpResponse | None:
    assert bench.programme is not None
    plain = row_plain(row, before, bench.programme, today())
    if not bench.keep(request, form, with_row(bench.draft.texts.rows, key, plain)):
        return None
    controls = (bench.catalogue.controls[one.control] for one in row.needs.controls)
    if any(control.parameters or control.by for control in controls):
        return redirect("own_programmes:bounds", bench.draft.programme, key.partition("/")[2])
    messages.success(request, "The row is kept.")
    return redirect("own_programmes:draft", bench.draft.programme)


@FORM
def bounds(request: HttpRequest, programme: str, tail: str) -> HttpResponse:
    """How strong the controls of a row must be."""
    try:
        bench = _Bench(request, programme)
        written = bench.written(tail)
    except Refusals:
        return _to_texts(request, programme)
    before = bench.simple(written.key)
    if before is None or bench.programme is None:
        return _to_texts(request, programme)
    form = BoundsForm(bench.catalogue, before.needs.controls, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changed = replace(before, needs=replace(before.needs, controls=form.controls()))
        plain = row_plain(changed, written.plain, bench.programme, today())
        if bench.keep(request, form, with_row(bench.draft.texts.rows, written.key, plain)):
            messages.success(request, "The row is kept.")
            return redirect("own_programmes:draft", programme)
    way = (draft_link(bench.draft), Link(f"Row {before.ref}", url("row", programme, tail)))
    lead = "What is left open is not asked: the control then only has to stand."
    more: dict[str, Any] = {"draft": bench.draft, "lead": lead, "template": "own_programmes/bounds.html"}
    return asked(
        request, "How strong", f"How strong must it be: {before.title}?", form, *way, deed="Keep the row", **more
    )


@require_POST
def remove(request: HttpRequest, programme: str, tail: str) -> HttpResponse:
    """Take a row out of the draft."""
    bench = _Bench(request, programme)
    written = bench.written(tail)
    texts = replace(bench.draft.texts, rows=without_row(bench.draft.texts.rows, written.key))
    actions.change_draft(bench.viewer, programme, texts, read=bench.draft.state)
    messages.success(request, f"Row {tail} is taken out.")
    return redirect("own_programmes:draft", programme)
