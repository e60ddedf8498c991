"""Programmes written in a few letters."""

from __future__ import annotations

import pytest

from safeconduct.core.criteria.asks import How, asks
from safeconduct.core.criteria.choosing import at_kind_of_place, edition_of, read_selection, read_selections, written
from safeconduct.core.errors import Refusals, UnknownKey
from safeconduct.core.records.needs import TraitIs, WhenNeed
from tests.core.cast import day, need, programme
from tests.core.criteria.asking import TODAY, entries, scheme, taken

OLD = programme(key="us", edition="1", until=day("2026-06-30"), variants=("full", "light"))
NEW = programme(key="us", edition="2", since=day("2026-07-01"), variants=("full", "light"))
EU = programme(key="eu", edition="1", roles=("importer",))
ALL = entries(OLD, NEW, EU)


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-06-30", "us/1"), ("2026-07-01", "us/2"), ("2020-01-01", "us/1"), ("2030-01-01", "us/2")]
)
def test_a_programme_alone_is_its_edition_of_the_day(on: str, expected: str) -> None:
    assert edition_of(ALL, "us", day(on)).id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us", ("us/2", ("importer", "carrier"), ())),
        ("us/1", ("us/1", ("importer", "carrier"), ())),
        ("us:carrier", ("us/2", ("carrier",), ())),
        ("us/1:carrier,importer@light", ("us/1", ("carrier", "importer"), ("light",))),
        (" us@full,light ", ("us/2", ("importer", "carrier"), ("full", "light"))),
    ],
)
def test_a_selection_reads_as_written(text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    found = read_selection(ALL, text, TODAY)
    assert (found.programme.id, found.roles, found.variants) == expected
    assert read_selection(ALL, written(found), TODAY) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("uss", "There is no programme 'uss'. Did you mean \"us\"?"),
        ("us/3", "There is no programme 'us/3'. Did you mean \"us/"),
        ("us:carier", "There is no role of us/2 'carier'. Did you mean \"carrier\"?"),
        ("us@ful", "There is no variant of us/2 'ful'. Did you mean \"full\"?"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_spelling(text: str, told: str) -> None:
    with pytest.raises(UnknownKey) as refused:
        read_selection(ALL, text, TODAY)
    assert str(refused.value).startswith(told)


def test_roles_and_variants_narrow_those_that_name_none() -> None:
    found = read_selections(ALL, ["us", "eu", "us/1:importer"], TODAY, roles=["carrier"], variants=["light"])
    assert [(one.programme.id, one.roles, one.variants) for one in found] == [
        ("us/2", ("carrier",), ("light",)),
        ("eu/1", ("importer",), ()),
        ("us/1", ("importer",), ("light",)),
    ]


def test_an_edition_named_twice_is_taken_once_with_the_roles_of_both() -> None:
    (found,) = read_selections(ALL, ["us:importer@full", "us/2:carrier@light"], TODAY)
    assert (found.roles, found.variants) == (("importer", "carrier"), ("full", "light"))
    (every_level,) = read_selections(ALL, ["us:importer@full", "us:importer"], TODAY)
    assert every_level.variants == ()


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(Refusals) as refused:
        read_selections(ALL, ["uss", "eu:carrier"], TODAY, roles=["broker"])
    assert len(refused.value.refusals) == 3


def test_the_kind_of_place_decides_what_only_sites_differ_in() -> None:
    needs = [WhenNeed(TraitIs("stuffs"), need("fence")), WhenNeed(TraitIs("producer"), need("alarm"))]
    made = scheme("a", *needs)

    def told(*traits: str) -> list[tuple[str, How]]:
        selection = at_kind_of_place(entries(made), taken(made), traits)
        return [(one.need.control, one.how) for one in asks(selection, TODAY)]

    assert told("stuffs") == [("fence", How.ALWAYS), ("alarm", How.WHEN)]
    assert told() == [("alarm", How.WHEN)]
    with pytest.raises(UnknownKey):
        told("producer")
