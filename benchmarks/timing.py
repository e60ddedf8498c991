"""How figures are taken: medians, percentiles, and a unit that says how fast this machine is just now."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """How long one run took: by the clock on the wall, and of that what this process computed itself.

    Where others keep the machine busy, the first says more than it should; the second doesn't.
    """

    seconds: float
    computed: float


def taken(work: Callable[[], object]) -> Taken:
    """Run once."""
    clock, computed = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - clock, time.process_time() - computed)


def median(work: Callable[[], object], runs: int = 3) -> Taken:
    """The median of a few runs, garbage collected before each."""
    found = []
    for _ in range(runs):
        gc.collect()
        found.append(taken(work))
    return Taken(statistics.median(one.seconds for one in found), statistics.median(one.computed for one in found))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5), percentile([4.0, 1.0, 3.0, 2.0], 0.95)
    (2.0, 4.0)
    """
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def baseline() -> float:
    """Seconds that a plain loop of a million additions computes on this machine now: the unit of the ratios."""

    def loop() -> int:
        total = 0
        for number in range(1_000_000):
            total += number
        return total

    return median(loop, runs=5).computed


def print_baseline() -> float:
    """Say the unit, and give it."""
    unit = baseline()
    print(f"baseline: a plain loop of 1,000,000 additions computes for {unit * 1000:.1f} ms")
    return unit
