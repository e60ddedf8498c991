"""The page of one control in place: its sentence, its stamp, what rests on it, and what can be done about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from safeconduct.core.records.in_place import Shown
from safeconduct.server.journal.actions import store_all
from tests.server.cast import Cast, control, evidence
from tests.server.controls.reading import rows_of, text_of
from tests.server.controls.stage import requirement_url


def page_of(cast: Cast, key: str, *records: Any, on: str = "", name: str = "sven") -> str:
    store_all(cast.exporter_line, records, deed="record-control")
    return text_of(cast.client(name), f"{on}/controls/in-place/{key}/")


def guards(key: str = "c-guards", **more: Any) -> Any:
    return control(key, "rtm", control="guarding", **more)


def proof(until: date, of: str = "c-guards") -> Any:
    return evidence(f"e-{of}", of, shows=(Shown.DESIGN,), from_=date(2026, 1, 1), to=until)


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        ([guards()], "Recorded, but nothing shows its design."),
        ([guards(), proof(date(2026, 12, 31))], "It stands and is shown. The proof holds until 31 Dec 2026."),
        ([guards(), proof(date(2026, 11, 23))], "Its evidence of design ended on 23 Nov 2026."),
        ([guards(present=False)], "It does not stand here since 1 Jan 2025."),
        ([guards(until=date(2026, 11, 23))], "It stood until 23 Nov 2026."),
        ([guards(since=date(2026, 11, 25))], "Its values hold from 25 Nov 2026."),
        ([guards(), guards("c-newer", since=date(2026, 11, 24))], "Newer values hold since 24 Nov 2026."),
    ],
)
def test_the_head_says_how_it_stands(staged: Cast, records: list[Any], sentence: str) -> None:
    assert f"Rotterdam {sentence}" in page_of(staged, "c-guards", *records)


def test_evidence_that_ended_is_late_only_where_nothing_newer_shows_the_same(staged: Cast) -> None:
    older = evidence("e-older", "c-guards", from_=date(2025, 1, 1), to=date(2025, 12, 31))
    text = page_of(staged, "c-guards", guards(), older, proof(date(2026, 11, 23)))
    assert "1 day late 23 Nov 2026" in text
    assert "late 31 Dec 2025" not in text
    assert "31 Dec 2025" in text


def test_an_older_record_leads_to_the_newer_one(staged: Cast) -> None:
    text = page_of(staged, "c-guards", guards(), guards("c-newer", since=date(2026, 11, 24)))
    assert "See the newer record" in text
    assert "Attach evidence" not in text.split("Because")[0].split("See the newer record")[1][:20]
    assert "The same control here at other times." in text


def test_the_first_button_mends_what_decides(staged: Cast) -> None:
    page = staged.client("sven").get("/controls/in-place/c-building/").content.decode()
    assert '<a class="btn" href="/controls/in-place/c-building/evidence/?shows=design">Attach evidence</a>' in page


def test_what_rests_on_it_leads_to_each_requirement(staged: Cast) -> None:
    page = staged.client("sven").get("/controls/in-place/c-seal/").content.decode()
    assert "2 requirements of 1 programme at 1 unit rest on it." in page
    assert f'href="{requirement_url("1.7")}"' in page
    assert 'data-s="unmet"' in page


def test_values_stand_beside_what_is_asked(staged: Cast) -> None:
    text = text_of(staged.client("sven"), "/controls/in-place/c-seal/")
    assert "Class security US CTPAT 1.7: at least high security" in text
    assert "Affixer not recorded nobody asks it" in text


def test_an_own_number_that_is_asked_is_offered(staged: Cast) -> None:
    page = staged.client("sven").get("/controls/in-place/c-bond/").content.decode()
    assert '<a href="/controls/in-place/c-bond/target/?parameter=sum">set one</a>' in page
    assert "US CTPAT 1.3: our own number, with its reason" in page


def test_the_history_names_who_did_what(staged: Cast) -> None:
    client = staged.client("sven")
    client.post("/controls/in-place/c-bond/end/", {"until": "2026-12-31"})
    assert "24 Nov 2026 Ended by Sven" in text_of(client, "/controls/in-place/c-bond/")


def test_it_speaks_of_another_day(staged: Cast) -> None:
    assert "Its values hold from 1 Jan 2025." in page_of(staged, "c-bond", on="/on/2024-12-31")


def test_the_register_counts_where_each_control_stands(staged: Cast) -> None:
    rows = {row[0]: row[1:] for row in rows_of(staged.client("sven"), "/controls/?as=csv")[1:]}
    assert rows["seal fitting (Cargo security)"] == ["UNMET", "0 of 1", "1", "2", "US CTPAT"]
    assert rows["guarding (Cargo security)"] == ["UNKNOWN", "0 of 1", "nowhere", "1", "US CTPAT"]
    assert rows["record keeping (Cargo security)"] == ["not asked", "", "1", "0", "nobody"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("standing=UNMET", ["risk assessment (Cargo security)", "seal fitting (Cargo security)"]),
        ("recorded=no", ["guarding (Cargo security)"]),
        ("q=keeping", ["record keeping (Cargo security)"]),
        ("programme=us-ctpat&standing=MET", []),
    ],
)
def test_the_register_is_narrowed(staged: Cast, query: str, expected: list[str]) -> None:
    found = [row[0] for row in rows_of(staged.client("sven"), f"/controls/?as=csv&{query}")[1:]]
    assert sorted(found) == expected


def test_the_register_opens_with_what_stands(staged: Cast) -> None:
    text = text_of(staged.client("sven"), "/controls/")
    assert "0 of 6 controls stand wherever they are asked. 1 was never recorded." in text
    assert "Recorded once, they serve 7 requirements of 1 programme." in text


def test_every_record_is_listed_with_its_own_standing(staged: Cast) -> None:
    rows = {row[0]: row[1:4] for row in rows_of(staged.client("sven"), "/controls/in-place/?as=csv&at=rtm")[1:]}
    assert rows["bond"] == ["Rotterdam", "MET", "2025-01-01"]
    assert rows["building structure"] == ["Rotterdam", "UNKNOWN", "2025-01-01"]
    text = text_of(staged.client("sven"), "/controls/in-place/?standing=MET&control=bond")
    assert "Rows 1 to 1 of 1" in text
