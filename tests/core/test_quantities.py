"""Typed values: how they are written and read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.quantities import Money, ParameterKind, Percent, SetValue, read_value, write_value
from tests.core.cast import has

K = ParameterKind
VALUES: list[tuple[ParameterKind, Any, Any]] = [
    (K.FLAG, "yes", True),
    (K.FLAG, "no", False),
    (K.NUMBER, "12.50", Decimal("12.50")),
    (K.NUMBER, "-3", Decimal(-3)),
    (K.DURATION, "12 months", Duration(12, DurationUnit.MONTHS)),
    (K.DURATION, "1 day", Duration(1, DurationUnit.DAYS)),
    (K.MONEY, "50000 CNY", Money(Decimal(50000), "CNY")),
    (K.PERCENT, "95 %", Percent(Decimal(95))),
    (K.PERCENT, "0.5%", Percent(Decimal("0.5"))),
    (K.ORDER, "high-security", "high-security"),
    (K.CHOICE, "driver", "driver"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), VALUES)
def test_a_value_reads_and_what_is_written_reads_back(kind: ParameterKind, raw: str, value: Any) -> None:
    assert read_value(kind, raw) == value
    assert read_value(kind, write_value(value)) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (K.FLAG, "Yes"),
        (K.FLAG, "true"),
        (K.NUMBER, ""),
        (K.NUMBER, "twelve"),
        (K.NUMBER, "NaN"),
        (K.NUMBER, "Infinity"),
        (K.NUMBER, "1e9"),
        (K.DURATION, "12"),
        (K.DURATION, "1.5 years"),
        (K.DURATION, "-1 days"),
        (K.DURATION, "3 fortnights"),
        (K.MONEY, "50000"),
        (K.MONEY, "CNY 50000"),
        (K.MONEY, "5 cny"),
        (K.PERCENT, "101 %"),
        (K.PERCENT, "-1 %"),
        (K.PERCENT, "95"),
        (K.SET, "gates"),
        (K.FLAG, has("gates")),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(kind: ParameterKind, raw: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_value(kind, raw)


def test_a_set_keeps_what_is_there_and_what_is_missing() -> None:
    value = read_value(K.SET, has("docks", "gates", no=["yard"]))
    assert (value, str(value)) == (has("docks", "gates", no=["yard"]), "docks, gates, not yard")
    assert str(SetValue()) == "none"


@pytest.mark.parametrize(("amount", "text"), [("100", "100"), ("12.50", "12.5"), ("1000000", "1000000"), ("0.0", "0")])
def test_numbers_are_written_plainly(amount: str, text: str) -> None:
    assert (str(Money(Decimal(amount), "EUR")), write_value(Decimal(amount))) == (f"{text} EUR", text)
