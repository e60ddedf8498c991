"""The first step: what the assessment covers, by which method, made by whom, and what is bearable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.records.risk import Method
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button, Link, Quiet, Several
from safeconduct.server.posture.links import register_url
from safeconduct.server.risk import actions
from safeconduct.server.sra.forms import AssessmentForm
from safeconduct.server.sra.guide_cargo import cargo_map
from safeconduct.server.sra.guide_words import METHODS
from safeconduct.server.sra.pages.guide.shared import done_and_on, step_shown
from safeconduct.server.sra.pages.risk_tables import place_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided


def scope(request: HttpRequest, guided: Guided) -> HttpResponse:
    """What it covers."""
    form = AssessmentForm(guided.viewer, guided.assessment.method, request.POST or None, record=guided.assessment)
    if request.method == "POST" and form.stored(actions.begin_assessment) is not None:
        return done_and_on(request, "The scope is stored.", guided.url("assets"))
    lanes = cargo_map(guided)
    return step_shown(
        request,
        guided,
        "scope",
        form=form,
        deed="Store the scope",
        facts=() if guided.writes else tuple(_facts(guided)),
        before=(("Cargo map by lane", lanes),) if lanes and _maps_first(guided) else (),
        after=(("Lanes in scope", lanes),) if lanes and not _maps_first(guided) else (),
        aside=tuple(_aside(guided)),
    )


def _maps_first(guided: Guided) -> bool:
    """CTPAT begins with the map of cargo."""
    return guided.assessment.method is Method.CTPAT_FIVE_STEPS


def _aside(guided: Guided) -> Iterator[Button]:
    if guided.writes:
        yield Button("Add a lane", address("registers:new", "lanes", query={"back": guided.url("scope")}))


def _facts(guided: Guided) -> Iterator[tuple[str, Shown]]:
    """What is on record, for who only reads."""
    one, reading = guided.assessment, guided.reading
    yield "Made for", reading.place(one.entity)
    yield "Method", METHODS[one.method].title
    yield "Covers", one.scope or Quiet("not said")
    yield "Context", one.context or Quiet("not said")
    yield "Places", Several(tuple(Link(reading.place(each), place_url(reading, each)) for each in one.places), "; ")
    yield "Day", one.on
    yield "Bearable", f"up to {reading.priority(one.bearable)}"
    told = [f"{each.name} ({each.qualified_by})" if each.qualified_by else each.name for each in one.assessors]
    yield "Made by", "; ".join(told) or Quiet("nobody named")
    yield "Register", Link("The record of it", register_url("risk_assessments", one.key))
