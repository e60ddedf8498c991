"""The grammar of needs: when, choose and what is combined (catalogue language, sections 5.1 and 7.9)."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    ChooseNeed,
    Need,
    Not,
    PresentIs,
    RoleIs,
    SomeNeed,
    TraitIs,
    WhenNeed,
)
from tests.core.cast import OPERATION, ask, day, evidence, need, record, result

TRUE, FALSE, UNKNOWN = RoleIs("importer"), RoleIs("carrier"), TraitIs("producer")
FENCE, ALARM = need("fence"), need("alarm", shown=(OPERATION,))
SECTIONS: dict[str, Any] = {
    "in_place": [record("fence"), record("alarm", key="no", present=False)],
    "evidence": [evidence(OPERATION, to="2026-12-31")],
}
MET, UNMET, NOT_ASKED = ("MET", "all-met"), ("UNMET", "recorded-absent"), ("NOT_APPLICABLE", "does-not-apply")
UNCLEAR = ("UNKNOWN", "applicability-unknown")


def judged(asked: Need) -> tuple[str, str]:
    return result(ask(asked, "2026-07-01", **SECTIONS))


@pytest.mark.parametrize(
    ("condition", "then", "expected"),
    [
        (TRUE, FENCE, MET),
        (TRUE, ALARM, UNMET),
        (FALSE, ALARM, NOT_ASKED),
        (UNKNOWN, FENCE, MET),
        (UNKNOWN, ALARM, UNCLEAR),
        (UNKNOWN, need("policy"), UNCLEAR),
        (UNKNOWN, WhenNeed(FALSE, ALARM), NOT_ASKED),
    ],
)
def test_when(condition: Any, then: Need, expected: tuple[str, str]) -> None:
    assert judged(WhenNeed(condition, then)) == expected


@pytest.mark.parametrize(
    ("branches", "otherwise", "expected"),
    [
        ([(TRUE, FENCE), (TRUE, ALARM)], None, MET),
        ([(FALSE, ALARM), (TRUE, FENCE)], None, MET),
        ([(FALSE, FENCE)], ALARM, UNMET),
        ([(FALSE, FENCE)], None, NOT_ASKED),
        ([(UNKNOWN, FENCE), (Not(UNKNOWN), FENCE)], None, MET),
        ([(UNKNOWN, ALARM), (Not(UNKNOWN), ALARM)], None, UNMET),
        ([(UNKNOWN, FENCE), (Not(UNKNOWN), ALARM)], None, UNCLEAR),
        ([(UNKNOWN, ALARM), (TRUE, FENCE)], None, UNCLEAR),
        ([(UNKNOWN, FENCE), (TRUE, FENCE)], ALARM, MET),
        ([(UNKNOWN, FENCE)], ALARM, UNCLEAR),
        ([(UNKNOWN, FENCE)], FENCE, MET),
        ([(FALSE, ALARM), (UNKNOWN, FENCE)], FENCE, MET),
    ],
)
def test_choose(branches: list[Any], otherwise: Need | None, expected: tuple[str, str]) -> None:
    assert judged(ChooseNeed(tuple(branches), otherwise)) == expected


def test_a_branch_passed_over_today_ends_the_answer_when_it_begins_to_hold() -> None:
    gate = [record("rules", present=False, key="g1"), record("rules", key="g2", since="2026-09-01")]
    asked = ChooseNeed(((PresentIs("rules"), ALARM),), FENCE)
    found = ask(asked, "2026-07-01", in_place=[*SECTIONS["in_place"], *gate], evidence=SECTIONS["evidence"])
    assert (found.standing.value, found.good_until) == ("MET", day("2026-08-31"))
    none = ask(ChooseNeed(asked.branches), "2026-07-01", in_place=gate)
    assert (result(none), none.good_until) == (NOT_ASKED, day("2026-08-31"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (AllNeed((FENCE, ALARM)), UNMET),
        (AnyNeed((ALARM, FENCE)), MET),
        (AllNeed((FENCE, WhenNeed(FALSE, ALARM))), MET),
        (SomeNeed(2, (FENCE, ALARM, need("policy"))), ("UNKNOWN", "never-recorded")),
        (SomeNeed(2, (FENCE, ALARM, WhenNeed(FALSE, FENCE)), partly=1), ("PARTLY", "issuer-partial")),
        (SomeNeed(2, (FENCE, WhenNeed(FALSE, FENCE)), partly=1), ("UNKNOWN", "too-few-applicable")),
        (AllNeed((WhenNeed(FALSE, ALARM),)), NOT_ASKED),
    ],
)
def test_combined(asked: Need, expected: tuple[str, str]) -> None:
    assert judged(asked) == expected


def test_what_may_not_apply_is_met_at_best() -> None:
    found = ask(WhenNeed(UNKNOWN, ALARM), "2026-07-01", **SECTIONS)
    assert (found.at_best.value, found.mend.deed if found.mend else "") == ("MET", "record-trait")
