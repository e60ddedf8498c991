"""What the judging commands share: the day asked about, tables, trees, marks and JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import typer
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from safeconduct.core.dates import FOREVER
from safeconduct.core.errors import Refusal
from safeconduct.core.judgement import Finding
from safeconduct.core.sentences import deed, reasons, sentence, written_day

STYLES = {"MET": "green", "PARTLY": "yellow", "UNKNOWN": "magenta", "UNMET": "red", "NOT_APPLICABLE": "dim"}


def day_asked(text: str) -> date:
    """The day as written, or today. Refusal where it is no day."""
    if not text:
        return date.today()  # noqa: DTZ011  (the user's own calendar day)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{text!r} is not a day.", do="Write it as YYYY-MM-DD.") from None


def print_json(data: Any) -> None:
    """Print plain data for programs."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def table_of(title: str, *columns: str) -> Table:
    """An empty table with its columns."""
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def mark(word: str) -> Text:
    """A standing in its colour."""
    return Text(word.replace("_", " "), style=STYLES.get(word, ""))


def tree_of(finding: Finding) -> Tree:
    """A finding with its because, what decides first."""
    tree = Tree(_node(finding))
    _grow(tree, finding)
    return tree


def _grow(tree: Tree, finding: Finding) -> None:
    for member in finding.because:
        _grow(tree.add(_node(member)), member)


def _node(finding: Finding) -> Text:
    line = Text()
    line.append(finding.standing.value.replace("_", " "), style=STYLES[finding.standing.value])
    line.append(
        f" {finding.kind.value} {finding.subject} at {finding.at}: {sentence(finding)} {reasons(finding)}".rstrip()
    )
    if finding.good_until != FOREVER:
        line.append(f" Until {written_day(finding.good_until)}.", style="dim")
    if finding.mend and not finding.because:
        line.append(f" {deed(finding)}", style="bold")
    return line
