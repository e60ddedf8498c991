"""For every kind of need one row is mended in a browser: from the row's page through its form back to MET."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from safeconduct.core.assess import assess
from safeconduct.core.judgement import MET
from safeconduct.core.posture import RowJudgement
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.common.clock import today
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.currency import judged
from tests.axe import overflow, violations
from tests.browser import OpenPage
from tests.server.cast import Cast, gather
from tests.server.proving import PROVING_CATALOGUE, proving_facts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type Fill = Callable[[Page, date], None]


@pytest.fixture
def ground(transactional_db: None, live_server: LiveServer, settings: Settings, tmp_path: Any) -> Cast:
    """The exporter on the proving ground, every row open."""
    settings.STATIC_ROOT = tmp_path
    use(PROVING_CATALOGUE)
    cast = gather()
    store_all(cast.exporter_line, proving_facts(today()), deed="record")
    return cast


@pytest.fixture
def desk(ground: Cast, live_server: LiveServer, open_page: OpenPage) -> Page:
    """The security manager's browser."""
    return signed_in(ground, "sven", live_server, open_page(viewport={"width": 1280, "height": 900}))


def signed_in(cast: Cast, name: str, live_server: LiveServer, page: Page) -> Page:
    cookie = cast.client(name).cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def row_now(cast: Cast, name: str) -> RowJudgement:
    found: RowJudgement | None = (
        judged(cast.exporter_line, today(), assess).programme("pg").row(f"proving/{name}", "nl")
    )
    assert found is not None
    return found


def day(value: date) -> str:
    return value.isoformat()


def fill_certificate(page: Page, now: date) -> None:
    page.get_by_label("Number").fill("NL AEOS 1")
    page.get_by_label("First day").fill(day(now - timedelta(days=400)))
    page.get_by_label("Looked up on, line 1").fill(day(now))
    page.get_by_role("button", name="Record the certificate").last.click()


def fill_proof(page: Page, now: date) -> None:
    page.get_by_role("group", name="Kind").get_by_label("visit").check()
    page.get_by_role("button", name="Record the proof").click()


def fill_register(page: Page, now: date) -> None:
    page.get_by_label("Last day").fill(day(now + timedelta(days=90)))
    page.get_by_role("button", name="Record the register confirmation").click()


def fill_attestation(page: Page, now: date) -> None:
    page.get_by_label("First day").fill(day(now - timedelta(days=1200)))
    page.get_by_label("Last day").fill(day(now))
    page.get_by_role("button", name="Record the attestation").click()


def fill_event(page: Page, now: date) -> None:
    page.get_by_role("group", name="Weight").get_by_label("minor").check()
    page.get_by_role("group", name="Weighed by").get_by_label("authority").check()
    page.get_by_role("button", name="Change the event").click()


def fill_figure(page: Page, now: date) -> None:
    page.get_by_label("Value").fill("400000 EUR")
    page.get_by_label("Last day of the year").fill(day(date(now.year - 1, 12, 31)))
    page.get_by_role("button", name="Record the figure").click()


def fill_check(page: Page, now: date) -> None:
    page.get_by_role("group", name="Listed").get_by_label("no").check()
    page.get_by_role("button", name="Record the list look-up").click()


def fill_action(page: Page, now: date) -> None:
    page.get_by_label("Opened on").fill(day(now - timedelta(days=40)))
    page.get_by_label("Due").fill(day(now))
    page.get_by_label("Done on").fill(day(now))
    page.get_by_label("In words").or_(page.get_by_label("What is to be done")).fill("The file was completed.")
    page.get_by_role("button", name="Record the corrective action").click()


def fill_judgement(page: Page, now: date) -> None:
    page.get_by_role("group", name="Verdict").get_by_label("yes").check()
    page.get_by_label("Why").fill("Walked round with the shift leader.")
    page.get_by_role("button", name="Record the judgement").last.click()


def fill_answer(page: Page, now: date) -> None:
    page.get_by_label("How we meet it").fill("The shift leader fits the seal at once.")
    page.get_by_label("Chapter").fill("4.1")
    page.get_by_role("button", name="Answer and confirm").click()


def fill_trait(page: Page, now: date) -> None:
    page.get_by_role("group", name="producer").get_by_label("no", exact=True).check()
    page.get_by_role("button", name="Record the answer").click()


WAYS: dict[str, tuple[str, Fill]] = {
    "certificate": ("Record a certificate", fill_certificate),
    "register": ("Confirm the register", fill_register),
    "proof": ("Record a proof", fill_proof),
    "attestation": ("Record an attestation", fill_attestation),
    "event": ("Weigh the event", fill_event),
    "figure": ("Record the figure", fill_figure),
    "check": ("Record the check", fill_check),
    "mended": ("Open a corrective action", fill_action),
    "outcome": ("Record a judgement", fill_judgement),
    "answer": ("Confirm the answer", fill_answer),
    "trait": ("Record it in the profile", fill_trait),
}


def test_every_kind_of_need_is_mended_from_the_page_of_its_row(
    ground: Cast, desk: Page, live_server: LiveServer
) -> None:
    for name, (button, fill) in WAYS.items():
        assert row_now(ground, name).standing is not MET, name
        desk.goto(f"{live_server.url}/programmes/pg/proving/{name}/at/nl/")
        desk.get_by_role("link", name=button).first.click()
        fill(desk, today())
        expect(desk.get_by_role("status"), name).to_contain_text("is now MET")
        assert desk.url.endswith(f"/programmes/pg/proving/{name}/at/nl/")
        assert row_now(ground, name).standing is MET, name
    mend_by_an_action_for_the_partner(ground, desk, live_server)


def mend_by_an_action_for_the_partner(ground: Cast, desk: Page, live_server: LiveServer) -> None:
    """A row that takes a running action for an assurance; its register was confirmed with the rows before."""
    assert row_now(ground, "in-action").standing is not MET
    desk.goto(f"{live_server.url}/partners/b1/")
    actions = desk.locator("section", has=desk.get_by_role("heading", name="Corrective actions"))
    actions.get_by_role("link", name="Record one").click()
    desk.get_by_label("Due").fill(day(today() + timedelta(days=30)))
    desk.get_by_role("button", name="Record the corrective action").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Broker 1 is assured")
    assert row_now(ground, "in-action").standing is MET


def test_an_unsure_row_counts_once_a_chapter_is_confirmed(ground: Cast, desk: Page, live_server: LiveServer) -> None:
    assert row_now(ground, "unsure").left_out == "row-unconfirmed"
    desk.goto(f"{live_server.url}/programmes/pg/confirm-rows/?chapter=one")
    expect(desk.get_by_label("Row of unsure")).to_be_checked()
    desk.get_by_label("Document").fill("The official text, read in full")
    desk.get_by_role("button", name="Confirm the rows").click()
    expect(desk.get_by_role("status")).to_contain_text("1 row is confirmed")
    assert row_now(ground, "unsure").left_out == ""


def test_an_entity_is_enrolled_in_two_steps(ground: Cast, desk: Page, live_server: LiveServer) -> None:
    desk.goto(f"{live_server.url}/programmes/enrol/")
    desk.get_by_label("CTPAT, 2020").check()
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_role("group", name="Roles").get_by_label("Importer").check()
    desk.get_by_role("group", name="Sites in scope").get_by_label("Rotterdam").check()
    desk.get_by_label("Owner").fill("Sven")
    desk.get_by_role("button", name="Enrol").last.click()
    expect(desk.get_by_role("status")).to_contain_text("2 requirements are identified")
    assert desk.url.endswith("/programmes/nl-us-ctpat/")
    assert judged(ground.exporter_line, today(), assess).programme("nl-us-ctpat").row("us-ctpat/9.2", "rtm") is not None


PAGES = [
    "/registers/",
    "/registers/certificates/",
    "/registers/waivers/",
    "/registers/certificates/new/",
    "/registers/certificates/c-h1/",
    "/registers/events/ev-paper/withdraw/",
    "/partners/",
    "/partners/h1/",
    "/sites/new/",
    "/sites/nl/change/",
    "/programmes/enrol/",
    "/programmes/enrol/?entity=nl&edition=tapa-fsr/2023",
    "/programmes/pg/change/",
    "/programmes/pg/confirm-rows/",
    "/programmes/pg/proving/answer/at/nl/answer/",
    "/programmes/pg/proving/outcome/at/nl/judge/",
    "/programmes/pg/proving/outcome/at/nl/alternative/",
    "/programmes/pg/proving/outcome/at/nl/not-applicable/",
]


@pytest.mark.parametrize(("width", "scheme", "paths"), [(390, "dark", PAGES), (1280, "light", PAGES[1::4])])
def test_no_page_keeps_anyone_out(
    width: int, scheme: str, paths: list[str], ground: Cast, live_server: LiveServer, open_page: OpenPage
) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    signed_in(ground, "sven", live_server, page)
    found = []
    for path in paths:
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found += violations(page)
        assert overflow(page) == 0, path
    assert found == []


def test_what_is_wrong_stands_at_the_field_and_nothing_typed_is_lost(
    ground: Cast, desk: Page, live_server: LiveServer
) -> None:
    desk.goto(f"{live_server.url}/registers/certificates/new/?holder=h1")
    desk.get_by_label("Number").fill("NL AEOS 1")
    desk.get_by_label("First day").fill("2026-05-01")
    desk.get_by_label("Last day").fill("2026-04-01")
    desk.get_by_role("button", name="Record the certificate").last.click()
    expect(desk.get_by_role("alert")).to_contain_text("Nothing was stored.")
    expect(desk.get_by_label("Number")).to_have_value("NL AEOS 1")
    expect(desk.get_by_role("alert").get_by_role("link")).to_have_text(["Scheme", "Last day"])
    expect(desk.locator("#id_to_error")).to_contain_text("Last day on 1 Apr 2026 is before First day on 1 May 2026.")


def test_more_lines_come_without_a_script(ground: Cast, live_server: LiveServer, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    signed_in(ground, "sven", live_server, page)
    page.goto(f"{live_server.url}/registers/certificates/new/")
    page.get_by_label("Number").fill("NL 7")
    page.get_by_role("button", name="More lines").click()
    expect(page.get_by_label("Looked up on, line 5")).to_be_visible()
    expect(page.get_by_label("Number")).to_have_value("NL 7")
    expect(page.get_by_role("alert")).to_have_count(0)
