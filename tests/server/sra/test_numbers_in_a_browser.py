"""The year, what controls are worth, what-if and two days in a real browser: nobody kept out, nothing pushed aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.axe import overflow, violations
from tests.server.sra.stage import JUNE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage

pytestmark = pytest.mark.browser
PAGES = (
    "/risk/",
    "/risk/year/?check=1",
    "/risk/worth/",
    "/risk/worth/?which=would-help",
    "/risk/worth/?which=planned",
    "/risk/what-if/?without=gate-control@yard&with=cctv@shed",
    f"/on/2026-09-15/risk/days/?since={JUNE}",
)


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, sven: Client) -> str:
    """The server, with the stage of risk."""
    settings.STATIC_ROOT = tmp_path
    return str(live_server.url)


def sign_in(page: Page, address: str, sven: Client) -> Page:
    """The page of the security manager."""
    session = sven.cookies["safeconduct-session"].value
    page.context.add_cookies([{"name": "safeconduct-session", "value": session, "url": address}])
    return page


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light"), (1280, "dark")])
def test_numbers_and_pictures_keep_nobody_out(
    address: str, sven: Client, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = sign_in(
        open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True), address, sven
    )
    for path in PAGES:
        page.goto(address + path)
        assert violations(page) == []
        assert overflow(page) == 0


def test_a_tick_moves_everything_at_once_and_can_be_sent_to_somebody(address: str, sven: Client, page: Page) -> None:
    sign_in(page, address, sven).goto(f"{address}/risk/what-if/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is tried yet.")
    page.get_by_label("Gates and entries are manned or watched").first.check()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 risk would move")
    assert "without=gate-control" in page.url
    expect(page.get_by_label("Gates and entries are manned or watched").first).to_be_checked()
    page.goto(page.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 risk would move")
    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is tried yet.")


def test_without_scripts_a_button_does_the_same(address: str, sven: Client, open_page: OpenPage) -> None:
    page = sign_in(open_page(java_script_enabled=False), address, sven)
    page.goto(f"{address}/risk/what-if/")
    page.get_by_label("Gates and entries are manned or watched").first.check()
    page.locator("main").get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 risk would move")


def test_the_first_page_leads_to_the_year_and_a_trial_is_drawn(address: str, sven: Client, page: Page) -> None:
    sign_in(page, address, sven).goto(f"{address}/risk/")
    page.get_by_role("link", name="The whole year").click()
    page.get_by_label("Place").select_option("yard")
    page.locator("main").get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Draw 200,000 years").click()
    expect(page.get_by_text("All figures agree.")).to_be_visible()
    assert "place=yard" in page.url
