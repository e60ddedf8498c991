"""A newcomer's first hour with the demo: sign in, read why a requirement is red, mend it, see all programmes move."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.catalogue.loading import load
from safeconduct.cli.at_server.demo import make_demo, shipped_example
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.catalogue_in_use import use
from tests.browser import OpenPage

pytestmark = pytest.mark.browser

PDF: FilePayload = {"name": "roles.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 users and roles"}
MOVED = (
    "/programmes/ctpat-us/us-ctpat/4.8/at/norholt-us/",
    "/programmes/aeo-de/eu-aeo/ia-25.1.j/at/norholt-de/",
    "/programmes/ace-cn/cn-aeo/9/at/norholt-cn/",
)
RED = "/programmes/ctpat-us/us-ctpat/4.7/at/norholt-us/"


@pytest.fixture
def here(transactional_db: None, settings: Settings, tmp_path: Path, live_server: LiveServer) -> str:
    """The address of a server for a browser."""
    settings.STATIC_ROOT = tmp_path
    return str(live_server.url)


def test_a_newcomer_mends_a_red_requirement_and_every_programme_moves(here: str, open_page: OpenPage) -> None:
    use(load())
    made = make_demo(shipped_example(), reset=False)
    manager = next(one for one in made.sign_ins if one.role is Role.SECURITY_MANAGER)
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(here)
    page.get_by_label("E-mail").fill(manager.email)
    page.get_by_label("Password").fill(manager.password or "")
    page.locator("main").get_by_role("button").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("programmes")
    page.goto(here + RED)
    expect(page.locator(".verdict .stamp")).to_contain_text("UNMET")
    expect(page.get_by_text("CTPAT MSC in two public questionnaires, 4.7")).to_be_visible()

    page.locator(".mend").get_by_role("link", name="Record the value").click()
    for parameter in ("by-need", "strong-passwords"):
        page.locator(f"input[name='values.{parameter}'][value=yes]").check()
    day = page.locator("input[name=since]").input_value()
    page.locator("input[name=upload]").set_input_files(PDF)
    page.locator("input[name='evidence.title']").fill("Export of users and roles")
    page.locator("input[name='evidence.from']").fill(day)
    page.locator("input[name='evidence.to']").fill((date.fromisoformat(day) + timedelta(days=20)).isoformat())
    for kind in ("design", "operation"):
        page.locator(f"input[name='evidence.shows'][value={kind}]").check()
    page.get_by_role("button", name="Record the new values").click()

    expect(page.get_by_role("status")).to_contain_text("is now MET")
    for moved in MOVED:
        page.goto(here + moved)
        expect(page.locator(".verdict .stamp")).not_to_contain_text(re.compile("UNMET|PARTLY"))

    later = date.fromisoformat(day) + timedelta(days=30)
    page.goto(f"{here}/on/{later}{RED}")
    expect(page.locator(".verdict .stamp")).to_contain_text("PARTLY")
    expect(page.get_by_text(re.compile("evidence of operation ended on")).first).to_be_visible()
    expect(page.locator(".mend")).to_have_count(0)
