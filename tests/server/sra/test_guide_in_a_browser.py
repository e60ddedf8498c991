"""A security manager's afternoon in a real browser: a new site, its assessment to approval, and a later day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from safeconduct.catalogue.loading import load
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Shown
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.common.clock import today
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.reading import seen
from tests.axe import overflow, violations
from tests.server.sra.assessed import assess

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage
    from tests.server.cast import Cast

pytestmark = pytest.mark.browser
STEPS = ("scope", "assets", "scenarios", "numbers", "priorities", "treatment", "objectives", "approve")


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer, cast: Cast) -> str:
    """The server with the cast, and the catalogue that is shipped."""
    settings.STATIC_ROOT = tmp_path
    use(load())
    return str(live_server.url)


def sign_in(page: Page, address: str, cast: Cast) -> Page:
    """The page of the security manager."""
    session = cast.client("sven").cookies["safeconduct-session"].value
    page.context.add_cookies([{"name": "safeconduct-session", "value": session, "url": address}])
    return page


def send(page: Page, deed: str) -> None:
    page.get_by_role("button", name=deed).first.click()


def refused(page: Page, text: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text("Nothing was stored")
    expect(page.get_by_text(text).first).to_be_visible()


def on(page: Page, step: str) -> None:
    page.get_by_role("link", name=f"Go on: {step}").click()


def scenario(page: Page, title: str) -> Locator:
    return page.get_by_role("group", name=title)


def test_a_new_site_is_assessed_treated_and_watched(address: str, cast: Cast, open_page: OpenPage) -> None:
    page = sign_in(open_page(java_script_enabled=False), address, cast)
    page.set_default_timeout(5_000)
    page.set_default_navigation_timeout(30_000)
    record_the_site(page, address, cast)
    begin(page, address)
    name_what_is_critical(page)
    decide_what_may_happen(page)
    give_numbers(page)
    decide_and_aim(page)
    approve(page)
    see_what_a_later_day_brings(page, address)


def record_the_site(page: Page, address: str, cast: Cast) -> None:
    """A depot, whose gate is shown for ninety days more."""
    page.goto(f"{address}/sites/new/")
    page.get_by_label("Norholt NL").check()
    page.get_by_label("Name").fill("Hamburg depot")
    page.get_by_label("Country").fill("DE")
    send(page, "Record the site")
    unit = next(one.key for one in seen(cast.exporter_line, "units") if one.title == "Hamburg depot")
    values = {"vehicles": "yes", "authorised-only": "yes"}
    gate = ControlInPlace(key="c-gate", control="gate-control", at=unit, since=today(), values=values)
    shown = Evidence(
        key="e-gate", of="c-gate", shows=(Shown.OPERATION,), from_=today(), to=today() + timedelta(days=90)
    )
    store_all(cast.exporter_line, [gate, shown], deed="record")


def begin(page: Page, address: str) -> None:
    page.goto(f"{address}/risk/")
    page.get_by_role("link", name="Begin an assessment").first.click()
    page.get_by_role("link", name="Take Plain ISO 31000").click()
    send(page, "Begin the assessment")
    refused(page, "Nothing is ticked")
    page.get_by_label("Hamburg depot").check()
    page.get_by_label("What is covered").fill("Storing and loading of spare parts at the depot.")
    send(page, "Begin the assessment")
    expect(page.get_by_text("The assessment is begun")).to_be_visible()


def name_what_is_critical(page: Page) -> None:
    goods = page.get_by_role("group", name="Goods")
    goods.get_by_label("What").fill("Spare parts")
    goods.get_by_label("Worth").fill("plenty")
    send(page, "Store these assets")
    refused(page, "60000 EUR")
    page.get_by_role("group", name="Goods").get_by_label("Worth").fill("400000 EUR")
    page.get_by_role("group", name="Premises").get_by_label("What").fill("The only cold store")
    send(page, "Store these assets")
    expect(page.get_by_text("2 assets are stored")).to_be_visible()
    on(page, "threat scenarios")


def decide_what_may_happen(page: Page) -> None:
    facility = scenario(page, "Theft from a facility")
    expect(facility).to_contain_text("hits Spare parts, The only cold store")
    facility.get_by_label("How often").select_option(label="about once a year")
    scenario(page, "Theft by an insider").get_by_label("How often").select_option(label="not plausible here, because …")
    send(page, "Store these decisions")
    refused(page, "auditors ask for it")
    scenario(page, "Theft by an insider").get_by_label("How often").select_option(label="about once a year")
    page.get_by_label("Leave out all that is suggested and not decided").fill("Nothing of the kind is handled here.")
    send(page, "Store these decisions")
    expect(page.get_by_text("Choose the next place, or go on")).to_be_visible()
    expect(page.get_by_text("not decided.")).to_have_count(0)
    on(page, "numbers")


def give_numbers(page: Page) -> None:
    for title, likelihood, loss in (
        ("Theft from a facility", ("0.55", "0.65"), ("60000", "240000")),
        ("Theft by an insider", None, ("200000", "900000")),
    ):
        page.get_by_role("link", name=title).first.click()
        expect(page.get_by_role("heading", name=re.compile(title))).to_be_visible()
        if likelihood:
            page.get_by_label("How often, if no control stood?").select_option(label="as written below")
            page.get_by_label("Or at least").fill("often")
            page.get_by_label("And at most").fill(likelihood[1])
            send(page, "Store these numbers")
            refused(page, "says no rate")
            page.get_by_label("Or at least").fill(likelihood[0])
        page.get_by_label("One event costs at least").fill(loss[1])
        page.get_by_label("One event costs at most").fill(loss[0])
        send(page, "Store these numbers")
        refused(page, "The range is upside down")
        page.get_by_label("One event costs at least").fill(loss[0])
        page.get_by_label("One event costs at most").fill(loss[1])
        send(page, "Store these numbers")
        expect(page.get_by_text(re.compile(f"{title}.*without controls, .* today")).first).to_be_visible()
    on(page, "priorities")
    expect(page.get_by_text("1 of 2 rated risks graver than bearable")).to_be_visible()
    expect(page.get_by_role("heading", name="Heat map")).to_be_visible()
    on(page, "treatment")


def decide_and_aim(page: Page) -> None:
    expect(page.get_by_role("heading", name=re.compile("Decide: Theft by an insider"))).to_be_visible()
    page.get_by_label("accept: somebody bears it").check()
    page.get_by_label("Who answers for it").fill("H. Brandt")
    send(page, "Store the decision")
    refused(page, "accepted without an end")
    page.get_by_label("reduce: more controls stand").check()
    page.locator("input[name=planned]").first.check()
    page.get_by_label("By when it is to stand").fill((today() + timedelta(days=60)).isoformat())
    send(page, "Store the decision")
    expect(page.get_by_text("The decision is stored")).to_be_visible()
    on(page, "objectives")
    expect(page.get_by_label("What is to be reached")).to_have_value(
        "Theft by an insider, or with help of one, Hamburg depot: medium at most"
    )
    expect(page.get_by_label("Who is responsible")).to_have_value("H. Brandt")
    send(page, "Set the objective")
    expect(page.get_by_text("The objective is set")).to_be_visible()
    expect(page.get_by_role("heading", name="Objectives of this assessment")).to_be_visible()
    on(page, "approval")


def approve(page: Page) -> None:
    page.get_by_label("Approved by").fill("M. Direktor")
    send(page, "Approve the assessment")
    expect(page.get_by_role("heading", level=1)).to_have_text("All steps are complete.")


def see_what_a_later_day_brings(page: Page, address: str) -> None:
    """The evidence of the gate lapses: the risk rises by itself, and says why."""
    page.goto(f"{address}/risk/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of 2 risks is graver than bearable.")
    later = today() + timedelta(days=100)
    page.goto(f"{address}/on/{later}/risk/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 of 2 risks are graver than bearable.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Theft from a facility, Hamburg depot rose by itself.")
    page.get_by_role("link", name="Theft from a facility").first.click()
    expect(page.locator("#because")).to_contain_text("Gates and entries are manned or watched")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_path_keeps_nobody_out(address: str, cast: Cast, open_page: OpenPage, width: int, scheme: str) -> None:
    assess(cast)
    opened = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = sign_in(opened, address, cast)
    start = "/risk/assessments/"
    paths = [start, f"{start}begin/", f"{start}begin/?method=ctpat-five-steps", f"{start}sra/", f"{start}sra/again/"]
    paths += [f"{start}sra/{step}/" for step in STEPS]
    paths += [f"{start}sra/{step}/?risk=r-vehicle-yard&at=north" for step in ("scenarios", "numbers", "treatment")]
    for path in paths:
        page.goto(address + path)
        assert violations(page) == [], path
        assert overflow(page) == 0, path
