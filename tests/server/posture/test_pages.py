"""What each page of posture says, to whom, and where its words lead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.partners import Partner
from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.currency import forget_everything
from safeconduct.server.journal.queries import head_of
from tests.server.cast import Cast, control, evidence
from tests.server.posture.pages import PAGES, main_of
from tests.server.posture.stage import facts

if TYPE_CHECKING:
    from django.test import Client


def test_a_stranger_signs_in_first(client: Client, staged: Cast) -> None:
    for url in PAGES:
        answered = client.get(url)
        assert answered.status_code == 302, url
        assert answered["Location"].startswith("/sign-in/?next="), url


def test_an_outsider_sees_nothing_of_the_exporter_and_changes_nothing(staged: Cast) -> None:
    before, olga = head_of(staged.exporter_line), staged.client("olga")
    for url in PAGES:
        answered = olga.get(url)
        text = answered.content.decode()
        assert answered.status_code == (404 if url.startswith("/programmes/ctpat") else 200), url
        assert "IMP-1" not in text, url
        assert "Ines Adler" not in text, url
    assert head_of(staged.exporter_line) == before


def test_an_auditor_reads_every_page_and_finds_no_button(staged: Cast) -> None:
    before, otto = head_of(staged.exporter_line), staged.client("otto")
    for url in PAGES:
        html = main_of(otto, url)
        assert "back=" not in html, url
        assert 'method="post"' not in html, url
    assert head_of(staged.exporter_line) == before


def test_nothing_can_be_changed_on_another_day(sven: Client) -> None:
    for url in PAGES:
        html = main_of(sven, f"/on/2026-10-01{url}")
        assert "back=" not in html, url
        assert "Nothing can be changed here." in html, url


def test_pages_only_read(sven: Client) -> None:
    assert {url: sven.post(url).status_code for url in PAGES} == dict.fromkeys(PAGES, 405)


def more(number: int) -> list[Any]:
    """One more site with a camera, its evidence, and one more partner."""
    site, record = f"site-{number}", f"c-{number}"
    return [
        Unit(key=site, in_="nl", kind=UnitKind.SITE, title=f"Site {number}"),
        control(record, site),
        evidence(f"e-{number}", record, shows=(Shown.DESIGN,)),
        Partner(key=f"p-{number}", title=f"Partner {number}", of="nl"),
    ]


def statements(client: Client, url: str) -> int:
    """How many statements a page asks."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_page_asks_the_database_as_often_at_any_size(staged: Cast, sven: Client) -> None:
    counted = []
    for many in (10, 20):
        records = [record for number in range(many) for record in more(number)]
        sites = ("ein", "rtm", *(f"site-{number}" for number in range(many)))
        store_all(staged.exporter_line, [*records, replace(facts()[0], sites=sites)], deed="record")
        forget_everything()
        cold = statements(sven, "/")
        counted.append({"cold": cold} | {url: statements(sven, url) for url in PAGES})
    few, many_more = counted
    assert few == many_more
    assert max(few[url] for url in PAGES) <= 14
