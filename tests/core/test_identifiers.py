"""Check digits and forms of registration numbers, on numbers that others publish."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.identifiers import RULES, flaw
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.identifiers import Bearer, Checked, IdentifierType

SOURCE = Source("A standard", "1", date(2026, 1, 1), Sure.SECONDARY)
PATTERNS = {
    "iso-6346": "[A-Z]{3}[UJZ][0-9]{7}",
    "mod-97-10": "[A-Z0-9]{18}[0-9]{2}",
    "gb-32100": "[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}",
    "imo-ship": "[0-9]{7}",
    "gs1": "[0-9]{13}",
}
TRUE = [
    ("iso-6346", "CSQU3054383"),
    ("iso-6346", "TEXU3070079"),
    ("mod-97-10", "5493001KJTIIGC8Y1R12"),
    ("mod-97-10", "213800WSGIIZCXF1P572"),
    ("gb-32100", "91350100M000100Y43"),
    ("imo-ship", "9074729"),
    ("imo-ship", "9321483"),
    ("gs1", "4006381333931"),
]


def kind(rule: str = "", pattern: str = "", sure: Sure = Sure.SECONDARY, ignores: str = "") -> IdentifierType:
    source = Source("A standard", "1", date(2026, 1, 1), sure)
    return IdentifierType("k", "Kind", "Issuer", (Bearer.ENTITY,), "A form.", source, pattern, rule, ignores)


@pytest.mark.parametrize(("rule", "number"), TRUE)
def test_a_published_number_passes_and_every_other_last_character_is_told(rule: str, number: str) -> None:
    found = kind(rule, PATTERNS[rule])
    assert flaw(found, number) == ""
    others = [digit for digit in "0123456789" if digit != number[-1]]
    assert all(f"end in {number[-RULES[rule].length :]}" in flaw(found, number[:-1] + digit) for digit in others)


@pytest.mark.parametrize("rule", ["mod-97-10", "gb-32100"])
def test_one_wrong_digit_anywhere_is_found(rule: str) -> None:
    for name, number in TRUE:
        for place, character in enumerate(number):
            if name == rule and character.isdigit():
                for digit in set("0123456789") - {character}:
                    assert flaw(kind(rule, PATTERNS[rule]), number[:place] + digit + number[place + 1 :])


@given(st.sampled_from(sorted(RULES)), st.data())
def test_a_body_with_the_digit_its_rule_expects_passes(rule: str, data: st.DataObject) -> None:
    number = data.draw(st.from_regex(PATTERNS[rule], fullmatch=True))
    body = number[: -RULES[rule].length]
    assert flaw(kind(rule, PATTERNS[rule]), body + RULES[rule].expected(body)) == ""


def test_marks_between_the_parts_are_ignored_where_the_type_says_so() -> None:
    assert flaw(kind("iso-6346", PATTERNS["iso-6346"], ignores=" -"), "CSQU 305438-3") == ""
    assert "does not have the form" in flaw(kind("iso-6346", PATTERNS["iso-6346"]), "CSQU 305438-3")


@pytest.mark.parametrize("number", ["", "  ", "- -"])
def test_an_empty_number_is_none_of_any_type(number: str) -> None:
    assert flaw(kind(ignores=" -"), number) == "The number is empty."


def test_a_type_says_how_far_its_numbers_are_checked_and_whether_that_binds() -> None:
    told = [
        (one.checked, one.binds)
        for one in (kind("gs1", "[0-9]{13}"), kind("", "[0-9]+"), kind(), kind("", "[0-9]+", Sure.UNCONFIRMED))
    ]
    assert told == [
        (Checked.CHECK_DIGIT, True),
        (Checked.FORM, True),
        (Checked.NOTHING, False),
        (Checked.FORM, False),
    ]
