"""What the organisation's own incidents say of a likelihood.

Incidents teach only where somebody watched: over days for which all incidents of a scenario at a place are on record.
A likelihood speaks of a world without controls, and incidents happened in spite of those that stood; so the time
watched counts by the share of the likelihood that controls left then. What was tried and failed teaches nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.records.risk import Incident, Watched
from safeconduct.core.records.threats import Scenario
from safeconduct.core.risk.effect import counted, likelihood_left
from safeconduct.core.standing import Ground

DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class History:
    """What is on record of a scenario at a place: incidents while it was watched, years watched, and what these weigh.

    `exposure` is in years without controls: a year watched under controls that leave a third weighs a third.
    """

    incidents: tuple[Incident, ...]
    years: float
    exposure: float


def history(ground: Ground, scenario: Scenario, place: str, unit: str) -> History:
    """The history of a scenario at a place up to the day of the ground, guarded by the controls of a unit."""
    facts = ground.snapshot.facts
    spans = _spans(facts.watched, scenario.key, place, ground.day)
    seen = tuple(
        one
        for one in facts.incidents
        if (one.scenario, one.at) == (scenario.key, place) and not one.attempted and _within(one.on, spans)
    )
    exposure = sum(
        _years(first, last) * _left_on(ground, _middle(first, last), scenario, unit) for first, last in _by_year(spans)
    )
    return History(seen, sum(_years(first, last) for first, last in spans), exposure)


def _left_on(ground: Ground, day: date, scenario: Scenario, unit: str) -> float:
    """The share of the likelihood that controls left on a day. Days are judged once for all risks."""
    then = ground.once(("risks as of", day), lambda: ground.on(day))
    return likelihood_left(counted(then, scenario.countermeasures, unit)).middle


def _within(day: date, spans: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _spans(watched: Sequence[Watched], scenario: str, place: str, day: date) -> list[tuple[date, date]]:
    """The days watched up to a day, as spans that do not overlap, the earliest first."""
    found = sorted(
        (one.from_, min(one.to, day))
        for one in watched
        if place in one.places and (not one.scenarios or scenario in one.scenarios) and one.from_ <= day
    )
    joined: list[tuple[date, date]] = []
    for first, last in found:
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _by_year(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The spans cut at the ends of calendar years, as controls change with time."""
    return [
        (max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for first, last in spans
        for year in range(first.year, last.year + 1)
    ]


def _years(first: date, last: date) -> float:
    return ((last - first).days + 1) / DAYS_OF_A_YEAR


def _middle(first: date, last: date) -> date:
    return first + (last - first) // 2
