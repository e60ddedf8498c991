"""The API of judgements: the same answers as the pages, for whom the token speaks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from safeconduct.facts.answers import assessment_form
from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.queries import head_of
from safeconduct.server.organisation.actions import issue_token
from safeconduct.server.posture.queries import overview_of
from tests.server.cast import TODAY, Cast

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = [
    "/assessment",
    "/programmes/ctpat",
    "/requirements",
    "/requirements/ctpat/us-ctpat/9.2/at/ein",
    "/gaps",
    "/next",
    "/catalogue/programmes",
    "/catalogue/requirements/us-ctpat/9.2",
    "/catalogue/controls/cctv",
]


@pytest.fixture
def ask(staged: Cast) -> Callable[..., Any]:
    """Asks the API as a program of the exporter: ask("/next", role=Role.SITE_MANAGER, units=["rtm"])."""

    def asked(path: str, *, role: Role = Role.AUDITOR, units: tuple[str, ...] = (), status: int = 200) -> Any:
        viewer = staged.viewer("anna")
        token = issue_token(viewer, title="Reader", role=role, expires=date(2027, 1, 1), units=units)
        answered = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        assert answered.status_code == status, answered.content
        return answered.json()

    return asked


def test_without_a_token_nothing_is_told(staged: Cast) -> None:
    for path in CALLS:
        answered = Client().get(f"/api/v1{path}")
        assert answered.status_code == 401, path
        assert answered["Content-Type"] == "application/problem+json", path


def test_an_outsider_gets_nothing_of_the_exporter_and_changes_nothing(staged: Cast) -> None:
    token = issue_token(staged.viewer("olga"), title="Reader", role=Role.ADMINISTRATOR, expires=date(2027, 1, 1))
    before = head_of(staged.exporter_line)
    for path in CALLS:
        answered = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        hidden = "ctpat" in path and "catalogue" not in path
        assert answered.status_code == (404 if hidden else 200), path
        assert "IMP-1" not in answered.content.decode(), path
        assert "Haulier" not in answered.content.decode(), path
    assert head_of(staged.exporter_line) == before


def test_the_assessment_is_what_the_core_says(staged: Cast, ask: Callable[..., Any]) -> None:
    told = ask("/assessment?criteria=true")
    assert told.pop("journal") == str(head_of(staged.exporter_line))
    assert told == assessment_form(overview_of(staged.viewer("sven"), TODAY).assessment)


def test_a_row_is_told_with_its_tree_on_any_day(ask: Callable[..., Any]) -> None:
    path = "/requirements/ctpat/us-ctpat/3.4/at/nl"
    before, after = ask(f"{path}?as_of=2026-06-30"), ask(f"{path}?as_of=2026-07-01")
    assert (before["standing"], after["standing"]) == ("MET", "UNMET")
    assert after["finding"]["because"][0]["because"][0]["kind"] == "member"
    assert after["finding"]["day"] == "2026-07-01"


def test_rows_are_filtered_and_paged(ask: Callable[..., Any]) -> None:
    found = ask("/requirements?enrolment=ctpat&standing=UNKNOWN&counts=true")
    assert [(one["requirement"], one["unit"]) for one in found["items"]] == [("us-ctpat/9.2", "ein")]
    assert "finding" not in found["items"][0]
    page = ask("/requirements?start=1&size=2")
    assert (page["count"], page["start"], len(page["items"])) == (10, 1, 2)


def test_gaps_and_next_tell_what_is_missing_and_what_mends_most(ask: Callable[..., Any]) -> None:
    gaps = ask("/gaps?enrolment=ctpat")["items"]
    assert [(gap["row"]["requirement"], gap["finding"]["code"]) for gap in gaps] == [
        ("us-ctpat/3.4", "certificate-expired"),
        ("us-ctpat/9.2", "claimed"),
    ]
    actions = ask("/next?enrolment=ctpat")["items"]
    assert [action["closes"] for action in actions] == [["us-ctpat/9.2 at ein"], ["us-ctpat/3.4 at nl"]]


def test_a_site_manager_s_token_sees_the_own_site(ask: Callable[..., Any]) -> None:
    rows = ask("/requirements", role=Role.SITE_MANAGER, units=("rtm",))["items"]
    assert {row["unit"] for row in rows} == {"rtm"}
    path = "/requirements/ctpat/us-ctpat/9.2/at/ein"
    assert ask(path, role=Role.SITE_MANAGER, units=("rtm",), status=404)["title"] == "Not Found"


def test_the_catalogue_is_told_with_its_sources(ask: Callable[..., Any]) -> None:
    assert ask("/catalogue/requirements/us-ctpat/9.2")["source"]["document"] == "A document"
    assert [use["row"] for use in ask("/catalogue/controls/cctv")["asked by"]] == [
        "us-ctpat/9.2",
        "us-ctpat/9.8",
        "eu-aeo/29",
    ]
    assert [one["id"] for one in ask("/catalogue/programmes")] == ["us-ctpat/2020", "eu-aeo/2016"]


def test_tables_of_the_catalogue_are_told_row_by_row(ask: Callable[..., Any]) -> None:
    found = {one["key"]: one for one in ask("/catalogue/identifiers")}
    assert (found["lei"]["checked"], found["lei"]["refused when it does not fit"]) == ("check-digit", "yes")
    assert (found["tin"]["checked"], found["tin"]["refused when it does not fit"]) == ("form", "no")
    assert found["load-site"]["source"]["document"] == "A document"
    assert ask("/catalogue/entries/lei") == found["lei"]
    assert ask("/catalogue/entries/us-ctpat/9.2") == ask("/catalogue/requirements/us-ctpat/9.2")
    assert [ask(f"/catalogue/{table}") for table in ("recognition", "equivalences", "checklists")] == [[], [], []]


@pytest.mark.parametrize(
    "path",
    ["/catalogue/requirements/us-ctpat/99", "/catalogue/controls/cctx", "/catalogue/entries/no", "/programmes/no"],
)
def test_what_is_not_there_is_a_problem_in_words(ask: Callable[..., Any], path: str) -> None:
    told = ask(path, status=404)
    assert told["status"] == 404
    assert told["detail"]


def test_a_day_that_is_no_day_is_refused(ask: Callable[..., Any]) -> None:
    told = ask("/assessment?as_of=yesterday", status=422)
    assert told["errors"][0]["field"] == "as_of"
