"""Pages for the organisation's own numbers, the sampling plan, and what asks for a control again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.errors import UnknownKey
from safeconduct.core.records.catalogue import Mode
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button, Link, Verdict
from safeconduct.server.controls.actions import record_trigger, set_plan, set_target
from safeconduct.server.controls.forms.own import PLAN, target_form, targets_of
from safeconduct.server.controls.pages.reader import Reader, reader_on
from safeconduct.server.controls.pages.recording import (
    need_to_record_here,
    reads_and_writes,
    record_url,
    trail_of,
    where_and_what,
)
from safeconduct.server.controls.queries import control_seen
from safeconduct.server.journal.forms import FactForm
from safeconduct.server.journal.recording import Page, need_to_record_some, recorded
from safeconduct.server.journal.returning import BACK, back_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.in_place import ControlInPlace, Trigger


@reads_and_writes
def target(request: HttpRequest, key: str) -> HttpResponse:
    """Set our own number for one parameter; without a parameter, choose one."""
    reader = reader_on(request)
    record = control_seen(reader.viewer, key)
    need_to_record_here(reader, "in_place", record.at)
    name, control = request.GET.get("parameter", ""), reader.control(record)
    words = targets_of(control).get(name, "")
    if not name:
        return _choose(request, reader, record)
    if not words:
        raise UnknownKey("target", name, targets_of(control))
    page = Page(
        title=where_and_what(reader, record),
        sentences=(f"Our own number: {words}.",),
        lead="Where the issuer leaves the number to the organisation, it counts with the reason it was chosen for.",
        deed="Set our own number",
        said=f"Set: our own number for {words}, {reader.name(record)}.",
        trail=trail_of(reader, record, "Our own number"),
    )
    form = target_form(reader.viewer, record, control, name, request.POST or None)
    return recorded(
        request, form, lambda viewer, new: set_target(viewer, new.key, name, new.targets[name]), page, record_url
    )


@require_safe
def _choose(request: HttpRequest, reader: Reader, record: ControlInPlace) -> HttpResponse:
    back = back_of(request)
    buttons = tuple(
        Button(words.capitalize(), address("controls:target", record.key, query={"parameter": name, BACK: back}))
        for name, words in targets_of(reader.control(record)).items()
    )
    context = {
        "title": "Our own number",
        "trail": trail_of(reader, record, "Our own number"),
        "verdict": Verdict(("For what do we set our own number?",), where_and_what(reader, record)),
        "choices": buttons,
    }
    return render(request, "controls/choose.html", context)


@reads_and_writes
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Set how a control that works event by event is sampled."""
    reader = reader_on(request)
    record = control_seen(reader.viewer, key)
    need_to_record_here(reader, "in_place", record.at)
    page = Page(
        title=where_and_what(reader, record),
        sentences=("How often are the events looked at, and how many of them?",),
        lead="No issuer can know how many events you have. Your own plan counts with the reason it was chosen for.",
        deed="Set the sampling plan",
        said=f"Set: the sampling plan of {reader.name(record)} at {reader.ground.unit_title(record.at)}.",
        trail=trail_of(reader, record, "Sampling plan"),
    )
    form = target_form(reader.viewer, record, reader.control(record), PLAN, request.POST or None)
    return recorded(request, form, lambda viewer, new: set_plan(viewer, new.key, new.plan), page, record_url)


@reads_and_writes
def trigger(request: HttpRequest) -> HttpResponse:
    """Record that something happened which asks for a control to be done again."""
    reader = reader_on(request)
    need_to_record_some(reader.viewer, "triggers")
    given = {"redo": request.GET.get("control", ""), "at": request.GET.get("at", "")}
    said = {name: value for name, value in given.items() if value} | {"on": reader.day.isoformat()}
    form = FactForm(reader.viewer, "triggers", request.POST or None, said=said)
    control = reader.catalogue.controls.get(given["redo"])
    known = control is not None and control.mode is Mode.RECURRING
    page = Page(
        title=control.title if control and known else "Controls done again and again",
        sentences=("Something happened that asks for it again.",),
        lead="Until it is done again, what rests on it says so.",
        deed="Record what happened",
        said="Recorded: something asks for it again.",
        trail=(Link("Controls", address("controls:list")), Link("It is to be done again")),
    )
    return recorded(request, form, record_trigger, page, lambda stored: _where_triggered(reader, stored))


def _where_triggered(reader: Reader, stored: Trigger) -> str:
    """The page of the record that is to be done again, where there is one at the unit; else the register."""
    found = [one for one in reader.snapshot.facts.in_place if (one.control, one.at) == (stored.redo, stored.at)]
    return record_url(found[-1]) if found else address("controls:list")
