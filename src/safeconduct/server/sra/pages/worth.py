"""What controls are worth: in place, what would help, and what treatments plan, in money and in requirements closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, Listed, listed
from safeconduct.server.common.look.values import Button, Link, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.pages import worth_columns as columns
from safeconduct.server.sra.pages.register import nothing_assessed
from safeconduct.server.sra.pages.worth_columns import lowered
from safeconduct.server.sra.shown import RiskReader, risk_reader
from safeconduct.server.sra.worth import Proposed, in_place, planned, would_help

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


WHICH, HELP, PLANNED = "which", "would-help", "planned"
_LISTS = (("", "in place"), (HELP, "that would help"), (PLANNED, "planned by treatments"))


@dataclass(frozen=True)
class WorthPage:
    """All that the page shows."""

    verdict: Verdict
    head: str
    said: str
    listed: Listed


@require_safe
def worth(request: HttpRequest) -> HttpResponse:
    """One of three lists: controls in place, controls that would help, treatments that plan controls."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    show = {HELP: _would_help, PLANNED: _planned}.get(request.GET.get(WHICH, ""), _in_place)
    page = show(request, reading)
    if wants_csv(request):
        return page.listed.answer("worth")
    return render(
        request, "sra/worth.html", title("What controls are worth", Link("Risk", address("risk:list")), page=page)
    )


def _in_place(request: HttpRequest, reading: RiskReader) -> WorthPage:
    found, names = in_place(reading), reading.reader.names
    best = next((one for one in found if one.worth.mean > 0), None)
    first = "No control counts in any risk with amounts."
    if best is not None:
        first = f"Worth most: {lowered(names.control(best.control))}, {reading.money(best.worth.mean)} a year."
    return WorthPage(
        verdict=_verdict(reading, first),
        head="In place",
        said="What an average and a bad year would cost more without it, everything else as it is.",
        listed=listed(
            request,
            found,
            columns.of_controls_in_place(reading),
            choices=[_which()],
            text=lambda one: names.control(one.control),
        ),
    )


def _would_help(request: HttpRequest, reading: RiskReader) -> WorthPage:
    found, names = would_help(reading), reading.reader.names
    units = sorted({one.controls[0][1] for one in found.found}, key=names.place)
    places = [(unit, names.place(unit)) for unit in units]
    return WorthPage(
        verdict=_verdict(reading, _best_said(reading, found)),
        head="What would help",
        said=_left_out(found, "What an average and a bad year would cost less if it stood wholly there."),
        listed=listed(
            request,
            found.found,
            columns.of_what_would_help(reading),
            choices=[
                _which(),
                Choice("place", "Place", places, lambda one, unit: one.controls[0][1] == unit),
                Choice("closes", "Requirements", [("some", "closes some")], lambda one, _: bool(one.closes)),
            ],
            text=lambda one: names.control(one.controls[0][0]),
        ),
    )


def _planned(request: HttpRequest, reading: RiskReader) -> WorthPage:
    found, names = planned(reading), reading.reader.names
    ranked = sorted(found.found, key=lambda one: -(one.per_cost or -1.0))
    first = "No treatment under way plans a control." if not ranked else "No treatment under way tells its cost."
    if ranked and ranked[0].per_cost is not None:
        first = f"Most for its cost: {names.risk(ranked[0].treatments[0].risk)}."
    said = "All controls of a treatment together; the one that takes most for its cost stands first."
    return WorthPage(
        verdict=_verdict(reading, first),
        head="Planned by treatments",
        said=_left_out(found, said),
        listed=listed(
            request,
            ranked,
            columns.of_treatments(reading),
            choices=[_which()],
            text=lambda one: names.risk(one.treatments[0].risk),
        ),
    )


def _which[T]() -> Choice[T]:
    """Which of the lists is shown; it narrows none of them."""
    return Choice(WHICH, "Controls", _LISTS, lambda _one, _value: True)


def _best_said(reading: RiskReader, found: Proposed) -> str:
    best = next((one for one in found.found if one.worth.mean >= 1), None)
    if best is None:
        return "Nothing more would lower a year in money."
    names, (control, unit) = reading.reader.names, best.controls[0]
    return f"At {names.place(unit)} most would come from this: {lowered(names.control(control))}."


def _left_out(found: Proposed, said: str) -> str:
    if not found.left_out:
        return said
    return f"{said} {counted(found.left_out, 'smaller one is', 'smaller ones are')} left out."


def _verdict(reading: RiskReader, first: str) -> Verdict:
    bare, today = reading.year("inherent").mean, reading.year().mean
    lead = "Each is weighed alone, so what two take together is less than the sum."
    if bare > today:
        lead = (
            f"All that stands, and what others bear, takes {reading.money(bare - today)} from an average year. {lead}"
        )
    return Verdict(
        (first,),
        title=f"What controls are worth, {reading.place(reading.judged.assessment.entity)}",
        lead=lead,
        buttons=(Button("Try several together", address("risk:what-if")),),
    )
