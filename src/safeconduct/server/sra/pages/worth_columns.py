"""The columns of the lists that tell what controls are worth, and what their cells show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.links import address
from safeconduct.server.common.listing import ListColumn
from safeconduct.server.common.look.values import Link, Mark, Number, Quiet, Several
from safeconduct.server.posture.links import control_url, register_url
from safeconduct.server.sra.shown import ASSESSMENT, RiskReader, treated
from safeconduct.server.sra.toggles import ON
from safeconduct.server.sra.worth import InPlace, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.core.judgement import Standing
    from safeconduct.core.planning.supposing import Placed
    from safeconduct.core.records.risk import Treatment
    from safeconduct.server.common.look.values import Shown

_MEAN, _TAIL = "Off an average year", "Off a year in a hundred"


def of_controls_in_place(reading: RiskReader) -> list[ListColumn[InPlace]]:
    """Control, worth, risks, and how many requirements ask it."""
    names, overview = reading.reader.names, reading.reader.overview

    def rows(one: InPlace) -> int:
        return len({(row.row.enrolment, row.row.requirement.key) for row in overview.control_asked(one.control)})

    def control(one: InPlace) -> str:
        return names.control(one.control)

    def link(one: InPlace) -> Link:
        return Link(control(one), control_url(one.control))

    amounts: Iterator[ListColumn[InPlace]] = _worth_columns(reading)
    asking = ListColumn[InPlace](
        "rows", "Requirements asking it", lambda one: Number(rows(one), control_url(one.control)), rows, numeric=True
    )
    return [ListColumn("control", "Control", link, control, subject=True), *amounts, asking]


def of_what_would_help(reading: RiskReader) -> list[ListColumn[Proposal]]:
    """Control and place, how it stands, worth, risks, the requirements it would close, and what plans it."""
    names = reading.reader.names
    amounts: Iterator[ListColumn[Proposal]] = _worth_columns(reading)
    control = ListColumn[Proposal](
        "control",
        "Control and place",
        lambda one: _control(reading, one.controls[0]),
        lambda one: names.control(one.controls[0][0]),
        subject=True,
    )
    return [
        control,
        ListColumn("stands", "Stands now", lambda one: _stands(reading, one.controls[0])),
        *amounts,
        _closing_column(),
        ListColumn("plan", "Planned by", lambda one: _plans(reading, one)),
    ]


def of_treatments(reading: RiskReader) -> list[ListColumn[Proposal]]:
    """Treatment with its controls, worth, risks, the requirements they would close, and its cost."""
    names = reading.reader.names
    amounts: Iterator[ListColumn[Proposal]] = _worth_columns(reading)
    treatment = ListColumn[Proposal](
        "treatment",
        "Treatment",
        lambda one: _treatment(reading, one),
        lambda one: names.risk(one.treatments[0].risk),
        subject=True,
    )
    return [treatment, *amounts, _closing_column(), *_cost_columns(reading)]


def _worth_columns[T: InPlace | Proposal](reading: RiskReader) -> Iterator[ListColumn[T]]:
    def risks(one: T) -> int:
        return len(one.worth.risks)

    yield ListColumn(
        "mean",
        _MEAN,
        lambda one: _tried(reading, one),
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


def _tried(reading: RiskReader, one: InPlace | Proposal) -> Shown:
    """What it takes off an average year; where it is a single control that would help, a link that tries it."""
    shown = _money(reading, one.worth.mean)
    if isinstance(one, InPlace) or len(one.controls) > 1 or not isinstance(shown, str):
        return shown
    return Link(shown, address("risk:what-if", query={ASSESSMENT: reading.asked, ON: "@".join(one.controls[0])}))


def _money(reading: RiskReader, amount: float) -> Shown:
    return reading.money(amount) if amount >= 1 else Quiet("nothing in money")


def lowered(text: str) -> str:
    """A title inside a sentence."""
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
        by_unit.setdefault(unit, []).append(lowered(names.control(control)))
    told = "; ".join(f"{names.place(unit)}: {'; '.join(controls)}" for unit, controls in by_unit.items())
    return Link(names.risk(treatment.risk), register_url("treatments", treatment.key), note=told)
