"""The countermeasures of a risk that do not stand wholly: what each would take off it, and what else it would close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.risk.planned import counting_also
from safeconduct.core.risk.portfolio import relevelled
from safeconduct.core.risk.words import percent
from safeconduct.server.sra.worth import closed_by

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.needs import ControlNeed
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.levels import Level
    from safeconduct.server.sra.guide import Guided

_ROWS_NAMED = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A control at a unit: the level of the risk if it stood wholly, and the requirements it would close by itself."""

    need: ControlNeed
    at: str
    then: Level
    closes: tuple[RowJudgement, ...]

    @property
    def key(self) -> str:
        """Its name among the candidates of a risk."""
        return f"{self.need.control}@{self.at}"


def candidates(guided: Guided, one: RiskJudgement) -> list[Candidate]:
    """The controls that would take something off a risk if they stood wholly, the one that takes most first."""
    snapshot = guided.reader.overview.snapshot
    found: dict[str, Candidate] = {}
    for each in one.measures:
        if each.counts >= 1.0 or each.measure.need.control in found:
            continue
        control = each.measure.need.control
        then = relevelled(one, counting_also(snapshot, [(control, each.at)]))
        assert then is not None
        closes = closed_by(guided.reading, [(control, each.at)])
        found[control] = Candidate(each.measure.need, each.at, then, closes)
    return sorted(found.values(), key=lambda each: each.then.left.middle * each.then.cost_left.middle)


def candidate_words(guided: Guided, one: RiskJudgement, each: Candidate) -> str:
    """What a candidate is and would do, in a line."""
    reading, names = guided.reading, guided.reader.names
    told = ", ".join(names.control(f"{each.need.control}[{element}]") for element in each.need.for_)
    assert one.current is not None
    parts = [_fall(reading.money(one.current.loss), reading.money(each.then.loss))]
    if parts == [""]:
        now = one.current.left.middle * one.current.cost_left.middle
        then = each.then.left.middle * each.then.cost_left.middle
        parts = [f"takes {percent(max(0.0, 1 - then / now))} off" if now else ""]
    if each.then.cell.result and each.then.cell.result != one.priority:
        parts.append(f"{reading.priority(one.priority)} to {reading.priority(each.then.cell.result)}")
    if each.closes:
        cited = ", ".join(guided.reader.cited(row, each.at) for row in each.closes[:_ROWS_NAMED])
        more = len(each.closes) - _ROWS_NAMED
        parts.append(f"closes {cited}" + (f" and {more} more" if more > 0 else ""))
    return f"{told or names.control(each.need.control)} at {names.place(each.at)}: {'; '.join(filter(None, parts))}"


def _fall(now: str, then: str) -> str:
    return f"{now} a year to {then}" if now and then else ""
