"""The journal for people: what was recorded and by whom, one entry, the check, and what was known then."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.server.journal.actions import store, store_all, withdraw
from safeconduct.server.journal.erasure import erase_person
from safeconduct.server.journal.models import JournalEntry
from safeconduct.server.journal.queries import Sought, head_of, journal_lines
from tests.server.cast import Cast, control, evidence

PAGES = ["/journal/", "/journal/1/", "/journal/1/then/", "/journal/verify/"]


def text_of(answer: Any) -> str:
    """The words of a page's sheet, each run of space one space."""
    html = answer.content.decode()
    sheet = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


def newer(number: int = 1) -> ControlInPlace:
    """A control at Eindhoven with values of its own from a day of its own."""
    return control(f"c-new-{number}", "ein", since=date(2025, 3, 1) + timedelta(days=number))


def read(cast: Cast, path: str, name: str = "otto") -> str:
    """A page as an auditor reads it."""
    answer = cast.client(name).get(path)
    assert answer.status_code == 200
    return text_of(answer)


def entries_listed(cast: Cast, query: str) -> list[list[str]]:
    """The entries that fit, as CSV, without the headings."""
    content = cast.client("otto").get(f"/journal/?{query}&as=csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))[1:]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_reads_it_without_signing_in(cast: Cast, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", PAGES)
def test_a_site_manager_does_not_read_it(cast: Cast, path: str) -> None:
    answer = cast.client("mara").get(path)
    assert answer.status_code == 403
    assert "Rotterdam" not in text_of(answer)


@pytest.mark.parametrize("path", PAGES)
def test_an_outsider_reads_only_the_own_one(cast: Cast, path: str) -> None:
    store(cast.viewer("sven"), newer(), deed="record-control")
    told = read(cast, path, "olga")
    assert "Norholt" not in told
    assert "c-new-1" not in told
    assert cast.client("olga").get(f"/journal/{head_of(cast.viewer('sven')).seq}/").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_reading_changes_nothing(cast: Cast, path: str) -> None:
    before = head_of(cast.viewer("otto"))
    assert cast.client("otto").post(path).status_code == 405
    read(cast, path)
    assert head_of(cast.viewer("otto")) == before


def test_the_list_tells_who_did_what_newest_first(cast: Cast) -> None:
    store(cast.viewer("sven"), newer(), deed="record-control")
    told = read(cast, "/journal/")
    assert "10 entries tell what was recorded." in told
    assert re.search(r"10 \d+ \w+ \d{4}, \d\d:\d\d Sven record control Control in place, c-new-1", told)
    assert told.index("c-new-1") < told.index("c-records")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("section=evidence", ["e-1"]),
        ("key=c-cctv-rtm", ["c-cctv-rtm"]),
        ("deed=found-organisation", ["norholt"]),
        ("text=haulier", ["h1"]),
        ("text=SMIT", ["c-cctv-ein"]),
        ("text=haulier+smit", []),
        ("section=units&sort=seq", ["nl", "rtm", "ein"]),
        ("section=units", ["ein", "rtm", "nl"]),
        ("since=2999-01-01", []),
        ("until=1999-01-01", []),
        ("since=no-day&section=evidence", ["e-1"]),
    ],
)
def test_the_list_is_narrowed(cast: Cast, query: str, keys: list[str]) -> None:
    assert [row[5] for row in entries_listed(cast, query)] == keys


def test_the_list_is_narrowed_to_one_person(cast: Cast) -> None:
    store(cast.viewer("sven"), newer(), deed="record-control")
    found = entries_listed(cast, f"actor={cast.viewer('sven').actor}")
    assert [row[2:6] for row in found] == [["Sven", "record-control", "in_place", "c-new-1"]]


@pytest.mark.parametrize(
    "query",
    ["until=9999-12-31", "since=0001-01-01", "since=0001-01-01&until=9999-12-31"],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_ends_of_the_calendar_narrow_nothing(cast: Cast, settings: Any, zone: str, query: str) -> None:
    settings.TIME_ZONE = zone
    assert entries_listed(cast, query) == entries_listed(cast, "")


@pytest.mark.parametrize("query", ["key=%00", "text=a%00", "text=" + "a+" * 2_000, "text=" + "a" * 60_000])
def test_words_that_no_entry_can_hold_find_nothing(cast: Cast, query: str) -> None:
    assert entries_listed(cast, query) == []


def test_a_filter_that_finds_nothing_is_told(cast: Cast) -> None:
    told = read(cast, "/journal/?text=unobtainium")
    assert "No entry fits what is looked for. Clear the filter" in told


def test_the_list_is_paged(cast: Cast) -> None:
    store_all(cast.viewer("sven"), [newer(number) for number in range(60)], deed="record-control")
    told = read(cast, "/journal/?page=2")
    assert "Rows 51 to 69 of 69" in told
    assert "Rows 51 to 69 of 69" in read(cast, "/journal/?page=99")


def test_an_entry_tells_things_and_persons_apart(cast: Cast) -> None:
    [line] = journal_lines(cast.viewer("sven"), Sought(key="c-cctv-ein"))
    told = read(cast, f"/journal/{line.seq}/")
    assert "The command line recorded: control in place." in told
    assert "Its hashes fit what it says." in told
    assert "Where Eindhoven" in told
    assert "About persons Owner J. Smit" in told
    assert "It is the first entry about this." in told
    assert line.hash in told


def test_an_entry_tells_what_it_changed(cast: Cast) -> None:
    store(cast.viewer("sven"), control("c-cctv-ein", "ein", owner="A. Berg", note="New lens"), deed="record-control")
    told = read(cast, f"/journal/{head_of(cast.viewer('sven')).seq}/")
    assert "Sven recorded: control in place." in told
    assert "Field Was Became" in told
    assert "Owner J. Smit A. Berg" in told
    assert "Note nothing New lens" in told
    assert "Since nothing" not in told
    assert "This fact before" in told


def test_a_withdrawal_tells_why(cast: Cast) -> None:
    withdraw(cast.viewer("sven"), "evidence", "e-1", why="It was of another site.")
    told = read(cast, f"/journal/{head_of(cast.viewer('sven')).seq}/")
    assert "Sven withdrew a fact." in told
    assert "Why It was of another site." in told


def test_an_erased_person_is_not_told(cast: Cast) -> None:
    [line] = journal_lines(cast.viewer("sven"), Sought(key="c-cctv-ein"))
    erase_person(cast.viewer("anna"), "J. Smit")
    told = read(cast, f"/journal/{line.seq}/")
    assert "Erased. The digest stays" in told
    assert "Smit" not in told
    assert "Smit" not in read(cast, "/journal/verify/")
    assert "The journal holds." in read(cast, "/journal/verify/")


@pytest.mark.parametrize("path", ["/journal/0/", "/journal/999/", "/journal/999/then/"])
def test_an_entry_that_is_not_there_is_not_found(cast: Cast, path: str) -> None:
    assert cast.client("otto").get(path).status_code == 404


def test_the_check_says_that_it_holds(cast: Cast) -> None:
    head = head_of(cast.viewer("otto"))
    told = read(cast, "/journal/verify/")
    assert "The journal holds. 9 entries fit the one before, and the registers say what it says." in told
    assert str(head) in told
    assert "the journal the witness knows" in read(cast, f"/journal/verify/?witness={head}")


def test_the_check_says_what_was_changed_behind_its_back(cast: Cast) -> None:
    entry = JournalEntry.objects.of(cast.exporter).filter(key="h1")
    plain = json.loads(entry.get().factual)
    entry.update(factual=json.dumps(plain | {"title": "Another haulier"}))
    told = read(cast, "/journal/verify/")
    assert "The journal does not hold. 1 thing does not fit." in told
    assert f"Entry {entry.get().seq} was changed: its facts do not fit their digest." in told
    seq = entry.get().seq
    assert "It was changed behind its back." in read(cast, f"/journal/{seq}/")


def test_the_check_says_that_a_tail_was_cut(cast: Cast) -> None:
    told = read(cast, f"/journal/verify/?witness=99:{'a' * 64}")
    assert "The witness knows entry 99, but the journal ends at 9: its tail was cut off." in told


def test_a_witness_that_is_none_is_refused_and_kept(cast: Cast) -> None:
    answer = cast.client("otto").get("/journal/verify/?witness=12")
    assert answer.status_code == 422
    assert "Write it as 12:<64 digits>." in text_of(answer)
    assert 'value="12"' in answer.content.decode()


def test_what_was_known_then_stands_beside_what_is_known_now(cast: Cast) -> None:
    sven = cast.viewer("sven")
    seq = head_of(sven).seq
    withdraw(sven, "partners", "h1", why="Entered twice.")
    store_all(sven, [newer(), evidence("e-new", "c-new-1", from_=date(2025, 4, 1))], deed="record")
    told = read(cast, f"/journal/{seq}/then/")
    assert "8 facts were known. Today it is 1 more." in told
    assert "Partner 1 0" in told
    assert "Control in place 3 4" in told


def test_names_are_of_today_and_of_the_own_organisation(cast: Cast) -> None:
    store(cast.viewer("sven"), newer(), deed="record-control")
    told = read(cast, "/journal/")
    assert "Sven" in told
    assert "Olga" not in told


@pytest.mark.parametrize("path", ["/journal/", "/journal/3/", "/journal/1/then/", "/journal/verify/"])
def test_more_entries_cost_no_more_statements(cast: Cast, path: str) -> None:
    counts = []
    for more in range(2):
        store_all(cast.viewer("sven"), [newer(10 * more + one) for one in range(10)], deed="record-control")
        client = cast.client("otto")
        client.get(path)
        with CaptureQueriesContext(connection) as statements:
            client.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
