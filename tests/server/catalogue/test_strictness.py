"""Which of several bounds is told first: the one that asks most."""

from __future__ import annotations

from decimal import Decimal

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.quantities import Money, ParameterKind, Percent
from safeconduct.core.records.catalogue import Parameter
from safeconduct.core.records.needs import Bound, Op
from safeconduct.server.catalogue.strictness import strictness

CATALOGUE = load()
SEAL_CLASS = CATALOGUE.controls["seal-fitting"].parameters["class"]
INTERVAL = Parameter("interval", ParameterKind.DURATION, better="less")
KEEP = Parameter("keep", ParameterKind.DURATION, better="more")
NUMBER = Parameter("share", ParameterKind.PERCENT, better="more")
TOPICS = Parameter("topics", ParameterKind.SET, terms="seal-topics")


def months(count: int) -> Duration:
    return Duration(count, DurationUnit.MONTHS)


@pytest.mark.parametrize(
    ("parameter", "more", "less"),
    [
        (SEAL_CLASS, Bound(Op.AT_LEAST, "high-security"), Bound(Op.AT_LEAST, "security")),
        (SEAL_CLASS, Bound(Op.AT_MOST, "indicative"), Bound(Op.AT_MOST, "security")),
        (SEAL_CLASS, Bound(Op.AT_LEAST, "none"), Bound(Op.AT_LEAST, own=True)),
        (INTERVAL, Bound(Op.AT_MOST, months(6)), Bound(Op.AT_MOST, months(12))),
        (INTERVAL, Bound(Op.AT_MOST, Duration(30, DurationUnit.DAYS)), Bound(Op.AT_MOST, months(6))),
        (INTERVAL, Bound(Op.AT_MOST, months(60)), Bound(Op.AT_MOST, own=True)),
        (KEEP, Bound(Op.AT_LEAST, months(60)), Bound(Op.AT_LEAST, months(12))),
        (NUMBER, Bound(Op.AT_LEAST, Percent(Decimal(95))), Bound(Op.AT_LEAST, Percent(Decimal(90)))),
        (NUMBER, Bound(Op.AT_MOST, Decimal(1)), Bound(Op.AT_MOST, Decimal(2))),
        (NUMBER, Bound(Op.AT_MOST, Money(Decimal(5), "EUR")), Bound(Op.AT_MOST, Money(Decimal(6), "EUR"))),
        (TOPICS, Bound(Op.INCLUDES, frozenset({"log", "access"})), Bound(Op.INCLUDES, frozenset({"log"}))),
        (TOPICS, Bound(Op.ONE_OF, frozenset({"log"})), Bound(Op.ONE_OF, frozenset({"log", "access"}))),
    ],
)
def test_the_bound_that_asks_more_comes_first(parameter: Parameter, more: Bound, less: Bound) -> None:
    assert strictness(CATALOGUE, parameter, more) > strictness(CATALOGUE, parameter, less)


def test_flags_ask_alike() -> None:
    flag = Parameter("photo", ParameterKind.FLAG)
    assert strictness(CATALOGUE, flag, Bound(Op.YES, True)) == strictness(CATALOGUE, flag, Bound(Op.YES, True))
