"""`safeconduct risk list`, `show`, `objectives` and `compare`: judged risks of a facts file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.judging import AsJSON, AsOf, FactsFile
from safeconduct.cli.printing import day_asked, mark, print_json, table_of, tree_of
from safeconduct.cli.refusing import refusals_told
from safeconduct.core.assess import Assessment, assess
from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import deciding_leaf
from safeconduct.core.planning.objectives import ObjectiveProgress
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.risk.choosing import chosen
from safeconduct.core.risk.history import History
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
from safeconduct.core.risk.moves import Move, moves
from safeconduct.core.risk.portfolio import LEVELS
from safeconduct.core.risk.words import percent, rounded, times
from safeconduct.core.sentences import sentence, written_day
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.risk_answers import class_title, frame_form, move_form, objective_form, risk_form, risks_form
from safeconduct.library import open_facts, risks_in

app = typer.Typer(
    name="risk",
    help="Security risks of a facts file: how grave, why, what a year may cost, what controls are worth.",
    no_args_is_help=True,
)

AssessmentOption = Annotated[
    str, typer.Option("--assessment", help="Risk assessment; the one that holds on the day when left out.")
]
PlaceOption = Annotated[str, typer.Option("--at", help="Only this site or lane.")]


@app.command(name="list")
def list_risks(
    file: FactsFile,
    *,
    at: PlaceOption = "",
    assessment: AssessmentOption = "",
    as_of: AsOf = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """List the risks of an assessment, the gravest first, each with its class and what is decided."""
    with refusals_told(as_json=as_json):
        judged = risks_in(judged_file(file, as_of, catalogue_with(own)), assessment)
        found = chosen(judged, at=at)
        if as_json:
            print_json(risks_form(judged, found))
        else:
            _print_risks(judged, found)


@app.command(name="show")
def show_risk(
    file: FactsFile,
    key: Annotated[str, typer.Argument(help="Key of a risk.", show_default=False)],
    *,
    as_of: AsOf = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Show one risk at its four levels of control, and why it stands as it does, down to the facts."""
    with refusals_told(as_json=as_json):
        whole = judged_file(file, as_of, catalogue_with(own))
        recorded = whole.ground.snapshot.risk_records
        if key not in recorded:
            raise UnknownKey("risk", key, tuple(recorded))
        judged = whole.risks_of(recorded[key].assessment)
        one = judged.risk(key)
        if as_json:
            print_json({**frame_form(judged), **risk_form(judged, one)})
        else:
            _print_risk(judged, one)


@app.command(name="objectives")
def list_objectives(file: FactsFile, *, as_of: AsOf = "", own: OwnFolders = None, as_json: AsJSON = False) -> None:
    """List security objectives with their progress from facts, the gravest pace first."""
    with refusals_told(as_json=as_json):
        catalogue = catalogue_with(own)
        judged = assess(Snapshot(open_facts(file, catalogue)), catalogue, day_asked(as_of))
        if as_json:
            print_json([objective_form(one) for one in judged.objectives])
        else:
            _print_objectives(judged)


@app.command(name="compare")
def compare_days(
    file: FactsFile,
    before: Annotated[str, typer.Argument(help="The earlier day, YYYY-MM-DD.", show_default=False)],
    *,
    assessment: AssessmentOption = "",
    as_of: AsOf = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say which risks rose or fell between two days although nobody rated them anew, and why."""
    with refusals_told(as_json=as_json):
        catalogue, first = catalogue_with(own), day_asked(before)
        whole = judged_file(file, as_of, catalogue)
        now = risks_in(whole, assessment)
        was = assess(whole.ground.snapshot, catalogue, first, enrolments=()).risks_of(now.assessment.key)
        found = moves(was, now)
        if as_json:
            form = {**frame_form(now), "before": first.isoformat(), "moves": [move_form(now, one) for one in found]}
            print_json(form)
        else:
            _print_moves(was, now, found)


def judged_file(file: Path, as_of: str, catalogue: Catalogue) -> Assessment:
    """A facts file judged for its risks alone; programmes are not judged."""
    return assess(Snapshot(open_facts(file, catalogue)), catalogue, day_asked(as_of), enrolments=())


def _amount(number: float | None) -> str:
    """An amount, or nothing where nobody gave one."""
    return "" if number is None else rounded(number)


def _class(judged: AssessedRisks, key: str) -> str:
    return class_title(judged, judged.matrix.result, key).lower() or "not rated"


def _print_risks(judged: AssessedRisks, found: Sequence[RiskJudgement]) -> None:
    title = f"{judged.assessment.title or judged.assessment.key}, {written_day(judged.day)}"
    money = f"A year costs, {judged.assessment.currency}"
    table = table_of(title, "Class", "Risk", "What", "At", "How often", "Controls leave", money, "Decided", "Why")
    for one in found:
        current = one.current
        table.add_row(
            _class(judged, one.priority) if current else "left out",
            one.risk.key,
            one.scenario.title,
            one.risk.at,
            times(current.frequency.mean) if current and current.frequency else "",
            percent(current.left.middle) if current else "",
            _amount(current.loss) if current else "",
            mark(one.finding.standing.value),
            sentence(one.finding),
        )
    Console().print(table)
    above = sum(one.above for one in found)
    Console().print(f"{len(found)} risks, {above} above what is bearable.")


def _print_risk(judged: AssessedRisks, one: RiskJudgement) -> None:
    console, currency = Console(), judged.assessment.currency
    console.print(f"[bold]{one.risk.key}[/bold] {one.scenario.title}, at {one.risk.at}, {written_day(judged.day)}")
    if one.levels:
        table = table_of(
            "Levels of control", "Level", "Class", "How often", "Controls leave", f"One event, {currency}",
            f"A year, {currency}", "Harmed a year",
        )  # fmt: skip
        for name in LEVELS:
            level = getattr(one.levels, name)
            table.add_row(
                "at best" if name == "best" else name,
                _class(judged, level.cell.result),
                times(level.frequency.mean) if level.frequency else "",
                percent(level.left.middle),
                _amount(level.severity.mean if level.severity else None),
                _amount(level.loss),
                "" if level.harmed is None else f"{level.harmed:.2g}",
            )
        console.print(table)
    for said in _said(one):
        console.print(said)
    console.print(tree_of(one.finding))


def _said(one: RiskJudgement) -> Iterator[str]:
    """What besides the controls the levels rest on."""
    past = one.weighed.history
    if past.years:
        yield f"Own history: {_seen(past)}."
    for each in one.current.overridden if one.current else ():
        yield f"Set by hand: {each.what.value} {each.value}, by {each.by} until {written_day(each.until)}: {each.why}"
    for treatment in one.treatments:
        yield f"Decided on {written_day(treatment.decided)}: {treatment.way.value} ({treatment.key})."
    for objective in one.objectives:
        yield f"Objective by {written_day(objective.due)}: {objective.title} ({objective.key})."


def _print_objectives(judged: Assessment) -> None:
    table = table_of(
        f"Objectives on {written_day(judged.day)}", "Pace", "Objective", "Target", "Now", "Aim", "Gone", "Due", "Owner"
    )
    for one in judged.objectives:
        for place, target in enumerate(one.targets):
            first = place == 0
            table.add_row(
                target.pace.value,
                one.objective.title if first else "",
                _measured(one, place),
                target.now,
                target.target.aim,
                "" if target.gone is None else percent(target.gone),
                written_day(one.objective.due) if first else "",
                one.objective.owner if first else "",
            )
    Console().print(table)
    Console().print(f"{len(judged.objectives)} objectives.")


def _measured(one: ObjectiveProgress, place: int) -> str:
    target = one.targets[place].target
    what = target.needs.control if isinstance(target.needs, ControlNeed) else target.says or target.measure.value
    return f"{what} at {', '.join(target.of)}" if target.of else what


def _print_moves(was: AssessedRisks, now: AssessedRisks, found: Sequence[Move]) -> None:
    console, money = Console(), f"A year costs, {now.assessment.currency}"
    title = f"From {written_day(was.day)} to {written_day(now.day)}"
    table = table_of(title, "Moved", "Risk", "At", "Class", money, "Why")
    for one in found:
        classes = [_class(now, each.priority) for each in (one.was, one.now)]
        losses = [_amount(each.current.loss) for each in (one.was, one.now) if each.current]
        table.add_row(
            "rose" if one.rose else "fell",
            one.now.risk.key,
            one.now.risk.at,
            " → ".join(dict.fromkeys(classes)),
            " → ".join(dict.fromkeys(losses)),
            "\n".join(_why(one)),
        )
    console.print(table)
    rose = sum(one.rose for one in found)
    console.print(f"{rose} rose, {len(found) - rose} fell; {len(now.risks)} risks in all.")


def _why(one: Move) -> Iterator[str]:
    for old, new in one.measures:
        standings = f"{_words(old.finding.standing.value)} → {_words(new.finding.standing.value)}"
        yield f"{new.measure.need.control}: {standings}. {sentence(deciding_leaf(new.finding))}"
    for each in one.set_now:
        yield f"{each.what.value} set by hand: {each.value}. {each.why}"
    for each in one.set_before:
        yield f"{each.what.value} set by hand until {written_day(each.until)}."
    for key in one.treated:
        yield f"Shared or avoided otherwise: {key}."
    if one.taught:
        before, after = one.taught
        yield f"Own history: {_seen(after)}, before {_seen(before)}."


def _seen(past: History) -> str:
    """What history holds.

    >>> _seen(History((), 1.5, 1.0))
    '0 incidents in 1.5 years watched'
    """
    count = len(past.incidents)
    return f"{count} incident{'' if count == 1 else 's'} in {past.years:.1f} years watched"


def _words(standing: str) -> str:
    return standing.replace("_", " ")
