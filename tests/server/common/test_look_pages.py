"""The style guide in a browser: every part at four widths, light and dark, on paper, by keyboard and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.axe import overflow, violations
from tests.browser import OpenPage

PATHS = ["/look/", "/look/requirement/", "/on/2026-08-31/look/requirement/", "/look/refused/", "/sign-in/", "/nowhere/"]

COUNT_SENDINGS = """window.sent = 0
addEventListener("submit", event => { window.sent += !event.defaultPrevented; event.preventDefault() })"""

pytestmark = pytest.mark.browser


@pytest.fixture
def address(settings: Settings, tmp_path: Path, live_server: LiveServer) -> str:
    settings.STATIC_ROOT = tmp_path
    settings.ROOT_URLCONF = "tests.server.common.look_urls"
    return str(live_server.url)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(320, "light"), (390, "dark"), (390, "light"), (768, "light"), (1280, "dark"), (1280, "light")],
)
def test_no_part_keeps_anyone_out(address: str, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    for path in PATHS:
        page.goto(address + path)
        assert violations(page) == []
        assert overflow(page) == 0


def test_the_content_policy_is_strict_and_kept(address: str, page: Page) -> None:
    for path in PATHS:
        answer = page.goto(address + path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate("[htmx.config.allowEval, htmx.config.includeIndicatorStyles]") == [False, False]


def test_a_phone_reaches_the_menu_without_script(address: str, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{address}/look/")
    rail = page.get_by_role("navigation", name="Main")
    expect(rail).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(rail.get_by_role("link", name="Programmes")).to_be_visible()
    expect(rail.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_person_opens_by_keyboard_and_closes_by_escape(address: str, page: Page) -> None:
    page.goto(f"{address}/look/")
    page.locator("summary", has_text="Ines Adler").press("Enter")
    sign_out = page.locator(".who").get_by_role("button", name="Sign out")
    expect(sign_out).to_be_visible()
    page.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()


def test_the_first_stop_of_the_keyboard_leads_past_the_frame(address: str, page: Page) -> None:
    page.goto(f"{address}/look/requirement/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_day_is_chosen_anywhere_and_left_again(address: str, page: Page) -> None:
    page.goto(f"{address}/look/requirement/?q=seal")
    page.get_by_label("As of").fill("2026-08-31")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{address}/on/2026-08-31/look/requirement/?q=seal")
    expect(page.get_by_text("Nothing can be changed here.")).to_be_visible()
    page.get_by_role("link", name="Look").click()
    expect(page).to_have_url(f"{address}/on/2026-08-31/look/")
    page.get_by_role("link", name="Back to today").click()
    expect(page).to_have_url(f"{address}/look/")


def test_paper_shows_the_folds_and_no_buttons(address: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/look/")
    for hidden in (".rail", ".btn >> nth=0", ".mend >> nth=0", ".filters >> nth=0", ".who"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".stamp >> nth=0", ".boxes", ".seal", "text=Haulier 12"):
        expect(page.locator(shown)).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_head_of_a_page_fits_the_first_screen_of_a_phone(address: str, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/look/requirement/")
    for part in (".stamp", "h1", ".lead", ".boxes"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844


def test_a_form_is_sent_once(address: str, page: Page) -> None:
    page.goto(f"{address}/sign-in/")
    page.evaluate(COUNT_SENDINGS)
    page.get_by_label("E-mail address").fill("ines.adler@norholt.example")
    page.get_by_label("Password").fill("a long password")
    for _ in range(2):
        page.get_by_role("button", name="Sign in").click()
    assert page.evaluate("window.sent") == 1
