"""A leaf as bounds: what it asks of the control's parameters, of the conforming share and of who keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import Control, Parameter
from safeconduct.core.records.in_place import KeptBy, Shown
from safeconduct.core.records.needs import Bound, ControlNeed, Op

SHARE = Parameter("share", ParameterKind.PERCENT, better="more", title="share that conforms")
KEPT_BY = Parameter("by", ParameterKind.CHOICE, words=tuple(KeptBy), title="kept by")
"""Reserved words of the language, so that no parameter of a control is called so."""


def parameter_of(control: Control, name: str) -> Parameter:
    """A parameter of the control, or one of the two that every control has."""
    return {SHARE.key: SHARE, KEPT_BY.key: KEPT_BY}.get(name) or control.parameters[name]


def bounds_of(need: ControlNeed) -> Iterator[tuple[str, Bound]]:
    """Every bound of a leaf with the parameter it is on."""
    yield from need.bounds
    if need.share is not None:
        yield SHARE.key, need.share
    if need.by:
        yield KEPT_BY.key, Bound(Op.ONE_OF, frozenset(need.by))


def with_bounds(need: ControlNeed, bounds: Iterable[tuple[str, Bound]]) -> ControlNeed:
    """The leaf with these bounds, each parameter at most once, and none of its own."""
    own: list[tuple[str, Bound]] = []
    share: Bound | None = None
    by: tuple[str, ...] = ()
    for name, bound in bounds:
        if name == SHARE.key:
            share = bound
        elif name == KEPT_BY.key:
            by = tuple(sorted(bound.value)) if isinstance(bound.value, frozenset) else ()
        else:
            own.append((name, bound))
    return replace(need, bounds=tuple(own), share=share, by=by)


def shown_of(control: Control, need: ControlNeed) -> tuple[Shown, ...]:
    """What a leaf asks evidence to show: its own words, or the control's."""
    return need.shown if need.shown is not None else control.shown
