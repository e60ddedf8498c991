"""The reference evaluator: time per judged row, against a stated baseline in the same run, and its growth."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

from benchmarks.organisation import TODAY, organisation
from safeconduct.catalogue.loading import load
from safeconduct.core.assess import assess
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.snapshot import Snapshot


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The median of a few runs, garbage collected before each."""
    taken = []
    for _ in range(runs):
        gc.collect()
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def baseline() -> float:
    """What a plain loop of a million additions takes on this machine now: the unit of the ratios below."""

    def loop() -> int:
        total = 0
        for number in range(1_000_000):
            total += number
        return total

    return seconds(loop, runs=5)


def main() -> None:
    """Print how long judging takes at several sizes, and how it grows."""
    catalogue = load()
    unit = baseline()
    print(f"baseline: a plain loop of 1,000,000 additions {unit * 1000:.1f} ms")
    print("sites  facts    rows     seconds  us/row  baselines")
    for sites in (10, 100, 1000):
        _size(catalogue, sites, unit)


def _size(catalogue: Catalogue, sites: int, unit: float) -> None:
    facts = organisation(catalogue, sites=sites)
    count = len(facts.in_place) + len(facts.evidence) + len(facts.samples) + len(facts.done)
    judged = assess(Snapshot(facts), catalogue, TODAY)
    taken = seconds(lambda: assess(Snapshot(facts), catalogue, TODAY), runs=1 if sites > 500 else 3)
    rows = len(judged.rows)
    met = sum(row.standing.value == "MET" for row in judged.rows if row.counts)
    counted = sum(row.counts for row in judged.rows)
    print(f"{sites:5}  {count:7}  {rows:7}  {taken:7.2f}  {taken / rows * 1e6:6.0f}  {taken / unit:7.0f}", end="")
    print(f"   ({met} of {counted} counted rows MET)")


if __name__ == "__main__":
    main()
