"""Programmes side by side by the API: the same answers as the core, for whom the token speaks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from safeconduct.core.criteria.choosing import read_selections
from safeconduct.core.criteria.compare import compare
from safeconduct.core.criteria.statements import criteria
from safeconduct.facts.criteria_answers import comparison_form, criteria_form
from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.queries import head_of
from safeconduct.server.organisation.actions import issue_token
from tests.server.cast import TODAY, Cast
from tests.server.posture.side_stage import CHOSEN, SIDE_STAGE, WITH_LAW

if TYPE_CHECKING:
    from collections.abc import Callable

EU_TO_US = "held=eu-aeo@aeos&wanted=us-ctpat:importer"
CALLS = [f"/criteria?{CHOSEN}", f"/compare?{EU_TO_US}"]


@pytest.fixture
def ask(side: Cast) -> Callable[..., Any]:
    """Asks the API as a program of somebody: ask("/criteria", of="olga", units=["rtm"])."""

    def asked(
        path: str, *, of: str = "anna", role: Role = Role.AUDITOR, units: tuple[str, ...] = (), status: int = 200
    ) -> Any:
        token = issue_token(side.viewer(of), title="Reader", role=role, expires=date(2027, 1, 1), units=units)
        answered = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        assert answered.status_code == status, answered.content
        return answered.json()

    return asked


def by_control(told: Any) -> dict[str, Any]:
    return {one["control"]: one for one in told["statements"]}


def test_without_a_token_nothing_is_told(side: Cast) -> None:
    for path in CALLS:
        assert Client().get(f"/api/v1{path}").status_code == 401, path


def test_criteria_are_what_the_core_says_and_where_it_stands(side: Cast, ask: Callable[..., Any]) -> None:
    told = ask(f"/criteria?{CHOSEN}")
    chosen = read_selections(SIDE_STAGE, ["us-ctpat", "eu-aeo"], TODAY)
    general = criteria_form(SIDE_STAGE, chosen, criteria(SIDE_STAGE, chosen, TODAY))
    assert told["journal"] == str(head_of(side.exporter_line))
    assert told["programmes"] == general["programmes"]
    for told_one, one in zip(told["statements"], general["statements"], strict=True):
        assert {key: told_one[key] for key in one} == one
    places = by_control(told)["guarding"]["places"]
    assert {place["unit"]: place["standing"] for place in places} == {"ein": "UNKNOWN", "rtm": "UNKNOWN"}
    assert "finding" not in places[0]
    assert "finding" in by_control(ask(f"/criteria?{CHOSEN}&because=true"))["guarding"]["places"][0]


def test_those_followed_are_joined_where_none_is_named(ask: Callable[..., Any]) -> None:
    assert [one["written"] for one in ask("/criteria")["programmes"]] == [
        "eu-aeo/2016:importer@aeos",
        "us-ctpat/2020:importer",
    ]


def test_a_clash_with_a_law_is_named(ask: Callable[..., Any]) -> None:
    told = ask(f"/criteria?{WITH_LAW}")
    guarding = by_control(told)["guarding"]
    assert (told["conflicts"], ask(f"/criteria?{CHOSEN}")["conflicts"]) == (1, 0)
    assert guarding["conflicts"] == ["One programme asks for more than another allows."]
    assert [part["bound_by"] for part in guarding["asks"] if part["limit"]] == [["privacy/1"]]


def test_role_level_kind_and_obligation_narrow(ask: Callable[..., Any]) -> None:
    assert "bond" in by_control(ask("/criteria?programme=us-ctpat&role=carrier"))
    assert "bond" not in by_control(ask("/criteria?programme=us-ctpat&role=importer"))
    assert "seal-fitting" not in by_control(ask("/criteria?programme=eu-aeo&variant=aeoc"))
    placed = by_control(ask("/criteria?programme=us-ctpat&site_kind=stuffs-containers"))
    assert placed["seal-fitting"]["asks"][0]["where"] == ""
    assert "guarding" in by_control(ask("/criteria?programme=us-ctpat&should=true"))
    assert "guarding" not in by_control(ask("/criteria?programme=us-ctpat"))


def test_compare_is_what_the_core_says_and_what_it_costs_here(ask: Callable[..., Any]) -> None:
    told = ask(f"/compare?{EU_TO_US}")
    held, wanted = (read_selections(SIDE_STAGE, [one], TODAY) for one in ("eu-aeo@aeos", "us-ctpat:importer"))
    general = comparison_form(SIDE_STAGE, held, wanted[0], compare(SIDE_STAGE, held, wanted[0], TODAY))
    assert {key: told[key] for key in general} == general
    assert (told["covered"], told["partly"], told["new"], told["unknown"]) == (1, 1, 1, ["us-ctpat/5.9"])
    assert told["wanted"]["complete"] is False
    assert (told["here"]["entity"], told["here"]["musts"]) == ("nl", 3)


def test_a_role_narrows_what_is_held_and_what_is_wanted(ask: Callable[..., Any]) -> None:
    told = ask("/compare?held=eu-aeo&wanted=us-ctpat&role=carrier")
    assert (told["held"][0]["roles"], told["wanted"]["roles"]) == (["carrier"], ["carrier"])
    assert told["unknown"] == []


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/criteria?programme=us-ctpad", 422, "us-ctpat"),
        ("/criteria?programme=us-ctpat&role=pilot", 422, "pilot"),
        ("/criteria?site_kind=moon", 404, "moon"),
        ("/criteria?entity=moon", 404, "moon"),
        ("/compare?held=eu-aeo&wanted=nothing", 422, "nothing"),
        ("/compare?held=eu-aex&wanted=us-ctpax", 422, "2 things are refused"),
        (f"/compare?{EU_TO_US}&entity=moon", 404, "moon"),
        ("/compare?held=eu-aeo", 422, "wanted"),
    ],
)
def test_what_is_not_there_is_refused_in_words(ask: Callable[..., Any], path: str, status: int, said: str) -> None:
    told = ask(path, status=status)
    assert said in str(told)


def test_a_site_manager_s_token_sees_the_own_site(ask: Callable[..., Any]) -> None:
    for path in CALLS:
        told = str(ask(path, role=Role.SITE_MANAGER, units=("rtm",)))
        assert "rtm" in told, path
        assert "ein" not in told.replace("being", ""), path


def test_another_organisation_is_judged_by_its_own_facts(side: Cast, ask: Callable[..., Any]) -> None:
    before = head_of(side.exporter_line)
    for path in CALLS:
        told = ask(path, of="olga")
        assert told["journal"] == str(head_of(side.outside_line)), path
        assert told["journal"] != str(before), path
    assert ask(f"/compare?{EU_TO_US}", of="olga")["here"]["sites"] == ["ein", "rtm"]
    assert ask("/criteria", of="olga")["programmes"] == []
    assert head_of(side.exporter_line) == before
