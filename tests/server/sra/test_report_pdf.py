"""The report as a PDF: made by a program of its own from the same page, tagged, and fetched from nowhere."""

from __future__ import annotations

import contextlib
import doctest
import re
import socket
import sys
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from safeconduct.server.sra import report_pdf
from safeconduct.server.sra.report_pdf import BY_BROWSER, can_press
from tests.server.posture.pages import text_of

if TYPE_CHECKING:
    from django.test import Client

PDF = "/risk/report.pdf"


def opened(written: bytes) -> bytes:
    """All that a PDF says, its streams unpacked; those of fonts and the like are left out."""
    found = [written]
    for one in re.findall(rb"stream\n(.*?)\nendstream", written, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(one))
    return b"\n".join(found)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without the extra."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert find_spec("weasyprint") is None
    can_press.cache_clear()
    yield
    can_press.cache_clear()


@pytest.mark.django_db
@pytest.mark.pdf
def test_the_report_becomes_a_tagged_pdf_of_several_sheets(sven: Client) -> None:
    answer = sven.get(PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sra-2026-06-01.pdf"'
    assert answer.content.startswith(b"%PDF-1.7")
    written = opened(answer.content)
    assert b"/StructTreeRoot" in written
    assert b"/Marked true" in written
    assert len(re.findall(rb"/Type ?/Page\b", written)) > 3
    assert "The report as PDF" in text_of(sven, "/risk/report/")


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_without_the_extra_the_page_says_how_to_get_one(sven: Client) -> None:
    page = text_of(sven, "/risk/report/")
    assert "For a PDF, print this page from the browser." in page
    assert PDF not in sven.get("/risk/report/").content.decode()
    assert BY_BROWSER in text_of(sven, PDF, 422)


@pytest.mark.pdf
def test_the_program_fetches_nothing_and_leaves_out_what_leads_to_the_server() -> None:
    from safeconduct.server.sra.report_press import pressed

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        links = '<a href="/risk/">inside</a> <a href="https://example.org/source">outside</a>'
        seen = f'<link rel="stylesheet" href="{url}"><img alt="a picture" src="{url}">{links}'
        written = opened(pressed(f'<html lang="en"><title>A page</title><body>{seen}</body></html>'))
        with pytest.raises(TimeoutError):
            listening.accept()
    assert b"example.org/source" in written
    assert b"/risk/" not in written


@pytest.mark.pdf
def test_what_takes_too_long_or_fails_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from safeconduct.core.errors import Refusal

    monkeypatch.setattr(report_pdf, "SECONDS", 0.01)
    with pytest.raises(Refusal, match="longer than"):
        report_pdf.pdf_of("<html lang='en'><title>A page</title><body>words</body></html>")
    monkeypatch.setattr(report_pdf, "SECONDS", 60)
    monkeypatch.setattr(report_pdf, "PRESS", "safeconduct.server.sra.no_such_program")
    with pytest.raises(Refusal, match="log says more"):
        report_pdf.pdf_of("")


def test_the_program_is_told_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    assert not [name for name in report_pdf.environment() if name.startswith(("SAFECONDUCT_", "DATABASE_"))]
    assert report_pdf.environment()["PATH"]


@pytest.mark.pdf
def test_pictures_keep_every_rule_and_every_ink() -> None:
    from safeconduct.server.sra import report_pictures
    from safeconduct.server.sra.report_pictures import picture_styles, tokens
    from safeconduct.server.sra.report_press import STYLES

    assert doctest.testmod(report_pictures).failed == 0
    styles = STYLES.read_text("utf-8")
    flat, known = picture_styles(styles), tokens(styles)
    assert "var(" not in flat
    assert "&" not in flat
    for drawn in (f".h5 {{ fill: {known['heat-5']}; }}", f".heat .was {{ fill: none; stroke: {known['ink']};"):
        assert drawn in flat
    assert known["ink"].startswith("#")
