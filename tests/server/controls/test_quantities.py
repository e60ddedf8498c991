"""Numbers with their unit, as they are typed and as they are read back."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from safeconduct.core.quantities import ParameterKind, read_value
from safeconduct.server.controls.forms.quantity import Quantity, QuantityField

DURATION, PERCENT, MONEY = ParameterKind.DURATION, ParameterKind.PERCENT, ParameterKind.MONEY


def typed(kind: ParameterKind, number: str, unit: str) -> str:
    sent: dict[str, Any] = {"keep": number, "keep-unit": unit}
    return Quantity(kind).value_from_datadict(sent, MultiValueDict(), "keep")


@pytest.mark.parametrize(
    ("kind", "number", "unit", "expected"),
    [
        (DURATION, "12", "months", "12 months"),
        (DURATION, " 1 ", "years", "1 year"),
        (DURATION, "", "months", ""),
        (PERCENT, "95", "%", "95 %"),
        (MONEY, "50000", "eur", "50000 EUR"),
        (MONEY, "50000", "", "50000"),
    ],
)
def test_both_inputs_make_one_text(kind: ParameterKind, number: str, unit: str, expected: str) -> None:
    assert typed(kind, number, unit) == expected


@pytest.mark.parametrize(
    ("kind", "text"), [(DURATION, "1 year"), (DURATION, "18 months"), (PERCENT, "0.5 %"), (MONEY, "7 CNY")]
)
def test_what_is_recorded_comes_back_the_same(kind: ParameterKind, text: str) -> None:
    shown = Quantity(kind).get_context("keep", text, {})["widget"]
    unit = next((one for one, chosen in shown["units"] if chosen), shown["unit"])
    assert read_value(kind, typed(kind, shown["number"], unit)) == read_value(kind, text)


def test_a_wrong_number_stays_as_it_was_typed() -> None:
    html = QuantityField(DURATION, label="Kept for").widget.render("keep", "many months", {"id": "id_keep"})
    assert 'id="id_keep"' in html
    assert 'value="many"' in html
    assert '<option value="months" selected>' in html


def test_a_number_not_given_says_nothing() -> None:
    field = QuantityField(PERCENT, required=False)
    assert field.plain(field.clean("")) is None
