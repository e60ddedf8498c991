"""The difference between two editions in words, on the shipped catalogue and on made-up rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.catalogue.spoken_editions import MovedLine, known_words, moved_lines, moved_words
from safeconduct.core.criteria.asked_otherwise import Side
from safeconduct.core.criteria.editions import Change, Difference, difference
from safeconduct.core.records.catalogue import Applies, Obligation, Part, Requirement, RequirementKind, Scope
from safeconduct.core.records.needs import AllNeed, AnyNeed, CertificateNeed, Need, TraitIs, WhenNeed
from tests.core.cast import catalogue, covers_areas, day, every, need, programme
from tests.core.criteria.asking import row

DAY = date(2026, 11, 24)
FENCE, ALARM = need("fence"), need("alarm")


def shipped(before: str, after: str) -> Difference:
    entries = load()
    return difference(entries, entries.programmes[before], entries.programmes[after], DAY)


def lines(before: Requirement | Need, after: Requirement | Need, **more: Any) -> list[MovedLine]:
    """What moved between two editions of one row."""
    made = [one if isinstance(one, Requirement) else row(one, "1", of="us") for one in (before, after)]
    first, second = (programme(one, edition=str(place), **more) for place, one in enumerate(made, 1))
    entries = catalogue(first, second)
    found = difference(entries, first, second, DAY)
    return list(moved_lines(entries, found, found.rows[0]))


def test_the_framework_of_2025_keeps_the_rows_of_2021_and_adds_two() -> None:
    found = shipped("wco-safe-aeo/2021", "wco-safe-aeo/2025")
    counts = {change: len(found.of(change)) for change in Change if found.of(change)}
    assert counts == {Change.ADDED: 2, Change.KEPT: 112}


def test_the_standard_of_2022_continues_headings_of_2007_and_compares_none() -> None:
    found = shipped("iso-28000/2007", "iso-28000/2022")
    counts = {change: len(found.of(change)) for change in Change if found.of(change)}
    assert counts == {Change.ADDED: 23, Change.DROPPED: 5, Change.NOT_COMPARED: 15}
    assert known_words(found) == (
        "Known by headings or as advice alone: 20 of 20 rows of edition 2007 and 2 of 38 rows of edition 2022."
    )


def test_brazils_annex_of_2026_says_more_of_seals_and_inspections_and_names_everybody_bound() -> None:
    found = shipped("br-oea/2023", "br-oea/2026")
    assert [one.row.key for one in found.of(Change.DROPPED)] == ["br-oea/8.9"]
    assert not found.of(Change.ADDED, Change.NOT_COMPARED)
    assert {one.row.key: one.side for one in found.rows if one.side} == {
        "br-oea/9.2": Side.STRICTER,
        "br-oea/9.16@2026": Side.STRICTER,
    }
    items = [one for one in found.after.requirements if one.kind is RequirementKind.CONDITION]
    assert len(items) == 166
    assert all(item.roles.get(role) in (Applies.YES, Applies.NO) for item in items for role in found.after.roles)


def test_the_one_item_known_of_chinas_edition_of_2022_tells_what_moved() -> None:
    found = shipped("cn-aeo/2022", "cn-aeo/2026")
    (changed,) = found.of(Change.CHANGED)
    assert changed.before is not None
    assert (changed.before.key, changed.row.key) == ("cn-aeo/4.11@2022", "cn-aeo/10")
    lines = moved_lines(load(), found, changed)
    assert {(line.what, line.side) for line in lines} == {("The organisation audits itself", "looser")}
    assert not any("where" in line.before for line in lines)
    assert all(" where " in line.after for line in lines)


def test_argentinas_resolution_of_2021_drops_the_heads_of_the_manual_and_is_known_by_headings() -> None:
    found = shipped("ar-oea/2019", "ar-oea/2021")
    counts = {change: len(found.of(change)) for change in Change if found.of(change)}
    assert counts == {Change.ADDED: 3, Change.DROPPED: 9}
    assert known_words(found) == (
        "Known by headings or as advice alone: 9 of 9 rows of edition 2019 and 3 of 3 rows of edition 2021."
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            need("review", every("2 years")),
            need("review", every("1 year")),
            "Review: interval: at most 2 years → interval: at most 1 year (stricter)",
        ),
        (FENCE, need("fence", covers_areas("gates")), "Fence: not asked → coverage: gates (stricter)"),
        (AllNeed((FENCE, ALARM)), FENCE, "Alarm: asked → not asked (looser)"),
        (AnyNeed((FENCE, ALARM)), FENCE, "Fence: asked → asked, in another way (stricter)"),
        (FENCE, WhenNeed(TraitIs("stuffs"), FENCE), "Fence: asked → asked where stuffs (looser)"),
    ],
)
def test_what_is_asked_otherwise_is_told_on_one_line(before: Need, after: Need, expected: str) -> None:
    (line,) = lines(before, after)
    assert moved_words(line) == expected


def test_a_certificate_asked_newly_is_told_as_a_need() -> None:
    (line,) = lines(FENCE, AllNeed((FENCE, CertificateNeed(("aeos",), holder="self"))))
    assert (line.before, line.side, line.control) == ("not asked", "stricter", "")
    assert "AEOS" in line.what


def test_strength_roles_and_fields_are_told_in_words() -> None:
    before = row(FENCE, "1", of="us", roles={"importer": Applies.YES})
    after = replace(
        before,
        obligation=((day("2020-01-01"), Obligation.SHOULD), (day("2027-01-01"), Obligation.MUST)),
        roles={"importer": ((day("2020-01-01"), Obligation.MAY),), "carrier": Applies.NO},
        scope=Scope.ENTITY,
        decisive=True,
        variants=("a",),
    )
    told = [moved_words(line) for line in lines(before, after, variants=("a", "b"), variant_titles={"a": "Level A"})]
    assert told[-6:] == [
        "Obligation: must → should, must from 1 Jan 2027",
        "For importer: binds → may",
        "For carrier: not known whether it binds → does not bind",
        "Judged at: each site → the legal entity",
        "Fails outright: no → yes",
        "Levels: each level → Level A",
    ]


def test_parts_that_come_and_go_and_duties_not_in_force_are_told() -> None:
    def parted(key: str, since: str) -> Requirement:
        return row(None, "1", of="us", parts=(Part(key, ((day(since), Obligation.MUST),), FENCE),))

    assert [moved_words(line) for line in lines(parted("first-half", "2020-01-01"), parted("rest", "2020-01-01"))] == [
        "Obligation, part first half: must → no such part",
        "Obligation, part rest: no such part → must",
    ]
    told = [moved_words(line) for line in lines(parted("rest", "2020-01-01"), parted("rest", "2030-01-01"))]
    assert told == ["Obligation, part rest: must → must from 1 Jan 2030"]
    never = replace(row(FENCE, "1", of="us"), obligation=())
    assert [moved_words(line) for line in lines(row(FENCE, "1", of="us"), never)] == ["Obligation: must → not in force"]


def test_a_kind_that_changed_is_told() -> None:
    told = lines(row(FENCE, "1", of="us"), row(FENCE, "1", of="us", kind=RequirementKind.METRIC))
    assert [moved_words(line) for line in told] == ["Kind: condition → metric"]
