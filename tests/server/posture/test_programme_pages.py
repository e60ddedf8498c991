"""The pages of a programme and of one requirement: filters, files, decisions, what else a record moves."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from safeconduct.core.records.decisions import AcceptedBy, Alternative, NotApplicable, ReasonGiven
from safeconduct.core.records.needs import ControlNeed
from safeconduct.server.journal.actions import store, store_all
from tests.server.cast import Cast, evidence
from tests.server.posture.pages import links_of, main_of, text_of, verdict_of
from tests.server.posture.stage import answer, facts

if TYPE_CHECKING:
    from django.test import Client

CTPAT, EIN = "/programmes/ctpat/", "/programmes/ctpat/us-ctpat/9.2/at/ein/"


def matrix(client: Client, query: str) -> str:
    """The words of the list of requirements under a filter."""
    return text_of(client, f"{CTPAT}{query}").partition("An empty cell:")[2]


def test_a_programme_says_what_stops_it_and_what_the_catalogue_knows(sven: Client) -> None:
    text = text_of(sven, CTPAT)
    assert verdict_of(sven, CTPAT) == "2 of 2 musts have run out or were never shown. Only paper is missing."
    assert "Importer 4 rows of an unknown number, not complete; missing: 5.1." in text
    assert "1 row is left out until it is sure" in text
    assert "shoulds settled 0 of 1" in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?standing=open", ["3.4", "9.2"], []),
        ("?standing=UNMET", ["3.4"], ["9.2", "9.9"]),
        ("?obligation=should", ["9.9"], ["3.4", "9.2"]),
        ("?site=rtm", ["9.2", "9.9"], ["3.4"]),
        ("?chapter=3", ["3.4"], ["9.2"]),
        ("?left_out=yes", ["9.8"], ["3.4", "9.2", "9.9"]),
        ("?sure=unconfirmed", ["9.8"], ["9.2"]),
        ("?owner=Ines+Adler&q=guards", ["9.9"], ["9.2"]),
    ],
)
def test_the_list_is_narrowed(sven: Client, query: str, there: list[str], gone: list[str]) -> None:
    text = matrix(sven, query)
    assert [ref for ref in there if f" {ref} " not in text] == []
    assert [ref for ref in gone if f" {ref} " in text] == []


def test_an_empty_list_repeats_the_filter_in_words(sven: Client) -> None:
    text = text_of(sven, f"{CTPAT}?q=submarine&site=rtm")
    assert "There is no requirement at Rotterdam that speaks of “submarine”. Clear the filter" in text


def test_questions_stand_apart_and_are_never_scored(staged: Cast, sven: Client) -> None:
    page = "/programmes/aeo/"
    assert "q1" not in text_of(sven, page).partition("An empty cell:")[2].partition("Questions")[0]
    assert "Without chapter 0/1 1 UNKNOWN" in text_of(sven, page).partition("never scored")[2]
    store(staged.exporter_line, answer(), deed="give-answer")
    assert "Without chapter 1/1 none open" in text_of(sven, page).partition("never scored")[2]
    assert "Who leads security?" in text_of(sven, f"{page}?kind=question")


def test_the_file_holds_every_row_and_no_formula(staged: Cast, sven: Client) -> None:
    store(staged.exporter_line, replace(facts()[0], owner="=1+1"), deed="enrol")
    answered = sven.get(f"{CTPAT}?as=csv&standing=UNKNOWN")
    assert answered["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answered.content.decode("utf-8-sig"))))
    assert [(one["Ref"], one["Place"], one["Decides"]) for one in lines] == [
        ("9.2", "Eindhoven", "yes"),
        ("9.9", "Eindhoven", "no"),
        ("9.9", "Rotterdam", "no"),
        ("9.8", "Eindhoven", "no"),
    ]
    assert {one["Owner"] for one in lines} == {"'=1+1"}
    assert {one["Why"] for one in lines} == {
        "Recorded, but nothing shows its design.",
        "Nobody has recorded whether this stands here.",
    }


def test_many_sites_become_one_column(staged: Cast, sven: Client) -> None:
    from tests.server.posture.test_pages import more

    sites = [f"site-{number}" for number in range(12)]
    records = [record for number in range(12) for record in more(number)]
    store_all(staged.exporter_line, [*records, replace(facts()[0], sites=("ein", "rtm", *sites))], deed="record")
    html = main_of(sven, CTPAT)
    assert "Weakest site" in html
    assert "Site 11</th>" not in html


def test_a_requirement_tells_its_source_and_what_it_takes(sven: Client) -> None:
    text = text_of(sven, EIN)
    for told in ("A document, 1", "secondary checked 1 Jan 2026", "must since 1 Jan 2020", "importer: yes"):
        assert told in text
    assert "What it takes, in words cctv" in text


def test_the_deciding_leaf_holds_the_button_that_comes_back(sven: Client) -> None:
    back = "%2Fprogrammes%2Fctpat%2Fus-ctpat%2F9.2%2Fat%2Fein%2F"
    mend = main_of(sven, EIN).partition('class="mend"')[2].partition("</div></div>")[0]
    assert f"/controls/in-place/c-cctv-ein/evidence/?shows=design&amp;back={back}" in mend


def test_the_same_fact_elsewhere_is_told_with_what_it_would_become(sven: Client) -> None:
    text = text_of(sven, EIN).partition("The same fact elsewhere")[2]
    assert "9.2 Cameras watch the place this row Eindhoven UNKNOWN MET" in text
    assert "9.8 Not read in the original Eindhoven UNKNOWN MET" in text


def test_where_all_is_well_the_records_tell_what_else_they_prove(staged: Cast, sven: Client) -> None:
    text = text_of(sven, "/programmes/ctpat/us-ctpat/9.2/at/rtm/").partition("The same records elsewhere")[2]
    assert "9.8 Not read in the original Rotterdam MET" in text
    assert "this row" not in text


def test_mending_moves_every_row_that_rests_on_it(staged: Cast, sven: Client) -> None:
    store(staged.exporter_line, evidence("e-ein", "c-cctv-ein"), deed="attach-evidence")
    assert verdict_of(sven, EIN) == "All that is asked stands."
    assert verdict_of(sven, EIN.replace("9.2", "9.8")) == "All that is asked stands."


def test_an_answer_is_shown_with_its_document(staged: Cast, sven: Client) -> None:
    store(staged.exporter_line, answer(), deed="give-answer")
    text = text_of(sven, "/programmes/aeo/eu-aeo/q1/at/nl/")
    assert "The security manager leads it." in text
    assert "QP-1, chapter 3" in text
    assert "Next due 10 Dec 2026" in text


def test_decisions_are_listed_and_offered_where_they_may_be_taken(staged: Cast, sven: Client) -> None:
    page = "/programmes/ctpat/us-ctpat/9.9/at/ein/"
    offered = [link.partition("?")[0].rpartition("/ein/")[2] for link in links_of(sven, page) if "/at/ein/" in link]
    assert {"alternative/", "reason/", "not-applicable/", "answer/"} <= set(offered)
    assert "waive/" not in offered
    decided: dict[str, Any] = {"requirement": "us-ctpat/9.9", "at": "ein"}
    store_all(
        staged.exporter_line,
        [
            Alternative(
                key="al", needs=ControlNeed("cctv"), accepted_by=AcceptedBy.SELF, from_=date(2026, 1, 1),
                until=date(2026, 12, 31), why="Cameras instead", **decided,
            ),
            ReasonGiven(key="re", by="Sven", on=date(2026, 1, 1), why="Too small a place", **decided),
        ],
        deed="decide",
    )  # fmt: skip
    text = text_of(sven, page)
    assert "Cameras instead · accepted by self · 1 Jan 2026 to 31 Dec 2026" in text
    assert "Too small a place · Sven · 1 Jan 2026" in text
    assert "A reason is given." in text


def test_what_does_not_apply_says_who_decided(staged: Cast, sven: Client) -> None:
    decision = NotApplicable(
        key="na", requirement="us-ctpat/9.2", at="ein", by="Sven", on=date(2026, 1, 1), why="Nothing is kept there"
    )
    store(staged.exporter_line, decision, deed="decide-not-applicable")
    assert verdict_of(sven, EIN) == "Decided by Sven: does not apply. Nothing is kept there"


@pytest.mark.parametrize(
    "url",
    [
        "/programmes/nothing/",
        "/programmes/ctpat/us-ctpat/99/at/ein/",
        "/programmes/ctpat/us-ctpat/9.2/at/nl/",
        "/controls/nothing-at-all/",
        "/sites/nowhere/",
    ],
)
def test_what_is_not_there_is_not_found(sven: Client, url: str) -> None:
    assert sven.get(url).status_code == 404
