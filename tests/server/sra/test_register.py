"""The register of risks, one risk, the objectives, and what home tells of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from safeconduct.core.records.risk import (
    Measured,
    Objective,
    ObjectiveTarget,
    Overridden,
    Override,
    Read,
    Treatment,
    Way,
)
from safeconduct.server.journal.actions import store, store_all
from tests.server.posture.pages import links_of, main_of, text_of, verdict_of
from tests.server.sra.assessed import assess

if TYPE_CHECKING:
    from django.test import Client

    from tests.server.cast import Cast

JUNE, LATER = "/on/2026-06-01", "/on/2028-01-01"


@pytest.fixture
def assessed(cast: Cast) -> Cast:
    """The cast, whose exporter has assessed its risks."""
    assess(cast)
    return cast


@pytest.fixture
def sven(assessed: Cast) -> Client:
    """A browser in which the security manager is signed in."""
    return assessed.client("sven")


def objective(key: str = "o1", value: str = "1", due: date = date(2026, 12, 31)) -> Objective:
    """Fewer loads stand in the yard by night; somebody counts them."""
    target = ObjectiveTarget(
        measure=Measured.READING,
        says="Loads left by night",
        start="10",
        aim="0",
        readings=(Read(on=date(2026, 11, 1), value=value),),
    )
    return Objective(
        key=key,
        title="No load is left by night",
        risks=("r-vehicle-shed",),
        targets=(target,),
        owner="Ines Adler",
        since=date(2026, 1, 1),
        due=due,
    )


def test_the_register_names_what_is_graver_than_bearable_first(sven: Client) -> None:
    assert verdict_of(sven, "/risk/") == "2 of 3 risks are graver than bearable."
    page = text_of(sven, "/risk/")
    assert page.index("Theft of a vehicle or trailer Shed") < page.index("Hijack of a loaded vehicle")
    assert "left out" in page


def test_the_map_leads_from_a_cell_to_its_risks(sven: Client) -> None:
    cells = {link for link in links_of(sven, "/risk/") if "cell=" in link}
    assert cells
    for cell in cells:
        listed = text_of(sven, f"/risk/{cell.partition('#')[0]}").partition("Scenario and place")[2]
        assert "Rows 1 to" in listed


def test_the_register_is_narrowed_sorted_and_taken_away(sven: Client) -> None:
    above = text_of(sven, "/risk/?rating=above")
    assert "Rows 1 to 2 of 2" in above
    lines = sven.get("/risk/?as=csv&sort=number").content.decode().splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["R1", "R2", "R3", "R4"]


def test_a_later_day_shows_which_risk_rose_by_itself_and_why(sven: Client) -> None:
    risk = "/risk/risks/r-vehicle-yard/"
    june, later = text_of(sven, JUNE + risk), text_of(sven, LATER + risk)
    assert "counts wholly" in june
    assert "counts wholly" not in later
    assert "evidence" in later.lower()


def test_what_a_person_set_by_hand_says_so(assessed: Cast, sven: Client) -> None:
    override = Override(
        key="ov",
        risk="r-vehicle-shed",
        what=Overridden.PRIORITY,
        value="low",
        why="Guarded by the neighbour",
        by="Ines Adler",
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )
    store(assessed.exporter_line, override, deed="override")
    assert "set by hand" in text_of(sven, "/risk/")
    assert "Guarded by the neighbour" in text_of(sven, "/risk/risks/r-vehicle-shed/")


def test_a_risk_that_is_accepted_says_until_when_and_what_became_of_it(assessed: Cast, sven: Client) -> None:
    accepted = Treatment(
        key="t1",
        risk="r-vehicle-shed",
        way=Way.ACCEPT,
        owner="Ines Adler",
        decided=date(2026, 2, 1),
        until=date(2026, 12, 31),
        why="The shed is given up then",
    )
    store(assessed.exporter_line, accepted, deed="treat")
    assert "accepted until 31 Dec 2026" in text_of(sven, "/risk/risks/r-vehicle-shed/")
    assert "acceptance ended 31 Dec 2026" in text_of(sven, "/on/2027-01-02/risk/")
    assert "Accepted no longer: Theft of a vehicle or trailer" in text_of(sven, "/due/?days=90")


def test_objectives_stand_by_how_they_keep_to_their_time(assessed: Cast, sven: Client) -> None:
    late = objective("o2", "9", date(2026, 10, 31))
    store_all(assessed.exporter_line, [objective(), late], deed="set")
    page = text_of(sven, "/on/2026-11-24/risk/objectives/")
    assert verdict_of(sven, "/on/2026-11-24/risk/objectives/") == "1 of 2 objectives are behind."
    assert page.index("24 days late") < page.index("On track", page.index("24 days late"))
    assert "90 %" in page
    home = text_of(sven, "/on/2026-11-24/")
    assert "Risks and objectives that press" in home
    assert "overdue" in home
    assert sven.get("/on/2026-11-24/risk/objectives/?as=csv").content.decode().count("\n") == 3


def test_without_an_assessment_the_page_tells_how_to_begin(cast: Cast) -> None:
    browser = cast.client("sven")
    assert verdict_of(browser, "/risk/") == "Nobody has assessed the risks yet."
    assert verdict_of(browser, "/risk/objectives/") == "No objective is set."


def test_who_sees_some_sites_only_is_told_so(cast: Cast) -> None:
    assess(cast)
    mara = cast.client("mara")
    for page in ("/risk/", "/risk/objectives/", "/risk/risks/r-vehicle-yard/"):
        assert mara.get(page).status_code == 403
    assert "Risk" not in main_of(mara, "/").partition("</nav>")[0]
