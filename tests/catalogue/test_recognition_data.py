"""Spot checks of the shipped recognition table: directed, dated, and silent where nothing is known."""

from __future__ import annotations

from datetime import date

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.provenance import Sure
from safeconduct.core.recognition import recognised
from safeconduct.core.records.catalogue import Recognition

TODAY = date(2026, 11, 24)
CATALOGUE = load()


def row(key: str) -> Recognition:
    (found,) = (one for one in CATALOGUE.recognition if one.key == key)
    return found


def test_ctpat_accepts_the_security_status_of_the_union_and_not_its_customs_status() -> None:
    accepted = recognised(CATALOGUE, "us-ctpat", TODAY)
    assert "eu-aeos" in accepted
    assert "eu-aeoc" not in accepted


def test_no_arrangement_joins_china_and_the_united_states() -> None:
    assert not {"cn-ace", "cn-ce"} & recognised(CATALOGUE, "us-ctpat", TODAY)
    assert "us-ctpat" not in recognised(CATALOGUE, "cn-aeo", TODAY)


def test_the_union_and_china_recognise_each_other_in_two_rows() -> None:
    assert "cn-ace" in recognised(CATALOGUE, "eu-aeo", TODAY)
    assert "eu-aeos" in recognised(CATALOGUE, "cn-aeo", TODAY)
    assert "cn-ce" not in recognised(CATALOGUE, "eu-aeo", TODAY)


@pytest.mark.parametrize(
    ("by", "scheme", "before", "first"),
    [
        ("eu-aeo", "jp-aeo", date(2011, 5, 23), date(2011, 5, 24)),
        ("us-ctpat", "tw-aeo", date(2012, 11, 29), date(2012, 11, 30)),
        ("us-ctpat", "mx-oea", date(2014, 10, 30), date(2014, 10, 31)),
        ("cn-aeo", "nz-ses", date(2017, 6, 30), date(2017, 7, 1)),
    ],
)
def test_a_status_is_accepted_from_its_first_day(by: str, scheme: str, before: date, first: date) -> None:
    assert scheme not in recognised(CATALOGUE, by, before)
    assert scheme in recognised(CATALOGUE, by, first)


def test_arrangements_on_trial_or_known_in_general_only_inform() -> None:
    assert {"informs"} == {row(key).effect for key in ("us-ctpat-in-aeo", "us-ctpat-au-att", "cn-aeo-ru-aeo")}
    unsure = [one for one in CATALOGUE.recognition if one.source.sure is Sure.UNCONFIRMED]
    assert unsure
    assert {"informs"} == {one.effect for one in unsure}


def test_what_decides_has_a_day() -> None:
    undated = [one.key for one in CATALOGUE.recognition if one.since is None]
    assert undated
    assert not {one.key for one in CATALOGUE.recognition if one.effect == "satisfies"} & set(undated)


def test_the_row_between_the_union_and_the_united_states_tells_its_conditions_and_source() -> None:
    found = row("us-ctpat-eu-aeos")
    assert date(2013, 12, 31) == found.since
    assert "never AEOC" in found.conditions
    assert Sure.SECONDARY is found.source.sure
    assert date(2026, 11, 24) == found.source.checked
