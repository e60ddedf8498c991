"""From numbers to classes and cells: the plain view of a risk.

A scale reads what it has measures for, and the gravest measure decides. A scale without measures is the result of a
matrix over other scales. What nobody gave a level for is not rated, and never guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

from safeconduct.core.errors import UnknownKey
from safeconduct.core.records.risk import OwnBounds, OwnGrid
from safeconduct.core.records.threats import Level, Matrix, Rates, Scale, ScaleMeasure, Threats

PER_YEAR, SHARE_LEFT, DAYS = "events-per-year", "share", "days"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a scale may read. `threat` and `frequency` are events a year before and with controls; `loss` is money.

    `grave` is the level by measure as recorded: a word of its ladder, or a number in its unit. None: nobody gave one.
    """

    threat: float | None
    frequency: float | None
    left: float
    loss: float | None
    grave: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a risk lies in a matrix, and what that cell says; empty words where it is not rated."""

    down: str = ""
    across: str = ""
    result: str = ""


@dataclass(frozen=True)
class Rating:
    """The scales and matrices of the catalogue, with the organisation's own bounds and cells on a day."""

    threats: Threats
    bounds: tuple[OwnBounds, ...]
    day: date
    grids: tuple[OwnGrid, ...] = ()

    def scale(self, key: str) -> Scale:
        """A scale with the organisation's own bounds where it set some."""
        return self._scales[key]

    def matrix(self, key: str) -> Matrix:
        """A matrix with the organisation's own cells where it set some; UnknownKey for one the catalogue has not."""
        if key not in self.matrices:
            raise UnknownKey("matrix", key, tuple(self.matrices))
        return self.matrices[key]

    @cached_property
    def matrices(self) -> Mapping[str, Matrix]:
        """Every matrix by its key, with own cells."""
        found = dict(self.threats.matrices)
        for own in sorted(self.grids, key=lambda one: one.since):
            if own.since <= self.day and own.matrix in found:
                found[own.matrix] = _with_cells(found[own.matrix], own)
        return found

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        found = dict(self.threats.scales)
        for own in sorted(self.bounds, key=lambda one: one.since):
            if own.since <= self.day and own.scale in found:
                found[own.scale] = _with_bounds(found[own.scale], own)
        return found

    @cached_property
    def _starts(self) -> dict[tuple[str, str], list[float]]:
        """Where the classes of a scale start, by scale and measure, as numbers to look up in."""
        return {
            (scale.key, name): [float(measure.place(one.starts[name])) for one in scale.classes]
            for scale in self._scales.values()
            for name, measure in scale.measures.items()
        }

    def cell(self, matrix: Matrix, numbers: Numbers) -> Cell:
        """Where the numbers lie in a matrix."""
        down, across = self.class_on(matrix.down, numbers), self.class_on(matrix.across, numbers)
        return Cell(down, across, matrix.at(down, across) if down and across else "")

    def class_on(self, key: str, numbers: Numbers) -> str:
        """The class of the numbers on a scale; empty where there is nothing to rate."""
        scale = self.scale(key)
        if not scale.measures:
            joining = next((one for one in self.matrices.values() if one.result == key), None)
            return self.cell(joining, numbers).result if joining else ""
        places = [bisect_right(self._starts[key, name], place) - 1 for name, place in _places(scale, numbers)]
        return scale.classes[max(0, *places)].key if places else ""

    def exceeds(self, matrix: Matrix, result: str, bearable: str) -> bool:
        """Whether a cell's class is graver than the gravest bearable one."""
        scale = self.scale(matrix.result)
        return bool(result) and scale.place(result) > scale.place(bearable)


def _places(scale: Scale, numbers: Numbers) -> Iterator[tuple[str, float]]:
    """By measure, where the numbers stand: what the scale reads and somebody gave."""
    for name, measure in scale.measures.items():
        place = _place(scale, measure, numbers)
        if place is not None:
            yield name, place


def _place(scale: Scale, measure: ScaleMeasure, numbers: Numbers) -> float | None:
    if measure.key in numbers.grave:
        level = read_level(measure, numbers.grave[measure.key])
        return None if level is None else float(measure.place(level))
    if measure.ladder or measure.unit == DAYS:
        return None
    if measure.unit == SHARE_LEFT:
        return numbers.left
    if measure.unit == PER_YEAR:
        return numbers.threat if scale.rates is Rates.THREAT else numbers.frequency
    return numbers.loss


def read_level(measure: ScaleMeasure, text: str) -> Level | None:
    """A level as recorded: a step of the ladder, or a number; None where it is neither."""
    if measure.ladder:
        return text if text in measure.ladder else None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def cell_name(down: str, across: str) -> str:
    """How a cell is named in the organisation's own grid.

    >>> cell_name("likely", "major")
    'likely-major'
    """
    return f"{down}-{across}"


def _with_cells(matrix: Matrix, own: OwnGrid) -> Matrix:
    cells = {cell: own.cells.get(cell_name(*cell), result) for cell, result in matrix.cells.items()}
    return replace(matrix, cells=cells)


def _with_bounds(scale: Scale, own: OwnBounds) -> Scale:
    measure = scale.measures.get(own.measure)
    if measure is None:
        return scale
    classes = []
    for one in scale.classes:
        level = read_level(measure, own.starts.get(one.key, ""))
        classes.append(one if level is None else replace(one, starts={**one.starts, own.measure: level}))
    return replace(scale, classes=tuple(classes))
