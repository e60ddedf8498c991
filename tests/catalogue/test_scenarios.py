"""What is shipped about threats: complete, sourced, and honest about what is a judgement."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from safeconduct.catalogue.expression import read_expression
from safeconduct.catalogue.figures import value_of
from safeconduct.catalogue.loading import load
from safeconduct.catalogue.taxonomies import DIMENSIONS, OWN_LISTS
from safeconduct.catalogue.usage import programmes_asking
from safeconduct.cli import app
from safeconduct.core.provenance import Sure
from safeconduct.core.records.threats import Measured, Origin, Rates, Way

HERE = Path(__file__).parent
CATALOGUE = load()
THREATS = CATALOGUE.threats
BANDS = {(Decimal("0.3"), Decimal("0.7")), (Decimal("0.1"), Decimal("0.4")), (Decimal(0), Decimal("0.2"))}


def shown(key: str, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["catalogue", "show", key, "--json", *more])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_thirty_scenarios_are_there_in_order() -> None:
    assert [one.number for one in THREATS.scenarios.values()] == [f"S{number:02}" for number in range(1, 31)]


def test_every_scenario_is_answered_or_tells_what_is_missing() -> None:
    poor = [
        one.key
        for one in THREATS.scenarios.values()
        if not one.note and not {Way.PREVENT, Way.DETECT, Way.DELAY} & {answer.way for answer in one.countermeasures}
    ]
    assert poor == []
    assert min(len(one.countermeasures) for one in THREATS.scenarios.values()) >= 4


def test_a_judged_effect_is_one_of_three_wide_bands() -> None:
    """See docs/subjects/threats.md: nothing finer is known, so nothing finer is written."""
    ranges = {
        (side.lowest, side.highest)
        for one in THREATS.scenarios.values()
        for answer in one.countermeasures
        for side in (answer.likelihood, answer.consequence)
        if side and not answer.basis
    }
    assert ranges == BANDS


def test_every_control_that_answers_is_asked_by_some_programme() -> None:
    """A control no programme asks would be one we invented."""
    asked = programmes_asking(CATALOGUE)
    assert [key for one in THREATS.scenarios.values() for key in one.controls if key not in asked] == []


def test_the_thirteen_groups_of_figures_are_there() -> None:
    assert {one.number for one in THREATS.figures.values()} == {f"F{number}" for number in range(1, 14)}


def test_totals_averages_and_counts_are_kept_apart() -> None:
    figures = THREATS.figures
    assert figures["north-america-2024-incidents"].measured is Measured.COUNT
    assert figures["north-america-2024-mean-loss"].measured is Measured.MEAN
    assert figures["north-america-2024-total-loss"].measured is Measured.TOTAL
    mean, count = figures["north-america-2024-mean-loss"].value, figures["north-america-2024-incidents"].value
    assert mean * count > Decimal("1.6") * figures["north-america-2024-total-loss"].value


def test_only_the_inspected_containers_have_an_exposure() -> None:
    exposed = {key for key, one in THREATS.figures.items() if one.exposure}
    assert exposed == {"containers-inspected", "containers-deficient-share"}


@pytest.mark.parametrize("key", THREATS.identities)
def test_a_changed_figure_breaks_its_identity(key: str) -> None:
    identity = THREATS.identities[key]
    values = {name: THREATS.figures[figure].value for name, figure in identity.figures.items()}
    assert abs(value_of(identity.value, values) - identity.equals) <= identity.within
    for name in values:
        changed = values | {name: values[name] * Decimal("1.07") + 1}
        assert abs(value_of(identity.value, changed) - identity.equals) > identity.within, name


def test_an_expression_is_reckoned_as_written() -> None:
    values = {"a": Decimal(6), "b": Decimal(2), "c": Decimal(5)}
    reckoned = {
        text: value_of(read_expression(text), values)
        for text in ("a - b - 1", "a / b * c", "max(a, b, c)", "min(a, b + c)")
    }
    assert reckoned == {"a - b - 1": 3, "a / b * c": 15, "max(a, b, c)": 6, "min(a, b + c)": 6}


def test_every_unsure_statement_says_so() -> None:
    """Texts of scenarios are professional knowledge; the scoring of ISO 28001 was not read."""
    assert THREATS.matrices["iso-28001-scoring"].source.sure is Sure.UNCONFIRMED
    assert THREATS.matrices["iso-28001-scoring"].grid is Origin.ISSUER
    assert {one.source.sure for one in THREATS.scenarios.values()} == {Sure.UNCONFIRMED, Sure.SECONDARY}
    assert THREATS.taxonomies["tapa-modus-operandi"].source.sure is Sure.UNCONFIRMED


def test_taxonomies_name_each_scenario_of_crime() -> None:
    named = {ours for one in THREATS.taxonomies.values() for term in one.terms for ours in term.ours}
    crime = [one.key for one in THREATS.scenarios.values() if one.number <= "S12"]
    assert [key for key in crime if key not in named] == []
    assert set(OWN_LISTS) <= set(THREATS.taxonomies)


def test_scales_of_consequences_read_our_dimensions() -> None:
    dimensions = {term.key for term in THREATS.taxonomies[DIMENSIONS].terms}
    for one in THREATS.scales.values():
        if one.rates is Rates.CONSEQUENCE:
            assert set(one.measures) <= dimensions, one.key
    assert set(THREATS.scales["consequence-five"].measures) == dimensions


def test_numbers_become_classes_and_classes_priorities() -> None:
    likelihood = THREATS.scales["likelihood-five"].class_of("frequency", Decimal("0.1")).key
    consequence = THREATS.scales["consequence-five"].class_of("money", Decimal(99999)).key
    assert (likelihood, consequence) == ("possible", "minor")
    assert THREATS.matrices["plain-five-by-five"].at(likelihood, consequence) == "medium"
    assert THREATS.matrices["iso-28001-scoring"].at("high", "low") == "consider"
    assert THREATS.matrices["ctpat-threat-by-vulnerability"].at("high", "low") == "medium"


def test_show_tells_a_scenario_with_who_asks_its_controls() -> None:
    told = shown("theft-from-parked-vehicle")
    assert (told["what"], told["number"]) == ("threat scenario", "S01")
    first = told["controls"][0]
    assert first["lowers likelihood by"] == "10 % to 40 %"
    assert first["basis"] == "judgement"
    assert "us-ctpat/2020" in first["asked by"]


def test_show_tells_a_figure_with_what_it_counts() -> None:
    told = shown("tapa-emea-2019-total-loss")
    assert (told["value"], told["unit"], told["exposure"]) == ("137991499", "EUR", "unknown")
    assert told["kept to by"] == ["loss-of-a-valued-crime", "daily-loss-is-total-over-365"]
    assert shown("containers-deficient-share")["exposure"] == {"count": "500", "of": "containers inspected"}


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("demo-likelihood", "scale"),
        ("demo-matrix", "matrix"),
        ("demo-incident-types", "taxonomy"),
        ("total-is-valued-times-mean", "identity"),
    ],
)
def test_show_tells_every_kind_of_entry(key: str, what: str) -> None:
    assert shown(key, "--path", str(HERE / "fixtures" / "whole"))["what"] == what
