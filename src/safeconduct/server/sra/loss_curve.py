"""What a year may cost, as a curve and a table: from the laws of a year at the levels of control."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

from safeconduct.core.risk.words import rounded
from safeconduct.server.common.look.curve import BARE, BEST, NOW, PLANNED, Curve, Line, Marked
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.words import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safeconduct.core.risk.annual import Year

SHORT = ("current", "inherent", "target")
ALL = (*SHORT, "best")
YEAR_IN_TEN = 0.9
_POINTS = 80
_DRAWN_AT_MOST = 0.002
"""The chance at which a line has come down to the axis."""
_NEARLY_ALL = 0.98
_WIDEST = 1e-4
"""The share of the last amount at which the picture begins at the earliest."""
_NARROWEST, _BEYOND = 30, 1.05
"""How far apart the first and the last amount are at least, and how far the last lies beyond what is drawn."""


@dataclass(frozen=True, slots=True)
class _Told:
    drawn: str
    label: str
    head: str


_LINES = {
    "current": _Told(NOW, "today", "Chance today"),
    "inherent": _Told(BARE, "without controls", "Without controls"),
    "target": _Told(PLANNED, "as planned", "As planned"),
    "best": _Told(BEST, "at best", "If all were shown"),
}


def loss_curve(years: Mapping[str, Year], currency: str, *, of: Sequence[str] = SHORT, rows: int = 4) -> Curve | None:
    """The curve of some levels, today's first, with so many rows of table; None where a year costs nothing at any."""
    shown = [level for level in of if years[level].mean]
    if not shown:
        return None
    amounts = _amounts([years[level] for level in shown])
    marked = _marked(years["current"], amounts, currency)
    return Curve(
        said=f"Loss-exceedance curve: the chance that a year costs more than an amount. {_said(years, currency)}"
        "The table gives points of it.",
        axis=f"Loss in a year, {currency}, log scale",
        lines=[
            Line(_LINES[level].drawn, _LINES[level].label, [(one, years[level].exceeds(one)) for one in amounts])
            for level in shown
        ],
        table=_table(years, currency, of, rows),
        marked=marked,
        caption="Reckoned exactly, on a grid. Harm to people is never counted in money.",
    )


def chance(share: float) -> str:
    """A chance in percent, as far as it counts.

    >>> [chance(one) for one in (0.3812, 0.042, 0.0006, 0.00001, 0)]
    ['38 %', '4.2 %', '0.06 %', 'below 0.01 %', 'none']
    """
    if share <= 0:
        return "none"
    if share < 1e-4:
        return "below 0.01 %"
    if share > 0.9995:
        return "almost sure"
    places = 2 if share < 0.01 else 1 if share < 0.1 or share > 0.99 else 0
    return f"{share * 100:.{places}f} %"


def _said(years: Mapping[str, Year], currency: str) -> str:
    amount = years["current"].quantile(YEAR_IN_TEN)
    return f"One year in ten costs more than {rounded(amount)} {currency}. " if amount else ""


def _marked(year: Year, amounts: Sequence[float], currency: str) -> Marked | None:
    """One year in ten; none where the picture does not reach it."""
    amount = year.quantile(YEAR_IN_TEN)
    if not amounts[0] <= amount <= amounts[-1]:
        return None
    return Marked((amount, 1 - YEAR_IN_TEN), ("1 year in 10", f"over {rounded(amount)} {currency}"))


def _amounts(years: Sequence[Year]) -> list[float]:
    """Amounts evenly in logarithms, from where every line is nearly flat to where the last has come down."""
    highest = max(one.quantile(1 - min(_DRAWN_AT_MOST, _DRAWN_AT_MOST * 10 * (1 - one.none))) for one in years)
    flat = (one.quantile(1 - _NEARLY_ALL * (1 - one.none)) for one in years)
    highest *= _BEYOND
    lowest = min(max(min((one for one in flat if one > 0), default=0.0), highest * _WIDEST), highest / _NARROWEST)
    step = (highest / lowest) ** (1 / (_POINTS - 1))
    return [lowest * step**place for place in range(_POINTS)]


def _table(years: Mapping[str, Year], currency: str, of: Sequence[str], rows: int) -> Table:
    columns = (
        Column(f"More than, {currency}", subject=True, numeric=True),
        *(Column(_LINES[level].head, numeric=True) for level in of),
    )
    today = years["current"] if years["current"].mean else years["inherent"]
    return Table(
        columns,
        [
            Row((grouped(round(amount)), *(chance(years[level].exceeds(amount)) for level in of)))
            for amount in _round_amounts(today, rows)
        ],
    )


def _round_amounts(year: Year, rows: int) -> list[float]:
    """Round amounts (1 and 3 of each power of ten) around those that one year in ten exceeds, the last ones rare."""
    middle = year.quantile(YEAR_IN_TEN) or year.quantile(1 - (1 - year.none) / 2) or year.grid.step
    steps = [
        first * 10.0**power for power in range(floor(log10(middle)) - 4, floor(log10(middle)) + 5) for first in (1, 3)
    ]
    above = next(place for place, amount in enumerate(steps) if amount > middle)
    first = max(above - rows // 2, 0)
    return steps[first : first + rows]
