"""Catalogue, journal, people and the API's page in a real browser: at each width, light and dark, without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from safeconduct.server.common.catalogue_in_use import use
from tests.axe import overflow, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage
    from tests.server.cast import Cast

pytestmark = pytest.mark.browser
CATALOGUE = [
    "/catalogue/?q=china",
    "/catalogue/us-ctpat/2020/?q=seal",
    "/catalogue/requirement/us-ctpat/6.1/",
    "/catalogue/controls/?q=seal",
    "/catalogue/control/seal-fitting/",
    "/catalogue/meetings/?q=seal",
    "/catalogue/recognition/?by=us-ctpat",
    "/catalogue/quality/?q=ctpat",
    "/catalogue/list/seal-class/",
]
OTHERS = [
    "/journal/",
    "/journal/?text=unobtainium",
    "/journal/6/",
    "/journal/6/then/",
    "/journal/verify/?witness=12",
    "/people/",
    "/people/add/",
    "/people/erase/",
    "/people/tokens/",
    "/password/",
]


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, cast: Cast) -> str:
    """The server with the cast, and the catalogue that is shipped."""
    settings.STATIC_ROOT = tmp_path
    use(None)
    return str(live_server.url)


def sign_in(page: Page, address: str, cast: Cast) -> Page:
    """The page of the administrator."""
    session = cast.client("anna").cookies["safeconduct-session"].value
    page.context.add_cookies([{"name": "safeconduct-session", "value": session, "url": address}])
    return page


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_no_page_keeps_anyone_out(address: str, cast: Cast, open_page: OpenPage, width: int, scheme: str) -> None:
    opened = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = sign_in(opened, address, cast)
    for path in [*CATALOGUE, *OTHERS, f"/people/{cast.people['sven'].key}/"]:
        page.goto(address + path)
        assert violations(page) == []
        assert overflow(page) == 0


def test_pages_keep_the_content_policy(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast)
    for path in [*CATALOGUE, *OTHERS, "/api/"]:
        answered = page.goto(address + path)
        assert answered is not None
        assert "unsafe" not in answered.headers["content-security-policy"]
        assert overflow(page) == 0


def test_a_requirement_is_found_and_followed_to_its_control_without_script(
    address: str, cast: Cast, open_page: OpenPage
) -> None:
    page = sign_in(open_page(java_script_enabled=False), address, cast)
    page.goto(f"{address}/catalogue/")
    page.get_by_role("link", name="Search the requirements").click()
    page.get_by_label("Words").fill("written seal")
    page.get_by_label("Programme", exact=True).select_option("us-ctpat/2020")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Written procedure for high-security seals").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Written procedure for high-security seals. It binds as must."
    )
    page.get_by_role("link", name="Seals are handled by written rules").first.click()
    expect(page.get_by_role("heading", name="Bounds side by side")).to_be_visible()


def test_somebody_is_added_signs_in_and_is_seen_in_the_journal(address: str, cast: Cast, open_page: OpenPage) -> None:
    page = sign_in(open_page(java_script_enabled=False), address, cast)
    page.goto(f"{address}/people/")
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("E-mail address").fill("nina@norholt.example")
    page.get_by_label("Name").fill("Nina")
    page.get_by_label("Site manager").check()
    page.get_by_label("Rotterdam").check()
    page.get_by_role("button", name="Give the role").click()
    password = page.locator("code").first.inner_text()
    other = open_page(java_script_enabled=False)
    other.goto(f"{address}/sign-in/")
    other.get_by_label("E-mail address").fill("nina@norholt.example")
    other.get_by_label("Password").fill(password)
    other.get_by_role("button", name="Sign in").click()
    other.goto(f"{address}/password/")
    expect(other.get_by_role("heading", level=1)).to_have_text("A new password for you.")
    page.goto(f"{address}/journal/")
    page.get_by_role("row", name="give role").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna gave a person a role.")
