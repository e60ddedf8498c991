"""What posture adds to the frame of every page: the seal and the counts of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.assess import RULES_VERSION
from safeconduct.server.journal.queries import head_of
from tests.server.cast import Cast
from tests.server.posture.pages import text_of

if TYPE_CHECKING:
    from django.test import Client


def test_the_seal_says_what_a_page_was_judged_from(staged: Cast, sven: Client) -> None:
    head = head_of(staged.exporter_line)
    seal = text_of(sven, "/").partition("As of ")[2]
    assert seal.startswith("24 Nov 2026")
    assert f"Facts to journal entry {head.seq} {head.hash[:4]} {head.hash[4:8]}" in seal
    assert f"Rules {RULES_VERSION}" in seal
    assert text_of(sven, "/on/2026-07-01/").rpartition("As of ")[2].startswith("1 Jul 2026")


def test_the_rail_counts_what_the_viewer_sees(staged: Cast, sven: Client) -> None:
    def rail(client: Client) -> str:
        return client.get("/").content.decode().partition('id="rail"')[2].partition("</nav>")[0]

    assert '/programmes/">Programmes<span class="quiet small">2</span>' in rail(sven)
    assert '/sites/">Sites<span class="quiet small">3</span>' in rail(sven)
    assert '/programmes/">Programmes<span class="quiet small">' not in rail(staged.client("olga"))
