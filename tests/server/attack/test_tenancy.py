"""Whoever belongs to another organisation finds nothing, at any address: no page, no call, no file, no hint."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import to_plain
from safeconduct.server.accounts.queries import tokens_of
from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.queries import facts_of, head_of
from safeconduct.server.organisation.actions import issue_token
from tests.server.api.test_facts import BASE, LAST_DAY, Caller, caller
from tests.server.attack.stage import (
    DRAFT,
    NEEDS_MORE,
    ROW,
    SECRET,
    SHARED,
    addresses,
    key_of,
    one_of_each,
    operations,
    own_addresses,
    record_one_of_each,
)
from tests.server.cast import Cast
from tests.server.own_programmes.stage import KEY


@pytest.fixture
def attacked(staged: Cast) -> dict[str, list[dict[str, str]]]:
    """What the addresses of pages take of the exporter's own."""
    return own_addresses(staged, record_one_of_each(staged))


@pytest.fixture
def olga(staged: Cast) -> Client:
    """The administrator of the other organisation."""
    return staged.client("olga")


def bodies() -> dict[str, str]:
    """What a form may be sent: the words that other forms of the product ask for."""
    return {"why": "x", "units": "depot", "role": "auditor", "of": "nl", "title": "taken", "at": "depot"}


def test_nothing_of_another_organisation_is_found_at_any_address(
    staged: Cast, olga: Client, attacked: dict[str, list[dict[str, str]]]
) -> None:
    before, head = facts_of(staged.exporter_line), head_of(staged.exporter_line)
    told = []
    for name, cases in attacked.items():
        for case in cases:
            url = reverse(name, kwargs=case)
            for method in ("get", "post"):
                answer = getattr(olga, method)(url, bodies() if method == "post" else None)
                if answer.status_code not in ((404,) if method == "get" else (404, 405)):
                    told.append(f"{answer.status_code} {method} {url}")
                assert SECRET.encode() not in answer.content, url
    assert [one for one in told if not one.startswith("405")] == []
    assert (facts_of(staged.exporter_line), head_of(staged.exporter_line)) == (before, head)


def test_the_exporter_itself_finds_each_of_them(staged: Cast, attacked: dict[str, list[dict[str, str]]]) -> None:
    """Otherwise the test above would find nothing for another reason."""
    anna = staged.client("anna")
    for name, cases in attacked.items():
        for case in cases if name not in NEEDS_MORE else ():
            answer = anna.get(reverse(name, kwargs=case))
            b"".join(answer)
            assert answer.status_code in (200, 302, 405), (name, case)


QUERIES = (
    f"q={SECRET[:-2].lower()}",
    f"key={key_of('in_place')}",
    "control=cctv&at=depot&record=" + key_of("in_place"),
    f"at=depot&of={key_of('in_place')}&partner=only-partner&holder=only-partner&mends={key_of('findings')}",
    f"enrolment={key_of('enrolments')}&sites=depot&units=depot&site=depot",
    "p=ctpat&programme=us-ctpat/2020&as=csv",
)


def test_lists_forms_and_searches_of_another_organisation_name_nothing(
    staged: Cast, olga: Client, attacked: dict[str, list[dict[str, str]]]
) -> None:
    urls = [reverse(one.name, kwargs=SHARED.get(one.name)) for one in addresses() if one.name not in attacked]
    urls += [reverse(f"registers:{page}", args=[section]) for section in FACT_KINDS for page in ("section", "new")]
    for url in urls:
        for query in ("", *QUERIES):
            answer = olga.get(f"{url}?{query}")
            assert answer.status_code in (200, 302, 404, 405, 422), f"{answer.status_code} {url}?{query}"
            assert SECRET.encode() not in b"".join(answer), f"{url}?{query}"


def filled(path: str, digest: str) -> str:
    """A path of the API with what it takes of the exporter's own."""
    section = path.split("/")[4] if "/facts/" in path else ""
    names = {"key": key_of(section) if section else ROW, "sha256": digest, "unit": "depot", "requirement": ROW}
    names |= {"programme": KEY if "{edition}" in path else DRAFT, "edition": "2026"}
    for name, value in (names | {"enrolment": key_of("enrolments"), "risk": key_of("risks")}).items():
        path = path.replace("{" + name + "}", value)
    return path.removeprefix(BASE)


OF_THE_CATALOGUE = "/api/v1/catalogue/"


def test_no_call_of_the_api_gives_or_changes_anything_of_another_organisation(staged: Cast) -> None:
    digest = record_one_of_each(staged)
    before, head = facts_of(staged.exporter_line), head_of(staged.exporter_line)
    outsider, records = caller(staged.viewer("olga"), Role.ADMINISTRATOR), dict(_by_path())
    calls = [one for one in operations() if not one[1].startswith(OF_THE_CATALOGUE)]
    for method, path in sorted(calls, key=lambda call: call[0] == "PUT"):  # what it puts becomes its own
        url = filled(path, digest)
        body = to_plain(records[url]) if url in records else {}
        answer = outsider.call(method, url + ("?why=x" if method == "DELETE" else ""), body)
        said = b"".join(answer)
        if "{" in path and method in ("GET", "DELETE"):
            assert answer.status_code == 404, f"{answer.status_code} {method} {url}"
        if method != "PUT":
            assert SECRET.encode() not in said, f"{method} {url}"
    assert (facts_of(staged.exporter_line), head_of(staged.exporter_line)) == (before, head)


def _by_path() -> list[tuple[str, Any]]:
    return [(f"/facts/{section_of(one)}/{one.key}", one) for one in one_of_each()]


def test_a_key_of_another_organisation_is_refused_in_the_words_for_one_that_never_was(staged: Cast) -> None:
    """Whether somebody else has a record cannot be told from how its key is refused."""
    record_one_of_each(staged)
    outsider = caller(staged.viewer("olga"), Role.ADMINISTRATOR)
    for section, field, body in NAMING:
        told = []
        for key in (field, "x" * len(field)):
            sent = {name: key if value == "?" else value for name, value in body.items()}
            answer = outsider.call("PUT", f"/facts/{section}/new", sent)
            told.append((answer.status_code, answer.content.decode().replace(key, "?")))
        assert told[0] == told[1], section
        assert told[0][0] == 422, section


SPAN = {"from": "2025-01-01", "to": "2026-01-01"}
NAMING: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("evidence", key_of("in_place"), {"of": "?", "shows": ["design"], **SPAN}),
    ("done", "only-drill", {"of": "?", "on": "2026-01-01"}),
    ("certificates", "only-partner", {"holder": "?", "scheme": "eu-aeos", "from": "2025-01-01"}),
    ("in_place", "depot", {"control": "cctv", "at": "?", "since": "2025-01-01"}),
    ("corrective_actions", key_of("findings"), {"mends": "?", "opened": "2026-01-01", "due": "2026-02-01"}),
    ("partners", "firm", {"of": "?", "title": "x"}),
)


def test_a_file_of_another_organisation_cannot_be_named_as_evidence(staged: Cast) -> None:
    digest = record_one_of_each(staged)
    outsider = caller(staged.viewer("olga"), Role.ADMINISTRATOR)
    file = {"name": "x.txt", "sha256": digest, "size": len(SECRET), "media": "text/plain"}
    evidence = {"of": "c-cctv-rtm", "shows": ["design"], **SPAN, "file": file}
    answer = outsider.call("PUT", "/facts/evidence/e-9", evidence)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "file-not-uploaded")


def test_a_chosen_organisation_is_one_of_the_own(staged: Cast, olga: Client) -> None:
    assert olga.post("/enter-organisation/", {"organisation": "norholt"}).status_code == 404
    session = olga.session
    session["organisation"] = "norholt"  # even a session that names it opens nothing
    session.save()
    answer = olga.get("/sites/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/choose-organisation/")


def test_a_token_of_another_organisation_cannot_be_taken_back_or_read(staged: Cast, olga: Client) -> None:
    text = issue_token(staged.viewer("anna"), title="Gate", role=Role.AUDITOR, expires=LAST_DAY)
    (token,) = tokens_of(staged.viewer("anna"))
    assert olga.post(reverse("accounts:revoke-token", args=[token.key])).status_code == 404
    assert Caller(text).call("GET", "/organisation").status_code == 200
