"""Following another edition in a real browser: from the programme's page to the switch and back again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from safeconduct.server.journal.reading import seen
from tests.axe import overflow, violations
from tests.server.following import set_following
from tests.server.posture.stage import set_stage
from tests.server.posture.test_pages_in_a_browser import sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage
    from tests.server.cast import Cast

pytestmark = pytest.mark.browser
PAGE = "/programmes/ctpat/edition/"


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, cast: Cast) -> str:
    """The server, with both editions and decisions under the one before."""
    settings.STATIC_ROOT = tmp_path
    set_stage(cast.exporter_line)
    set_following(cast.exporter_line)
    return str(live_server.url)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_pages_keep_nobody_out(address: str, cast: Cast, open_page: OpenPage, width: int, scheme: str) -> None:
    opened = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = sign_in(opened, address, cast)
    for path in (PAGE, f"{PAGE}?change=", f"{PAGE}?from=2026-06-30", "/programmes/ctpat/switch/", "/programmes/ctpat/"):
        page.goto(address + path)
        assert violations(page) == []
        assert overflow(page) == 0, path


def test_a_manager_sees_what_changes_switches_and_takes_it_back(address: str, cast: Cast, page: Page) -> None:
    sign_in(page, address, cast)
    before = seen(cast.exporter_line, "enrolments")
    page.goto(f"{address}/programmes/ctpat/")
    page.get_by_role("link", name="see what changes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Edition 2026 adds 1 row")
    page.get_by_label("Rows", exact=True).select_option("added")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Cameras watch the place")).to_have_count(1)  # among the decisions alone
    page.get_by_role("link", name=re.compile("^Switch on")).click()
    page.get_by_role("button", name="Switch the edition").click()
    expect(page).to_have_url(f"{address}/programmes/ctpat-2026/")
    expect(page.get_by_text("US CTPAT 2026 is followed from")).to_be_visible()
    page.get_by_role("link", name="take the switch back").click()
    page.get_by_label("Why").fill("Too early")
    page.get_by_role("button", name="Take the switch back").click()
    expect(page).to_have_url(f"{address}/programmes/ctpat/")
    assert seen(cast.exporter_line, "enrolments") == before
