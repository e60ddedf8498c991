"""Each way a control falls short of a row is mended in the browser, from the requirement's page and back to it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET
from safeconduct.server.accounts.viewer import Viewer
from tests.browser import OpenPage
from tests.server.cast import TODAY, Cast
from tests.server.controls.reading import signed_in
from tests.server.controls.stage import requirement_url, standing

pytestmark = pytest.mark.browser

PDF: FilePayload = {"name": "patrol book.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 patrol book"}


@pytest.fixture
def viewer(everyone: Cast) -> Viewer:
    return everyone.exporter_line


@pytest.fixture
def page(everyone: Cast, here: str, open_page: OpenPage) -> Page:
    """A page in which the security manager is signed in."""
    return signed_in(open_page(viewport={"width": 1280, "height": 900}), everyone, "sven", here)


def mend(page: Page, here: str, ref: str, button: str) -> None:
    """From the requirement's page to the form that mends it."""
    page.goto(here + requirement_url(ref))
    page.locator(".mend").get_by_role("link", name=button).click()


def expect_now(page: Page, ref: str, word: str) -> None:
    """The reader is back at the requirement, and is told what it is now."""
    expect(page).to_have_url(re.compile(re.escape(requirement_url(ref)) + "$"))
    expect(page.get_by_role("status")).to_contain_text(f"US CTPAT {ref} at Rotterdam is now {word}")
    expect(page.locator(".verdict .stamp")).to_contain_text(word)


def test_a_control_never_recorded_is_recorded_with_its_evidence(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.1") is UNKNOWN
    mend(page, here, "1.1", "Record the control")
    page.get_by_role("textbox", name="Guards").fill("4")
    page.get_by_role("textbox", name="Owner").fill("R. Delgado")
    page.get_by_label("Or a file").set_input_files(PDF)
    page.get_by_role("textbox", name="What it is").fill("Patrol book")
    page.get_by_label("First day").fill("2026-11-01")
    page.get_by_label("Last day").fill("2027-10-31")
    page.get_by_role("button", name="Record the control").click()
    expect_now(page, "1.1", "MET")
    assert standing(viewer, "1.1") is MET


def test_a_value_never_recorded_completes_the_record(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.2") is UNKNOWN
    mend(page, here, "1.2", "Record the value")
    for area in ("gates", "docks"):
        group = page.get_by_role("radiogroup", name=re.compile(f"^{area}"))
        group.get_by_role("radio", name="yes").check()
    page.get_by_role("button", name="Put the record right").click()
    expect_now(page, "1.2", "MET")
    assert standing(viewer, "1.2") is MET


def test_a_value_that_is_short_gives_way_to_a_new_one_that_is_shown(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.7") is UNMET
    mend(page, here, "1.7", "Record the value")
    page.get_by_label("high security").check()
    page.get_by_role("textbox", name="Document").fill("QP-14, chapter 3, revision 7")
    page.get_by_label("First day").fill("2026-11-24")
    page.get_by_label("Last day").fill("2027-11-23")
    page.get_by_role("button", name="Record the new values").click()
    expect_now(page, "1.7", "MET")
    assert standing(viewer, "1.7") is MET
    assert standing(viewer, "1.7", TODAY.replace(day=23)) is UNMET


def test_an_own_number_is_set_with_its_reason(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.3") is UNKNOWN
    mend(page, here, "1.3", "Set our own number")
    page.get_by_label("Our own number: sum").fill("40000")
    page.get_by_label("Currency").fill("EUR")
    page.get_by_role("textbox", name="Why").fill("The duty of the dearest month.")
    page.get_by_role("button", name="Set our own number").click()
    expect_now(page, "1.3", "MET")
    assert standing(viewer, "1.3") is MET


def test_evidence_is_attached(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.4") is UNKNOWN
    mend(page, here, "1.4", "Attach evidence")
    page.get_by_label(re.compile("^Photo")).set_input_files(
        {"name": "wall.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n wall"}
    )
    page.get_by_label("Last day").fill("2027-11-23")
    page.get_by_role("button", name="Attach the evidence").click()
    expect_now(page, "1.4", "MET")
    assert standing(viewer, "1.4") is MET


def test_what_was_overdue_is_recorded_as_done(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.5") is UNMET
    mend(page, here, "1.5", "Record when it was done")
    page.get_by_label("Day", exact=True).fill("2026-11-20")
    page.get_by_role("button", name="Record the day").click()
    expect_now(page, "1.5", "MET")
    assert standing(viewer, "1.5") is MET


def test_events_are_sampled_and_a_plan_says_how(page: Page, here: str, viewer: Viewer) -> None:
    assert standing(viewer, "1.6") is UNKNOWN
    mend(page, here, "1.6", "Record a sample")
    page.get_by_label("First day").fill("2026-10-01")
    page.get_by_label("Last day").fill("2026-10-31")
    page.get_by_label("Events in the period").fill("104")
    page.get_by_label("Events checked").fill("25")
    page.get_by_label("Events that conform").fill("25")
    page.get_by_role("button", name="Record the sample").click()
    expect_now(page, "1.6", "PARTLY")
    assert standing(viewer, "1.6") is PARTLY
    mend(page, here, "1.6", "Set the sampling plan")
    page.get_by_label("A sample is taken every").fill("3")
    page.get_by_label("At least so many events").fill("25")
    page.get_by_role("textbox", name="Why").fill("About a quarter of a month's boxes.")
    page.get_by_role("button", name="Set the sampling plan").click()
    expect_now(page, "1.6", "MET")
    assert standing(viewer, "1.6") is MET


def test_somebody_is_asked_and_says_that_it_is_done(page: Page, here: str, viewer: Viewer) -> None:
    mend(page, here, "1.4", "Ask somebody")
    page.get_by_label("Who does it").fill("Dana Whitfield")
    page.get_by_label("By which day").fill("2099-12-12")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect_now(page, "1.4", "UNKNOWN")
    expect(page.get_by_text("Dana Whitfield, due 12 Dec 2099", exact=True)).to_be_visible()
    assert standing(viewer, "1.4") is UNKNOWN
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("Dana Whitfield")).to_have_count(0)
    assert standing(viewer, "1.4") is UNKNOWN


def test_a_site_manager_mends_the_own_site_on_a_phone_without_script(
    everyone: Cast, here: str, open_page: OpenPage, viewer: Viewer
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False, has_touch=True)
    signed_in(page, everyone, "mara", here)
    mend(page, here, "1.4", "Attach evidence")
    expect(page.get_by_label(re.compile("^Photo"))).to_have_attribute("capture", "environment")
    page.get_by_role("textbox", name="What it is").fill("Walls looked at")
    page.get_by_label("Last day").fill("2027-11-23")
    page.get_by_role("button", name="Attach the evidence").click()
    expect_now(page, "1.4", "MET")
    assert standing(viewer, "1.4") is MET


def test_what_was_typed_and_the_file_stay_while_something_is_mended(page: Page, here: str, viewer: Viewer) -> None:
    mend(page, here, "1.4", "Attach evidence")
    page.get_by_label("Or a file").set_input_files(PDF)
    page.get_by_role("textbox", name="What it is").fill("Survey of the walls")
    page.get_by_label("Last day").fill("2026-11-01")
    page.get_by_role("button", name="Attach the evidence").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was stored.")
    expect(page.get_by_role("textbox", name="What it is")).to_have_value("Survey of the walls")
    expect(page.get_by_text("patrol book.pdf is kept.")).to_be_visible()
    assert standing(viewer, "1.4") is UNKNOWN
    page.get_by_label("Last day").fill("2027-11-01")
    page.get_by_role("button", name="Attach the evidence").click()
    expect_now(page, "1.4", "MET")
    page.goto(f"{here}/controls/in-place/c-building/")
    with page.expect_download() as given:
        page.get_by_role("link", name="Survey of the walls").click()
    assert given.value.suggested_filename == "patrol book.pdf"
