"""`safeconduct assess`, `explain`, `gaps` and `next`: the judgements of a facts file, for people or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.printing import day_asked, mark, print_json, table_of, tree_of
from safeconduct.cli.refusing import refusals_told
from safeconduct.core.assess import Assessment, assess, explain_over
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.judgement import Standing, deciding_leaf
from safeconduct.core.planning import gaps, next_actions
from safeconduct.core.posture import ProgrammeJudgement, Result, RowJudgement
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.sentences import deed, deeds, sentence, written_day
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.answers import action_form, assessment_form, finding_form, gap_form, row_form
from safeconduct.library import open_facts

FactsFile = Annotated[Path, typer.Argument(help="Facts file.", show_default=False)]
AsOf = Annotated[str, typer.Option("--as-of", help="Day asked about, YYYY-MM-DD; today when left out.")]
AsJSON = Annotated[bool, typer.Option("--json", help="Print for programs.")]
ProgrammeOption = Annotated[
    str, typer.Option("--programme", help="Only this programme or edition, for example us-ctpat.")
]
EntityOption = Annotated[str, typer.Option("--entity", help="Only this legal entity.")]
SiteOption = Annotated[str, typer.Option("--site", help="Only this site.")]
Most = Annotated[int, typer.Option("--most", min=1, help="How many rows to print.")]


def add_to(app: typer.Typer) -> None:
    """Hang the judging commands on the root."""
    app.command(name="assess")(assess_file)
    app.command(name="explain")(explain_file)
    app.command(name="gaps")(gaps_file)
    app.command(name="next")(next_file)


def assess_file(
    file: FactsFile,
    *,
    programme: ProgrammeOption = "",
    entity: EntityOption = "",
    site: SiteOption = "",
    as_of: AsOf = "",
    over: Annotated[
        str, typer.Option("--over", help="Judge over a period instead: FIRST..LAST, worst day counts.")
    ] = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say what a facts file proves to each programme on a day, or over a period."""
    with refusals_told(as_json=as_json):
        if over:
            _assess_period(file, over, programme, entity, site, catalogue_with(own), as_json=as_json)
            return
        judged = _judged(file, as_of, programme, entity, catalogue_with(own))
        if as_json:
            form = assessment_form(judged)
            if site:
                form["rows"] = [row_form(row, because=False) for row in judged.rows if row.unit == site]
            print_json(form)
        elif site:
            _print_rows([row for row in judged.rows if row.unit == site], f"{site}, {written_day(judged.day)}")
        else:
            _print_assessment(judged)


def explain_file(
    file: FactsFile,
    requirement: Annotated[str, typer.Argument(help="Requirement, for example us-ctpat/6.2.", show_default=False)],
    *,
    site: SiteOption = "",
    as_of: AsOf = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say why one requirement stands as it does, down to the facts, with its source."""
    with refusals_told(as_json=as_json):
        catalogue = catalogue_with(own)
        catalogue.requirement(requirement)
        judged = _judged(file, as_of, "", "", catalogue)
        rows = [row for row in judged.rows if row.requirement.key == requirement and site in ("", row.unit)]
        if as_json:
            print_json([row_form(row) for row in rows])
            return
        if not rows:
            Console().print(f"No enrolment in force asks {requirement}{f' at {site}' if site else ''}.")
        for row in rows:
            _print_tree(row)


def gaps_file(
    file: FactsFile,
    *,
    programme: ProgrammeOption = "",
    entity: EntityOption = "",
    site: SiteOption = "",
    as_of: AsOf = "",
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """List what holds back each requirement that counts, worst first."""
    with refusals_told(as_json=as_json):
        judged = _judged(file, as_of, programme, entity, catalogue_with(own))
        found = [gap for gap in gaps(judged.rows) if site in ("", gap.row.unit)]
        found.sort(key=lambda gap: gap.finding.standing.rank)
        if as_json:
            print_json([gap_form(gap) for gap in found])
            return
        table = table_of(f"Gaps on {written_day(judged.day)}", "Standing", "Requirement", "At", "What is missing", "Do")
        for gap in found:
            finding = gap.finding
            table.add_row(
                mark(finding.standing.value), gap.row.requirement.key, finding.at, sentence(finding), deed(finding)
            )
        Console().print(table)
        Console().print(f"{len(found)} gaps.")


def next_file(
    file: FactsFile, *, as_of: AsOf = "", most: Most = 20, own: OwnFolders = None, as_json: AsJSON = False
) -> None:
    """Rank single actions by how many requirements each would close across all programmes."""
    with refusals_told(as_json=as_json):
        judged = _judged(file, as_of, "", "", catalogue_with(own))
        actions = next_actions(judged.programmes)
        if as_json:
            print_json([action_form(action) for action in actions[:most]])
            return
        table = table_of(f"What to do next, {written_day(judged.day)}", "Closes", "Helps", "What", "Why", "Do")
        for action in actions[:most]:
            closes = f"{len(action.closes)} in {len(action.programmes)}" if action.closes else "0"
            table.add_row(
                closes, str(len(action.helps)), action.mend.key, sentence(action.finding), deeds(action.findings)
            )
        Console().print(table)


def _judged(file: Path, as_of: str, programme: str, entity: str, catalogue: Catalogue) -> Assessment:
    facts = open_facts(file, catalogue)
    chosen = [
        one.key
        for one in facts.enrolments
        if programme in ("", one.edition, one.edition.split("/")[0]) and entity in ("", one.entity)
    ]
    if facts.enrolments and not chosen:
        known = [word for one in facts.enrolments for word in (one.edition, one.edition.split("/")[0], one.entity)]
        raise UnknownKey("enrolment for", programme or entity, known)
    return assess(Snapshot(facts), catalogue, day_asked(as_of), enrolments=chosen)


def _assess_period(
    file: Path, over: str, programme: str, entity: str, site: str, catalogue: Catalogue, *, as_json: bool
) -> None:
    first, _, last = over.partition("..")
    if not last:
        raise Refusal(f"{over!r} is not a period.", do="Write it as FIRST..LAST, for example 2026-01-01..2026-06-30.")
    begin, end = day_asked(first), day_asked(last)
    judged = _judged(file, last, programme, entity, catalogue)
    snapshot, catalogue = judged.ground.snapshot, judged.ground.catalogue
    worst = [
        (row, explain_over(snapshot, catalogue, begin, end, one.enrolment, row.requirement.key, row.unit))
        for one in judged.programmes
        for row in one.rows
        if site in ("", row.unit) and row.counts
    ]
    worst.sort(key=lambda pair: pair[1].standing.rank if pair[1].standing is not Standing.NOT_APPLICABLE else 9)
    if as_json:
        print_json([row_form(row, because=False) | {"worst": finding_form(finding)} for row, finding in worst])
        return
    table = table_of(
        f"Worst from {written_day(begin)} to {written_day(end)}", "Worst", "On", "Requirement", "At", "Why"
    )
    for row, finding in worst:
        decides = deciding_leaf(finding)
        table.add_row(
            mark(finding.standing.value), finding.day.isoformat(), row.requirement.key, row.unit, sentence(decides)
        )
    Console().print(table)


def _print_assessment(judged: Assessment) -> None:
    table = table_of(
        f"{judged.ground.snapshot.facts.organisation.title}, as of {written_day(judged.day)}",
        "Programme",
        "Unit",
        "Mark",
        "Musts met",
        "What stops meets",
    )
    for one in judged.programmes:
        for result in one.results:
            word = result.mark.value or result.word.value
            table.add_row(one.programme.title, result.unit, mark(word), _met(result), _stops(result))
    console = Console()
    console.print(table)
    for one in judged.programmes:
        _print_rows(_worst_rows(one), f"{one.programme.title}: what holds it back")


def _worst_rows(judged: ProgrammeJudgement) -> list[RowJudgement]:
    short = [row for row in judged.rows if row.counts and row.standing is not Standing.MET]
    return sorted(short, key=lambda row: row.standing.rank)


def _met(result: Result) -> str:
    if result.items is not None:
        items = result.items
        return (
            f"{items.meets} meet, {items.basically} basically, {items.fails} fail, {items.not_shown} not shown, "
            f"bonus {items.bonus}"
        )
    return f"{result.met} of {len(result.musts)}"


def _stops(result: Result) -> str:
    parts = [
        (len(result.work), "need work"),
        (len(result.paper), "need paper"),
        (len(result.left_out), "rows we are not sure of"),
    ]
    said = [f"{count} {words}" for count, words in parts if count]
    if not result.complete:
        said.append("our catalogue does not hold every row for these roles")
    return "; ".join(said) or "nothing"


def _print_rows(rows: list[RowJudgement], title: str) -> None:
    table = table_of(title, "Standing", "Requirement", "At", "Title", "Why")
    for row in rows:
        table.add_row(
            mark(row.standing.value),
            row.requirement.key,
            row.unit,
            row.requirement.title,
            sentence(deciding_leaf(row.finding)),
        )
    Console().print(table)


def _print_tree(row: RowJudgement) -> None:
    requirement, source = row.requirement, row.requirement.source
    console = Console()
    console.print(f"[bold]{requirement.key}[/bold] {requirement.title}, at {row.unit} ({row.programme})")
    console.print(f"Asks: {requirement.asks}")
    console.print(
        f"Source: {source.document} {source.locator}, {source.sure.value}, checked {written_day(source.checked)}"
    )
    if row.left_out:
        console.print(f"Left out of the programme's word: {row.left_out}")
    console.print(tree_of(row.finding))
    for informing in row.informed_by:
        console.print(f"Beside it: {sentence(informing)}")
