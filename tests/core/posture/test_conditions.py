"""When something applies: catalogue language, section 7.9."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from safeconduct.core.posture import Question
from safeconduct.core.posture.conditions import truth
from safeconduct.core.records.needs import (
    AllOf,
    AnyOf,
    Condition,
    FigureInput,
    FlowIs,
    MeasureIs,
    MeasureNeed,
    Name,
    Not,
    PresentIs,
    RoleIs,
    TraitIs,
    VariantIs,
)
from safeconduct.core.records.units import TradeFlow, UnitKind
from tests.core.cast import ENROLMENT, PROGRAMME, UNITS, day, figure, ground, record, unit

TRUE, FALSE, UNKNOWN = RoleIs("importer"), RoleIs("carrier"), TraitIs("producer")


def holds(condition: Condition, *, at: str = "rtm", enrolment: Any = ENROLMENT, **sections: Any) -> bool | None:
    return truth(Question(ground("2026-07-01", **sections), at, PROGRAMME, enrolment), condition).holds


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (TRUE, True),
        (FALSE, False),
        (UNKNOWN, None),
        (Not(TRUE), False),
        (Not(FALSE), True),
        (Not(UNKNOWN), None),
        (AllOf((TRUE, TRUE)), True),
        (AllOf((TRUE, UNKNOWN)), None),
        (AllOf((UNKNOWN, FALSE)), False),
        (AnyOf((FALSE, UNKNOWN)), None),
        (AnyOf((UNKNOWN, TRUE)), True),
        (AnyOf((FALSE, FALSE)), False),
    ],
)
def test_three_valued_logic(condition: Condition, expected: bool | None) -> None:
    assert holds(condition) is expected


def with_traits(entity: Any = None, site: Any = None) -> list[Any]:
    return [
        unit("nl", "group", UnitKind.ENTITY, traits=entity or {}),
        UNITS[1],
        unit("rtm", "nl", traits=site or {}),
    ]


@pytest.mark.parametrize(
    ("trait", "entity", "site", "expected"),
    [
        ("producer", {"producer": True}, None, True),
        ("producer", {"producer": False}, None, False),
        ("producer", None, {"producer": True}, None),
        ("stuffs", None, {"stuffs": True}, True),
        ("stuffs", {"stuffs": True}, None, True),
        ("stuffs", {"stuffs": True}, {"stuffs": False}, False),
        ("stuffs", None, None, None),
    ],
)
def test_a_trait_is_what_the_nearest_unit_says(trait: str, entity: Any, site: Any, expected: bool | None) -> None:
    assert holds(TraitIs(trait), units=with_traits(entity, site)) is expected


@pytest.mark.parametrize(("variant", "expected"), [((), None), (("a",), True), (("b",), False), (("a", "b"), True)])
def test_the_variant_sought(variant: tuple[str, ...], expected: bool | None) -> None:
    assert holds(VariantIs("a"), enrolment=replace(ENROLMENT, variant=variant)) is expected


FLOWS = (TradeFlow(from_=("CN",), to=("US",), mode=("sea",)), TradeFlow(from_=("NL",)))


@pytest.mark.parametrize(
    ("asked", "flows", "expected"),
    [
        (FlowIs(to=("US",)), (), None),
        (FlowIs(to=("US",)), FLOWS[:1], True),
        (FlowIs(to=("JP",)), FLOWS[:1], False),
        (FlowIs(to=("JP",)), FLOWS, True),
        (FlowIs(from_=("CN",), mode=("air",)), FLOWS, False),
        (FlowIs(from_=("CN",), mode=("air", "sea")), FLOWS, True),
    ],
)
def test_flows(asked: FlowIs, flows: tuple[TradeFlow, ...], expected: bool | None) -> None:
    assert holds(asked, enrolment=replace(ENROLMENT, flows=flows)) is expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], None),
        ([record("fence")], True),
        ([record("fence", present=False)], False),
        ([record("fence", "nl")], None),
        ([record("fence", since="2026-07-02")], None),
    ],
)
def test_present(records: list[Any], expected: bool | None) -> None:
    assert holds(PresentIs("fence"), in_place=records) is expected


CONTAINER, REEFER, TRAILER = (
    record("inspection", for_=element, key=element, present=False) for element in ("container", "reefer", "trailer")
)


@pytest.mark.parametrize(
    ("records", "no", "expected"),
    [
        ([CONTAINER], [], None),
        ([CONTAINER, REEFER, TRAILER], [], False),
        ([CONTAINER, REEFER], ["trailer"], False),
        ([CONTAINER, record("inspection", for_="reefer")], [], True),
        ([], ["container", "reefer", "trailer"], False),
    ],
)
def test_absent_for_one_element_says_nothing_about_the_others(
    records: list[Any], no: list[str], expected: bool | None
) -> None:
    here = [*UNITS[:2], unit("rtm", "nl", no=no)]
    assert holds(PresentIs("inspection"), in_place=records, units=here) is expected


SMALL = MeasureIs(MeasureNeed((("h", FigureInput("heads")),), Name("h"), "heads", at_most=Decimal(50)))


@pytest.mark.parametrize(("heads", "expected"), [("50", True), ("51", False), (None, None)])
def test_a_measure(heads: str | None, expected: bool | None) -> None:
    figures = [] if heads is None else [figure("heads", heads)]
    assert holds(SMALL, figures=figures) is expected


def test_the_day_a_condition_may_turn_is_foreseen() -> None:
    records = [record("fence", present=False), record("fence", key="c2", since="2026-09-01")]
    told = truth(Question(ground("2026-07-01", in_place=records), "rtm", PROGRAMME, ENROLMENT), PresentIs("fence"))
    assert (told.holds, told.good_until) == (False, day("2026-08-31"))


def test_what_would_tell_is_named() -> None:
    told = truth(Question(ground("2026-07-01"), "rtm", PROGRAMME, ENROLMENT), AllOf((TRUE, UNKNOWN)))
    assert (told.mend.deed, told.mend.at) == ("record-trait", "nl") if told.mend else False
