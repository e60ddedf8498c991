"""The API of facts: every section has the same four calls, a token opens only its organisation and role."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.codec import to_plain
from safeconduct.server.accounts.rights import Role
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.journal.actions import store
from safeconduct.server.journal.queries import Sought, facts_of, head_of, journal_lines
from safeconduct.server.journal.sections import find
from safeconduct.server.organisation.actions import issue_token
from safeconduct.server.urls import api
from tests.server.cast import Cast, control, evidence

BASE = "/api/v1"
LAST_DAY = date(2099, 12, 31)
SECTIONS = list(FACT_KINDS)


class Caller:
    """A program with a token."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {token}"} if token else {})

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.generic(method, BASE + path, data, "application/json", headers=headers)


def caller(viewer: Viewer, role: Role = Role.SECURITY_MANAGER, units: tuple[str, ...] = ()) -> Caller:
    return Caller(issue_token(viewer, title="program", role=role, expires=LAST_DAY, units=units))


@pytest.fixture
def program(cast: Cast) -> Caller:
    """A program of the exporter that records all facts."""
    return caller(cast.viewer("anna"))


@pytest.fixture
def outsider(cast: Cast) -> Caller:
    """A program of the other organisation."""
    return caller(cast.viewer("olga"), Role.ADMINISTRATOR)


CERTIFICATE = {"holder": "h1", "scheme": "eu-aeos", "from": "2025-01-01", "to": "2026-06-30"}


def test_a_fact_is_put_got_listed_and_withdrawn(program: Caller, cast: Cast) -> None:
    expected = {"key": "cert-1", **CERTIFICATE}
    put = program.call("PUT", "/facts/certificates/cert-1", CERTIFICATE)
    assert (put.status_code, put.json()) == (200, expected)
    assert program.call("GET", "/facts/certificates/cert-1").json() == expected
    listed = program.call("GET", "/facts/certificates").json()
    assert (listed["count"], listed["facts"]) == (1, [expected])
    assert listed["journal"] == str(head_of(cast.exporter_line))
    assert program.call("DELETE", "/facts/certificates/cert-1?why=A+mistake").status_code == 204
    assert program.call("GET", "/facts/certificates/cert-1").status_code == 404
    assert journal_lines(cast.exporter_line, Sought())[0].factual == {"why": "A mistake"}


def test_the_journal_names_the_token_that_did_it(program: Caller, cast: Cast) -> None:
    program.call("PUT", "/facts/certificates/cert-1", CERTIFICATE)
    line = journal_lines(cast.exporter_line, Sought())[0]
    assert (line.deed, line.actor_name) == ("record-certificate", "program")


def test_a_put_back_form_changes_nothing(program: Caller, cast: Cast) -> None:
    before = head_of(cast.exporter_line)
    for section in SECTIONS:
        for plain in program.call("GET", f"/facts/{section}").json()["facts"]:
            assert program.call("PUT", f"/facts/{section}/{plain['key']}", plain).json() == plain
    assert head_of(cast.exporter_line) == before


def test_every_problem_is_told_at_once_with_its_field_and_nothing_is_stored(program: Caller, cast: Cast) -> None:
    before = head_of(cast.exporter_line)
    bad = {"holder": "nobody", "scheme": "eu-aeos", "from": "2025-01-01", "to": "2024-01-01"}
    answer = program.call("PUT", "/facts/certificates/cert-1", bad)
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [
        ("to", "end-before-start"),
        ("holder", "unknown-key"),
    ]
    assert problem["detail"] == "2 things are refused; nothing was stored."
    assert head_of(cast.exporter_line) == before


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("{", 400, "no JSON"),
        ("[]", 400, "not a JSON object"),
        (b"\xff", 400, "no JSON"),
        ({"key": "other"}, 422, "The body names the key"),
        ({"holder": 1, "colour": "red"}, 422, "colour"),
        ({**CERTIFICATE, "from": "yesterday"}, 422, "yesterday"),
        ({**CERTIFICATE, "checked": {"deep": [[[[]]]]}}, 422, "checked"),
    ],
)
def test_what_is_not_understood_is_refused_in_words(body: object, status: int, says: str, program: Caller) -> None:
    answer = program.call("PUT", "/facts/certificates/cert-1", body)
    assert answer.status_code == status
    assert says in answer.content.decode()


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '{"of":' + "9" * 5_000 + "}"])
def test_a_body_that_nests_or_counts_beyond_reason_is_not_understood(body: str, program: Caller) -> None:
    answer = program.call("PUT", "/facts/certificates/cert-1", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("start", ["1000000001", "9" * 40, "-1"])
@pytest.mark.parametrize("path", ["/journal", "/facts/partners"])
def test_a_place_that_no_list_reaches_is_refused(path: str, start: str, program: Caller) -> None:
    assert program.call("GET", f"{path}?start={start}").status_code == 422


def test_what_somebody_else_changed_is_not_overwritten(program: Caller, cast: Cast) -> None:
    """Two programs read the same certificate; the second one to write is told, and writes nothing."""
    path = "/facts/certificates/cert-1"
    program.call("PUT", path, CERTIFICATE)
    read = program.call("GET", path)["ETag"]
    first = program.call("PUT", path, CERTIFICATE | {"to": "2027-06-30"}, if_match=read)
    assert (first.status_code, first["ETag"]) == (200, program.call("GET", path)["ETag"])
    head = head_of(cast.exporter_line)
    second = program.call("PUT", path, CERTIFICATE | {"to": "2028-06-30"}, if_match=read)
    assert (second.status_code, second["Content-Type"]) == (412, "application/problem+json")
    assert "is not what it was; nothing was stored." in second.json()["detail"]
    assert program.call("DELETE", f"{path}?why=x", if_match=read).status_code == 412
    assert head_of(cast.exporter_line) == head
    assert program.call("DELETE", f"{path}?why=x", if_match=first["ETag"]).status_code == 204


def test_a_new_fact_can_be_put_only_while_there_is_none(program: Caller) -> None:
    answers = [
        program.call("PUT", "/facts/certificates/cert-1", CERTIFICATE, if_none_match="*").status_code for _ in range(2)
    ]
    assert answers == [200, 412]


def test_a_withdrawal_without_a_reason_or_of_a_named_fact_is_refused(program: Caller) -> None:
    assert program.call("DELETE", "/facts/evidence/e-1").status_code == 422
    answer = program.call("DELETE", "/facts/in_place/c-cctv-rtm?why=x")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "still-named")


def test_a_list_comes_in_pages(program: Caller, cast: Cast) -> None:
    found = program.call("GET", "/facts/units?start=1&size=1").json()
    assert (found["count"], found["start"], [fact["key"] for fact in found["facts"]]) == (3, 1, ["nl"])
    for wrong in ("size=0", "size=1001", "start=-1", "size=x"):
        assert program.call("GET", f"/facts/units?{wrong}").status_code == 422


@pytest.mark.parametrize("token", ["", "sct_a_b", "nonsense"])
def test_no_call_answers_without_a_token_that_opens(token: str, db: None) -> None:
    stranger, answered = Caller(token), []
    for path, methods in api.get_openapi_schema()["paths"].items():
        asked = path.removeprefix(BASE).replace("{key}", "x").replace("{sha256}", "0" * 64)
        for method in methods:
            answer = stranger.call(method.upper(), asked)
            if (answer.status_code, answer.headers.get("WWW-Authenticate")) != (401, "Bearer"):
                answered.append(f"{method} {path}")
    assert answered == []


@pytest.mark.parametrize("section", SECTIONS)
def test_an_outsider_finds_nothing_and_changes_nothing(section: str, cast: Cast, outsider: Caller) -> None:
    store(cast.exporter_line, control("only-here", "ein", control="building-structure"), deed="record-control")
    before, head = facts_of(cast.exporter_line), head_of(cast.exporter_line)
    listed = outsider.call("GET", f"/facts/{section}").json()
    assert listed["facts"] == [to_plain(record) for record in facts_of(cast.outside_line).section(section)]
    for key in ("only-here", *(record.key for record in before.section(section))):
        if find(facts_of(cast.outside_line), section, key) is None:
            assert outsider.call("GET", f"/facts/{section}/{key}").status_code == 404
            assert outsider.call("DELETE", f"/facts/{section}/{key}?why=x").status_code == 404
    for record in before.section(section):
        outsider.call("PUT", f"/facts/{section}/{record.key}", to_plain(record))
    assert (facts_of(cast.exporter_line), head_of(cast.exporter_line)) == (before, head)


def test_an_auditors_token_reads_and_changes_nothing(cast: Cast) -> None:
    auditor, before = caller(cast.viewer("anna"), Role.AUDITOR), facts_of(cast.exporter_line)
    for section in SECTIONS:
        records = before.section(section)
        assert auditor.call("GET", f"/facts/{section}").json()["facts"] == [to_plain(record) for record in records]
        for record in records:
            changed = to_plain(record) | {"note": "changed"}
            assert auditor.call("PUT", f"/facts/{section}/{record.key}", changed).status_code in (403, 422)
            assert auditor.call("DELETE", f"/facts/{section}/{record.key}?why=x").status_code == 403
    assert facts_of(cast.exporter_line) == before


def test_a_site_managers_token_stays_at_its_site(cast: Cast) -> None:
    site = caller(cast.viewer("anna"), Role.SITE_MANAGER, ("rtm",))
    assert site.call("GET", "/facts/partners").json()["count"] == 0
    assert site.call("GET", "/facts/in_place/c-cctv-ein").status_code == 404
    fine, elsewhere = to_plain(evidence("e-2")), to_plain(evidence("e-3", "c-cctv-ein"))
    assert site.call("PUT", "/facts/evidence/e-2", fine).status_code == 200
    assert site.call("PUT", "/facts/evidence/e-3", elsewhere).status_code == 403
    assert site.call("GET", "/journal").status_code == 403


def test_a_token_tells_whom_it_speaks_for(program: Caller, cast: Cast) -> None:
    assert program.call("GET", "/organisation").json() == {
        "organisation": "norholt",
        "title": "Norholt",
        "role": "security-manager",
        "units": [],
        "journal": str(head_of(cast.exporter_line)),
    }


def test_the_journal_is_read_newest_first_and_by_key(program: Caller, outsider: Caller, cast: Cast) -> None:
    program.call("PUT", "/facts/certificates/cert-1", CERTIFICATE)
    found = program.call("GET", "/journal?section=certificates&key=cert-1").json()
    assert (found["count"], found["entries"][0]["factual"]["holder"]) == (1, "h1")
    assert program.call("GET", "/journal?size=1").json()["entries"][0]["seq"] == head_of(cast.exporter_line).seq
    assert outsider.call("GET", "/journal?section=certificates").json()["count"] == 0


def test_a_file_is_uploaded_named_by_evidence_and_read_back(program: Caller, outsider: Caller, cast: Cast) -> None:
    content = b"%PDF-1.7 log"
    posted = program.client.post(f"{BASE}/files", {"file": SimpleUploadedFile("log.pdf", content)})
    file = posted.json()
    assert posted.status_code == 200
    assert program.call("GET", f"/files/{file['sha256']}").status_code == 404
    assert program.call("PUT", "/facts/evidence/e-2", to_plain(evidence("e-2")) | {"file": file}).status_code == 200
    answer = program.call("GET", f"/files/{file['sha256']}")
    assert b"".join(answer.streaming_content) == content
    assert outsider.call("GET", f"/files/{file['sha256']}").status_code == 404
    refused = program.client.post(f"{BASE}/files", {"file": SimpleUploadedFile("log.pdf", b"<html>")})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "file-kind")


def test_a_list_costs_the_same_statements_whatever_its_length(
    cast: Cast, program: Caller, django_assert_num_queries: Any
) -> None:
    program.call("GET", "/facts/units")
    for section in SECTIONS:
        with django_assert_num_queries(4):  # the token, its sites, the head for the list, the head for the facts
            program.call("GET", f"/facts/{section}")
