"""Facts moved in time keep what they say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.records.facts import Facts
from safeconduct.core.records.units import Unit
from safeconduct.facts.reading import read
from safeconduct.facts.shifting import shift
from tests.facts.cast import CATALOGUE, HEAD, PARTNERS
from tests.facts.made import made_facts
from tests.facts.test_round_trip import BASE

FACTS = read(
    HEAD.replace("kind: entity, country: NL", "kind: entity, founded: 2020-02-29, country: NL")
    + PARTNERS
    + """\
enrolments:
  - key: e
    entity: nl
    edition: us-ctpat/2020
    roles: [importer]
    since: 2024-01-01
    stages: [{stage: applied, on: 2024-03-01}]
certificates:
  - {key: x, holder: h1, scheme: eu-aeos, from: 2024-02-29, checked: [2026-01-02, 2026-06-30]}
figures:
  - {key: f, unit: nl, figure: liabilities, value: 20260101 EUR, year_end: 2025-12-31}
  - {key: g, unit: nl, figure: established, value: 2001-05-05, year_end: 2025-12-31}
  - {key: h, unit: us, figure: liabilities, value: 1 EUR, year_end: 2025-06-30}
""",
    CATALOGUE,
)


def test_every_day_moves_by_the_days_asked() -> None:
    moved = shift(FACTS, 10)
    (certificate,) = moved.certificates
    (enrolment,) = moved.enrolments
    assert (date(2024, 3, 10), None) == (certificate.from_, certificate.to)
    assert certificate.checked == (date(2026, 1, 12), date(2026, 7, 10))
    assert enrolment.since == date(2024, 1, 11)
    assert enrolment.stages[0].on == date(2024, 3, 11)
    assert {unit.key: unit.founded for unit in moved.units}["nl"] == date(2020, 3, 10)


def test_figures_stay_those_of_a_closed_financial_year() -> None:
    moved = shift(FACTS, 60)
    ends = {unit.key: unit.financial_year_end for unit in moved.units}
    assert ends["nl"] == "03-01"
    assert [figure.year_end for figure in moved.figures] == [date(2026, 3, 1), date(2026, 3, 1), date(2025, 8, 29)]


def test_a_figure_that_is_a_day_moves_and_an_amount_does_not() -> None:
    assert [figure.value for figure in shift(FACTS, 1).figures] == ["20260101 EUR", "2001-05-06", "1 EUR"]


@pytest.mark.parametrize("days", [1, 59, 60, 366, 1000, -400])
def test_a_year_end_never_falls_on_a_day_most_years_lack(days: int) -> None:
    for unit in shift(FACTS, days).units:
        assert isinstance(unit, Unit)
        assert unit.financial_year_end != "02-29"


@settings(max_examples=25)
@given(made_facts(BASE), st.integers(-500, 500))
def test_moving_there_and_back_changes_nothing(facts: Facts, days: int) -> None:
    there_and_back = shift(shift(facts, days), -days)
    assert there_and_back.evidence == facts.evidence
    assert there_and_back.in_place == facts.in_place
    assert there_and_back.units == facts.units
    assert shift(facts, 0) == facts


def test_nothing_moves_out_of_the_calendar_silently() -> None:
    with pytest.raises(OverflowError):
        shift(FACTS, timedelta.max.days)
