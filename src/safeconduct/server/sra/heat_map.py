"""The heat map of an assessment: its matrix, the cells that are too grave, its risks, and where they stood before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.look.heat import INKS, Heat, Pin
from safeconduct.server.common.look.words import counted, day_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
    from safeconduct.core.risk.rating import Cell
    from safeconduct.server.sra.shown import RiskReader


def heat_of(reading: RiskReader, before: AssessedRisks | None = None, *, of: str = "current", url: str = "") -> Heat:
    """The map at a level of control; with the risks of another day it shows those that moved since.

    `url` is the list that a cell leads to; the cell is added to it as parameter.
    """
    judged = reading.judged
    matrix, rating = judged.matrix, judged.rating
    down, across = rating.scale(matrix.down), rating.scale(matrix.across)
    cells = {
        (row, column): matrix.at(one.key, other.key)
        for row, one in enumerate(down.classes)
        for column, other in enumerate(across.classes)
    }
    pins = tuple(_pins(reading, _old_cells(before), of))
    held: dict[tuple[int, int], int] = {}
    for pin in pins:
        held[pin.at] = held.get(pin.at, 0) + 1
    results = rating.scale(matrix.result).classes
    inks = {one.key: _ink(place, len(results)) for place, one in enumerate(results)}
    return Heat(
        said=f"Heat map: {down.rates.value} by {across.rates.value}. The register lists the same risks.",
        down=tuple(one.title for one in down.classes),
        across=tuple(one.title for one in across.classes),
        down_title=down.title,
        across_title=_axis(across.rates.value),
        inks={cell: inks[result] for cell, result in cells.items()},
        words={
            (row, column): f"{down.classes[row].title}, {across.classes[column].title.lower()}: "
            f"{reading.priority(cells[row, column])}; {counted(held.get((row, column), 0), 'risk', 'risks')}"
            for row, column in cells
        },
        above=frozenset(
            cell for cell, result in cells.items() if rating.exceeds(matrix, result, judged.assessment.bearable)
        ),
        pins=pins,
        urls={
            (row, column): f"{url}cell={down.classes[row].key}.{across.classes[column].key}#register"
            for row, column in held
            if url
        },
        legend=tuple((inks[one.key], one.title.lower()) for one in results),
        caption=_caption(pins, before),
    )


def _axis(rates: str) -> str:
    return f"{rates.capitalize()}, the gravest kind" if rates == "consequence" else rates.capitalize()


def _ink(place: int, many: int) -> int:
    """The inks of few classes are spread over all there are."""
    return 1 + round(place * (INKS - 1) / max(many - 1, 1))


def _old_cells(before: AssessedRisks | None) -> Mapping[str, Cell]:
    found = before.risks if before else ()
    return {one.risk.key: one.current.cell for one in found if one.current is not None}


def _pins(reading: RiskReader, old: Mapping[str, Cell], of: str) -> list[Pin]:
    rating, matrix = reading.judged.rating, reading.judged.matrix
    down, across = rating.scale(matrix.down), rating.scale(matrix.across)

    def at(cell: Cell | None) -> tuple[int, int] | None:
        return (down.place(cell.down), across.place(cell.across)) if cell and cell.result else None

    found = []
    for one in reading.rated:
        place = at(_cell(one, of))
        if place is None:
            continue
        number = reading.numbers[one.risk.key]
        said = f"{number}: {reading.title(one)}"
        found.append(Pin(number, said, reading.url(one), place, at(old.get(one.risk.key))))
    return found


def _cell(one: RiskJudgement, of: str) -> Cell | None:
    return None if one.levels is None else getattr(one.levels, of).cell


def _caption(pins: tuple[Pin, ...], before: AssessedRisks | None) -> str:
    told = "More ink, more risk. Above the thick step a risk needs a treatment."
    if before is not None and any(pin.was not in (None, pin.at) for pin in pins):
        told += f" A dashed outline is where a risk stood on {day_text(before.day)}."
    return told
