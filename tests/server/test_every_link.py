"""Every link of every room, as each role, over the demo leads to a page; the main pages shut nobody out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf import settings as server_settings
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.catalogue.loading import load
from safeconduct.cli.at_server.demo import Demo, make_demo, shipped_example
from safeconduct.server.accounts.queries import user_of
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.catalogue_in_use import use
from tests.axe import overflow, violations
from tests.browser import OpenPage

MAIN_PAGES = (
    "home",
    "next",
    "due",
    "programmes:list",
    "programmes:programme",
    "programmes:requirement",
    "controls:list",
    "controls:control",
    "controls:in-place",
    "controls:evidence",
    "organisation:sites",
    "organisation:site",
    "partners:list",
    "registers:list",
    "catalogue:list",
    "catalogue:programme",
    "journal:list",
)


class Kind(NamedTuple):
    """What makes two addresses alike: the page they ask for, and what they ask of it."""

    view: str
    asked: tuple[str, ...]
    other_day: bool


class Link(NamedTuple):
    """An address and the page that leads there."""

    url: str
    found_on: str


@pytest.fixture
def here(transactional_db: None, live_server: LiveServer) -> str:
    """The address of a server for a browser."""
    return str(live_server.url)


@pytest.fixture
def demo(transactional_db: None, settings: Settings, tmp_path: Path) -> Demo:
    """The demo organisation."""
    settings.STATIC_ROOT = tmp_path
    use(load())
    return make_demo(shipped_example(), reset=False)


def signed_in(demo: Demo, role: Role) -> Client:
    """A client signed in as somebody of a role."""
    (email,) = (one.email for one in demo.sign_ins if one.role is role)
    user, client = user_of(email), Client()
    assert user is not None
    client.force_login(user)
    return client


def sign_in(page: Page, demo: Demo, role: Role, here: str) -> None:
    """Somebody of a role, without the form."""
    client = signed_in(demo, role)
    name = server_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": here}])


class Leads(HTMLParser):
    """Reads where a page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link, in a text or in a drawing."""
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def kind_of(url: str) -> Kind:
    """The kind of an address; one that leads nowhere is a kind of its own."""
    split = urlsplit(url)
    path, other_day = split.path, split.path.startswith("/on/")
    if other_day:
        path = "/" + path.split("/", 3)[3]
    try:
        view = resolve(path).view_name
    except Resolver404:
        view = path
    return Kind(view, tuple(sorted(parse_qs(split.query, keep_blank_values=True))), other_day)


def leads(html: str, found_on: str) -> Iterator[Link]:
    """What a page leads to on this server, each address once and without the place in its page."""
    reader = Leads()
    reader.feed(html)
    for href in dict.fromkeys(urljoin(found_on, href).split("#")[0] for href in reader.found):
        if href.startswith("/"):
            yield Link(href, found_on)


def followed(client: Client, link: Link) -> tuple[int, list[Link]]:
    """How a link is answered, and where its page leads."""
    answer = client.get(link.url, follow=True)
    body = b"".join(answer)
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    here = urlsplit(link.url)._replace(path=answer.request["PATH_INFO"]).geturl()
    return answer.status_code, list(leads(body.decode(), here)) if is_page else []


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_to_a_page(role: Role, demo: Demo) -> None:
    client = signed_in(demo, role)
    waiting, seen, broken = deque([Link("/", "")]), set[Kind](), []
    while waiting:
        link = waiting.popleft()
        if (kind := kind_of(link.url)) in seen:
            continue
        seen.add(kind)
        status, more = followed(client, link)
        if status != 200:
            broken.append(f"{status} {link.url} from {link.found_on}")
        waiting.extend(more)
    assert broken == []
    assert {kind.view for kind in seen} >= set(MAIN_PAGES if role is not Role.SITE_MANAGER else MAIN_PAGES[:4])


@pytest.mark.browser
def test_the_main_pages_keep_nobody_out_on_a_phone_at_night(here: str, demo: Demo, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, color_scheme="dark", bypass_csp=True)
    sign_in(page, demo, Role.SECURITY_MANAGER, here)
    waiting, seen = deque([Link("/", "")]), set[str]()
    while waiting and len(seen) < len(MAIN_PAGES):
        link = waiting.popleft()
        kind = kind_of(link.url)
        if kind.view not in MAIN_PAGES or kind.view in seen or kind.asked or kind.other_day:
            continue
        seen.add(kind.view)
        page.goto(f"{here}{link.url}")
        waiting.extend(leads(page.content(), link.url))
        assert violations(page) == []
        assert overflow(page) == 0, link
    assert seen == set(MAIN_PAGES)
