"""The page that holds an enrolment against another edition, the lines that lead there, and the same from the API."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.catalogue import RequirementKind
from safeconduct.core.records.decisions import Answer
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.queries import head_of
from safeconduct.server.organisation.actions import issue_token
from safeconduct.server.programmes.actions import switch_edition
from tests.server.cast import TODAY
from tests.server.following import FOLLOWING, NEWER, set_following
from tests.server.posture.pages import links_of, main_of, text_of, verdict_of
from tests.server.posture.stage import STAGED_CTPAT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.server.cast import Cast

PAGE = "/programmes/ctpat/edition/"
SWITCH = f"/programmes/ctpat/switch/?to=us-ctpat%2F2026&from={TODAY}"


@pytest.fixture
def held(staged: Cast) -> Cast:
    """The stage with the newer edition, and decisions under the one before."""
    set_following(staged.exporter_line)
    return staged


def test_the_page_says_what_changes_and_since_when(held: Cast, sven: Client) -> None:
    assert verdict_of(sven, PAGE) == "Edition 2026 adds 1 row, drops 1 and asks 1 otherwise."
    text = text_of(sven, PAGE)
    assert "It applies from 1 Jul 2026." in text
    assert "changed, stricter 9.2 Cameras watch the place" in text
    assert "record keeping : not asked → asked (stricter)" in text
    assert "added 9.20 A guard at the gate" in text
    assert "dropped 9.8 Not read in the original" in text


def test_editions_that_ask_alike_and_headings_are_told_as_such(held: Cast, sven: Client) -> None:
    rows = STAGED_CTPAT.requirements
    same = replace(NEWER, requirements=rows)
    use(replace(FOLLOWING, programmes={**FOLLOWING.programmes, NEWER.id: same}, digest="same"))
    assert verdict_of(sven, PAGE) == "Edition 2026 asks what edition 2020 asks."
    heading = replace(rows[1], needs=None, kind=RequirementKind.GUIDANCE, obligation=())
    partly = replace(NEWER, requirements=(rows[0], heading, *rows[2:]))
    use(replace(FOLLOWING, programmes={**FOLLOWING.programmes, NEWER.id: partly}, digest="partly"))
    assert verdict_of(sven, PAGE) == "Edition 2026 asks what edition 2020 asks. 1 row cannot be compared."
    text = text_of(sven, PAGE)
    assert "Known by headings or as advice alone: 1 of 4 rows of edition 2026." in text
    assert "not compared 9.2 Cameras watch the place one edition is known by its heading only" in text


def test_what_is_kept_is_left_out_until_it_is_asked_for(held: Cast, sven: Client) -> None:
    kept = "Partners are certified"
    changes = text_of(sven, PAGE).partition("What it costs us")[0]
    assert kept not in changes
    assert "Guards on site" not in changes
    both = text_of(sven, f"{PAGE}?change=").partition("What it costs us")[0]
    assert kept in both
    assert "kept 9.10 Guards on site continues 9.9" in both
    only = text_of(sven, f"{PAGE}?change=added").partition("What it costs us")[0]
    assert ("A guard at the gate" in only, "Cameras watch the place" in only) == (True, False)
    assert "A guard at the gate" in text_of(sven, f"{PAGE}?q=gate").partition("What it costs us")[0]


def test_it_says_what_following_costs_on_the_facts_there_are(held: Cast, sven: Client) -> None:
    text = text_of(sven, PAGE)
    assert "0 of 3" in text
    assert "judged on 24 Nov 2026 with the facts there are now, as Norholt NL would follow it" in text
    assert "/programmes/as-if-enrolled/" not in main_of(sven, PAGE)


def test_it_says_what_becomes_of_every_answer_and_decision(held: Cast, sven: Client) -> None:
    text = text_of(sven, PAGE).partition("Answers and decisions")[2]
    assert "Answer 9.9 → 9.10 Guards on site Eindhoven to be confirmed anew" in text
    assert "Reason 9.9 → 9.10 Guards on site Rotterdam to be confirmed anew" in text
    assert "9.2 Cameras watch the place Rotterdam counts; read it again" in text
    assert "9.8 Not read in the original everywhere kept on file, asked no more" in text
    assert "3.4 Partners are certified Norholt NL counts as before" in text


def test_the_button_leads_who_may_to_the_switch_and_nobody_on_another_day(held: Cast, sven: Client) -> None:
    assert SWITCH in links_of(sven, PAGE)
    assert SWITCH in links_of(held.client("anna"), PAGE)
    for other in ("mara", "otto"):
        assert "/switch/" not in main_of(held.client(other), PAGE)
    assert "/switch/" not in main_of(sven, f"/on/2026-11-01{PAGE}")


def test_another_day_is_judged_and_a_day_that_will_not_do_says_why(held: Cast, sven: Client) -> None:
    assert "Switch on 1 Jan 2027" in text_of(sven, f"{PAGE}?from=2027-01-01")
    early = text_of(sven, f"{PAGE}?from=2026-06-30")
    assert "It cannot be followed from 30 Jun 2026: The edition 2026 applies from 2026-07-01." in early
    assert "What it costs us" not in early
    assert "Switch on" not in early
    assert "Switch on 24 Nov 2026" in text_of(sven, f"{PAGE}?from=soon")


def test_an_edition_to_come_is_held_against_its_first_day(held: Cast, sven: Client) -> None:
    coming = replace(NEWER, since=date(2027, 3, 1), transition_until=date(2027, 12, 31))
    use(replace(FOLLOWING, programmes={**FOLLOWING.programmes, NEWER.id: coming}))
    text = text_of(sven, PAGE)
    assert "It applies from 1 Mar 2027. The edition before may be followed until 31 Dec 2027." in text
    assert "Switch on 1 Mar 2027" in text
    assert "Edition 2026 applies from 1 Mar 2027; see what changes" in text_of(sven, "/programmes/ctpat/")


def test_roles_and_levels_without_a_place_are_named(held: Cast, sven: Client) -> None:
    narrow = replace(NEWER, roles=("carrier",))
    use(replace(FOLLOWING, programmes={**FOLLOWING.programmes, NEWER.id: narrow}))
    assert "us-ctpat/2026 has none of the roles importer." in text_of(sven, PAGE)


def test_for_everybody_rows_of_other_roles_are_there_too(held: Cast, sven: Client) -> None:
    assert "For" in text_of(sven, f"{PAGE}?whose=everybody")
    assert main_of(sven, f"{PAGE}?whose=everybody").count("<tr") >= main_of(sven, PAGE).count("<tr")


def test_a_programme_without_another_edition_has_no_such_page(held: Cast, sven: Client) -> None:
    assert sven.get("/programmes/aeo/edition/").status_code == 404
    assert sven.get(f"{PAGE}?to=eu-aeo/2016").status_code == 404
    assert sven.get("/programmes/nothing/edition/").status_code == 404


def test_the_programme_leads_quietly_to_what_changes_and_back_from_a_switch(held: Cast, sven: Client) -> None:
    assert "Edition 2026 applies from 1 Jul 2026; see what changes" in text_of(sven, "/programmes/ctpat/")
    assert PAGE in links_of(sven, "/programmes/ctpat/")
    assert "applies from" not in text_of(sven, "/programmes/aeo/")
    switch_edition(held.viewer("sven"), "ctpat", edition=NEWER.id, day=TODAY)
    told = "Followed since 24 Nov 2026 in place of edition 2020"
    text = text_of(sven, "/programmes/ctpat-2026/")
    assert f"{told}; take the switch back" in text
    assert "see what changes" not in text
    assert f"{told}." in text_of(held.client("otto"), "/programmes/ctpat-2026/")


def test_an_edition_that_applies_no_more_is_named_where_programmes_are_listed(held: Cast, sven: Client) -> None:
    assert "apply no more" not in text_of(sven, "/programmes/")
    ended = {one.id: one for one in FOLLOWING.programmes.values()}
    ended["us-ctpat/2020"] = replace(ended["us-ctpat/2020"], until=date(2026, 6, 30))
    use(replace(FOLLOWING, programmes=ended, digest="another"))
    assert "Editions that apply no more US CTPAT See what changes with the next edition 2020 ended" in text_of(
        sven, "/programmes/"
    )
    assert SWITCH in links_of(sven, PAGE)
    assert "It was followed until 30 Jun 2026." in text_of(sven, "/programmes/ctpat/")


def test_the_rows_are_taken_away_as_a_file(held: Cast, sven: Client) -> None:
    answer = sven.get(f"{PAGE}?as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert b"A guard at the gate" in answer.content


def test_a_site_manager_sees_the_own_sites_decisions_and_costs_only(held: Cast) -> None:
    text = text_of(held.client("mara"), PAGE)
    assert "Rotterdam" in text
    assert "Eindhoven" not in text.partition("Answers and decisions")[2]


def test_the_page_changes_nothing_and_asks_the_database_as_often_at_any_size(held: Cast, sven: Client) -> None:
    def statements() -> int:
        text_of(sven, PAGE)
        with CaptureQueriesContext(connection) as asked:
            text_of(sven, PAGE)
        return len(asked)

    before, few = head_of(held.exporter_line), statements()
    assert head_of(held.exporter_line) == before
    more = [
        Answer(key=f"an-{ref}", requirement=f"us-ctpat/9.{ref}", at=at, owner="Sven")
        for ref, at in (("2", "ein"), ("2", "nl"), ("8", "ein"), ("9", "rtm"))
    ]
    keyed = [replace(one, key=f"{one.key}-{one.at}") for one in more]
    store_all(held.exporter_line, keyed, deed="give-answer")
    assert statements() == few


@pytest.fixture
def ask(held: Cast) -> Callable[..., Any]:
    """Asks the API as a program of the exporter, or of the outsider."""

    def asked(path: str, *, who: str = "anna", status: int = 200) -> Any:
        token = issue_token(held.viewer(who), title="Reader", role=Role.AUDITOR, expires=date(2027, 1, 1))
        answered = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        assert answered.status_code == status, answered.content
        return answered.json()

    return asked


def test_the_api_tells_the_difference_and_what_following_costs(ask: Callable[..., Any]) -> None:
    told = ask("/programmes/ctpat/edition")
    assert (told["before"]["id"], told["after"]["id"]) == ("us-ctpat/2020", "us-ctpat/2026")
    assert told["counts"] == {"added": 1, "dropped": 1, "changed": 1, "kept": 2, "not compared": 0}
    (here,) = told["here"]
    assert (here["entity"], here["met"], here["musts"]) == ("nl", 0, 3)
    changed = next(one for one in told["rows"] if one["change"] == "changed")
    assert changed["moved"] == [
        {
            "what": "record keeping",
            "before": "not asked",
            "after": "asked",
            "side": "stricter",
            "control": "record-keeping",
        }
    ]
    assert ask("/programmes/ctpat/edition?to=us-ctpat/2026&as_of=2026-01-01")["day"] == "2026-07-01"


def test_the_api_tells_the_difference_between_any_two_editions(ask: Callable[..., Any]) -> None:
    path = "/catalogue/difference?before=us-ctpat/2020&after=us-ctpat/2026"
    told = ask(path)
    assert (told["counts"]["added"], "here" in told) == (1, False)
    assert ask(f"{path}&role=carrier")["counts"]["kept"] <= told["counts"]["kept"]
    backwards = ask("/catalogue/difference?before=us-ctpat/2026&after=us-ctpat/2020")
    assert backwards["counts"] == told["counts"]


def test_the_api_finds_nothing_where_there_is_nothing(held: Cast, ask: Callable[..., Any]) -> None:
    ask("/programmes/aeo/edition", status=404)
    ask("/programmes/ctpat/edition?to=eu-aeo/2016", status=404)
    ask("/catalogue/difference?before=us-ctpat/2020&after=us-ctpat/2052", status=404)
    ask("/programmes/ctpat/edition", who="olga", status=404)
    assert "Norholt" not in str(ask("/catalogue/difference?before=us-ctpat/2020&after=us-ctpat/2026", who="olga"))
    for path in ("/programmes/ctpat/edition", "/catalogue/difference?before=a&after=b"):
        assert Client().get(f"/api/v1{path}").status_code == 401
