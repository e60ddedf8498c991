"""Rows nobody was sure of: somebody reads the original and confirms them, one by one or a chapter at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.provenance import Sure
from safeconduct.core.records.decisions import RowConfirmation
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.values import Link
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.forms import fact_form
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.journal.recording import Page, need_to_record_some, other_day, recorded, shown
from safeconduct.server.journal.returning import returned, rows_before
from safeconduct.server.programmes import actions
from safeconduct.server.programmes.forms import ConfirmRowsForm
from safeconduct.server.programmes.pages.rows import programme_of, row_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Programme, Requirement
    from safeconduct.core.records.units import Enrolment

_READS_OR_SENDS = ["GET", "HEAD", "POST"]
_REFUSED = 422


@require_http_methods(_READS_OR_SENDS)
def confirm_row(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """Confirm that the original of one row was read; it counts for the whole organisation."""
    row = row_asked(request, enrolment, requirement, unit)
    source = row.requirement.source
    said = {"document": f"{source.document}, {source.locator}"}
    form = fact_form(
        row.viewer, "row_confirmations", request.POST or None, said=said, fixed={"requirement": requirement}
    )
    page = Page(
        title=row.title,
        sentences=("I have read the original.",),
        lead=f"Our words: {row.requirement.asks} Source: {source.document}, {source.locator} {source.link}".strip(),
        deed="Confirm the row",
        said="The row is confirmed for this organisation.",
        trail=row.trail("Confirm the source"),
    )
    return recorded(request, form, actions.confirm_row, page, lambda _: row.url)


@require_http_methods(_READS_OR_SENDS)
def confirm_rows(request: HttpRequest, enrolment: str) -> HttpResponse:
    """Confirm the unconfirmed rows of an edition at once, or those of one `chapter`."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    found: Enrolment = seen_one(viewer, "enrolments", enrolment)
    need_to_record_some(viewer, "row_confirmations")
    programme = programme_of(found)
    chapter = request.GET.get("chapter", "")
    confirmed = snapshot_of(viewer).row_confirmations
    rows = [row for row in unsure_rows(programme, chapter) if row.key not in confirmed]
    if not rows and request.method != "POST":
        return redirect(_programme_url(enrolment))
    form = ConfirmRowsForm(request.POST or None, rows=rows, by=viewer.name, on=day_of(request).isoformat())
    before = rows_before(viewer)
    if form.is_valid() and (count := _confirmed(request, form)):
        said = f"{counted(count, 'row is', 'rows are')} confirmed for this organisation."
        return returned(request, said, otherwise=_programme_url(enrolment), before=before)
    page = _page(programme, chapter, rows, enrolment)
    return shown(request, form, page, status=_REFUSED if form.is_bound else 200)


def unsure_rows(programme: Programme, chapter: str = "") -> Sequence[Requirement]:
    """The rows of an edition that wait for somebody to read their original; of one chapter where it is named."""
    return [
        row
        for row in programme.requirements
        if row.source.sure is Sure.UNCONFIRMED and (not chapter or row.chapter == chapter)
    ]


def _confirmed(request: HttpRequest, form: ConfirmRowsForm) -> int:
    """How many rows were confirmed; 0 where it was refused, and the form says why."""
    said = form.cleaned_data
    confirmations = [
        RowConfirmation(key="", requirement=key, by=said["by"], on=said["on"], document=said["document"])
        for key in said["rows"]
    ]
    try:
        return len(actions.confirm_rows(viewer_on(request), confirmations))
    except (Refusal, Refusals) as error:
        form.add_error(None, str(error))
        return 0


def _page(programme: Programme, chapter: str, rows: Sequence[Requirement], enrolment: str) -> Page:
    title = programme.chapters.get(chapter, chapter)
    sentence = f"{counted(len(rows), 'row waits', 'rows wait')} for somebody to read the original."
    return Page(
        title=" · ".join(part for part in (f"{short_name(programme.key)} {programme.edition}", title) if part),
        sentences=(sentence,),
        lead="Until then they are judged and shown, but do not count. Confirming counts for the whole organisation.",
        deed="Confirm the rows",
        said="",
        trail=(
            Link("Programmes", address("programmes:list")),
            Link(short_name(programme.key), _programme_url(enrolment)),
            Link("Confirm the source"),
        ),
    )


def _programme_url(enrolment: str) -> str:
    return address("programmes:programme", enrolment) or "/"
