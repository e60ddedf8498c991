"""Which of several bounds on one parameter asks more: the order in which a table tells them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from safeconduct.core.dates import Duration
from safeconduct.core.quantities import Money, Percent
from safeconduct.core.records.needs import Op

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue, Parameter
    from safeconduct.core.records.needs import Bound

_OWN, _GIVEN = 0, 1


def strictness(catalogue: Catalogue, parameter: Parameter, bound: Bound) -> tuple[int, Decimal]:
    """A value that is greater the more a bound asks; a number the organisation sets itself asks least.

    Currencies are compared by their figures only, sets by how many elements they name: it orders a table and decides
    nothing.
    """
    if bound.own:
        return _OWN, Decimal(0)
    value = bound.value
    if isinstance(value, frozenset):
        return _GIVEN, Decimal(-len(value) if bound.op is Op.ONE_OF else len(value))
    if isinstance(value, str):
        order = catalogue.terms.lists.get(parameter.terms)
        known = order.elements if order else ()
        place = Decimal(known.index(value) if value in known else 0)
        return _GIVEN, -place if bound.op is Op.AT_MOST else place
    number = _number(value)
    return _GIVEN, -number if bound.op is Op.AT_MOST else number


def _number(value: object) -> Decimal:
    match value:
        case Duration():
            return Decimal(sum(value.hours_range())) / 2
        case Money(amount):
            return amount
        case Percent(share):
            return share
        case Decimal():
            return value
        case _:
            return Decimal(0)
