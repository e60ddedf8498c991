"""Somebody works at the database itself: the check says where, and every page still answers in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from safeconduct.server.journal.currency import forget_everything
from safeconduct.server.journal.queries import head_of
from safeconduct.server.journal.verification import verify
from tests.server.api.test_facts import caller
from tests.server.attack.stage import judging, pages, record_one_of_each
from tests.server.cast import Cast

WHERE = "WHERE organisation_id = %s"

type Damage = tuple[str, tuple[Any, ...], str]
"""A statement, what it is given besides the organisation, and what the check says then."""


def entry(change: str, *given: Any, says: str = "Entry 9 was changed") -> Damage:
    return " ".join(("UPDATE journal_journalentry SET", change, WHERE, "AND seq = 9")), given, says


def row(table: str, change: str, *given: Any, says: str) -> Damage:
    return " ".join(("UPDATE", table, "SET", change, WHERE)), given, says


def gone(table: str, *more: str, says: str) -> Damage:
    return " ".join(("DELETE FROM", table, WHERE, *more)), (), says


JOURNAL: dict[str, Damage] = {
    "facts that are no JSON": entry("factual = %s", "{no"),
    "facts of another form": entry("factual = %s", "[]"),
    "other facts": entry("factual = %s", '{"a": 1}'),
    "persons that are no JSON": entry("personal = %s", "nope"),
    "other persons": entry("personal = %s", '{"owner": "Eve"}'),
    "persons without an erasure": entry("personal = NULL", says="Entry 9 lost its personal part"),
    "another salt": entry("factual_salt = %s", "00" * 16),
    "no salt": entry("factual_salt = %s", "zz"),
    "salts of each other": entry("factual_salt = personal_salt, personal_salt = factual_salt"),
    "another kind": entry("section = %s", "nowhere"),
    "another actor": entry("actor = %s", "eve"),
    "another form": entry("version = 0"),
    "a later form": entry("version = 99"),
    "another moment": entry("at = %s", "2020-01-01 00:00:00+00:00"),
    "one deleted": gone("journal_journalentry", "AND seq = 9", says="Entry 9 is missing"),
    "two in the other order": entry("seq = 900", says="Entry 9 is missing"),
    "the tail cut off": gone("journal_journalentry", "AND seq > 9", says="the last entry is 9"),
    "all deleted": gone("journal_journalentry", says="the last entry is 0"),
    "another head": row("journal_journalhead", "seq = 3, hash = %s", "0" * 64, says="The head says 3"),
}  # fmt: skip
ROWS: dict[str, Damage] = {
    "a row changed": row("partners_partnerrow", "title = %s", "Eve", says="Partner 'h1' is not what the journal says"),
    "a row renamed": row("controls_evidencerow", "key = 'eve-' || key", says="Evidence 'e-1' is not"),
    "rows deleted": gone("controls_controlinplacerow", says="Control in place 'c-cctv-ein' is not"),
    "a unit of nothing": row("organisation_unitrow", "in_unit = 'nowhere'", says="Unit 'depot' is not"),
    "a control that is none": row("controls_controlinplacerow", "control = 'gone'", says="'c-cctv-ein' is not"),
    "an edition that is none": row("programmes_enrolmentrow", "edition = 'no/1'", says="Enrolment 'aeo' is not"),
    "a requirement that is none": row("programmes_answerrow", "requirement = 'no/1'", says="'only-answers' is not"),
}  # fmt: skip
UNREADABLE: dict[str, Damage] = {
    "a word that is none": row("organisation_unitrow", "kind = 'castle'", says="Unit: a row cannot be read"),
    "a list that is none": row("partners_partnerrow", "roles = %s", '"x"', says="Partner: a row cannot be read"),
    "evidence of magic": row("controls_evidencerow", "shows = %s", '["magic"]', says="Evidence: a row cannot be read"),
    "the head deleted": gone("journal_journalhead", says="The journal has no head"),
}


def damage(cast: Cast, how: Damage) -> str:
    """Change the database behind the journal's back, as its owner may; what the check is to say of it."""
    statement, given, says = how
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, cast.exporter.pk])
    forget_everything()
    return says


@pytest.fixture
def stage(staged: Cast) -> tuple[Cast, Client, list[str]]:
    """The stage, the administrator's browser, and every page that judges."""
    digest = record_one_of_each(staged)
    client = staged.client("anna")
    client.raise_request_exception = False
    return staged, client, judging(pages(staged, digest))


def statuses(client: Client, urls: list[str]) -> dict[int, str]:
    """Every status there is, with the last page that answered so."""
    found = {}
    for url in urls:
        answer = client.get(url)
        b"".join(answer)
        found[answer.status_code] = url
    return found


@pytest.mark.parametrize("name", [*JOURNAL, *ROWS])
def test_what_was_changed_is_said_and_no_page_breaks(name: str, stage: tuple[Cast, Client, list[str]]) -> None:
    cast, anna, urls = stage
    says = damage(cast, (JOURNAL | ROWS)[name])
    problems = "\n".join(verify(cast.exporter_line).problems)
    assert says in problems
    page = anna.get("/journal/verify/").content.decode()
    assert "The journal does not hold." in page
    found = statuses(anna, [*urls, "/journal/9/", "/journal/9/then/", "/journal/?q=x", "/journal/?as=csv"])
    then = {500} if name in JOURNAL else set()  # what was known with an entry that cannot be read is not guessed
    assert {status for status in found if status not in (200, 302, 404, 405)} <= then, found
    if 500 in found:
        assert found[500].endswith("/then/")
        assert "An entry of the journal cannot be read" in anna.get(found[500]).content.decode()


@pytest.mark.parametrize("name", UNREADABLE)
def test_where_nothing_can_be_read_every_page_says_so_and_the_check_still_works(
    name: str, stage: tuple[Cast, Client, list[str]]
) -> None:
    cast, anna, urls = stage
    program = caller(cast.viewer("anna"))
    says = damage(cast, UNREADABLE[name])
    for url in urls:
        answer = anna.get(url)
        b"".join(answer)
        if answer.status_code == 500:
            said = answer.content.decode()
            assert "What is stored cannot be read." in said, url
            assert "safeconduct journal verify" in said, url
    assert anna.get("/").status_code == 500
    checked = anna.get("/journal/verify/")
    assert (checked.status_code, says in checked.content.decode()) == (200, True)
    told = program.call("GET", "/facts/units")
    assert (told.status_code, told["Content-Type"]) == (500, "application/problem+json")
    assert "journal verify" in told.json()["detail"]
    assert cast.client("olga").get("/").status_code == 200  # others go on


def test_nothing_is_recorded_onto_damage(stage: tuple[Cast, Client, list[str]]) -> None:
    cast, anna, _ = stage
    head = head_of(cast.exporter_line)
    damage(cast, UNREADABLE["a word that is none"])
    assert anna.post("/registers/partners/new/", {"of": "nl", "title": "Haulier 9"}).status_code == 500
    assert head_of(cast.exporter_line) == head


def test_one_page_of_a_row_that_names_what_is_not_there_says_so(stage: tuple[Cast, Client, list[str]]) -> None:
    cast, anna, _ = stage
    damage(cast, ROWS["a control that is none"])
    page = anna.get("/controls/in-place/only-in-place/").content.decode()
    assert "gone" in page
