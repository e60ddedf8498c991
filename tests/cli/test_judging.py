"""The judging commands: a facts file in, the same answers for people and for programs out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from safeconduct.cli import app

FACTS = """
safeconduct: 1
organisation: {key: group, title: A group}
units:
  us: {in: group, kind: entity, country: US}
  lax: {in: us, kind: site, country: US, title: Los Angeles}
enrolments:
  - {key: ctpat, entity: us, edition: us-ctpat/2020, roles: [importer], sites: [lax], since: 2024-01-01}
in_place:
  - key: s
    control: social-compliance
    at: us
    since: 2024-01-01
    evidence: [{key: e, shows: [design], from: 2024-01-01, to: 2026-06-30}]
"""


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.yml"
    file.write_text(FACTS, encoding="utf-8")
    return str(file)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words, env={"COLUMNS": "300"})


def answer(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_assess_names_each_programme_with_its_mark(facts: str) -> None:
    told = answer("assess", facts, "--as-of", "2026-06-30")
    (programme,) = told["programmes"]
    assert programme["programme"] == "us-ctpat/2020"
    assert programme["results"][0]["mark"] == "UNKNOWN"
    assert {one["requirement"]: one["standing"] for one in programme["criteria"]}["us-ctpat/3.9"] == "MET"


def test_assess_prints_what_stops_meets(facts: str) -> None:
    result = run("assess", facts, "--as-of", "2026-06-30")
    assert result.exit_code == 0
    assert "need paper" in result.stdout
    assert "does not hold every row" in result.stdout


def test_assess_takes_one_site(facts: str) -> None:
    told = answer("assess", facts, "--site", "lax", "--as-of", "2026-06-30")
    assert {row["unit"] for row in told["rows"]} == {"lax"}


def test_assess_over_a_period_finds_the_worst_day(facts: str) -> None:
    told = answer("assess", facts, "--over", "2026-06-01..2026-07-31", "--entity", "us")
    worst = {row["requirement"]: row["worst"] for row in told}["us-ctpat/3.9"]
    assert (worst["standing"], worst["day"]) == ("PARTLY", "2026-07-01")


def test_explain_shows_the_tree_with_its_source(facts: str) -> None:
    (row,) = answer("explain", facts, "us-ctpat/3.9", "--as-of", "2026-07-01")
    codes = [row["finding"]["code"], row["finding"]["because"][0]["code"]]
    assert (row["standing"], codes) == ("PARTLY", ["evidence-lapsed", "evidence-lapsed"])
    assert row["source"]["locator"] == "3.9"

    printed = run("explain", facts, "us-ctpat/3.9", "--as-of", "2026-07-01").stdout
    assert "ended on 30 Jun 2026" in printed
    assert "Attach evidence" in printed


def test_gaps_and_next_agree_on_what_one_record_closes(facts: str) -> None:
    gaps = answer("gaps", facts, "--as-of", "2026-07-01")
    actions = answer("next", facts, "--as-of", "2026-07-01", "--most", "500")
    missing = {gap["row"]["requirement"] for gap in gaps}
    closable = {one.split(" at ")[0] for action in actions for one in action["closes"]}
    assert "us-ctpat/3.9" in missing & closable
    assert closable <= missing
    assert len(actions[0]["closes"]) >= len(actions[-1]["closes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain", "{facts}", "us-ctpat/3.99"], "There is no requirement 'us-ctpat/3.99'."),
        (["assess", "{facts}", "--as-of", "yesterday"], "'yesterday' is not a day."),
        (["assess", "{facts}", "--programme", "us-ctpta"], 'Did you mean "us-ctpat"?'),
        (["assess", "{facts}", "--over", "2026-07-01..2026-06-01"], "before it begins"),
        (["assess", "nowhere.yml"], "nowhere.yml"),
    ],
)
def test_a_refusal_says_why_and_ends_with_one(facts: str, words: list[str], said: str) -> None:
    result = run(*(word.format(facts=facts) for word in words))
    assert result.exit_code == 1
    assert said in result.stderr
