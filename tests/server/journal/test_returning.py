"""Back from a form: only into this server, and told what moved."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from safeconduct.core.records.in_place import Shown
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.journal.returning import back_of, requirement_of, rows_before, told_of_rows
from tests.server.cast import Cast, control, evidence
from tests.server.controls.stage import requirement_url, set_stage


@pytest.fixture
def staged(cast: Cast) -> Cast:
    set_stage(cast.exporter_line)
    return cast


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/evidence/?state=soon", "/evidence/?state=soon"),
        ("/on/2026-08-31/evidence/", "/evidence/"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("/\\elsewhere.example/", ""),
        ("/on/2026-08-31//elsewhere.example/", "/elsewhere.example/"),
        ("javascript:alert(1)", ""),
        ("evidence/", ""),
        ("/" + "x" * 1000, ""),
        ("", ""),
    ],
)
def test_only_an_address_of_this_server_is_returned_to(asked: str, expected: str) -> None:
    factory = RequestFactory()
    assert back_of(factory.get("/", {"back": asked})) == expected
    assert back_of(factory.post("/", {"back": asked})) == expected


def test_the_page_of_a_requirement_is_known_by_its_address() -> None:
    assert requirement_of(requirement_url("1.1")) == ("ctpat", "us-ctpat/1.1", "rtm")
    assert requirement_of("/programmes/ctpat/") is None
    assert requirement_of("/nowhere/at/all") is None


def test_the_requirement_and_what_moved_with_it_are_told(staged: Cast) -> None:
    viewer = staged.viewer("sven")
    before = rows_before(viewer)
    records = [control("c-guards", control="guarding"), evidence("e-guards", "c-guards", shows=(Shown.DESIGN,))]
    store_all(viewer, records, deed="record-control")
    assert told_of_rows(viewer, requirement_url("1.1"), before) == ["US CTPAT 1.1 at Rotterdam is now MET."]
    assert told_of_rows(viewer, "/controls/", before) == ["It moved 1 requirement, 1 of them to MET."]
    assert told_of_rows(viewer, requirement_url("1.4"), before) == [
        "US CTPAT 1.4 at Rotterdam is now UNKNOWN: Recorded, but nothing shows its design.",
        "It also moved 1 other requirement, 1 of them to MET.",
    ]


def test_nothing_is_told_where_nothing_moved(staged: Cast) -> None:
    viewer = staged.viewer("sven")
    before = rows_before(viewer)
    store(viewer, control("c-later", "ein", control="guarding"), deed="record-control")
    assert told_of_rows(viewer, "/controls/", before) == []


def test_a_site_manager_is_told_of_the_own_site_only(staged: Cast) -> None:
    mara = staged.viewer("mara")
    before = rows_before(mara)
    assert {unit for _, _, unit in before.standings} == {"rtm"}
    assert rows_before(staged.viewer("olga")).standings == {}
