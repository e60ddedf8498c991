"""The report's chapters of what is critical, what may happen to it, and which measures stand against it where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.taxonomies import ACTORS, MODES
from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY
from safeconduct.server.common.look.values import Link, Mark, Quiet, Several
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import control_url, register_url
from safeconduct.server.posture.names import words
from safeconduct.server.sra.pages.report.parts import Chapter, Part, tabled
from safeconduct.server.sra.pages.risk_tables import measured
from safeconduct.server.sra.shown import priced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from safeconduct.core.records.risk import Asset
    from safeconduct.core.records.threats import Scenario
    from safeconduct.core.risk.effect import Counted
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader

GROUPS = "iso-28001-scenario-groups"
"""The catalogue's list of the groups of scenarios that ISO 28001 asks to consider at least."""
OTHER = "other"
_ASSETS = ("Asset", "Kind", "Where", "Why it is critical", "Worth", "Risks")
_SCENARIOS = ("Scenario", "Who", "Modes", "Weakness", "Considered at")
_LEFT_OUT = ("Scenario and place", "Why it is left out")
_MEASURES = ("Control", "Stands", "Last shown on", "Stands until", "Answers")


def assets(reading: RiskReader) -> Chapter:
    """What the organisation needs to function, or whose misuse would do harm, at the places in scope."""
    day, places = reading.judged.day, set(reading.judged.assessment.places)
    found = [
        one
        for one in reading.reader.overview.snapshot.facts.assets
        if one.at in places and (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
    ]
    rows = (_asset(reading, one) for one in found)
    return Chapter("assets", (tabled(_ASSETS, rows, none="No critical asset is on record in scope."),))


def _asset(reading: RiskReader, one: Asset) -> tuple[Shown, ...]:
    hit = [each for each in reading.rated if one.key in each.risk.assets]
    return (
        Link(one.title, register_url("assets", one.key)),
        one.kind.value,
        reading.place(one.at),
        one.why or Quiet("not said"),
        priced(one.worth) or Quiet("no price"),
        numbered(reading, hit) if hit else Quiet("none"),
    )


def numbered(reading: RiskReader, risks: Iterable[RiskJudgement]) -> Several:
    """Risks by their numbers."""
    return Several(tuple(Link("", reading.url(one), ident=reading.numbers[one.risk.key]) for one in risks), ", ")


def scenarios(reading: RiskReader) -> Chapter:
    """The scenarios considered and where, those left out and why, and what neither is."""
    return Chapter(
        "scenarios",
        (
            tabled(_SCENARIOS, _considered(reading), none="No scenario is considered."),
            tabled(
                _LEFT_OUT,
                (_left_out(reading, one) for one in reading.judged.risks if one.levels is None),
                none="None is left out.",
                heading="Left out, with the reason",
            ),
            *_groups(reading),
            _unsaid(reading),
        ),
    )


def _by_scenario(reading: RiskReader) -> Mapping[str, list[RiskJudgement]]:
    found: dict[str, list[RiskJudgement]] = {}
    for one in reading.judged.risks:
        if one.levels is not None:
            found.setdefault(one.scenario.key, []).append(one)
    return found


def _considered(reading: RiskReader) -> Iterator[tuple[Shown, ...]]:
    for risks in _by_scenario(reading).values():
        scenario = risks[0].scenario
        own = " Our own scenario." if scenario.number == "own" else ""
        at = tuple(Several((numbered(reading, [one]), reading.place(one.risk.at)), " ") for one in risks)
        yield (
            Link(scenario.title, note=scenario.tells + own),
            _coded(reading, ACTORS, scenario.actors) or Quiet("not said"),
            _coded(reading, MODES, scenario.modes) or Quiet("all"),
            scenario.vulnerability or Quiet("not said"),
            Several(at, "; "),
        )


def _coded(reading: RiskReader, taxonomy: str, keys: Iterable[str]) -> str:
    found = reading.judged.rating.threats.taxonomies.get(taxonomy)
    return ", ".join(found.title_of(key) if found else words(key) for key in keys)


def _left_out(reading: RiskReader, one: RiskJudgement) -> tuple[Shown, ...]:
    return Link(one.scenario.title, reading.url(one), note=reading.place(one.risk.at)), one.risk.excluded


def _groups(reading: RiskReader) -> Iterator[Part]:
    """By group that ISO 28001 asks to consider, which scenarios of this assessment belong to it."""
    listed = reading.judged.rating.threats.taxonomies.get(GROUPS)
    if listed is None:
        return
    considered = {risks[0].scenario.key: risks[0].scenario for risks in _by_scenario(reading).values()}
    grouped = {key for term in listed.terms for key in term.ours}
    rows = []
    for term in listed.terms:
        keys = [key for key in considered if (key not in grouped if term.key == OTHER else key in term.ours)]
        titles = "; ".join(considered[key].title for key in keys)
        rows.append((term.title.capitalize(), titles or Quiet("none considered")))
    said = f"The groups come from {listed.source.document}, {listed.source.locator}."
    heads = ("Group", "Scenarios considered")
    yield tabled(heads, rows, none="", heading="Groups of scenarios that ISO 28001 asks at least", said=said)


def _unsaid(reading: RiskReader) -> Part:
    """The catalogue's scenarios of which the assessment says nothing."""
    said = {one.scenario.key for one in reading.judged.risks}
    known: Iterable[Scenario] = reading.judged.rating.threats.scenarios.values()
    titles = [one.title for one in known if one.key not in said]
    told = f"{'; '.join(titles)}." if titles else Quiet("Every scenario of the catalogue is considered or left out.")
    return Part("Scenarios of the catalogue of which the assessment says nothing", told)


def measures(reading: RiskReader) -> Chapter:
    """The review of performance: each countermeasure of the risks, at the unit whose controls guard the place."""
    units = dict.fromkeys(one.unit for one in reading.judged.risks if one.levels is not None)
    shown = _shown_on(reading)
    parts = tuple(_at_unit(reading, unit, shown) for unit in units)
    if not parts:
        return Chapter("measures", (Part(said=Quiet("No risk is rated, so no measure is judged for one.")),))
    return Chapter("measures", (Part(said=_REVIEWED), *parts))


_REVIEWED = (
    "Each measure that answers a scenario, judged at the unit that guards the place. One stands more than once where "
    "scenarios ask different things of it. What nobody has shown counts for nothing."
)


def _at_unit(reading: RiskReader, unit: str, shown: Mapping[str, date]) -> Part:
    found: dict[str, tuple[Counted, list[RiskJudgement]]] = {}
    for one in reading.judged.risks:
        if one.unit == unit and one.levels is not None:
            for each in one.measures:
                name = f"{each.measure.need.control} {each.measure.need.for_} {each.finding.standing}"
                found.setdefault(name, (each, []))[1].append(one)
    guarding = [reading.place(one.risk.at) for one in reading.judged.risks if one.unit == unit != one.risk.at]
    lanes = "; ".join(dict.fromkeys(guarding))
    return tabled(
        _MEASURES,
        (_measure(reading, *pair, shown) for pair in sorted(found.values(), key=_weakest)),
        none="No control is known to answer the scenarios here.",
        heading=reading.place(unit),
        said=f"{_stand(each for each, _risks in found.values())}{f' They guard {lanes} too.' if lanes else ''}",
    )


def _weakest(pair: tuple[Counted, list[RiskJudgement]]) -> tuple[int, int]:
    standing = pair[0].finding.standing
    return (9 if standing is NOT_APPLICABLE else standing.rank), -len(pair[1])


def _stand(found: Iterable[Counted]) -> str:
    asked = [one for one in found if one.finding.standing is not NOT_APPLICABLE]
    return f"{sum(one.counts == 1 for one in asked)} of {counted(len(asked), 'measure is', 'measures are')} met."


def _measure(
    reading: RiskReader, each: Counted, risks: list[RiskJudgement], shown: Mapping[str, date]
) -> tuple[Shown, ...]:
    finding = each.finding
    days = [shown[key] for node in finding.walk() for key in node.facts if key in shown]
    holds = finding.standing in (MET, PARTLY) and finding.good_until < FOREVER
    return (
        Link(measured(reading, each), control_url(each.measure.need.control)),
        Quiet("not asked here") if finding.standing is NOT_APPLICABLE else Mark(finding.standing),
        max(days) if days else Quiet("nothing shown"),
        finding.good_until if holds else Quiet("no day"),
        numbered(reading, risks),
    )


def _shown_on(reading: RiskReader) -> Mapping[str, date]:
    """The day of everything that shows a control: evidence recorded, a sample's end, something done."""
    facts = reading.reader.overview.snapshot.facts
    found = {one.key: one.recorded or one.from_ for one in facts.evidence}
    found |= {one.key: one.to for one in facts.samples}
    return found | {one.key: one.on for one in facts.done}
