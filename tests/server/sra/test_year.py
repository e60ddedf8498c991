"""The year in money: what the page says is what the exact law says, for all risks, a place, or one risk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.catalogue.loading import load
from safeconduct.core.records.history import Figure
from safeconduct.core.risk.judge import assess_risks
from safeconduct.core.risk.portfolio import portfolio
from safeconduct.core.risk.words import percent, rounded
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.server.accounts.rights import Role
from tests.server.posture.pages import text_of, verdict_of
from tests.server.sra.stage import JUNE, play, reader, world

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.core.risk.annual import Year
    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
YEAR = "/risk/year/"


def law(*keys: str, of: str = "current") -> Year:
    """The exact law of some risks of the stage."""
    facts = world()
    judged = assess_risks(Ground(Snapshot(facts), load(), JUNE), facts.risk_assessments[0])
    return portfolio([one for one in judged.risks if not keys or one.risk.key in keys], of).year


def test_the_verdict_says_what_the_exact_law_says(sven: Client) -> None:
    year = law()
    assert verdict_of(sven, YEAR) == (
        f"One year in ten costs more than {rounded(year.quantile(0.9))} EUR. "
        f"One in a hundred costs more than {rounded(year.quantile(0.99))} EUR."
    )
    text = text_of(sven, YEAR)
    for of in ("inherent", "current", "best", "target"):
        assert f"{rounded(law(of=of).mean)} EUR" in text
        assert f"{rounded(law(of=of).tail_mean(0.99))} EUR" in text


def test_a_place_and_a_risk_are_chosen_and_what_is_not_there_chooses_nothing(sven: Client) -> None:
    yard = law("r-vehicle-yard")
    for query in ("?place=yard", "?risk=r-vehicle-yard", "?place=yard&risk=r-vehicle-yard"):
        assert f"more than {rounded(yard.quantile(0.99))} EUR" in verdict_of(sven, YEAR + query)
    assert verdict_of(sven, f"{YEAR}?place=nowhere&risk=r-nothing") == verdict_of(sven, YEAR)
    assert verdict_of(sven, f"{YEAR}?place=shed&risk=r-vehicle-yard") == verdict_of(sven, f"{YEAR}?place=shed")


def test_each_risk_is_named_with_its_share_of_the_worst_years(sven: Client) -> None:
    part = text_of(sven, YEAR).partition("Where it comes from")[2].partition("Check by trial")[0]
    assert part.index("Shed") < part.index("Rotterdam to Oslo")
    assert part.count("Theft of a vehicle") == 2
    assert "Where it comes from" not in text_of(sven, f"{YEAR}?risk=r-vehicle-yard")


def test_a_trial_is_drawn_only_when_asked_and_agrees(sven: Client) -> None:
    assert "By trial at least" not in text_of(sven, YEAR)
    text = text_of(sven, f"{YEAR}?check=1")
    assert "All figures agree. 200,000 years were drawn" in text
    assert text.count(" yes") >= 6


def test_a_year_is_laid_beside_the_revenue_where_one_of_its_currency_is_on_record(staged: Viewer, sven: Client) -> None:
    def record(value: str) -> str:
        known = Figure(key="f", unit="made-bv", figure="revenue", value=value, year_end=date(2025, 12, 31))
        play(staged, replace(world(), figures=(known,)))
        return text_of(sven, YEAR)

    share = percent(law().quantile(0.9) / 4_000_000)
    assert f"The year in ten is {share} of the last revenue on record." in record("4000000 EUR")
    assert "of the last revenue" not in text_of(sven, f"{YEAR}?place=yard")
    assert "of the last revenue" not in record("4000000 USD")


def test_harm_is_counted_in_persons_and_the_grid_tells_its_error(sven: Client) -> None:
    text = text_of(sven, YEAR)
    assert "a year, never turned into money" in text
    assert "The grid's own mean is off by" in text


def test_risks_without_amounts_are_counted_and_named(staged: Viewer, sven: Client) -> None:
    facts = world()
    bare = [replace(one, loss=None) if one.at == "shed" else one for one in facts.risks]
    play(staged, replace(facts, risks=tuple(bare)))
    text = text_of(sven, YEAR)
    assert "1 risk has no amounts and are in none of this" not in text
    assert "1 risk has no amounts and is in none of this." in text
    assert "Theft of a vehicle or trailer, Shed" in text.partition("Without amounts")[2]
    assert verdict_of(sven, f"{YEAR}?place=shed") == "No risk here has amounts yet."


def test_without_an_assessment_it_says_how_one_is_begun(line: Viewer) -> None:
    assert verdict_of(reader(line), YEAR) == "Nobody has assessed the risks yet."


def test_who_sees_some_sites_only_is_kept_out(staged: Viewer) -> None:
    mara = reader(staged, Role.SITE_MANAGER, ("yard",))
    assert mara.get(YEAR).status_code == 403


def test_the_levels_are_taken_away_as_csv(sven: Client) -> None:
    answer = sven.get(f"{YEAR}?as=csv")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert lines[0].endswith("Measure,Inherent,Current,At best,Target")
    assert len(lines) == 10


def test_the_register_and_the_risk_show_the_curve_and_lead_to_the_year(sven: Client) -> None:
    for url, leads in (("/risk/", YEAR), ("/risk/risks/r-vehicle-yard/", "risk=r-vehicle-yard")):
        html = sven.get(url).content.decode()
        assert 'class="curve wide-pic"' in html
        assert leads in html.replace("&amp;", "&")
    assert 'class="curve' not in sven.get("/risk/risks/r-piracy/").content.decode()


def test_the_page_asks_the_database_as_often_for_more_risks(staged: Viewer, sven: Client) -> None:
    def statements() -> int:
        sven.get(YEAR)
        with CaptureQueriesContext(connection) as captured:
            assert sven.get(f"{YEAR}?check=1").status_code == 200
        return len(captured)

    few, facts = statements(), world()
    more = [replace(facts.risks[1], key=f"r-more-{number}") for number in range(10)]
    play(staged, replace(facts, risks=(*facts.risks, *more)))
    assert statements() == few
