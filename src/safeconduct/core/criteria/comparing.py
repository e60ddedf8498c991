"""Which of two values of a parameter is the stricter: the order every bound and every join rests on."""

from __future__ import annotations

from decimal import Decimal

from safeconduct.core.dates import Duration, compare_durations
from safeconduct.core.quantities import Money, ParameterKind, Percent
from safeconduct.core.records.catalogue import TermList


def compare_values(kind: ParameterKind, value: object, asked: object, terms: TermList | None = None) -> int | None:
    """-1, 0 or 1 as the value is less, equal or more; None where it cannot be said (other currency, overlap)."""
    if kind is ParameterKind.ORDER and terms is not None:
        places = {element: place for place, element in enumerate(terms.elements)}
        return _sign(places[str(value)], places[str(asked)]) if {value, asked} <= places.keys() else None
    match value, asked:
        case Duration(), Duration():
            return compare_durations(value, asked)
        case Money(), Money():
            return _sign(value.amount, asked.amount) if value.currency == asked.currency else None
        case Percent(), Percent():
            return _sign(value.value, asked.value)
        case Decimal(), Decimal():
            return _sign(value, asked)
        case _:
            return 0 if value == asked else None


def _sign[T: (int, Decimal)](left: T, right: T) -> int:
    return (left > right) - (left < right)
