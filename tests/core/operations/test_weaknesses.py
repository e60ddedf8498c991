"""Weaknesses put right in time: catalogue language, sections 5.1 (mended) and 7.7."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.records.needs import MendedNeed, Renewal
from tests.core.cast import action, ask, day, done, months, raised, record, result

OWN = MendedNeed("audit", Renewal())
ISSUERS = MendedNeed("audit", Renewal(months(1)))
ON = "2026-07-01"
MET, OVERDUE = ("MET", "all-met"), ("UNMET", "action-overdue")
FOUND = [raised("2026-05-01")]
CASES: dict[str, tuple[MendedNeed, list[Any], tuple[str, str]]] = {
    "inside its due day": (OWN, [action("w", "2026-05-02", "2026-07-01")], MET),
    "past its due day": (OWN, [action("w", "2026-05-02", "2026-06-30")], OVERDUE),
    "closed": (OWN, [action("w", "2026-05-02", "2026-05-10", closed="2026-05-09")], MET),
    "closed late": (OWN, [action("w", "2026-05-02", "2026-05-10", closed="2026-07-01")], MET),
    "closed tomorrow": (OWN, [action("w", "2026-05-02", "2026-05-10", closed="2026-07-02")], OVERDUE),
    "no action, no own time": (OWN, [], ("UNKNOWN", "own-target-not-set")),
    "opened tomorrow": (OWN, [action("w", "2026-07-02", "2026-08-10")], ("UNKNOWN", "own-target-not-set")),
    "one of two overdue": (
        OWN,
        [action("w", "2026-05-02", "2026-06-30"), action("w", "2026-05-02", "2026-09-30", key="x2")],
        OVERDUE,
    ),
    "no action, past the issuer's time": (ISSUERS, [], OVERDUE),
    "an action that outlasts the issuer's time": (ISSUERS, [action("w", "2026-05-02", "2028-01-01")], OVERDUE),
    "closed past the issuer's time": (ISSUERS, [action("w", "2026-05-02", "2028-01-01", closed="2026-06-30")], MET),
}


@pytest.mark.parametrize("case", CASES)
def test_mended(case: str) -> None:
    need, actions, expected = CASES[case]
    assert result(ask(need, ON, findings=FOUND, corrective_actions=actions)) == expected
    assert result(ask(need, ON, findings=FOUND, corrective_actions=actions[::-1])) == expected


@pytest.mark.parametrize(("on", "expected"), [("2026-06-01", MET), ("2026-06-02", OVERDUE)])
@pytest.mark.parametrize("need", [OWN, ISSUERS])
def test_without_an_action_the_time_runs_from_the_finding(need: MendedNeed, on: str, expected: tuple[str, str]) -> None:
    kept = [record("curing", "group", targets={"within": "1 month"})]
    assert result(ask(need, on, findings=FOUND, in_place=kept)) == expected


def test_no_finding_is_as_good_as_the_process_that_would_find_one() -> None:
    assert result(ask(OWN, ON)) == ("UNKNOWN", "never-recorded")
    kept: dict[str, Any] = {"in_place": [record("audit", "nl")], "done": [done("2026-01-01")]}
    assert result(ask(OWN, ON, **kept)) == MET


def test_a_finding_to_come_ends_the_answer_of_the_process() -> None:
    kept: dict[str, Any] = {"in_place": [record("audit", "nl")], "done": [done("2026-01-01")]}
    found = ask(OWN, "2026-04-30", findings=FOUND, **kept)
    assert (result(found), found.good_until) == (MET, day("2026-04-30"))


@pytest.mark.parametrize(
    ("at", "asked_at", "expected"),
    [("rtm", "rtm", OVERDUE), ("nl", "rtm", OVERDUE), ("ein", "rtm", MET), ("ein", "nl", OVERDUE), ("us", "nl", MET)],
)
def test_findings_count_where_they_belong(at: str, asked_at: str, expected: tuple[str, str]) -> None:
    kept: dict[str, Any] = {"in_place": [record("audit", "group")], "done": [done("2026-01-01")]}
    found = ask(ISSUERS, ON, at=asked_at, findings=[raised("2026-05-01", at=at)], **kept)
    assert result(found) == expected


def test_a_process_kept_by_elements_is_asked_for_those_on_record_here() -> None:
    need = MendedNeed("training", Renewal())
    here = record("training", for_="drivers")
    elsewhere = record("training", "ein", for_="visitors", key="c2")
    found = ask(need, ON, in_place=[here, elsewhere], done=[done("2026-01-01")])
    assert (result(found), found.subject) == (MET, "training[drivers]")
