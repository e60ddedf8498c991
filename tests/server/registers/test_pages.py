"""The registers' pages: lists, forms, withdrawal; who sees and changes what; a constant number of statements."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.core.records.partners import Certificate, Partner
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.currency import forget_everything, snapshot_of
from safeconduct.server.journal.queries import head_of
from safeconduct.server.journal.reading import seen, seen_one
from safeconduct.server.registers.kinds import REGISTERS
from tests.server.cast import TODAY, Cast, evidence

if TYPE_CHECKING:
    from django.test import Client
    from time_machine import TimeMachineFixture

pytestmark = pytest.mark.django_db

DAY, OPENED = date(2024, 1, 1), date(2026, 10, 1)
CERTIFICATE = {"holder": "h1", "scheme": "eu-aeos", "from": "2024-01-01", "to": "2026-12-31", "state": "valid"}


@pytest.fixture(autouse=True)
def today(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(TODAY)


def certificates(count: int, **more: Any) -> list[Certificate]:
    values: dict[str, Any] = {"holder": "h1", "scheme": "eu-aeos", "from_": DAY, **more}
    return [Certificate(key=f"ce-{number}", number=f"N {number}", **values) for number in range(count)]


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_every_kind_of_fact_has_a_register() -> None:
    assert set(REGISTERS) == set(FACT_KINDS)
    names = {(kind.section, name) for kind in REGISTERS.values() for name in kind.columns}
    known = {(section, name) for section, name in names if name in _written(section)}
    assert names == known


def _written(section: str) -> set[str]:
    from safeconduct.facts.codec import shape_of

    return {member.written for member in shape_of(FACT_KINDS[section].record).members}


def test_every_register_is_shown_and_offers_its_form(cast: Cast) -> None:
    client = cast.client("sven")
    for section in REGISTERS:
        assert "<h1>" in text_of(client, f"/registers/{section}/")
        answer = client.get(f"/registers/{section}/new/")
        assert answer.status_code in (200, 302), section


def test_the_overview_counts_what_is_on_record(cast: Cast) -> None:
    shown = text_of(cast.client("sven"), "/registers/")
    assert "8 facts are on record." in shown
    assert "none yet" in shown


def test_a_fact_is_recorded_shown_changed_and_withdrawn(cast: Cast) -> None:
    client, viewer = cast.client("sven"), cast.viewer("sven")
    assert client.post("/registers/certificates/new/", CERTIFICATE).url == "/registers/certificates/"  # type: ignore[attr-defined]
    (certificate,) = seen(viewer, "certificates")
    shown = text_of(client, "/registers/certificates/")
    assert "1 certificate on record." in shown
    assert "Haulier 1" in shown
    here = f"/registers/certificates/{certificate.key}/"
    client.post(here, {**CERTIFICATE, "to": "2025-12-31"})
    assert seen_one(viewer, "certificates", certificate.key).to == date(2025, 12, 31)
    assert "It ended on 31 Dec 2025." in text_of(client, here)
    answer = client.post(f"{here}withdraw/", {"why": "Recorded for the wrong firm"})
    assert answer.status_code == 302
    assert seen(viewer, "certificates") == ()
    assert client.get(here).status_code == 404


def test_a_fact_that_others_name_is_not_withdrawn(cast: Cast) -> None:
    answer = cast.client("sven").post("/registers/in_place/c-cctv-rtm/withdraw/", {"why": "A mistake"})
    assert answer.status_code == 422
    assert "named by evidence e-1" in answer.content.decode()
    assert seen_one(cast.viewer("sven"), "in_place", "c-cctv-rtm").control == "cctv"


def test_nothing_is_withdrawn_without_a_reason(cast: Cast) -> None:
    answer = cast.client("sven").post("/registers/partners/h1/withdraw/", {"why": " "})
    assert answer.status_code == 422
    assert "Say why it goes" in answer.content.decode()


def test_after_storing_one_is_back_where_the_form_was_opened(cast: Cast) -> None:
    client = cast.client("sven")
    answer = client.post("/registers/certificates/new/?back=/partners/h1/", {**CERTIFICATE, "back": "/partners/h1/"})
    assert answer.url == "/partners/h1/"  # type: ignore[attr-defined]
    answer = client.post("/registers/proofs/new/", {"back": "//evil.example/", "partner": "h1", **PROOF})
    assert answer.url == "/registers/proofs/"  # type: ignore[attr-defined]


PROOF = {"kind": "visit", "on": "2026-11-01", "outcome": "positive"}


def test_a_list_narrows_and_repeats_the_filter_in_words(cast: Cast) -> None:
    client = cast.client("sven")
    ended = Certificate(key="old", holder="nl", scheme="us-ctpat", number="OLD", from_=DAY, to=date(2025, 1, 1))
    store_all(cast.exporter_line, [*certificates(2), ended], deed="record")
    assert "OLD" in text_of(client, "/registers/certificates/?state=ended")
    assert "N 1" not in text_of(client, "/registers/certificates/?state=ended")
    assert "N 1" in text_of(client, "/registers/certificates/?q=haulier")
    assert "OLD" not in text_of(client, "/registers/certificates/?q=haulier")
    assert "Nothing matches words: “nobody”." in text_of(client, "/registers/certificates/?q=nobody")


def test_what_presses_stands_first(cast: Cast) -> None:
    finding = RaisedFinding(key="f1", of="cctv", at="rtm", on=OPENED, text="Blind spot")
    days = {"a-done": (date(2026, 12, 1), date(2026, 11, 1)), "a-late": (date(2026, 11, 1), None)}
    days["a-runs"] = (date(2026, 12, 1), None)
    actions = [
        CorrectiveAction(key=key, mends="f1", opened=OPENED, due=due, closed=closed, text=key)
        for key, (due, closed) in days.items()
    ]
    store_all(cast.exporter_line, [finding, *actions], deed="record")
    shown = text_of(cast.client("sven"), "/registers/corrective_actions/")
    assert "1 late, 1 runs, 1 done." in shown
    assert "23 days late" in shown
    places = [shown.index(f"/registers/corrective_actions/{key}/") for key in ("a-late", "a-runs", "a-done")]
    assert places == sorted(places)


def test_a_list_leaves_as_csv_and_no_cell_is_run(cast: Cast) -> None:
    client = cast.client("sven")
    store_all(cast.exporter_line, [Partner(key="bad", title='=HYPERLINK("x")', of="nl")], deed="record")
    answer = client.get("/registers/partners/?as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Name", "Partner of"]
    assert '\'=HYPERLINK("x")' in {row[0] for row in rows}


@pytest.mark.parametrize("url", ["/registers/certificates/", "/registers/", "/registers/partners/h1/"])
def test_the_number_of_statements_does_not_grow(url: str, cast: Cast) -> None:
    counts = []
    for number in (10, 20):
        store_all(cast.exporter_line, certificates(number), deed="record")
        client = cast.client("sven")
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(url).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] < 20


CHANGING = [
    ("/registers/certificates/new/", CERTIFICATE),
    ("/registers/partners/h1/", {"of": "nl", "title": "Taken over"}),
    ("/registers/partners/h1/withdraw/", {"why": "Because"}),
]


@pytest.mark.parametrize(("url", "data"), CHANGING)
def test_an_auditor_reads_and_changes_nothing(url: str, data: dict[str, str], cast: Cast) -> None:
    client, head = cast.client("otto"), head_of(cast.exporter_line)
    assert client.post(url, data).status_code == 403
    assert head_of(cast.exporter_line) == head


def test_an_auditor_sees_what_a_fact_says_without_a_form(cast: Cast) -> None:
    shown = text_of(cast.client("otto"), "/registers/partners/h1/")
    assert "Haulier 1" in shown
    assert "Change the partner" not in shown
    assert "Record a partner" not in text_of(cast.client("otto"), "/registers/partners/")


def test_a_site_manager_sees_only_what_bears_on_the_own_sites(cast: Cast) -> None:
    client, head = cast.client("mara"), head_of(cast.exporter_line)
    shown = text_of(client, "/registers/in_place/")
    assert "c-cctv-rtm" in shown
    assert "c-cctv-ein" not in shown
    assert client.get("/registers/partners/").status_code == 404
    weakness = client.get("/registers/findings/new/").content.decode()
    assert "Haulier" not in weakness
    assert "Eindhoven" not in weakness
    assert client.get("/registers/partners/h1/").status_code == 404
    assert client.get("/registers/in_place/c-cctv-ein/").status_code == 404
    assert client.post("/registers/in_place/c-cctv-ein/withdraw/", {"why": "x"}).status_code == 404
    assert head_of(cast.exporter_line) == head


def test_an_outsider_finds_nothing_of_others_and_changes_nothing(cast: Cast) -> None:
    client, heads = cast.client("olga"), (head_of(cast.exporter_line), head_of(cast.outside_line))
    store_all(cast.exporter_line, certificates(1), deed="record")
    heads = (head_of(cast.exporter_line), head_of(cast.outside_line))
    assert "N 0" not in text_of(client, "/registers/certificates/")
    for url in ("/registers/certificates/ce-0/", "/registers/certificates/ce-0/withdraw/"):
        assert client.get(url).status_code == 404
        assert client.post(url, CERTIFICATE | {"why": "x"}).status_code == 404
    assert (head_of(cast.exporter_line), head_of(cast.outside_line)) == heads
    assert snapshot_of(cast.exporter_line).facts.certificates != ()


def test_nobody_signed_in_is_sent_to_the_door(cast: Cast, client: Client) -> None:
    for url in ("/registers/", "/registers/partners/", "/registers/partners/h1/", "/registers/partners/new/"):
        assert client.get(url).headers["Location"].startswith("/sign-in/")


def test_on_another_day_facts_are_read_and_nothing_is_changed(cast: Cast) -> None:
    client = cast.client("sven")
    store_all(cast.exporter_line, certificates(1, to=date(2025, 12, 31)), deed="record")
    head = head_of(cast.exporter_line)
    shown = text_of(client, "/on/2025-06-01/registers/certificates/ce-0/")
    assert "It holds until 31 Dec 2025." in shown
    assert "Change the certificate" not in shown
    assert client.post("/on/2025-06-01/registers/certificates/ce-0/", CERTIFICATE).status_code == 403
    assert client.get("/on/2025-06-01/registers/certificates/new/").url == "/registers/certificates/new/"  # type: ignore[attr-defined]
    assert head_of(cast.exporter_line) == head


def test_a_register_or_fact_that_is_none_is_not_found(cast: Cast) -> None:
    client = cast.client("sven")
    for url in ("/registers/gossip/", "/registers/gossip/new/", "/registers/partners/nobody/"):
        assert client.get(url).status_code == 404


def test_what_a_fact_says_elsewhere_is_kept_when_it_is_changed_here(cast: Cast) -> None:
    viewer = cast.viewer("sven")
    store_all(viewer, [evidence("e-file", title="Manual")], deed="record")
    forget_everything()
    before = seen_one(viewer, "evidence", "e-file")
    data = {
        "of": before.of,
        "shows": "design",
        "from": "2025-01-01",
        "to": "2027-01-31",
        "by": "self",
        "title": "Manual 2",
    }
    assert cast.client("sven").post("/registers/evidence/e-file/", data).status_code == 302
    after = seen_one(viewer, "evidence", "e-file")
    assert (after.title, after.to, after.file) == ("Manual 2", date(2027, 1, 31), before.file)
