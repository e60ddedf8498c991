"""One strictest statement per control and element."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.criteria.joins import Relation, implied
from safeconduct.core.criteria.leaves import bounds_of, parameter_of, shown_of
from safeconduct.core.criteria.statements import Statement
from safeconduct.core.quantities import Percent, read_duration
from safeconduct.core.records.catalogue import Obligation
from safeconduct.core.records.needs import AnyNeed, Bound, ControlNeed, Need, TraitIs, WhenNeed
from tests.core.cast import (
    AT_LEAST,
    AT_MOST,
    CONTROLS,
    DESIGN,
    EFFECT,
    OPERATION,
    TERMS,
    YES,
    covers_areas,
    day,
    every,
    need,
)
from tests.core.criteria.asking import only, row, scheme, stated
from tests.core.made_needs import CONTROL_NEEDS

SHOULD = ((day("2020-01-01"), Obligation.SHOULD),)
BINDS, SAME, LESS, ONE_WAY, SILENT = Relation
KEEP_30 = ("keep", Bound(AT_LEAST, read_duration("30 days")))
KEEP_10 = ("keep", Bound(AT_MOST, read_duration("10 days")))


def test_one_statement_per_control_and_element_by_family_and_key() -> None:
    made = scheme("a", need("training", for_=("staff", "drivers")), need("alarm"), need("fence"), need("alarm"))
    told = [(one.control.key, one.element) for one in stated(made)]
    assert told == [("alarm", ""), ("fence", ""), ("training", "drivers"), ("training", "staff")]


def relations(*needs: Need, other: Need | None = None) -> list[Relation]:
    made = [scheme("abc"[place], one) for place, one in enumerate(needs)]
    silent = [scheme("z", other)] if other is not None else []
    found = next(one for one in stated(*made, *silent) if one.control.key == "fence")
    return [found.relation(f"{key}/1") for key in [*"abc"[: len(needs)], *(["z"] if silent else [])]]


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ([need("fence")], [BINDS]),
        ([need("fence"), need("fence")], [SAME, SAME]),
        ([need("fence", covers_areas("gates")), need("fence")], [BINDS, LESS]),
        ([need("fence", covers_areas("gates")), need("fence", covers_areas("gates"))], [SAME, SAME]),
        ([need("fence", covers_areas("gates")), need("fence", covers_areas("docks"))], [BINDS, BINDS]),
        ([need("fence"), AnyNeed((need("fence"), need("alarm")))], [BINDS, ONE_WAY]),
        ([AnyNeed((need("fence"), need("alarm")))], [ONE_WAY]),
    ],
)
def test_how_each_programme_stands_to_the_statement(needs: list[Need], expected: list[Relation]) -> None:
    assert relations(*needs) == expected
    assert relations(*needs, other=need("alarm"))[-1] is SILENT


def test_one_of_several_ways_binds_nobody() -> None:
    way = AnyNeed((need("fence", covers_areas("gates")), need("alarm")))
    statements = {one.control.key: one for one in stated(scheme("a", way), scheme("b", need("fence")))}
    assert statements["fence"].bounds == ()
    assert [ask.programme for ask in statements["fence"].ways] == ["a/1"]
    assert not statements["fence"].one_way
    assert statements["alarm"].one_way


def test_a_conditional_ask_is_joined_and_keeps_its_condition() -> None:
    found = only(scheme("a", WhenNeed(TraitIs("producer"), need("fence", covers_areas("gates")))))
    (bound,) = found.bounds
    assert [ask.when for part in bound.parts for ask in part.binders] == [(TraitIs("producer"),)]


def test_only_the_obligations_asked_for_are_joined() -> None:
    made = scheme("a", row(need("fence"), "1"), row(need("alarm"), "2", obligation=SHOULD))
    assert [one.control.key for one in stated(made)] == ["fence"]
    both = stated(made, obligations=(Obligation.MUST, Obligation.SHOULD))
    assert [(one.control.key, one.must) for one in both] == [("alarm", False), ("fence", True)]


def test_share_keeper_evidence_and_another_look_are_part_of_it() -> None:
    found = only(
        scheme("a", need("drill", share=Bound(AT_LEAST, Percent(Decimal(80))), by=("self", "contract"))),
        scheme("b", need("drill", share=Bound(AT_LEAST, Percent(Decimal(100))), by=("self",), shown=(EFFECT,),
                         assurance="verified")),
    )  # fmt: skip
    assert found.shown == (OPERATION, EFFECT)
    assert found.verified
    (leaf,) = found.needs()
    assert leaf.share == Bound(AT_LEAST, Percent(Decimal(100)))
    assert leaf.by == ("self",)
    assert leaf.assurance == "verified"


def test_a_limit_only_clashes() -> None:
    privacy = scheme("privacy", need("panel", KEEP_10), need("fence", covers_areas("gates")), kind="limit")
    found = only(scheme("a", need("panel", KEEP_30)), privacy)
    assert [bound.op for bound in found.conflicts] == [AT_LEAST, AT_MOST]
    assert found.programmes == ("a/1",)
    assert found.relation("privacy/1") is SILENT
    (leaf,) = found.needs()
    assert leaf.bounds == (KEEP_30,)


def test_a_limit_that_is_not_crossed_is_no_conflict() -> None:
    assert only(scheme("a", need("panel", ("keep", Bound(AT_LEAST, own=True)))),
                scheme("privacy", need("panel", KEEP_10), kind="limit")).conflicts == ()  # fmt: skip


def test_lengths_that_do_not_compare_become_two_leaves() -> None:
    first, second = only(scheme("a", need("review", every("30 days"), covers_areas("gates"))),
                         scheme("b", need("review", every("1 month")))).needs()  # fmt: skip
    assert dict(first.bounds)["interval"].value == read_duration("1 month")
    assert dict(second.bounds)["interval"].value == read_duration("30 days")
    assert "coverage" not in dict(second.bounds)


def test_where_every_number_is_own_there_is_no_value() -> None:
    found = only(scheme("a", need("panel", ("keep", Bound(AT_LEAST, own=True)), ("photo", Bound(YES, True)))))
    assert [bound.parameter.key for bound in found.own] == ["keep"]


# ---- what must hold of every choice of programmes

LEAVES = st.lists(st.sampled_from(CONTROL_NEEDS), min_size=1, max_size=4)


def keeps(statement: Statement, leaf: ControlNeed) -> bool:
    """Whether whoever keeps the statement keeps the leaf."""
    held: dict[str, list[Bound]] = {}
    for one in statement.needs():
        for name, bound in bounds_of(one):
            held.setdefault(name, []).append(bound)
    control = statement.control
    shown = set(shown_of(control, leaf)) <= set(statement.shown)
    verified = leaf.assurance != "verified" or statement.verified
    return (
        shown
        and verified
        and all(
            implied(bound, held.get(name, ()), parameter, TERMS.lists.get(parameter.terms))
            for name, bound in bounds_of(leaf)
            for parameter in [parameter_of(control, name)]
        )
    )


@given(LEAVES, LEAVES)
def test_a_statement_asks_whatever_any_programme_asks(first: list[Need], second: list[Need]) -> None:
    found = {(one.control.key, one.element): one for one in stated(scheme("a", *first), scheme("b", *second))}
    for leaf in (*first, *second):
        assert isinstance(leaf, ControlNeed)
        assert all(keeps(found[leaf.control, element], leaf) for element in leaf.for_ or ("",))


@given(LEAVES, LEAVES)
def test_another_programme_never_loosens_a_statement(first: list[Need], second: list[Need]) -> None:
    more = {(one.control.key, one.element): one for one in stated(scheme("a", *first), scheme("b", *second))}
    for one in stated(scheme("a", *first)):
        assert all(keeps(more[one.control.key, one.element], leaf) for leaf in one.needs())


@given(LEAVES, LEAVES)
def test_the_order_of_programmes_does_not_matter(first: list[Need], second: list[Need]) -> None:
    one, other = scheme("a", *first), scheme("b", *second)
    assert [found.needs() for found in stated(one, other)] == [found.needs() for found in stated(other, one)]


def test_controls_of_the_cast_show_what_they_show() -> None:
    assert only(scheme("a", need("policy", shown=(DESIGN,)))).shown == (DESIGN,)
    assert only(scheme("a", need("policy"))).shown == CONTROLS["policy"].shown
