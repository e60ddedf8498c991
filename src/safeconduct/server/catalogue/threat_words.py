"""How pages tell what the catalogue knows about threats: amounts, periods, effects, codes, levels of a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.threat_showing import lowering_words
from safeconduct.catalogue.titles import plain, value_words
from safeconduct.core.records.threats import Measured, Origin, Precision, Way
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link, Quiet, Several
from safeconduct.server.common.look.words import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from safeconduct.core.records.threats import Countermeasure, Figure, Level, ScaleMeasure, Scenario
    from safeconduct.server.common.look.values import Shown

WAYS = {Way.PREVENT: "prevents", Way.DETECT: "detects", Way.DELAY: "delays", Way.MITIGATE: "mitigates"}
MEASURED = {
    Measured.COUNT: "count",
    Measured.VALUED_COUNT: "count of those that gave a value",
    Measured.TOTAL: "total",
    Measured.MEAN: "average",
    Measured.MEDIAN: "median",
    Measured.LARGEST: "largest",
    Measured.SHARE: "share",
    Measured.CHANGE: "change",
    Measured.RATE: "rate",
    Measured.ESTIMATE: "estimate",
}
ORIGINS = {Origin.ISSUER: "the issuer's", Origin.OWN: "our defaults, for you to change"}
_PRECISIONS = {
    Precision.EXACT: "",
    Precision.ABOUT: "about ",
    Precision.AT_LEAST: "at least ",
    Precision.AT_MOST: "at most ",
}
_UNITS = {"percent": "%"}
JUDGED = "judgement"


def amount_words(value: Decimal, unit: str) -> str:
    """A number with its unit.

    >>> from decimal import Decimal
    >>> amount_words(Decimal("39.1"), "percent"), amount_words(Decimal(378058), "EUR-per-day")
    ('39.1 %', '378,058 EUR per day')
    """
    return f"{value_words(value)} {_UNITS.get(unit, plain(unit))}".strip()


def figure_words(figure: Figure) -> str:
    """What a figure says, as surely as its source says it: about 455,000,000 USD."""
    return f"{_PRECISIONS[figure.precision]}{amount_words(figure.value, figure.unit)}"


def period_words(figure: Figure) -> Shown:
    """The days a figure covers; a whole year by its number."""
    since, until = figure.since, figure.until
    if since is None or until is None:
        return Quiet("not stated")
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return str(since.year) if since.year == until.year else f"{since.year} to {until.year}"
    return day_text(since) if since == until else f"{day_text(since)} to {day_text(until)}"


def exposure_words(figure: Figure) -> Shown:
    """How many could have been hit; in the second ink where nobody published it."""
    if figure.exposure is None:
        return Quiet("unknown")
    return f"{value_words(figure.exposure.count)} {figure.exposure.of}"


def codes(taxonomy: str, keys: Iterable[str]) -> str:
    """Codes of one of our own lists in words."""
    found = catalogue_in_use().threats.taxonomies[taxonomy]
    return ", ".join(found.title_of(key) for key in keys)


def effect_words(answer: Countermeasure) -> Shown:
    """By how much a control lowers what, when it stands."""
    sides = (("likelihood", answer.likelihood), ("consequence", answer.consequence))
    return Several(tuple(f"{side} by {lowering_words(one)}" for side, one in sides if one), "; ")


def basis_links(keys: Iterable[str]) -> Shown:
    """The figures something rests on, or that it is a judgement."""
    links = tuple(figure_link(key) for key in keys)
    return Several(links, ", ") if links else Quiet(JUDGED)


def figure_link(key: str) -> Link:
    """A figure by its title."""
    return Link(catalogue_in_use().threats.figures[key].title, address("catalogue:figure", key))


def scenario_link(scenario: Scenario, note: str = "") -> Link:
    """A scenario by its number and title."""
    return Link(scenario.title, address("catalogue:scenario", scenario.key), ident=scenario.number, note=note)


def level_words(measure: ScaleMeasure, level: Level) -> str:
    """Where a class starts: from 10,000 EUR, or a word of the ladder."""
    return plain(level) if isinstance(level, str) else f"from {amount_words(level, measure.unit)}"
