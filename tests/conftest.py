"""What every test shares: the marks, the rule that nothing is left out, and the browser."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

import django
import hypothesis
import pytest

from tests import browser

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser, Page

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "client", "admin_client"})

# The server's settings for every test, from the day the server has some.
if find_spec("safeconduct.server.settings"):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.server.settings")
    django.setup()

# Examples come in the same order on the shared machine, so that a run there can be repeated; elsewhere they vary.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can be run again on the other engine."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be left out, a test that skips has failed."""
    report = yield
    if report.skipped and os.environ.get("SAFECONDUCT_REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped in {call.when}, but SAFECONDUCT_REQUIRE_ALL=1 leaves nothing out"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests of the house noted (the long files and functions)."""
    for report in terminalreporter.getreports("passed"):
        for name, note in report.user_properties:
            if name == "house":
                terminalreporter.write_line(str(note))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The headless Chromium of this machine, one for all page tests of a process."""
    with browser.chromium() as started:
        yield started


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[browser.OpenPage]:
    """Opens guarded pages: open_page(viewport={"width": 390, "height": 844}, color_scheme="dark")."""
    with browser.guarded_pages(chromium) as opener:
        yield opener


@pytest.fixture
def page(open_page: browser.OpenPage) -> Page:
    """One guarded page as on a desk: 1280 by 900, light."""
    return open_page(viewport={"width": 1280, "height": 900})
