"""Whether what is not bearable is treated: the finding of a risk.

Within what is bearable: MET. Accepted by somebody until a day: MET until then. Treated with a due day still ahead, or
under an objective: PARTLY. Neither: UNMET. Without numbers or classes: UNKNOWN. Left out with a reason:
NOT_APPLICABLE. Its because are the countermeasures, the one whose absence leaves most first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNKNOWN, UNMET, Finding, Kind, Standing
from safeconduct.core.records.risk import Objective, Risk, Treatment, Way
from safeconduct.core.risk.effect import Counted
from safeconduct.core.risk.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A risk with its level of today (None where it is left out) and what is decided about it.

    `turns` is the last day before something recorded about it begins or ends to count.
    """

    day: date
    risk: Risk
    unit: str
    measures: tuple[Counted, ...]
    current: Level | None
    above: bool
    treatments: tuple[Treatment, ...]
    objectives: tuple[Objective, ...]
    turns: date = FOREVER

    def finding(self) -> Finding:
        """The finding with its because."""
        standing, code, until, params = self._decided()
        because = tuple(one.finding for one in sorted(self.measures, key=_lacking, reverse=True))
        return Finding(
            kind=Kind.RISK,
            subject=self.risk.key,
            at=self.unit,
            standing=standing,
            code=code,
            day=self.day,
            at_best=standing.if_shown,
            good_until=min([until, self.turns, *(one.good_until for one in because)]),
            because=because,
            params=tuple(params.items()),
            facts=(self.risk.key, *(one.key for one in self.treatments), *(one.key for one in self.objectives)),
        )

    def _decided(self) -> tuple[Standing, str, date, dict[str, str]]:
        if self.current is None:
            return NOT_APPLICABLE, "risk-left-out", FOREVER, {"why": self.risk.excluded}
        result = self.current.cell.result
        if not result:
            return UNKNOWN, "risk-not-rated", FOREVER, {}
        if not self.above:
            return MET, "risk-bearable", FOREVER, {"class": result}
        if (accepted := self._accepted_until()) is not None:
            return MET, "risk-accepted", accepted, {"class": result, "until": accepted.isoformat()}
        if (due := self._treated_by()) is not None:
            return PARTLY, "risk-in-treatment", due, {"class": result, "due": due.isoformat()}
        return UNMET, "risk-untreated", FOREVER, {"class": result}

    def _accepted_until(self) -> date | None:
        accepted = (one.until for one in self.treatments if one.way is Way.ACCEPT)
        return max((until for until in accepted if until is not None and until >= self.day), default=None)

    def _treated_by(self) -> date | None:
        """The last day by which something decided about it is due; None where nothing is ahead."""
        decided = [one.due for one in self.treatments if one.way is not Way.ACCEPT]
        aimed = [one.due for one in self.objectives]
        return max((due for due in (*decided, *aimed) if due is not None and due >= self.day), default=None)


def _lacking(one: Counted) -> float:
    """How much more of the risk the countermeasure would take if it stood wholly."""
    lowered = (one.measure.likelihood, one.measure.consequence)
    return (1 - one.counts) * sum(float(each.lowest + each.highest) for each in lowered if each is not None)
