"""Joins of every kind of bound: catalogue language, section 8."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.criteria.asks import Ask, How
from safeconduct.core.criteria.joins import CLASH, NO_CHOICE, JoinedBound, Relation, implied, join
from safeconduct.core.criteria.joins import strictest as strictest_bounds
from safeconduct.core.quantities import Percent, read_duration, read_money
from safeconduct.core.records.catalogue import Obligation, Parameter
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from tests.core.cast import AT_LEAST, AT_MOST, CONTROLS, INCLUDES, ONE_OF, TERMS, YES
from tests.core.criteria.asking import row

PANEL = CONTROLS["panel"].parameters
INTERVAL = CONTROLS["review"].parameters["interval"]
NEED = ControlNeed("panel")


def ask(programme: str, how: How = How.ALWAYS, *, limit: bool = False, ref: str = "1") -> Ask:
    requirement = row(NEED, ref, of=programme)
    return Ask(programme, requirement, Obligation.MUST, how, NEED, "", limit=limit)


def words(*some: str, op: Op = INCLUDES) -> Bound:
    return Bound(op, frozenset(some))


def joined(parameter: Parameter, *bounds: Bound) -> tuple[JoinedBound, ...]:
    """The bounds of programmes called a, b, c … joined."""
    pairs = [(ask("abcdef"[place]), bound) for place, bound in enumerate(bounds)]
    return join(parameter, pairs, TERMS.lists.get(parameter.terms))


def strictest(parameter: Parameter, *bounds: Bound) -> tuple[Bound, ...]:
    return tuple(bound for one in joined(parameter, *bounds) for bound in one.bounds)


def at_least(value: Any) -> Bound:
    return Bound(AT_LEAST, value)


def at_most(text: str) -> Bound:
    return Bound(AT_MOST, read_duration(text))


CASES: list[tuple[str, list[Bound], tuple[Bound, ...]]] = [
    ("guards", [at_least(Decimal(2)), at_least(Decimal(3))], (at_least(Decimal(3)),)),
    ("keep", [at_least(read_duration("12 months")), at_least(read_duration("3 years"))],
     (at_least(read_duration("3 years")),)),
    ("notice", [at_most("24 hours"), at_most("3 days")], (at_most("24 hours"),)),
    ("bond", [at_least(read_money("5 EUR")), at_least(read_money("9 EUR"))], (at_least(read_money("9 EUR")),)),
    ("bond", [at_least(read_money("5 EUR")), at_least(read_money("1 USD"))],
     (at_least(read_money("1 USD")), at_least(read_money("5 EUR")))),
    ("checked", [at_least(Percent(Decimal(80))), at_least(Percent(Decimal(100)))], (at_least(Percent(Decimal(100))),)),
    ("class", [at_least("security"), at_least("high-security")], (at_least("high-security"),)),
    ("photo", [Bound(YES, True), Bound(YES, True)], (Bound(YES, True),)),
    ("coverage", [words("gates"), words("docks", "gates")], (words("docks", "gates"),)),
    ("affixer", [words("party", op=ONE_OF), words("party", "driver", op=ONE_OF)], (words("party", op=ONE_OF),)),
    ("coverage", [words("gates", op=ONE_OF), words("gates", "docks", op=ONE_OF)], (words("gates", op=ONE_OF),)),
    ("coverage", [words("gates", op=ONE_OF), words("docks", op=ONE_OF)],
     (words("docks", op=ONE_OF), words("gates", op=ONE_OF))),
    ("keep", [Bound(AT_LEAST, own=True), at_least(read_duration("3 years"))], (at_least(read_duration("3 years")),)),
    ("keep", [Bound(AT_LEAST, own=True), Bound(AT_LEAST, own=True)], (Bound(AT_LEAST, own=True),)),
    ("notice", [at_most("30 days"), at_most("1 month")], (at_most("1 months"), at_most("30 days"))),
    ("notice", [at_most("365 days"), at_most("1 year")], (at_most("365 days"),)),
    ("keep", [at_least(read_duration("365 days")), at_least(read_duration("1 year"))],
     (at_least(read_duration("1 year")),)),
    ("notice", [at_most("12 months"), at_most("1 year")], (at_most("1 year"),)),
]  # fmt: skip


@pytest.mark.parametrize(("parameter", "bounds", "expected"), CASES)
def test_the_stricter_side_wins_whoever_asks_first(
    parameter: str, bounds: list[Bound], expected: tuple[Bound, ...]
) -> None:
    for order in permutations(bounds):
        assert strictest(PANEL[parameter], *order) == expected


def test_a_floor_and_a_ceiling_stand_side_by_side() -> None:
    found = strictest(PANEL["guards"], at_least(Decimal(2)), Bound(AT_MOST, Decimal(4)))
    assert found == (at_least(Decimal(2)), Bound(AT_MOST, Decimal(4)))


def test_each_element_of_a_set_has_its_own_binders() -> None:
    (found,) = joined(PANEL["coverage"], words("gates"), words("gates", "docks"))
    assert [(part.value, [ask.programme for ask in part.binders]) for part in found.parts] == [
        ("docks", ["b"]),
        ("gates", ["a", "b"]),
    ]


def relations(parameter: str, *bounds: Bound) -> list[Relation]:
    (found,) = joined(PANEL[parameter], *bounds)
    return [found.relation("abcdef"[place]) for place in range(len(bounds))]


BINDS, SAME, LESS = Relation.BINDS, Relation.SAME, Relation.LESS


@pytest.mark.parametrize(
    ("parameter", "bounds", "expected"),
    [
        ("guards", [at_least(Decimal(3)), at_least(Decimal(2))], [BINDS, LESS]),
        ("guards", [at_least(Decimal(3)), at_least(Decimal(3))], [SAME, SAME]),
        ("notice", [at_most("12 months"), at_most("1 year")], [SAME, SAME]),
        ("notice", [at_most("30 days"), at_most("1 month"), at_most("90 days")], [BINDS, BINDS, LESS]),
        ("coverage", [words("gates"), words("docks")], [BINDS, BINDS]),
        ("coverage", [words("gates"), words("gates", "docks")], [LESS, BINDS]),
        ("audience", [words("everyone"), words("drivers")], [BINDS, LESS]),
        ("affixer", [words("party", op=ONE_OF), words("party", "driver", op=ONE_OF)], [BINDS, LESS]),
        ("keep", [Bound(AT_LEAST, own=True), at_least(read_duration("3 years"))], [LESS, BINDS]),
        ("keep", [Bound(AT_LEAST, own=True), Bound(AT_LEAST, own=True)], [SAME, SAME]),
        ("guards", [at_least(Decimal(3))], [BINDS]),
    ],
)
def test_binds_same_and_less(parameter: str, bounds: list[Bound], expected: list[Relation]) -> None:
    assert relations(parameter, *bounds) == expected


def test_a_programme_that_asks_nothing_of_it_is_silent() -> None:
    (found,) = joined(PANEL["guards"], at_least(Decimal(3)))
    assert found.relation("elsewhere") is Relation.SILENT


def test_no_common_choice_is_a_conflict_with_both_named() -> None:
    (found,) = joined(PANEL["affixer"], words("party", op=ONE_OF), words("driver", op=ONE_OF))
    assert found.conflict == NO_CHOICE
    assert [ask.programme for part in found.parts for ask in part.binders] == ["a", "b"]


def test_branches_of_one_row_do_not_clash_with_each_other() -> None:
    pairs = [(ask("a", How.WHEN), words("party", op=ONE_OF)), (ask("a", How.WHEN), words("driver", op=ONE_OF))]
    (found,) = join(PANEL["affixer"], pairs, None)
    assert not found.conflict
    assert found.bounds == (words("party", "driver", op=ONE_OF),)


def test_a_ceiling_of_a_limit_below_a_floor_is_a_conflict() -> None:
    pairs = [
        (ask("a"), at_least(read_duration("30 days"))),
        (ask("privacy", limit=True), Bound(AT_MOST, read_duration("10 days"))),
    ]
    found = join(PANEL["keep"], pairs, None)
    assert [one.conflict for one in found] == [CLASH, CLASH]
    assert [one.limits for one in found] == [False, True]


def test_a_ceiling_at_the_floor_is_no_conflict() -> None:
    pairs = [(ask("a"), at_least(read_duration("10 days"))), (ask("b"), Bound(AT_MOST, read_duration("10 days")))]
    assert not any(one.conflict for one in join(PANEL["keep"], pairs, None))


@pytest.mark.parametrize(
    ("parameter", "bounds", "expected"),
    [
        ("class", [at_least("security"), at_least("high-security")], [at_least("high-security")]),
        ("class", [at_least("security"), Bound(AT_LEAST, own=True)], [at_least("security")]),
        ("class", [Bound(AT_LEAST, own=True)], []),
        ("coverage", [words("gates"), words("gates", "docks"), words("docks")], [words("gates", "docks")]),
        ("coverage", [words("gates"), words("docks")], []),
        ("guards", [at_least(Decimal(2)), Bound(AT_MOST, Decimal(4))], []),
        ("notice", [at_most("30 days"), at_most("1 month")], []),
        ("notice", [at_most("12 months"), at_most("1 year")], [at_most("12 months"), at_most("1 year")]),
    ],
)
def test_the_strictest_bound_is_enough_for_all(parameter: str, bounds: list[Bound], expected: list[Bound]) -> None:
    entry = PANEL[parameter]
    assert list(strictest_bounds(bounds, entry, TERMS.lists.get(entry.terms))) == expected


# ---- what must hold of every join

_DURATIONS = st.sampled_from(["24 hours", "2 days", "30 days", "1 month", "90 days", "12 months", "365 days", "1 year"])
_AREAS = st.frozensets(st.sampled_from(["gates", "docks", "storage"]), min_size=1)
_ALL = frozenset(["gates", "docks", "storage"])
MADE = st.one_of(
    st.tuples(st.just("guards"), st.lists(st.integers(1, 4).map(lambda n: at_least(Decimal(n))), min_size=1)),
    st.tuples(st.just("notice"), st.lists(_DURATIONS.map(at_most) | st.just(Bound(AT_MOST, own=True)), min_size=1)),
    st.tuples(st.just("keep"), st.lists(_DURATIONS.map(lambda one: at_least(read_duration(one))), min_size=1)),
    st.tuples(st.just("class"), st.lists(st.sampled_from(["indicative", "security"]).map(at_least), min_size=1)),
    st.tuples(st.just("coverage"), st.lists(_AREAS.map(lambda one: Bound(INCLUDES, one)), min_size=1)),
    st.tuples(st.just("coverage"), st.lists(_AREAS.map(lambda one: Bound(ONE_OF, one)), min_size=1)),
    st.tuples(st.just("affixer"), st.lists(_AREAS.map(lambda one: Bound(ONE_OF, one | {"x"})), min_size=1)),
)


def _pairs(bounds: list[Bound]) -> list[tuple[Ask, Bound]]:
    return [(ask("p"), bound) for bound in bounds]


def _join(name: str, bounds: list[Bound]) -> tuple[Bound, ...]:
    parameter = PANEL[name]
    found = join(parameter, _pairs(bounds), TERMS.lists.get(parameter.terms))
    return tuple(bound for one in found for bound in one.bounds)


@given(MADE, st.randoms(use_true_random=False), st.integers(0, 5))
def test_joining_is_associative_commutative_and_idempotent(made: Any, chance: Any, cut: int) -> None:
    name, bounds = made
    whole = _join(name, bounds)
    shuffled = chance.sample(bounds, len(bounds))
    assert _join(name, shuffled) == whole
    assert _join(name, [*bounds, *bounds]) == whole
    parts = [one for half in (bounds[:cut], bounds[cut:]) if half for one in _join(name, half)]
    assert _join(name, parts) == whole
    assert _join(name, list(whole)) == whole


@given(MADE)
def test_whoever_keeps_the_join_keeps_every_bound_in_it(made: Any) -> None:
    name, bounds = made
    parameter = PANEL[name]
    held = _join(name, bounds)
    for bound in bounds:
        assert implied(bound, held, parameter, TERMS.lists.get(parameter.terms))


@given(MADE, MADE)
def test_another_programme_never_loosens_a_join(made: Any, other: Any) -> None:
    name, bounds = made
    more = other[1] if other[0] == name else bounds[:1]
    parameter = PANEL[name]
    for bound in _join(name, bounds):
        assert implied(bound, _join(name, [*bounds, *more]), parameter, TERMS.lists.get(parameter.terms))
