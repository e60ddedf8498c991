"""The catalogue as OSCAL, judged by compliance-trestle; every pointer is followed; relationships are proved."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from trestle.oscal import catalog, mapping

from safeconduct.catalogue.export.oscal import MAPPING_FILE, oscal_files, oscal_zip, write_oscal
from safeconduct.catalogue.export.oscal_mapping import Relationship, related, relationship, relationships
from safeconduct.catalogue.export.oscal_parts import CONTROLS_FILE, catalog_file, token, uuid_of
from safeconduct.catalogue.loading import load
from safeconduct.core.records.catalogue import Catalogue, Part
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import (
    AllNeed,
    AnswerNeed,
    AnyNeed,
    Bound,
    ControlNeed,
    Need,
    Op,
    OutcomeNeed,
    PresentIs,
    TraitIs,
    WhenNeed,
)

SMALL = load(Path(__file__).parent.parent / "fixtures" / "whole")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> Mapping[str, str]:
    return oscal_files(catalogue)


@pytest.fixture(scope="module")
def documents(files: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in files.items()}


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside plain data."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from inside(one)


def controls_in(document: dict[str, Any]) -> list[dict[str, Any]]:
    groups = [document["catalog"], *document["catalog"].get("groups", [])]
    return [control for group in groups for control in group.get("controls", [])]


def test_trestle_accepts_every_document(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        model = mapping.Model if name == MAPPING_FILE else catalog.Model
        model.model_validate_json(text)


def test_there_is_a_catalog_for_each_edition_with_all_its_rows(
    documents: dict[str, dict[str, Any]], catalogue: Catalogue
) -> None:
    assert set(documents) == {*map(catalog_file, catalogue.programmes.values()), CONTROLS_FILE, MAPPING_FILE}
    for programme in catalogue.programmes.values():
        found = {control["id"] for control in controls_in(documents[catalog_file(programme)])}
        assert found == {token(row.key) for row in programme.requirements}
    assert {one["id"] for one in controls_in(documents[CONTROLS_FILE])} == set(catalogue.controls)


def test_identifiers_are_given_once_and_every_pointer_is_followed(documents: dict[str, dict[str, Any]]) -> None:
    for name, document in documents.items():
        known = Counter(one[key] for one in inside(document) for key in ("id", "uuid") if key in one)
        assert [key for key, count in known.items() if count > 1] == [], name
        pointers = [one["href"][1:] for one in inside(document) if str(one.get("href", "")).startswith("#")]
        assert [one for one in pointers if one not in known] == [], name
        prose = [one["prose"] for one in inside(document) if "insert: param" in one.get("prose", "")]
        assert [one for one in prose if one.split("insert: param, ")[1].split(" ")[0] not in known] == []


def test_every_end_of_a_mapping_stands_in_its_catalog(documents: dict[str, dict[str, Any]]) -> None:
    known = {name: {one["id"] for one in inside(document) if "id" in one} for name, document in documents.items()}
    for one in documents[MAPPING_FILE]["mapping-collection"]["mappings"]:
        sources, targets = known[one["source-resource"]["href"]], known[one["target-resource"]["href"]]
        for found in one["maps"]:
            assert {end["id-ref"] for end in found["sources"]} <= sources
            assert {end["id-ref"] for end in found["targets"]} <= targets


def test_a_row_is_mapped_or_listed_as_a_gap(documents: dict[str, dict[str, Any]], catalogue: Catalogue) -> None:
    by_source = {
        one["source-resource"]["href"]: one for one in documents[MAPPING_FILE]["mapping-collection"]["mappings"]
    }
    for programme in catalogue.programmes.values():
        one = by_source.get(catalog_file(programme))
        if one is None:
            assert not any(True for row in programme.requirements for _ in related(catalogue, row))
            continue
        mapped = {end["id-ref"] for found in one["maps"] for end in found["sources"]}
        gaps = {
            key for gap in one.get("source-gap-summary", {}).get("unmapped-controls", []) for key in gap["with-ids"]
        }
        assert mapped | gaps == {token(row.key) for row in programme.requirements}
        assert not mapped & gaps


ROW = replace(SMALL.requirement("us-demo/1.1"), when=None)
SEALED = ControlNeed("seal-fitting")
HIGH = ControlNeed("seal-fitting", bounds=(("class", Bound(Op.AT_LEAST, "high-security")),))
FILMED = ControlNeed("cctv")


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (SEALED, Relationship.EQUAL),
        (HIGH, Relationship.SUPERSET),
        (AllNeed((SEALED, FILMED)), Relationship.SUPERSET),
        (OutcomeNeed(SEALED), Relationship.SUPERSET),
        (AnyNeed((SEALED, FILMED)), Relationship.SUBSET),
        (WhenNeed(TraitIs("producer"), SEALED), Relationship.SUBSET),
        (ControlNeed("seal-fitting", shown=(Shown.DESIGN,)), Relationship.SUBSET),
        (AnyNeed((HIGH, FILMED)), Relationship.INTERSECTS),
        (WhenNeed(TraitIs("producer"), HIGH), Relationship.INTERSECTS),
    ],
)
def test_a_relationship_follows_from_the_need(need: Need, expected: Relationship) -> None:
    row = replace(ROW, needs=need)
    assert relationship(SMALL, row, "seal-fitting") is expected


def test_the_parts_and_the_condition_of_a_row_count_too() -> None:
    part = Part("one", ROW.obligation, SEALED)
    both = replace(ROW, needs=None, parts=(part, replace(part, key="two", needs=FILMED)))
    assert relationship(SMALL, both, "cctv") is Relationship.SUPERSET
    assert relationship(SMALL, replace(both, when=TraitIs("producer")), "cctv") is Relationship.INTERSECTS
    only_if = replace(both, parts=(replace(part, when=TraitIs("producer")),))
    assert relationship(SMALL, only_if, "seal-fitting") is Relationship.SUBSET


def test_what_is_only_drawn_on_intersects_and_a_condition_is_no_mapping() -> None:
    answered = replace(ROW, needs=AnswerNeed(("cctv",)))
    assert [(one.control, one.relationship) for one in related(SMALL, answered)] == [("cctv", Relationship.INTERSECTS)]
    asked = replace(ROW, needs=WhenNeed(PresentIs("cctv"), SEALED))
    assert [one.control for one in related(SMALL, asked)] == ["seal-fitting"]


def test_the_bounds_of_a_row_are_told_with_its_mapping(documents: dict[str, dict[str, Any]]) -> None:
    maps = [one for found in documents[MAPPING_FILE]["mapping-collection"]["mappings"] for one in found["maps"]]
    [seal] = [
        one
        for one in maps
        if (one["sources"][0]["id-ref"], one["targets"][0]["id-ref"]) == ("us-ctpat_6.2", "seal-fitting")
    ]
    assert seal["relationship"] == "superset-of"
    assert "seal class: high-security seal (current ISO 17712)" in {one["description"] for one in seal["qualifiers"]}


def test_relationships_are_not_all_intersections(catalogue: Catalogue) -> None:
    counts = relationships(catalogue)
    assert set(counts) == set(Relationship)
    assert counts[Relationship.INTERSECTS] < counts[Relationship.SUPERSET]


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert oscal_zip(SMALL) == oscal_zip(SMALL)
    with zipfile.ZipFile(io.BytesIO(oscal_zip(SMALL))) as packed:
        assert {name: packed.read(name).decode() for name in packed.namelist()} == dict(oscal_files(SMALL))


def test_a_uuid_is_that_of_its_names() -> None:
    assert uuid_of("mapping", "us-ctpat/2020") == uuid_of("mapping", "us-ctpat/2020")
    assert uuid_of("a", "b") != uuid_of("ab")
    assert uuid_of("a")[14] == "5"


def test_it_is_written_to_a_folder_that_is_made(tmp_path: Path) -> None:
    written = write_oscal(SMALL, tmp_path / "deep" / "oscal")
    assert {path.relative_to(tmp_path / "deep" / "oscal").as_posix() for path in written} == set(oscal_files(SMALL))
    assert all(json.loads(path.read_text("utf-8")) for path in written)
