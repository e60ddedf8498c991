"""The catalogue as a workbook: sheets with frozen headings and filters, and no cell that could ever be run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from safeconduct.catalogue.export.sheet import Cell, Sheet
from safeconduct.catalogue.export.sheets import newest_check, sheets
from safeconduct.core.records.catalogue import Catalogue

LONGEST = 32_767
"""Characters a cell can hold."""

_HEADING = {"bold": True, "bg_color": "#E3E8EF", "border": 1, "border_color": "#B8C2CF", "text_wrap": True}
_ANY_DAY = date(2000, 1, 1)


def catalogue_xlsx(catalogue: Catalogue) -> bytes:
    """The workbook. Its time of making is the newest check of a source, so that equal catalogues give equal bytes."""
    return workbook(sheets(catalogue), title="Safeconduct catalogue", day=newest_check(catalogue) or _ANY_DAY)


def workbook(made: Sequence[Sheet], *, title: str, day: date) -> bytes:
    """Sheets as the bytes of an XLSX file that says it was made on a day."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": title, "created": datetime.combine(day, time(), UTC)})
        styles = (
            book.add_format({**_HEADING, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        )
        for sheet in made:
            _write(book.add_worksheet(sheet.name), sheet, *styles)
    return written.getvalue()


def _write(page: Worksheet, sheet: Sheet, heading: Format, plain: Format, day: Format) -> None:
    for at, (title, width) in enumerate(sheet.columns):
        page.set_column(at, at, width)
        page.write_string(0, at, title, heading)
    for line, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            _put(page, line, at, cell, plain, day)
    page.freeze_panes(1, sheet.kept)
    if sheet.filtered:
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)


def _put(page: Worksheet, line: int, at: int, cell: Cell, plain: Format, day: Format) -> None:
    """Text is always written as text, so that what begins with an equals sign is never a formula."""
    match cell:
        case date():
            page.write_datetime(line, at, datetime.combine(cell, time()), day)
        case int():
            page.write_number(line, at, cell, plain)
        case str() if cell:
            page.write_string(line, at, cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…", plain)
