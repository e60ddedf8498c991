"""Two organisations in a real browser: one writes and publishes a programme, the other enrols in it and is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from safeconduct.core.records.partners import Certificate
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store
from tests.axe import overflow, violations
from tests.facts.cast import CATALOGUE
from tests.server.own_programmes.stage import KEY, written
from tests.server.own_programmes.test_own_programme_pages import DRAFT, PAGES, PUBLISHED

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage
    from tests.server.cast import Cast

STATUS = Certificate(
    key="aeo",
    holder="nl",
    scheme="eu-aeos",
    from_=date(2025, 1, 1),
    to=date(2028, 12, 31),
    checked=(date(2026, 11, 1),),
)
pytestmark = pytest.mark.browser


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, cast: Cast) -> str:
    """The server with the cast and a small catalogue in which certificates are looked up again."""
    settings.STATIC_ROOT = tmp_path
    use(
        replace(
            CATALOGUE, terms=replace(CATALOGUE.terms, own_targets={"certificate": "partner-recheck"}), digest="small"
        )
    )
    return str(live_server.url)


def sign_in(page: Page, address: str, cast: Cast, name: str) -> Page:
    session = cast.client(name).cookies["safeconduct-session"].value
    page.context.add_cookies([{"name": "safeconduct-session", "value": session, "url": address}])
    return page


def write_and_publish(page: Page, address: str) -> None:
    """What the security manager of the exporter does."""
    page.goto(f"{address}/own-programmes/")
    page.get_by_role("link", name="Begin a programme").click()
    page.get_by_label("Title").fill("Norholt standard for hauliers")
    page.get_by_label("Its word in keys").fill("hauliers")
    page.get_by_label("Edition").fill("2026")
    page.get_by_label("Holds from").fill("2026-01-01")
    page.get_by_label("a legal entity").check()
    page.get_by_label("Carrier").check()
    page.get_by_role("button", name="Begin the draft").click()
    page.get_by_role("link", name="Add a row").click()
    page.get_by_label("Number").fill("1")
    page.get_by_label("Title").fill("Cameras")
    page.get_by_label("What it asks").fill("Cameras see gates and docks, or the AEO status proves it.")
    page.get_by_label("Control, line 1").select_option(label="cctv")
    page.get_by_label("Certificate, line 1").select_option(label="AEOS")
    page.get_by_role("button", name="Go on").last.click()
    page.get_by_label("gates").check()
    page.get_by_label("docks").check()
    page.get_by_role("button", name="Keep the row").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 row is written. Nothing is refused.")
    page.get_by_role("link", name="Publish it").click()
    page.get_by_label("every organisation of this server").check()
    page.get_by_label("I know that a published edition is never changed").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Norholt standard for hauliers asks 1 thing.")


def enrol(page: Page, address: str) -> None:
    """What the other organisation does: it finds the programme in the catalogue and enrols."""
    page.goto(f"{address}/catalogue/")
    page.get_by_role("link", name="Norholt standard for hauliers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 thing")
    page.goto(f"{address}/programmes/enrol/")
    page.get_by_label("Norholt standard for hauliers, 2026").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Carrier").check()
    page.get_by_label("Since").fill("2026-02-01")
    page.get_by_role("button", name="Enrol").last.click()


def test_one_publishes_and_another_is_judged_by_it(address: str, cast: Cast, open_page: OpenPage) -> None:
    write_and_publish(sign_in(open_page(java_script_enabled=False), address, cast, "sven"), address)
    olga = sign_in(open_page(java_script_enabled=False), address, cast, "olga")
    enrol(olga, address)
    expect(olga.get_by_role("main")).to_contain_text("Cameras")
    expect(olga.get_by_role("heading", level=1)).not_to_contain_text("Its one must is met.")
    store(cast.viewer("olga"), STATUS, deed="record-certificate")
    olga.reload()
    expect(olga.get_by_role("heading", level=1)).to_have_text("Its one must is met.")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_no_page_keeps_anyone_out(address: str, cast: Cast, open_page: OpenPage, width: int, scheme: str) -> None:
    opened = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = sign_in(opened, address, cast, "sven")
    written(cast.viewer("sven"))
    for path in ["/own-programmes/", "/own-programmes/begin/", *(f"{DRAFT}/{one}" for one in PAGES)]:
        page.goto(address + path)
        assert violations(page) == [], path
        assert overflow(page) == 0, path
    page.goto(f"{address}{DRAFT}/publish/")
    page.get_by_label("only this organisation").check()
    page.get_by_label("I know that").check()
    page.get_by_role("button", name="Publish").click()
    for path in (f"{PUBLISHED}/", f"{PUBLISHED}/next/", f"/catalogue/{KEY}/2026/", f"/catalogue/requirement/{KEY}/1/"):
        page.goto(address + path)
        assert violations(page) == [], path
        assert overflow(page) == 0, path
