"""What can be tried: the controls that count in some risk at a place, and those that would, each as a box to tick.

All that is tried lives in the address: `without=cctv@yard` takes a control away, `with=cctv@shed` lets it stand.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.core.planning.supposing import Supposed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.http import HttpRequest

    from safeconduct.core.planning.supposing import Placed
    from safeconduct.core.risk.effect import Counted
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.sra.shown import RiskReader

    type Share = Callable[[Counted], float]

OFF, ON, UNIT = "without", "with", "at"
MOST = 60
"""So many ticks are read of an address, and no more."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """One box: under which name and value it is sent, what it says, and whether it is ticked."""

    name: str
    placed: Placed
    text: str
    ticked: bool

    @property
    def value(self) -> str:
        """The control and its unit, as the address has them."""
        return "@".join(self.placed)


@dataclass(frozen=True)
class Toggles:
    """What is tried, and what can be tried at a unit (the organisation: everywhere)."""

    reading: RiskReader
    unit: str
    supposed: Supposed

    @property
    def everywhere(self) -> str:
        """The unit that means all of them."""
        return self.reading.reader.overview.snapshot.facts.organisation.key

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units that guard the places of risks, each once."""
        return tuple(dict.fromkeys(one.unit for one in self.reading.judged.risks if one.levels))

    @cached_property
    def standing(self) -> list[Toggle]:
        """Controls that count there: to be taken away; the one that takes most first."""
        return self._of(OFF, lambda one: one.counts)

    @cached_property
    def lacking(self) -> list[Toggle]:
        """Controls that would count there for more: to be supposed; the one that would take most first."""
        return self._of(ON, lambda one: 1 - one.counts)

    @cached_property
    def elsewhere(self) -> list[Toggle]:
        """What is tried at other units."""
        here = {(one.name, one.placed) for one in (*self.standing, *self.lacking)}
        tried = [(OFF, one) for one in sorted(self.supposed.off)] + [(ON, one) for one in sorted(self.supposed.on)]
        return [
            Toggle(name, placed, self._elsewhere(name, placed), True)
            for name, placed in tried
            if (name, placed) not in here
        ]

    def _elsewhere(self, name: str, placed: Placed) -> str:
        names, (control, unit) = self.reading.reader.names, placed
        word = "without" if name == OFF else "with"
        place = "everywhere" if unit == self.everywhere else names.place(unit)
        return f"{word} {names.control(control)}, {place}"

    def _of(self, name: str, share: Share) -> list[Toggle]:
        taken: dict[str, float] = defaultdict(float)
        risks: dict[str, set[str]] = defaultdict(set)
        for risk, one in self._here():
            if share(one) > 0:
                control = one.measure.need.control
                taken[control] += share(one) * _lowers(one) * ((risk.current and risk.current.loss) or 1.0)
                risks[control].add(risk.risk.key)
        chosen = self.supposed.off if name == OFF else self.supposed.on
        names = self.reading.reader.names
        return [
            Toggle(
                name,
                (control, self.unit),
                f"{names.control(control)} ({len(risks[control])})",
                (control, self.unit) in chosen,
            )
            for control in sorted(taken, key=lambda one: (-taken[one], one))
        ]

    def _here(self) -> Iterator[tuple[RiskJudgement, Counted]]:
        snapshot = self.reading.reader.overview.snapshot
        for risk in self.reading.rated:
            if self.unit in snapshot.layers(risk.unit):
                for one in risk.measures:
                    if one.finding.standing is not NOT_APPLICABLE:
                        yield risk, one


def _lowers(one: Counted) -> float:
    """How much it lowers where it stands wholly, in the middle of its ranges."""
    lowered = (one.measure.likelihood, one.measure.consequence)
    return sum(float(each.lowest + each.highest) / 2 for each in lowered if each is not None)


def toggles_asked(request: HttpRequest, reading: RiskReader) -> Toggles:
    """What an address tries; what names no control or no unit tries nothing."""
    snapshot = reading.reader.overview.snapshot
    everywhere = snapshot.facts.organisation.key
    unit = request.GET.get(UNIT, "")
    supposed = Supposed(*(_placed(request.GET.getlist(name)[:MOST], reading) for name in (OFF, ON)))
    return Toggles(reading, unit if unit in snapshot.units else everywhere, supposed)


def _placed(values: Iterable[str], reading: RiskReader) -> frozenset[Placed]:
    overview = reading.reader.overview
    units = {overview.snapshot.facts.organisation.key, *overview.snapshot.units}
    pairs = [(control, unit) for control, _, unit in (value.partition("@") for value in values)]
    return frozenset(
        (control, unit) for control, unit in pairs if control in overview.catalogue.controls and unit in units
    )
