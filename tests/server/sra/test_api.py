"""Judged risks by the API: the same numbers as the core, for whom the token speaks, and nothing for a site manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import safeconduct
from safeconduct.facts import risk_answers as answers
from safeconduct.server.accounts.queries import command_line_viewer
from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.actions import found_organisation
from safeconduct.server.journal.queries import head_of
from tests.server.api.test_facts import Caller, caller
from tests.server.sra.stage import JUNE, SEPTEMBER, world

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
CALLS = ("/risks", "/risks/r-vehicle-yard", "/loss-of-a-year", "/control-worth", "/objective-progress")


@pytest.fixture
def auditor(staged: Viewer) -> Caller:
    """A program that reads all of the organisation."""
    return caller(staged, Role.AUDITOR)


def told(program: Caller, path: str, status: int = 200) -> Any:
    """What a call answers."""
    answer = program.call("GET", path)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_register_is_what_the_core_says(auditor: Caller, staged: Viewer) -> None:
    judged = safeconduct.risks(world(), as_of=JUNE)
    found = told(auditor, "/risks")
    assert (found["journal"], found["day"], found["count"]) == (str(head_of(staged)), "2026-06-01", 4)
    assert {key: found[key] for key in answers.risks_form(judged)} == answers.risks_form(judged)
    assert [one["risk"] for one in told(auditor, "/risks?start=1&size=1")["risks"]] == [found["risks"][1]["risk"]]
    assert {one["at"] for one in told(auditor, "/risks?at=shed")["risks"]} == {"shed"}


def test_one_risk_tells_why_and_rises_on_a_later_day(auditor: Caller) -> None:
    june = told(auditor, "/risks/r-vehicle-yard")
    later = told(auditor, f"/risks/r-vehicle-yard?as_of={SEPTEMBER}")
    judged = safeconduct.risks(world(), as_of=SEPTEMBER)
    form = answers.risk_form(judged, judged.risk("r-vehicle-yard"))
    assert {key: later[key] for key in form} == form
    assert later["current"]["events_a_year"] > june["current"]["events_a_year"]
    assert "evidence-lapsed" in str(later["finding"])


def test_the_year_is_the_exact_one_at_every_level(auditor: Caller) -> None:
    levels = told(auditor, "/loss-of-a-year")["levels"]
    for of, found in levels.items():
        year = safeconduct.loss_of_a_year(world(), as_of=JUNE, of=of).year
        assert found["mean"] == year.mean
        assert found["quantiles"][2]["value_at_risk"] == year.quantile(0.99)
        assert found["exceedance"] == [{"loss": loss, "chance": chance} for loss, chance in year.curve()]
    assert set(levels) == {"inherent", "current", "best", "target"}
    assert [of for of, found in levels.items() if "contributions" in found] == ["current"]
    yard = told(auditor, "/loss-of-a-year?at=yard")["levels"]["current"]
    assert yard == told(auditor, "/loss-of-a-year?risk=r-vehicle-yard")["levels"]["current"]
    assert yard["mean"] < levels["current"]["mean"]


def test_controls_are_worth_what_the_core_says(auditor: Caller) -> None:
    (found,) = told(auditor, "/control-worth")["worth"]
    (gate,) = safeconduct.worth(world(), as_of=JUNE)
    assert (found["control"], found["risks"], found["planned"]) == (gate.control, list(gate.risks), False)
    assert (found["mean"], found["tail"]) == pytest.approx((gate.mean, gate.tail))
    missing = told(auditor, "/control-worth?candidates=true&size=1000")
    assert missing["count"] == len(safeconduct.worth(world(), as_of=JUNE, candidates=True))
    assert [one["control"] for one in missing["worth"] if one["planned"]] == ["key-control"]


def test_objectives_are_told(auditor: Caller) -> None:
    assert told(auditor, "/objective-progress")["objectives"] == []


@pytest.mark.parametrize("path", CALLS)
def test_a_site_manager_s_token_finds_nothing(staged: Viewer, path: str) -> None:
    assert told(caller(staged, Role.SITE_MANAGER, ("yard",)), path, 404)["status"] == 404


@pytest.mark.parametrize("path", CALLS)
def test_without_a_token_nothing_is_told(staged: Viewer, path: str) -> None:
    assert Client().get(f"/api/v1{path}").status_code == 401


def test_another_organisation_has_no_such_risk(staged: Viewer) -> None:
    other = caller(command_line_viewer(found_organisation("other", title="Other")), Role.AUDITOR)
    told(other, "/risks/r-vehicle-yard", 404)
    told(other, "/risks?assessment=sra", 404)
    assert told(other, "/risks", 422)["errors"][0]["code"] == "no-risk-assessment"


@pytest.mark.parametrize(
    "path",
    [
        "/risks/r-nothing",
        "/risks?assessment=nothing",
        "/risks?at=nowhere",
        "/loss-of-a-year?risk=r-nothing",
        "/control-worth?assessment=nothing",
    ],
)
def test_what_is_not_there_is_not_found(auditor: Caller, path: str) -> None:
    assert told(auditor, path, 404)["status"] == 404


def test_before_any_assessment_it_is_refused_with_what_to_do(auditor: Caller) -> None:
    refused = told(auditor, "/risks?as_of=2020-01-01", 422)["errors"][0]
    assert refused["code"] == "no-risk-assessment"
    assert refused["do"]


def test_what_is_asked_again_takes_the_same_few_statements(auditor: Caller) -> None:
    for path in CALLS:
        told(auditor, path)
        with CaptureQueriesContext(connection) as asked:
            told(auditor, path)
        assert len(asked) <= 8, (path, len(asked))
