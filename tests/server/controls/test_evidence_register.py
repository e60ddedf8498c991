"""The evidence register: what lapses when, seen on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from safeconduct.core.records.in_place import By, Shown
from safeconduct.server.journal.actions import store_all, withdraw
from tests.server.cast import TODAY, Cast, control, evidence
from tests.server.controls.reading import rows_of, text_of

DESIGN, OPERATION = Shown.DESIGN, Shown.OPERATION


def paper(key: str, until: date, *kinds: Shown, of: str = "c-papers", **more: Any) -> Any:
    return evidence(
        key.replace(" ", "-"), of, title=key, shows=kinds or (DESIGN,), from_=date(2026, 1, 1), to=until, **more
    )


@pytest.fixture
def papers(today: None, cast: Cast) -> Client:
    """A record with evidence in every state, and a record that is over."""
    store_all(
        cast.exporter_line,
        [
            control("c-papers", control="guarding"),
            paper("lapsed", date(2026, 11, 23), OPERATION),
            paper("replaced", date(2026, 11, 1)),
            paper("current", date(2027, 12, 31)),
            paper("last day", TODAY, of="c-cctv-ein", by=By.OTHER),
            control("c-soon", control="bond"),
            paper("soon", date(2026, 12, 24), of="c-soon"),
            control("c-later", control="building-structure"),
            paper("later", date(2026, 12, 25), of="c-later"),
            control("c-over", control="building-structure", at="ein", until=date(2026, 6, 30)),
            paper("of no use", date(2026, 12, 1), of="c-over"),
            evidence("coming", "c-soon", title="coming", from_=date(2026, 11, 25), to=date(2026, 11, 30)),
        ],
        deed="record",
    )
    return cast.client("sven")


def titles(client: Client, query: str, path: str = "/evidence/") -> list[str]:
    return [row[0] for row in rows_of(client, f"{path}?as=csv&{query}")[1:]]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("lapsed", ["lapsed"]),
        ("soon", ["last day", "soon"]),
        ("later", ["last day", "soon", "later", "evidence of design"]),
        ("current", ["last day", "soon", "later", "evidence of design", "current"]),
        ("coming", ["coming"]),
        ("renewed", ["replaced", "of no use"]),
        ("of-use", ["lapsed", "last day", "coming", "soon", "later", "evidence of design", "current"]),
    ],
)
def test_each_state_has_its_list(papers: Client, state: str, expected: list[str]) -> None:
    assert titles(papers, f"state={state}") == expected


def test_what_is_of_no_more_use_is_left_out_until_asked_for(papers: Client) -> None:
    assert titles(papers, "") == titles(papers, "state=of-use")
    assert len(titles(papers, "state=")) == 9


def test_the_head_says_what_lapses_and_each_number_leads_to_its_list(papers: Client) -> None:
    text = text_of(papers, "/evidence/")
    assert (
        "1 piece of evidence has lapsed with nothing newer. 2 more lapse within 30 days, the first on 24 Nov 2026."
        in text
    )
    assert "1 lapsed · 2 within 30 days · 4 within 90 days · 5 cover the day." in text
    page = papers.get("/evidence/").content.decode()
    assert '<a href="/evidence/?state=lapsed">1</a>' in page


def test_a_day_later_more_has_lapsed(papers: Client) -> None:
    assert titles(papers, "state=lapsed", "/on/2026-11-25/evidence/") == ["lapsed", "last day"]
    assert titles(papers, "state=lapsed", "/on/2026-11-23/evidence/") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shows=operation", ["lapsed"]),
        ("by=other", ["last day"]),
        ("at=ein", ["last day"]),
        ("q=SOON", ["soon"]),
        ("q=bond", ["coming", "soon"]),
        ("q=nothing+like+it", []),
    ],
)
def test_it_is_narrowed(papers: Client, query: str, expected: list[str]) -> None:
    assert titles(papers, query) == expected


def test_nothing_found_repeats_what_was_looked_for(papers: Client) -> None:
    text = text_of(papers, "/evidence/?state=lapsed&q=fence")
    assert "Nothing matches state: lapsed, nothing newer; words: “fence”. Clear the filter" in text


def test_it_is_sorted_both_ways(papers: Client) -> None:
    names = titles(papers, "sort=what&state=")
    assert names == sorted(names, key=str.casefold)
    assert titles(papers, "sort=-what&state=") == names[::-1]


def test_an_organisation_without_evidence_is_shown_how_to_begin(today: None, cast: Cast) -> None:
    withdraw(cast.exporter_line, "evidence", "e-1", why="Not ours.")
    text = text_of(cast.client("sven"), "/evidence/")
    assert "No evidence yet." in text
    assert "Attach evidence to a control." in text


def test_a_cell_that_a_spreadsheet_would_run_is_held_back(today: None, cast: Cast) -> None:
    store_all(cast.exporter_line, [evidence("e-2", title="=1+1", to=date(2027, 1, 1))], deed="record")
    assert "'=1+1" in titles(cast.client("sven"), "")
