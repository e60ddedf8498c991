"""Hostile words and far days in every field: pages show them as words, files run nothing, no page breaks."""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from safeconduct.core.errors import Refusals
from safeconduct.server.journal.actions import store
from tests.server.attack.stage import judging, one_of_each, pages, record_one_of_each
from tests.server.cast import Cast

HOSTILE = "=1+1\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% now %}</textarea>&lt;b&gt;"
FORMULAS = ("=cmd|' /C calc'!A0", "-2+3", "\u200b=1+1")
"""One of each sort; `common/test_exports.py` tries every sign by itself."""
DAYS = ("", "/on/0001-01-01", "/on/2019-01-01", "/on/2099-12-31", "/on/9999-12-31")
CHANGES_BY_ASKING = ("/sign-out/", "/enter-organisation/")


class Runs(HTMLParser):
    """Whatever on a page would run, or lead to something that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep scripts without an own address, what asks for scripts, and addresses that are none."""
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.found.append(f"<{tag}> {given}")
        if tag in ("img", "iframe", "object", "embed") and not given.get("src", "").startswith(("/static/", "data:")):
            self.found.append(f"<{tag}> {given}")
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            if given.get(name, "").strip().lower().startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(f"<{tag} {name}={given[name]}>")


def runs(html: str) -> list[str]:
    reader = Runs()
    reader.feed(html)
    return reader.found


def read(client: Client, url: str) -> tuple[int, str, bytes]:
    """Status, sort and content of an answer."""
    answer = client.get(url)
    return answer.status_code, answer.get("Content-Type", "").partition(";")[0], b"".join(answer)


def test_words_that_look_like_a_page_stay_words_on_every_page(staged: Cast) -> None:
    digest, anna, shown = record_one_of_each(staged, HOSTILE), staged.client("anna"), 0
    for url in pages(staged, digest):
        status, sort, content = read(anna, url)
        assert status in (200, 302, 405), (status, url)
        if sort == "text/html":
            assert runs(content.decode()) == [], url
            assert b"<script>alert" not in content, url
            shown += b"&lt;script&gt;alert(1)" in content
    assert shown > 40


def test_words_asked_for_in_an_address_stay_words(staged: Cast) -> None:
    digest, anna = record_one_of_each(staged), staged.client("anna")
    words = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    names = ("q", "on", "back", "text", "title", "sort", "page", "key", "actor", "record", "chapter", "next", "as")
    for url in pages(staged, digest):
        status, sort, content = read(anna, f"{url}?{'&'.join(f'{name}={words}' for name in names)}")
        assert status in (200, 302, 404, 405, 422), (status, url)
        if sort == "text/html":
            assert runs(content.decode()) == [], url


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_list_that_leaves_is_run(formula: str, staged: Cast) -> None:
    digest, anna, lists = record_one_of_each(staged, f"{formula} x"), staged.client("anna"), 0
    for url in pages(staged, digest):
        _, sort, content = read(anna, f"{url}?as=csv")
        if sort != "text/csv":
            continue
        lists += 1
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        run = [cell for cell in cells if cell.lstrip(" \u00a0\u200b")[:1] in tuple("=+@\t\r\n＝＋－＠")]
        run += [cell for cell in cells if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()]
        assert run == [], url
    assert lists > 20


def with_day(record: Any, day: date) -> list[Any]:
    """The record with each of its days in turn at another one."""
    named = [one.name for one in fields(record) if isinstance(getattr(record, one.name), date)]
    return [replace(record, **{name: day}) for name in named]


def ends(cast: Cast, day: date) -> int:
    """Put every day of every fact to an end of the calendar where the rules let it; how many were."""
    kept = 0
    for record in one_of_each():
        for changed in with_day(record, day):
            try:
                store(cast.exporter_line, changed, deed="record")
                kept += 1
            except Refusals:
                continue
    return kept


@pytest.mark.parametrize("day", [date.min, date.max])
def test_facts_at_the_ends_of_the_calendar_break_no_page(day: date, staged: Cast) -> None:
    digest, anna = record_one_of_each(staged), staged.client("anna")
    anna.raise_request_exception = False
    assert ends(staged, day) > 10
    broken = []
    for url in judging(pages(staged, digest)):
        for on in DAYS:
            status, _, _ = read(anna, f"{on}{url}")
            if status not in (200, 302, 403, 404, 405):
                broken.append(f"{status} {on}{url}")
    assert broken == []
