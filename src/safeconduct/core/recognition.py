"""Which schemes the issuer of a programme recognises on a day: directed, dated, sourced.

Source: catalogue `data/recognition/`, reference sheet on mutual recognition.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from safeconduct.core.dates import covers, day_after
from safeconduct.core.records.catalogue import Catalogue, Recognition


def recognised(catalogue: Catalogue, programme: str, day: date) -> frozenset[str]:
    """Schemes the programme's issuer accepts as equal on the day; only `satisfies` counts."""
    return frozenset(
        row.scheme
        for row in catalogue.recognition
        if row.by == programme and row.effect == "satisfies" and covers(day, row.since, row.until)
    )


def recognitions_between(
    catalogue: Catalogue, programme: str, schemes: Collection[str], day: date
) -> list[Recognition]:
    """What the programme's issuer says of some schemes on the day, satisfies and informs; it is about partners."""
    return [
        row
        for row in catalogue.recognition
        if row.by == programme and row.scheme in schemes and covers(day, row.since, row.until)
    ]


def recognition_changes(catalogue: Catalogue, programme: str) -> tuple[date, ...]:
    """The first days on which the programme recognises other schemes than before."""
    rows = [row for row in catalogue.recognition if row.by == programme]
    begins = [row.since for row in rows if row.since]
    ends = [day_after(row.until) for row in rows if row.until]
    return (*begins, *ends)
