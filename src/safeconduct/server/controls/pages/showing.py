"""Pages that record what shows a control in place: evidence, samples, occurrences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.core.records.in_place import Shown
from safeconduct.server.common.links import address
from safeconduct.server.controls.actions import attach_evidence, record_occurrence, record_sample
from safeconduct.server.controls.forms.showing import EvidenceForm, kinds_asked, occurrence_form, sample_form
from safeconduct.server.controls.pages.reader import reader_on
from safeconduct.server.controls.pages.recording import (
    need_to_record_here,
    reads_and_writes,
    trail_of,
    where_and_what,
)
from safeconduct.server.controls.queries import control_seen
from safeconduct.server.journal.recording import Page, recorded

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _of_record(anchor: str) -> Any:
    return lambda stored: address("controls:in-place", stored.of, anchor=anchor)


@reads_and_writes
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """Attach evidence to a control in place."""
    reader = reader_on(request)
    record = control_seen(reader.viewer, key)
    need_to_record_here(reader, "evidence", record.at)
    kinds = [kind for kind in request.GET.getlist("shows") if kind in set(Shown)]
    shows = kinds or kinds_asked(record, reader.snapshot, reader.control(record).shown, reader.day)
    page = Page(
        title=where_and_what(reader, record),
        sentences=("Show that it stands.",),
        lead="A photo, a record or a document, with the time it speaks for. After its last day it no longer counts.",
        deed="Attach the evidence",
        said=f"Attached to {reader.name(record)} at {reader.ground.unit_title(record.at)}.",
        trail=trail_of(reader, record, "Attach evidence"),
    )
    form = EvidenceForm(request, reader.viewer, record, shows)
    return recorded(request, form, attach_evidence, page, _of_record("evidence"))


@reads_and_writes
def sample(request: HttpRequest, key: str) -> HttpResponse:
    """Record how many events of a period were checked and how many conform."""
    reader = reader_on(request)
    record = control_seen(reader.viewer, key)
    need_to_record_here(reader, "samples", record.at)
    page = Page(
        title=where_and_what(reader, record),
        sentences=("Of the events of a period, how many were checked, and how many conform?",),
        lead="An event conforms when it was done as the record's values say. A period without any is recorded as 0.",
        deed="Record the sample",
        said=f"Recorded: a sample of {reader.name(record)} at {reader.ground.unit_title(record.at)}.",
        trail=trail_of(reader, record, "Record a sample"),
    )
    form = sample_form(reader.viewer, record, request.POST or None, reader.day)
    return recorded(request, form, record_sample, page, _of_record("samples"))


@reads_and_writes
def occurrence(request: HttpRequest, key: str) -> HttpResponse:
    """Record that it was done."""
    reader = reader_on(request)
    record = control_seen(reader.viewer, key)
    need_to_record_here(reader, "done", record.at)
    page = Page(
        title=where_and_what(reader, record),
        sentences=("It was done.", "On which day?"),
        lead="The next time is counted from the day it was finished.",
        deed="Record the day",
        said=f"Recorded: {reader.name(record)} was done at {reader.ground.unit_title(record.at)}.",
        trail=trail_of(reader, record, "Record when it was done"),
    )
    form = occurrence_form(reader.viewer, record, request.POST or None, reader.day)
    return recorded(request, form, record_occurrence, page, _of_record("done"))
