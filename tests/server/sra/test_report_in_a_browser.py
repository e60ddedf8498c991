"""The report in a real browser: on a screen and on paper nobody is kept out, and nothing hangs over the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.axe import overflow, violations
from tests.server.sra.test_numbers_in_a_browser import address, sign_in

if TYPE_CHECKING:
    from django.test import Client

    from tests.browser import OpenPage

__all__ = ["address"]
pytestmark = pytest.mark.browser
REPORT = "/risk/report/"
A4_WITHIN_MARGINS = 703
"""Its width in pixels: 186 mm at 96 dots an inch."""
ORPHANS = """() => [...document.querySelectorAll('main h2, main h3, main .part > p:not(:last-child)')]
    .filter(one => getComputedStyle(one).breakAfter !== 'avoid').map(one => one.innerText)"""
CUT = """() => [...document.querySelectorAll('main tr, main figure')]
    .filter(one => getComputedStyle(one).breakInside !== 'avoid').map(one => one.innerText)"""


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_it_is_read_on_a_telephone_as_on_a_desk(
    address: str, sven: Client, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = sign_in(
        open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True), address, sven
    )
    page.goto(address + REPORT)
    assert violations(page) == []
    assert overflow(page) == 0


def test_on_paper_no_row_is_cut_and_no_heading_is_left_behind(address: str, sven: Client, open_page: OpenPage) -> None:
    page = sign_in(open_page(viewport={"width": A4_WITHIN_MARGINS, "height": 1000}), address, sven)
    page.goto(address + REPORT)
    page.emulate_media(media="print")
    assert overflow(page) == 0
    assert page.evaluate(ORPHANS) == []
    assert page.evaluate(CUT) == []
    assert not page.get_by_text("The report as PDF").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
