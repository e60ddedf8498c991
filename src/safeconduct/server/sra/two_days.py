"""Two days side by side: what rose, fell, appeared or went, and why.

Each day is told by the assessment that held on it. Where another round holds by the later day, risks of one scenario at
one place are the same risk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, deciding_leaf
from safeconduct.core.risk.history import DAYS_OF_A_YEAR
from safeconduct.core.risk.moves import Move, moves
from safeconduct.core.risk.words import rounded
from safeconduct.core.sentences import sentence
from safeconduct.server.common.look.values import Link, Several
from safeconduct.server.common.look.words import STANDINGS, counted
from safeconduct.server.posture.links import register_url
from safeconduct.server.sra.shown import treated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safeconduct.core.records.risk import Range
    from safeconduct.core.risk.effect import Counted
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader


@dataclass(frozen=True)
class TwoDays:
    """The risks of an earlier and of a later day; those of the earlier one go by the keys of the later one."""

    then: RiskReader
    now: RiskReader

    @property
    def anew(self) -> bool:
        """Whether another round holds by the later day."""
        return self.then.judged.assessment.key != self.now.judged.assessment.key

    @property
    def same_matrix(self) -> bool:
        """Whether both are rated by one matrix, so that classes can be compared."""
        return self.then.judged.matrix.key == self.now.judged.matrix.key

    @cached_property
    def _moves(self) -> list[Move]:
        return moves(self.then.judged, self.now.judged)

    @cached_property
    def rose(self) -> list[Move]:
        """Those that rose, the gravest first."""
        return [one for one in self._moves if self._way(one) > 0]

    @cached_property
    def fell(self) -> list[Move]:
        """Those that fell, the gravest first."""
        return [one for one in self._moves if self._way(one) < 0]

    @property
    def appeared(self) -> tuple[RiskJudgement, ...]:
        """Those of the later day only."""
        return _beside(self.now.rated, self.then.rated)

    @property
    def went(self) -> tuple[RiskJudgement, ...]:
        """Those of the earlier day only."""
        return _beside(self.then.rated, self.now.rated)

    def _way(self, one: Move) -> int:
        """Above zero where it rose: in class, or inside its class in what it weighs."""
        if self.same_matrix and one.was.priority != one.now.priority:
            place = self.now.judged.place
            return place(one.now.priority) - place(one.was.priority)
        return 1 if one.rose else -1

    def why(self, one: Move) -> Shown:
        """What moved it, a sentence each."""
        found = tuple(self._reasons(one))
        return Several(found, " ") if found else "The bounds of its classes are others."

    def _reasons(self, one: Move) -> Iterator[Shown]:
        yield from (self._control(old, new) for old, new in one.measures)
        yield from (
            Link(f"Set by hand: {each.what.value} {each.value}.", register_url("overrides", each.key))
            for each in one.set_now
        )
        yield from (
            Link(f"Set by hand no more: {each.what.value}.", register_url("overrides", each.key))
            for each in one.set_before
        )
        treatments = {each.key: each for each in one.now.treatments}
        for key in one.treated:
            told = treated(treatments[key], self.now.judged.day)
            yield Link(f"{told[:1].upper()}{told[1:]}.", register_url("treatments", key))
        yield from _taught(one)
        yield from _rated_anew(one)

    def _control(self, old: Counted, new: Counted) -> Shown:
        """A control that counts otherwise, and what the facts say of it now."""
        names, need = self.now.reader.names, new.measure.need
        name = ", ".join(names.control(f"{need.control}[{element}]") for element in need.for_)
        leaf = deciding_leaf(new.finding)
        told = "It stands now." if new.finding.standing is MET else sentence(leaf)
        return f"{name or names.control(need.control)} ({STANDINGS[old.finding.standing]} before): {told}"


def two_days(then: RiskReader, now: RiskReader) -> TwoDays:
    """Both days; the risks of another round get the keys of those they are the same as."""
    keys = {(one.risk.scenario, one.risk.at): one.risk.key for one in now.judged.risks}
    if then.judged.assessment.key == now.judged.assessment.key:
        return TwoDays(then, now)
    rekeyed = tuple(
        replace(one, risk=replace(one.risk, key=keys.get((one.risk.scenario, one.risk.at), one.risk.key)))
        for one in then.judged.risks
    )
    return TwoDays(replace(then, judged=replace(then.judged, risks=rekeyed)), now)


def _beside(these: tuple[RiskJudgement, ...], others: tuple[RiskJudgement, ...]) -> tuple[RiskJudgement, ...]:
    known = {one.risk.key for one in others}
    return tuple(one for one in these if one.risk.key not in known)


def _taught(one: Move) -> Iterator[str]:
    """What incidents, or time watched without any, teach by the later day."""
    if one.taught is None:
        return
    before, after = one.taught
    more = len(after.incidents) - len(before.incidents)
    if more > 0:
        yield f"{counted(more, 'incident', 'incidents')} more on record."
    elif more < 0:
        yield f"{counted(-more, 'incident counts', 'incidents count')} no more."
    elif after.years > before.years:
        yield f"{_span(after.years - before.years)} more watched without an incident."


def _span(years: float) -> str:
    return f"{years:.1f} years" if years >= 1 else counted(round(years * DAYS_OF_A_YEAR), "day", "days")


def _rated_anew(one: Move) -> Iterator[str]:
    """Numbers that another round gives."""
    was, now = one.was.risk, one.now.risk
    if was.likelihood != now.likelihood:
        yield f"Rated anew: likelihood {_range(was.likelihood, str)} → {_range(now.likelihood, str)}."
    if was.loss != now.loss:
        yield f"Rated anew: loss {_range(was.loss, _amount)} → {_range(now.loss, _amount)}."
    if was.grave != now.grave:
        yield "Rated anew: how grave it is."


def _range(numbers: Range | None, told: Callable[[str], str]) -> str:
    return f"{told(numbers.low)} to {told(numbers.high)}" if numbers else "not said"


def _amount(text: str) -> str:
    return rounded(float(text))
