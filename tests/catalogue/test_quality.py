"""Catalogue quality as numbers: what is counted, what is expected, and what the shipped catalogue comes to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from safeconduct.catalogue.disuse import unused
from safeconduct.catalogue.expectations import FILE, SHARES, check_expectations
from safeconduct.catalogue.loading import PROGRAMMES, load, shipped
from safeconduct.catalogue.marked import Refusing, read_marked
from safeconduct.catalogue.quality import is_computable, is_judged, qualities, quality, quality_form
from safeconduct.catalogue.walking import forms_of, leaves_of
from safeconduct.core.records.catalogue import Catalogue, Control, Programme, RequirementKind
from safeconduct.core.records.needs import CheckNeed, LookbackNeed, OutcomeNeed

SMALL = load(Path(__file__).parent / "fixtures" / "whole")
DEMO = SMALL.programmes["us-demo/2020"]
DAY = date(2026, 11, 24)


@cache
def whole() -> Catalogue:
    return load()


def refused(programme: Programme, text: str) -> list[str]:
    refusing = Refusing("expectations.yml")
    check_expectations(read_marked(text, "expectations.yml"), refusing, programme)
    return [str(one) for one in refusing.problems]


def test_every_number_of_an_edition_is_counted() -> None:
    found = quality(DEMO, DAY)
    assert (found.rows, found.trader, found.mapped) == (8, 7, 6)
    assert (found.judged, found.computable, found.by_person) == (4, 3, 1)
    assert found.oldest == DAY
    assert found.complete_roles == sum(one.complete for one in DEMO.coverage.values())


def test_an_edition_without_rows_counts_nothing() -> None:
    found = quality(replace(DEMO, requirements=()), DAY)
    assert (found.rows, found.mapped, found.judged, found.oldest) == (0, 0, 0, None)


def test_the_oldest_check_is_that_of_the_row_looked_at_first() -> None:
    first, *others = DEMO.requirements
    old = replace(first, source=replace(first.source, checked=date(2020, 1, 1)))
    assert quality(replace(DEMO, requirements=(*others, old)), DAY).oldest == date(2020, 1, 1)


def test_the_numbers_as_plain_data_name_every_grade_of_certainty() -> None:
    form = quality_form(quality(DEMO, DAY))
    assert form["sure"] == {"confirmed": 1, "secondary": 6, "unconfirmed": 1}
    assert form["oldest_check"] == "2026-11-24"
    assert form["coverage"]["importer"]["complete"] is DEMO.coverage["importer"].complete


def test_a_fulfilled_expectation_refuses_nothing_at_its_very_bounds() -> None:
    text = "rows: {at_least: 8, at_most: 8}\nmapped: {at_least: 75 %, at_most: 75 %}\nconfirmed: {at_least: 12.5 %}\n"
    assert refused(DEMO, text + "checked: {since: 2026-11-24}\n") == []


def test_a_broken_expectation_is_refused_at_its_line() -> None:
    [told] = refused(DEMO, "rows: {at_least: 8}\nmapped: {at_least: 75.1 %}\n")
    assert told == (
        "expectations.yml:2, mapped.at_least: 6 of 8 rows (75 %) say what they need; at least 75.1 % are expected. "
        "Mend the rows, or change the expectation and say why."
    )


def test_no_share_is_expected_of_nothing() -> None:
    nobody = replace(DEMO, requirements=tuple(row for row in DEMO.requirements if not is_judged(row)))
    [told] = refused(nobody, "computable: {at_least: 0 %}")
    assert "There are no judged rows, of which a share could be expected. Remove it." in told


@pytest.mark.parametrize("name", SHARES)
def test_each_share_can_be_too_small_and_too_large(name: str) -> None:
    assert len(refused(DEMO, f"{name}: {{at_least: 100 %, at_most: 0 %}}")) == 2


def test_every_shipped_edition_says_what_is_expected_of_it() -> None:
    missing = [one for one in whole().programmes if not (shipped() / PROGRAMMES / one / FILE).is_file()]
    assert missing == []


def test_every_requirement_that_is_scored_is_computable_or_rests_on_a_judgement_of_something() -> None:
    """What does not follow from facts alone is an outcome that a named person judges, on controls or records."""
    for programme in whole().programmes.values():
        for row in programme.requirements:
            if is_judged(row) and not is_computable(row):
                forms = list(forms_of(row))
                assert any(isinstance(form, OutcomeNeed) for form in forms), row.key
                rests_on = [form for form in forms if isinstance(form, LookbackNeed | CheckNeed)]
                assert [*leaves_of(row), *rests_on], row.key


def test_what_is_not_scored_is_of_a_kind_that_says_so() -> None:
    free = {RequirementKind.QUESTION, RequirementKind.GUIDANCE, RequirementKind.EXAMPLE}
    rows = [row for programme in whole().programmes.values() for row in programme.requirements]
    assert {
        row.key for row in rows if not is_judged(row) and row.kind not in free and row.addressee == "trader"
    } == set()
    assert sum(one.judged for one in qualities(whole(), DAY)) == sum(is_judged(row) for row in rows)


def test_no_control_is_used_by_nobody() -> None:
    assert [str(one) for one in unused(whole()) if one.what.startswith("No row asks for the control")] == []


_SMALL_WORDS = frozenset(
    {"a", "an", "the", "is", "are", "of", "and", "or", "to", "in", "on", "by", "for", "with", "at", "that", "it", "its"}
)
_ALIKE, _AS_GOOD_AS_EQUAL = 0.8, 0.9


def alike(one: Control, other: Control) -> float:
    """How alike two statements are, from 0 to 1: the better of letters in order and stems in common."""
    letters = SequenceMatcher(None, one.title.casefold(), other.title.casefold()).ratio()
    mine, theirs = stems(one.title), stems(other.title)
    return max(letters, len(mine & theirs) / len(mine | theirs))


def stems(title: str) -> frozenset[str]:
    words = (re.sub(r"(ed|ing|s)$", "", word) for word in re.findall(r"[a-z]+", title.casefold()))
    return frozenset(words) - _SMALL_WORDS


def recorded(control: Control) -> frozenset[tuple[str, str, str]]:
    """What can be recorded of it: its parameters, whom it is kept by, how it works."""
    parameters = ((one.key, one.kind.value, one.terms) for one in control.parameters.values())
    return frozenset([*parameters, ("", control.mode.value, control.by)])


def near_duplicates(controls: list[Control]) -> list[tuple[str, str]]:
    """Pairs that say as good as the same, or nearly the same and record the same, unless a note tells them apart."""
    return [
        (one.key, other.key)
        for one, other in combinations(controls, 2)
        if (found := alike(one, other)) >= _AS_GOOD_AS_EQUAL
        or (found >= _ALIKE and recorded(one) == recorded(other) and not (one.note and other.note))
    ]


def test_no_two_controls_are_near_duplicates() -> None:
    assert near_duplicates(list(whole().controls.values())) == []


def test_a_near_duplicate_would_be_found() -> None:
    fence = whole().controls["fence-check"]
    same = replace(fence, key="fence-inspection", title="Fences are inspected and are repaired")
    other = replace(fence, key="wall-check", title="Walls are inspected and repaired", note="")
    assert near_duplicates([fence, same]) == [("fence-check", "fence-inspection")]
    assert near_duplicates([fence, other]) == [("fence-check", "wall-check")]
    assert near_duplicates([fence, replace(other, parameters={}, note="Walls.")]) == []


def test_no_two_controls_say_the_same_in_their_keys() -> None:
    keys = sorted("-".join(sorted(stems(one.replace("-", " ")))) for one in whole().controls)
    assert [key for key, following in pairwise(keys) if key == following] == []
