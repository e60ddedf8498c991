"""Typed values of control parameters and figures, and how they are written down.

Everything arrives as text ("12 months", "95 %", "50000 CNY", "yes"); the parameter's kind gives it a type here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from safeconduct.core.dates import Duration, DurationUnit


class ParameterKind(StrEnum):
    """What sort of value a parameter takes."""

    ORDER = "order"  # one term of an ordered list, weakest first
    CHOICE = "choice"  # exactly one of some words
    SET = "set"  # any of the elements of a list
    FLAG = "flag"  # yes or no; yes is the stricter
    NUMBER = "number"
    DURATION = "duration"
    MONEY = "money"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217 code). Currencies are never converted."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{_plain(self.amount)} {self.currency}"


@dataclass(frozen=True, slots=True)
class Percent:
    """A share from 0 to 100 %."""

    value: Decimal

    def __str__(self) -> str:
        return f"{_plain(self.value)} %"


@dataclass(frozen=True, slots=True)
class SetValue:
    """Elements recorded as there (`yes`) and as missing (`no`); what is in neither is not recorded."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()

    def __str__(self) -> str:
        absent = f", not {', '.join(sorted(self.no))}" if self.no else ""
        return (", ".join(sorted(self.yes)) or "none") + absent


Value = bool | str | Decimal | Duration | Money | Percent | SetValue
RawValue = str | SetValue
"""A value as recorded: text, or a set. Only the catalogue's parameter gives it a type."""

_WORDS_YES, _WORDS_NO = "yes", "no"
# Limited, so that no written number can cost more memory than it is worth.
_NUMBER = r"-?[0-9]{1,30}(?:\.[0-9]{1,15})?"
_PLAIN_NUMBER = re.compile(_NUMBER)
_MONEY = re.compile(rf"^({_NUMBER}) ([A-Z]{{3}})$")
_PERCENT = re.compile(rf"^({_NUMBER}) ?%$")
_DURATION = re.compile(r"^([0-9]{1,6}) (hour|day|week|month|year)s?$")


def read_flag(text: str) -> bool:
    """`yes` or `no`; ValueError otherwise."""
    if text not in (_WORDS_YES, _WORDS_NO):
        raise ValueError(f"{text!r} is not yes or no")
    return text == _WORDS_YES


def read_number(text: str) -> Decimal:
    """A decimal number without unit; ValueError otherwise."""
    if not _PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number such as '12' or '0.5'")
    return Decimal(text)


def read_duration(text: str) -> Duration:
    """`12 months`, `1 day`; ValueError otherwise."""
    match = _DURATION.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a duration such as '12 months'")
    return Duration(int(match[1]), DurationUnit(match[2] + "s"))


def read_money(text: str) -> Money:
    """`50000 CNY`; ValueError otherwise."""
    match = _MONEY.match(text)
    if not match:
        raise ValueError(f"{text!r} is not an amount such as '50000 CNY'")
    return Money(Decimal(match[1]), match[2])


def read_percent(text: str) -> Percent:
    """`95 %`, from 0 to 100; ValueError otherwise."""
    match = _PERCENT.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a percentage such as '95 %'")
    value = Decimal(match[1])
    if not 0 <= value <= 100:
        raise ValueError(f"{text!r} is not between 0 % and 100 %")
    return Percent(value)


_READERS: dict[ParameterKind, Callable[[str], Value]] = {
    ParameterKind.FLAG: read_flag,
    ParameterKind.NUMBER: read_number,
    ParameterKind.DURATION: read_duration,
    ParameterKind.MONEY: read_money,
    ParameterKind.PERCENT: read_percent,
}


def read_value(kind: ParameterKind, raw: RawValue) -> Value:
    """Give a recorded value its type. Orders and choices stay words; whether the word exists is the caller's check.

    Raises ValueError when the text does not fit the kind.
    """
    if kind is ParameterKind.SET:
        if not isinstance(raw, SetValue):
            raise ValueError(f"{raw!r} is not a set written as {{yes: […], no: […]}}")
        return raw
    if isinstance(raw, SetValue):
        raise ValueError(f"a set of elements does not fit a parameter of kind {kind.value}")
    reader = _READERS.get(kind)
    return raw if reader is None else reader(raw)


def write_value(value: Value) -> str:
    """The text form that reads back to the same value.

    >>> write_value(read_value(ParameterKind.DURATION, "1 year"))
    '1 years'
    """
    if isinstance(value, bool):
        return _WORDS_YES if value else _WORDS_NO
    if isinstance(value, Decimal):
        return _plain(value)
    return str(value)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
