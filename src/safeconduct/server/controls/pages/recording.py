"""Pages that record a control in place, change its values from a day, put it right, or end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeconduct.core.errors import NotAllowed
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button, Link, Verdict
from safeconduct.server.controls.actions import end_control, record_control
from safeconduct.server.controls.forms.own import end_form
from safeconduct.server.controls.forms.recording import Asked, ControlForm
from safeconduct.server.controls.forms.start import StartForm
from safeconduct.server.controls.pages.reader import Reader, reader_on
from safeconduct.server.controls.queries import control_seen
from safeconduct.server.journal.recording import Page, need_to_record_some, other_day, recorded
from safeconduct.server.journal.returning import BACK, back_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.in_place import ControlInPlace

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
CORRECT = "correct"
FORM = "controls/record.html"


def record_url(record: ControlInPlace) -> str:
    """The page of a control in place."""
    return address("controls:in-place", record.key)


def need_to_record_here(reader: Reader, section: str, unit: str) -> None:
    """Raise NotAllowed unless the viewer may record facts of this section at the unit: before a form is shown."""
    need_to_record_some(reader.viewer, section)
    if not reader.viewer.may_record_at(section, unit):
        raise NotAllowed(f"You may record this at your own sites only, not at {reader.ground.unit_title(unit)}.")


def trail_of(reader: Reader, record: ControlInPlace, *last: str) -> tuple[Link, ...]:
    """The way to a page about a control in place."""
    links = [Link("Controls", address("controls:list")), Link(reader.name(record), record_url(record))]
    return (*links, *(Link(text) for text in last))


def where_and_what(reader: Reader, record: ControlInPlace) -> str:
    """The small title of a form about a record."""
    return f"{reader.name(record)} · {reader.ground.unit_title(record.at)}"


@reads_and_writes
def record(request: HttpRequest) -> HttpResponse:
    """First the control and the place, unless the address names them; then its values, and what shows it."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    reader = reader_on(request)
    need_to_record_some(reader.viewer, "in_place")
    start = StartForm(reader.viewer, reader.resting.by_control, request.GET)
    if not start.is_complete:
        return _start(request, start)
    asked = _asked(request, reader, start)
    return _recorded(request, reader, ControlForm(request, reader.viewer, asked), asked)


def _start(request: HttpRequest, start: StartForm) -> HttpResponse:
    context = {
        "title": "Record a control",
        "trail": (Link("Controls", address("controls:list")), Link("Record one")),
        "verdict": Verdict(("What stands, and where?",), "Record a control, step 1 of 2", start.lead),
        "form": start,
        "back": back_of(request),
        "back_field": BACK,
        "kept": [(name, request.GET[name]) for name in ("field", "target") if name in request.GET],
    }
    return render(request, "controls/start.html", context, status=422 if start.is_bound and start.errors else 200)


def _asked(request: HttpRequest, reader: Reader, start: StartForm) -> Asked:
    control = reader.catalogue.controls[start.cleaned_data["control"]]
    terms = reader.catalogue.terms.lists.get(control.by)
    element = request.GET.get("element", "")
    return Asked(
        control=control,
        at=start.cleaned_data["at"],
        element=element if terms and element in terms.elements else "",
        first=tuple(request.GET.getlist("field")),
        target=request.GET.get("target", ""),
    )


def _recorded(request: HttpRequest, reader: Reader, form: ControlForm, asked: Asked) -> HttpResponse:
    place = reader.ground.unit_title(asked.at)
    element = f": {reader.element(asked.control, asked.element)}" if asked.element else ""
    page = Page(
        title=f"Record a control · {place}",
        sentences=(f"{asked.control.title}{element}.",),
        lead=asked.control.note,
        deed="Record the control",
        said=f"Recorded: {asked.control.title}{element} at {place}.",
        trail=(Link("Controls", address("controls:list")), Link("Record one", address("controls:record"))),
    )
    return recorded(request, form, record_control, page, record_url, template=FORM)


@reads_and_writes
def change(request: HttpRequest, key: str) -> HttpResponse:
    """New values from a day make a new record; a mistake put right changes the same one. The page says which."""
    reader = reader_on(request)
    known = control_seen(reader.viewer, key)
    need_to_record_here(reader, "in_place", known.at)
    if _puts_right(request, known):
        return _put_right(request, reader, known)
    return _new_values(request, reader, known)


def _puts_right(request: HttpRequest, known: ControlInPlace) -> bool:
    """A value that was never recorded completes the record; anything else is asked for by name."""
    asked, fields = request.GET.get("how", ""), request.GET.getlist("field")
    return asked == CORRECT or (not asked and bool(fields) and not any(field in known.values for field in fields))


def _new_values(request: HttpRequest, reader: Reader, known: ControlInPlace) -> HttpResponse:
    asked = Asked(
        control=reader.control(known),
        at=known.at,
        element=known.for_,
        first=tuple(request.GET.getlist("field")),
        like=known,
    )
    page = Page(
        title=where_and_what(reader, known),
        sentences=("The practice changed.", "New values hold from a day."),
        lead="A new record begins on that day and the old one stays for the days before. "
        "What showed the old values does not show the new ones: attach what does.",
        deed="Record the new values",
        said=f"Recorded: new values of {reader.name(known)} at {reader.ground.unit_title(known.at)}.",
        trail=trail_of(reader, known, "New values"),
        aside=(Button("It was recorded wrongly: put it right", _other_way(request, known, CORRECT)),),
    )
    return recorded(
        request, ControlForm(request, reader.viewer, asked), record_control, page, record_url, template=FORM
    )


def _put_right(request: HttpRequest, reader: Reader, known: ControlInPlace) -> HttpResponse:
    asked = Asked(
        control=reader.control(known),
        at=known.at,
        element=known.for_,
        first=tuple(request.GET.getlist("field")),
        record=known,
    )
    page = Page(
        title=where_and_what(reader, known),
        sentences=("The record is completed or put right.", "It holds for all its days."),
        lead="The same record is changed, from its first day on; the journal keeps what it said before.",
        deed="Put the record right",
        said=f"Put right: {reader.name(known)} at {reader.ground.unit_title(known.at)}.",
        trail=trail_of(reader, known, "Put right"),
        aside=(Button("The practice changed: record new values from a day", _other_way(request, known, "new")),),
    )
    return recorded(
        request, ControlForm(request, reader.viewer, asked), record_control, page, record_url, template=FORM
    )


def _other_way(request: HttpRequest, known: ControlInPlace, how: str) -> str:
    query = {"how": how, "field": request.GET.get("field", ""), BACK: back_of(request)}
    return address("controls:change", known.key, query=query)


@reads_and_writes
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Give a control in place its last day."""
    reader = reader_on(request)
    known = control_seen(reader.viewer, key)
    need_to_record_here(reader, "in_place", known.at)
    form = end_form(reader.viewer, known, request.POST or None, reader.day.isoformat())
    page = Page(
        title=where_and_what(reader, known),
        sentences=("It stands no longer.",),
        lead="From the day after, everything that rests on it asks for something else.",
        deed="Record the last day",
        said=f"Recorded: the last day of {reader.name(known)} at {reader.ground.unit_title(known.at)}.",
        trail=trail_of(reader, known, "It ended"),
    )
    return recorded(
        request,
        form,
        lambda viewer, record: end_control(viewer, record.key, until=record.until),
        page,
        record_url,
    )
