"""Whether a registration number can be right: its form and its check digit, where a published rule exists.

A number that passes need not exist; only its issuer knows that.
Sources of the rules: ISO 6346 (containers), ISO 17442 with ISO/IEC 7064 (LEI), GB 32100 (China), GS1 General
Specifications, IMO resolution A.1117(30).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safeconduct.core.records.identifiers import IdentifierType

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHINA = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CONTAINER = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip(_LETTERS, (value for value in range(10, 39) if value % 11), strict=True)),
}


def _weighed(values: Iterable[int], weights: Iterable[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=False))


def _container(body: str) -> str:
    """The digit that follows the ten characters of a container number.

    >>> _container("CSQU305438")
    '3'
    """
    total = _weighed((_CONTAINER[character] for character in body), (2**place for place in range(len(body))))
    return str(total % 11 % 10)


def _mod_97_10(body: str) -> str:
    """The two digits that make the whole, letters read as 10 to 35, leave 1 when divided by 97.

    >>> _mod_97_10("5493001KJTIIGC8Y1R")
    '12'
    """
    return f"{98 - int(''.join(str(int(character, 36)) for character in body) + '00') % 97:02}"


def _china(body: str) -> str:
    """The last character of a unified social credit code: weights are powers of 3, modulus 31.

    >>> _china("91350100M000100Y4")
    '3'
    """
    total = _weighed(map(_CHINA.index, body), (3**place % 31 for place in range(len(body))))
    return _CHINA[-total % 31]


def _ship(body: str) -> str:
    """The last digit of a ship's IMO number: the six before it weigh 7 down to 2.

    >>> _ship("907472")
    '9'
    """
    return str(_weighed(map(int, body), range(7, 1, -1)) % 10)


def _gs1(body: str) -> str:
    """The last digit of a GS1 number: from the right, digits weigh 3 and 1 in turn.

    >>> _gs1("400638133393")
    '1'
    """
    weights = (3 if place % 2 == 0 else 1 for place in range(len(body)))
    return str(-_weighed(map(int, reversed(body)), weights) % 10)


@dataclass(frozen=True, slots=True)
class Rule:
    """How the last `length` characters of a number follow from those before."""

    length: int
    expected: Callable[[str], str]


RULES: Mapping[str, Rule] = {
    "iso-6346": Rule(1, _container),
    "mod-97-10": Rule(2, _mod_97_10),
    "gb-32100": Rule(1, _china),
    "imo-ship": Rule(1, _ship),
    "gs1": Rule(1, _gs1),
}
"""Check digits by the name that identifier types use. A rule reads only numbers that fit their type's pattern."""


def flaw(kind: IdentifierType, number: str) -> str:
    """What is wrong with a number of a type, in a sentence; empty where nothing can be said against it.

    A type whose form nobody published takes any text that is not blank.
    """
    bare = "".join(character for character in number if character not in kind.ignores)
    if not bare.strip():
        return "The number is empty."
    if kind.pattern and not re.fullmatch(kind.pattern, bare):
        return f"{number!r} does not have the form of {kind.title}."
    if not kind.rule:
        return ""
    rule = RULES[kind.rule]
    body, given = bare[: -rule.length], bare[-rule.length :]
    expected = rule.expected(body)
    return (
        "" if given == expected else f"{number!r} ends in {given}, and by its check digit it would end in {expected}."
    )
