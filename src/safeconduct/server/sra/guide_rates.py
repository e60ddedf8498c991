"""How often, in words people use: bands to choose from, and what they may write themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.facts.checks.risk import as_number

if TYPE_CHECKING:
    from safeconduct.core.records.risk import Range


@dataclass(frozen=True, slots=True)
class Band:
    """A likelihood in plain words, with the ends of its range in times a year."""

    key: str
    words: str
    low: str
    high: str


BANDS = (
    Band("hardly", "hardly ever: less than once in 30 years", "0.003", "0.03"),
    Band("decades", "about once in 20 years", "0.025", "0.1"),
    Band("decade", "about once in 10 years", "0.05", "0.2"),
    Band("years", "about once in 3 years", "0.15", "0.7"),
    Band("yearly", "about once a year", "0.4", "2"),
    Band("several", "several times a year", "2", "8"),
    Band("monthly", "about once a month", "8", "18"),
    Band("weekly", "about once a week", "30", "80"),
)
BY_KEY = {one.key: one for one in BANDS}

_WORDS = dict(zip(["once", "twice", "thrice"], (1, 2, 3), strict=True))
_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPANS = {"year": 1.0, "month": 12.0, "week": 365.25 / 7, "day": 365.25}
_NUMBER = r"(?P<{}>[0-9]+(?:\.[0-9]+)?|[a-z]+)"
_SEVERAL = re.compile(rf"{_NUMBER.format('count')}(?: times?)? (?:a|per|every) (?P<span>year|month|week|day)")
_RARELY = re.compile(
    r"(?:(?P<count>once|twice|thrice|1) (?:in|every) |every |in )"
    rf"{_NUMBER.format('many')} (?P<span>year|month|week|day)s?"
)
_EACH = {"yearly": 1.0, "monthly": 12.0, "weekly": _SPANS["week"], "daily": _SPANS["day"]}


def read_rate(text: str) -> str | None:
    """Times a year as a number, from what people write; None for what says no rate.

    >>> [read_rate(one) for one in ("0.2", "once in 10 years", "3 times a year", "twice a month", "weekly", "often")]
    ['0.2', '0.1', '3', '24', '52.18', None]
    """
    said = " ".join(text.lower().replace(",", ".").split())
    if as_number(said) is not None:
        return said
    rate = _EACH.get(said)
    if found := _SEVERAL.fullmatch(said):
        rate = _times(found["count"], _SPANS[found["span"]])
    elif found := _RARELY.fullmatch(said):
        many = _count(found["many"])
        rate = _times(found["count"] or "1", _SPANS[found["span"]] / many) if many else None
    return None if rate is None else f"{rate:.4g}"


def _times(count: str, factor: float) -> float | None:
    number = _count(count)
    return None if number is None else number * factor


def _count(text: str) -> float | None:
    if text in _NUMBERS:
        return float(_NUMBERS.index(text) + 1)
    return _WORDS.get(text) or as_number(text)


def band_of(numbers: Range | None) -> str:
    """The band whose ends a range has; empty where it has ends of its own, or there is none."""
    if numbers is None:
        return ""
    return next((one.key for one in BANDS if (one.low, one.high) == (numbers.low, numbers.high)), "")
