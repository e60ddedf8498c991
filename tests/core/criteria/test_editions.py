"""What changes from one edition to another: rows by key or by what they supersede, and what they ask otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.criteria.asked_otherwise import AskedOtherwise, Side
from safeconduct.core.criteria.compare import Piece
from safeconduct.core.criteria.editions import (
    Change,
    Difference,
    FieldMoved,
    ObligationMoved,
    RoleMoved,
    RowChange,
    difference,
    headings,
    later_editions,
)
from safeconduct.core.records.catalogue import Applies, Catalogue, Obligation, Part, Programme, RequirementKind, Scope
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    Bound,
    CheckNeed,
    LookbackNeed,
    Need,
    OutcomeNeed,
    Renewal,
    TraitIs,
    VariantIs,
    WhenNeed,
)
from tests.core.cast import YES, catalogue, covers_areas, day, every, months, need, programme
from tests.core.criteria.asking import ROLES, row

ON = day("2026-07-01")
MUST, SHOULD = Obligation.MUST, Obligation.SHOULD
FENCE, ALARM, POLICY = need("fence"), need("alarm"), need("policy")
STRICTER, LOOSER, OTHERWISE = Side


def edition(name: str, *rows: Any, supersedes: str = "", **more: Any) -> Programme:
    made = [row(one, str(place), of="us") if not hasattr(one, "key") else one for place, one in enumerate(rows, 1)]
    return programme(*made, edition=name, supersedes=supersedes, **more)


def entries(*made: Programme) -> Catalogue:
    return catalogue(*made)


def changed(before: Programme, after: Programme, **more: Any) -> Difference:
    return difference(entries(before, after), before, after, ON, **more)


def told(found: Difference) -> list[tuple[str, str]]:
    return [(one.row.key, one.change.value) for one in found.rows]


def of_needs(before: Need, after: Need, **more: Any) -> RowChange:
    (found,) = changed(edition("1", before), edition("2", after), **more).rows
    return found


def moved(before: Need, after: Need) -> list[tuple[str, list[Any], list[Any]]]:
    """What moved: which way, and what was and is asked of it, by bound or else by control."""

    def said(pieces: tuple[Piece, ...]) -> list[Any]:
        return [one.asked.value if one.asked else one.control or one.need for one in pieces]

    found = of_needs(before, after).moved
    return [(one.side.value, said(one.before), said(one.after)) for one in found if isinstance(one, AskedOtherwise)]


def test_rows_are_matched_by_key_and_the_dropped_come_last() -> None:
    before = edition("1", row(FENCE, "1", of="us"), row(ALARM, "2", of="us"))
    after = edition("2", row(POLICY, "3", of="us"), row(ALARM, "2", of="us"))
    assert told(changed(before, after)) == [("us/3", "added"), ("us/2", "kept"), ("us/1", "dropped")]


def test_a_row_that_supersedes_another_continues_it() -> None:
    before = edition("1", row(FENCE, "1", of="us"))
    after = edition("2", row(FENCE, "9", of="us", supersedes="us/1"))
    (found,) = changed(before, after).rows
    assert (found.change, found.continued) == (Change.KEPT, True)


def test_what_supersedes_is_followed_over_an_edition_between_and_backwards() -> None:
    oldest = edition("1", row(FENCE, "1", of="us"))
    between = edition("2", row(FENCE, "2", of="us", supersedes="us/1"), supersedes="1")
    newest = edition("3", row(FENCE, "3", of="us", supersedes="us/2"), supersedes="2")
    known = entries(oldest, between, newest)
    for before, after in ((oldest, newest), (newest, oldest)):
        assert [one.continued for one in difference(known, before, after, ON).rows] == [True]
    assert [one.edition for one in later_editions(known, oldest)] == ["2", "3"]
    assert later_editions(known, newest) == []


def test_editions_that_claim_each_others_place_are_each_told_once() -> None:
    first, second = edition("1", FENCE, supersedes="2"), edition("2", FENCE, supersedes="1")
    assert [one.edition for one in later_editions(entries(first, second), first)] == ["2", "1"]


def test_two_rows_that_continue_one_are_both_told_and_one_that_takes_two_together_as_well() -> None:
    one, two = row(FENCE, "1", of="us"), row(ALARM, "2", of="us")
    split = edition("2", row(FENCE, "3", of="us", supersedes="us/1"), row(FENCE, "4", of="us", supersedes="us/1"))
    found = changed(edition("1", one), split)
    assert told(found) == [("us/3", "kept"), ("us/4", "kept")]
    assert len(found.by_before["us/1"]) == 2
    joined = edition("2", row(AllNeed((FENCE, ALARM)), "1", of="us", supersedes="us/2"))
    assert told(changed(edition("1", one, two), joined)) == [("us/1", "changed"), ("us/1", "changed")]


def test_a_row_that_supersedes_a_retired_key_is_new() -> None:
    assert told(changed(edition("1", FENCE), edition("2", row(ALARM, "7", of="us", supersedes="us/0")))) == [
        ("us/7", "added"),
        ("us/1", "dropped"),
    ]


def test_where_one_edition_has_only_the_heading_nothing_is_compared() -> None:
    heading = row(None, "1", of="us", kind=RequirementKind.GUIDANCE, obligation=())
    (found,) = changed(edition("1", heading), edition("2", FENCE)).rows
    assert (found.change, found.moved, found.side) == (Change.NOT_COMPARED, (), None)
    assert told(changed(edition("1", heading), edition("2", heading))) == [("us/1", "kept")]
    assert (headings(edition("1", heading)), headings(edition("2", FENCE))) == (1, 0)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (FENCE, need("fence", covers_areas("gates")), [("stricter", [], [frozenset({"gates"})])]),
        (need("fence", covers_areas("gates")), FENCE, [("looser", [frozenset({"gates"})], [])]),
        (
            need("fence", covers_areas("gates")),
            need("fence", covers_areas("docks")),
            [("otherwise", [frozenset({"gates"})], [frozenset({"docks"})])],
        ),
        (FENCE, AllNeed((FENCE, ALARM)), [("stricter", [], ["alarm"])]),
        (AllNeed((FENCE, ALARM)), FENCE, [("looser", ["alarm"], [])]),
        (FENCE, ALARM, [("stricter", [], ["alarm"]), ("looser", ["fence"], [])]),
        (AnyNeed((FENCE, ALARM)), FENCE, [("stricter", ["fence"], ["fence"])]),
        (FENCE, WhenNeed(TraitIs("stuffs"), FENCE), [("looser", ["fence"], ["fence"])]),
        (AllNeed((FENCE, ALARM)), AllNeed((ALARM, FENCE)), []),
    ],
)
def test_what_a_row_asks_otherwise(before: Need, after: Need, expected: list[Any]) -> None:
    assert moved(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "side"), [("2 years", "1 year", [STRICTER]), ("1 year", "2 years", [LOOSER])]
)
def test_a_bound_that_moved_tells_both_numbers(before: str, after: str, side: list[Side]) -> None:
    found = of_needs(need("review", every(before)), need("review", every(after))).moved
    assert [one.side for one in found if isinstance(one, AskedOtherwise)] == side
    assert moved(need("review", every(before)), need("review", every(after))) == [
        (side[0].value, [every(before)[1].value], [every(after)[1].value])
    ]


def test_the_same_number_written_otherwise_is_no_change() -> None:
    assert moved(need("review", every("12 months")), need("review", every("1 year"))) == []


def test_a_look_back_that_grew_tells_both() -> None:
    short = LookbackNeed({"infringement": frozenset({"serious"})}, months(12), ("entity",), renew=Renewal())
    (found,) = of_needs(short, replace(short, window=months(24))).moved
    assert isinstance(found, AskedOtherwise)
    windows = [one.need.window for one in (*found.before, *found.after) if isinstance(one.need, LookbackNeed)]
    assert (found.side, windows) == (STRICTER, [months(12), months(24)])


def test_a_list_looked_up_about_more_is_stricter() -> None:
    before = CheckNeed(("dishonest",), ("entity",), Renewal())
    (found,) = of_needs(before, replace(before, about=("entity", "partner"))).moved
    assert isinstance(found, AskedOtherwise)
    assert found.side is STRICTER


def test_an_outcome_on_other_controls_is_another() -> None:
    found = of_needs(OutcomeNeed(FENCE), OutcomeNeed(ALARM))
    assert found.side is OTHERWISE


def test_who_is_asked_where_is_told() -> None:
    before = edition("1", row(FENCE, "1", of="us"))
    after = edition("2", row(FENCE, "1", of="us", scope=Scope.ENTITY))
    (found,) = changed(before, after).rows
    assert FieldMoved("scope", "site", "entity") in found.moved


def test_the_strength_is_told_as_of_the_day_and_what_is_to_come() -> None:
    before = row(FENCE, "1", of="us", obligation=((day("2010-01-01"), MUST),))
    same = row(FENCE, "1", of="us", obligation=((day("2020-01-01"), MUST),))
    later = row(FENCE, "1", of="us", obligation=((day("2020-01-01"), SHOULD), (day("2027-01-01"), MUST)))
    assert told(changed(edition("1", before), edition("2", same))) == [("us/1", "kept")]
    (found,) = changed(edition("1", before), edition("2", later)).rows
    expected = ObligationMoved("", ((None, MUST),), ((None, SHOULD), (day("2027-01-01"), MUST)))
    assert found.moved == (expected,)


def test_an_edition_to_come_is_seen_on_its_first_day() -> None:
    after = edition("2", row(FENCE, "1", of="us", obligation=((day("2027-01-01"), MUST),)), since=day("2027-01-01"))
    found = changed(edition("1", FENCE), after)
    assert (found.day, told(found)) == (day("2027-01-01"), [("us/1", "kept")])


def test_a_part_that_came_and_one_that_went_are_told() -> None:
    def parted(*keys: str) -> Any:
        parts = tuple(Part(key, ((day("2020-01-01"), SHOULD),), FENCE) for key in keys)
        return row(None, "1", of="us", parts=parts)

    (found,) = changed(edition("1", parted("a", "b")), edition("2", parted("b", "c"))).rows
    held = ((None, SHOULD),)
    assert set(found.moved) == {ObligationMoved("a", held, ()), ObligationMoved("c", (), held)}


def test_whom_it_binds_is_told_for_the_roles_both_editions_have() -> None:
    before = edition("1", row(FENCE, "1", of="us", roles={"importer": Applies.YES}))
    after = edition("2", row(FENCE, "1", of="us", roles=ROLES), roles=("importer", "carrier", "broker"))
    found = changed(before, after)
    assert found.rows[0].moved == (RoleMoved("", "carrier", Applies.UNKNOWN, Applies.YES),)
    assert (found.roles_added, found.roles_dropped) == (("broker",), ())


def test_a_role_with_a_timeline_of_its_own_is_told_by_its_strength() -> None:
    own = row(FENCE, "1", of="us", roles={"importer": ((day("2020-01-01"), SHOULD),), "carrier": Applies.YES})
    (found,) = changed(edition("1", FENCE), edition("2", own)).rows
    assert found.moved == (RoleMoved("", "importer", Applies.YES, ((None, SHOULD),)),)


def test_levels_are_compared_as_far_as_both_editions_have_them() -> None:
    before = edition("1", row(FENCE, "1", of="us"), variants=("a",))
    after = edition("2", row(FENCE, "1", of="us", variants=("a",)), variants=("a", "b"))
    assert told(changed(before, after)) == [("us/1", "kept")]
    both = edition("1", row(FENCE, "1", of="us"), variants=("a", "b"))
    (found,) = changed(both, after).rows
    assert found.moved == (FieldMoved("levels", "", "a"),)


def test_rows_that_bind_other_roles_or_levels_in_both_are_left_out_for_whom_they_are_not() -> None:
    carrier = {"importer": Applies.NO, "carrier": Applies.YES}
    before = edition("1", row(FENCE, "1", of="us", roles=carrier), row(FENCE, "2", of="us"))
    after = edition("2", row(ALARM, "1", of="us", roles=carrier), row(FENCE, "2", of="us"))
    assert told(changed(before, after, roles=["importer"])) == [("us/2", "kept")]
    assert len(changed(before, after).rows) == 2
    newly = edition("2", row(FENCE, "1", of="us"), row(FENCE, "2", of="us"))
    assert told(changed(before, newly, roles=["importer"])) == [("us/1", "changed"), ("us/2", "kept")]
    low = edition("2", row(FENCE, "1", of="us", variants=("b",)), variants=("a", "b"))
    assert told(changed(low, low, variants=["a"])) == []


def test_a_level_settles_what_is_asked() -> None:
    before = WhenNeed(VariantIs("a"), need("fence", covers_areas("gates")))
    after = WhenNeed(VariantIs("b"), need("fence", covers_areas("gates")))
    first, second = edition("1", before, variants=("a", "b")), edition("2", after, variants=("a", "b"))
    assert told(changed(first, second)) == [("us/1", "changed")]
    (found,) = changed(first, second, variants=["b"]).rows
    assert found.side is STRICTER


def test_two_ways_at_once_are_otherwise() -> None:
    before = AllNeed((need("panel", ("photo", Bound(YES))), need("review", every("1 year"))))
    after = AllNeed((need("panel", covers_areas("gates"), ("photo", Bound(YES))), need("review", every("2 years"))))
    assert of_needs(before, after).side is OTHERWISE


def test_editions_of_different_programmes_have_no_row_in_common() -> None:
    other = programme(row(FENCE, "1", of="eu"), key="eu")
    assert told(difference(entries(edition("1", FENCE), other), edition("1", FENCE), other, ON)) == [
        ("eu/1", "added"),
        ("us/1", "dropped"),
    ]
