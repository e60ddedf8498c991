"""Findings in plain sentences, with every blank filled."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.judgement import UNKNOWN, UNMET, Finding, Kind, leaf
from safeconduct.core.posture import RowJudgement
from safeconduct.core.records.needs import AllNeed, AnyNeed, Bound, Op
from safeconduct.core.sentences import deed, nature, reasons, sentence, written_day
from tests.core.cast import DESIGN, OPERATION, ask, covers_areas, day, evidence, has, need, record
from tests.test_stories import Story, judged, stories

FENCE: dict[str, Any] = {
    "in_place": [record("fence", values={"coverage": has("gates", no=["docks"])})],
    "evidence": [evidence(OPERATION)],
}


@pytest.mark.parametrize(("story", "case"), list(stories()))
def test_every_finding_of_the_stories_is_told_without_a_blank(story: Story, case: Story) -> None:
    row = judged(story, case)
    top = [row.finding, *row.should_parts] if isinstance(row, RowJudgement) else [row]
    told = [(node.code, sentence(node), deed(node)) for finding in top for node in finding.walk()]
    assert [one for one in told if "–" in one[1] + one[2] or "{" in one[1] + one[2]] == []
    assert [one for one in told if not one[1].strip(" .:;")] == []


def test_a_sentence_names_what_is_short() -> None:
    found = ask(need("fence", covers_areas("gates", "docks")), "2026-07-01", **FENCE)
    told = sentence(found.because[0])
    assert told == "Coverage: 1 of 2 asked; lacks docks."


@pytest.mark.parametrize(
    ("recorded", "said", "does"),
    [
        ({"photo": "yes"}, "Photo: yes.", ""),
        ({"photo": "no"}, "Recorded as not so: photo.", "Make it so: photo."),
        ({}, "Not recorded: photo.", "Record whether it is so: photo."),
    ],
)
def test_a_bound_that_asks_for_a_yes_is_told_without_yes_and_no(recorded: Any, said: str, does: str) -> None:
    facts: Any = {"in_place": [record("panel", values=recorded)], "evidence": [evidence(DESIGN)]}
    found = ask(need("panel", ("photo", Bound(Op.YES))), "2026-07-01", **facts)
    photo = next(one for one in found.because if one.kind is Kind.BOUND)
    assert (sentence(photo), deed(photo)) == (said, does)


def test_what_is_combined_is_told_in_the_words_of_what_decides() -> None:
    asked = AllNeed((AnyNeed((need("fence", covers_areas("docks")),)), need("fence")))
    found = ask(asked, "2026-07-01", **FENCE)
    assert sentence(found) == sentence(next(found.leaves()))
    assert sentence(found) == "Coverage: 0 of 1 asked; lacks docks."
    assert deed(found) == "Bring coverage to what is asked."


@pytest.mark.parametrize(
    ("why", "told"),
    [("", ""), ("The gate stands open.", "The gate stands open."), ("open " * 100, "open " * 47 + "…")],
)
def test_a_judgement_is_told_with_its_reasons_and_long_ones_are_cut(why: str, told: str) -> None:
    fell = leaf(Kind.JUDGEMENT, "r", "rtm", UNMET, "judged-short", day("2026-07-01"), by="Bo", on="2026-06-01", why=why)
    assert (sentence(fell), reasons(fell)) == ("Judged not to hold by Bo on 1 Jun 2026.", told)


def test_days_are_written_out() -> None:
    found = ask(need("fence"), "2027-06-01", **FENCE)
    assert sentence(found) == "Its evidence of operation ended on 31 Dec 2026."
    assert written_day(day("2026-11-04")) == "4 Nov 2026"


def test_nature_says_what_stops_a_met() -> None:
    expected = {"claimed": "paper", "evidence-lapsed": "time", "recorded-absent": "work", "shown": ""}
    assert {code: nature(told(code)) for code in expected} == expected


def told(code: str) -> Finding:
    return leaf(Kind.CONTROL, "c", "rtm", UNKNOWN, code, day("2026-07-01"))


def test_a_code_nobody_described_is_told_by_its_own_words() -> None:
    strange = leaf(Kind.CONTROL, "c", "rtm", UNMET, "quite-new", day("2026-07-01"))
    assert (sentence(strange), deed(strange), nature(strange)) == ("Quite new.", "", "")
