"""The first page of risk: how many risks are too grave, where they lie, and all of them in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import shifted
from safeconduct.core.records.risk import Way
from safeconduct.core.risk.moves import rises
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.values import Box, Button, Ident, Link, Nothing, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.values import Way as Start
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.posture.pages.reader import Reader, day_asked, title
from safeconduct.server.posture.queries import overview_of
from safeconduct.server.sra.heat_map import heat_of
from safeconduct.server.sra.loss_curve import SHORT, YEAR_IN_TEN, loss_curve
from safeconduct.server.sra.shown import ASSESSMENT, RiskReader, open_places, read_all, risk_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
    from safeconduct.server.common.look.curve import Curve
    from safeconduct.server.common.look.heat import Heat
    from safeconduct.server.common.look.values import Shown

COMPARED_DAYS = 30


@dataclass(frozen=True)
class RegisterPage:
    """All that the first page of risk shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    heat: Heat
    scales_url: str
    curve: Curve | None
    year_url: str
    ways: Several
    register: Listed


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All risks of the assessment in force."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    found = _register(request, reading)
    if wants_csv(request):
        return found.answer("risks")
    before = _before(request, reading)
    page = RegisterPage(
        verdict=_verdict(reading, before),
        boxes=tuple(_boxes(reading)),
        heat=heat_of(reading, before, url=_cell_url(reading)),
        scales_url=address("catalogue:matrix", reading.judged.matrix.key),
        curve=loss_curve({of: reading.year(of) for of in SHORT}, reading.currency),
        year_url=address("risk:year", query={ASSESSMENT: reading.asked}),
        ways=Several(tuple(_ways(reading, before))),
        register=found,
    )
    return render(request, "sra/register.html", title("Risk", page=page))


def nothing_assessed(request: HttpRequest) -> HttpResponse:
    """The page of risk while no assessment holds on the day: what is missing, and how one is begun."""
    reader = read_all(request)
    return render(request, "sra/nothing.html", title("Risk", verdict=_no_verdict(reader), nothing=_nothing(reader)))


def _cell_url(reading: RiskReader) -> str:
    """The address of the list, ready for the cell that is asked for."""
    asked = f"{ASSESSMENT}={reading.asked}&" if reading.asked else ""
    return f"?{asked}"


def _before(request: HttpRequest, reading: RiskReader) -> AssessedRisks | None:
    """The same assessment on an earlier day: that of the address, or thirty days before."""
    day = min(day_asked(request, "since", shifted(reading.reader.day, -COMPARED_DAYS)), reading.reader.day)
    return overview_of(reading.reader.viewer, day).risks(reading.judged.assessment.key)


def _verdict(reading: RiskReader, before: AssessedRisks | None) -> Verdict:
    judged, above = reading.judged, reading.judged.above
    rated = counted(len(reading.rated), "risk", "risks")
    first = f"{len(above)} of {rated} {'is' if len(above) == 1 else 'are'} graver than bearable."
    if not above:
        first = f"All {rated} are bearable." if len(reading.rated) > 1 else "No risk is graver than bearable."
    risen = rises(before, judged) if before else []
    sentences: tuple[str, ...] = (first,)
    if risen:
        named = reading.title(risen[0].now)
        sentences += (f"{named} rose by itself." if len(risen) == 1 else f"{len(risen)} rose by themselves.",)
    buttons = []
    if above:
        buttons.append(Button("Treat the gravest", reading.url(above[0])))
    if risen and before is not None:
        buttons.append(Button("See why", _days_url(reading, before)))
    buttons.append(Button("Try what would help", address("risk:what-if", query={ASSESSMENT: reading.asked})))
    return Verdict(
        sentences,
        title=f"Security risk, {reading.place(judged.assessment.entity)}",
        lead=" ".join(_lead(reading)),
        buttons=tuple(buttons[:2]),
    )


def _days_url(reading: RiskReader, before: AssessedRisks) -> str:
    """The day beside the one it is compared with."""
    return address("risk:days", query={ASSESSMENT: reading.asked, "since": before.day.isoformat()})


def _ways(reading: RiskReader, before: AssessedRisks | None) -> Iterator[Link]:
    """Where else the same risks are told."""
    asked = {ASSESSMENT: reading.asked}
    if before is not None:
        yield Link(f"Compared with {day_text(before.day)}", _days_url(reading, before))
    yield Link("What a year may cost", address("risk:year", query=asked))
    yield Link("What controls are worth", address("risk:worth", query=asked))
    yield Link("What if", address("risk:what-if", query=asked))
    yield Link("Objectives", address("risk:objectives"))
    yield Link("Assessments", address("risk:assessments"))
    yield Link("The report", address("risk:report", query=asked))
    yield Link("Report", address("risk:report", query=asked))


def _lead(reading: RiskReader) -> Iterator[str]:
    """What is untreated, what a bad year costs, and what has no numbers."""
    untreated = [one for one in reading.judged.above if one.finding.code == "risk-untreated"]
    if untreated:
        yield f"For {counted(len(untreated), 'of these', 'of these')} nothing is decided."
    year = reading.year()
    if year.mean:
        yield f"One year in ten costs more than {reading.money(year.quantile(YEAR_IN_TEN))}."
    if lacking := reading.portfolio().without_numbers:
        left_out = "is left out" if lacking == 1 else "are left out"
        yield f"{counted(lacking, 'risk has', 'risks have')} no amounts and {left_out} of that."


def _boxes(reading: RiskReader) -> Iterator[Box]:
    judged, facts = reading.judged, reading.reader.overview.snapshot.facts
    assessment, day = judged.assessment, judged.day
    lanes = {lane.key for lane in facts.lanes}
    sites = sum(place not in lanes for place in assessment.places)
    yield Box(
        "Scope",
        Link(assessment.title or reading.place(assessment.entity), address("risk:assessment", assessment.key)),
        f"{counted(sites, 'site', 'sites')}, {counted(len(assessment.places) - sites, 'lane', 'lanes')}",
    )
    yield Box("Scales", Link(judged.matrix.title, address("catalogue:matrix", judged.matrix.key)))
    yield Box("Bearable", f"up to {reading.priority(assessment.bearable)}", _approved(reading))
    due = f"next by {day_text(assessment.due)}" if assessment.due else "no next one planned"
    yield Box("Last assessment", assessment.on, due)
    incidents = [one for one in facts.incidents if shifted(day, -365) < one.on <= day]
    yield Box("Incidents", Number(len(incidents), address("registers:section", "incidents")), "in twelve months")
    ends = [one.until for each in judged.risks for one in each.treatments if one.way is Way.ACCEPT and one.until]
    ahead = sorted(until for until in ends if until >= day)
    note = f"next ends {day_text(ahead[0])}" if ahead else ""
    yield Box("Accepted", Number(len(ahead), address("registers:section", "treatments")), note)


def _approved(reading: RiskReader) -> str:
    assessment = reading.judged.assessment
    if not assessment.approved_on:
        return "not approved yet"
    return f"{assessment.approved_by or 'approved'}, {day_text(assessment.approved_on)}"


def _register(request: HttpRequest, reading: RiskReader) -> Listed:
    return listed(
        request,
        reading.judged.by_priority,
        _columns(reading),
        choices=_choices(reading),
        text=lambda one: f"{reading.numbers[one.risk.key]} {reading.title(one)} {one.risk.owner} {one.risk.note}",
        caption="Likelihood and consequence with the controls that stand on this day. The gravest stands first.",
    )


def _columns(reading: RiskReader) -> list[ListColumn[RiskJudgement]]:
    judged = reading.judged
    down, across = judged.rating.scale(judged.matrix.down), judged.rating.scale(judged.matrix.across)

    def loss(one: RiskJudgement) -> float | None:
        return one.current.loss if one.current else None

    def number(one: RiskJudgement) -> int:
        return int(reading.numbers[one.risk.key].removeprefix("R"))

    return [
        ListColumn("number", "No.", lambda one: Ident(reading.numbers[one.risk.key]), number),
        ListColumn("risk", "Scenario and place", reading.link, reading.title, subject=True),
        ListColumn(
            "likelihood",
            down.rates.value.capitalize(),
            lambda one: reading.likelihood(one.current.cell.down) if one.current else "",
            lambda one: down.place(one.current.cell.down) if one.current and one.current.cell.down else None,
        ),
        ListColumn(
            "consequence",
            across.rates.value.capitalize(),
            lambda one: reading.consequence(one.current.cell.across) if one.current else "",
            lambda one: across.place(one.current.cell.across) if one.current and one.current.cell.across else None,
        ),
        ListColumn("rating", "Rating", lambda one: _rating(reading, one), lambda one: judged.place(one.priority)),
        ListColumn("loss", "Expected a year", lambda one: reading.money(loss(one)), loss, numeric=True, short="A year"),
        ListColumn("controls", "Controls standing", reading.controls, short="Controls"),
        ListColumn("treatment", "Treatment", reading.treatment),
        ListColumn(
            "owner", "Owner", lambda one: one.risk.owner or Quiet("nobody named"), lambda one: one.risk.owner or None
        ),
    ]


def _rating(reading: RiskReader, one: RiskJudgement) -> Shown:
    """The class with the swatch's word; what is too grave says so, what is left out as well."""
    if one.current is None:
        return Quiet("left out")
    if not one.priority:
        return Quiet("not rated")
    notes = ["graver than bearable"] if one.above else []
    if one.current.overridden:
        notes.append("set by hand")
    return Link(reading.priority(one.priority), note=", ".join(notes)) if notes else reading.priority(one.priority)


def _choices(reading: RiskReader) -> list[Choice[RiskJudgement]]:
    judged = reading.judged
    classes = judged.rating.scale(judged.matrix.result).classes
    places = sorted(open_places(judged.risks), key=reading.place)
    owners = sorted({one.risk.owner for one in judged.risks if one.risk.owner})
    cells = {_cell(one): _cell_words(reading, one) for one in judged.risks if _cell(one)}
    ratings = [
        ("above", "graver than bearable"),
        *((one.key, one.title.lower()) for one in reversed(classes)),
        ("out", "left out"),
    ]
    return [
        Choice("place", "Place", [(one, reading.place(one)) for one in places], lambda one, key: one.risk.at == key),
        Choice("rating", "Rating", ratings, _rated_as),
        Choice("treated", "Treatment", _TREATED, lambda one, code: one.finding.code == code),
        Choice("owner", "Owner", [(one, one) for one in owners], lambda one, name: one.risk.owner == name),
        Choice("cell", "Cell", list(cells.items()), lambda one, cell: _cell(one) == cell),
    ]


_TREATED = (
    ("risk-untreated", "nothing decided"),
    ("risk-in-treatment", "in treatment"),
    ("risk-accepted", "accepted"),
    ("risk-bearable", "none needed"),
)


def _rated_as(one: RiskJudgement, value: str) -> bool:
    if value == "above":
        return one.above
    return one.levels is None if value == "out" else one.priority == value


def _cell(one: RiskJudgement) -> str:
    """The cell of a risk as an address names it; empty where it has none."""
    cell = one.current.cell if one.current else None
    return f"{cell.down}.{cell.across}" if cell and cell.down and cell.across else ""


def _cell_words(reading: RiskReader, one: RiskJudgement) -> str:
    assert one.current is not None
    return f"{reading.likelihood(one.current.cell.down)}, {reading.consequence(one.current.cell.across)}"


def _no_verdict(reader: Reader) -> Verdict:
    organisation = reader.names.place(reader.overview.snapshot.facts.organisation.key)
    return Verdict(
        ("Nobody has assessed the risks yet.",),
        title=f"Security risk, {organisation}",
        lead="An assessment names what is critical, what may happen to it, and how much your controls take from that.",
    )


def _nothing(reader: Reader) -> Nothing:
    """How an assessment is begun."""
    begin = address("risk:begin") if reader.today and reader.viewer.may_record("risk_assessments") else ""
    ways = [
        Start(
            "Make the first assessment.",
            "A guided path: scope, assets, scenarios, numbers, priorities, treatments, objectives.",
            (Button("Begin an assessment", begin),) if begin else (),
        ),
        Start(
            "Look at what may happen.",
            "Thirty scenarios of the trade, each with the controls that answer it and what is published about it.",
            (Button("Open the threat scenarios", address("catalogue:scenarios")),),
        ),
    ]
    return Nothing("Ways to begin", tuple(ways))
