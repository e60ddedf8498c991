"""Pages read as people read them: the words of the sheet, the rows of a CSV file, the fields of a form, a browser."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from safeconduct.server.controls.forms.quantity import Quantity
from tests.server.cast import Cast


def words_of(content: str) -> str:
    """The words of a page's sheet, each run of space one space."""
    sheet = content[content.index("<main") : content.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return words_of(answer.content.decode())


def rows_of(client: Client, path: str) -> list[list[str]]:
    """The rows of a list as CSV, headings first."""
    content = client.get(path).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def filled(client: Client, path: str, **typed: Any) -> dict[str, Any]:
    """What a browser would send from the form at an address, with what somebody typed. Names take `__` for a dot."""
    form = client.get(path).context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, Quantity):
            shown = bound.field.widget.get_context(bound.html_name, value, {})["widget"]
            sent |= {bound.html_name: shown["number"], f"{bound.html_name}-unit": shown["unit"]}
        elif value not in (None, "", []) and not hasattr(value, "items"):
            sent[bound.html_name] = value
    return sent | {name.replace("__", "."): value for name, value in typed.items()}


def signed_in(page: Page, cast: Cast, name: str, here: str) -> Page:
    """The page, with somebody of the cast signed in."""
    cookie = cast.client(name).cookies[settings.SESSION_COOKIE_NAME]
    host = urlsplit(here).hostname or ""
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": host, "path": "/"}])
    return page
