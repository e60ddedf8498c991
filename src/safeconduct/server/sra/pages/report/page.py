"""The report of a security risk assessment, to be read, printed and signed; judged anew each time it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from safeconduct.core.assess import RULES_VERSION
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Box, Ident, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted, day_text, grouped
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.posture.queries import head_seen
from safeconduct.server.sra.pages.register import nothing_assessed
from safeconduct.server.sra.pages.report import aims, method, record, register, scope, threats
from safeconduct.server.sra.pages.report.method import TEMPLATES, TITLES
from safeconduct.server.sra.report_pdf import INSTALL, can_press, pdf_of
from safeconduct.server.sra.shown import ASSESSMENT, risk_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.pages.report.parts import Chapter, Told
    from safeconduct.server.sra.shown import RiskReader

_CHAPTERS = (
    scope.scope,
    scope.context,
    method.method,
    threats.assets,
    threats.scenarios,
    threats.measures,
    register.register,
    register.treatment,
    aims.objectives,
    aims.year,
    aims.by_hand,
    record.changes,
    record.signatures,
    record.sources,
)


@dataclass(frozen=True)
class Report:
    """All that the report shows; `running` is what each printed sheet says at its foot."""

    verdict: Verdict
    running: str
    pdf: Shown
    cover: tuple[Told, ...]
    boxes: tuple[Box, ...]
    chapters: tuple[tuple[str, Chapter], ...]


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The report of the assessment in force, or of the one that is asked for."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    return render(request, "sra/report.html", report_context(reading))


@require_safe
def report_pdf(request: HttpRequest) -> HttpResponse:
    """The same page as a PDF. Refusal where this server makes none."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    page = render_to_string("sra/report.html", report_context(reading), request)
    answer = HttpResponse(pdf_of(page), content_type="application/pdf")
    name = f"{reading.judged.assessment.key}-{reading.judged.day.isoformat()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def report_context(reading: RiskReader) -> dict[str, Any]:
    """What the report's template prints."""
    return title(_called(reading), Link("Risk", address("risk:list")), report=_report(reading))


def _report(reading: RiskReader) -> Report:
    titles = {**TITLES, **TEMPLATES[reading.judged.assessment.method].titles}
    chapters = (chapter(reading) for chapter in _CHAPTERS)
    return Report(
        verdict=_verdict(reading),
        running=f"{_called(reading)}, {_holder(reading)}, as of {day_text(reading.judged.day)}",
        pdf=_pdf(reading),
        cover=tuple(_cover(reading)),
        boxes=tuple(_boxes(reading)),
        chapters=tuple((titles[one.anchor], one) for one in chapters),
    )


def _pdf(reading: RiskReader) -> Shown:
    """The link to the PDF; where this server makes none, how it is had all the same."""
    if not can_press():
        return Quiet(f"For a PDF, print this page from the browser. For one made by this server: {INSTALL}")
    url = address("risk:report-pdf", query={ASSESSMENT: reading.asked})
    return Several((Link("The report as PDF", url), Quiet("made in some seconds, tagged for readers aloud")), ", ")


def _called(reading: RiskReader) -> str:
    assessment = reading.judged.assessment
    return assessment.title or f"Security risk assessment of {day_text(assessment.on)}"


def _holder(reading: RiskReader) -> str:
    return reading.place(reading.judged.assessment.entity)


def _verdict(reading: RiskReader) -> Verdict:
    above = len(reading.judged.above)
    rated = counted(len(reading.rated), "risk is", "risks are")
    said = f"{above} of them graver than bearable" if above else "none of them graver than bearable"
    return Verdict(
        (f"{_called(reading)}.",),
        title=f"Security risk assessment report, {_holder(reading)}",
        lead=f"{rated} rated as of {day_text(reading.judged.day)}, {said}.",
    )


def _boxes(reading: RiskReader) -> Iterator[Box]:
    judged = reading.judged
    untreated = sum(one.finding.code == "risk-untreated" for one in judged.above)
    left_out = sum(one.levels is None for one in judged.risks)
    yield Box("Places", len(judged.assessment.places), "sites and lanes in scope")
    yield Box("Risks rated", Number(len(reading.rated), "#register"), f"{left_out} left out with a reason")
    yield Box("Graver than bearable", len(judged.above), f"{untreated} of them untreated")
    year = reading.year()
    yield Box("Average year", reading.money(year.mean) if year.mean else Quiet("no amounts"), "expected loss")


def _cover(reading: RiskReader) -> Iterator[Told]:
    one = reading.judged.assessment
    entry, head = head_seen(reading.reader.viewer)
    yield "Organisation", reading.place(reading.reader.overview.snapshot.facts.organisation.key)
    yield "Made for", _holder(reading)
    yield "Template", TEMPLATES[one.method].title
    yield "Describes", one.on
    yield "Judged as of", reading.judged.day
    yield "Approved", method.approved(reading)
    for place, each in enumerate(one.assessors):
        yield (
            "and by" if place else "Made by",
            ", ".join((each.name or "name erased", each.qualified_by or "qualification not said")),
        )
    yield "Next by", one.due or Quiet("none planned")
    yield "Facts", Several((f"to journal entry {grouped(entry)}", Ident(head)), " ")
    yield "Catalogue", Ident(catalogue_in_use().digest)
    yield "Rules", RULES_VERSION
    yield "Kept", _KEPT


_KEPT = (
    "This report is not stored. It was computed when it was opened, from the facts, the catalogue and the rules named "
    "here; the same three and the same day give the same report."
)
