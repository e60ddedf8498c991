"""The catalogue as JSON: it reads back equal, fits its schema, and nothing that was changed by hand is read."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from safeconduct.catalogue.export import whole
from safeconduct.catalogue.export.forms import Reading, form_of
from safeconduct.catalogue.export.whole import catalogue_json, export_schema, read_catalogue_json
from safeconduct.catalogue.loading import load, shipped
from safeconduct.core.errors import Refusal, Refusals

WHOLE = Path(__file__).parent.parent / "fixtures" / "whole"
SMALL = load(WHOLE)


def changed(text: str, before: str, after: str) -> str:
    assert before in text
    return text.replace(before, after, 1)


@pytest.mark.parametrize("root", [shipped(), WHOLE], ids=["shipped", "fixture"])
def test_it_reads_back_equal_and_writes_the_same_bytes(root: Path) -> None:
    catalogue = load(root)
    text = catalogue_json(catalogue)
    found = read_catalogue_json(text)
    assert found == catalogue
    assert catalogue_json(found) == text


@pytest.mark.parametrize("root", [shipped(), WHOLE], ids=["shipped", "fixture"])
def test_it_fits_its_schema(root: Path) -> None:
    validator = Draft202012Validator(export_schema())
    assert [fault.json_path for fault in validator.iter_errors(json.loads(catalogue_json(load(root))))] == []


def test_the_schema_refuses_what_is_no_catalogue() -> None:
    validator = Draft202012Validator(export_schema())
    written = json.loads(catalogue_json(SMALL))
    control = written["catalogue"]["controls"]["seal-fitting"]
    control["mode"], control["colour"] = "sometimes", "red"
    del written["catalogue"]["programmes"]["us-demo/2020"]["requirements"][0]["source"]["checked"]
    found = sorted(fault.json_path for fault in validator.iter_errors(written))
    assert found == [
        "$.catalogue.controls['seal-fitting']",
        "$.catalogue.controls['seal-fitting'].mode",
        "$.catalogue.programmes['us-demo/2020'].requirements[0].source",
    ]


def test_needs_stand_in_the_catalogues_language() -> None:
    rows = json.loads(catalogue_json(SMALL))["catalogue"]["programmes"]["us-demo/2020"]["requirements"]
    assert rows[0]["needs"]["seal-fitting"]["share"] == {"at_least": "100 %"}
    assert rows[0]["obligation"] == {"2020-03-01": "should", "2023-01-01": "must"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": "safeconduct-catalogue/1"}',
        changed(catalogue_json(SMALL), "safeconduct-catalogue/1", "safeconduct-catalogue/9"),
        changed(catalogue_json(SMALL), '"at_least": "high-security"', '"at_least": "indicative"'),
    ],
    ids=["empty", "cut-off", "a-list", "nothing", "no-content", "another-form", "changed-by-hand"],
)
def test_what_we_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"theirs\.json: This is no catalogue that we wrote\..*Write it again"):
        read_catalogue_json(text, "theirs.json")


def resealed(change: Any) -> str:
    """An export with another content and the sum that fits it, as another version might write it."""
    content = json.loads(catalogue_json(SMALL))["catalogue"]
    change(content)
    return json.dumps({"format": whole.FORMAT, "sha256": whole._sum_of(content), "catalogue": content})


def test_what_another_version_wrote_is_refused_with_what_it_stumbled_on() -> None:
    with pytest.raises(Refusal, match=r"Another version of Safeconduct wrote it .*colour"):
        read_catalogue_json(resealed(lambda content: content["controls"]["cctv"].update(colour="red")))
    with pytest.raises(Refusal, match="Another version"):
        read_catalogue_json(resealed(lambda content: content["controls"]["cctv"].update(title=5)))


def test_a_need_for_a_control_that_is_not_there_is_refused_by_the_loaders_rules() -> None:
    with pytest.raises(Refusals, match="There is no control 'seal-fitting'"):
        read_catalogue_json(resealed(lambda content: content["controls"].pop("seal-fitting")))


def test_a_changed_catalogue_has_other_bytes() -> None:
    control = SMALL.controls["cctv"]
    other = replace(SMALL, controls={**SMALL.controls, "cctv": replace(control, title="Cameras")})
    assert catalogue_json(other) != catalogue_json(SMALL)


@dataclass(frozen=True, slots=True)
class Sample:
    day: date
    words: frozenset[str] = frozenset()


def test_a_default_is_left_out_and_sets_are_written_in_order() -> None:
    form = form_of(Sample)
    assert form.write(Sample(date(2026, 1, 2))) == {"day": "2026-01-02"}
    assert form.write(Sample(date(2026, 1, 2), frozenset("cab"))) == {"day": "2026-01-02", "words": ["a", "b", "c"]}
    assert form.read({"day": "2026-01-02", "words": ["b"]}, Reading()) == Sample(date(2026, 1, 2), frozenset("b"))


def test_a_sort_of_value_without_a_form_is_no_export() -> None:
    with pytest.raises(TypeError, match="No form is known"):
        form_of(complex)
