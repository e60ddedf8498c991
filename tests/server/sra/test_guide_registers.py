"""The registers of the assessment: fields offer places, scenarios and risks by name, and say what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safeconduct.server.journal.reading import seen
from tests.server.posture.pages import links_of, text_of
from tests.server.sra.assessed import assess

if TYPE_CHECKING:
    from django.test import Client

    from tests.server.cast import Cast


@pytest.fixture
def assessed(cast: Cast) -> Cast:
    """The cast, whose exporter has assessed its risks."""
    assess(cast)
    return cast


@pytest.fixture
def sven(assessed: Cast) -> Client:
    """A browser in which the security manager is signed in."""
    return assessed.client("sven")


def test_fields_offer_names_in_place_of_keys(sven: Client) -> None:
    incident = text_of(sven, "/registers/incidents/new/")
    for offered in ("Hijack of a loaded vehicle", "Rotterdam to Oslo", "Yard"):
        assert offered in incident
    assert "Theft of a vehicle or trailer, Shed" in text_of(sven, "/registers/treatments/new/")
    assert "Five by five" in text_of(sven, "/registers/risk_assessments/new/")


def test_a_site_manager_is_offered_the_own_sites_only(assessed: Cast) -> None:
    page = text_of(assessed.client("mara"), "/registers/incidents/new/")
    assert "Rotterdam" in page
    assert "Yard" not in page
    assert "Rotterdam to Oslo" not in page


def test_fields_of_lanes_and_risks_say_what_they_are(sven: Client) -> None:
    lane = text_of(sven, "/registers/lanes/new/")
    assert "From country" in lane
    assert "First day" not in lane
    risk = text_of(sven, "/registers/risks/r-vehicle-yard/")
    assert "Times a year without controls, at least" in risk


def test_a_recorded_risk_is_changed_as_it_stands(sven: Client, assessed: Cast) -> None:
    form = {"assessment": "sra", "scenario": "theft-of-vehicle", "at": "yard", "basis": "judgement"}
    form |= {"likelihood.low": "0.1", "likelihood.high": "2", "loss.low": "50000", "loss.high": "900000"}
    assert sven.post("/registers/risks/r-vehicle-yard/", {**form, "owner": "Ines"}).status_code == 302
    stored = next(one for one in seen(assessed.exporter_line, "risks") if one.key == "r-vehicle-yard")
    assert (stored.owner, stored.at) == ("Ines", "yard")
    page = sven.post("/registers/risks/r-vehicle-yard/", {**form, "likelihood.low": "5"})
    assert page.status_code == 422
    assert b"The range is upside down" in page.content


def test_a_risk_leads_to_the_steps_where_it_is_decided(sven: Client) -> None:
    links = links_of(sven, "/risk/risks/r-vehicle-shed/")
    for step in ("numbers", "treatment", "objectives"):
        assert f"/risk/assessments/sra/{step}/?risk=r-vehicle-shed#form" in links
