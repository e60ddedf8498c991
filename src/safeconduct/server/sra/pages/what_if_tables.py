"""The tables of what-if: risks that would move, the year, programmes, requirements; each now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.core.risk.words import times
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Mark, Moved, Quiet
from safeconduct.server.posture.links import programme_url, row_url
from safeconduct.server.sra.supposed_world import met_of, musts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.levels import Level
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.supposed_world import World


def risks_table(world: World) -> Table:
    """The risks that would move, the gravest first."""
    columns = (
        Column("Scenario and place", subject=True),
        Column("Rating"),
        Column("How often"),
        Column("Now expected a year", numeric=True, short="Now a year"),
        Column("Then", numeric=True, short="Then a year"),
    )
    return Table(columns, [Row(tuple(_risk(world, one))) for one in world.moved])


def _risk(world: World, one: RiskJudgement) -> Iterator[Shown]:
    before, reading = world.before(one), world.now
    assert before.current is not None
    assert one.current is not None
    yield reading.link(one)
    was, now = (reading.priority(each.priority) or "not rated" for each in (before, one))
    by_hand = "set by hand until now" if before.current.overridden else ""
    yield Moved("", was, now) if was != now else Link(now, note=by_hand)
    yield Moved("", _often(before.current), _often(one.current))
    yield reading.money(before.current.loss) or Quiet("no amount")
    yield reading.money(one.current.loss) or Quiet("no amount")


def _often(level: Level) -> str:
    return times(level.frequency.mean) if level.frequency else "no number"


def year_table(world: World) -> Table:
    """The year in money, now and then."""
    columns = (
        Column("Measure", subject=True),
        Column("Now", numeric=True),
        Column("Then", numeric=True),
        Column("Difference", numeric=True),
    )
    measures: tuple[tuple[str, Callable[[Year], float]], ...] = (
        ("Average year", lambda one: one.mean),
        ("One year in ten costs more than", lambda one: one.quantile(0.9)),
        ("One year in a hundred costs more than", lambda one: one.quantile(0.99)),
        ("Average of the worst year in a hundred", lambda one: one.tail_mean(0.99)),
    )
    return Table(columns, [Row((head, *_amounts(world, of))) for head, of in measures])


def _amounts(world: World, of: Callable[[Year], float]) -> Iterator[Shown]:
    money, was, now = world.now.money, of(world.year_now), of(world.year)
    yield money(was)
    yield money(now)
    if abs(now - was) < 1:
        yield Quiet("none")
    else:
        yield f"{'+' if now > was else '−'}{money(abs(now - was))}"


def programmes_table(world: World) -> Table:
    """Each programme: how many of its musts are met, now and then."""
    columns = (
        Column("Programme", subject=True),
        Column("Musts met now", numeric=True),
        Column("Then", numeric=True, short="Musts met then"),
    )
    names, rows = world.now.reader.names, []
    for was, then in zip(world.programmes_now, world.programmes, strict=True):
        link = Link(names.programme(was.programme, was.enrolment), programme_url(was.enrolment.key))
        rows.append(Row((link, f"{met_of(was)} of {musts_of(was)}", f"{met_of(then)} of {musts_of(then)}")))
    return Table(columns, rows)


def rows_table(world: World) -> Table | None:
    """The requirements that would stand otherwise and decide a programme on either side; None where there is none."""
    columns = (Column("Requirement", subject=True), Column("Now"), Column("Then"))
    rows = []
    for was, then in zip(world.programmes_now, world.programmes, strict=True):
        found = {(row.requirement.key, row.unit): row for row in then.rows}
        for row in was.rows:
            after = found[row.requirement.key, row.unit]
            if (row.counts or after.counts) and row.standing is not after.standing:
                rows.append(Row((_requirement(world, row), _mark(row), _mark(after))))
    return Table(columns, rows) if rows else None


def _requirement(world: World, row: RowJudgement) -> Link:
    return Link(world.now.reader.names.row(row), row_url(row), note=row.requirement.title)


def _mark(row: RowJudgement) -> Shown:
    return Quiet("not asked") if row.standing is NOT_APPLICABLE else Mark(row.standing)
