"""Which scenarios are plausible at a place, and why: from its kind, its modes, its assets and what is on record.

Nothing is ruled out by it: what is not suggested is offered all the same, only further below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.records.risk import AssetKind
from safeconduct.core.risk.scenarios import as_scenario
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from safeconduct.core.records.risk import Lane
    from safeconduct.core.records.threats import Scenario
    from safeconduct.server.sra.guide import Guided

_AT_SITES = {
    "warehouse": "warehouses",
    "production": "places of production",
    "office": "offices",
    "stuffing-place": "places where units are loaded",
    "yard": "yards",
    "delivery-place": "places of delivery",
    "information-systems": "information systems",
}
_ONLY_WITH = {"production": "produces-here", "stuffing-place": "stuffs-containers", "yard": "stores-outdoors"}
"""Parts of a site that a trait tells of: where it says no, the part does not speak for a scenario."""
_FORE = 2
"""What a scenario is foremost about stands first in its list of assets."""
BY_MODE = {
    "road": ("on-the-road", "unclassified-parking", "secured-parking"),
    "sea": ("sea-terminal", "at-sea", "anchorage", "chokepoint"),
    "air": ("air-terminal", "in-flight"),
    "rail": ("railway-terminal", "inland-terminal"),
    "inland-waterway": ("inland-terminal",),
}
"""By mode of a lane, the kinds of place that goods pass or rest at."""
_BY_ROLE = {
    "port-terminal-operator": "sea-terminal",
    "terminal-operator": "inland-terminal",
    "airport-operator": "air-terminal",
    "air-carrier": "air-terminal",
    "rail-carrier": "railway-terminal",
    "sea-carrier": "at-sea",
    "highway-carrier": "on-the-road",
    "long-haul-carrier-mexico": "on-the-road",
}
_HITS: Mapping[AssetKind, tuple[str, ...]] = {AssetKind.BRAND: ("good-name", "status")}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario for a place, with the reasons that speak for it; without any it is only offered."""

    scenario: Scenario
    reasons: tuple[str, ...]


def suggestions(guided: Guided, place: str) -> list[Suggestion]:
    """Every scenario for a place, the organisation's own among them, the one with the most reasons first."""
    snapshot = guided.reader.overview.snapshot
    lane = snapshot.lanes.get(place)
    known = {**guided.reader.overview.catalogue.threats.scenarios}
    known |= {one.key: as_scenario(one) for one in snapshot.facts.scenarios}
    found = [Suggestion(one, tuple(_reasons(guided, place, lane, one))) for one in known.values()]
    return sorted(found, key=lambda one: -len(one.reasons))


def _reasons(guided: Guided, place: str, lane: Lane | None, scenario: Scenario) -> Iterator[str]:
    where = _own(lane, scenario) or (_on_lane(lane, scenario) if lane else _at_site(guided, place, scenario))
    what = _assets_hit(guided, place, scenario)
    there = any(one.at == place for one in guided.assets)
    if where and (what or not there):
        yield where
        if what:
            yield what
    yield from _on_record(guided, place, lane, scenario)


def _own(lane: Lane | None, scenario: Scenario) -> str:
    """The organisation's own scenarios name modes and no places: without a mode they concern sites and lanes alike."""
    concerned = not scenario.modes or bool(lane and set(lane.modes) & set(scenario.modes))
    return "one of your own" if scenario.number == "own" and concerned else ""


def _on_lane(lane: Lane, scenario: Scenario) -> str:
    modes = [mode for mode in lane.modes or tuple(BY_MODE) if mode in scenario.modes]
    spots = {spot for mode in modes for spot in BY_MODE.get(mode, ())}
    if lane.from_ != lane.to:
        spots.add("border")
    struck = [one.replace("-", " ") for one in scenario.places if one in spots]
    return f"goes by {' and '.join(modes)}; strikes {_listed(struck)}" if modes and struck else ""


def _at_site(guided: Guided, place: str, scenario: Scenario) -> str:
    snapshot = guided.reader.overview.snapshot
    above = snapshot.layers(place)
    roles = {role for one in snapshot.facts.enrolments if one.entity in above for role in one.roles}
    unit = snapshot.units.get(place)
    traits = unit.traits if unit else {}
    spots = {spot: words for spot, words in _AT_SITES.items() if traits.get(_ONLY_WITH.get(spot, ""), True)}
    spots |= {spot: spot.replace("-", " ") for role, spot in _BY_ROLE.items() if role in roles}
    struck = [spots[one] for one in scenario.places if one in spots]
    mostly = len(struck) * 2 >= len(scenario.places)
    return f"strikes {_listed(struck)}" if struck and mostly else ""


def _assets_hit(guided: Guided, place: str, scenario: Scenario) -> str:
    hit = [
        one.title
        for one in guided.assets
        if one.at == place and {one.kind.value, *_HITS.get(one.kind, ())} & set(scenario.assets[:_FORE])
    ]
    return f"hits {_listed(hit)}" if hit else ""


def _on_record(guided: Guided, place: str, lane: Lane | None, scenario: Scenario) -> Iterator[str]:
    facts, day = guided.reader.overview.snapshot.facts, guided.reading.judged.day
    happened = sum((one.scenario, one.at) == (scenario.key, place) and one.on <= day for one in facts.incidents)
    if happened:
        yield f"{counted(happened, 'incident', 'incidents')} on record here"
    unit = guided.reader.overview.snapshot.units.get(place)
    countries = {lane.from_, lane.to} if lane else {unit.country} if unit else set()
    for one in facts.threat_levels:
        if (
            one.country in countries
            and one.threat == scenario.key
            and one.on <= day
            and not (one.until and one.until < day)
        ):
            yield f"rated {one.level} in {one.country} by {one.source}"
    if guided.before and any(
        (one.risk.scenario, one.risk.at) == (scenario.key, place) and one.levels for one in guided.before.risks
    ):
        yield "in the last round"


def _listed(words: list[str]) -> str:
    """Up to three of them in a sentence."""
    shown = words[:3]
    rest = len(words) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
