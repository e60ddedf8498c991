"""Follow another edition of a programme from a day on, or take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from safeconduct.core.dates import Duration, DurationUnit, add
from safeconduct.core.errors import Refusal, Refusals
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import ASKED, day_named, day_of
from safeconduct.server.common.look.values import Link
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.journal.recording import Page, need_to_record_some, other_day, shown
from safeconduct.server.journal.returning import returned
from safeconduct.server.programmes import actions
from safeconduct.server.programmes.forms import SwitchForm, UndoSwitchForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.units import Enrolment

_READS_OR_SENDS = ["GET", "HEAD", "POST"]
_REFUSED = 422
_QUARTER = Duration(3, DurationUnit.MONTHS)
TO, FROM = "to", "from"
_WHAT_FOLLOWS = (
    "The enrolment ends the day before, and another begins in its place: same holder, sites, flows, number and stages. "
    "Every control, proof, answer and decision stays on record, and earlier days are judged by what was followed then."
)


@require_http_methods(_READS_OR_SENDS)
def switch(request: HttpRequest, enrolment: str) -> HttpResponse:
    """Choose the edition and its first day, and switch."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    need_to_record_some(viewer, "enrolments")
    found: Enrolment = seen_one(viewer, "enrolments", enrolment)
    editions = [one for one in catalogue_in_use().programmes.values() if _is_other(one.id, found.edition)]
    form = SwitchForm(request.POST or None, editions=editions, said=_said(request))
    if form.is_valid() and (begun := _switched(request, found, form)) is not None:
        said = (
            f"{short_name(begun.edition)} {begun.edition.partition('/')[2]} is followed from {day_text(begun.since)}."
        )
        on = begun.since.isoformat() if begun.since > day_of(request) else ""
        return returned(request, said, otherwise=_programme_url(begun.key, on=on))
    page = Page(
        title=_name(found),
        sentences=("Follow another edition.",),
        lead=_WHAT_FOLLOWS,
        deed="Switch the edition",
        said="",
        trail=_trail(found, "Switch"),
    )
    return shown(request, form, page, status=_REFUSED if form.is_bound else 200)


def _is_other(edition: str, than: str) -> bool:
    return edition != than and edition.partition("/")[0] == than.partition("/")[0]


def _said(request: HttpRequest) -> dict[str, str]:
    """The edition and day of the address, and the day by which answers are to be confirmed first."""
    day = day_named(request.GET.get(FROM, "")) or day_of(request)
    return {
        "edition": request.GET.get(TO, ""),
        "day": day.isoformat(),
        "confirm_by": add(day, _QUARTER).isoformat(),
    }


def _switched(request: HttpRequest, found: Enrolment, form: SwitchForm) -> Enrolment | None:
    """The enrolment that begins; None where it was refused, and the form says why."""
    said = form.cleaned_data
    try:
        return actions.switch_edition(
            viewer_on(request), found.key, edition=said["edition"], day=said["day"], confirm_by=said["confirm_by"]
        )
    except (Refusal, Refusals) as error:
        form.add_error(None, str(error))
        return None


@require_http_methods(_READS_OR_SENDS)
def undo(request: HttpRequest, enrolment: str) -> HttpResponse:
    """Take the switch back that an enrolment began with."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    need_to_record_some(viewer, "enrolments")
    found: Enrolment = seen_one(viewer, "enrolments", enrolment)
    form = UndoSwitchForm(request.POST or None)
    if form.is_valid() and (before := _undone(request, found, form)) is not None:
        said = f"{short_name(before.edition)} {before.edition.partition('/')[2]} is followed as before."
        return returned(request, said, otherwise=_programme_url(before.key))
    page = Page(
        title=_name(found),
        sentences=("Take the switch back.",),
        lead="This enrolment is withdrawn and the one before it runs on. What was recorded meanwhile stays on record.",
        deed="Take the switch back",
        said="",
        trail=_trail(found, "Take the switch back"),
    )
    return shown(request, form, page, status=_REFUSED if form.is_bound else 200)


def _undone(request: HttpRequest, found: Enrolment, form: UndoSwitchForm) -> Enrolment | None:
    """The enrolment that runs on; None where it was refused, and the form says why."""
    try:
        return actions.undo_switch(viewer_on(request), found.key, why=form.cleaned_data["why"])
    except (Refusal, Refusals) as error:
        form.add_error(None, str(error))
        return None


def _name(enrolment: Enrolment) -> str:
    return f"{short_name(enrolment.edition)} {enrolment.edition.partition('/')[2]}"


def _trail(enrolment: Enrolment, deed: str) -> tuple[Link, ...]:
    return (
        Link("Programmes", address("programmes:list")),
        Link(_name(enrolment), _programme_url(enrolment.key)),
        Link(deed),
    )


def _programme_url(enrolment: str, *, on: str = "") -> str:
    return address("programmes:programme", enrolment, query={ASKED: on}) or "/"
