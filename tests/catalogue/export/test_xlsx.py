"""The catalogue as a workbook, read back by another part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import time_machine
from openpyxl.worksheet.worksheet import Worksheet

from safeconduct.catalogue.export.sheet import Sheet
from safeconduct.catalogue.export.xlsx import LONGEST, catalogue_xlsx, workbook
from safeconduct.catalogue.loading import load
from safeconduct.catalogue.usage import meetings
from safeconduct.core.records.catalogue import Catalogue

SMALL = load(Path(__file__).parent.parent / "fixtures" / "whole")


def pages_of(content: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {name: book[name] for name in book.sheetnames}


def rows_of(page: Worksheet) -> list[dict[str, object]]:
    """Each row by the headings of its columns; an empty cell is None."""
    heads, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def pages(catalogue: Catalogue) -> dict[str, Worksheet]:
    return pages_of(catalogue_xlsx(catalogue))


def test_the_same_catalogue_gives_the_same_bytes_on_another_day() -> None:
    with time_machine.travel("2026-11-24"):
        first = catalogue_xlsx(SMALL)
    with time_machine.travel("2031-01-01"):
        assert catalogue_xlsx(SMALL) == first


def test_every_sheet_has_its_heading_fixed_and_filters_over_all_rows(pages: dict[str, Worksheet]) -> None:
    assert next(iter(pages)) == "About"
    for name, page in pages.items():
        assert str(page.freeze_panes)[1:] == "2", name
        assert all(width.width and 10 <= width.width <= 120 for width in page.column_dimensions.values()), name
        assert page.auto_filter.ref == (None if name == "About" else page.dimensions)


def test_every_row_of_the_catalogue_stands_in_it(pages: dict[str, Worksheet], catalogue: Catalogue) -> None:
    rows = rows_of(pages["Requirements"])
    assert [(row["Edition"], row["Key"]) for row in rows] == [
        (programme.id, row.key) for programme in catalogue.programmes.values() for row in programme.requirements
    ]
    assert [row["Edition"] for row in rows_of(pages["Programmes"])] == list(catalogue.programmes)
    assert [row["Control"] for row in rows_of(pages["Controls"])] == list(catalogue.controls)
    assert len(rows_of(pages["Recognition"])) == len(catalogue.recognition)
    assert len(rows_of(pages["Equivalences"])) == len(catalogue.equivalences)
    assert len(rows_of(pages["Checklists"])) == sum(len(one.items) for one in catalogue.checklists.values())
    assert len(rows_of(pages["Threat scenarios"])) == len(catalogue.threats.scenarios)
    assert all(row["Document"] and row["Checked"] and row["How sure"] for row in rows)


def test_a_requirement_is_told_in_plain_english(pages: dict[str, Worksheet]) -> None:
    row = next(row for row in rows_of(pages["Requirements"]) if row["Key"] == "us-ctpat/6.2")
    assert str(row["What shows it"]).splitlines()[:2] == [
        "A seal is fitted to a loaded unit",
        "   seal class: high-security seal (current ISO 17712)",
    ]
    assert "seal-fitting" in str(row["Controls"])
    assert row["Obligation"] == "must from 2020-03-01"
    assert "importer" in str(row["Applies to"])
    assert str(row["Checked"]) == "2026-11-24 00:00:00"


def test_the_crosswalk_holds_the_issuers_references(pages: dict[str, Worksheet]) -> None:
    row = next(row for row in rows_of(pages["Crosswalk"]) if row["Control"] == "seal-fitting")
    assert "6.2" in str(row["us-ctpat/2020"]).split(", ")
    assert int(str(row["Programmes"])) > 3


def test_where_programmes_meet_the_bounds_sheet_counts_them(pages: dict[str, Worksheet], catalogue: Catalogue) -> None:
    counted = {
        (row["Control"], row["Kept for"] or "", row["Parameter"]): row["Programmes"] for row in rows_of(pages["Bounds"])
    }
    for one in meetings(catalogue):
        programmes = {edition.split("/")[0] for edition in one.bounds}
        assert counted[one.control, one.element, one.parameter] == len(programmes)
    assert sum(int(str(count)) > 1 for count in counted.values()) == len(meetings(catalogue))


def test_the_small_catalogue_is_told_exactly() -> None:
    found = [row for row in rows_of(pages_of(catalogue_xlsx(SMALL))["Bounds"]) if row["Control"] == "cctv"]
    assert [(row["Parameter"], row["Edition"], row["Bound"], row["Own"]) for row in found] == [
        ("cameras", "us-demo/2020", "at least 2", "no"),
        ("coverage", "site-demo/1", "includes docks", "no"),
        ("coverage", "us-demo/2020", "includes docks, gates", "no"),
        ("keep", "privacy-demo/1", "at most 30 days", "no"),
        ("keep", "us-demo/2020", "own, at least", "yes"),
    ]


def test_text_is_never_a_formula_and_a_link_is_only_text() -> None:
    texts = ("=1+1", "+1", "-1", "@SUM(A1)", "https://example.org/", "{=A1}")
    sheet = Sheet("Any", (("What", 20),), tuple((text,) for text in texts))
    page = pages_of(workbook([sheet], title="Any", day=date(2026, 1, 1)))["Any"]
    cells = [page.cell(row=at, column=1) for at in range(2, len(texts) + 2)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None) for text in texts]


def test_a_text_longer_than_a_cell_is_cut_with_a_mark() -> None:
    sheet = Sheet("Any", (("What", 20),), (("x" * (LONGEST + 1),), ("y" * LONGEST,)))
    page = pages_of(workbook([sheet], title="Any", day=date(2026, 1, 1)))["Any"]
    assert str(page["A2"].value)[-2:] == "x…"
    assert len(str(page["A2"].value)) == LONGEST
    assert page["A3"].value == "y" * LONGEST


def test_a_catalogue_without_rows_is_still_a_workbook() -> None:
    empty = replace(SMALL, programmes={}, recognition=())
    assert rows_of(pages_of(catalogue_xlsx(empty))["Requirements"]) == []
