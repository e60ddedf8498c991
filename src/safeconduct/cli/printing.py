"""What the judging commands share: the day asked about, tables, marks and JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import typer
from rich.table import Table
from rich.text import Text

from safeconduct.core.errors import Refusal

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
