"""How far objectives are, and whether they keep pace with their time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.planning.objectives import ObjectiveProgress, Pace, objectives_on
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Measured, Objective, ObjectiveTarget, Read
from safeconduct.core.risk.judge import assess_risks
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from tests.core.risk.test_judge import JUNE, SEPTEMBER, world

SET, HALF_WAY = date(2026, 5, 1), date(2026, 6, 30)
DUE = SET + 2 * (HALF_WAY - SET)
reading = partial(ObjectiveTarget, measure=Measured.READING, says="thefts a year", start="10", aim="2")
at_gates = partial(ObjectiveTarget, measure=Measured.CONTROL, needs=ControlNeed("gate-control"))


def seen(day: date, *targets: ObjectiveTarget) -> ObjectiveProgress:
    """An objective with some targets, on a day."""
    aim = Objective(key="b", title="Safer yards", targets=targets, since=SET, due=DUE)
    facts = replace(world(), objectives=(aim,))
    ground = Ground(Snapshot(facts), load(), day)
    (found,) = objectives_on(ground, (), assess_risks(ground, facts.risk_assessments[0]))
    return found


@pytest.mark.parametrize(
    ("value", "day", "pace", "gone"),
    [
        ("6", HALF_WAY, Pace.ON_TRACK, 0.5),
        ("7", HALF_WAY, Pace.DRIFTING, 0.375),
        ("2", HALF_WAY, Pace.REACHED, 1.0),
        ("1", HALF_WAY, Pace.REACHED, 1.0),
        ("12", HALF_WAY, Pace.DRIFTING, 0.0),
        ("3", DUE, Pace.DRIFTING, 0.875),
        ("3", DUE + timedelta(days=1), Pace.OVERDUE, 0.875),
    ],
)
def test_a_reading_is_held_against_its_time(value: str, day: date, pace: Pace, gone: float) -> None:
    found = seen(day, reading(readings=(Read(on=SET, value=value),)))
    assert found.pace is pace
    assert found.gone == pytest.approx(gone)


def test_what_is_read_later_does_not_count_yet() -> None:
    found = seen(HALF_WAY, reading(readings=(Read(on=DUE, value="2"),)))
    assert (found.pace, found.gone, found.targets[0].now) == (Pace.UNKNOWN, None, "not read yet")


def test_a_control_is_counted_where_it_stands_that_day() -> None:
    june, september = (seen(day, at_gates(of=("yard", "shed"), aim="100 %")) for day in (JUNE, SEPTEMBER))
    assert (june.targets[0].now, june.gone) == ("stands at 1 of 2", 0.5)
    assert (september.targets[0].now, september.pace) == ("stands at 0 of 2", Pace.OVERDUE)
    assert seen(JUNE, at_gates(of=("yard",), aim="100 %")).pace is Pace.REACHED


def test_a_risk_is_reached_when_it_is_no_graver_than_its_aim() -> None:
    high = ObjectiveTarget(measure=Measured.RISK, of=("r-vehicle-yard",), aim="high")
    assert seen(JUNE, high).pace is Pace.REACHED
    both = ObjectiveTarget(measure=Measured.RISK, of=("r-vehicle-yard", "r-hijack-north"), aim="medium")
    assert (seen(JUNE, both).targets[0].now, seen(JUNE, both).gone) == ("1 of 2 at most medium", 0.5)
    left_out = ObjectiveTarget(measure=Measured.RISK, of=("r-piracy",), aim="medium")
    assert seen(JUNE, left_out).targets[0].now == "not rated"


def test_an_enrolment_that_is_not_judged_measures_nothing() -> None:
    found = seen(JUNE, ObjectiveTarget(measure=Measured.PROGRAMME, of=("none",), aim="100 %"))
    assert (found.targets[0].now, found.pace) == ("not judged", Pace.UNKNOWN)


def test_the_gravest_target_gives_the_pace() -> None:
    found = seen(HALF_WAY, at_gates(of=("yard",), aim="100 %"), reading(readings=(Read(on=SET, value="9"),)))
    assert found.pace is Pace.DRIFTING
    assert found.gone == pytest.approx((1 + 0.125) / 2)


def test_only_what_is_set_and_open_is_shown_the_gravest_first() -> None:
    target = at_gates(of=("yard",), aim="100 %")
    late = Objective(key="late", title="Late", targets=(at_gates(of=("shed",), aim="100 %"),), since=SET, due=JUNE)
    done = Objective(key="done", title="Done", targets=(target,), since=SET, due=DUE)
    closed = replace(done, key="closed", closed=SET)
    coming = replace(done, key="coming", since=DUE)
    facts = replace(world(), objectives=(done, closed, coming, late))
    found = objectives_on(Ground(Snapshot(facts), load(), HALF_WAY), (), None)
    assert [one.objective.key for one in found] == ["late", "done"]
