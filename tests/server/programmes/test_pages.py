"""Enrolling, answering, deciding and confirming rows."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from safeconduct.core.assess import assess
from safeconduct.core.records.decisions import AcceptedBy, Alternative
from safeconduct.core.records.needs import AnyNeed, Bound, ControlNeed, Op
from safeconduct.core.records.units import TradeFlow
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.journal.currency import judged
from safeconduct.server.journal.queries import head_of
from safeconduct.server.journal.reading import seen, seen_one
from tests.server.cast import TODAY, Cast
from tests.server.proving import PROVING_CATALOGUE, proving_facts

if TYPE_CHECKING:
    from time_machine import TimeMachineFixture

pytestmark = pytest.mark.django_db

ROW = "/programmes/pg/proving/{name}/at/nl/{deed}/"


@pytest.fixture(autouse=True)
def today(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(TODAY)


@pytest.fixture
def ground(cast: Cast) -> Cast:
    """The exporter on the proving ground."""
    use(PROVING_CATALOGUE)
    store_all(cast.exporter_line, proving_facts(TODAY), deed="record")
    return cast


def url(name: str, deed: str) -> str:
    return ROW.format(name=name, deed=deed)


def row(cast: Cast, name: str) -> Any:
    return judged(cast.exporter_line, TODAY, assess).programme("pg").row(f"proving/{name}", "nl")


def test_enrolling_takes_roles_own_sites_flows_owner_and_confirmation_day(ground: Cast) -> None:
    client = ground.client("sven")
    address = "/programmes/enrol/?entity=nl&edition=us-ctpat/2020"
    shown = client.get(address).content.decode()
    assert "2 requirements wait to be identified." in shown
    data = {
        "roles": ["importer"],
        "sites": ["rtm"],
        "flows-lines": "1",
        "flows-0-from": "NL, DE",
        "flows-0-to": "US",
        "flows-0-mode": "sea",
        "since": "2026-11-24",
        "owner": "Sven",
        "confirm_by": "2027-02-24",
    }
    assert client.post(address, data).status_code == 302
    enrolment = seen_one(ground.viewer("sven"), "enrolments", "nl-us-ctpat")
    assert (enrolment.roles, enrolment.sites, enrolment.owner) == (("importer",), ("rtm",), "Sven")
    assert enrolment.flows == (TradeFlow(from_=("NL", "DE"), to=("US",), mode=("sea",)),)
    assert enrolment.confirm_by == date(2027, 2, 24)


def test_enrolling_first_asks_which_entity_in_which_edition(ground: Cast) -> None:
    shown = ground.client("sven").get("/programmes/enrol/").content.decode()
    assert "Which legal entity, in which programme?" in shown
    assert "CTPAT, 2020" in shown
    assert ground.client("sven").get("/programmes/enrol/?entity=nl&edition=nothing").status_code == 200


def test_an_answer_is_confirmed_and_renewed_as_the_same_fact(ground: Cast) -> None:
    client, viewer = ground.client("sven"), ground.viewer("sven")
    given = {"text": "At once", "confirmed_by": "Sven", "confirmed_on": "2026-11-01", "due": "2026-11-20"}
    client.post(url("answer", "answer"), given)
    assert row(ground, "answer").finding.code == "confirmation-due"
    (answer,) = seen(viewer, "answers")
    shown = client.get(url("answer", "answer")).content.decode()
    assert "Confirm our answer." in shown
    assert 'value="2026-11-24"' in shown
    client.post(url("answer", "answer"), given | {"confirmed_on": "2026-11-24", "due": "2027-11-24"})
    (renewed,) = seen(viewer, "answers")
    assert (renewed.key, renewed.due) == (answer.key, date(2027, 11, 24))
    assert row(ground, "answer").finding.code == "answered"


def test_an_answer_may_be_kept_without_confirmation_for_its_owner_to_write(ground: Cast) -> None:
    data = {"owner": "B. de Wit", "due": "2026-12-24", "confirmed_on": "2026-11-24", "confirmed_by": "Sven"}
    ground.client("sven").post(url("answer", "answer"), data | {"unconfirmed": "1"})
    (answer,) = seen(ground.viewer("sven"), "answers")
    assert (answer.owner, answer.due, answer.confirmed_on, answer.confirmed_by) == (
        "B. de Wit",
        date(2026, 12, 24),
        None,
        "",
    )


def test_a_confirmed_answer_that_says_nothing_is_refused(ground: Cast) -> None:
    answer = ground.client("sven").post(url("answer", "answer"), {"confirmed_on": "2026-11-24", "confirmed_by": "Sven"})
    assert answer.status_code == 422
    assert "The answer is confirmed but says nothing." in answer.content.decode()


def alternative(**more: Any) -> dict[str, Any]:
    given = {"accepted_by": "self", "from": "2026-11-01", "until": "2027-11-01", "why": "The building encloses it"}
    return {**given, "together": "all", "needs-lines": "2", **more}


def test_an_alternative_of_one_control_and_of_one_among_several(ground: Cast) -> None:
    client, viewer = ground.client("sven"), ground.viewer("sven")
    client.post(url("certificate", "alternative"), alternative(**{"needs-0-value": "cctv"}))
    (one,) = seen(viewer, "alternatives")
    assert one.needs == ControlNeed("cctv")
    assert row(ground, "certificate").finding.code == "alternative-accepted"
    several = alternative(together="any", **{"needs-0-value": "guarding", "needs-1-value": "cctv"})
    client.post(f"{url('certificate', 'alternative')}?record={one.key}", several)
    (changed,) = seen(viewer, "alternatives")
    assert (changed.key, changed.needs) == (one.key, AnyNeed((ControlNeed("guarding"), ControlNeed("cctv"))))


def test_an_alternative_that_says_more_than_the_form_keeps_its_need(ground: Cast) -> None:
    need = ControlNeed("cctv", bounds=(("coverage", Bound(Op.INCLUDES, frozenset({"gates"}))),))
    there = Alternative(
        key="al",
        requirement="proving/certificate",
        at="nl",
        needs=need,
        accepted_by=AcceptedBy.SELF,
        from_=TODAY,
        until=TODAY,
        why="x",
    )
    store(ground.exporter_line, there, deed="accept-alternative")
    ground.client("sven").post(f"{url('certificate', 'alternative')}?record=al", alternative(until="2027-01-01"))
    changed = seen_one(ground.viewer("sven"), "alternatives", "al")
    assert (changed.needs, changed.until) == (need, date(2027, 1, 1))


def test_a_row_is_set_aside_by_a_recorded_decision(ground: Cast) -> None:
    data = {"by": "Sven", "on": "2026-11-24", "why": "We hold no goods"}
    ground.client("sven").post(url("figure", "not-applicable"), data)
    assert row(ground, "figure").finding.code == "recorded-not-applicable"


def test_a_waiver_the_issuer_never_grants_is_refused(ground: Cast) -> None:
    shown = ground.client("sven").get(url("figure", "waive")).content.decode()
    assert "this issuer grants none" in shown
    answer = ground.client("sven").post(url("figure", "waive"), {"endorsed_by": "Issuer", "until": "2027-01-01"})
    assert answer.status_code == 422
    assert "grants no waivers" in answer.content.decode()


def test_a_reason_and_a_judgement_are_recorded_for_the_row(ground: Cast) -> None:
    client, viewer = ground.client("sven"), ground.viewer("sven")
    client.post(url("figure", "reason"), {"by": "Sven", "on": "2026-11-24", "why": "Too small"})
    assert [one.requirement for one in seen(viewer, "reasons")] == ["proving/figure"]
    shown = client.get(url("outcome", "judge")).content.decode()
    assert re.search(r'value="cctv"\s+checked', shown)
    data = {"on": "2026-11-24", "until": "2027-11-24", "by": "Sven", "verdict": "yes", "rests_on": ["cctv"]}
    client.post(url("outcome", "judge"), data)
    assert row(ground, "outcome").finding.code == "judged"


def test_rows_of_a_chapter_are_confirmed_together(ground: Cast) -> None:
    client, address = ground.client("sven"), "/programmes/pg/confirm-rows/?chapter=one"
    assert "1 row waits for somebody to read the original." in client.get(address).content.decode()
    data = {"by": "Sven", "on": "2026-11-24", "document": "Official text", "rows": ["proving/unsure"]}
    assert client.post(address, data | {"rows": []}).status_code == 422
    assert client.post(address, data | {"rows": ["proving/figure"]}).status_code == 422
    assert client.post(address, data).status_code == 302
    (confirmed,) = seen(ground.viewer("sven"), "row_confirmations")
    assert (confirmed.requirement, confirmed.document) == ("proving/unsure", "Official text")
    assert row(ground, "unsure").left_out == ""


def test_one_row_is_confirmed_from_its_page(ground: Cast) -> None:
    data = {"by": "Sven", "on": "2026-11-24", "document": "Official text"}
    assert ground.client("sven").post(url("unsure", "confirm-row"), data).status_code == 302
    assert row(ground, "unsure").left_out == ""


DEEDS = ["answer", "judge", "alternative", "waive", "not-applicable", "reason", "confirm-row"]


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may_not_decide_changes_nothing(deed: str, ground: Cast) -> None:
    heads = head_of(ground.exporter_line), head_of(ground.outside_line)
    data = {"by": "x", "on": "2026-11-24", "why": "x", "text": "x", "document": "x"}
    for name, status in (("otto", 403), ("mara", 403), ("olga", 404)):
        client = ground.client(name)
        assert client.get(url("figure", deed)).status_code == status
        assert client.post(url("figure", deed), data).status_code == status
    day = f"/on/2026-01-01{url('figure', deed)}"
    assert ground.client("sven").post(day, data).status_code == 403
    assert (head_of(ground.exporter_line), head_of(ground.outside_line)) == heads


@pytest.mark.parametrize("address", ["/programmes/enrol/", "/programmes/pg/change/", "/programmes/pg/confirm-rows/"])
def test_enrolments_are_for_those_who_may(address: str, ground: Cast) -> None:
    heads = head_of(ground.exporter_line), head_of(ground.outside_line)
    assert ground.client("otto").get(address).status_code == 403
    assert ground.client("otto").post(address, {"owner": "x"}).status_code == 403
    assert ground.client("mara").post(address, {"owner": "x"}).status_code in (403, 404)
    if "pg" in address:
        assert ground.client("olga").post(address, {"owner": "x"}).status_code == 404
    assert (head_of(ground.exporter_line), head_of(ground.outside_line)) == heads


def test_a_row_that_is_not_asked_there_is_not_found(ground: Cast) -> None:
    client = ground.client("sven")
    assert client.get("/programmes/pg/proving/nothing/at/nl/answer/").status_code == 404
    assert client.get("/programmes/pg/proving/answer/at/rtm/answer/").status_code == 404
    assert client.get("/programmes/none/proving/answer/at/nl/answer/").status_code == 404
