"""Enrol a legal entity in an edition: that identifies its requirements, each with an owner and a confirmation day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from safeconduct.core.dates import Duration, DurationUnit, add
from safeconduct.core.records.catalogue import Addressee
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.values import Link
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.forms import fact_form
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.journal.recording import Page, need_to_record_some, other_day, recorded, said_in, shown
from safeconduct.server.programmes import actions
from safeconduct.server.programmes.forms import ChooseEditionForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Programme

_READS_OR_SENDS = ["GET", "HEAD", "POST"]
_QUARTER = Duration(3, DurationUnit.MONTHS)
_WHAT_FOLLOWS = (
    "Enrolling identifies every requirement of the edition, gives each this owner and a day by which its answer is "
    "confirmed first. Only the entity's own sites can be in scope: a sister company is a partner."
)


@require_http_methods(_READS_OR_SENDS)
def enrol(request: HttpRequest) -> HttpResponse:
    """First which legal entity in which edition, then with which roles, sites and flows, and who answers for it."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    need_to_record_some(viewer, "enrolments")
    chosen = ChooseEditionForm(viewer, request.GET if "edition" in request.GET else None, said=said_in(request))
    if not chosen.is_valid():
        return _choose(request, chosen)
    fixed = {name: chosen.cleaned_data[name] for name in ("entity", "edition")}
    programme = catalogue_in_use().programmes[fixed["edition"]]
    asked = _asked(programme)
    said = {"confirm_by": add(day_of(request), _QUARTER).isoformat(), "owner": viewer.name}
    form = fact_form(viewer, "enrolments", request.POST or None, said=said, fixed=fixed, leave_out=asked)
    count = len([row for row in programme.requirements if row.addressee is Addressee.TRADER])
    page = Page(
        title=f"{short_name(programme.key)} {programme.edition} · {programme.title}",
        sentences=(
            f"Enrol {form.ground.unit_title(fixed['entity']).rstrip('.')}.",
            f"{count} requirements wait to be identified.",
        ),
        lead=_WHAT_FOLLOWS,
        deed="Enrol",
        said=f"Enrolled: {counted(count, 'requirement is', 'requirements are')} identified.",
        trail=_trail(Link("Enrol")),
    )
    return recorded(request, form, actions.enrol, page, lambda stored: _programme_url(stored.key))


def _asked(programme: Programme) -> tuple[str, ...]:
    """Fields that say nothing in this programme."""
    return () if programme.variants else ("variant",)


def _choose(request: HttpRequest, form: ChooseEditionForm) -> HttpResponse:
    page = Page(
        title="Programmes",
        sentences=("Which legal entity, in which programme?",),
        lead="An authorisation belongs to one legal entity, or to its sites; never to the group.",
        deed="Go on",
        said="",
        trail=_trail(Link("Enrol")),
    )
    return shown(request, form, page, template="programmes/choose_edition.html")


@require_http_methods(_READS_OR_SENDS)
def change(request: HttpRequest, enrolment: str) -> HttpResponse:
    """Change an enrolment: roles, sites, flows, owner, stages reached, last day."""
    viewer = viewer_on(request)
    record = seen_one(viewer, "enrolments", enrolment)
    programme = catalogue_in_use().programmes.get(record.edition)
    left_out = ("entity", "edition", *(_asked(programme) if programme else ()))
    form = fact_form(
        viewer, "enrolments", request.POST or None, record=record, said=said_in(request), leave_out=left_out
    )
    name = f"{short_name(record.edition)}, {form.ground.unit_title(record.entity)}"
    page = Page(
        title=f"Enrolment · {record.key}",
        sentences=(f"Change the enrolment {name}.",),
        lead="Roles, sites and flows decide which requirements are asked, and where.",
        deed="Change the enrolment",
        said="The enrolment is changed.",
        trail=_trail(Link(name, _programme_url(enrolment)), Link("Change")),
    )
    return recorded(request, form, actions.enrol, page, lambda stored: _programme_url(stored.key))


def _trail(*more: Link) -> tuple[Link, ...]:
    return (Link("Programmes", address("programmes:list")), *more)


def _programme_url(enrolment: str) -> str:
    return address("programmes:programme", enrolment) or address("registers:section", "enrolments") or "/"
