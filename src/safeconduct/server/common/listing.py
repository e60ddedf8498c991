"""Lists as people use them: narrowed by choices and words, sorted by a column, cut into pages, taken away as CSV.

A page declares its columns and choices once; `listed(request, rows, ...)` gives the `Table`, `Filters` and `Pager` that
its template prints. Cells are made for the rows of the page only. `listed(...).answer("sites")` is the list as CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safeconduct.server.common.exports import csv_link, table_answer
from safeconduct.server.common.look.lists import Choose, Column, Filters, Pager, Row, Sorted, Table, Words
from safeconduct.server.common.look.values import Shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 50
SORT, PAGE = "sort", "page"
SEARCH = "q"


@dataclass(frozen=True, slots=True)
class ListColumn[T]:
    """One column: its name in the address, its heading, what its cell shows, and what it is sorted by (None: not)."""

    name: str
    label: str
    show: Callable[[T], Shown]
    by: Callable[[T], Any] | None = None
    numeric: bool = False
    short: str = ""
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Choice[T]:
    """One choice that narrows the list: its parameter, label, (value, words) options, and whether a row fits a value.

    A choice with `normal` narrows from the start; its empty option must then be among the options.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    fits: Callable[[T, str], bool]
    all_words: str = "all"
    normal: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list ready to be printed. `total` counts all rows that fit, `table` holds those of the page."""

    table: Table
    filters: Filters
    pager: Pager
    total: int
    narrowed: bool
    request: HttpRequest
    whole: Callable[[], Table]

    def answer(self, name: str) -> HttpResponse:
        """All rows that fit, sorted as shown, as a CSV file."""
        return table_answer(self.request, name, self.whole())


def listed[T](
    request: HttpRequest,
    rows: Iterable[T],
    columns: Sequence[ListColumn[T]],
    *,
    choices: Sequence[Choice[T]] = (),
    text: Callable[[T], str] | None = None,
    caption: str = "",
    sort: str = "",
    size: int = PAGE_SIZE,
    hot: Callable[[T], bool] = lambda _row: False,
) -> Listed:
    """The rows that fit the request's choices and words, in its order, its page of them.

    `text` gives the words of a row that free words are looked for in; `sort` is the order while none is asked for: a
    column's name, with a dash before it from high to low. Words and choices that mean nothing narrow nothing.
    """
    asked = _asked(request, choices)
    found = [row for row in rows if _fits(row, choices, asked, text)]
    order = _order(request.GET.get(SORT, ""), columns) or sort
    found = _sorted(found, columns, order)
    first = first_of_page(request, len(found), size)
    shown = tuple(_column(request, column, order, sort) for column in columns)

    def table(some: Iterable[T]) -> Table:
        cells = ((row, tuple(column.show(row) for column in columns)) for row in some)
        return Table(shown, [Row(values, hot=hot(row)) for row, values in cells], caption)

    narrowed = any(asked.get(choice.name, "") != choice.normal for choice in choices) or bool(asked.get(SEARCH))
    return Listed(
        table=table(found[first : first + size]),
        filters=_filters(request, choices, asked, searched=text is not None, narrowed=narrowed),
        pager=pager_of(request, first, size, len(found), said=_said(choices, asked), clear_url=_clear_url(request)),
        total=len(found),
        narrowed=narrowed,
        request=request,
        whole=lambda: table(found),
    )


def address_with(request: HttpRequest, **changed: str) -> str:
    """The page's own address with some parameters changed; empty ones are left out."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path


def _asked[T](request: HttpRequest, choices: Sequence[Choice[T]]) -> dict[str, str]:
    """What is asked by each parameter; a value that is not offered asks nothing."""
    asked = {SEARCH: request.GET.get(SEARCH, "").strip()}
    for choice in choices:
        value = request.GET.get(choice.name, choice.normal)
        asked[choice.name] = value if value in dict(choice.options) else ""
    return asked


def _fits[T](row: T, choices: Sequence[Choice[T]], asked: dict[str, str], text: Callable[[T], str] | None) -> bool:
    if any(asked[choice.name] and not choice.fits(row, asked[choice.name]) for choice in choices):
        return False
    words = asked[SEARCH].casefold().split() if text else []
    where = text(row).casefold() if text and words else ""
    return all(word in where for word in words)


def _order[T](asked: str, columns: Sequence[ListColumn[T]]) -> str:
    """The order asked for, where there is such a column."""
    return asked if any(column.by and column.name == asked.removeprefix("-") for column in columns) else ""


def _sorted[T](rows: list[T], columns: Sequence[ListColumn[T]], order: str) -> list[T]:
    by = next((column.by for column in columns if column.name == order.removeprefix("-")), None)
    return rows if by is None else sorted(rows, key=_last_when_none(by), reverse=order.startswith("-"))


def _last_when_none[T](by: Callable[[T], Any]) -> Callable[[T], tuple[bool, Any]]:
    """Sorts rows that have nothing in the column after all others."""

    def key(row: T) -> tuple[bool, Any]:
        value = by(row)
        return (True, 0) if value is None else (False, value.casefold() if isinstance(value, str) else value)

    return key


def _column[T](request: HttpRequest, column: ListColumn[T], order: str, normal: str) -> Column:
    now = {column.name: Sorted.UP, f"-{column.name}": Sorted.DOWN}.get(order)
    turned = f"-{column.name}" if now is Sorted.UP else column.name
    url = address_with(request, **{SORT: "" if turned == normal else turned, PAGE: ""}) if column.by else ""
    return Column(column.label, column.numeric, column.short, url, now, column.subject)


def first_of_page(request: HttpRequest, total: int, size: int) -> int:
    """The place of the page's first row, from 0; a page that does not exist is the last one."""
    asked = request.GET.get(PAGE, "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    last = max((total - 1) // size, 0)
    return min(max(number - 1, 0), last) * size


def _filters[T](
    request: HttpRequest, choices: Sequence[Choice[T]], asked: dict[str, str], *, searched: bool, narrowed: bool
) -> Filters:
    fields: list[Choose | Words] = [
        Choose(
            choice.name,
            choice.label,
            choice.options
            if any(value == "" for value, _ in choice.options)
            else [("", choice.all_words), *choice.options],
            asked[choice.name],
        )
        for choice in choices
    ]
    if searched:
        fields.append(Words(SEARCH, "Words", asked[SEARCH]))
    order = request.GET.get(SORT, "")
    keep = [(SORT, order)] if order else []
    return Filters(fields, keep=keep, clear_url=_clear_url(request) if narrowed else "")


def _clear_url(request: HttpRequest) -> str:
    order = request.GET.get(SORT, "")
    return f"?{SORT}={order}" if order.replace("-", "").isidentifier() else request.path


def pager_of(request: HttpRequest, first: int, size: int, total: int, *, said: str, clear_url: str = "") -> Pager:
    """The links below a list: which rows it shows, the page before and after, and all of them as CSV.

    `first` is the place of the first row shown, from 0; `said` is what is said where nothing fits.
    """
    number = first // size + 1
    return Pager(
        first=first + 1 if total else 0,
        last=min(first + size, total),
        total=total,
        back_url=address_with(request, page=str(number - 1)) if number > 1 else "",
        next_url=address_with(request, page=str(number + 1)) if first + size < total else "",
        exports=(csv_link(request),),
        said=said,
        clear_url=clear_url or request.path,
    )


def _said[T](choices: Sequence[Choice[T]], asked: dict[str, str]) -> str:
    """What is looked for, in words, for when nothing is found."""
    parts = [
        f"{choice.label.lower()}: {dict(choice.options)[asked[choice.name]]}"
        for choice in choices
        if asked[choice.name]
    ]
    if asked[SEARCH]:
        parts.append(f"words: “{asked[SEARCH]}”")
    return f"Nothing matches {'; '.join(parts)}." if parts else "Nothing is listed here."
