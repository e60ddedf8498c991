"""The browser that the page tests rely on: it runs, it clicks, and its guards see what a page must not do."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser import guarded_pages

PAGE = b"""<!doctype html><title>Sealed</title><button>Seal</button><p></p>
<script>document.querySelector("button").onclick = () => document.querySelector("p").textContent = "sealed"
document.querySelector("button").ondblclick = () => { throw new Error("the seal broke") }</script>"""

pytestmark = pytest.mark.browser


class OnePage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base class names it so
        """Stay silent."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_page_is_opened_and_clicked(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Seal").click()
    assert page.locator("p").inner_text() == "sealed"


def refusal_of(chromium: Browser, visit: Callable[[Page], None]) -> str:
    """What the guards say of a visit that a page test must not pass."""
    with pytest.raises(pytest.fail.Exception) as refused, guarded_pages(chromium) as open_page:
        visit(open_page())
    return str(refused.value)


def test_a_call_outside_is_cut_off_and_fails_its_test(chromium: Browser) -> None:
    def visit(page: Page) -> None:
        with pytest.raises(Error):
            page.goto("http://example.invalid/")

    assert refusal_of(chromium, visit) == "calls outside: http://example.invalid/"


def test_a_script_error_fails_its_test(chromium: Browser, address: str) -> None:
    def visit(page: Page) -> None:
        page.goto(address)
        with page.expect_event("pageerror"):
            page.get_by_role("button", name="Seal").dblclick()

    assert refusal_of(chromium, visit) == "script error: the seal broke"
