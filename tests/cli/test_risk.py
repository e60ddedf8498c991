"""`safeconduct risk`: the same numbers as from Python, for people and for programs; refusals say what to do."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import safeconduct
from safeconduct.cli import app

WORLD = Path(__file__).parents[1] / "core" / "risk" / "world.yml"
JUNE, DAY, SEPTEMBER = "2026-06-01", date(2026, 6, 1), "2026-09-15"
DECIDED = """
treatments:
  - key: t-gate
    risk: r-vehicle-shed
    way: reduce
    controls: [{needs: {gate-control: {}}, at: shed}]
    owner: A person
    decided: 2026-03-01
    due: 2026-12-31
overrides:
  - key: o-north
    risk: r-hijack-north
    what: likelihood
    value: "0.2"
    why: A gang is about
    by: A person
    since: 2026-09-01
    until: 2026-12-31
objectives:
  - key: ob
    title: Gates at both places
    risks: [r-vehicle-shed]
    since: 2026-03-01
    due: 2027-03-01
    targets:
      - {measure: control, needs: {gate-control: {}}, of: [yard, shed], aim: "100 %"}
common_causes:
  - key: gang
    title: A gang works the area
    assessment: sra
    likelihood: {low: "0.3", high: "0.9"}
    hits: [{risk: r-vehicle-yard, chance: "0.8"}, {risk: r-vehicle-shed, chance: "0.6"}]
"""


@pytest.fixture
def facts(tmp_path: Path) -> str:
    """The world with something decided, set by hand, aimed at, and a common cause."""
    file = tmp_path / "facts.yml"
    file.write_text(WORLD.read_text("utf-8") + DECIDED, "utf-8")
    return str(file)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["risk", *words], env={"COLUMNS": "300"})


def answer(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_list_names_the_gravest_first_and_what_is_left_out_last(facts: str) -> None:
    told = answer("list", facts, "--as-of", JUNE)
    keys = [one["risk"] for one in told["risks"]]
    assert (told["assessment"], told["currency"], told["day"]) == ("sra", "EUR", JUNE)
    assert keys == [one.risk.key for one in safeconduct.risks(facts, as_of=DAY).by_priority]
    assert told["risks"][-1] == told["risks"][-1] | {"risk": "r-piracy", "class": None, "current": None}
    printed = run("list", facts, "--as-of", JUNE).stdout
    assert "left out" in printed
    assert "4 risks" in printed


def test_list_takes_one_place(facts: str) -> None:
    assert {one["at"] for one in answer("list", facts, "--at", "yard", "--as-of", JUNE)["risks"]} == {"yard"}


def test_show_tells_every_level_and_why(facts: str) -> None:
    told = answer("show", facts, "r-vehicle-shed", "--as-of", JUNE)
    levels = told["levels"]
    assert levels["inherent"]["events_a_year"] == levels["current"]["events_a_year"]
    assert levels["target"]["events_a_year"] == pytest.approx(0.75 * levels["current"]["events_a_year"])
    assert told["finding"]["because"][0]["kind"] == "control"
    assert told["treatments"][0]["key"] == "t-gate"
    printed = run("show", facts, "r-vehicle-shed", "--as-of", JUNE).stdout
    assert "Decided on 1 Mar 2026: reduce" in printed
    assert "Nobody has recorded whether this stands here." in printed


def test_show_tells_what_was_set_by_hand_and_until_when(facts: str) -> None:
    printed = run("show", facts, "r-hijack-north", "--as-of", SEPTEMBER).stdout
    assert "Set by hand: likelihood 0.2, by A person until 31 Dec 2026: A gang is about" in printed


def test_year_tells_the_same_as_from_python(facts: str) -> None:
    told = answer("year", facts, "--as-of", JUNE)
    year = safeconduct.loss_of_a_year(facts, as_of=DAY).year
    assert told["mean"] == year.mean
    assert [one["level"] for one in told["quantiles"]] == [0.9, 0.95, 0.99, 0.995, 0.999]
    assert told["quantiles"][2] == {
        "level": 0.99,
        "value_at_risk": year.quantile(0.99),
        "tail_mean": year.tail_mean(0.99),
    }
    assert (told["counted"], told["common_causes"], told["without_numbers"]) == (3, 1, 0)
    assert sum(one["mean"] for one in told["contributions"]) == pytest.approx(year.mean)
    assert told["grid"]["error"] < 1e-6
    assert told["exceedance"][0]["chance"] > told["exceedance"][-1]["chance"]


def test_year_of_a_place_of_a_risk_and_at_a_level(facts: str) -> None:
    yard = answer("year", facts, "--at", "yard", "--as-of", JUNE)
    one = answer("year", facts, "--risk", "r-vehicle-yard", "--as-of", JUNE)
    bare = answer("year", facts, "--at", "yard", "--level", "inherent", "--as-of", JUNE)
    assert {each["of"] for each in yard["contributions"]} == {"r-vehicle-yard", "gang"}
    assert yard["mean"] == one["mean"] < bare["mean"]
    assert bare["mean"] * 0.75 == pytest.approx(yard["mean"])


def test_random_years_agree_with_the_exact_ones(facts: str) -> None:
    told = answer("year", facts, "--check", "200000", "--as-of", JUNE)["check"]
    assert told["agrees"] is True
    assert [one["level"] for one in told["figures"]] == [None, 0.9, 0.95, 0.99, 0.995, 0.999]
    assert all(one["low"] < one["exact"] < one["high"] for one in told["figures"])
    printed = run("year", facts, "--check", "200000", "--as-of", JUNE).stdout
    assert "Beside 200,000 random years" in printed
    assert "They agree." in printed
    assert "A gang works the area" in printed
    assert "it misses the mean by" in printed


def test_worth_of_what_stands_and_of_what_is_missing(facts: str) -> None:
    told = answer("worth", facts, "--as-of", JUNE)
    (gate,) = told["worth"]
    assert (gate["control"], gate["at"], gate["risks"]) == ("gate-control", None, ["r-vehicle-yard"])
    assert gate["mean"] == pytest.approx(safeconduct.worth(facts, as_of=DAY)[0].mean)
    assert gate["mean"] > 0 < gate["tail"]
    missing = answer("worth", facts, "--candidates", "--as-of", JUNE)["worth"]
    planned = [(one["control"], one["at"]) for one in missing if one["planned"]]
    assert planned == [("gate-control", "shed")]
    assert all(one["mean"] > 0 for one in missing)
    assert [one["mean"] for one in missing] == sorted((one["mean"] for one in missing), reverse=True)
    assert "gate-control at shed" in run("worth", facts, "--candidates", "--as-of", JUNE).stdout


def test_objectives_tell_their_progress(facts: str) -> None:
    (told,) = answer("objectives", facts, "--as-of", JUNE)
    assert (told["objective"], told["gone"], told["pace"]) == ("ob", 0.5, "on track")
    assert told["targets"][0]["now"] == "stands at 1 of 2"
    assert "gate-control at yard, shed" in run("objectives", facts, "--as-of", JUNE).stdout


def test_compare_says_what_rose_and_why(facts: str) -> None:
    told = answer("compare", facts, JUNE, "--as-of", SEPTEMBER)
    moved = {one["risk"]: one for one in told["moves"]}
    assert set(moved) == {"r-vehicle-yard", "r-hijack-north"}
    (control,) = moved["r-vehicle-yard"]["controls"]
    assert (control["was"]["standing"], control["now"]["standing"]) == ("MET", "PARTLY")
    assert [one["key"] for one in moved["r-hijack-north"]["set_since"]] == ["o-north"]
    assert all(one["rose"] for one in moved.values())
    printed = run("compare", facts, JUNE, "--as-of", SEPTEMBER).stdout
    assert "gate-control: MET → PARTLY." in printed
    assert "2 rose, 0 fell" in printed
    back = answer("compare", facts, SEPTEMBER, "--as-of", JUNE)
    assert [one["key"] for each in back["moves"] for one in each["set_before"]] == ["o-north"]
    assert not any(one["rose"] for one in back["moves"])


def test_compare_of_a_day_with_itself_finds_nothing(facts: str) -> None:
    assert answer("compare", facts, JUNE, "--as-of", JUNE)["moves"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "--as-of", "2020-01-01"], "Name one, ask for a later day, or record one"),
        (["list", "--assessment", "sra-2"], 'Did you mean "sra"?'),
        (["list", "--at", "yards"], 'Did you mean "yard"?'),
        (["year", "--risk", "r-vehicle-yrd"], 'Did you mean "r-vehicle-yard"?'),
        (["year", "--level", "currrent"], 'Did you mean "current"?'),
        (["year", "--check", "10"], "Ask for 1,000 to 10,000,000"),
        (["year", "--as-of", "June"], "Write it as YYYY-MM-DD."),
        (["show", "r-vehicle-yrd"], 'Did you mean "r-vehicle-yard"?'),
        (["compare", "yesterday"], "Write it as YYYY-MM-DD."),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_to_do(facts: str, words: list[str], said: str) -> None:
    command, *rest = words
    day = [] if "--as-of" in words else ["--as-of", JUNE]
    result = run(command, facts, *rest, *day)
    assert result.exit_code == 1
    assert said in result.stderr
    told = run(command, facts, *rest, *day, "--json")
    assert json.loads(told.stdout)["fine"] is False


def test_a_refused_file_is_told_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "facts.yml"
    file.write_text(WORLD.read_text("utf-8").replace('low: "50000", high: "900000"', 'low: "9", high: "1"'), "utf-8")
    result = run("list", str(file), "--as-of", JUNE)
    assert result.exit_code == 1
    assert "The range is upside down: 9 to 1." in result.stderr
