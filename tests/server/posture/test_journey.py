"""The journey of one fact: a haulier's certificate ends, and each programme follows by its own rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, PARTLY, UNMET, Standing
from safeconduct.core.records.partners import Certificate
from safeconduct.server.journal.actions import store
from safeconduct.server.journal.queries import facts_of, head_of
from safeconduct.server.posture.queries import overview_of, row_seen
from tests.server.cast import Cast
from tests.server.posture.pages import text_of, verdict_of
from tests.server.posture.stage import DAY_AFTER, LAST_GOOD_DAY, action

if TYPE_CHECKING:
    from django.test import Client

CTPAT_ROW, EU_ROW = ("ctpat", "us-ctpat/3.4", "nl"), ("aeo", "eu-aeo/28", "nl")


def standing(cast: Cast, day: date, row: tuple[str, str, str] = CTPAT_ROW) -> Standing:
    return row_seen(overview_of(cast.viewer("sven"), day), *row).standing


def test_the_day_before_and_after_a_certificate_ends(staged: Cast, sven: Client) -> None:
    page = f"/on/{{}}/programmes/{CTPAT_ROW[0]}/{CTPAT_ROW[1]}/at/{CTPAT_ROW[2]}/"
    before, facts = head_of(staged.exporter_line), facts_of(staged.exporter_line)

    assert verdict_of(sven, page.format(LAST_GOOD_DAY)) == "All that is asked stands."
    assert verdict_of(sven, page.format(DAY_AFTER)) == "It does not stand. AEOS NL1 ended on 30 Jun 2026."

    assert head_of(staged.exporter_line) == before
    assert facts_of(staged.exporter_line) == facts


def test_each_programme_follows_by_its_own_accepted_proofs(staged: Cast) -> None:
    assert [standing(staged, LAST_GOOD_DAY), standing(staged, LAST_GOOD_DAY, EU_ROW)] == [MET, MET]
    assert [standing(staged, DAY_AFTER), standing(staged, DAY_AFTER, EU_ROW)] == [UNMET, MET]


def test_a_corrective_action_carries_the_row_while_it_runs(staged: Cast) -> None:
    store(staged.exporter_line, action(), deed="open-action")
    assert standing(staged, date(2026, 7, 4)) is UNMET
    assert standing(staged, date(2026, 7, 5)) is PARTLY
    assert standing(staged, date(2026, 8, 31)) is PARTLY
    assert standing(staged, date(2026, 9, 1)) is UNMET


def test_a_renewal_mends_the_row_at_once(staged: Cast) -> None:
    today = date(2026, 11, 24)
    assert standing(staged, today) is UNMET
    renewed = Certificate(
        key="cert-h1-2", holder="h1", scheme="eu-aeos", number="NL2", from_=date(2026, 11, 1), checked=(today,)
    )
    store(staged.exporter_line, renewed, deed="record-certificate")
    assert standing(staged, today) is MET
    assert standing(staged, DAY_AFTER) is UNMET


def test_home_tells_what_fell_when_and_why(sven: Client) -> None:
    text = text_of(sven, f"/on/{DAY_AFTER}/?since={LAST_GOOD_DAY}")
    assert "AEOS NL1 ended on 30 Jun 2026. US CTPAT 3.4 MET → became UNMET" in text
    assert "1 Jul 2026" in text


def test_what_was_known_on_a_day_is_played_forward_from_the_journal(staged: Cast, sven: Client) -> None:
    url = "/programmes/ctpat/us-ctpat/3.4/at/nl/"
    assert "up to entry" in text_of(sven, f"{url}?known=2026-11-24")
    assert "The requirement was not judged here from what was known then." in text_of(sven, f"{url}?known=2020-01-01")
    assert "is not a day" in text_of(sven, f"{url}?known=once", status=422)


def test_a_period_is_as_good_as_its_worst_day(sven: Client) -> None:
    url = "/programmes/ctpat/us-ctpat/3.4/at/nl/?from=2026-01-01&to=2026-07-31"
    text = text_of(sven, url)
    assert "From 1 Jan 2026 to 31 Jul 2026" in text
    assert "UNMET on 1 Jul 2026" in text
    assert "1 Jan 2026 30 Jun 2026 MET" in text
    assert "before it begins" in text_of(sven, url.replace("2026-07-31", "2025-07-31"), status=422)
