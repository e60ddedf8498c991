"""What the controls standing at a place take from a threat: vulnerability, derived.

Each countermeasure of a scenario is judged as a control at the place on the day, by the same rule as everywhere. One
that is MET counts with its whole share, one that is PARTLY there with half, all others with nothing; what is UNKNOWN
counts wholly in *at best*. Shares multiply what is left. Source: design, sections 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from safeconduct.core.judgement import MET, PARTLY, Finding, Standing
from safeconduct.core.records.threats import Countermeasure, Lowering
from safeconduct.core.standing import Ground, judge_control

COUNTS: Mapping[Standing, float] = {MET: 1.0, PARTLY: 0.5}
"""How much of its share a countermeasure takes in its standing; nothing in any other."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of likelihood or consequence that is left: at least, in the middle of the range of effect, at most."""

    least: float
    middle: float
    most: float


WHOLE = Share(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Counted:
    """A countermeasure with how it stands at the place, and how much of its share counts (0 to 1)."""

    measure: Countermeasure
    at: str
    finding: Finding
    counts: float


Counting = Callable[[Counted], float]


def counted(ground: Ground, measures: Sequence[Countermeasure], unit: str) -> tuple[Counted, ...]:
    """The countermeasures as they stand at a unit on the day of the ground, in the order of the scenario."""
    found = []
    for measure in measures:
        finding = _judged(ground, measure, unit)
        found.append(Counted(measure, unit, finding, COUNTS.get(finding.standing, 0.0)))
    return tuple(found)


def _judged(ground: Ground, measure: Countermeasure, unit: str) -> Finding:
    """Scenarios share controls: each need is judged once at a unit."""
    return ground.once(("countermeasure", measure.need, unit), lambda: judge_control(ground, measure.need, unit))


def as_counted(one: Counted) -> float:
    """As it stands today."""
    return one.counts


def none_counts(_one: Counted) -> float:
    """As if no control stood."""
    return 0.0


def at_best(one: Counted) -> float:
    """As if all that nobody has shown were shown."""
    return COUNTS.get(one.finding.at_best, 0.0)


def likelihood_left(measures: Sequence[Counted], counting: Counting = as_counted) -> Share:
    """The share of the likelihood that the countermeasures leave; the whole where none lowers it."""
    return _left([(one.measure.likelihood, counting(one)) for one in measures])


def consequence_left(measures: Sequence[Counted], counting: Counting = as_counted) -> Share:
    """The share of what one event costs that the countermeasures leave."""
    return _left([(one.measure.consequence, counting(one)) for one in measures])


def _left(lowered: Sequence[tuple[Lowering | None, float]]) -> Share:
    spans = [(float(one.lowest) * counts, float(one.highest) * counts) for one, counts in lowered if one is not None]
    return Share(
        least=prod(1 - high for _, high in spans),
        middle=prod(1 - (low + high) / 2 for low, high in spans),
        most=prod(1 - low for low, _ in spans),
    )
