"""Spot checks of the shipped tables: equivalences, checklists, identifiers, and what arrangements say to declare."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from safeconduct.catalogue.checklists import points_asked
from safeconduct.catalogue.loading import load
from safeconduct.catalogue.showing import told
from safeconduct.catalogue.showing_tables import table_entries
from safeconduct.catalogue.walking import leaves_of
from safeconduct.core.identifiers import flaw
from safeconduct.core.provenance import Sure
from safeconduct.core.records.checklists import Checklist
from safeconduct.core.records.equivalence import Effect
from safeconduct.core.records.identifiers import Checked
from safeconduct.core.records.needs import ControlNeed, Op

TODAY = date(2026, 11, 24)
CATALOGUE = load()
HELD_TO_LISTS = {("unit-inspection", "points"), ("seal-check", "steps")}


# ---- checklists


@pytest.mark.parametrize("one", CATALOGUE.checklists.values(), ids=lambda one: one.key)
def test_a_checklist_agrees_with_every_row_that_asks_for_it(one: Checklist) -> None:
    rows = [row for programme in CATALOGUE.programmes.values() for row in programme.requirements]
    asking = [row for row in rows if row.key in one.asked_by]
    assert {row.key for row in asking} == set(one.asked_by)
    assert all(set(points_asked(row, one).values()) == {one.points} for row in asking)


def listed_for(row: str, leaf: ControlNeed, unit: str, points: frozenset[str]) -> list[str]:
    return [
        one.key
        for one in CATALOGUE.checklists.values()
        if row in one.asked_by and one.control == leaf.control and unit in (one.units or ("",)) and one.points == points
    ]


def test_every_row_that_names_points_has_its_checklist() -> None:
    asked = [
        (row.key, leaf, unit, bound.value)
        for programme in CATALOGUE.programmes.values()
        for row in programme.requirements
        for leaf in leaves_of(row)
        for name, bound in leaf.bounds
        if (leaf.control, name) in HELD_TO_LISTS and bound.op is Op.INCLUDES and isinstance(bound.value, frozenset)
        for unit in leaf.for_ or ("",)
    ]
    assert len(asked) > 15
    assert [(row, unit) for row, leaf, unit, points in asked if not listed_for(row, leaf, unit, points)] == []


def test_the_known_lists_have_the_number_of_points_they_are_named_for() -> None:
    counts = {key: len(one.items) for key, one in CATALOGUE.checklists.items()}
    expected = {
        "container-seven-points": 7, "container-seven-faces": 7, "reefer-eight-points": 8, "tractor-seven-points": 7,
        "trailer-ten-points": 10, "mx-tractor-ten-points": 10, "mx-trailer-seven-points": 7, "seal-vvtt": 4,
    }  # fmt: skip
    assert {key: counts[key] for key in expected} == expected
    assert all(item.source.document for one in CATALOGUE.checklists.values() for item in one.items)


# ---- equivalences


def test_only_the_issuers_own_word_satisfies() -> None:
    satisfying = {one.key for one in CATALOGUE.equivalences if one.effect is Effect.SATISFIES}
    assert satisfying == {"eu-air-cargo-agent-as-haulier"}


def test_iso_28000_satisfies_no_criterion() -> None:
    effects = {one.effect for one in CATALOGUE.equivalences if one.scheme == "iso-28000"}
    assert effects == {Effect.INFORMS}


def test_the_certificates_of_article_28_speak_to_security_and_prove_nothing() -> None:
    found = {one.scheme: one for one in CATALOGUE.equivalences if one.key.startswith("eu-aeo-")}
    assert {"eu-regulated-agent", "eu-known-consignor", "iso-28000", "iso-28001", "isps-port-statement"} <= set(found)
    assert {one.effect for one in found.values()} == {Effect.INFORMS}
    assert "same sites and operations" in found["eu-regulated-agent"].reach.covers


# ---- identifiers


def test_examples_pass_and_most_types_say_honestly_what_is_checked() -> None:
    kinds = CATALOGUE.identifiers.values()
    assert [one.key for one in kinds if one.example and flaw(one, one.example)] == []
    counts = Counter(one.checked for one in kinds)
    assert counts[Checked.CHECK_DIGIT] == 5
    assert counts[Checked.NOTHING] > 5
    assert not [one.key for one in kinds if one.binds and one.source.sure is Sure.UNCONFIRMED]


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("eori", "DE123456789012345", "123DE"),
        ("uscc", "91350100M000100Y43", "91350100M000100Y44"),
        ("lei", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R13"),
        ("container-number", "CSQU3054383", "CSQU3054384"),
        ("imo-ship", "9074729", "9074728"),
        ("mid", "XOMAPLEA123TOR", "CAMAPLEA123TOR"),
        ("un-locode", "NLRTM", "NLRT1"),
        ("eu-aeo-number", "DE AEOS 102", "DE AEOX 102"),
        ("eu-regulated-agent-number", "DE/RA/00001-01", "DE-RA-00001"),
        ("eu-regulated-agent-number", "DE//RA/00001-01", "DE/KC/00001-01"),
        ("duns", "15-048-3782", "15-048-378"),
    ],
)
def test_numbers_that_can_and_cannot_be(key: str, good: str, bad: str) -> None:
    kind = CATALOGUE.identifiers[key]
    assert flaw(kind, good) == ""
    assert flaw(kind, bad)


# ---- recognition


def test_arrangements_are_told_in_both_directions_where_both_issuers_are_known() -> None:
    rows, granted = CATALOGUE.recognition, {key: one.programme for key, one in CATALOGUE.terms.schemes.items()}
    pairs = {(row.by, granted[row.scheme]) for row in rows if granted[row.scheme]}
    alone = {pair for pair in pairs if pair[::-1] not in pairs and {"iso-28001", "eu-air-cargo"}.isdisjoint(pair)}
    assert alone == set()
    assert len(rows) > 250


def test_what_goes_on_the_declaration_names_types_of_identifiers_and_its_source() -> None:
    declared = {row.key: row.declare for row in CATALOGUE.recognition if row.declare}
    assert len(declared) > 60
    assert all(one.how and set(one.identifiers) <= set(CATALOGUE.identifiers) for one in declared.values())
    assert declared["cn-aeo-eu-aeos"].identifiers == ("foreign-aeo-code",)
    assert declared["us-ctpat-uk-aeos"].identifiers == ("mid",)
    assert declared["kr-aeo-sg-stp-plus"].identifiers == ("kr-obpc",)


def test_signing_and_working_are_two_facts() -> None:
    found = {row.key: row for row in CATALOGUE.recognition}["eu-aeo-jp-aeo"]
    assert (found.signed, found.since) == (date(2010, 6, 24), date(2011, 5, 24))


def test_no_unconfirmed_or_undated_arrangement_decides() -> None:
    deciding = [row for row in CATALOGUE.recognition if row.effect == "satisfies"]
    assert [row.key for row in deciding if row.since is None or row.source.sure is Sure.UNCONFIRMED] == []
    assert [row.key for row in CATALOGUE.recognition if row.since and row.since > TODAY] == []


# ---- looking up


def test_every_entry_is_found_by_its_key_and_by_no_other_kind() -> None:
    entries = table_entries(CATALOGUE)
    tables = len(CATALOGUE.recognition) + len(CATALOGUE.equivalences)
    assert len(entries) == tables + len(CATALOGUE.checklists) + len(CATALOGUE.identifiers)
    others = {*CATALOGUE.controls, *CATALOGUE.terms.lists, *(one.key for one in CATALOGUE.programmes.values())}
    assert set(entries) & others == set()


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("eu-aeo-iso-28000", "equivalence"),
        ("seal-vvtt", "checklist"),
        ("eori", "type of identifier"),
        ("us-ctpat-eu-aeos", "recognition"),
    ],
)
def test_an_entry_is_told_with_its_source(key: str, what: str) -> None:
    found = told(CATALOGUE, key, TODAY)
    assert (found["what"], found["key"]) == (what, key)
    assert isinstance(found["source"], dict)
