"""Certificates of what is held: accepted in place of a row, or told beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.compare import Cover, RowComparison, compare
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.equivalence import Effect, Equivalence, Reach
from tests.core.cast import day, need
from tests.core.criteria.asking import TODAY, entries, scheme, taken

SOURCE = Source("A regulation", "1", TODAY, Sure.SECONDARY)
HELD = scheme("a", schemes={"full": "aeos", "light": "aeoc"}, variants=("full", "light"))
HELD_IN_FULL = taken(HELD, "full")
WANTED = scheme("b", need("fence"), need("alarm"))


def found(effect: Effect, held: Selection = HELD_IN_FULL, **more: Any) -> list[RowComparison]:
    """The rows compared where a certificate of the scheme aeos does something for the fence."""
    said = Equivalence("e", "aeos", ("b/1",), effect, SOURCE, **more)
    catalogue = replace(entries(HELD, WANTED), equivalences=(said,))
    return list(compare(catalogue, [held], taken(WANTED), TODAY).rows)


def test_a_certificate_that_satisfies_covers_its_row_and_no_other() -> None:
    fence, alarm = found(Effect.SATISFIES)
    assert (fence.cover, fence.pieces, alarm.cover) == (Cover.COVERED, (), Cover.NEW)
    assert ([one.key for one in fence.certificates], alarm.certificates) == (["e"], ())


def test_one_that_informs_is_told_and_changes_nothing() -> None:
    fence, _ = found(Effect.INFORMS)
    assert (fence.cover, len(fence.pieces), len(fence.certificates)) == (Cover.NEW, 1, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"held": taken(HELD, "light")},
        {"until": day("2026-06-30")},
        {"since": day("2026-07-02")},
        {"reach": Reach(roles=("carrier",))},
    ],
)
def test_none_counts_that_is_not_held_not_in_force_or_out_of_reach(more: dict[str, Any]) -> None:
    fence, _ = found(Effect.SATISFIES, **more)
    assert (fence.cover, fence.certificates) == (Cover.NEW, ())
