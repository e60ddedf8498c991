"""The supposed world beside the real one, as pages tell of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.planning.supposing import programmes_if, risks_if, touched
from safeconduct.server.sra.shown import RiskReader
from safeconduct.server.sra.worth import exchange_of

if TYPE_CHECKING:
    from safeconduct.core.posture import ProgrammeJudgement
    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.sra.toggles import Toggles


@dataclass(frozen=True)
class World:
    """The supposed world beside the real one."""

    toggles: Toggles
    after: RiskReader
    moved: tuple[RiskJudgement, ...]
    programmes: tuple[ProgrammeJudgement, ...]
    year: Year
    year_now: Year

    @property
    def now(self) -> RiskReader:
        """The real world."""
        return self.toggles.reading

    @property
    def tried(self) -> bool:
        """Whether anything is tried."""
        return bool(self.toggles.supposed)

    @property
    def programmes_now(self) -> tuple[ProgrammeJudgement, ...]:
        """The programmes of the real world, in the same order."""
        return self.now.reader.overview.programmes

    def before(self, one: RiskJudgement) -> RiskJudgement:
        """A risk in the real world."""
        return self.now.judged.risk(one.risk.key)


def world_of(toggles: Toggles) -> World:
    """What becomes of risks, programmes and the year where the ticks are true."""
    reading = toggles.reading
    overview = reading.reader.overview
    after = risks_if(reading.judged, overview.snapshot, toggles.supposed)
    moved = touched(reading.judged, after)
    exchange = exchange_of(reading)
    others = {one.risk.key: one.current for one in moved if one.current is not None}
    return World(
        toggles=toggles,
        after=RiskReader(reading.reader, after, reading.asked),
        moved=moved,
        programmes=programmes_if(overview.assessment.ground, overview.programmes, toggles.supposed),
        year=exchange.year_with(others) if others else exchange.year,
        year_now=exchange.year,
    )


def met_of(judged: ProgrammeJudgement) -> int:
    """How many musts of a programme are met, over all its results."""
    return sum(result.met for result in judged.results)


def musts_of(judged: ProgrammeJudgement) -> int:
    """How many musts a programme has, over all its results."""
    return sum(len(result.musts) for result in judged.results)


def open_of(programmes: tuple[ProgrammeJudgement, ...]) -> int:
    """How many musts of some programmes are not met."""
    return sum(musts_of(one) - met_of(one) for one in programmes)
