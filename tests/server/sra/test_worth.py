"""What controls are worth: the amounts of the core, beside the rows they would close and what they cost."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.catalogue.loading import load
from safeconduct.core.assess import assess
from safeconduct.core.planning import next_actions
from safeconduct.core.records.risk import Way
from safeconduct.core.risk.planned import counting_also
from safeconduct.core.risk.portfolio import worth_if, worth_of
from safeconduct.core.risk.words import rounded
from safeconduct.core.snapshot import Snapshot
from safeconduct.server.accounts.rights import Role
from tests.server.posture.pages import text_of, verdict_of
from tests.server.sra.stage import FENCED, JUNE, play, reader, world

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.core.assess import Assessment
    from safeconduct.core.risk.portfolio import Worth
    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
WORTH = "/risk/worth/"
HELP, PLANNED = f"{WORTH}?which=would-help", f"{WORTH}?which=planned"


def today() -> Assessment:
    return assess(Snapshot(world()), load(), JUNE)


def proposed(control: str, unit: str) -> Worth:
    """What the core says a control at a unit would be worth."""
    judged = today()
    assert judged.risks is not None
    (found,) = worth_if(judged.risks.risks, {"it": counting_also(judged.ground.snapshot, [(control, unit)])})
    return found


def table(client: Client, url: str) -> list[dict[str, str]]:
    """The rows of the list, as taken away."""
    text = client.get(f"{url}{'&' if '?' in url else '?'}as=csv").content.decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_control_in_place_is_worth_what_the_core_says(sven: Client) -> None:
    judged = today()
    assert judged.risks is not None
    (gate,) = worth_of(judged.risks.risks, ["gate-control"])
    (row,) = table(sven, WORTH)
    assert row["Control"] == "Gates and entries are manned or watched"
    assert row["Off an average year"] == f"{rounded(gate.mean)} EUR"
    assert row["Off a year in a hundred"] == f"{rounded(gate.tail)} EUR"
    assert row["Risks"] == "1"
    assert int(row["Requirements asking it"]) > 0
    assert f"{rounded(gate.mean)} EUR a year" in verdict_of(sven, WORTH)


def test_what_would_help_is_told_by_place_beside_the_rows_it_would_close(sven: Client) -> None:
    found, closing = table(sven, HELP), next_actions(today().programmes)
    gate = next(row for row in found if row["Control and place"] == "Gates and entries are manned or watched (Shed)")
    assert gate["Off an average year"] == f"{rounded(proposed('gate-control', 'shed').mean)} EUR"
    assert gate["Stands now"] == "UNKNOWN"
    rows = {
        id(row) for one in closing if one.mend.control == "gate-control" and one.mend.at == "shed" for row in one.closes
    }
    assert gate["Requirements closed"] == str(len(rows))
    assert not any("watched (Yard)" in row["Control and place"] for row in found)
    amounts = [float(row["Off an average year"].split()[0].replace(",", "").replace("nothing", "0")) for row in found]
    assert amounts == sorted(amounts, reverse=True)


def test_what_would_help_is_narrowed_by_place(sven: Client) -> None:
    places = {row["Control and place"].rpartition("(")[2] for row in table(sven, f"{HELP}&place=yard")}
    assert places == {"Yard)"}


def test_a_treatment_tells_what_it_takes_for_each_euro_of_its_cost(sven: Client) -> None:
    (row,) = table(sven, PLANNED)
    worth = proposed("key-control", "yard")
    assert row["Treatment"].startswith("Theft of a vehicle or trailer, Yard (Yard: keys")
    assert row["Off an average year"] == f"{rounded(worth.mean)} EUR"
    assert row["Costs a year"] == "9,000 EUR"
    assert row["Off for each EUR"] == f"{worth.mean / 9000:.1f}"
    assert "Most for its cost: Theft of a vehicle or trailer, Yard." in verdict_of(sven, PLANNED)
    keys = next(
        one
        for one in table(sven, HELP)
        if one["Control and place"].startswith("Keys") and "(Yard)" in one["Control and place"]
    )
    assert "9000 EUR a year" in keys["Planned by"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cost": ""}, "No treatment under way tells its cost."),
        ({"cost": "9000 USD"}, "No treatment under way tells its cost."),
        ({"done": JUNE}, "No treatment under way plans a control."),
        ({"until": FENCED.decided}, "No treatment under way plans a control."),
        ({"way": Way.SHARE, "controls": (), "share": "0.5"}, "No treatment under way plans a control."),
    ],
)
def test_treatments_without_a_cost_or_over_are_not_ranked(
    staged: Viewer, sven: Client, changed: dict[str, object], said: str
) -> None:
    treatment = replace(FENCED, **changed)  # type: ignore[arg-type]
    play(staged, replace(world(), treatments=(treatment,)))
    assert verdict_of(sven, PLANNED) == said


def test_an_unknown_list_is_the_first_one(sven: Client) -> None:
    assert text_of(sven, f"{WORTH}?which=nothing").count("In place") == text_of(sven, WORTH).count("In place")


def test_who_sees_some_sites_only_is_kept_out(staged: Viewer) -> None:
    assert reader(staged, Role.SITE_MANAGER, ("yard",)).get(WORTH).status_code == 403


def test_without_an_assessment_it_says_how_one_is_begun(line: Viewer) -> None:
    assert verdict_of(reader(line), WORTH) == "Nobody has assessed the risks yet."


def test_nothing_in_place_and_nothing_in_money_are_told(staged: Viewer, sven: Client) -> None:
    facts = world()
    play(staged, replace(facts, risks=tuple(replace(one, loss=None) for one in facts.risks)))
    assert verdict_of(sven, HELP) == "Nothing more would lower a year in money."
    assert verdict_of(sven, WORTH) == "No control counts in any risk with amounts."


@pytest.mark.parametrize("url", [WORTH, HELP, PLANNED])
def test_more_risks_ask_the_database_no_more(staged: Viewer, sven: Client, url: str) -> None:
    def statements() -> int:
        sven.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert sven.get(url).status_code == 200
        return len(captured)

    few, facts = statements(), world()
    more = [replace(facts.risks[1], key=f"r-more-{number}") for number in range(5)]
    play(staged, replace(facts, risks=(*facts.risks, *more)))
    assert statements() == few
