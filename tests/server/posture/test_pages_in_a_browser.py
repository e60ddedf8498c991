"""The posture pages in a real browser: at each width, light and dark, on paper, by keyboard and without script.

A browser keeps its own clock, so every page is asked for the day of the cast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from safeconduct.server.journal.actions import store_all
from tests.axe import overflow, violations
from tests.server.cast import TODAY
from tests.server.posture.pages import PAGES
from tests.server.posture.stage import action, answer, set_stage

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage
    from tests.server.cast import Cast

pytestmark = pytest.mark.browser
ON_ITS_DAY = [f"/on/{TODAY}{path}" for path in PAGES]
REQUIREMENT = f"/on/{TODAY}/programmes/ctpat/us-ctpat/3.4/at/nl/"


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, cast: Cast) -> str:
    """The server, with the stage and everything that can be late."""
    settings.STATIC_ROOT = tmp_path
    set_stage(cast.exporter_line)
    store_all(cast.exporter_line, [action(), answer()], deed="record")
    return str(live_server.url)


def sign_in(page: Page, address: str, cast: Cast) -> Page:
    """The page of the security manager."""
    session = cast.client("sven").cookies["safeconduct-session"].value
    page.context.add_cookies([{"name": "safeconduct-session", "value": session, "url": address}])
    return page


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_no_page_keeps_anyone_out(address: str, cast: Cast, open_page: OpenPage, width: int, scheme: str) -> None:
    opened = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = sign_in(opened, address, cast)
    for path in [*ON_ITS_DAY, REQUIREMENT, f"{REQUIREMENT}?from=2026-01-01&to=2026-11-24&known=2026-11-24"]:
        page.goto(address + path)
        assert violations(page) == []
        assert overflow(page) == 0


def test_pages_keep_the_content_policy(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast)
    for path in ON_ITS_DAY:
        answered = page.goto(address + path)
        assert answered is not None
        assert answered.status == 200
        assert "unsafe" not in answered.headers["content-security-policy"]


def test_everything_is_read_without_script(address: str, cast: Cast, open_page: OpenPage) -> None:
    page = sign_in(open_page(java_script_enabled=False), address, cast)
    page.goto(f"{address}/on/{TODAY}/programmes/ctpat/")
    page.get_by_label("Standing", exact=True).select_option("UNMET")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("rowheader", name="3.4 Partners are certified")).to_be_visible()
    expect(page.get_by_text("Cameras watch the place")).to_have_count(0)
    page.get_by_role("link", name="3.4 Partners are certified").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It does not stand. AEOS NL1 ended on 30 Jun 2026.")


def test_a_day_is_chosen_and_every_link_keeps_it(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast)
    page.goto(f"{address}/programmes/ctpat/us-ctpat/3.4/at/nl/")
    page.get_by_label("As of").fill("2026-06-30")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All that is asked stands.")
    page.get_by_role("navigation", name="You are here").get_by_role("link", name="US CTPAT").click()
    expect(page).to_have_url(f"{address}/on/2026-06-30/programmes/ctpat/")


def test_on_paper_the_tree_is_open_and_nothing_can_be_pressed(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast).goto(address + REQUIREMENT)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_text("It was due").or_(page.get_by_text("AEOS NL1 ended")).first).to_be_visible()
    for button in page.locator(".btn").all():
        expect(button).to_be_hidden()
