"""The report's chapters of the risks: each with its classes and its because, and what is decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE
from safeconduct.core.records.risk import Way
from safeconduct.core.records.threats import Rates
from safeconduct.core.risk.rating import Numbers
from safeconduct.core.risk.words import percent, times
from safeconduct.core.sentences import sentence
from safeconduct.server.common.look.lists import Column
from safeconduct.server.common.look.values import Ident, Link, Quiet
from safeconduct.server.sra.heat_map import heat_of
from safeconduct.server.sra.pages.report.method import scales_of
from safeconduct.server.sra.pages.report.parts import Chapter, Part, tabled
from safeconduct.server.sra.pages.risk_tables import treatment_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.core.records.threats import Scale
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.levels import Level
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader

_TREATED = ("Risk", "Decided", "By", "Owner", "Cost", "Why", "Rating today", "Residual rating")
_ACCEPTED = ("Risk", "Rating", "Until", "By whom", "Why")


def register(reading: RiskReader) -> Chapter:
    """The heat map and every risk that is rated, the gravest first."""
    rated = _read(reading)
    heads = (
        Column("No."),
        Column("Scenario and place", subject=True),
        *(Column(one.rates.value.capitalize()) for one in rated),
        *(() if _vulnerability(rated) else (Column("Vulnerability"),)),
        Column("Rating"),
        Column("Because"),
    )
    rows = (tuple(_risk(reading, one, rated)) for one in reading.rated)
    return Chapter(
        "register",
        (
            Part("Heat map", heat=heat_of(reading)),
            tabled(heads, rows, none="No risk is on record.", heading="Risks, the gravest first", said=_VULNERABLE),
        ),
    )


_VULNERABLE = "Vulnerability is the share of the likelihood that the controls of the day leave."


def _read(reading: RiskReader) -> list[Scale]:
    """The scales that read numbers or words; those that are the result of a matrix are not among them."""
    return [one for one in scales_of(reading) if one.measures]


def _vulnerability(scales: list[Scale]) -> bool:
    return any(one.rates is Rates.VULNERABILITY for one in scales)


def _risk(reading: RiskReader, one: RiskJudgement, scales: list[Scale]) -> Iterator[Shown]:
    level = one.current
    assert level is not None
    numbers = _numbers(one, level)
    yield Ident(reading.numbers[one.risk.key])
    yield reading.link(one)
    for scale in scales:
        key = reading.judged.rating.class_on(scale.key, numbers)
        told = reading.class_title(scale.key, key)
        yield Link(told, note=_number(reading, scale, level)) if told else Quiet("not rated")
    if not _vulnerability(scales):
        yield percent(level.left.middle)
    yield _rating(reading, one)
    yield because(reading, one)


def _numbers(one: RiskJudgement, level: Level) -> Numbers:
    """What the scales read of a risk as it is today."""
    assert one.levels is not None
    bare = one.levels.inherent.frequency
    return Numbers(
        threat=bare.mean if bare else None,
        frequency=level.frequency.mean if level.frequency else None,
        left=level.left.middle,
        loss=level.severity.mean if level.severity else None,
        grave=one.risk.grave,
    )


def _number(reading: RiskReader, scale: Scale, level: Level) -> str:
    """The number beside a class, where the scale has one to read."""
    match scale.rates:
        case Rates.LIKELIHOOD:
            return times(level.frequency.mean) if level.frequency else ""
        case Rates.VULNERABILITY:
            return f"{percent(level.left.middle)} left"
        case Rates.CONSEQUENCE:
            return f"{reading.money(level.severity.mean)} an event" if level.severity else ""
        case _:
            return ""


def _rating(reading: RiskReader, one: RiskJudgement) -> Shown:
    if not one.priority:
        return Quiet("not rated")
    assert one.levels is not None
    bare = reading.priority(one.levels.inherent.cell.result)
    notes = [f"without controls {bare}"] if bare else []
    notes += ["graver than bearable"] if one.above else []
    notes += ["set by hand"] if one.levels.current.overridden else []
    return Link(reading.priority(one.priority), note=", ".join(notes))


def because(reading: RiskReader, one: RiskJudgement) -> Shown:
    """In one line the countermeasure whose lack leaves most; that all stand, or that none is known."""
    asked = [each for each in one.finding.because if each.standing is not NOT_APPLICABLE]
    short = next((each for each in asked if each.standing is not MET), None)
    if short is not None:
        return f"{reading.reader.names.about(short)}: {sentence(short)}"
    return Quiet("all that answer it are met" if asked else "no control is known to answer it")


def treatment(reading: RiskReader) -> Chapter:
    """What is decided about each risk, what will be left of it, and what is borne as it is."""
    return Chapter(
        "treatment",
        (
            tabled(_TREATED, _treated(reading), none="No risk asks for a treatment, and none is decided."),
            tabled(
                _ACCEPTED,
                _accepted(reading),
                none="No risk is accepted.",
                heading="Accepted risks",
                said="An acceptance ends by itself; after its last day the risk is untreated again.",
            ),
        ),
    )


def _treated(reading: RiskReader) -> Iterator[tuple[Shown, ...]]:
    for one in reading.rated:
        assert one.levels is not None
        now, left = (_class(reading, level) for level in (one.levels.current, one.levels.target))
        found = [each for each in one.treatments if each.way is not Way.ACCEPT]
        for each in found:
            yield _named(reading, one), *treatment_cells(each, reading), now, left
        if one.above and not one.treatments:
            aimed = "; ".join(each.title for each in one.objectives)
            decided = f"Objective: {aimed}" if aimed else Quiet("nothing decided")
            yield _named(reading, one), decided, None, one.risk.owner or Quiet("nobody named"), None, None, now, left


def _class(reading: RiskReader, level: Level) -> Shown:
    return reading.priority(level.cell.result) or Quiet("not rated")


def _named(reading: RiskReader, one: RiskJudgement) -> Link:
    number = reading.numbers[one.risk.key]
    return Link(one.scenario.title, reading.url(one), ident=number, note=reading.place(one.risk.at))


def _accepted(reading: RiskReader) -> Iterator[tuple[Shown, ...]]:
    for one in reading.rated:
        for each in one.treatments:
            if each.way is Way.ACCEPT:
                told, _end, owner, _cost, why = treatment_cells(each, reading)
                yield _named(reading, one), reading.priority(one.priority), told, owner, why
