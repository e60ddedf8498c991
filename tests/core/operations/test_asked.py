"""What somebody was asked to put right about a control at a place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from safeconduct.core.operations.asked import asked_of
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.core.snapshot import Snapshot
from tests.core.cast import day, facts, record


def snapshot(**sections: Any) -> Snapshot:
    return Snapshot(facts(**sections))


def raised(key: str = "w", **more: Any) -> RaisedFinding:
    return RaisedFinding(**{"key": key, "of": "fence", "at": "rtm", "on": day("2026-06-01"), **more})


def action(key: str = "a", **more: Any) -> CorrectiveAction:
    given = {"key": key, "mends": "w", "opened": day("2026-06-01"), "due": day("2026-06-30"), **more}
    return CorrectiveAction(**given)


@pytest.mark.parametrize(
    ("on", "runs"),
    [("2026-05-31", False), ("2026-06-01", True), ("2026-07-04", True), ("2026-07-05", False)],
    ids=["before it is opened", "the day it is opened", "late, the day before it is closed", "the day it is closed"],
)
def test_an_action_runs_from_its_opening_until_it_is_closed_late_or_not(on: str, runs: bool) -> None:
    known = snapshot(findings=[raised()], corrective_actions=[action(closed=date(2026, 7, 5))])
    assert [one.action.key for one in asked_of(known, "fence", {"rtm"}, day(on))] == ["a"] * runs


def test_those_of_other_controls_and_places_are_not_meant_and_the_earliest_due_is_first() -> None:
    known = snapshot(
        findings=[raised(), raised("elsewhere", at="ein"), raised("other", of="panel")],
        corrective_actions=[
            action("later", due=day("2026-07-31")),
            action("sooner"),
            action("x", mends="elsewhere"),
            action("y", mends="other"),
        ],
    )
    assert [one.action.key for one in asked_of(known, "fence", {"rtm"}, day("2026-06-02"))] == ["sooner", "later"]


def test_what_concerns_the_record_of_another_element_is_left_out() -> None:
    records = [record("fence", key="c-gates", for_="gates"), record("fence", key="c-docks", for_="docks")]
    known = snapshot(
        in_place=records,
        findings=[raised("g", about="c-gates"), raised("d", about="c-docks"), raised("all")],
        corrective_actions=[action(one, mends=one) for one in ("g", "d", "all")],
    )
    found = asked_of(known, "fence", {"rtm"}, day("2026-06-02"), element="gates")
    assert {one.action.key for one in found} == {"g", "all"}
