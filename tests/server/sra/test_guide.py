"""The guided assessment: who walks it, what each step stores and refuses, and what a new round copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import (
    CommonCause,
    Hit,
    Measured,
    Objective,
    ObjectiveTarget,
    Overridden,
    Override,
    Planned,
    Range,
    RiskAssessment,
    ThreatLevel,
    Treatment,
    Way,
)
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.journal.queries import entries_of
from safeconduct.server.journal.reading import seen
from safeconduct.server.sra.guide_rates import read_rate
from safeconduct.server.sra.guide_steps import STEPS
from tests.server.posture.pages import text_of, verdict_of
from tests.server.sra.assessed import assess
from tests.server.sra.stage import ENROLLED

if TYPE_CHECKING:
    from django.test import Client

    from tests.server.cast import Cast

START = "/risk/assessments/"
SRA = f"{START}sra/"
BEGIN = {
    "title": "Yard and shed",
    "entity": "made-bv",
    "places": ["yard", "shed"],
    "on": "2026-11-24",
    "matrix": "plain-five-by-five",
    "bearable": "medium",
    "currency": "EUR",
    "assessors-lines": "1",
    "assessors-0-name": "Sven",
}


@pytest.fixture
def assessed(cast: Cast) -> Cast:
    """The cast, whose exporter has assessed its risks."""
    assess(cast)
    return cast


@pytest.fixture
def sven(assessed: Cast) -> Client:
    """A browser in which the security manager is signed in."""
    return assessed.client("sven")


def kept(cast: Cast, section: str, key: str = "") -> Any:
    """What is on record of a section, or one of its facts."""
    found = {one.key: one for one in seen(cast.exporter_line, section)}
    return found[key] if key else found


def sent(client: Client, path: str, form: dict[str, Any], status: int = 302) -> str:
    """What a form answers: where it leads, or the page with what is refused."""
    answer = client.post(path, form)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.headers["Location"] if status == 302 else " ".join(answer.content.decode().split())


def numbers(**said: str) -> dict[str, str]:
    return {"basis": "judgement", **{name.replace("__", "."): value for name, value in said.items()}}


# Who walks it


def test_all_rounds_are_listed_with_what_comes_next(sven: Client) -> None:
    assert verdict_of(sven, START) == "1 assessment is on record. No next one is planned."
    assert "Re-assess" in text_of(sven, START)


def test_every_step_reads_on_for_an_auditor_without_a_form(assessed: Cast) -> None:
    otto = assessed.client("otto")
    for step in STEPS:
        page = otto.get(f"{SRA}{step.key}/")
        assert page.status_code == 200
        assert b'class="form"' not in page.content, step.key
    assert otto.post(f"{SRA}scope/", BEGIN).status_code == 403
    assert otto.get(f"{START}begin/").status_code == 403


def test_a_site_manager_does_not_find_it(assessed: Cast) -> None:
    mara = assessed.client("mara")
    for path in (START, f"{START}begin/", SRA, f"{SRA}again/", f"{SRA}numbers/"):
        assert mara.get(path).status_code == 403


def test_nothing_is_written_on_another_day(sven: Client, assessed: Cast) -> None:
    assert b'class="form"' not in sven.get(f"/on/2026-06-01{SRA}assets/?at=yard").content
    before = kept(assessed, "assets")
    sven.post(f"/on/2026-06-01{SRA}assets/?at=yard", {"goods.title": "Copper"})
    assert kept(assessed, "assets") == before


def test_a_step_or_an_assessment_that_is_not_there_is_not_found(sven: Client) -> None:
    for path in (f"{SRA}wishes/", f"{START}sra-1900/", f"{START}sra-1900/scope/"):
        assert sven.get(path).status_code == 404


def test_an_empty_assessment_says_what_is_missing_in_order(sven: Client) -> None:
    sent(sven, f"{START}begin/?method=iso-31000", BEGIN)
    assert verdict_of(sven, f"{START}yard-and-shed/") == "0 of 8 steps are complete."
    page = text_of(sven, f"{START}yard-and-shed/")
    assert "Scope and context: the statement of application." in page
    assert "Go on: scope and context" in page
    sent(sven, f"{START}yard-and-shed/scope/", {**BEGIN, "scope": "From the gate to the gate."})
    assert verdict_of(sven, f"{START}yard-and-shed/") == "1 of 8 steps are complete."


# Begun


def test_an_assessment_is_begun_by_a_template(sven: Client, assessed: Cast) -> None:
    page = text_of(sven, f"{START}begin/")
    assert "ISO 28001" in page
    assert "CTPAT, five steps" in page
    assert sent(sven, f"{START}begin/?method=iso-31000", BEGIN) == f"{START}yard-and-shed/assets/"
    begun = kept(assessed, "risk_assessments", "yard-and-shed")
    assert (begun.method.value, begun.places, begun.bearable) == ("iso-31000", ("yard", "shed"), "medium")
    assert sent(sven, f"{START}begin/?method=iso-31000", BEGIN) == f"{START}yard-and-shed-2/assets/"


def test_a_limit_of_another_matrix_is_refused_at_its_field(sven: Client, assessed: Cast) -> None:
    page = sent(sven, f"{START}begin/?method=iso-28001", {**BEGIN, "matrix": "iso-28001-scoring"}, 422)
    assert "&#x27;medium&#x27; is no class of iso-28001-outcome" in page
    assert set(kept(assessed, "risk_assessments")) == {"sra"}


def test_a_place_with_risks_stays_in_scope(sven: Client, assessed: Cast) -> None:
    page = sent(sven, f"{SRA}scope/", {**BEGIN, "places": ["yard", "shed"]}, 422)
    assert "Risks are recorded at Rotterdam to Oslo" in page
    assert "north" in kept(assessed, "risk_assessments", "sra").places


# Assets and scenarios


def test_several_assets_are_stored_in_one_deed_or_none(sven: Client, assessed: Cast) -> None:
    form = {"goods.title": "Copper wire", "goods.worth": "plenty", "people.title": "Night guards"}
    assert "60000 EUR" in sent(sven, f"{SRA}assets/?at=yard", form, 422)
    assert "Say what it is." in sent(sven, f"{SRA}assets/?at=yard", {"goods.why": "Dear."}, 422)
    assert kept(assessed, "assets") == {}
    sent(sven, f"{SRA}assets/?at=yard", {**form, "goods.worth": "60000 EUR"})
    assert set(kept(assessed, "assets")) == {"copper-wire-yard", "night-guards-yard"}
    latest = list(entries_of(assessed.exporter_line))[-2:]
    assert {one.link.deed for one in latest} == {"record-assets"}


def test_scenarios_are_suggested_with_reasons(sven: Client, assessed: Cast) -> None:
    level = ThreatLevel(
        key="tl", country="NO", threat="hijack-of-vehicle", level="high", source="Our own table", on=date(2026, 1, 1)
    )
    store(assessed.exporter_line, level, deed="record")
    sent(sven, f"{SRA}assets/?at=north", {"people.title": "Drivers"})
    page = text_of(sven, f"{SRA}scenarios/?at=north")
    assert "Goes by road; strikes on the road, unclassified parking; hits Drivers" in page
    assert "rated high in NO by Our own table" in page
    assert page.index("Hijack of a loaded vehicle") < page.index("Theft from a facility")


def test_a_scenario_is_taken_in_and_left_out_with_a_reason(sven: Client, assessed: Cast) -> None:
    path, name = f"{SRA}scenarios/?at=shed", "theft-from-facility"
    form = {"theft-of-vehicle.answer": "keep", "labour-stoppage-or-blockade.answer": "out"}
    form["labour-stoppage-or-blockade.why"] = "No shipment goes through a port."
    assert "auditors ask for it" in sent(sven, path, {**form, f"{name}.answer": "out"}, 422)
    assert "Nothing is decided yet" in sent(sven, path, form, 422)
    sent(sven, path, {**form, f"{name}.answer": "decade"})
    key = "sra-theft-from-a-facility-shed"
    assert kept(assessed, "risks", key).likelihood == Range(low="0.05", high="0.2")
    sent(sven, path, {**form, f"{name}.answer": "out", f"{name}.why": "Empty by night."})
    out = kept(assessed, "risks", key)
    assert (out.excluded, out.likelihood) == ("Empty by night.", None)
    assert kept(assessed, "risks", "r-vehicle-shed").loss is not None


def test_the_rest_of_what_is_suggested_is_left_out_for_one_reason(sven: Client, assessed: Cast) -> None:
    sent(sven, f"{SRA}assets/?at=shed", {"goods.title": "Copper"})
    form = {"theft-of-vehicle.answer": "keep", "labour-stoppage-or-blockade.answer": "out"}
    form |= {"labour-stoppage-or-blockade.why": "No port.", "rest": "Not with scrap."}
    sent(sven, f"{SRA}scenarios/?at=shed", form)
    left_out = [one for one in kept(assessed, "risks").values() if one.excluded == "Not with scrap."]
    assert len(left_out) > 2
    assert "suggested, not decided" not in text_of(sven, f"{SRA}scenarios/?at=shed").partition("Yard")[0]


def test_a_scenario_of_ones_own_is_offered_with_its_controls(sven: Client, assessed: Cast) -> None:
    page, back = "/risk/scenarios/new/", f"{SRA}scenarios/?at=shed"
    assert sven.get("/registers/scenarios/new/").headers["Location"] == page
    form = {"title": "Copper leaves with the scrap", "assets": ["goods"], "answers-lines": "1", "back": back}
    form |= {"answers-0-control": "key-control", "answers-0-way": "delay"}
    assert "lowers neither likelihood nor consequence" in sent(sven, page, form, 422)
    assert sent(sven, page, {**form, "answers-0-likelihood": "partial"}) == back
    (stored,) = kept(assessed, "scenarios").values()
    assert stored.key == "copper-leaves-with-the-scrap"
    assert stored.answers[0].likelihood == Range(low="0.1", high="0.4")
    assert "One of your own" in text_of(sven, f"{SRA}scenarios/?at=shed")


# Numbers


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        ("0.5", "0.5"),
        ("Once in 10 years", "0.1"),
        ("every four years", "0.25"),
        ("twice a year", "2"),
        ("3 times a year", "3"),
        ("once a month", "12"),
        ("2 per week", "104.4"),
        ("once in 0 years", None),
        ("now and then", None),
        ("", None),
    ],
)
def test_rates_are_read_as_people_write_them(said: str, rate: str | None) -> None:
    assert read_rate(said) == rate


def test_numbers_are_stored_and_say_where_the_risk_lands(sven: Client, assessed: Cast) -> None:
    form = numbers(likelihood__low="once in 10 years", likelihood__high="twice a year", loss__low="50,000 EUR")
    form |= {"loss.high": "900 000", "grave.people": "injury", "grave.flow": "4", "owner": "Ines"}
    page = sven.post(f"{SRA}numbers/?risk=r-vehicle-yard", form, follow=True).content.decode()
    assert "Theft of a vehicle or trailer, Yard: high without controls, high today, graver than bearable." in page
    stored = kept(assessed, "risks", "r-vehicle-yard")
    assert (stored.likelihood, stored.loss) == (Range(low="0.1", high="2"), Range(low="50000", high="900000"))
    assert stored.grave == {"people": "injury", "flow": "4"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"likelihood.low": "3", "likelihood.high": "1"}, "The range is upside down"),
        ({"likelihood.low": "-1"}, "cannot be a range"),
        ({"likelihood.low": "often"}, "says no rate"),
        ({"loss.high": ""}, "One event costs at most"),
        ({"harm.low": "0", "harm.high": "2"}, "cannot be a range"),
        ({"grave.flow": "soon"}, "is no level of flow"),
        ({"band": "yearly", "likelihood.low": "5"}, "not both"),
        ({"figures": ["tapa-emea-2019-incidents"]}, "Say to what you scaled it"),
    ],
)
def test_numbers_that_cannot_be_are_refused(sven: Client, assessed: Cast, said: dict[str, Any], told: str) -> None:
    before = kept(assessed, "risks", "r-vehicle-yard")
    form = numbers(likelihood__low="0.1", likelihood__high="2", loss__low="50000", loss__high="900000")
    page = sent(sven, f"{SRA}numbers/?risk=r-vehicle-yard", form | said, 422)
    assert told in page
    assert kept(assessed, "risks", "r-vehicle-yard") == before


def test_a_band_in_words_replaces_numbers_that_stand(sven: Client, assessed: Cast) -> None:
    form = numbers(likelihood__low="0.1", likelihood__high="2", loss__low="50000", loss__high="900000", band="yearly")
    sent(sven, f"{SRA}numbers/?risk=r-vehicle-yard", form)
    assert kept(assessed, "risks", "r-vehicle-yard").likelihood == Range(low="0.4", high="2")


def test_five_steps_show_the_cargo_and_who_carries_it(sven: Client, assessed: Cast) -> None:
    begun: RiskAssessment = kept(assessed, "risk_assessments", "sra")
    form = {**BEGIN, "places": ["north"], "matrix": "ctpat-likelihood-by-consequence"}
    sent(sven, f"{START}begin/?method=ctpat-five-steps", {**form, "title": "Five steps"})
    assert begun.key == "sra"
    assert "Cargo map by lane" in text_of(sven, f"{START}five-steps/scope/")
    sent(sven, f"{START}five-steps/scenarios/?at=north", {"hijack-of-vehicle.answer": "yearly"})
    page = text_of(sven, f"{START}five-steps/numbers/")
    assert "threat high, vulnerability high" in page
    assert "Law and status" in page
    assert "Good name" not in page


# Decisions


def test_an_acceptance_without_an_end_and_a_reduction_without_a_day_are_refused(sven: Client, assessed: Cast) -> None:
    path = f"{SRA}treatment/?risk=r-vehicle-shed"
    assert "accepted without an end" in sent(sven, path, {"way": "accept", "owner": "Ines"}, 422)
    page = sent(sven, path, {"way": "reduce"}, 422)
    assert "Say by when" in page
    assert "Tick the controls" in page
    assert "share that others bear" in sent(sven, path, {"way": "share", "due": "2027-01-01"}, 422)
    assert kept(assessed, "treatments") == {}


def test_a_treatment_becomes_an_objective_with_targets(sven: Client, assessed: Cast) -> None:
    path = f"{SRA}treatment/?risk=r-vehicle-shed"
    assert "a year to" in text_of(sven, path)
    form = {"way": "reduce", "planned": ["key-control@shed"], "owner": "Ines", "due": "2027-03-01"}
    sent(sven, path, form)
    (treatment,) = kept(assessed, "treatments").values()
    assert (treatment.key, treatment.controls[0].at) == ("r-vehicle-shed-reduce", "shed")
    page = text_of(sven, f"{SRA}objectives/")
    assert "Set an objective: Theft of a vehicle or trailer, Shed" in page
    aims = {"title": "Shed is safe", "aim": "medium", "measured": ["control-0"], "due": "2027-03-01", "owner": "Ines"}
    sent(sven, f"{SRA}objectives/?risk=r-vehicle-shed", aims)
    objective = kept(assessed, "objectives", "shed-is-safe")
    assert [one.measure for one in objective.targets] == [Measured.RISK, Measured.CONTROL]
    assert objective.risks == ("r-vehicle-shed",)


def test_a_control_that_would_help_is_told_with_the_requirements_it_would_close(sven: Client, assessed: Cast) -> None:
    store(assessed.exporter_line, ENROLLED, deed="enrol")
    pages = [text_of(sven, f"{SRA}treatment/?risk={risk}") for risk in ("r-vehicle-yard", "r-vehicle-shed")]
    assert all("closes US CTPAT" in page for page in pages)


def test_the_approval_is_on_record_with_the_day_of_the_next(sven: Client, assessed: Cast) -> None:
    assert "Still missing" in text_of(sven, f"{SRA}approve/")
    assert "needed and empty" in sent(sven, f"{SRA}approve/", {"approved_by": "", "approved_on": "2026-11-24"}, 422)
    sent(sven, f"{SRA}approve/", {"approved_by": "Marta", "approved_on": "2026-11-24", "due": "2027-11-24"})
    stored = kept(assessed, "risk_assessments", "sra")
    assert (stored.approved_by, stored.due, stored.places) == ("Marta", date(2027, 11, 24), ("yard", "shed", "north"))


# The next round


def decisions() -> list[Any]:
    """What stands about the risks: a reduction under way, an acceptance that ended, a number set by hand, a cause."""
    controls = (Planned(needs=ControlNeed("key-control"), at="shed"),)
    reduce = Treatment(
        key="t-keys",
        risk="r-vehicle-shed",
        way=Way.REDUCE,
        controls=controls,
        decided=date(2026, 3, 1),
        due=date(2027, 3, 1),
    )
    ended = replace(reduce, key="t-borne", way=Way.ACCEPT, controls=(), due=None, owner="Ines", until=date(2026, 6, 30))
    by_hand = Override(
        key="o-yard",
        risk="r-vehicle-yard",
        what=Overridden.LIKELIHOOD,
        value="0.2",
        why="Moved indoors.",
        by="Ines",
        since=date(2026, 3, 1),
        until=date(2027, 3, 1),
    )
    target = ObjectiveTarget(measure=Measured.RISK, of=("r-vehicle-shed",), aim="medium")
    aim = Objective(
        key="o1",
        title="Safe shed",
        risks=("r-vehicle-shed",),
        targets=(target,),
        since=date(2026, 3, 1),
        due=date(2027, 3, 1),
    )
    hits = (Hit(risk="r-vehicle-shed", chance="0.5"), Hit(risk="r-vehicle-yard", chance="0.5"))
    cause = CommonCause(
        key="c-strike", title="Strike", assessment="sra", likelihood=Range(low="0.1", high="0.3"), hits=hits
    )
    return [reduce, ended, by_hand, aim, cause]


def test_the_next_round_copies_risks_and_what_still_holds(sven: Client, assessed: Cast) -> None:
    store_all(assessed.exporter_line, decisions(), deed="record")
    assert "Choose a day after it" in sent(sven, f"{SRA}again/", {"title": "SRA 2027", "on": "2026-01-01"}, 422)
    assert sent(sven, f"{SRA}again/", {"title": "SRA 2027", "on": "2026-11-24"}) == f"{START}sra-2027/"
    begun = kept(assessed, "risk_assessments", "sra-2027")
    assert (begun.follows, begun.approved_on) == ("sra", None)
    risks = kept(assessed, "risks")
    assert sum(one.assessment == "sra-2027" for one in risks.values()) == 4
    assert sorted(kept(assessed, "treatments")) == ["t-borne", "t-keys", "t-keys-2026"]
    assert kept(assessed, "treatments", "t-keys-2026").risk == "sra-2027-r-vehicle-shed"
    assert kept(assessed, "overrides", "o-yard-2026").risk == "sra-2027-r-vehicle-yard"
    assert kept(assessed, "common_causes", "c-strike-2026").assessment == "sra-2027"
    objective = kept(assessed, "objectives", "o1")
    assert objective.risks == ("r-vehicle-shed", "sra-2027-r-vehicle-shed")
    assert objective.targets[0].of == ("sra-2027-r-vehicle-shed",)


def test_a_round_shows_what_is_new_changed_and_gone(sven: Client, assessed: Cast) -> None:
    sent(sven, f"{SRA}again/", {"title": "SRA 2027", "on": "2026-11-24"})
    again = f"{START}sra-2027/"
    assert "nothing changed yet" in text_of(sven, f"{again}numbers/")
    form = numbers(likelihood__low="1", likelihood__high="2", loss__low="50000", loss__high="900000")
    sent(sven, f"{again}numbers/?risk=sra-2027-r-vehicle-yard", form)
    here = {"theft-of-vehicle.answer": "out", "theft-of-vehicle.why": "Nothing stands there."}
    here |= {"labour-stoppage-or-blockade.answer": "out", "labour-stoppage-or-blockade.why": "No port."}
    sent(sven, f"{again}scenarios/?at=shed", {**here, "theft-from-facility.answer": "yearly"})
    assert "Against the last round: 1 new, 1 changed, 1 gone" in text_of(sven, f"{again}scope/")
    page = text_of(sven, again).partition("Against the last round")[2]
    assert "new Theft from a facility Shed not there 1.1 times a year" in page
    assert "gone Theft of a vehicle or trailer Shed" in page


def test_pages_ask_the_database_no_more_for_more_risks(sven: Client, assessed: Cast) -> None:
    counts = []
    for more in range(2):
        if more:
            risk = kept(assessed, "risks", "r-vehicle-yard")
            store_all(assessed.exporter_line, [replace(risk, key=f"r-{number}") for number in range(20)], deed="record")
        for path in (START, SRA, *(f"{SRA}{step.key}/" for step in STEPS)):
            sven.get(path)
            with CaptureQueriesContext(connection) as asked:
                sven.get(path)
            counts.append((path, len(asked)))
    half = len(counts) // 2
    assert counts[:half] == counts[half:]
