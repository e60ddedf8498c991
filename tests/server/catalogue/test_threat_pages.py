"""What the catalogue knows about threats, as pages and as an answer of the API."""

from __future__ import annotations

from datetime import date

from django.test import Client

from safeconduct.server.accounts.rights import Role
from safeconduct.server.organisation.actions import issue_token
from tests.server.cast import Cast
from tests.server.catalogue.test_catalogue_pages import rows_of, shipped, text_of

__all__ = ["shipped"]


def test_a_scenario_tells_what_answers_it_and_who_asks_for_that(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/scenarios/theft-from-parked-vehicle/")
    assert "Theft from a parked vehicle. 8 controls answer it." in told
    assert "How much each control lowers is our judgement." in told
    assert (
        "Drivers follow set routes and stop rules no unplanned stops prevents likelihood by 10 % to 40 % judgement"
        in told
    )
    assert "CTPAT" in told
    assert "Cargo crimes in 2019" in told
    assert "8,548 incidents Europe, Middle East and Africa, 2019 unknown" in told
    assert "Weakness Unclassified parking, soft sides, nobody who watches." in told


def test_a_scenario_leads_to_what_it_makes_possible(shipped: Cast) -> None:
    html = shipped.client("otto").get("/catalogue/scenarios/seal-counterfeit-or-swap/").content.decode()
    assert 'href="/catalogue/scenarios/rip-on-rip-off-drugs/"' in html


def test_a_control_tells_the_scenarios_it_answers(shipped: Cast) -> None:
    otto = shipped.client("otto")
    told = text_of(otto, "/catalogue/control/seal-check/")
    assert "S18 Counterfeit or swapped seal detects likelihood by 30 % to 70 % judgement" in told
    assert "Threat scenarios it answers" not in text_of(otto, "/catalogue/control/statutory-audit/")


def test_scenarios_are_narrowed_and_taken_away(shipped: Cast) -> None:
    otto = shipped.client("otto")
    rows = rows_of(otto, "/catalogue/scenarios/?mode=air&basis=figures&as=csv")
    assert rows[0][:2] == ["Scenario", "Who"]
    assert [row[0].split(" ")[0] for row in rows[1:]] == ["S10", "S13", "S21"]
    assert len(rows_of(otto, "/catalogue/scenarios/?as=csv")) == 31


def test_a_figure_without_exposure_says_that_it_is_no_chance(shipped: Cast) -> None:
    otto = shipped.client("otto")
    told = text_of(otto, "/catalogue/figures/tapa-emea-2019-total-loss/")
    assert "Loss of the crimes that gave a value: 137,991,499 EUR." in told
    assert "no frequency and no chance at a site" in told
    assert "Total loss over the crimes that gave a value comes to about 41,290 euro" in told
    exposed = text_of(otto, "/catalogue/figures/containers-deficient-share/")
    assert "no chance at a site" not in exposed
    assert "Of how many 500 containers inspected" in exposed


def test_figures_are_taken_away_with_their_sources(shipped: Cast) -> None:
    rows = rows_of(shipped.client("otto"), "/catalogue/figures/?group=F10&as=csv")
    assert len(rows) == 17
    assert {"Key", "Counted among", "Document", "Place in it"} <= set(rows[0])


def test_a_scale_says_whose_its_bounds_are(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/scales/likelihood-five/")
    assert "5 classes of likelihood, read from 1 measure." in told
    assert "Possible once in ten to once in two years from 0.1 events per year" in told
    assert "Bounds our defaults, for you to change" in told


def test_a_matrix_shows_the_gravest_row_first(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/matrices/iso-28001-scoring/")
    assert "High Consider Countermeasure Countermeasure Medium Document Consider Countermeasure Low Document" in told
    assert "How sure unconfirmed" in told


def test_codes_of_others_lead_to_our_scenarios(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/codes/tapa-incident-types/")
    assert "S03 Hijack of a loaded vehicle" in told


def test_programs_read_the_same(shipped: Cast) -> None:
    token = issue_token(shipped.viewer("anna"), title="program", role=Role.AUDITOR, expires=date(2027, 12, 31))
    client = Client(headers={"authorization": f"Bearer {token}"})
    found = client.get("/api/v1/catalogue/threats?what=threat scenario").json()
    assert len(found) == 30
    assert found[0] == {
        "key": "theft-from-parked-vehicle",
        "what": "threat scenario",
        "title": "Theft from a parked vehicle",
    }
    told = client.get("/api/v1/catalogue/entries/plain-five-by-five").json()
    assert told["cells"]["frequent"]["critical"] == "extreme"
    assert len(client.get("/api/v1/catalogue/threats").json()) == 199
    assert Client().get("/api/v1/catalogue/threats").status_code == 401
