"""What is planned stands: how countermeasures count once treatments and objectives are reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Objective, Treatment
from safeconduct.core.risk.effect import Counted
from safeconduct.core.snapshot import Snapshot


def counting_planned(
    snapshot: Snapshot, treatments: Iterable[Treatment], objectives: Iterable[Objective]
) -> Callable[[Counted], float]:
    """As it stands, and wholly where the control is planned at its unit or at what that belongs to."""
    planned = {*_of_treatments(treatments), *_of_objectives(objectives)}
    return counting_also(snapshot, planned)


def counting_also(snapshot: Snapshot, controls: Iterable[tuple[str, str]]) -> Callable[[Counted], float]:
    """As it stands, and wholly for the controls named, each with its unit: they hold there and at what lies below."""
    named = frozenset(controls)

    def counting(one: Counted) -> float:
        control = one.measure.need.control
        held = any((control, unit) in named for unit in snapshot.layers(one.at))
        return 1.0 if held else one.counts

    return counting


def counting_without(controls: Iterable[str]) -> Callable[[Counted], float]:
    """As it stands, and not at all for the controls named."""
    named = frozenset(controls)
    return lambda one: 0.0 if one.measure.need.control in named else one.counts


def _of_treatments(treatments: Iterable[Treatment]) -> Iterator[tuple[str, str]]:
    for treatment in treatments:
        for planned in treatment.controls:
            if isinstance(planned.needs, ControlNeed):
                yield planned.needs.control, planned.at


def _of_objectives(objectives: Iterable[Objective]) -> Iterator[tuple[str, str]]:
    for objective in objectives:
        for target in objective.targets:
            if isinstance(target.needs, ControlNeed):
                yield from ((target.needs.control, unit) for unit in target.of)
