"""Whether somebody other than its owner looked at what shows a control.

Source: catalogue language, section 7.2 line 5. Beyond it: how long such a look stays fresh
(docs/decisions/0005-rules-settled.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeconduct.core.dates import FOREVER, Duration, add, covers, day_after, good_until
from safeconduct.core.judgement import MET, PARTLY, Finding, Kind, leaf
from safeconduct.core.records.in_place import By, Shown
from safeconduct.core.standing.ground import Ground
from safeconduct.core.standing.layers import Layers
from safeconduct.core.standing.per_event import last_fresh_day, sampling_plan
from safeconduct.core.standing.shown import attach_mend, evidence_of


def judge_verified(ground: Ground, layers: Layers, kind: Shown, interval: Duration | None) -> Finding | None:
    """PARTLY `not-verified` where what shows a kind on the day was looked at by its owner only.

    A look of somebody else counts while it is fresh itself: evidence on the days it covers, an occurrence for one
    interval (for good where there is none), a sample as long as it speaks for the present. None where nothing fresh
    shows the kind at all: then the missing evidence speaks for itself.
    """
    looks = list(_looks(ground, layers, kind, interval))
    fresh = {by for by, since, until in looks if covers(ground.day, since, until)}
    if not fresh:
        return None
    standing, code = (MET, "verified") if By.OTHER in fresh else (PARTLY, "not-verified")
    changes = [day for _, since, until in looks for day in (since, day_after(until))]
    return leaf(
        Kind.EVIDENCE,
        f"{layers.control.key}/verified",
        layers.unit,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, [*layers.changes, *changes]),
        mend=attach_mend(layers, kind),
        shows=kind.value,
        record=layers.nearest.key,
    )


def _looks(ground: Ground, layers: Layers, kind: Shown, interval: Duration | None) -> Iterator[tuple[By, date, date]]:
    """Who looked, and the first and last day on which that look is fresh."""
    records = layers.showing(kind)
    yield from ((item.by, item.from_, item.to) for item in evidence_of(ground, records, kind))
    if kind is not Shown.OPERATION:
        return
    plan = sampling_plan(layers)
    for record in records:
        for done in ground.snapshot.done.get(record.key, ()):
            yield done.by, done.on, add(done.on, interval) if interval else FOREVER
        for sample in ground.snapshot.samples.get(record.key, ()):
            yield sample.by, sample.to, last_fresh_day(sample, plan)
