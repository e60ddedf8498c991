"""The page that records a scenario of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link
from safeconduct.server.journal.recording import Page, recorded, said_in
from safeconduct.server.risk import actions
from safeconduct.server.sra.guide_scenario_of_own import OwnScenarioForm
from safeconduct.server.sra.pages.guide.shared import READS_OR_SENDS
from safeconduct.server.sra.shown import read_all

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@READS_OR_SENDS
def own_scenario(request: HttpRequest) -> HttpResponse:
    """A new scenario of the organisation's own, beside those of the catalogue."""
    form = OwnScenarioForm(read_all(request).viewer, request.POST or None, said=said_in(request))
    page = Page(
        title="Scenarios of our own",
        sentences=("What may happen that the catalogue does not tell?",),
        lead="It is then offered at every place of an assessment, and its controls lower it like those of the others.",
        deed="Record the scenario",
        said="The scenario is recorded. Take it in where it is plausible.",
        trail=(
            Link("Risk", address("risk:list")),
            Link("Scenarios of our own", address("registers:section", "scenarios")),
            Link("New"),
        ),
    )
    return recorded(request, form, actions.record_scenario, page, _after)


def _after(_stored: object) -> str:
    return address("registers:section", "scenarios")
