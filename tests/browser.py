"""Pages in a real headless Chromium, guarded: no outside call, no breach of the content policy, no script error."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class OpenPage(Protocol):
    """Opens a fresh page with the options of a browser context (viewport, color_scheme, bypass_csp ...)."""

    def __call__(self, **options: Any) -> Page: ...


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, headless."""
    # Playwright keeps an event loop in this thread, in which Django would refuse to read the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("SAFECONDUCT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or shutil.which("google-chrome"), args=ARGUMENTS)
        yield browser
        browser.close()


class Guards:
    """What the pages of one test did that a page must not do."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def watch(self, context: BrowserContext) -> Page:
        """A new page of the context, with every guard on it."""
        context.route("**/*", self._request)
        page = context.new_page()
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        return page

    def _request(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in {"localhost", "127.0.0.1"}:
            route.continue_()
        else:
            self.problems.append(f"calls outside: {route.request.url}")
            route.abort()

    def _message(self, message: ConsoleMessage) -> None:
        # A page that is refused (403, 404, 422) is reported on the console too; tests ask for such pages on purpose.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.problems.append(f"console: {message.text}")


@contextmanager
def guarded_pages(browser: Browser) -> Iterator[OpenPage]:
    """Open pages freely; at the end, fail when one of them did what a page must not do."""
    guards, contexts = Guards(), []

    def open_page(**options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        return guards.watch(contexts[-1])

    yield open_page
    for context in contexts:
        context.close()
    if guards.problems:
        pytest.fail("\n".join(guards.problems))
