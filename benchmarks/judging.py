"""The reference evaluator: time per judged row, against a stated baseline in the same run, and its growth."""

from __future__ import annotations

import sys

from benchmarks.organisation import TODAY, organisation
from benchmarks.timing import median, print_baseline
from safeconduct.catalogue.loading import load
from safeconduct.core.assess import assess
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.snapshot import Snapshot

SIZES, QUICK = (10, 100, 1000), (10, 100)
_MANY = 500


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print how long judging three programmes takes at several numbers of sites, and how it grows."""
    catalogue = load()
    unit = print_baseline()
    print("sites    facts     rows  seconds  us/row  baselines  met / counted")
    for sites in sizes:
        _size(catalogue, sites, unit)


def _size(catalogue: Catalogue, sites: int, unit: float) -> None:
    facts = organisation(catalogue, sites=sites)
    count = len(facts.in_place) + len(facts.evidence) + len(facts.samples) + len(facts.done)
    judged = assess(Snapshot(facts), catalogue, TODAY)
    took = median(lambda: assess(Snapshot(facts), catalogue, TODAY), runs=1 if sites > _MANY else 3).computed
    rows = len(judged.rows)
    counted = [row for row in judged.rows if row.counts]
    met = sum(row.standing.value == "MET" for row in counted)
    print(
        f"{sites:5}  {count:7,}  {rows:7,}  {took:7.2f}  {took / rows * 1e6:6.0f}  {took / unit:9.0f}"
        f"  {met:,} / {len(counted):,}"
    )


if __name__ == "__main__":
    main(QUICK if "--quick" in sys.argv else SIZES)
