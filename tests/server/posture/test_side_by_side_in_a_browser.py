"""Programmes side by side in a real browser: chosen, narrowed, opened, printed, and never pushed sideways."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from safeconduct.server.common.catalogue_in_use import use
from tests.axe import overflow, violations
from tests.server.cast import TODAY
from tests.server.posture.side_stage import CHOSEN, EU_SIDE, SIDE_STAGE, WITH_LAW, set_side_stage

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage
    from tests.server.cast import Cast

pytestmark = pytest.mark.browser
CRITERIA, COMPARE = f"/on/{TODAY}/programmes/criteria/", f"/on/{TODAY}/programmes/compare/"
LAID = [
    f"{CRITERIA}?{WITH_LAW}",
    f"{CRITERIA}standard/?{WITH_LAW}",
    f"{COMPARE}?held=eu-aeo@aeos&with=us-ctpat:importer",
]


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, cast: Cast) -> str:
    """The server, with programmes that meet, differ and clash."""
    settings.STATIC_ROOT = tmp_path
    set_side_stage(cast.exporter_line)
    return str(live_server.url)


def sign_in(page: Page, address: str, cast: Cast) -> Page:
    """The page of the security manager."""
    session = cast.client("sven").cookies["safeconduct-session"].value
    page.context.add_cookies([{"name": "safeconduct-session", "value": session, "url": address}])
    return page


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light"), (1280, "dark")])
def test_conflicts_and_costs_keep_nobody_out(
    address: str, cast: Cast, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = sign_in(
        open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True), address, cast
    )
    for path in LAID:
        page.goto(address + path)
        assert violations(page) == []
        assert overflow(page) == 0


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_six_programmes_fit(address: str, cast: Cast, open_page: OpenPage, width: int) -> None:
    alike = [replace(EU_SIDE, key=f"eu-aeo-{number}") for number in range(5)]
    use(replace(SIDE_STAGE, programmes={one.id: one for one in (*SIDE_STAGE.programmes.values(), *alike)}))
    page = sign_in(open_page(viewport={"width": width, "height": 900}), address, cast)
    chosen = "&".join(f"programme={one.key}" for one in (*alike, EU_SIDE))
    page.goto(f"{address}{CRITERIA}?{chosen}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("meet all six programmes")
    assert overflow(page) == 0


def test_programmes_are_chosen_narrowed_and_opened(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast).goto(address + CRITERIA)
    page.get_by_label("And also").select_option("privacy/2020")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("In 1 place two rules cannot both be kept.")).to_be_visible()
    page.locator(".boxes").get_by_role("link", name="1", exact=True).first.click()
    expect(page.get_by_role("rowheader", name="guarding")).to_be_visible()
    expect(page.get_by_role("rowheader", name="cctv")).to_have_count(0)
    expect(page.locator(".tag").filter(has_text="limit")).to_be_visible()
    page.get_by_role("link", name="guarding", exact=True).click()
    expect(page).to_have_url(re.compile("/controls/guarding/$"))


def test_a_programme_wanted_is_chosen_and_its_numbers_opened(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast).goto(address + COMPARE)
    page.get_by_label("Wanted").select_option("us-ctpat/2020")
    page.get_by_role("checkbox", name="US CTPAT importer").uncheck()
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Role").select_option("importer")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("US CTPAT importer costs 2 things.")
    page.get_by_label("Requirements").select_option("partly")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("rowheader", name="6.2 High-security seal")).to_be_visible()
    expect(page.get_by_role("rowheader", name="9.2 Cameras at the gates")).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert saved.value.path().read_text("utf-8-sig").count("\n") == 2


def test_the_standard_is_printed_without_anything_to_press(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast).goto(f"{address}{CRITERIA}?{CHOSEN}")
    page.get_by_role("link", name="Print it as our own standard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our security standard: 7 statements.")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", name="Numbers of our own, to be set with a reason")).to_be_visible()
    expect(page.locator(".btn:visible")).to_have_count(0)
