"""The tables of one risk: its levels, its countermeasures, what its numbers rest on, and what is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.threat_showing import lowering_words
from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.risk.effect import COUNTS
from safeconduct.core.risk.words import percent, times
from safeconduct.server.catalogue.threat_words import WAYS
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Due, Link, Mark, Quiet, Several
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import control_url, register_url
from safeconduct.server.posture.links import place_url as unit_url
from safeconduct.server.sra.shown import LEVELS, RiskReader, priced, treated, upper_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from safeconduct.core.records.risk import Objective, Override, Range, Treatment
    from safeconduct.core.risk.effect import Counted
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.levels import Level
    from safeconduct.server.common.look.values import Shown

_TOLD = {
    "inherent": "if no control stood",
    "current": "with the controls of this day",
    "best": "if all that is unknown were shown",
    "target": "with what is planned and decided",
}
_COUNTED = {1.0: "counts wholly", 0.5: "counts half", 0.0: "does not count"}


def place_url(reading: RiskReader, key: str) -> str:
    """The page of a site, or a lane in its register."""
    snapshot = reading.reader.overview.snapshot
    return register_url("lanes", key) if key in snapshot.lanes else unit_url(snapshot, key)


def levels(reading: RiskReader, one: RiskJudgement) -> Table | None:
    """The risk at the four levels of control; None where it is left out."""
    if one.levels is None:
        return None
    columns = (
        Column("Level", subject=True),
        Column("How often"),
        Column("One event costs", numeric=True),
        Column("Expected a year", numeric=True),
        Column("Persons hurt a year", numeric=True, short="Persons hurt"),
        Column("Rating"),
    )
    at = {of: getattr(one.levels, of) for of in LEVELS}
    rows = [Row((Link(LEVELS[of].capitalize(), note=_TOLD[of]), *_level(reading, level))) for of, level in at.items()]
    return Table(columns, rows)


def _level(reading: RiskReader, level: Level) -> tuple[Shown, ...]:
    often = times(level.frequency.mean) if level.frequency else Quiet("no number")
    cell = level.cell
    rated = (
        Several((reading.likelihood(cell.down), reading.consequence(cell.across), reading.priority(cell.result)), " · ")
        if cell.result and cell.down
        else reading.priority(cell.result) or Quiet("not rated")
    )
    return (
        often,
        reading.money(level.severity.mean) if level.severity else Quiet("no amount"),
        reading.money(level.loss) or Quiet("no amount"),
        f"{level.harmed:.2g}" if level.harmed is not None else Quiet("not said"),
        rated,
    )


def measures(reading: RiskReader, one: RiskJudgement) -> Table | None:
    """Each countermeasure: how it acts, how it stands at the place, how much it counts, and by what it lowers."""
    if not one.measures:
        return None
    columns = (
        Column("Control", subject=True),
        Column("It"),
        Column("Stands"),
        Column("Counts"),
        Column("Lowers, where it stands wholly", short="Lowers"),
    )
    return Table(columns, [Row(tuple(_measure(reading, each))) for each in one.measures])


def measured(reading: RiskReader, each: Counted) -> str:
    """A countermeasure in words: its control, with the elements it asks for where it is kept by some."""
    need, names = each.measure.need, reading.reader.names
    told = ", ".join(names.control(f"{need.control}[{element}]") for element in need.for_)
    return told or names.control(need.control)


def _measure(reading: RiskReader, each: Counted) -> Iterator[Shown]:
    yield Link(measured(reading, each), control_url(each.measure.need.control))
    yield WAYS[each.measure.way]
    yield Mark(each.finding.standing) if each.finding.standing is not NOT_APPLICABLE else Quiet("not asked here")
    best = COUNTS.get(each.finding.at_best, 0.0)
    yield _COUNTED.get(each.counts, percent(each.counts)) + (" (would, if shown)" if best > each.counts else "")
    lowered = [
        f"{name} by {lowering_words(share)}"
        for name, share in (("likelihood", each.measure.likelihood), ("consequence", each.measure.consequence))
        if share is not None
    ]
    yield "; ".join(lowered)


def likelihood(reading: RiskReader, one: RiskJudgement) -> Iterator[tuple[str, Shown]]:
    """What the likelihood rests on, in the order it is reckoned."""
    risk, past = one.risk, one.weighed.history
    yield "Without controls", _range(risk.likelihood, "times a year") or Quiet("nobody said")
    yield "Rests on", risk.basis.value
    if risk.figures:
        yield "Weighed against", Several(tuple(_figure(reading, key) for key in risk.figures), "; ")
    if risk.exposure:
        yield "Scaled to", risk.exposure
    if past.years:
        seen = counted(len(past.incidents), "incident", "incidents")
        yield (
            "Own history",
            f"{seen} in {past.years:.1f} years watched, which weigh as {past.exposure:.1f} without controls",
        )
    elif one.levels is not None:
        yield "Own history", Quiet("nobody has said over which time all incidents are on record")
    if one.levels is not None:
        inherent, current = one.levels.inherent.frequency, one.levels.current.frequency
        if inherent is not None and current is not None:
            yield "Learned", f"{times(inherent.mean)} without controls"
            left = one.levels.current.left
            yield (
                "Controls leave",
                f"{percent(left.middle)} ({percent(left.least)} to {percent(left.most)}): {times(current.mean)}",
            )
    if risk.note:
        yield "How it was weighed", risk.note


def _figure(reading: RiskReader, key: str) -> Link:
    figure = reading.reader.overview.catalogue.threats.figures.get(key)
    return Link(figure.title if figure else key, address("catalogue:figure", key))


def consequence(reading: RiskReader, one: RiskJudgement) -> Iterator[tuple[str, Shown]]:
    """What one event would do, measure by measure."""
    risk, facts = one.risk, reading.reader.overview.snapshot.facts
    yield "One event costs", _range(risk.loss, reading.currency) or Quiet("no amount given")
    yield "Persons hurt", _range(risk.harm, "persons") or Quiet("not said")
    for measure, level in risk.grave.items():
        yield _measure_title(reading, measure), level.replace("-", " ")
    titles = {asset.key: asset.title for asset in facts.assets}
    if risk.assets:
        yield (
            "Hits",
            Several(tuple(Link(titles.get(key, key), register_url("assets", key)) for key in risk.assets), "; "),
        )
    if one.current is not None:
        left = one.current.cost_left
        yield "Controls leave", f"{percent(left.middle)} of it ({percent(left.least)} to {percent(left.most)})"


def _measure_title(reading: RiskReader, key: str) -> str:
    scales = reading.reader.overview.catalogue.threats.scales.values()
    return next((scale.measures[key].title for scale in scales if key in scale.measures), key).capitalize()


def _range(numbers: Range | None, unit: str) -> str:
    if numbers is None:
        return ""
    return f"{_grouped(numbers.low)} to {_grouped(numbers.high)} {unit}"


def _grouped(text: str) -> str:
    number = float(text)
    return f"{number:,.0f}" if number >= 1000 else text


def incidents(reading: RiskReader, one: RiskJudgement) -> Table | None:
    """The incidents of the scenario at the place, the latest first; those that were tried and failed say so."""
    facts = reading.reader.overview.snapshot.facts
    found = [
        each
        for each in facts.incidents
        if (each.scenario, each.at) == (one.risk.scenario, one.risk.at) and each.on <= reading.judged.day
    ]
    if not found:
        return None
    taught = {each.key for each in one.weighed.history.incidents}
    columns = (Column("Day"), Column("What happened", subject=True), Column("Cost", numeric=True), Column("Taught"))
    rows = [
        Row(
            (
                each.on,
                Link(each.text or "Incident", register_url("incidents", each.key)),
                each.loss or Quiet("not said"),
                "counts" if each.key in taught else Quiet("tried and failed" if each.attempted else "not watched then"),
            )
        )
        for each in sorted(found, key=lambda each: each.on, reverse=True)
    ]
    return Table(columns, rows)


def decided(reading: RiskReader, one: RiskJudgement) -> Iterator[tuple[str, Table]]:
    """Treatments, objectives and numbers set by hand, each in a table; only those there are."""
    overrides = reading.reader.overview.snapshot.overrides.get(one.risk.key, ())
    if one.treatments:
        columns = (Column("Treatment", subject=True), Column("By"), Column("Who"), Column("Cost"), Column("Why"))
        yield "Treatments", Table(columns, [Row(tuple(treatment_cells(each, reading))) for each in one.treatments])
    if one.objectives:
        paces = {each.objective.key: each.pace.value for each in reading.reader.overview.objectives}
        heads = (Column("Objective", subject=True), Column("By"), Column("Who"), Column("Pace"))
        day = reading.judged.day
        yield "Objectives", Table(heads, [Row(tuple(_objective(each, paces, day))) for each in one.objectives])
    if overrides:
        columns = (Column("Set by hand", subject=True), Column("Value"), Column("Who"), Column("Holds"), Column("Why"))
        rows = [Row(tuple(override_cells(each, reading.judged.day))) for each in overrides]
        yield "Numbers set by hand", Table(columns, rows)


def _objective(one: Objective, paces: Mapping[str, str], day: date) -> Iterator[Shown]:
    yield Link(one.title, register_url("objectives", one.key))
    yield Due(one.due, day)
    yield one.owner or Quiet("nobody named")
    yield paces.get(one.key, "")


def override_cells(one: Override, day: date) -> Iterator[Shown]:
    """What is set by hand, its value, by whom, over which days, and why."""
    yield Link(one.what.value.capitalize(), register_url("overrides", one.key))
    yield one.value
    yield one.by
    yield Several((one.since, one.until), " to ") if one.since <= day <= one.until else Quiet("not on this day")
    yield one.why


def _end(one: Treatment, day: date) -> Shown:
    """By when it is to stand, or until when it holds; what is done is late no more."""
    end = one.until or one.due
    if one.done is not None and one.done <= day:
        return end
    return Due(end, day) if end else Quiet("no day")


def treatment_cells(one: Treatment, reading: RiskReader) -> Iterator[Shown]:
    """A treatment with its planned controls, its end, who answers for it, its cost and its reason."""
    names = reading.reader.names
    planned = [
        f"{names.control(each.needs.control)} at {names.place(each.at)}"
        for each in one.controls
        if isinstance(each.needs, ControlNeed)
    ]
    yield Link(
        upper_first(treated(one, reading.judged.day)), register_url("treatments", one.key), note="; ".join(planned)
    )
    yield _end(one, reading.judged.day)
    yield one.owner or Quiet("nobody named")
    yield priced(one.cost) or Quiet("not said")
    yield one.why or Quiet("not said")
