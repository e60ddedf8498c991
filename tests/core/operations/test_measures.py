"""Measures: catalogue language, sections 5.1 (measure) and 7.6."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.quantities import Percent, read_money
from safeconduct.core.records.needs import (
    EventsInput,
    Expression,
    FigureInput,
    MeasureInput,
    MeasureNeed,
    Name,
    Number,
    Operation,
    Take,
    YearsSinceInput,
)
from safeconduct.core.records.units import UnitKind
from tests.core.cast import UNITS, ask, attested, day, event, figure, record, result, unit

D, A = Name("d"), Name("a")
RATIO = Operation("/", (D, A))


def measure(value: Expression, *, low: Any = None, high: Any = None, **let: MeasureInput) -> MeasureNeed:
    return MeasureNeed(tuple(let.items()), value, "as written", at_least=low, at_most=high)


DEBT_RATIO = measure(RATIO, high=Decimal("0.85"), d=FigureInput("debt"), a=FigureInput("assets"))


def ratio(debt: str, assets: str, on: str = "2026-07-01", **more: Any) -> tuple[str, str]:
    return result(ask(DEBT_RATIO, on, figures=[figure("debt", debt), figure("assets", assets)], **more))


@pytest.mark.parametrize(
    ("debt", "assets", "expected"),
    [
        ("85 EUR", "100 EUR", ("MET", "within-limit")),
        ("85.01 EUR", "100 EUR", ("UNMET", "outside-limit")),
        ("85 EUR", "100 USD", ("UNKNOWN", "units-differ")),
        ("85 EUR", "0 EUR", ("UNKNOWN", "division-by-zero")),
        ("0 EUR", "0 EUR", ("UNKNOWN", "division-by-zero")),
        ("999999999999999999999999999999 EUR", "1 EUR", ("UNMET", "outside-limit")),
    ],
)
def test_a_ratio(debt: str, assets: str, expected: tuple[str, str]) -> None:
    assert ratio(debt, assets) == expected


def test_a_missing_figure_is_unknown_and_named() -> None:
    found = ask(DEBT_RATIO, "2026-07-01", figures=[figure("debt", "85 EUR")])
    assert (result(found), found.param("missing")) == (("UNKNOWN", "figure-missing"), "Assets")


YEARS: dict[str, tuple[str, tuple[str, str]]] = {
    "before the year closed": ("2025-12-30", ("UNKNOWN", "figure-missing")),
    "on its last day": ("2025-12-31", ("MET", "within-limit")),
    "while it is the last closed one": ("2026-12-30", ("MET", "within-limit")),
    "a newer year closed": ("2026-12-31", ("PARTLY", "figure-old")),
    "one year behind": ("2027-12-30", ("PARTLY", "figure-old")),
    "two years behind": ("2027-12-31", ("UNKNOWN", "figure-missing")),
}


@pytest.mark.parametrize("case", YEARS)
def test_the_year_of_a_figure(case: str) -> None:
    on, expected = YEARS[case]
    assert ratio("85 EUR", "100 EUR", on) == expected


@pytest.mark.parametrize(("on", "code"), [("0001-01-01", "figure-missing"), ("9999-12-31", "figure-missing")])
def test_a_figure_can_be_asked_for_at_the_ends_of_the_calendar(on: str, code: str) -> None:
    assert ratio("85 EUR", "100 EUR", on) == ("UNKNOWN", code)


def test_a_figure_of_the_calendars_last_year_counts_on_its_last_day() -> None:
    figures = [figure(name, value, "9999-12-31") for name, value in (("debt", "85 EUR"), ("assets", "100 EUR"))]
    assert result(ask(DEBT_RATIO, "9999-12-31", figures=figures)) == ("MET", "within-limit")


def test_an_old_figure_does_not_soften_what_is_outside_its_limit() -> None:
    assert ratio("90 EUR", "100 EUR", "2026-12-31") == ("UNMET", "outside-limit")


def test_an_old_figure_names_the_year_and_the_action_and_is_at_best_partly() -> None:
    found = ask(DEBT_RATIO, "2026-12-31", figures=[figure("debt", "85 EUR"), figure("assets", "100 EUR")])
    assert (found.param("year"), found.mend.deed if found.mend else "") == ("2025-12-31", "record-figure")
    assert found.at_best.value == "PARTLY"


def test_the_financial_year_is_the_entitys_own() -> None:
    here = [unit("nl", "group", UnitKind.ENTITY, financial_year_end="02-29"), *UNITS[1:]]
    figures = [figure(name, value, "2026-02-28") for name, value in (("debt", "85 EUR"), ("assets", "100 EUR"))]
    for on, expected in (
        ("2027-02-27", "MET"),
        ("2027-02-28", "PARTLY"),
        ("2028-02-28", "PARTLY"),
        ("2028-02-29", "UNKNOWN"),
    ):
        assert ask(DEBT_RATIO, on, figures=figures, units=here).standing.value == expected
    leap = ask(DEBT_RATIO, "2028-02-28", figures=figures, units=here)
    assert leap.good_until == day("2028-02-28")


def test_a_figure_counts_from_the_day_it_became_known() -> None:
    figures = [
        figure("debt", "50 EUR", "2024-12-31"),
        figure("debt", "90 EUR", given="2026-03-15"),
        figure("assets", "100 EUR", "2024-12-31"),
        figure("assets", "100 EUR", given="2026-03-15"),
    ]
    before = ask(DEBT_RATIO, "2026-03-14", figures=figures)
    assert (result(before), before.good_until) == (("PARTLY", "figure-old"), day("2026-03-14"))
    assert result(ask(DEBT_RATIO, "2026-03-15", figures=figures)) == ("UNMET", "outside-limit")


@pytest.mark.parametrize("turn", [1, -1])
def test_of_one_year_the_figure_known_last_counts(turn: int) -> None:
    corrected = figure("debt", "90 EUR", given="2026-05-01", key="b")
    figures = [figure("debt", "80 EUR", given="2026-03-01", key="c"), corrected, figure("assets", "100 EUR")][::turn]
    assert ask(DEBT_RATIO, "2026-04-30", figures=figures).standing.value == "MET"
    assert ask(DEBT_RATIO, "2026-05-01", figures=figures).standing.value == "UNMET"


ONE_YEAR = Duration(1, DurationUnit.YEARS)


def fines(take: Take, **more: Any) -> MeasureNeed:
    limit = more.pop("high", read_money("50000 CNY"))
    return measure(Name("m"), high=limit, m=EventsInput("fine", ONE_YEAR, take, **more))


CLEAN = [attested("2020-01-01", "2026-07-01", kinds=["fine"])]
TWO = [
    event("2025-07-01", "fine", key="i1", amount="30000 CNY"),
    event("2026-07-01", "fine", key="i2", amount="30000 CNY"),
]
ONE_OLD = [event("2025-06-30", "fine", amount="60000 CNY")]
FINES: dict[str, tuple[MeasureNeed, list[Any], tuple[str, str]]] = {
    "none": (fines(Take.MAX), [], ("MET", "within-limit")),
    "the highest": (fines(Take.MAX), TWO, ("MET", "within-limit")),
    "their sum": (fines(Take.SUM), TWO, ("UNMET", "outside-limit")),
    "their number": (fines(Take.COUNT, high=Decimal(2)), TWO, ("MET", "within-limit")),
    "their number, one less": (fines(Take.COUNT, high=Decimal(1)), TWO, ("UNMET", "outside-limit")),
    "only those above": (
        fines(Take.COUNT, high=Decimal(0), above=read_money("30000 CNY")),
        TWO,
        ("MET", "within-limit"),
    ),
    "out of the window": (fines(Take.MAX), ONE_OLD, ("MET", "within-limit")),
    "no amount": (fines(Take.MAX), [event("2026-06-01", "fine")], ("UNKNOWN", "amount-missing")),
    "another currency": (fines(Take.MAX), [event("2026-06-01", "fine", amount="1 EUR")], ("UNKNOWN", "units-differ")),
}


@pytest.mark.parametrize("case", FINES)
def test_events_of_a_window(case: str) -> None:
    asked, happened, expected = FINES[case]
    assert result(ask(asked, "2026-07-01", events=happened, attestations=CLEAN)) == expected


@pytest.mark.parametrize(
    ("targets", "on", "expected"),
    [
        ({}, "2026-07-01", ("MET", "within-limit")),
        ({}, "2026-07-02", ("UNKNOWN", "own-target-not-set")),
        ({"interval": "6 months"}, "2027-01-01", ("MET", "within-limit")),
        ({"interval": "6 months"}, "2027-01-02", ("PARTLY", "attestation-short")),
        ({"interval": "6 months"}, "2027-07-02", ("UNKNOWN", "not-attested")),
    ],
)
def test_events_need_an_attestation(targets: dict[str, str], on: str, expected: tuple[str, str]) -> None:
    kept = [record("attestation", "group", targets=targets)]
    assert result(ask(fines(Take.MAX), on, attestations=CLEAN, in_place=kept)) == expected


def test_too_many_events_need_none() -> None:
    assert result(ask(fines(Take.SUM), "2026-07-01", events=TWO)) == ("UNMET", "outside-limit")


def test_a_fine_to_come_and_a_fine_that_leaves_are_foreseen() -> None:
    kept = [record("attestation", "group", targets={"interval": "5 years"})]
    heavy = [event("2026-01-01", "fine", amount="60000 CNY")]
    sections: dict[str, Any] = {"events": heavy, "attestations": CLEAN, "in_place": kept}
    for on, standing, until in (
        ("2025-12-31", "UNKNOWN", "2025-12-31"),
        ("2026-07-01", "UNMET", "2027-01-01"),
    ):
        found = ask(fines(Take.MAX), on, **sections)
        assert (found.standing.value, found.good_until) == (standing, day(until))
    assert ask(fines(Take.MAX), "2027-01-02", **sections).standing.value == "MET"


def test_years_since_a_day() -> None:
    since = measure(Name("y"), low=Decimal(1), y=YearsSinceInput("founded"))
    founded = [figure("founded", "2024-02-29", "2024-02-29")]
    for on, standing in (("2025-02-27", "UNMET"), ("2025-02-28", "MET")):
        assert ask(since, on, figures=founded).standing.value == standing
    assert ask(since, "2025-02-27", figures=founded).good_until == day("2025-02-27")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Operation("+", (D, A)), "150 EUR"),
        (Operation("-", (A, D)), "50 EUR"),
        (Operation("*", (D, Number(Decimal(2)))), "100 EUR"),
        (Operation("max", (D, A)), "100 EUR"),
        (Operation("min", (D, A)), "50 EUR"),
        (Operation("/", (D, Number(Decimal(4)))), "12.5 EUR"),
        (RATIO, "0.5"),
        (Operation("*", (D, A)), ""),
        (Operation("/", (Number(Decimal(1)), A)), ""),
        (Operation("+", (D, Number(Decimal(1)))), ""),
    ],
)
def test_sums_keep_their_units(value: Expression, expected: str) -> None:
    asked = measure(value, low=Decimal(0), d=FigureInput("debt"), a=FigureInput("assets"))
    limitless = MeasureNeed(asked.let, value, "as written")
    found = ask(limitless, "2026-07-01", figures=[figure("debt", "50 EUR"), figure("assets", "100 EUR")])
    assert (found.param("value"), found.code) == (expected, "within-limit" if expected else "units-differ")


def test_percentages_are_shares() -> None:
    asked = measure(Name("q"), low=Percent(Decimal(80)), q=FigureInput("quota"))
    for value, standing in (("80 %", "MET"), ("79.9 %", "UNMET")):
        assert ask(asked, "2026-07-01", figures=[figure("quota", value)]).standing.value == standing


def test_a_plain_number_never_grows_old() -> None:
    asked = measure(Name("h"), low=Decimal(1), h=FigureInput("heads"))
    assert ask(asked, "2046-07-01", figures=[figure("heads", "3")]).standing.value == "MET"
