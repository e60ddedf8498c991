"""What each page of posture says, to whom, and where its words lead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
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


@pytest.mark.parametrize("url", PAGES)
def test_a_stranger_signs_in_first(client: Client, staged: Cast, url: str) -> None:
    answered = client.get(url)
    assert answered.status_code == 302
    assert answered["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("url", PAGES)
def test_an_outsider_sees_nothing_of_the_exporter_and_changes_nothing(staged: Cast, url: str) -> None:
    before = head_of(staged.exporter_line)
    answered = staged.client("olga").get(url)
    assert answered.status_code in (200, 404)
    if url.startswith("/programmes/ctpat"):
        assert answered.status_code == 404
    text = answered.content.decode()
    assert "IMP-1" not in text
    assert "Ines Adler" not in text
    assert head_of(staged.exporter_line) == before


@pytest.mark.parametrize("url", PAGES)
def test_an_auditor_reads_every_page_and_finds_no_button(staged: Cast, url: str) -> None:
    before = head_of(staged.exporter_line)
    html = main_of(staged.client("otto"), url)
    assert "back=" not in html
    assert 'method="post"' not in html
    assert head_of(staged.exporter_line) == before


@pytest.mark.parametrize("url", PAGES)
def test_nothing_can_be_changed_on_another_day(sven: Client, url: str) -> None:
    html = main_of(sven, f"/on/2026-10-01{url}")
    assert "back=" not in html
    assert "Nothing can be changed here." in html


@pytest.mark.parametrize("url", PAGES)
def test_pages_only_read(sven: Client, url: str) -> None:
    assert sven.post(url).status_code == 405


def more(number: int) -> list[Any]:
    """One more site with a camera, its evidence, and one more partner."""
    site, record = f"site-{number}", f"c-{number}"
    return [
        Unit(key=site, in_="nl", kind=UnitKind.SITE, title=f"Site {number}"),
        control(record, site),
        evidence(f"e-{number}", record, shows=(Shown.DESIGN,)),
        Partner(key=f"p-{number}", title=f"Partner {number}", of="nl"),
    ]


@pytest.mark.parametrize("url", PAGES)
def test_a_page_asks_the_database_as_often_at_any_size(staged: Cast, sven: Client, url: str) -> None:
    counts = []
    for many in (10, 20):
        records = [record for number in range(many) for record in more(number)]
        sites = ("ein", "rtm", *(f"site-{number}" for number in range(many)))
        store_all(staged.exporter_line, [*records, replace(facts()[0], sites=sites)], deed="record")
        for prepare in (forget_everything, lambda: None):
            prepare()
            with CaptureQueriesContext(connection) as captured:
                assert sven.get(url).status_code == 200
            counts.append(len(captured))
    cold, warm, cold_later, warm_later = counts
    assert (cold, warm) == (cold_later, warm_later)
    assert warm <= 14
