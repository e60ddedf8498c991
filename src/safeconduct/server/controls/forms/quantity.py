"""A number with its unit: two inputs that say one text, such as `12 months`, `95 %` or `50000 CNY`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.quantities import ParameterKind
from safeconduct.server.journal.forms import TextField

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

UNITS = {ParameterKind.DURATION: ("months", "years", "weeks", "days", "hours")}
_NORMAL = {ParameterKind.DURATION: "months", ParameterKind.PERCENT: "%"}


class Quantity(forms.Widget):
    """A number, and beside it its unit: chosen for durations, written for money, fixed for a share."""

    template_name = "controls/quantity.html"

    def __init__(self, kind: ParameterKind) -> None:
        super().__init__()
        self.kind = kind

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> str:
        """Both parts as one text; empty where no number is given."""
        number, unit = str(data.get(name, "")).strip(), str(data.get(f"{name}-unit", "")).strip()
        if not number:
            return ""
        if self.kind is ParameterKind.DURATION and number == "1":
            unit = unit.removesuffix("s")
        return f"{number} {unit.upper() if self.kind is ParameterKind.MONEY else unit}".strip()

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the form that was sent did not show it."""
        return name not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Number and unit apart, for the template."""
        context = super().get_context(name, value, attrs)
        number, _, unit = str(value or "").partition(" ")
        unit = unit or _NORMAL.get(self.kind, "")
        offered = UNITS.get(self.kind, ())
        context["widget"] |= {
            "number": number.removesuffix("%"),
            "unit": unit,
            "units": [(one, one in (unit, f"{unit}s")) for one in offered],
            "money": self.kind is ParameterKind.MONEY,
            "fixed": "%" if self.kind is ParameterKind.PERCENT else "",
        }
        return context


class QuantityField(TextField):
    """A number with its unit. Whether it fits the parameter is for the rules of facts to say."""

    def __init__(self, kind: ParameterKind, **more: Any) -> None:
        super().__init__(**more)
        self.widget = Quantity(kind)
        self.widget.is_required = self.required
