"""Facts moved in time, so that an example made for one day can be shown on another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from safeconduct.core.records.facts import Facts
from safeconduct.core.records.history import Figure

_COMMON_YEAR, _COMMON_DAYS = 2001, 365  # any year without a leap day
_YEAR = 365.2425  # its mean length in days
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def shift(facts: Facts, days: int) -> Facts:
    """The same facts with every day moved by a number of days, later or (negative) earlier.

    Financial years move along: a figure for a year that closed on its entity's financial year end stays one. What the
    catalogue dates stays where it is. Raises OverflowError when a day would leave the calendar.
    """
    ends = {unit.key: unit.financial_year_end for unit in facts.units}
    moved: Facts = _moved(facts, timedelta(days=days))
    units = tuple(replace(unit, financial_year_end=_moved_end(unit.financial_year_end, days)) for unit in moved.units)
    new_ends = {unit.key: unit.financial_year_end for unit in units}
    figures = tuple(
        _with_closed_year(figure, now, ends, new_ends) for figure, now in zip(facts.figures, moved.figures, strict=True)
    )
    return replace(moved, units=units, figures=figures)


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date):
        return value + by
    if isinstance(value, tuple):
        return tuple(_moved(member, by) for member in value)
    if isinstance(value, Mapping):
        return {key: _moved(member, by) for key, member in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _moved(getattr(value, field.name), by) for field in fields(value)})
    return value


def _moved_end(end: str, days: int) -> str:
    """A financial year end moved along, as a day every year has; moving back gives the first one again."""
    within_the_year = round(days - _YEAR * round(days / _YEAR))
    number = date.fromisoformat(f"{_COMMON_YEAR}-{end}").timetuple().tm_yday - 1 + within_the_year
    return (date(_COMMON_YEAR, 1, 1) + timedelta(days=number % _COMMON_DAYS)).strftime("%m-%d")


def _with_closed_year(figure: Figure, moved: Figure, ends: Mapping[str, str], new_ends: Mapping[str, str]) -> Figure:
    """A moved figure: a day it tells moves too, and its year closes on the moved financial year end."""
    moved = replace(moved, value=_moved_value(figure.value, moved.year_end - figure.year_end))
    if ends.get(figure.unit) != figure.year_end.strftime("%m-%d"):
        return moved
    years = (moved.year_end.year - 1, moved.year_end.year, moved.year_end.year + 1)
    closings = [date.fromisoformat(f"{year:04d}-{new_ends[figure.unit]}") for year in years]
    return replace(moved, year_end=min(closings, key=lambda day: abs(day - moved.year_end)))


def _moved_value(value: str, by: timedelta) -> str:
    if not _DAY.fullmatch(value):
        return value
    return (date.fromisoformat(value) + by).isoformat()
