"""What rows ask of controls before any organisation is looked at."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.criteria.asks import How
from safeconduct.core.records.catalogue import Addressee, Applies, Obligation, Part, RequirementKind
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    AnyNeed,
    AnyOf,
    ChooseNeed,
    Condition,
    Need,
    Not,
    OutcomeNeed,
    RoleIs,
    SomeNeed,
    TraitIs,
    VariantIs,
    WhenNeed,
)
from tests.core.cast import day, need
from tests.core.criteria.asking import asked, row, scheme

FENCE, ALARM, POLICY, RULES = need("fence"), need("alarm"), need("policy"), need("rules")
PRODUCER, STUFFS, ACE, CE = TraitIs("producer"), TraitIs("stuffs"), VariantIs("ace"), VariantIs("ce")
ALWAYS, WHEN, ONE_WAY = How.ALWAYS, How.WHEN, How.ONE_WAY
SHOULD_THEN_MUST = ((day("2020-03-01"), Obligation.SHOULD), (day("2027-01-01"), Obligation.MUST))


def told(asks: Any) -> list[tuple[str, How, tuple[Condition, ...]]]:
    return [(one.need.control, one.how, one.when) for one in asks]


CASES: list[tuple[Need, list[tuple[str, How, tuple[Condition, ...]]]]] = [
    (AllNeed((FENCE, ALARM)), [("fence", ALWAYS, ()), ("alarm", ALWAYS, ())]),
    (AnyNeed((FENCE, ALARM)), [("fence", ONE_WAY, ()), ("alarm", ONE_WAY, ())]),
    (AnyNeed((FENCE,)), [("fence", ALWAYS, ())]),
    (AnyNeed((AllNeed((FENCE, ALARM)), POLICY)), [(one, ONE_WAY, ()) for one in ("fence", "alarm", "policy")]),
    (SomeNeed(1, (FENCE, ALARM)), [("fence", ONE_WAY, ()), ("alarm", ONE_WAY, ())]),
    (SomeNeed(2, (FENCE, ALARM)), [("fence", ALWAYS, ()), ("alarm", ALWAYS, ())]),
    (WhenNeed(PRODUCER, FENCE), [("fence", WHEN, (PRODUCER,))]),
    (WhenNeed(RoleIs("importer"), FENCE), [("fence", ALWAYS, ())]),
    (WhenNeed(RoleIs("carrier"), FENCE), []),
    (WhenNeed(Not(RoleIs("carrier")), FENCE), [("fence", ALWAYS, ())]),
    (
        WhenNeed(AllOf((RoleIs("importer"), PRODUCER)), FENCE),
        [("fence", WHEN, (AllOf((RoleIs("importer"), PRODUCER)),))],
    ),
    (WhenNeed(AnyOf((RoleIs("importer"), PRODUCER)), FENCE), [("fence", ALWAYS, ())]),
    (WhenNeed(PRODUCER, AnyNeed((FENCE, ALARM))), [("fence", ONE_WAY, (PRODUCER,)), ("alarm", ONE_WAY, (PRODUCER,))]),
    (
        ChooseNeed(((PRODUCER, FENCE), (STUFFS, ALARM)), POLICY),
        [
            ("fence", WHEN, (PRODUCER,)),
            ("alarm", WHEN, (Not(PRODUCER), STUFFS)),
            ("policy", WHEN, (Not(PRODUCER), Not(STUFFS))),
        ],
    ),
    (ChooseNeed(((RoleIs("importer"), FENCE), (STUFFS, ALARM)), POLICY), [("fence", ALWAYS, ())]),
    (ChooseNeed(((RoleIs("carrier"), FENCE),), POLICY), [("policy", ALWAYS, ())]),
    (ChooseNeed(((RoleIs("carrier"), FENCE),)), []),
    (OutcomeNeed(FENCE), [("fence", ALWAYS, ())]),
]  # fmt: skip


@pytest.mark.parametrize(("asked_need", "expected"), CASES)
def test_how_firmly_a_leaf_is_asked(asked_need: Need, expected: Any) -> None:
    assert told(asked(scheme("a", asked_need))) == expected


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        (("ace",), [("fence", ALWAYS, ())]),
        (("ce",), [("alarm", ALWAYS, ())]),
        (("ace", "ce"), [("fence", ALWAYS, ())]),
        ((), [("fence", WHEN, (ACE,)), ("alarm", WHEN, (Not(ACE), CE))]),
    ],
)
def test_the_variants_taken_choose_the_branch(variants: tuple[str, ...], expected: Any) -> None:
    made = scheme("a", ChooseNeed(((ACE, FENCE), (CE, ALARM))), variants=("ace", "ce"))
    assert told(asked(made, *variants)) == expected


def test_a_row_of_another_variant_is_not_asked() -> None:
    made = scheme("a", row(FENCE, "1", variants=("ace",)), row(ALARM, "2"), variants=("ace", "ce"))
    assert [one.need for one in asked(made, "ce")] == [ALARM]
    assert [one.need for one in asked(made, "ace")] == [FENCE, ALARM]
    assert [one.need for one in asked(made)] == [FENCE, ALARM]


@pytest.mark.parametrize("applies", [Applies.NO, Applies.UNKNOWN])
def test_a_row_not_known_to_bind_the_role_asks_nothing(applies: Applies) -> None:
    assert asked(scheme("a", row(FENCE, roles={"importer": applies}))) == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2020-02-29", []),
        ("2020-03-01", [Obligation.SHOULD]),
        ("2026-12-31", [Obligation.SHOULD]),
        ("2027-01-01", [Obligation.MUST]),
    ],
)
def test_the_obligation_is_that_of_the_day(on: str, expected: list[Obligation]) -> None:
    made = scheme("a", row(FENCE, obligation=SHOULD_THEN_MUST))
    assert [one.obligation for one in asked(made, on=day(on))] == expected


def test_parts_have_their_own_obligation_role_and_condition() -> None:
    must, should = ((day("2020-01-01"), Obligation.MUST),), ((day("2020-01-01"), Obligation.SHOULD),)
    parts = (
        Part("a/1#x", must, FENCE),
        Part("a/1#y", should, ALARM),
        Part("a/1#z", must, POLICY, roles={"importer": Applies.NO}),
        Part("a/1#w", must, RULES, when=PRODUCER),
    )
    found = asked(scheme("a", row(None, parts=parts, when=STUFFS)))
    assert [(one.need.control, one.obligation, one.when) for one in found] == [
        ("fence", Obligation.MUST, (STUFFS,)),
        ("alarm", Obligation.SHOULD, (STUFFS,)),
        ("rules", Obligation.MUST, (STUFFS, PRODUCER)),
    ]


@pytest.mark.parametrize(
    "more",
    [{"kind": RequirementKind.GUIDANCE}, {"kind": RequirementKind.QUESTION}, {"kind": RequirementKind.BONUS},
     {"addressee": Addressee.AUTHORITY}, {"addressee": Addressee.PARTNER}, {"when": RoleIs("carrier")}],
)  # fmt: skip
def test_what_is_not_judged_of_the_trader_asks_nothing(more: dict[str, Any]) -> None:
    assert asked(scheme("a", row(FENCE, **more))) == []


def test_each_element_is_asked_by_itself() -> None:
    found = asked(scheme("a", need("training", for_=("drivers", "staff"))))
    assert [one.element for one in found] == ["drivers", "staff"]


def test_a_limit_is_marked() -> None:
    assert [one.limit for one in asked(scheme("a", FENCE, kind="limit"))] == [True]
