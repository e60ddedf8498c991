"""Two days side by side: what rose by itself says why, and another round tells what appeared and what went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.risk import Incident, Overridden, Override, Range, Treatment, Watched, Way
from safeconduct.server.accounts.rights import Role
from tests.server.posture.pages import main_of, text_of, verdict_of
from tests.server.sra.stage import JUNE, play, reader, world

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
DAYS = "/risk/days/"
IN_SEPTEMBER = f"/on/2026-09-15/risk/days/?since={JUNE}"
SECOND = date(2026, 7, 1)


def two_rounds() -> Facts:
    """A second round from July: the yard is rated graver, the shed is left out of it, the lane is new."""
    facts = world()
    again = replace(facts.risk_assessments[0], key="sra-2", on=SECOND, follows="sra")
    yard, shed, north, piracy = facts.risks
    graver = replace(
        yard,
        key="r2-yard",
        assessment="sra-2",
        likelihood=Range(low="1", high="3"),
        loss=Range(low="50000", high="2000000"),
    )
    return replace(
        facts,
        risk_assessments=(*facts.risk_assessments, again),
        risks=(yard, shed, piracy, graver, replace(north, assessment="sra-2")),
    )


def test_evidence_that_lapses_makes_a_risk_rise_and_is_told_as_the_reason(sven: Client) -> None:
    assert verdict_of(sven, IN_SEPTEMBER) == "Of 3 risks 1 rose since 1 Jun 2026."
    text = text_of(sven, IN_SEPTEMBER)
    assert "Nobody rated them anew: what moved them stands beside each." in text
    assert "Gates and entries are manned or watched (MET before): Its evidence" in text
    assert "ended on 31 Aug 2026" in text
    assert "An average year costs" in text
    assert "Shed" not in text.partition("Rose")[2].partition("What rose and fell")[0]


def test_looking_back_the_same_days_say_nothing_moved_before(sven: Client) -> None:
    assert verdict_of(sven, f"{DAYS}?since=2026-03-01") == "Since 1 Mar 2026 no risk moved."


def test_a_risk_falls_when_what_was_set_by_hand_ends_and_when_others_bear_it(staged: Viewer, sven: Client) -> None:
    by_hand = Override(
        key="o-shed", risk="r-vehicle-shed", what=Overridden.LIKELIHOOD, value="3", why="Told by neighbours.",
        by="Y. Ard", since=date(2026, 5, 1), until=date(2026, 7, 31),
    )  # fmt: skip
    shared = Treatment(
        key="t-north", risk="r-hijack-north", way=Way.SHARE, share="0.5", decided=JUNE, due=SECOND, done=SECOND
    )
    facts = world()
    play(staged, replace(facts, overrides=(by_hand,), treatments=(*facts.treatments, shared)))
    assert verdict_of(sven, IN_SEPTEMBER) == "Of 3 risks 1 rose and 2 fell since 1 Jun 2026."
    text = text_of(sven, IN_SEPTEMBER)
    assert "Set by hand no more: likelihood." in text
    assert "since 1 Jul 2026." in text.partition("Fell")[2]


def test_incidents_that_were_watched_are_a_reason(staged: Viewer, sven: Client) -> None:
    watched = Watched(key="w", places=("shed",), from_=date(2026, 6, 2), to=date(2026, 9, 1))
    stolen = Incident(key="i", scenario="theft-of-vehicle", at="shed", on=date(2026, 8, 1), text="A van.")
    play(staged, replace(world(), watched=(watched,), incidents=(stolen,)))
    assert "1 incident more on record." in text_of(sven, IN_SEPTEMBER)


def test_another_round_tells_what_appeared_what_went_and_what_was_rated_anew(staged: Viewer, sven: Client) -> None:
    play(staged, two_rounds())
    url = f"/on/2026-08-01/risk/days/?since={JUNE}"
    assert verdict_of(sven, url) == "Of 2 risks 1 rose, 1 appeared and 1 went since 1 Jun 2026."
    text = text_of(sven, url)
    assert "Another round of the assessment holds now, so numbers were rated anew as well." in text
    assert "Rated anew: likelihood 0.1 to 2 → 1 to 3." in text
    assert "Rated anew: loss 50,000 to 900,000 → 50,000 to 2,000,000." in text
    assert "Hijack" in text.partition("Appeared 1")[2].rpartition("Went")[0]
    assert "Shed" in text.rpartition("Went")[2]


def test_of_one_round_both_days_are_judged_where_the_address_names_it(staged: Viewer, sven: Client) -> None:
    play(staged, two_rounds())
    url = f"/on/2026-08-01/risk/days/?since={JUNE}&assessment=sra"
    assert verdict_of(sven, url) == "Since 1 Jun 2026 no risk moved."
    assert '<input type="hidden" name="assessment" value="sra">' in main_of(sven, url)


def test_rounds_of_two_matrices_tell_classes_and_do_not_compare_them(staged: Viewer, sven: Client) -> None:
    facts = two_rounds()
    first, again = facts.risk_assessments
    other = replace(again, matrix="ctpat-likelihood-by-consequence", bearable="medium")
    risks = [replace(one, grave={"people": "death"}) if one.key == "r-hijack-north" else one for one in facts.risks]
    play(staged, replace(facts, risk_assessments=(first, other), risks=tuple(risks)))
    text = text_of(sven, f"/on/2026-08-01/risk/days/?since={JUNE}")
    assert "The rounds use different matrices, so classes are told and not compared." in text


def test_before_the_first_assessment_it_says_from_when_on_there_is_one(sven: Client) -> None:
    url = f"{DAYS}?since=2025-01-01"
    assert verdict_of(sven, url) == "No assessment held on 1 Jan 2025."
    assert "The first one describes 1 Feb 2026." in text_of(sven, url)


@pytest.mark.parametrize("asked", ["", "?since=", "?since=soon", "?since=2031-01-01"])
def test_a_day_that_is_none_or_to_come_is_another(sven: Client, asked: str) -> None:
    day = "1 Jun 2026" if "2031" in asked else "2 May 2026"
    assert verdict_of(sven, DAYS + asked) == f"Since {day} no risk moved."


def test_the_register_leads_to_what_moved(sven: Client) -> None:
    html = main_of(sven, "/on/2026-09-15/risk/")
    assert 'href="/on/2026-09-15/risk/days/?since=2026-08-16"' in html
    assert "Compared with 16 Aug 2026" in html


def test_what_moved_is_taken_away_as_csv(sven: Client) -> None:
    lines = sven.get(f"{IN_SEPTEMBER}&as=csv").content.decode().splitlines()
    assert len(lines) == 2
    assert "Its evidence" in lines[1]


def test_who_sees_some_sites_only_is_kept_out(staged: Viewer) -> None:
    assert reader(staged, Role.SITE_MANAGER, ("yard",)).get(DAYS).status_code == 403


def test_without_an_assessment_it_says_how_one_is_begun(line: Viewer) -> None:
    assert verdict_of(reader(line), DAYS) == "Nobody has assessed the risks yet."


def test_more_risks_ask_the_database_no_more(staged: Viewer, sven: Client) -> None:
    def statements() -> int:
        sven.get(IN_SEPTEMBER)
        with CaptureQueriesContext(connection) as captured:
            assert sven.get(IN_SEPTEMBER).status_code == 200
        return len(captured)

    few, facts = statements(), world()
    more = [replace(facts.risks[0], key=f"r-more-{number}") for number in range(5)]
    play(staged, replace(facts, risks=(*facts.risks, *more)))
    assert statements() == few
