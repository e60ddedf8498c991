"""The pages of controls in a browser: nobody is kept out, at a desk and on a phone, light and dark, without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.axe import overflow, violations
from tests.browser import OpenPage
from tests.server.cast import Cast
from tests.server.controls.reading import signed_in

pytestmark = pytest.mark.browser

ONE = "/controls/in-place/c-seal/"
PATHS = [
    "/controls/",
    "/controls/?q=nothing",
    "/controls/in-place/",
    "/evidence/",
    "/controls/record/",
    "/controls/record/?control=seal-fitting&at=rtm",
    "/controls/record/?control=training&at=rtm&target=interval",
    ONE,
    "/controls/in-place/c-risk/",
    "/on/2026-08-31/controls/in-place/c-risk/",
    f"{ONE}change/",
    f"{ONE}change/?how=correct",
    f"{ONE}end/",
    f"{ONE}evidence/",
    f"{ONE}sample/",
    f"{ONE}plan/",
    f"{ONE}target/",
    "/controls/in-place/c-bond/target/?parameter=sum",
    "/controls/in-place/c-risk/done/",
    "/controls/again/?control=risk-assessment&at=rtm",
    "/ask/?control=seal-fitting&at=rtm&text=Take+a+photo.",
]


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_no_page_keeps_anyone_out(everyone: Cast, here: str, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    signed_in(page, everyone, "sven", here)
    for path in PATHS:
        page.goto(here + path)
        assert violations(page) == []
        assert overflow(page) == 0, path
    page.goto(f"{here}{ONE}evidence/")
    page.get_by_role("button", name="Attach the evidence").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
