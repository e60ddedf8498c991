"""Switching an enrolment to another edition keeps every fact, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from safeconduct.core.errors import NotAllowed, Refusal, UnknownKey
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.writing import write
from safeconduct.server.journal.actions import store
from safeconduct.server.journal.queries import entries_of, facts_of, head_of
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.journal.verification import verify
from safeconduct.server.posture.queries import overview_of
from safeconduct.server.programmes.actions import switch_edition, undo_switch
from tests.server.cast import TODAY, Cast
from tests.server.following import set_following
from tests.server.posture.pages import text_of
from tests.server.posture.stage import set_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
EVE = date(2026, 11, 23)
FORM = {"edition": "us-ctpat/2026", "day": TODAY.isoformat(), "confirm_by": "2027-02-24"}


@pytest.fixture
def held(cast: Cast) -> Iterator[Cast]:
    """The exporter follows CTPAT 2020, and the edition of 2026 applies."""
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC), tick=False):
        set_stage(cast.exporter_line)
        set_following(cast.exporter_line)
        yield cast


def sections(cast: Cast) -> dict[str, Any]:
    facts = facts_of(cast.exporter_line)
    return {section: facts.section(section) for section in FACT_KINDS}


def followed(cast: Cast, day: date) -> list[str]:
    return [
        one.programme.id for one in overview_of(cast.viewer("sven"), day).programmes if one.programme.key == "us-ctpat"
    ]


def switched(cast: Cast, who: str = "sven", day: date = TODAY) -> Any:
    return switch_edition(cast.viewer(who), "ctpat", edition="us-ctpat/2026", day=day)


def test_a_switch_changes_enrolments_and_no_other_fact(held: Cast) -> None:
    before = sections(held)
    begun = switched(held)
    after = sections(held)
    assert {name for name in before if before[name] != after[name]} == {"enrolments"}
    old = seen_one(held.viewer("sven"), "enrolments", "ctpat")
    assert (old.until, begun.key, begun.since) == (EVE, "ctpat-2026", TODAY)
    assert replace(begun, key="ctpat", edition="us-ctpat/2020", since=old.since) == replace(old, until=None)


def test_each_day_is_judged_by_the_edition_followed_then(held: Cast) -> None:
    switched(held)
    assert followed(held, EVE) == ["us-ctpat/2020"]
    assert followed(held, TODAY) == ["us-ctpat/2026"]
    yesterday = overview_of(held.viewer("sven"), EVE).assessment.programme("ctpat")
    assert "us-ctpat/9.8" in {row.requirement.key for row in yesterday.rows}


def test_past_judgements_print_the_same_after_a_switch(held: Cast) -> None:
    def rows(day: date) -> Any:
        judged = overview_of(held.viewer("sven"), day).assessment.programme("ctpat")
        return [(row.requirement.key, row.unit, row.standing) for row in judged.rows]

    before = rows(EVE)
    switched(held)
    assert rows(EVE) == before


def test_a_switch_is_told_in_the_journal_which_still_verifies_and_replays(held: Cast) -> None:
    seq = head_of(held.exporter_line).seq
    switched(held)
    told = [(one.link.deed, one.link.key) for one in entries_of(held.exporter_line) if one.link.seq > seq]
    assert sorted(told) == [("switch-edition", "ctpat"), ("switch-edition", "ctpat-2026")]
    assert verify(held.exporter_line).holds
    known = facts_as_known(held.exporter_line, seq=head_of(held.exporter_line).seq)
    assert write(known) == write(facts_of(held.exporter_line))


def test_taking_a_switch_back_leaves_the_facts_as_they_were(held: Cast) -> None:
    before = sections(held)
    switched(held)
    restored = undo_switch(held.viewer("sven"), "ctpat-2026", why="Too early")
    assert (restored.key, restored.until) == ("ctpat", None)
    assert sections(held) == before
    assert followed(held, TODAY) == ["us-ctpat/2020"]
    assert verify(held.exporter_line).holds


def test_what_was_recorded_after_a_switch_stays_when_it_is_taken_back(held: Cast) -> None:
    switched(held)
    answer = replace(seen_one(held.viewer("sven"), "answers", "an-kept"), key="an-new", requirement="us-ctpat/9.20")
    store(held.viewer("sven"), answer, deed="give-answer")
    undo_switch(held.viewer("sven"), "ctpat-2026", why="Too early")
    assert seen_one(held.viewer("sven"), "answers", "an-new").text == "Yes"


def test_an_enrolment_that_took_nobodys_place_cannot_be_taken_back(held: Cast) -> None:
    before = head_of(held.exporter_line)
    with pytest.raises(Refusal, match="No single enrolment"):
        undo_switch(held.viewer("sven"), "aeo", why="Why not")
    with pytest.raises(Refusal, match="applies from 2026-07-01"):
        switched(held, day=date(2026, 6, 30))
    with pytest.raises(UnknownKey, match="us-ctpat/2026"):
        switch_edition(held.viewer("sven"), "ctpat", edition="us-ctpat/2027", day=TODAY)
    assert head_of(held.exporter_line) == before


def test_a_switch_that_is_not_taken_back_for_want_of_a_reason_changes_nothing(held: Cast) -> None:
    switched(held)
    before = head_of(held.exporter_line)
    with pytest.raises(Refusal, match="No reason"):
        undo_switch(held.viewer("sven"), "ctpat-2026", why=" ")
    assert head_of(held.exporter_line) == before


@pytest.mark.parametrize("who", ["mara", "otto"])
def test_only_managers_and_administrators_switch_or_take_back(held: Cast, who: str) -> None:
    before = head_of(held.exporter_line)
    with pytest.raises(NotAllowed):
        switched(held, who)
    client = held.client(who)
    assert client.get("/programmes/ctpat/switch/").status_code == 403
    assert client.post("/programmes/ctpat/switch/", FORM).status_code == 403
    assert head_of(held.exporter_line) == before
    switched(held, "anna")
    with pytest.raises(NotAllowed):
        undo_switch(held.viewer(who), "ctpat-2026", why="Why not")
    assert client.post("/programmes/ctpat-2026/switch/undo/", {"why": "Why not"}).status_code == 403


def test_an_outsider_finds_nothing_to_switch(held: Cast) -> None:
    before = head_of(held.exporter_line)
    client = held.client("olga")
    for url in ("/programmes/ctpat/switch/", "/programmes/ctpat/switch/undo/", "/programmes/ctpat/edition/"):
        assert client.get(url).status_code == 404
    assert client.post("/programmes/ctpat/switch/", FORM).status_code == 404
    assert head_of(held.exporter_line) == before


def test_the_form_knows_edition_and_day_and_leads_to_the_new_enrolment(held: Cast) -> None:
    client = held.client("sven")
    shown = client.get("/programmes/ctpat/switch/?to=us-ctpat/2026&from=2026-12-01").content.decode()
    assert 'value="2026-12-01"' in shown
    assert 'value="2027-03-01"' in shown
    assert 'value="us-ctpat/2026" checked' in shown
    answer = client.post("/programmes/ctpat/switch/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/programmes/ctpat-2026/")
    assert "US CTPAT 2026 is followed from 24 Nov 2026." in text_of(client, "/programmes/ctpat-2026/")
    assert seen_one(held.viewer("sven"), "enrolments", "ctpat-2026").confirm_by == date(2027, 2, 24)


def test_a_switch_to_come_leads_to_its_first_day(held: Cast) -> None:
    client = held.client("sven")
    answer = client.post("/programmes/ctpat/switch/", FORM | {"day": "2027-01-01", "confirm_by": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == "/on/2027-01-01/programmes/ctpat-2026/"
    assert answer.status_code == 200
    assert followed(held, TODAY) == ["us-ctpat/2020"]


def test_the_form_says_what_is_refused_and_stores_nothing(held: Cast) -> None:
    before = head_of(held.exporter_line)
    client = held.client("sven")
    for data, told in (
        (FORM | {"day": "2026-06-30"}, "The edition 2026 applies from 2026-07-01."),
        (FORM | {"edition": "eu-aeo/2016"}, "eu-aeo/2016"),
        (FORM | {"day": "soon"}, "date"),
    ):
        answer = client.post("/programmes/ctpat/switch/", data)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert head_of(held.exporter_line) == before


def test_taking_back_from_its_page_asks_why_and_returns_to_the_one_before(held: Cast) -> None:
    switched(held)
    client = held.client("sven")
    assert client.post("/programmes/ctpat-2026/switch/undo/", {"why": ""}).status_code == 422
    refused = client.post("/programmes/aeo/switch/undo/", {"why": "Why not"})
    assert (refused.status_code, "No single enrolment" in refused.content.decode()) == (422, True)
    answer = client.post("/programmes/ctpat-2026/switch/undo/", {"why": "Too early"})
    assert (answer.status_code, answer["Location"]) == (302, "/programmes/ctpat/")
    assert "US CTPAT 2020 is followed as before." in text_of(client, "/programmes/ctpat/")


def test_the_answer_to_a_row_that_goes_on_begins_with_what_was_said_before(held: Cast) -> None:
    switched(held)
    client = held.client("sven")
    shown = client.get("/programmes/ctpat-2026/us-ctpat/9.10/at/ein/answer/").content.decode()
    assert "Answer in our own words." in shown
    assert "Two guards at night" in shown
    assert (
        "Two guards at night" not in client.get("/programmes/ctpat-2026/us-ctpat/9.10/at/rtm/answer/").content.decode()
    )
