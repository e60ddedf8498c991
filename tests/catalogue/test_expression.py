from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.catalogue.expression import (
    BadExpressionError,
    names_in,
    read_expression,
    unit_of,
    write_expression,
)
from safeconduct.core.records.needs import Expression, Name, Number, Operation

names = st.sampled_from(["a", "b", "trade_value"]).map(Name)
numbers = st.decimals(min_value=0, max_value=10**9, places=3).map(Number)


def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    two = st.builds(lambda op, left, right: Operation(op, (left, right)), st.sampled_from("+-*/"), inner, inner)
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return two | st.builds(Operation, st.sampled_from(["max", "min"]), several)


expressions: st.SearchStrategy[Expression] = st.recursive(names | numbers, joined, max_leaves=8)


def test_signs_bind_as_in_arithmetic() -> None:
    a, b, two = Name("a"), Name("b"), Number(Decimal(2))
    assert read_expression("a - b - 2") == Operation("-", (Operation("-", (a, b)), two))
    assert read_expression("a + b * 2") == Operation("+", (a, Operation("*", (b, two))))
    assert read_expression("(a + b) * 2") == Operation("*", (Operation("+", (a, b)), two))
    assert read_expression("max(a, b + 2)") == Operation("max", (a, Operation("+", (b, two))))


@given(expressions)
def test_a_written_expression_reads_back_the_same(expression: Expression) -> None:
    text = write_expression(expression)
    if len(text) <= 500:
        assert read_expression(text) == expression


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "ends too early"),
        ("a +", "ends too early"),
        ("a b", "'b' is not expected after"),
        ("a + )", "')' is not expected here"),
        ("max(a; b)", "';' has no place"),
        ("a ** b", "'*' is not expected here"),
        ("__import__(a)", "no function '__import__'"),
        ("(" * 60 + "a" + ")" * 60, "deeper than 40"),
        ("a+" * 400 + "a", "longer than 500"),
        ("(a, b)", "bracket is not closed"),
    ],
)
def test_what_is_no_expression_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BadExpressionError, match=words.replace("(", r"\(").replace(")", r"\)").replace("*", r"\*")):
        read_expression(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("m / m", "number"), ("m / n", "money"), ("2 * m", "money"), ("m * n + m", "money"), ("max(p, p)", "percent")],
)
def test_units_follow_through_an_expression(text: str, unit: str) -> None:
    assert unit == unit_of(read_expression(text), {"m": "money", "n": "number", "p": "percent"})


@pytest.mark.parametrize("text", ["m + n", "m * m", "n / m", "max(m, 1)", "d - d"])
def test_units_that_clash_are_refused(text: str) -> None:
    with pytest.raises(BadExpressionError):
        unit_of(read_expression(text), {"m": "money", "n": "number", "d": "date"})


def test_names_are_told_once_in_order() -> None:
    assert names_in(read_expression("b / max(a, b) - 1")) == ("b", "a")
