"""`safeconduct risk year` and `worth`: what a year may cost, and what each control takes from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.judging import AsJSON, AsOf, FactsFile, Most
from safeconduct.cli.printing import print_json, table_of
from safeconduct.cli.refusing import refusals_told
from safeconduct.cli.risk import AssessmentOption, PlaceOption, judged_file
from safeconduct.core.risk.checking import QUANTILES, Checked, checked
from safeconduct.core.risk.choosing import chosen, planned, year_of_risks
from safeconduct.core.risk.judge import AssessedRisks
from safeconduct.core.risk.portfolio import TAIL, Portfolio, Worth
from safeconduct.core.risk.words import percent, rounded
from safeconduct.core.sentences import written_day
from safeconduct.facts.risk_answers import check_form, frame_form, worth_form, year_form
from safeconduct.library import risks_in, worth_in

Level = Annotated[str, typer.Option("--level", help="Level of control: inherent, current, best or target.")]
RiskOption = Annotated[str, typer.Option("--risk", help="Only this risk.")]
Years = Annotated[
    int, typer.Option("--check", help="Also draw so many random years, and say whether they agree.", show_default=False)
]
Candidates = Annotated[
    bool, typer.Option("--candidates", help="Of countermeasures that do not stand wholly, instead of those in place.")
]


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the others about risks."""
    app.command(name="year")(year_of)
    app.command(name="worth")(worth_of_controls)


def year_of(
    file: FactsFile,
    *,
    at: PlaceOption = "",
    risk: RiskOption = "",
    level: Level = "current",
    check: Years = 0,
    assessment: AssessmentOption = "",
    as_of: AsOf = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say what a year may cost, exactly: on average, in bad years, and which risks it comes from."""
    with refusals_told(as_json=as_json):
        judged = risks_in(judged_file(file, as_of, catalogue_with(own)), assessment)
        found = year_of_risks(judged, level, at=at, risk=risk)
        trial = checked(found, check) if check else []
        if as_json:
            form = {**frame_form(judged), "level": level, "place": at or None, "risk": risk or None}
            tried = {"check": check_form(check, trial)} if check else {}
            print_json({**form, **year_form(found), **tried})
            return
        _print_year(judged, found, _about(judged, at, risk, level))
        if check:
            _print_check(trial, check)


def worth_of_controls(
    file: FactsFile,
    *,
    candidates: Candidates = False,
    assessment: AssessmentOption = "",
    as_of: AsOf = "",
    most: Most = 40,
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Rank controls by how much they lower the losses of a year: its mean, and the mean of the worst years."""
    with refusals_told(as_json=as_json):
        whole = judged_file(file, as_of, catalogue_with(own))
        judged = risks_in(whole, assessment)
        found = worth_in(whole.ground.snapshot, judged, candidates=candidates)
        ahead = planned(judged) if candidates else frozenset()
        if as_json:
            worths = [{**worth_form(one), "planned": one.control in ahead} for one in found]
            print_json({**frame_form(judged), "tail": TAIL, "candidates": candidates, "worth": worths})
        else:
            _print_worth(judged, found[:most], len(found), ahead, candidates=candidates)


def _about(judged: AssessedRisks, at: str, risk: str, level: str) -> str:
    controls = {
        "inherent": "without controls",
        "current": "with the controls of today",
        "best": "if all were shown",
        "target": "with what is planned",
    }
    return f"{risk or at or judged.assessment.entity}, {written_day(judged.day)}, {controls[level]}"


def _print_year(judged: AssessedRisks, found: Portfolio, about: str) -> None:
    console, year, currency = Console(), found.year, judged.assessment.currency
    console.print(f"[bold]What a year may cost[/bold]: {about}")
    console.print(f"On average {rounded(year.mean)} {currency}; chance of any event {percent(1 - year.none)}.")
    table = table_of("Bad years", "Worse is one year in", f"More than, {currency}", f"Then on average, {currency}")
    for level in QUANTILES:
        table.add_row(f"{1 / (1 - level):,.0f}", rounded(year.quantile(level)), rounded(year.tail_mean(level)))
    console.print(table)
    if found.causes:
        console.print(_contributions(judged, found))
    console.print(
        f"{len(found.perils)} risks and {len(found.shocks)} common causes counted,"
        f" {found.without_numbers} risks without numbers left out."
    )
    grid = year.grid
    console.print(
        f"Exact on a grid of {grid.points:,} steps of {rounded(grid.step)} {currency};"
        f" it misses the mean by {year.error:.1e} of it."
    )


def _contributions(judged: AssessedRisks, found: Portfolio) -> object:
    currency, titles = judged.assessment.currency, {one.key: one.title for one in judged.common}
    titles |= {one.risk.key: f"{one.scenario.title}, {one.risk.at}" for one in chosen(judged)}
    table = table_of("Where it comes from", "Risk", "What", f"Mean, {currency}", f"In the worst 1 %, {currency}")
    for one in found.contributions(TAIL):
        table.add_row(one.risk, titles[one.risk], rounded(one.mean), rounded(one.in_tail))
    return table


def _print_check(trial: Sequence[Checked], years: int) -> None:
    table = table_of(f"Beside {years:,} random years", "Figure", "Exact", "From", "To", "Agrees")
    for one in trial:
        figure = f"one year in {1 / (1 - one.level):,.0f}" if one.level else "mean"
        table.add_row(figure, rounded(one.exact), rounded(one.low), rounded(one.high), "yes" if one.agrees else "no")
    Console().print(table)
    apart = sum(not one.agrees for one in trial)
    said = "They agree." if not apart else f"{apart} of {len(trial)} figures lie outside."
    Console().print(f"{said} By chance alone one figure in a hundred does.")


def _print_worth(
    judged: AssessedRisks, found: Sequence[Worth], count: int, ahead: frozenset[str], *, candidates: bool
) -> None:
    currency = judged.assessment.currency
    title = "What controls would be worth" if candidates else "What controls in place are worth"
    table = table_of(
        f"{title}, {written_day(judged.day)}", "Control", f"Mean of a year, {currency}",
        f"Worst 1 % of years, {currency}", "Risks", *(["Planned"] if candidates else []),
    )  # fmt: skip
    for one in found:
        told = (["yes" if one.control in ahead else ""]) if candidates else []
        table.add_row(one.control, rounded(one.mean), rounded(one.tail), str(len(one.risks)), *told)
    Console().print(table)
    Console().print(f"{len(found)} of {count} controls shown. Worths of several controls do not add up.")
