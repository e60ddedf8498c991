"""Risk on home: what is graver than bearable and not treated, and the objectives that drift or are overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.planning.objectives import Pace
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Due, Link, Quiet
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import risk_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.server.posture.pages.reader import Reader

_SHOWN = 6
_PRESSING = (Pace.OVERDUE, Pace.DRIFTING)
_TOLD = {
    "risk-untreated": "graver than bearable, nothing decided",
    "risk-not-rated": "not rated yet",
}


def risk_table(reader: Reader) -> Table | None:
    """The pressing risks, the gravest first, then the objectives behind their time; None where there is neither."""
    rows = list(_rows(reader))
    if not rows:
        return None
    more = f"and {counted(len(rows) - _SHOWN, 'more', 'more')}" if len(rows) > _SHOWN else ""
    columns = (Column("Risk or objective", subject=True), Column("Why it presses"), Column("By"), Column("Who"))
    return Table(columns, rows[:_SHOWN], more)


def _rows(reader: Reader) -> Iterator[Row]:
    judged = reader.overview.risks()
    for one in judged.by_priority if judged else ():
        if (told := _TOLD.get(one.finding.code)) is not None:
            ended = max((each.until for each in one.treatments if each.until), default=None)
            why = "graver than bearable, accepted no longer" if ended else told
            name = Link(one.scenario.title, risk_url(one.risk.key), note=reader.names.place(one.risk.at))
            day = Due(ended, reader.day) if ended else Quiet("no day")
            yield Row((name, why, day, one.risk.owner or Quiet("nobody named")))
    for progress in reader.overview.objectives:
        if progress.pace in _PRESSING:
            objective = progress.objective
            name = Link(objective.title, address("risk:objectives"), note="Objective")
            owner = objective.owner or Quiet("nobody named")
            yield Row((name, progress.pace.value, Due(objective.due, reader.day), owner))
