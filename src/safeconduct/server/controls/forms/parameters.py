"""Fields for the parameters of a control, each by its kind in the catalogue: words, elements, numbers with a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safeconduct.core.quantities import ParameterKind, SetValue
from safeconduct.server.controls.forms.asked import Ask, asked_elements, asked_hint, asks_of
from safeconduct.server.controls.forms.quantity import QuantityField
from safeconduct.server.journal.forms import ChoiceField, FormGround, PlainField, SetField, TextField, in_words

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Control, Parameter
    from safeconduct.core.records.in_place import ControlInPlace

VALUES = "values."
NOT_RECORDED = ("", "not recorded")
_QUANTITIES = (ParameterKind.DURATION, ParameterKind.PERCENT, ParameterKind.MONEY)


class ValueChoiceField(ChoiceField):
    """One word of an order, a choice or a flag; it may stay not recorded."""

    def __init__(self, choices: Iterable[tuple[str, str]], **more: Any) -> None:
        offered = list(choices)
        super().__init__([*offered], required=False, **more)
        self.choices = [*offered, NOT_RECORDED]


@dataclass(frozen=True, slots=True)
class Place:
    """Where values are recorded: the control, its element, the unit, and what is recorded there already."""

    ground: FormGround
    control: Control
    element: str
    unit: str
    record: ControlInPlace | None = None

    def asks(self) -> Mapping[str, tuple[Ask, ...]]:
        """What is asked of each parameter."""
        return asks_of(self.ground.snapshot, self.ground.catalogue, self.control, self.element)


def value_fields(place: Place, *, first: Iterable[str] = ()) -> dict[str, PlainField]:
    """A field for each parameter by its path: those named in `first`, then those that somebody asks, then the rest."""
    asks, named = place.asks(), list(first)
    order = sorted(
        place.control.parameters.values(),
        key=lambda one: (one.key not in named, one.key not in asks),
    )
    return {f"{VALUES}{one.key}": parameter_field(place, one, asks.get(one.key, ())) for one in order}


def parameter_field(
    place: Place, parameter: Parameter, asks: tuple[Ask, ...], *, label: str = "", required: bool = False
) -> PlainField:
    """The field of one parameter."""
    words = label or _capital(parameter.words_for_people())
    frame: dict[str, Any] = {"label": words, "help_text": asked_hint(place.ground.catalogue, parameter.terms, asks)}
    if parameter.kind is ParameterKind.SET:
        return SetField(list(_elements(place, parameter, asks)), **frame)
    if parameter.kind is ParameterKind.FLAG:
        return ValueChoiceField([("yes", "yes"), ("no", "no")], **frame)
    if parameter.kind in (ParameterKind.ORDER, ParameterKind.CHOICE):
        return ValueChoiceField(list(_words(place, parameter)), **frame)
    if parameter.kind in _QUANTITIES:
        return QuantityField(parameter.kind, required=required, **frame)
    return TextField(required=required, **frame)


def _words(place: Place, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """The words of an order or a choice, weakest first."""
    terms = place.ground.catalogue.terms.lists.get(parameter.terms)
    for word in parameter.words or (terms.elements if terms else ()):
        yield word, terms.title(word) if terms else in_words(word)


def _elements(place: Place, parameter: Parameter, asks: tuple[Ask, ...]) -> Iterator[tuple[str, str]]:
    """The elements of a set, those that are asked first; what does not exist at the unit is left out."""
    terms = place.ground.catalogue.terms.lists.get(parameter.terms)
    if terms is None:
        return
    unit = place.ground.units.get(place.unit)
    gone = set(unit.profile.no) if unit and terms.profiled else set()
    asked = asked_elements(asks)
    kept = [one for one in terms.elements if one not in gone - _recorded(place.record, parameter)]
    for element in sorted(kept, key=lambda one: one not in asked):
        rows = asked.get(element, ())
        yield element, terms.title(element) + (f" ({_rows(rows)})" if rows else "")


def _recorded(record: ControlInPlace | None, parameter: Parameter) -> frozenset[str]:
    value = record.values.get(parameter.key) if record else None
    return value.yes | value.no if isinstance(value, SetValue) else frozenset()


def _rows(rows: tuple[str, ...]) -> str:
    return ", ".join(rows[:2]) + (f" and {len(rows) - 2} more" if len(rows) > 2 else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
