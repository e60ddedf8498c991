from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from safeconduct.catalogue import need_reader
from safeconduct.catalogue.json_schema import FOLDER, schema_text, schemas
from safeconduct.catalogue.loading import data_files, shipped
from safeconduct.catalogue.terms import SECTIONS

HERE = Path(__file__).parent
SCHEMAS = schemas()


def schema_of(name: str) -> str:
    if name == "retired.yml":
        return "retired.schema.json"
    folder, file = name.split("/")[0], name.split("/")[-1]
    if folder == "programmes":
        apart = {"programme.yml", "about.yml", "expectations.yml"}
        return file.replace(".yml", ".schema.json") if file in apart else "requirements.schema.json"
    apart = {"terms.yml", "figures.yml", "identities.yml", "taxonomies.yml", "matrices.yml"}
    return f"{file.removesuffix('.yml')}.schema.json" if file in apart else f"{folder}.schema.json"


def problems(name: str, data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[schema_of(name)]).iter_errors(data)]


def content(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_the_package_is_up_to_date(name: str) -> None:
    """Run `safeconduct catalogue schema` after a change of the language."""
    assert (FOLDER / name).read_text("utf-8") == schema_text(SCHEMAS[name])
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("root", [shipped(), HERE / "fixtures" / "whole"], ids=["shipped", "fixture"])
def test_every_sound_file_fits_its_schema(root: Path) -> None:
    found = {name: problems(name, content(path)) for name, path in data_files(root)}
    assert {name: told for name, told in found.items() if told} == {}
    assert len(found) > 10


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("01-unknown-key", "programmes/us-demo/2020/requirements/broken.yml"),
        ("01-missing-key", "programmes/us-demo/2020/requirements/broken.yml"),
        ("01-unknown-mode", "controls/broken.yml"),
        ("01-programme-field", "programmes/us-more/1/programme.yml"),
        ("01-about-clock", "programmes/us-demo/2020/about.yml"),
        ("02-need-is-text", "programmes/us-demo/2020/requirements/broken.yml"),
        ("02-part-without-obligation", "programmes/us-demo/2020/requirements/broken.yml"),
        ("03-terms-figure-unit", "controls/terms.yml"),
        ("05-no-on-flag", "programmes/us-demo/2020/requirements/broken.yml"),
        ("09-every-without-each", "programmes/us-demo/2020/requirements/broken.yml"),
        ("10-obligation-word", "programmes/us-demo/2020/requirements/broken.yml"),
        ("12-source-without-sure", "programmes/us-demo/2020/requirements/broken.yml"),
    ],
)
def test_an_editor_sees_mistakes_of_form(case: str, name: str) -> None:
    assert problems(name, content(HERE / "broken" / case / name)) != []


def test_the_schema_knows_every_form_and_section() -> None:
    need = SCHEMAS["requirements.schema.json"]["$defs"]["need"]
    assert set(need["properties"]) == {*need_reader.FORMS, "when", "then"}
    assert tuple(SCHEMAS["terms.schema.json"]["properties"]) == SECTIONS
