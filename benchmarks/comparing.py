"""Programmes side by side: every ordered pair of editions compared once, against a stated baseline in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.timing import percentile, print_baseline, taken
from safeconduct.catalogue.loading import load
from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.compare import Comparison, compare
from safeconduct.core.criteria.statements import Statement, criteria
from safeconduct.core.records.catalogue import Catalogue

DAY = date(2026, 11, 24)
JOINED = (1, 3, 6, 12)


@dataclass(frozen=True)
class Pair:
    """One ordered pair compared: seconds computed, and how many rows of the wanted one were looked at."""

    held: str
    wanted: str
    computed: float
    rows: int


def main() -> None:
    """Print how long a comparison takes, the slowest pair, and how joining grows with the number of programmes."""
    catalogue = load()
    unit = print_baseline()
    selections = [Selection(one, one.roles) for one in catalogue.programmes.values()]
    _print_pairs([_pair(catalogue, held, wanted) for held in selections for wanted in selections], unit)
    _print_joins(catalogue, selections, unit)


def _pair(catalogue: Catalogue, held: Selection, wanted: Selection) -> Pair:
    found: list[Comparison] = []
    took = taken(lambda: found.append(compare(catalogue, [held], wanted, DAY)))
    return Pair(held.programme.id, wanted.programme.id, took.computed, len(found[0].rows))


def _print_pairs(pairs: Sequence[Pair], unit: float) -> None:
    computed = [one.computed for one in pairs]
    slowest = max(pairs, key=lambda one: one.computed)
    half, most = percentile(computed, 0.5), percentile(computed, 0.95)
    print("pairs   median ms  p95 ms  slowest ms  baselines  rows  slowest pair")
    print(
        f"{len(pairs):5,}  {half * 1000:10.1f}  {most * 1000:6.1f}  {slowest.computed * 1000:10.1f}"
        f"  {slowest.computed / unit:9.1f}  {slowest.rows:4}  {slowest.held} -> {slowest.wanted}"
    )


def _print_joins(catalogue: Catalogue, selections: Sequence[Selection], unit: float) -> None:
    """The largest programmes joined: the more of them, the more bounds meet on a control."""
    largest = sorted(selections, key=lambda one: -len(one.programme.requirements))
    print("joined  statements  computed ms  baselines")
    for count in JOINED:
        stated, took = _joined(catalogue, largest[:count])
        print(f"{count:6}  {stated:10,}  {took * 1000:11.1f}  {took / unit:9.1f}")


def _joined(catalogue: Catalogue, selections: Sequence[Selection]) -> tuple[int, float]:
    """How many statements some programmes come to, and the seconds that took."""
    found: list[Statement] = []
    took = taken(lambda: found.extend(criteria(catalogue, selections, DAY)))
    return len(found), took.computed


if __name__ == "__main__":
    main()
