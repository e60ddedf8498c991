"""What controls are worth: in place, what would help, and what treatments plan, in money and in requirements closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.values import Button, Link, Mark, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import control_url, register_url
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.pages.register import nothing_assessed
from safeconduct.server.sra.shown import RiskReader, risk_reader, treated
from safeconduct.server.sra.worth import InPlace, Proposal, Proposed, in_place, planned, would_help

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.judgement import Standing
    from safeconduct.core.planning.supposing import Placed
    from safeconduct.core.records.risk import Treatment
    from safeconduct.server.common.look.values import Shown

WHICH, HELP, PLANNED = "which", "would-help", "planned"
_LISTS = (("", "in place"), (HELP, "that would help"), (PLANNED, "planned by treatments"))
_MEAN, _TAIL = "Off an average year", "Off a year in a hundred"


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
    found = in_place(reading)
    names, overview = reading.reader.names, reading.reader.overview

    def rows(one: InPlace) -> int:
        return len({(row.row.enrolment, row.row.requirement.key) for row in overview.control_asked(one.control)})

    amounts: Iterator[ListColumn[InPlace]] = _worth_columns(reading)
    columns = [
        ListColumn(
            "control",
            "Control",
            lambda one: Link(names.control(one.control), control_url(one.control)),
            lambda one: names.control(one.control),
            subject=True,
        ),
        *amounts,
        ListColumn(
            "rows",
            "Requirements asking it",
            lambda one: Number(rows(one), control_url(one.control)),
            rows,
            numeric=True,
        ),
    ]
    best = next((one for one in found if one.worth.mean > 0), None)
    first = "No control counts in any risk with amounts."
    if best is not None:
        first = f"Worth most: {_lower(names.control(best.control))}, {reading.money(best.worth.mean)} a year."
    return WorthPage(
        verdict=_verdict(reading, first),
        head="In place",
        said="What an average and a bad year would cost more without it, everything else as it is.",
        listed=listed(
            request,
            found,
            columns,
            choices=[_which()],
            text=lambda one: names.control(one.control),
        ),
    )


def _would_help(request: HttpRequest, reading: RiskReader) -> WorthPage:
    found, names = would_help(reading), reading.reader.names
    units = sorted({unit for one in found.found for _, unit in one.controls}, key=names.place)
    amounts: Iterator[ListColumn[Proposal]] = _worth_columns(reading)
    columns = [
        ListColumn(
            "control",
            "Control and place",
            lambda one: _control(reading, one.controls[0]),
            lambda one: names.control(one.controls[0][0]),
            subject=True,
        ),
        ListColumn("stands", "Stands now", lambda one: _stands(reading, one.controls[0])),
        *amounts,
        _closing_column(),
        ListColumn("plan", "Planned by", lambda one: _plans(reading, one)),
    ]
    return WorthPage(
        verdict=_verdict(reading, _best_said(reading, found)),
        head="What would help",
        said=_left_out(found, "What an average and a bad year would cost less if it stood wholly there."),
        listed=listed(
            request,
            found.found,
            columns,
            choices=[
                _which(),
                Choice(
                    "place",
                    "Place",
                    [(unit, names.place(unit)) for unit in units],
                    lambda one, unit: one.controls[0][1] == unit,
                ),
                Choice("closes", "Requirements", [("some", "closes some")], lambda one, _: bool(one.closes)),
            ],
            text=lambda one: " ".join(names.control(control) for control, _ in one.controls),
        ),
    )


def _planned(request: HttpRequest, reading: RiskReader) -> WorthPage:
    found = planned(reading)
    names = reading.reader.names
    ranked = sorted(found.found, key=lambda one: -(one.per_cost or -1.0))
    amounts: Iterator[ListColumn[Proposal]] = _worth_columns(reading)
    columns = [
        ListColumn(
            "treatment",
            "Treatment",
            lambda one: _treatment(reading, one),
            lambda one: names.risk(one.treatments[0].risk),
            subject=True,
        ),
        *amounts,
        _closing_column(),
        *_cost_columns(reading),
    ]
    best = ranked[0] if ranked and ranked[0].per_cost is not None else None
    first = "No treatment under way plans a control." if not ranked else "No treatment under way tells its cost."
    if best is not None:
        first = f"Most for its cost: {names.risk(best.treatments[0].risk)}."
    return WorthPage(
        verdict=_verdict(reading, first),
        head="Planned by treatments",
        said=_left_out(
            found, "All controls of a treatment together; the one that takes most for its cost stands first."
        ),
        listed=listed(
            request,
            ranked,
            columns,
            choices=[_which()],
            text=lambda one: names.risk(one.treatments[0].risk),
        ),
    )


def _which[T]() -> Choice[T]:
    """Which of the lists is shown; it narrows none of them."""
    return Choice(WHICH, "Controls", _LISTS, lambda _one, _value: True)


def _worth_columns[T: InPlace | Proposal](reading: RiskReader) -> Iterator[ListColumn[T]]:
    def risks(one: T) -> int:
        return len(one.worth.risks)

    yield ListColumn(
        "mean",
        _MEAN,
        lambda one: _money(reading, one.worth.mean),
        lambda one: one.worth.mean,
        numeric=True,
        short="A year",
    )
    yield ListColumn(
        "tail",
        _TAIL,
        lambda one: _money(reading, one.worth.tail),
        lambda one: one.worth.tail,
        numeric=True,
        short="Bad year",
    )
    yield ListColumn("risks", "Risks", lambda one: Number(risks(one)), risks, numeric=True)


def _closing_column() -> ListColumn[Proposal]:
    return ListColumn(
        "closes",
        "Requirements closed",
        lambda one: Number(len(one.closes), control_url(one.controls[0][0]) if one.closes else ""),
        lambda one: len(one.closes),
        numeric=True,
        short="Closes",
    )


def _cost_columns(reading: RiskReader) -> Iterator[ListColumn[Proposal]]:
    yield ListColumn(
        "cost",
        "Costs a year",
        lambda one: Quiet("not said") if one.cost is None else reading.money(one.cost),
        lambda one: one.cost,
        numeric=True,
    )
    yield ListColumn(
        "ratio",
        f"Off for each {reading.currency}",
        lambda one: Quiet("") if one.per_cost is None else f"{one.per_cost:.1f}",
        lambda one: one.per_cost,
        numeric=True,
    )


def _money(reading: RiskReader, amount: float) -> Shown:
    return reading.money(amount) if amount >= 1 else Quiet("nothing in money")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _control(reading: RiskReader, placed: Placed) -> Link:
    control, unit = placed
    names = reading.reader.names
    return Link(names.control(control), control_url(control), note=names.place(unit))


def _stands(reading: RiskReader, placed: Placed) -> Mark | Quiet:
    """The worst standing in which risks find it there."""
    control, unit = placed
    found: list[Standing] = [
        one.finding.standing
        for risk in reading.rated
        for one in risk.measures
        if one.measure.need.control == control and one.at == unit and one.counts < 1
    ]
    return Mark(min(found, key=lambda one: one.rank)) if found else Quiet("")


def _plans(reading: RiskReader, one: Proposal) -> Shown:
    """What plans it, with the cost; of a treatment with more controls that is the cost of all of them."""
    links = tuple(
        Link(
            treated(each, reading.judged.day),
            register_url("treatments", each.key),
            note=_cost(reading, one, each),
        )
        for each in one.treatments
    )
    return Several(links, "; ") if links else Quiet("nobody")


def _cost(reading: RiskReader, one: Proposal, treatment: Treatment) -> str:
    if one.per_cost is not None:
        return f"{treatment.cost} a year, {one.per_cost:.1f} off for each {reading.currency}"
    many = f" for {len(treatment.controls)} controls" if len(treatment.controls) > 1 else ""
    return f"{treatment.cost} a year{many}" if treatment.cost else ""


def _treatment(reading: RiskReader, one: Proposal) -> Link:
    """The risk it treats, and below which controls it plans where."""
    names, treatment = reading.reader.names, one.treatments[0]
    by_unit: dict[str, list[str]] = {}
    for control, unit in one.controls:
        by_unit.setdefault(unit, []).append(_lower(names.control(control)))
    told = "; ".join(f"{names.place(unit)}: {'; '.join(controls)}" for unit, controls in by_unit.items())
    return Link(names.risk(treatment.risk), register_url("treatments", treatment.key), note=told)


def _best_said(reading: RiskReader, found: Proposed) -> str:
    best = next((one for one in found.found if one.worth.mean >= 1), None)
    if best is None:
        return "Nothing more would lower a year in money."
    names, (control, unit) = reading.reader.names, best.controls[0]
    return f"At {names.place(unit)} most would come from this: {_lower(names.control(control))}."


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
