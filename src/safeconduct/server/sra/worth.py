"""What controls are worth in the money of a year, kept with the judgement of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.risk.portfolio import Exchange

if TYPE_CHECKING:
    from safeconduct.server.sra.shown import RiskReader


def exchange_of(reading: RiskReader) -> Exchange:
    """The year of all risks, in which single ones can be exchanged."""
    kept, name = reading.reader.overview.kept, ("exchange", reading.judged.assessment.key)
    if name not in kept:
        kept[name] = Exchange(reading.judged.risks, reading.judged.common)
    found: Exchange = kept[name]
    return found
