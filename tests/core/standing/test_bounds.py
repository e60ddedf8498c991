"""Recorded values within bounds: catalogue language, section 7.3."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from safeconduct.core.quantities import Money, Percent, read_duration, read_money
from safeconduct.core.records.needs import Bound
from tests.core.cast import (
    AT_LEAST,
    AT_MOST,
    INCLUDES,
    ONE_OF,
    UNITS,
    YES,
    ask,
    covers_areas,
    has,
    need,
    record,
    result,
    unit,
)

UNSAID = ("UNKNOWN", "value-not-recorded")
MET, SHORT, PARTIAL = ("MET", "all-met"), ("UNMET", "short-of-bound"), ("PARTLY", "issuer-partial")
UNLIKE = ("UNKNOWN", "value-not-comparable")
BELOW_OWN, NO_OWN = ("PARTLY", "short-of-own-target"), ("UNKNOWN", "own-target-not-set")
OWN = {op: Bound(op, own=True) for op in (AT_LEAST, AT_MOST, INCLUDES)}


def at_least(value: Any, partly: Any = None) -> Bound:
    return Bound(AT_LEAST, value, partly)


def judged(parameter: str, bound: Bound, recorded: Any, target: Any = None, units: Any = UNITS) -> tuple[str, str]:
    values = {} if recorded is None else {parameter: recorded}
    targets = {} if target is None else {parameter: target}
    kept = record("panel", values=values, targets=targets)
    return result(ask(need("panel", (parameter, bound), shown=()), "2026-07-01", in_place=[kept], units=units))


@pytest.mark.parametrize(
    ("parameter", "bound", "recorded", "expected"),
    [
        ("class", at_least("high-security"), None, UNSAID),
        ("class", at_least("high-security"), "high-security", MET),
        ("class", at_least("high-security"), "security", SHORT),
        ("class", Bound(AT_MOST, "security"), "high-security", SHORT),
        ("class", at_least("high-security"), "sticker", UNLIKE),
        ("opinion", at_least("unqualified", "qualified"), "unqualified", MET),
        ("opinion", at_least("unqualified", "qualified"), "qualified", PARTIAL),
        ("opinion", at_least("unqualified", "qualified"), "adverse", SHORT),
        ("affixer", Bound(ONE_OF, frozenset(["party"])), "party", MET),
        ("affixer", Bound(ONE_OF, frozenset(["party"])), "driver", SHORT),
        ("photo", Bound(YES, True), "yes", MET),
        ("photo", Bound(YES, True), "no", SHORT),
        ("photo", Bound(YES, True), None, UNSAID),
        ("guards", at_least(Decimal(2)), "1", SHORT),
        ("guards", at_least(Decimal(2)), "2", MET),
        ("guards", at_least(Decimal(2), Decimal(1)), "1", PARTIAL),
        ("keep", at_least(read_duration("3 years")), "36 months", MET),
        ("keep", at_least(read_duration("3 years")), "35 months", SHORT),
        ("keep", at_least(read_duration("6 months")), "180 days", SHORT),
        ("keep", at_least(read_duration("6 months")), "182 days", UNLIKE),
        ("keep", at_least(read_duration("6 months")), "184 days", MET),
        ("notice", Bound(AT_MOST, read_duration("24 hours")), "1 day", MET),
        ("notice", Bound(AT_MOST, read_duration("24 hours")), "25 hours", SHORT),
        ("bond", at_least(read_money("1000 EUR")), "1000 EUR", MET),
        ("bond", at_least(read_money("1000 EUR")), "999.99 EUR", SHORT),
        ("bond", at_least(Money(Decimal(1000), "EUR")), "5000 USD", UNLIKE),
        ("checked", at_least(Percent(Decimal(95))), "95 %", MET),
        ("checked", at_least(Percent(Decimal(95))), "94.9 %", SHORT),
    ],
)
def test_one_value(parameter: str, bound: Bound, recorded: Any, expected: tuple[str, str]) -> None:
    assert expected == judged(parameter, bound, recorded)


GATES_AND_DOCKS = covers_areas("gates", "docks")[1]


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (None, UNSAID),
        (has("gates"), UNSAID),
        (has("gates", "docks", "storage"), MET),
        (has("gates", no=["docks"]), SHORT),
        (has(no=["docks"]), SHORT),
        (has("gates", "docks", no=["storage"]), MET),
    ],
)
def test_a_set_counts_element_by_element(recorded: Any, expected: tuple[str, str]) -> None:
    assert expected == judged("coverage", GATES_AND_DOCKS, recorded)


def test_what_a_set_lacks_is_named_and_counted() -> None:
    kept = record("panel", values={"coverage": has("gates", no=["docks"])})
    found = ask(need("panel", ("coverage", GATES_AND_DOCKS), shown=()), "2026-07-01", in_place=[kept]).because[0]
    assert (found.param("lacks"), found.param("covers"), found.param("out_of")) == ("docks", "1", "2")


@pytest.mark.parametrize(
    ("no", "recorded", "expected"),
    [
        (["docks"], has("gates", no=["docks"]), MET),
        (["docks"], has("gates"), MET),
        (["gates", "docks"], None, ("NOT_APPLICABLE", "not-at-this-unit")),
        (["gates", "docks"], has(no=["gates"]), ("NOT_APPLICABLE", "not-at-this-unit")),
        (["docks"], None, UNSAID),
        (["parking"], has("gates", no=["docks"]), SHORT),
    ],
)
def test_what_the_profile_excludes_drops_out_before_anything_is_missed(
    no: list[str], recorded: Any, expected: tuple[str, str]
) -> None:
    here = [*UNITS[:2], unit("rtm", "nl", no=no)]
    assert expected == judged("coverage", GATES_AND_DOCKS, recorded, units=here)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [(has("staff"), MET), (has("everyone"), MET), (has("visitors"), UNSAID), (has("everyone", no=["drivers"]), SHORT)],
)
def test_a_wider_element_of_a_set_holds_for_the_narrower_one(recorded: Any, expected: tuple[str, str]) -> None:
    assert expected == judged("audience", Bound(INCLUDES, frozenset(["drivers"])), recorded)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [(has("docks"), MET), (has(no=["gates"]), UNSAID), (has(no=["gates", "docks"]), SHORT), (None, UNSAID)],
)
def test_one_of_a_set_is_enough(recorded: Any, expected: tuple[str, str]) -> None:
    assert expected == judged("coverage", Bound(ONE_OF, frozenset(["gates", "docks"])), recorded)


@pytest.mark.parametrize(
    ("parameter", "op", "recorded", "target", "expected"),
    [
        ("keep", AT_LEAST, "60 days", None, NO_OWN),
        ("keep", AT_LEAST, None, "90 days", UNSAID),
        ("keep", AT_LEAST, "60 days", "90 days", BELOW_OWN),
        ("keep", AT_LEAST, "90 days", "90 days", MET),
        ("keep", AT_LEAST, "91 days", "3 months", UNLIKE),
        ("notice", AT_MOST, "2 days", "24 hours", BELOW_OWN),
        ("coverage", INCLUDES, has("gates", no=["docks"]), has("gates", "docks"), BELOW_OWN),
        ("coverage", INCLUDES, has("gates"), has("gates", "docks"), UNSAID),
        ("coverage", INCLUDES, has("gates", "docks"), has("gates", "docks"), MET),
        ("coverage", INCLUDES, has("gates"), None, NO_OWN),
    ],
)
def test_own_targets(parameter: str, op: Any, recorded: Any, target: Any, expected: tuple[str, str]) -> None:
    assert expected == judged(parameter, OWN[op], recorded, target)


def test_unknown_values_would_be_met_at_best_and_short_ones_never() -> None:
    for recorded, expected in ((None, "MET"), ("security", "UNMET")):
        kept = record("panel", values={} if recorded is None else {"class": recorded})
        asked = need("panel", ("class", at_least("high-security")), shown=())
        assert expected == ask(asked, "2026-07-01", in_place=[kept]).at_best.value
