"""Lists as CSV: every value in words, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import RequestFactory
from django.utils.html import format_html

from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY
from safeconduct.core.provenance import Sure
from safeconduct.server.common.exports import cell, csv_answer, csv_link, csv_text, harmless, table_answer, wants_csv
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Due,
    Ident,
    Link,
    Mark,
    Moved,
    Number,
    Posture,
    Quiet,
    Several,
    Shown,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["=1+1", "+31 20 555", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1"])
def test_a_text_that_would_be_run_is_held_back(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "12 months", "a=b", "us-ctpat/6.2", "(at least) 3", "'quoted"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (-3, "-3"),
        ("-3", "'-3"),
        (DAY, "2026-11-24"),
        (NOT_APPLICABLE, "NOT APPLICABLE"),
        (Sure.SECONDARY, "secondary"),
        (Mark(PARTLY), "PARTLY"),
        (Mark(PARTLY, count=6), "6 PARTLY"),
        (Link("Seals", "/x/", ident="6.2"), "6.2 Seals"),
        (Link("=cmd()", "/x/", note="since 2020"), "'=cmd() (since 2020)"),
        (Number(3), "3"),
        (Number(3, of=7), "3 of 7"),
        (Due(DAY, date(2026, 11, 20)), "2026-11-24"),
        (Ident("cctv"), "cctv"),
        (Quiet("@home"), "'@home"),
        (Posture("x", {MET: 2, PARTLY: 0, NOT_APPLICABLE: 1}), "2 MET, 1 NOT APPLICABLE"),
        (Several(("a", None, "b")), "a · b"),
        (Moved("6.2", MET, PARTLY), "6.2: MET → PARTLY"),
        (format_html("<b>{}</b>", "A & B"), "A & B"),
    ],
)
def test_a_value_is_written_in_plain_words(value: Shown, expected: str) -> None:
    assert cell(value) == expected


def test_a_text_with_commas_quotes_and_lines_reads_back() -> None:
    rows = [["a, b", 'said "yes"', "one\ntwo"]]
    read = list(csv.reader(io.StringIO(csv_text(["x", "y", "=z"], rows), newline="")))
    assert read == [["x", "y", "'=z"], *rows]


def test_a_list_is_answered_as_a_file_named_for_its_day() -> None:
    request = RequestFactory().get("/sites/")
    request.as_of = DAY  # type: ignore[attr-defined]
    table = Table((Column("Site"), Column("Count", numeric=True)), [Row(("Gdańsk", 2))])
    answer = table_answer(request, "sites", table)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="sites-2026-11-24.csv"'
    assert answer.content.decode("utf-8-sig") == "Site,Count\r\nGdańsk,2\r\n"
    assert csv_answer(request, "sites", ["Site"], []).content.startswith(b"\xef\xbb\xbf")


def test_the_link_keeps_filter_and_order_and_leaves_the_page_out() -> None:
    request = RequestFactory().get("/sites/", {"q": "a b", "sort": "-name", "page": "3"})
    assert csv_link(request).url == "?q=a+b&sort=-name&as=csv"
    assert not wants_csv(request)
    assert wants_csv(RequestFactory().get("/sites/", {"as": "csv"}))
