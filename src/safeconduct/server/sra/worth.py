"""What controls are worth in the money of a year: those in place, those that would help, and those that are planned.

Each is weighed alone, everything else as it is. All of it is reckoned once and kept with the judgement of the day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.quantities import Money, read_money
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Way
from safeconduct.core.risk.choosing import controls_in_place, lacking
from safeconduct.core.risk.planned import counting_also
from safeconduct.core.risk.portfolio import Exchange, relevelled, worth_if, worth_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from safeconduct.core.planning import Action
    from safeconduct.core.planning.supposing import Placed
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.risk import Treatment
    from safeconduct.core.risk.effect import Counted
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.portfolio import Worth
    from safeconduct.server.sra.shown import RiskReader

MOST = 200
"""So many proposals are weighed in the tail, those that lower an average year most; the rest is told by number."""


@dataclass(frozen=True)
class InPlace:
    """A control that counts in some risk, and what it is worth."""

    control: str
    worth: Worth


@dataclass(frozen=True)
class Proposal:
    """Controls that would stand: what that is worth, the rows it would close, what plans it, and what it costs.

    `cost` is of a year and in the assessment's currency; None where nobody gave one that can be compared.
    """

    controls: tuple[Placed, ...]
    worth: Worth
    closes: tuple[RowJudgement, ...]
    treatments: tuple[Treatment, ...] = ()
    cost: float | None = None

    @property
    def per_cost(self) -> float | None:
        """By how much it lowers an average year for each unit of money it costs in one."""
        return self.worth.mean / self.cost if self.cost else None


@dataclass(frozen=True)
class Proposed:
    """The proposals that were weighed, and how many smaller ones were not."""

    found: tuple[Proposal, ...]
    left_out: int = 0


def exchange_of(reading: RiskReader) -> Exchange:
    """The year of all risks, in which single ones can be exchanged."""
    return _kept(reading, "exchange", lambda: Exchange(reading.judged.risks, reading.judged.common))


def in_place(reading: RiskReader) -> list[InPlace]:
    """Every control that counts in some risk, the one that is worth most first."""

    def weighed() -> list[InPlace]:
        found = worth_of(reading.judged.risks, controls_in_place(reading.judged), common=reading.judged.common)
        return [InPlace(one.control, one) for one in found]

    return _kept(reading, "in place", weighed)


def would_help(reading: RiskReader) -> Proposed:
    """Each control that answers some risk and does not wholly stand where it would count, the best first."""
    return _kept(reading, "would help", lambda: _would_help(reading))


def planned(reading: RiskReader) -> Proposed:
    """Each treatment under way that plans controls, all of them together; the one that takes most first."""
    return _kept(reading, "planned", lambda: _planned(reading))


def _would_help(reading: RiskReader) -> Proposed:
    sets = {f"{control}@{unit}": ((control, unit),) for control, unit in sorted(lacking(reading.judged))}
    plans = _plans(reading)
    found = []
    weighed, left_out = _weighed(reading, sets)
    for worth in weighed:
        controls = sets[worth.control]
        treatments = tuple(one for one in _under_way(reading) if _covers(reading, plans[one.key], controls[0]))
        alone = [_cost(reading, one) for one in treatments if len(plans[one.key]) == 1]
        found.append(Proposal(controls, worth, closed_by(reading, controls), treatments, alone[0] if alone else None))
    return Proposed(tuple(found), left_out)


def _planned(reading: RiskReader) -> Proposed:
    sets = {key: controls for key, controls in _plans(reading).items() if controls}
    treatments = {one.key: one for one in _under_way(reading)}
    weighed, left_out = _weighed(reading, sets)
    found = [
        Proposal(
            sets[worth.control],
            worth,
            closed_by(reading, sets[worth.control]),
            (treatments[worth.control],),
            _cost(reading, treatments[worth.control]),
        )
        for worth in weighed
    ]
    return Proposed(tuple(found), left_out)


def _weighed(reading: RiskReader, sets: Mapping[str, tuple[Placed, ...]]) -> tuple[list[Worth], int]:
    """The worth of each set of controls; where there are very many, of those that lower an average year most."""
    snapshot = reading.reader.overview.snapshot
    counting = {name: counting_also(snapshot, controls) for name, controls in sets.items()}
    best = sorted(counting, key=lambda name: -_lowers(reading.rated, counting[name]))[:MOST]
    found = worth_if(reading.judged.risks, {name: counting[name] for name in best}, common=reading.judged.common)
    return found, len(counting) - len(best)


def _lowers(risks: Iterable[RiskJudgement], counting: Callable[[Counted], float]) -> float:
    """By how much the expected loss of a year falls, common causes apart."""
    total = 0.0
    for one in risks:
        if one.current is not None and one.current.loss and any(counting(each) != each.counts for each in one.measures):
            level = relevelled(one, counting)
            total += one.current.loss - ((level.loss if level else 0.0) or 0.0)
    return total


def _under_way(reading: RiskReader) -> list[Treatment]:
    """The treatments of the day that reduce a risk by controls and are neither done nor over."""
    day = reading.judged.day
    return [
        one
        for risk in reading.rated
        for one in risk.treatments
        if one.way is Way.REDUCE and one.controls and not _over(one, day)
    ]


def _over(treatment: Treatment, day: date) -> bool:
    """Whether it is done or has ended by a day."""
    done = treatment.done is not None and treatment.done <= day
    return done or (treatment.until is not None and treatment.until < day)


def _plans(reading: RiskReader) -> dict[str, tuple[Placed, ...]]:
    """By treatment under way, the controls it plans, each with its unit."""
    return {
        treatment.key: tuple(
            dict.fromkeys(
                (one.needs.control, one.at) for one in treatment.controls if isinstance(one.needs, ControlNeed)
            )
        )
        for treatment in _under_way(reading)
    }


def _covers(reading: RiskReader, plan: Iterable[Placed], wanted: Placed) -> bool:
    control, unit = wanted
    layers = reading.reader.overview.snapshot.layers(unit)
    return any(key == control and at in layers for key, at in plan)


def closed_by(reading: RiskReader, controls: Iterable[Placed]) -> tuple[RowJudgement, ...]:
    """The rows that would become MET by what brings some controls in order at their units, each once."""
    snapshot = reading.reader.overview.snapshot
    rows = {
        (row.enrolment, row.requirement.key, row.unit): row
        for control, unit in controls
        for action in _actions(reading).get(control, ())
        if action.mend.at in snapshot.layers(unit)
        for row in action.closes
    }
    return tuple(rows.values())


def _actions(reading: RiskReader) -> Mapping[str, list[Action]]:
    def by_control() -> Mapping[str, list[Action]]:
        found: dict[str, list[Action]] = defaultdict(list)
        for action in reading.reader.overview.actions:
            found[action.mend.control].append(action)
        return found

    return _kept(reading, "actions", by_control)


def _cost(reading: RiskReader, treatment: Treatment) -> float | None:
    """What a treatment costs a year, where that is told in the assessment's currency."""
    try:
        cost: Money = read_money(treatment.cost)
    except ValueError:
        return None
    return float(cost.amount) if cost.currency == reading.currency else None


def _kept[Found](reading: RiskReader, name: str, reckon: Callable[[], Found]) -> Found:
    kept, key = reading.reader.overview.kept, (name, reading.judged.assessment.key)
    if key not in kept:
        kept[key] = reckon()
    found: Found = kept[key]
    return found
