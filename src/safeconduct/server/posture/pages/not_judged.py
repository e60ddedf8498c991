"""An enrolment that is there and not judged on the day of the page: why, and on which day it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from safeconduct.server.common.citing import short_name
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button, Link, Verdict
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.reading import seen
from safeconduct.server.posture.links import programme_url
from safeconduct.server.posture.pages.reader import Reader, title
from safeconduct.server.posture.words import unread_editions

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.units import Enrolment


def not_judged(request: HttpRequest, reader: Reader, enrolment: str) -> HttpResponse | None:
    """The page that says why; None for an enrolment that is judged, is not there, or is not seen."""
    if any(one.enrolment.key == enrolment for one in reader.overview.assessment.programmes):
        return None
    viewer = reader.viewer
    record = next((one for one in seen(viewer, "enrolments") if one.key == enrolment), None)
    if record is not None and viewer.limited and not viewer.units & set(record.sites):
        return None
    found = None if record is None else _why(reader, record)
    if record is None or found is None:
        return None
    why, judged_on = found
    name = short_name(record.edition.partition("/")[0])
    open_that = (Button(f"Open {day_text(judged_on)}", _on(enrolment, judged_on)),) if judged_on else ()
    change = (Button("Open the enrolment", address("registers:change", "enrolments", enrolment)),)
    verdict = Verdict((f"{name} is not judged on {day_text(reader.day)}.",), name, why, buttons=(*open_that, *change))
    trail = Link("Programmes", address("programmes:list"))
    return render(request, "posture/not_judged.html", title(name, trail, verdict=verdict))


def _why(reader: Reader, record: Enrolment) -> tuple[str, date | None] | None:
    """Why it is not judged on the day, and the nearest day on which it is; None where nothing here says so."""
    programme = reader.overview.catalogue.programmes.get(record.edition)
    if programme is None:
        return unread_editions({record.edition}), None
    begun = max(day for day in (record.since, programme.since) if day is not None)
    ended = min((day for day in (record.until, programme.until) if day is not None), default=None)
    if reader.day < begun:
        return f"It is followed from {day_text(begun)} on.", begun
    if ended is not None and reader.day > ended:
        return f"It was followed until {day_text(ended)}.", ended
    return None


def _on(enrolment: str, day: date) -> str:
    return f"{programme_url(enrolment)}?on={day.isoformat()}"
