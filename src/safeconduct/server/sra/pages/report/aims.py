"""The report's chapters of what is aimed at, what a year may cost, and what persons set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.look.values import Quiet
from safeconduct.server.sra.loss_curve import ALL, loss_curve
from safeconduct.server.sra.pages.objectives import targets_table
from safeconduct.server.sra.pages.report.parts import Chapter, Part, tabled
from safeconduct.server.sra.pages.risk_tables import override_cells
from safeconduct.server.sra.pages.year import assumptions, contributions_table, levels_table
from safeconduct.server.sra.yearly import Yearly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader

_BY_HAND = ("Risk", "What", "Value", "Who", "Holds", "Why")
_ROWS = 6


def objectives(reading: RiskReader) -> Chapter:
    """Every objective of the day with its targets and how far they are, the gravest pace first."""
    found = reading.reader.overview.objectives
    if not found:
        return Chapter("objectives", (Part(said=Quiet("No objective is set.")),))
    return Chapter("objectives", (Part(table=targets_table(reading.reader, found)),))


def year(reading: RiskReader) -> Chapter:
    """The law of what all risks together cost in a year: curve, figures by level, parts, and what it assumes."""
    found = Yearly(reading, "", "")
    if not any(one.mean for one in found.years.values()):
        return Chapter("year", (Part(said=Quiet("No risk has both a likelihood and a loss, so no amount is told.")),))
    names = "; ".join(reading.title(one) for one in found.without_numbers)
    without = (Part("Without amounts, and in none of this", names),) if names else ()
    return Chapter(
        "year",
        (
            Part(curve=loss_curve(found.years, reading.currency, of=ALL, rows=_ROWS)),
            Part("With and without controls", table=levels_table(found)),
            Part("Where it comes from", table=contributions_table(found)),
            *without,
            Part("What is assumed", facts=tuple(assumptions(found))),
        ),
    )


def by_hand(reading: RiskReader) -> Chapter:
    """What persons set by hand for the risks of the assessment, with reason and end."""
    return Chapter("by-hand", (tabled(_BY_HAND, _overrides(reading), none="No number was set by hand."),))


def _overrides(reading: RiskReader) -> Iterator[tuple[Shown, ...]]:
    kept = reading.reader.overview.snapshot.overrides
    for one in reading.judged.risks:
        for each in kept.get(one.risk.key, ()):
            if each.since <= reading.judged.day:
                yield reading.link(one), *override_cells(each, reading.judged.day)
