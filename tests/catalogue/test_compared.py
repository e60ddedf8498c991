"""Ten comparisons a practitioner can check; told in words in docs/subjects/catalogue.md."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.catalogue.spoken_criteria import piece_words
from safeconduct.catalogue.titles import Titles
from safeconduct.core.criteria.choosing import read_selection
from safeconduct.core.criteria.compare import Comparison, Cover, compare
from safeconduct.core.records.catalogue import Catalogue

DAY = date(2026, 11, 24)
NEW, PARTLY, COVERED = Cover


@cache
def catalogue() -> Catalogue:
    return load()


@cache
def compared(held: str, wanted: str) -> Comparison:
    known = catalogue()
    return compare(known, [read_selection(known, held, DAY)], read_selection(known, wanted, DAY), DAY)


def cover(held: str, wanted: str) -> dict[str, Cover]:
    return {row.requirement.key.partition("/")[2]: row.cover for row in compared(held, wanted).rows}


def missing(held: str, wanted: str, row: str) -> list[str]:
    titles = Titles(catalogue(), read_selection(catalogue(), wanted, DAY).programme)
    (found,) = [one for one in compared(held, wanted).rows if one.requirement.key.partition("/")[2] == row]
    return [piece_words(titles, piece) for piece in found.pieces]


CONFORMITY = "continued conformity with the programme's standard"
HELD_AT_HOME = "customs of its own country has already granted it a status"

CHECKS: list[tuple[int, str, str, dict[str, Cover]]] = [
    (1, "us-ctpat:importer", "eu-aeo:importer@aeos",
     {"ia-28.1.g": COVERED, "ia-28.1.d": PARTLY, "ia-24.1": NEW, "ia-25.1.a": NEW}),
    (2, "eu-aeo:importer@aeoc", "eu-aeo:importer@aeos",
     {"ia-24.1": COVERED, "ia-25.1.a": COVERED, "ia-26.1.c": COVERED, "ia-28.1.b": NEW, "ia-28.1.e": NEW}),
    (3, "eu-aeo:importer@aeos", "uk-aeo:importer@aeos",
     {"hb-7-a": PARTLY, "hb-8.1-a": COVERED, "hb-8.1-b": COVERED, "hb-7-e": PARTLY}),
    (4, "cn-aeo:importer@ace", "cn-aeo:importer@ce", {}),
    (5, "cn-aeo:importer@ce", "cn-aeo:importer@ace", {"44": COVERED, "62": COVERED, "17": PARTLY, "24": NEW}),
    (6, "us-ctpat:importer", "us-ctpat:foreign-manufacturer", {"3.8": NEW, "5.7": NEW, "6.2": COVERED}),
    (7, "iso-28000", "iso-22301", {"4.1": COVERED, "9.3": COVERED, "9.2": PARTLY, "8.2.2": NEW, "5.3": NEW}),
    (8, "wco-safe-aeo:importer", "hk-aeo:importer",
     {"8.1": COVERED, "6.2": PARTLY, "6.4": PARTLY, "4.2": PARTLY, "3.1": NEW}),
    (9, "us-ctpat:importer", "cn-aeo:importer@ace", {"10": PARTLY, "9": PARTLY, "13": NEW}),
    (10, "cn-aeo:importer@ace", "us-ctpat:importer", {"9.13": COVERED, "9.4": COVERED, "11.1": PARTLY, "3.5": PARTLY}),
]  # fmt: skip


@pytest.mark.parametrize(("_number", "held", "wanted", "expected"), CHECKS)
def test_a_comparison_a_practitioner_can_check(
    _number: int, held: str, wanted: str, expected: dict[str, Cover]
) -> None:
    found = cover(held, wanted)
    assert {row: found[row] for row in expected} == expected


def test_the_higher_level_holds_the_whole_lower_one() -> None:
    assert set(cover("cn-aeo:importer@ace", "cn-aeo:importer@ce").values()) == {COVERED}
    assert compared("cn-aeo:importer@ace", "cn-aeo:importer@ce").pieces == ()


def test_between_two_roles_of_one_programme_only_two_rows_remain() -> None:
    found = cover("us-ctpat:importer", "us-ctpat:foreign-manufacturer")
    assert [row for row, one in found.items() if one is not COVERED] == ["3.8", "5.7"]


def test_nothing_of_customs_security_is_proved_by_a_management_system_alone() -> None:
    assert COVERED not in cover("iso-28000", "us-ctpat:importer").values()


def test_what_is_missing_is_told_to_the_bound() -> None:
    assert missing("us-ctpat:importer", "cn-aeo:importer@ace", "10")[:3] == [
        "The organisation audits itself: what is audited: customs compliance",
        f"The organisation audits itself: reported (where it is not so that {HELD_AT_HOME})",
        f"The organisation audits itself: what is audited: {CONFORMITY} (where {HELD_AT_HOME})",
    ]
    assert missing("cn-aeo:importer@ace", "us-ctpat:importer", "11.1")[1:] == [
        "People are vetted before they start: staff: what is checked: statements in the application verified"
    ]
    assert missing("eu-aeo:importer@aeos", "uk-aeo:importer@aeos", "hb-7-e") == [
        "Changes are notified to the authority: changes notified: activities",
        "Changes are notified to the authority: at the latest after 30 days",
    ]


def test_an_outcome_still_needs_its_own_named_judgement() -> None:
    first, second = missing("us-ctpat:importer", "eu-aeo:importer@aeos", "ia-28.1.a")
    assert first == "Buildings are built to resist unlawful entry"
    assert second.startswith("A named person judges that the outcome is reached")


def test_every_programme_covers_itself() -> None:
    for programme in catalogue().programmes.values():
        found = compared(programme.id, programme.id)
        assert {row.cover for row in found.rows} <= {COVERED}, programme.id
