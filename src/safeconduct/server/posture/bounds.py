"""What requirements ask of one control, side by side, and which of their bounds is the strictest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cmp_to_key
from typing import TYPE_CHECKING

from safeconduct.catalogue.usage import uses_of_control
from safeconduct.core.criteria.comparing import compare_values
from safeconduct.core.records.needs import Bound, ControlNeed, Op

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue, Control, Parameter, Requirement


@dataclass(frozen=True)
class Ask:
    """What one requirement asks of the control for some elements; no need where the row only draws on it."""

    requirement: Requirement
    need: ControlNeed | None


def asks_of(catalogue: Catalogue, control: str, editions: Iterable[str]) -> tuple[tuple[str, Ask], ...]:
    """What the rows of these editions ask of a control, with the edition, in the order of their rows."""
    wanted = set(editions)
    return tuple(
        (use.programme.id, Ask(use.requirement, use.need))
        for use in uses_of_control(catalogue, control)
        if use.programme.id in wanted
    )


def strictest(catalogue: Catalogue, control: Control, needs: Iterable[ControlNeed]) -> Mapping[str, Bound]:
    """For each parameter the bound that holds every other of its sort; none where they cannot be compared."""
    by_parameter: dict[str, list[Bound]] = {}
    for need in needs:
        for name, bound in need.bounds:
            if not bound.own:
                by_parameter.setdefault(name, []).append(bound)
    found = {name: _strictest(catalogue, control.parameters[name], bounds) for name, bounds in by_parameter.items()}
    return {name: bound for name, bound in found.items() if bound is not None}


def _strictest(catalogue: Catalogue, parameter: Parameter, bounds: list[Bound]) -> Bound | None:
    """The one bound that is enough for all; None where they are of several sorts or cannot be compared."""
    first = bounds[0]
    if all(bound == first for bound in bounds):
        return first
    if any(bound.op is not first.op for bound in bounds):
        return None
    if first.op is Op.INCLUDES:
        asked = frozenset(word for one in bounds if isinstance(one.value, frozenset) for word in one.value)
        return next((one for one in bounds if one.value == asked), None)
    if first.op not in (Op.AT_LEAST, Op.AT_MOST):
        return None

    def side(left: Bound, right: Bound) -> int | None:
        terms = catalogue.terms.lists.get(parameter.terms)
        return compare_values(parameter.kind, left.value, right.value, terms)

    if any(side(left, right) is None for left in bounds for right in bounds):
        return None

    def order(left: Bound, right: Bound) -> int:
        return side(left, right) or 0

    ordered = sorted(bounds, key=cmp_to_key(order))
    return ordered[-1] if first.op is Op.AT_LEAST else ordered[0]
