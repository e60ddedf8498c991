"""Some risks of an assessment: those of a place, a single one; and the controls whose worth can be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.core.risk.effect import Counted, Counting
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
from safeconduct.core.risk.planned import counting_also
from safeconduct.core.risk.portfolio import LEVELS, Portfolio, portfolio
from safeconduct.core.snapshot import Snapshot


def chosen(judged: AssessedRisks, *, at: str = "", risk: str = "") -> tuple[RiskJudgement, ...]:
    """The risks at a place, or a single one, the gravest first; all without a choice, and none where none is both.

    UnknownKey for a place at which the assessment has no risk, and for a risk it does not have.
    """
    places = dict.fromkeys(one.risk.at for one in judged.risks)
    if at and at not in places:
        raise UnknownKey("place with risks", at, tuple(places))
    if risk:
        judged.risk(risk)
    return tuple(one for one in judged.by_priority if at in ("", one.risk.at) and risk in ("", one.risk.key))


def year_of_risks(judged: AssessedRisks, of: str = "current", *, at: str = "", risk: str = "") -> Portfolio:
    """The losses of a year at a level of control: of all risks, of a place, or of one; common causes strike as well.

    UnknownKey for a level other than inherent, current, best or target, and as in `chosen`.
    """
    if of not in LEVELS:
        raise UnknownKey("level of control", of, LEVELS)
    return portfolio(chosen(judged, at=at, risk=risk), of, judged.common)


def controls_in_place(judged: AssessedRisks) -> tuple[str, ...]:
    """The controls that take something from a risk today, each once, in the order of the risks."""
    counting = (each.measure.need.control for one in judged.risks for each in one.measures if each.counts)
    return tuple(dict.fromkeys(counting))


def candidates(snapshot: Snapshot, judged: AssessedRisks) -> dict[str, Counting]:
    """Countermeasures that do not stand wholly, by `named`: how all countermeasures would count if that control stood.

    What is left out of the assessment, or does not apply at its unit, asks for nothing.
    """
    return {named(control, unit): counting_also(snapshot, [(control, unit)]) for control, unit in lacking(judged)}


def planned(judged: AssessedRisks) -> frozenset[str]:
    """Those of the candidates, by `named`, that a treatment or an objective of some risk brings about."""
    return frozenset(
        named(each.measure.need.control, each.at)
        for one in judged.risks
        if one.levels is not None
        for each in one.measures
        if each.counts < 1 and one.levels.planned(each) == 1
    )


def named(control: str, unit: str) -> str:
    """A control at a unit, in one word for tables and for programs.

    >>> named("gate-control", "yard")
    'gate-control at yard'
    """
    return f"{control} at {unit}"


def lacking(judged: AssessedRisks) -> tuple[tuple[str, str], ...]:
    """The countermeasures that do not stand wholly, each control with its unit once, in the order of the risks."""
    return tuple(dict.fromkeys((each.measure.need.control, each.at) for each in _lacking(judged)))


def _lacking(judged: AssessedRisks) -> Iterator[Counted]:
    for one in judged.risks:
        if one.levels is not None:
            asked = (each for each in one.measures if each.finding.standing is not NOT_APPLICABLE)
            yield from (each for each in asked if each.counts < 1)
