"""Figures that must not become probabilities, numbers that become classes, cells of a grid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.records.threats import Exposure, Threats

WHOLE = Path(__file__).parents[2] / "catalogue" / "fixtures" / "whole"


@pytest.fixture(scope="module")
def threats() -> Threats:
    return load(WHOLE).threats


def test_a_figure_without_exposure_is_no_frequency(threats: Threats) -> None:
    with pytest.raises(Refusal, match="Nobody published how many could have been hit"):
        threats.figures["demo-incidents"].yearly_rate()


def test_only_a_count_over_days_is_a_frequency(threats: Threats) -> None:
    mean = replace(threats.figures["demo-mean"], exposure=Exposure(Decimal(400), "sites"))
    timeless = replace(threats.figures["demo-exposed"], since=None, until=None)
    for figure in (mean, timeless):
        with pytest.raises(Refusal, match="counts nothing in a period"):
            figure.yearly_rate()


def test_a_count_over_exposure_and_years_is_a_frequency(threats: Threats) -> None:
    """Eight of four hundred sites in the two years 2018 and 2019, which have 730 days."""
    figure = threats.figures["demo-exposed"]
    assert (figure.since, figure.until) == (date(2018, 1, 1), date(2019, 12, 31))
    assert figure.yearly_rate() == Decimal(8) / 400 / (Decimal(730) / Decimal("365.25"))


@pytest.mark.parametrize(
    ("level", "expected"), [("0", "rare"), ("0.999", "rare"), ("1", "often"), ("40", "often"), ("-1", "rare")]
)
def test_a_bound_belongs_to_the_class_it_opens(threats: Threats, level: str, expected: str) -> None:
    assert threats.scales["demo-likelihood"].class_of("frequency", Decimal(level)).key == expected


@pytest.mark.parametrize(("word", "expected"), [("nobody", "small"), ("hurt", "great"), ("dead", "great")])
def test_a_ladder_of_words_finds_a_class(threats: Threats, word: str, expected: str) -> None:
    assert threats.scales["demo-consequence"].class_of("people", word).key == expected


def test_what_a_scale_does_not_read_is_refused(threats: Threats) -> None:
    scale = threats.scales["demo-consequence"]
    with pytest.raises(UnknownKey, match="peoples"):
        scale.class_of("peoples", "hurt")
    with pytest.raises(UnknownKey, match="hurts"):
        scale.class_of("people", "hurts")
    with pytest.raises(UnknownKey, match="greater"):
        scale.place("greater")


def test_a_cell_is_found_by_both_classes(threats: Threats) -> None:
    matrix = threats.matrices["demo-matrix"]
    assert (matrix.at("often", "small"), matrix.at("often", "great")) == ("low", "high")
    with pytest.raises(UnknownKey, match="small × often"):
        matrix.at("small", "often")


def test_the_way_back_from_figures_and_controls(threats: Threats) -> None:
    assert [one.key for one in threats.naming("demo-exposed")] == ["curtain-slashing"]
    assert [one.key for one in threats.answered_by("vetting")] == ["insider-help"]
    assert list(threats.scenarios) == ["curtain-slashing", "insider-help"]
    assert threats.scenarios["curtain-slashing"].figures == ("demo-incidents", "demo-mean", "demo-exposed")
    assert threats.entries()["demo-matrix"] == ("matrix", threats.matrices["demo-matrix"])
