"""Who may see and do what on the pages of controls, and that reading changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.queries import head_of
from tests.server.cast import Cast, control, evidence
from tests.server.controls.reading import rows_of, text_of

LISTS = ["/controls/", "/controls/in-place/", "/evidence/"]
ONE = "/controls/in-place/c-seal/"
FORMS = [
    "/controls/record/?control=guarding&at=rtm",
    f"{ONE}change/",
    f"{ONE}change/?how=correct",
    f"{ONE}end/",
    f"{ONE}evidence/",
    f"{ONE}sample/",
    f"{ONE}target/?parameter=class",
    f"{ONE}plan/",
    "/controls/in-place/c-risk/done/",
]
TRIGGER = "/controls/again/?control=risk-assessment&at=rtm"
OF_THE_EXPORTER = [ONE, *FORMS[1:]]


@pytest.mark.parametrize("path", [*LISTS, ONE, "/controls/record/", *FORMS, TRIGGER])
def test_nobody_comes_in_without_signing_in(staged: Cast, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", OF_THE_EXPORTER)
def test_an_outsider_finds_nothing_and_changes_nothing(staged: Cast, path: str) -> None:
    before = head_of(staged.exporter_line), head_of(staged.outside_line)
    olga = staged.client("olga")
    assert olga.get(path).status_code == 404
    assert olga.post(path, {"until": "2026-11-24", "title": "x"}).status_code in (404, 405)
    assert (head_of(staged.exporter_line), head_of(staged.outside_line)) == before


@pytest.mark.parametrize("path", LISTS)
def test_an_outsider_sees_the_own_lists_only(staged: Cast, path: str) -> None:
    keys = str(rows_of(staged.client("olga"), f"{path}?as=csv&state="))
    assert "Norholt" not in text_of(staged.client("olga"), path).replace("Norholt NL", "")
    assert "seal fitting" not in keys


@pytest.mark.parametrize("path", [*LISTS, ONE])
@pytest.mark.parametrize("name", ["anna", "sven", "mara", "otto"])
def test_every_role_reads_and_nothing_is_changed_by_it(staged: Cast, path: str, name: str) -> None:
    before = head_of(staged.exporter_line)
    client = staged.client(name)
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405
    assert head_of(staged.exporter_line) == before


@pytest.mark.parametrize("path", [*FORMS, TRIGGER])
def test_an_auditor_records_nothing(staged: Cast, path: str) -> None:
    before = head_of(staged.exporter_line)
    otto = staged.client("otto")
    assert otto.get(path).status_code == 403
    assert otto.post(path, {"until": "2026-11-24"}).status_code == 403
    assert head_of(staged.exporter_line) == before


def test_an_auditor_is_offered_no_deed(staged: Cast) -> None:
    told = staged.client("otto").get(ONE).content.decode()
    assert "/change/" not in told
    assert "/evidence/" not in told.replace('href="/evidence/"', "")
    assert "Record a control" not in text_of(staged.client("otto"), "/controls/")


@pytest.mark.parametrize("path", FORMS)
def test_a_site_manager_has_the_forms_of_the_own_site(staged: Cast, path: str) -> None:
    assert staged.client("mara").get(path).status_code == 200


def test_a_site_manager_finds_nothing_of_another_site(staged: Cast) -> None:
    mara = staged.client("mara")
    assert mara.get("/controls/in-place/c-cctv-ein/").status_code == 404
    assert mara.get("/controls/in-place/c-cctv-ein/evidence/").status_code == 404
    assert "Eindhoven" not in text_of(mara, "/controls/in-place/")


def test_a_site_manager_reads_what_comes_down_and_does_not_change_it(staged: Cast) -> None:
    mara = staged.client("mara")
    assert "record keeping" in text_of(mara, "/controls/in-place/c-records/")
    assert mara.get("/controls/in-place/c-records/evidence/").status_code == 403
    before = head_of(staged.exporter_line)
    assert mara.post("/controls/in-place/c-records/end/", {"until": "2026-11-24"}).status_code == 403
    assert head_of(staged.exporter_line) == before


def test_a_site_manager_chooses_among_the_own_sites(staged: Cast) -> None:
    told = text_of(staged.client("mara"), "/controls/record/")
    assert "Rotterdam" in told
    assert "Eindhoven" not in told
    answer = staged.client("mara").get("/controls/record/?control=guarding&at=ein")
    assert answer.status_code == 422


@pytest.mark.parametrize("path", [*LISTS, ONE])
def test_another_day_is_read_and_offers_no_deed(staged: Cast, path: str) -> None:
    told = staged.client("sven").get(f"/on/2026-08-31{path}").content.decode()
    assert "Nothing can be changed here." in told
    assert "Record a control" not in told
    assert "change/" not in told


@pytest.mark.parametrize("path", FORMS)
def test_a_form_asked_for_on_another_day_is_that_of_today(staged: Cast, path: str) -> None:
    answer = staged.client("sven").get(f"/on/2026-08-31{path}")
    assert answer.status_code == 302
    assert answer["Location"] == path


def test_nothing_is_recorded_on_another_day(staged: Cast) -> None:
    before = head_of(staged.exporter_line)
    assert staged.client("sven").post(f"/on/2026-08-31{ONE}end/", {"until": "2026-08-31"}).status_code == 403
    assert head_of(staged.exporter_line) == before


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


@pytest.mark.parametrize("path", [*LISTS, ONE, *FORMS, "/controls/record/"])
def test_a_longer_list_costs_no_more_statements(staged: Cast, path: str) -> None:
    def record(first: int, last: int) -> None:
        for number in range(first, last):
            one = control(f"c-{number}", "ein", control="guarding", since=date(2025, 1, 1 + number))
            store_all(staged.exporter_line, [one, evidence(f"e-{number}", one.key)], deed="record")

    sven = staged.client("sven")
    record(0, 10)
    ten = statements(sven, path)
    record(10, 20)
    assert statements(sven, path) == ten
