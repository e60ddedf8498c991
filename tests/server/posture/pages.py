"""Reading pages in tests: their text without marks, and their links."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

PAGES = (
    "/",
    "/next/",
    "/due/",
    "/programmes/",
    "/programmes/criteria/",
    "/programmes/criteria/standard/",
    "/programmes/compare/?held=eu-aeo&with=us-ctpat",
    "/programmes/ctpat/",
    "/programmes/ctpat/us-ctpat/9.2/at/ein/",
    "/controls/cctv/",
    "/sites/",
    "/sites/ein/",
    "/find/?q=cameras",
)
"""One address of each page."""


def main_of(client: Client, url: str, status: int = 200) -> str:
    """The main part of a page as HTML."""
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode().partition("<main")[2]


def text_of(client: Client, url: str, status: int = 200) -> str:
    """The words of the main part of a page, in one line."""
    html = re.sub(r"<svg.*?</svg>", "", main_of(client, url, status), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def verdict_of(client: Client, url: str) -> str:
    """The sentences at the head of a page."""
    found = re.search(r"<h1>(.*?)</h1>", main_of(client, url), flags=re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


def links_of(client: Client, url: str) -> list[str]:
    """Every address the main part of a page leads to."""
    return [unescape(link) for link in re.findall(r'href="([^"#][^"]*)"', main_of(client, url))]
