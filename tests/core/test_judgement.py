"""Standings and how they combine: catalogue language, section 7.1."""

from __future__ import annotations

from itertools import product

import pytest

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Join,
    Kind,
    Mend,
    Standing,
    all_of,
    any_of,
    best,
    capped,
    leaf,
    nth_best,
    some_of,
    worst,
)
from tests.core.cast import day

ON = day("2026-07-01")
SIGNS = {"M": MET, "P": PARTLY, "?": UNKNOWN, "U": UNMET, "-": NOT_APPLICABLE}


def standings(signs: str) -> list[Standing]:
    return [SIGNS[sign] for sign in signs]


def one(standing: Standing, code: str = "", until: str = "") -> Finding:
    last = day(until) if until else FOREVER
    mend = Mend("mend", "record-control", "rtm")
    return leaf(Kind.CONTROL, code or "c", "rtm", standing, code or standing.value, ON, good_until=last, mend=mend)


def many(signs: str) -> list[Finding]:
    return [one(SIGNS[sign], f"{sign}{place}") for place, sign in enumerate(signs)]


def everything(members: list[Finding]) -> Finding:
    return all_of(members, kind=Kind.NEED, subject="n", at="rtm", day=ON)


def anything(members: list[Finding]) -> Finding:
    return any_of(members, kind=Kind.NEED, subject="n", at="rtm", day=ON)


def some(members: list[Finding], n: int, partly: int = 0) -> Finding:
    return some_of(members, n=n, partly=partly, kind=Kind.NEED, subject="n", at="rtm", day=ON)


@pytest.mark.parametrize(
    ("signs", "minimum", "maximum"),
    [
        ("M", "M", "M"),
        ("MP", "P", "M"),
        ("P?", "?", "P"),
        ("?U", "U", "?"),
        ("MU", "U", "M"),
        ("M-", "M", "M"),
        ("-U", "U", "U"),
        ("--", "-", "-"),
        ("", "-", "-"),
    ],
)
def test_all_is_the_minimum_and_any_the_maximum(signs: str, minimum: str, maximum: str) -> None:
    assert (worst(standings(signs)), best(standings(signs))) == (SIGNS[minimum], SIGNS[maximum])
    found = (everything(many(signs)).standing, anything(many(signs)).standing)
    assert found == (SIGNS[minimum], SIGNS[maximum])


@pytest.mark.parametrize(
    ("signs", "n", "partly", "expected"),
    [
        ("MMU", 2, 0, "M"),
        ("MPU", 2, 0, "P"),
        ("M?U", 2, 0, "?"),
        ("MUU", 2, 0, "U"),
        ("MUU", 2, 1, "P"),
        ("PUU", 2, 1, "P"),
        ("?UU", 2, 1, "?"),
        ("UUU", 2, 1, "U"),
        ("MMU", 2, 1, "M"),
        ("M??", 2, 1, "P"),
        ("M-", 2, 1, "?"),
        ("--", 2, 1, "-"),
        ("MM-", 2, 0, "M"),
    ],
)
def test_some_is_the_nth_best(signs: str, n: int, partly: int, expected: str) -> None:
    for order in (signs, signs[::-1]):
        assert some(many(order), n, partly).standing is SIGNS[expected]
    assert nth_best(standings(signs), n, partly) is SIGNS[expected]


@pytest.mark.parametrize(
    ("signs", "n", "partly", "code"),
    [("M-", 2, 0, "too-few-applicable"), ("MUU", 2, 1, "issuer-partial"), ("MM", 2, 1, "all-met"), ("MP", 2, 1, "P1")],
)
def test_the_code_of_some(signs: str, n: int, partly: int, code: str) -> None:
    assert some(many(signs), n, partly).code == code


def test_the_code_is_that_of_the_first_member_that_decides() -> None:
    assert everything(many("MUPU")).code == "U1"
    assert anything(many("U?P?")).code == "P2"
    assert everything(many("MM-")).code == "all-met"


def test_the_deciding_member_comes_first_then_the_worst() -> None:
    assert [member.subject for member in everything(many("M-PUU")).because] == ["U3", "U4", "P2", "M0", "-1"]
    assert [member.subject for member in anything(many("U?PP")).because] == ["P2", "P3", "U0", "?1"]


@pytest.mark.parametrize("signs", ["".join(signs) for signs in product("MP?U-", repeat=3)])
def test_at_best_is_the_same_table_with_unknown_read_as_met(signs: str) -> None:
    shown = many(signs.replace("?", "M"))
    for combine in (everything, anything, lambda members: some(members, 2, 1)):
        found = combine(many(signs))
        assert found.at_best is combine(shown).at_best
        if NOT_APPLICABLE not in (found.standing, found.at_best):
            assert found.at_best.rank >= found.standing.rank


def test_how_many_of_how_many_is_told_without_what_does_not_apply() -> None:
    found = everything(many("MM-P?"))
    assert (found.param("met"), found.param("of")) == ("2", "4")


def dated(signs: str, *lasts: str) -> list[Finding]:
    return [one(SIGNS[sign], sign, last) for sign, last in zip(signs, lasts, strict=True)]


@pytest.mark.parametrize(
    ("signs", "lasts", "all_until", "any_until"),
    [
        ("MM", ("2026-08-01", "2026-09-01"), "2026-08-01", "2026-09-01"),
        ("UU", ("2026-08-01", "2026-09-01"), "2026-09-01", "2026-08-01"),
        ("MU", ("2026-08-01", "2026-09-01"), "2026-09-01", "2026-08-01"),
        ("P?", ("2026-08-01", "2026-09-01"), "2026-08-01", "2026-08-01"),
        ("MUU", ("2026-10-01", "2026-08-01", "2026-09-01"), "2026-09-01", "2026-10-01"),
    ],
)
def test_an_answer_holds_as_long_as_what_decides_it(
    signs: str, lasts: tuple[str, ...], all_until: str, any_until: str
) -> None:
    assert everything(dated(signs, *lasts)).good_until == day(all_until)
    assert anything(dated(signs, *lasts)).good_until == day(any_until)
    assert some(dated(signs, *lasts), 1).good_until == min(day(last) for last in lasts)


@pytest.mark.parametrize(
    ("sign", "standing", "at_best", "code"),
    [
        ("M", "P", PARTLY, "because-capped"),
        ("P", "P", PARTLY, "P"),
        ("?", "?", PARTLY, "?"),
        ("U", "U", UNMET, "U"),
        ("-", "-", NOT_APPLICABLE, "-"),
    ],
)
def test_a_cap_bites_above_it_only_and_at_best_too(sign: str, standing: str, at_best: Standing, code: str) -> None:
    found = capped(one(SIGNS[sign], sign), PARTLY, "because-capped")
    assert (found.standing, found.at_best, found.code) == (SIGNS[standing], at_best, code)


def test_what_is_met_needs_no_mending_and_a_cap_names_what_would_lift_it() -> None:
    assert one(MET).mend is None
    assert one(UNMET).mend is not None
    lift = Mend("lift", "accept-alternative", "rtm")
    assert capped(one(MET), PARTLY, "c", lift).mend == lift


def test_a_tree_can_be_walked_from_the_top_to_its_leaves() -> None:
    tree = everything([anything(many("U?")), one(MET, "M")])
    assert [node.code for node in tree.walk()] == ["?1", "?1", "?1", "U0", "M"]
    assert [node.code for node in tree.leaves()] == ["?1", "U0", "M"]
    assert tree.join is Join.ALL


def test_later_words_replace_earlier_ones() -> None:
    found = one(MET).with_params(a="1", b="2").with_params(a="3")
    assert (found.param("a"), found.param("b"), found.param("c", "none")) == ("3", "2", "none")
