"""Lists that leave the product as CSV: the one place that writes them, so that no cell is ever run as a formula.

A page that shows a `Table` answers `table_answer(request, "sites", table)` when `wants_csv(request)`, with all rows and
not only the page shown; `csv_link(request)` is the link that asks for it. `csv_answer` takes headings and rows.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from functools import singledispatch
from html import unescape
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeData

from safeconduct.core.judgement import Standing
from safeconduct.server.common.look.values import (
    Due,
    Ident,
    Link,
    Mark,
    Moved,
    Number,
    OwnMark,
    Posture,
    Quiet,
    Several,
)
from safeconduct.server.common.look.words import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from safeconduct.server.common.look.lists import Table
    from safeconduct.server.common.look.values import Shown

ASKED_AS, CSV = "as", "csv"

# A spreadsheet takes a cell that begins so for a formula, and some pass over what cannot be seen before it; the wide
# forms are the same keys of other keyboards.
_RUN_AS_FORMULA = re.compile(r"[\t\r\n]|[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]")
# Tells spreadsheets that the file is UTF-8; others skip it.
_MARK_OF_ORDER = "\ufeff"


def wants_csv(request: HttpRequest) -> bool:
    """Whether the list is asked for as a file."""
    return request.GET.get(ASKED_AS) == CSV


def csv_link(request: HttpRequest) -> Link:
    """The link under a list that gives all its rows, filtered and sorted as shown, as CSV."""
    query = request.GET.copy()
    query.pop("page", None)
    query[ASKED_AS] = CSV
    return Link("CSV", f"?{query.urlencode()}")


def table_answer(request: HttpRequest, name: str, table: Table) -> HttpResponse:
    """A table as a CSV file, named for what it lists and the day it speaks of."""
    heads = [column.label for column in table.columns]
    return csv_answer(request, name, heads, (row.cells for row in table.rows))


def csv_answer(request: HttpRequest, name: str, heads: Sequence[str], rows: Iterable[Sequence[Shown]]) -> HttpResponse:
    """Rows as a CSV file to be kept; `name` is a short key, for example sites."""
    answer = HttpResponse(_MARK_OF_ORDER + csv_text(heads, rows), content_type="text/csv; charset=utf-8")
    day: date = request.as_of  # type: ignore[attr-defined]
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day.isoformat()}.csv"'
    return answer


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Shown]]) -> str:
    r"""Headings and rows as CSV.

    >>> csv_text(["what", "count"], [["=1+1", -3]])
    "what,count\r\n'=1+1,-3\r\n"
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def cell(value: Shown) -> str:
    """One value as a cell. Numbers stay numbers, days are written 2026-08-31, words can never be run."""
    return str(value) if isinstance(value, int) else harmless(plain(value))


def harmless(text: str) -> str:
    """The text, held back by an apostrophe where a spreadsheet would take it for a formula.

    >>> harmless("@SUM(A1)"), harmless("12 months")
    ("'@SUM(A1)", '12 months')
    """
    return f"'{text}" if _RUN_AS_FORMULA.match(text) else text


@singledispatch
def plain(value: Shown) -> str:
    """What a page shows, as plain words."""
    if value is None:
        return ""
    return unescape(strip_tags(str(value))) if isinstance(value, SafeData) else str(value)


@plain.register
def _(value: Standing) -> str:
    return STANDINGS[value]


@plain.register
def _(value: date) -> str:
    return value.isoformat()


@plain.register
def _(value: Link) -> str:
    head = " ".join(part for part in (value.ident, value.text) if part)
    note = plain(value.note)
    return f"{head} ({note})" if note else head


@plain.register
def _(value: Mark) -> str:
    word = STANDINGS[value.standing]
    return word if value.count is None else f"{value.count} {word}"


@plain.register
def _(value: OwnMark) -> str:
    return value.word


@plain.register
def _(value: Number) -> str:
    return str(value.count) if value.of is None else f"{value.count} of {value.of}"


@plain.register
def _(value: Due) -> str:
    return value.day.isoformat()


@plain.register(Ident)
@plain.register(Quiet)
def _(value: Ident | Quiet) -> str:
    return value.text


@plain.register
def _(value: Posture) -> str:
    return ", ".join(f"{count} {STANDINGS[standing]}" for standing, count in value.counts.items() if count)


@plain.register
def _(value: Several) -> str:
    return value.between.join(text for one in value.values if (text := plain(one)))


@plain.register
def _(value: Moved) -> str:
    return f"{plain(value.what)}: {plain(value.was)} → {plain(value.now)}"
