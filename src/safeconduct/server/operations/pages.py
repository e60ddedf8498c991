"""Pages of weaknesses and their cure: somebody is asked to put something right, and says that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.core.errors import NotAllowed, UnknownKey
from safeconduct.core.records.history import CorrectiveAction
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.clock import today
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import day_named
from safeconduct.server.common.look.values import Link
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.asking import RECORDED_TOGETHER, may_ask_at
from safeconduct.server.journal.forms import FormGround, ground_of
from safeconduct.server.journal.reading import seen, seen_one
from safeconduct.server.journal.recording import Page, need_to_record_some, other_day, recorded
from safeconduct.server.journal.returning import returned, rows_before
from safeconduct.server.operations.actions import close_action, open_action
from safeconduct.server.operations.forms import AskForm, Wanted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody to put right what a control lacks at a place."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    for section in RECORDED_TOGETHER:
        need_to_record_some(viewer, section)
    ground = ground_of(viewer, "findings")
    wanted = _wanted(request, ground)
    page = Page(
        title=f"{ground.control_title(wanted.control)} · {ground.unit_title(wanted.at)}",
        sentences=("Ask somebody.", "Who does it, and by which day?"),
        lead="It is kept as a finding with its corrective action. What it asks for counts once that is recorded.",
        deed="Ask",
        said=_said(request),
        trail=(Link("Controls", address("controls:list")), Link("Ask somebody")),
    )
    form = AskForm(viewer, wanted, request.POST or None)
    return recorded(request, form, open_action, page, _register)


def _wanted(request: HttpRequest, ground: FormGround) -> Wanted:
    """What the address asks for. Raises UnknownKey for what is not there, NotAllowed elsewhere than at home."""
    control, at = request.GET.get("control", ""), request.GET.get("at", "")
    if not may_ask_at(ground.viewer, at):
        raise NotAllowed("You may ask for something at your own sites only.")
    if control not in ground.catalogue.controls:
        raise UnknownKey("control", control, ground.catalogue.controls)
    if at not in ground.snapshot.units and at != ground.snapshot.facts.organisation.key:
        raise UnknownKey("unit", at, ground.snapshot.units)
    record = request.GET.get("record", "")
    known = {one.key for one in seen(ground.viewer, "in_place") if one.control == control}
    text = request.GET.get("text", "")
    return Wanted(control=control, at=at, record=record if record in known else "", text=text)


def _said(request: HttpRequest) -> str:
    """What is said once it is stored: who was asked, and until when."""
    due = day_named(request.POST.get("due", ""))
    return "" if due is None else f"Asked: {request.POST.get('owner', '').strip()}, due {day_text(due)}."


def _register(action: CorrectiveAction) -> str:
    return address("registers:change", "corrective_actions", action.key)


@require_POST
def done(request: HttpRequest, key: str) -> HttpResponse:
    """What was asked is done: its corrective action is closed today."""
    viewer = viewer_on(request)
    action: CorrectiveAction = seen_one(viewer, "corrective_actions", key)
    what = (action.text or "The corrective action").rstrip(".")
    if action.closed is not None:
        return returned(request, f"Already done on {day_text(action.closed)}: {what}.", otherwise=_register(action))
    before = rows_before(viewer)
    close_action(viewer, key, on=today())
    return returned(request, f"Done: {what}.", otherwise=_register(action), before=before)
