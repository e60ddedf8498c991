"""`safeconduct criteria` and `compare`: the same answers for people and for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.catalogue.loading import load
from tests.cli.test_judging import FACTS, answer, run

DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.yml"
    file.write_text(FACTS, encoding="utf-8")
    return str(file)


def test_criteria_join_what_programmes_ask_and_name_who_binds_it() -> None:
    told = answer("criteria", "us-ctpat:importer", "cn-aeo:importer@ace", *DAY)
    assert [one["written"] for one in told["programmes"]] == ["us-ctpat/2020:importer", "cn-aeo/2026:importer@ace"]
    (seal,) = [one for one in told["statements"] if one["control"] == "seal-fitting"]
    bound_by = {part["says"]: part["bound_by"] for part in seal["asks"]}
    assert bound_by["seal class: high-security seal (current ISO 17712)"][0] == "us-ctpat/6.2"
    assert seal["programmes"]["us-ctpat/2020"] == "binds"
    assert "places" not in seal


def test_criteria_of_a_facts_file_are_those_it_is_enrolled_in_and_say_where_it_stands(facts: str) -> None:
    told = answer("criteria", "--facts", facts, "--as-of", "2026-06-30")
    assert [one["written"] for one in told["programmes"]] == ["us-ctpat/2020:importer"]
    standing = {one["control"]: one["standing"] for one in told["statements"]}
    assert standing["social-compliance"] == "MET"
    assert standing["risk-assessment"] == "UNKNOWN"


def test_criteria_for_people_count_what_they_replace(facts: str) -> None:
    result = run("criteria", "us-ctpat", "--role", "importer", "--facts", facts, *DAY)
    assert result.exit_code == 0, result.output
    assert "us-ctpat/6.2" in result.stdout
    assert "Conflicts: 0." in result.stdout
    assert "requirements." in result.stdout


def test_criteria_print_as_ones_own_standard() -> None:
    result = run("criteria", "us-ctpat:importer", "eu-aeo:importer@aeos", "--markdown", *DAY)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# Security standard\n\nAs of 24 Nov 2026. ")
    assert "## G: Cargo security" in result.stdout
    assert "(us-ctpat/6.2)" in result.stdout


def test_what_is_only_recommended_is_asked_for() -> None:
    musts = answer("criteria", "us-ctpat:importer", *DAY)
    both = answer("criteria", "us-ctpat:importer", "--should", *DAY)
    assert len(both["statements"]) > len(musts["statements"])


def test_compare_says_what_is_covered_and_what_is_still_to_be_done() -> None:
    told = answer("compare", "us-ctpat:importer", "--with", "eu-aeo:importer@aeos", *DAY)
    rows = {one["requirement"]: one for one in told["requirements"]}
    assert rows["eu-aeo/ia-28.1.g"]["cover"] == "covered"
    assert rows["eu-aeo/ia-25.1.h"]["cover"] == "new"
    assert [one["control"] for one in rows["eu-aeo/ia-25.1.h"]["missing"]] == ["archive-protection"]
    assert told["covered"] + told["partly"] + told["new"] == told["rows"] == len(rows)
    assert "here" not in told


def test_compare_for_an_organisation_judges_its_own_facts(facts: str) -> None:
    told = answer("compare", "us-ctpat:importer", "--with", "us-ctpat:importer", "--facts", facts, *DAY)
    assert (told["partly"], told["new"], told["pieces"]) == (0, 0, [])
    assert told["here"]["entity"] == "us"
    assert told["here"]["sites"] == ["lax"]
    assert told["here"]["gaps"]


def test_compare_for_people_ends_with_the_number_of_things_to_do(facts: str) -> None:
    result = run("compare", "us-ctpat:importer", "--with", "cn-aeo:importer@ace", "--facts", facts, *DAY)
    assert result.exit_code == 0, result.output
    assert "things to do." in result.stdout
    assert "For us on 24 Nov 2026" in result.stdout
    assert "criteria are met already" in result.stdout


def test_any_two_programmes_compare() -> None:
    editions = list(load().programmes)
    for wanted in ("us-ctpat/2020", "cn-aeo/2026"):
        told = answer("compare", *editions, "--with", wanted, *DAY)
        assert (told["partly"], told["new"]) == (0, 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("criteria",), "No programme is named."),
        (("criteria", "us-cptat"), 'Did you mean "us-ctpat"?'),
        (("criteria", "us-ctpat:importr", "nope"), "2 things are refused"),
        (("criteria", "us-ctpat", "--role", "pirate"), "There is no role of these programmes 'pirate'."),
        (("criteria", "us-ctpat", "--site-kind", "producer"), "There is no trait of a site 'producer'."),
        (("compare", "us-ctpat", "--with", "eu-aoe"), 'Did you mean "eu-aeo"?'),
        (("criteria", "us-ctpat", "--as-of", "yesterday"), "'yesterday' is not a day."),
    ],
)
def test_what_does_not_exist_is_refused(words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert told in result.stderr


def test_an_unknown_legal_entity_is_refused(facts: str) -> None:
    result = run("compare", "us-ctpat", "--with", "eu-aeo", "--facts", facts, "--entity", "uss")
    assert result.exit_code == 1
    assert "There is no legal entity 'uss'. Did you mean \"us\"?" in result.stderr


def test_the_kind_of_place_narrows_what_is_asked() -> None:
    anywhere = answer("criteria", "us-ctpat:importer", *DAY)["statements"]
    loading = answer("criteria", "us-ctpat:importer", "--site-kind", "stuffs-containers", *DAY)["statements"]
    assert {one["control"] for one in loading} < {one["control"] for one in anywhere}
    (seal,) = [one for one in loading if one["control"] == "seal-fitting"]
    assert seal["where"] == ""
