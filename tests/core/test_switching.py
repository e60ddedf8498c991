"""Following another edition from a day on: which enrolment ends and begins, and what becomes of what was decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.assess import assess
from safeconduct.core.criteria.editions import difference
from safeconduct.core.errors import Refusal
from safeconduct.core.planning.switching import (
    Fate,
    cost_of_switch,
    decisions_after,
    switched,
    switched_back,
    switched_from,
)
from safeconduct.core.records.catalogue import RequirementKind
from safeconduct.core.records.decisions import Answer, RowConfirmation
from safeconduct.core.snapshot import Snapshot
from tests.core.cast import ENROLMENT, OPERATION, catalogue, day, evidence, facts, ground, need, programme, record
from tests.core.criteria.asking import row

ON = day("2026-07-01")
FENCE, ALARM = need("fence"), need("alarm")
OLD = programme(
    row(FENCE, "1", of="us"),
    row(FENCE, "2", of="us"),
    row(FENCE, "3", of="us"),
    row(None, "4", of="us", kind=RequirementKind.GUIDANCE),
)
NEW = programme(
    row(FENCE, "1", of="us"),
    row(ALARM, "2", of="us"),
    row(FENCE, "9", of="us", supersedes="us/3"),
    edition="2",
    supersedes="1",
    since=day("2026-01-01"),
)
BOTH = catalogue(OLD, NEW)
HELD = replace(ENROLMENT, number="NL 1", roles=("importer", "carrier"))


def test_the_old_enrolment_ends_the_day_before_and_the_new_one_says_all_else_alike() -> None:
    found = switched(facts(enrolments=[HELD]), HELD, NEW, ON)
    assert found.ended == replace(HELD, until=day("2026-06-30"))
    assert found.begun == replace(HELD, key="e-2", edition="us/2", since=ON)


def test_each_day_is_judged_by_the_edition_followed_then() -> None:
    found = switched(facts(), ENROLMENT, NEW, ON)
    snapshot = Snapshot(facts(enrolments=[found.ended, found.begun]))
    followed = [
        [one.programme.id for one in assess(snapshot, BOTH, day(on)).programmes]
        for on in ("2026-06-30", "2026-07-01", "2026-07-02")
    ]
    assert followed == [["us/1"], ["us/2"], ["us/2"]]


def test_an_enrolment_with_a_last_day_keeps_it() -> None:
    held = replace(ENROLMENT, until=day("2027-12-31"))
    found = switched(facts(enrolments=[held]), held, NEW, ON)
    assert found.begun.until == day("2027-12-31")
    assert switched_back(facts(enrolments=[found.ended, found.begun]), found.begun) == held


def test_the_key_carries_the_edition_once_and_is_free() -> None:
    held = replace(ENROLMENT, key="nl-us-1")
    taken = replace(ENROLMENT, key="nl-us-2", entity="us")
    assert switched(facts(enrolments=[held]), held, NEW, ON).begun.key == "nl-us-2"
    assert switched(facts(enrolments=[held, taken]), held, NEW, ON).begun.key == "nl-us-2-2"
    dotted = replace(NEW, edition="5.1")
    assert switched(facts(enrolments=[held]), held, dotted, ON).begun.key == "nl-us-5-1"


def test_roles_and_levels_the_new_edition_does_not_have_are_named() -> None:
    held = replace(HELD, variant=("a", "b"))
    found = switched(facts(enrolments=[held]), held, replace(NEW, roles=("importer",), variants=("a",)), ON)
    assert (found.begun.roles, found.roles_lost) == (("importer",), ("carrier",))
    assert (found.begun.variant, found.variants_lost) == (("a",), ("b",))


@pytest.mark.parametrize(
    ("held", "after", "on", "words"),
    [
        ({}, {"key": "eu"}, ON, "is another programme"),
        ({}, {"edition": "1"}, ON, "follows us/1 already"),
        ({}, {}, ENROLMENT.since, "is not after its first day"),
        ({"until": day("2026-06-30")}, {}, ON, "runs from 2020-01-01 to 2026-06-30"),
        ({}, {}, day("2025-12-31"), "applies from 2026-01-01"),
        ({}, {"until": day("2026-03-31")}, ON, "applies from 2026-01-01 to 2026-03-31"),
        ({}, {"roles": ("broker",)}, ON, "none of the roles importer"),
    ],
)
def test_what_cannot_be_switched_is_refused(held: Any, after: Any, on: Any, words: str) -> None:
    enrolment = replace(ENROLMENT, **held)
    with pytest.raises(Refusal, match=words):
        switched(facts(enrolments=[enrolment]), enrolment, replace(NEW, **after), on)


def test_what_it_took_the_place_of_is_found_and_never_guessed() -> None:
    found = switched(facts(), ENROLMENT, NEW, ON)
    pair = [found.ended, found.begun]
    assert switched_from(facts(enrolments=pair), found.begun) == found.ended
    assert switched_from(facts(enrolments=pair), found.ended) is None
    other_roles = replace(found.ended, key="c", roles=("carrier",))
    assert switched_from(facts(enrolments=[*pair, other_roles]), found.begun) == found.ended
    twin = replace(found.ended, key="t")
    assert switched_from(facts(enrolments=[*pair, twin]), found.begun) is None
    with pytest.raises(Refusal, match="No single enrolment"):
        switched_back(facts(enrolments=[*pair, twin]), found.begun)


def test_an_enrolment_nobody_switched_took_no_ones_place() -> None:
    for other in (
        replace(ENROLMENT, key="o", entity="us", until=day("2026-06-30"), edition="us/0"),
        replace(ENROLMENT, key="o", until=day("2026-06-30"), edition="eu/1"),
        replace(ENROLMENT, key="o", until=day("2026-06-29"), edition="us/0"),
        replace(ENROLMENT, key="o", until=day("2026-06-30")),
    ):
        held = replace(ENROLMENT, since=ON)
        assert switched_from(facts(enrolments=[held, other]), held) is None


def test_what_it_costs_is_judged_on_the_facts_there_are() -> None:
    found = switched(facts(), ENROLMENT, NEW, ON)
    here = ground(ON, in_place=[record("fence")], evidence=[evidence(OPERATION)], entries=BOTH)
    cost = cost_of_switch(here, found.begun, NEW)
    assert (cost.met, len(cost.musts), [gap.row.requirement.key for gap in cost.gaps]) == (2, 3, ["us/2"])


def test_what_becomes_of_every_decision() -> None:
    said = [Answer(key=f"a{ref}", requirement=f"us/{ref}", at="rtm", owner="O") for ref in "1234"]
    elsewhere = Answer(key="x", requirement="us/1", at="ein", owner="O")
    read = RowConfirmation(key="r", requirement="us/2", by="O", on=ON, document="D")
    recorded = facts(answers=[*said, elsewhere], row_confirmations=[read])
    found = decisions_after(recorded, ENROLMENT, difference(BOTH, OLD, NEW, ON))
    assert [(one.record.key, one.fate) for one in found] == [
        ("a1", Fate.CARRIES_OVER),
        ("a2", Fate.LOOK_AGAIN),
        ("a3", Fate.CONFIRM_ANEW),
        ("a4", Fate.RESTS),
        ("r", Fate.LOOK_AGAIN),
    ]
