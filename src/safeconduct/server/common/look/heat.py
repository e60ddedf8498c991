"""The heat map: risks in the cells of a matrix, with the step between what is bearable and what is not.

Geometry is computed here for two cuts, broad and narrow; ink comes from classes. Its table twin is the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    type Cell = tuple[int, int]

INKS = 5
"""How many inks there are, from the mildest class to the gravest."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One risk on the map: its short name, what it is told as, and where it leads; `was` is where it stood before."""

    label: str
    said: str
    url: str
    at: Cell
    was: Cell | None = None


@dataclass(frozen=True, slots=True)
class Heat:
    """A matrix with risks: classes from the mildest to the gravest, the ink of each cell, which cells are too grave.

    `down` are the classes of the rows, the gravest drawn at the top. `urls` leads from a cell to its risks.
    """

    said: str
    down: tuple[str, ...]
    across: tuple[str, ...]
    down_title: str
    across_title: str
    inks: dict[Cell, int]
    words: dict[Cell, str]
    above: frozenset[Cell]
    pins: Sequence[Pin]
    urls: dict[Cell, str]
    legend: tuple[tuple[int, str], ...] = ()
    caption: str = ""

    @property
    def limit(self) -> bool:
        """Whether some cells are bearable and some are not."""
        return 0 < len(self.above) < len(self.inks)


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn rectangle; a cell has its ink, a pin its words in the middle."""

    x: str
    y: str
    width: str
    height: str
    ink: int = 0
    url: str = ""
    said: str = ""
    label: str = ""
    label_x: str = ""
    label_y: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words on the map."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class HeatCut:
    """The map drawn for one width of the sheet."""

    name: str
    width: str
    height: str
    cells: tuple[Box, ...]
    rows: tuple[Words, ...]
    columns: tuple[Words, ...]
    step: str
    limit: Words | None
    pins: tuple[Box, ...]
    ghosts: tuple[Box, ...]
    arrows: tuple[str, ...]
    title: Words


@dataclass(frozen=True, slots=True)
class _Sizes:
    name: str
    left: float
    width: float
    height: float
    pin: float
    room: int
    """How many pins a cell has room for."""


_WIDE = _Sizes("wide-pic", 96, 464, 68, 40, 4)
_TALL = _Sizes("tall", 74, 284, 62, 34, 2)
_TOP, _PIN_HEIGHT, _GAP, _FOOT = 4.0, 24.0, 3.0, 44.0
_ARROWS = 4


def wide_heat(heat: Heat) -> HeatCut:
    """The broad cut."""
    return _Drawing(heat, _WIDE).cut()


def tall_heat(heat: Heat) -> HeatCut:
    """The narrow cut."""
    return _Drawing(heat, _TALL).cut()


@dataclass(frozen=True, slots=True)
class _Drawing:
    heat: Heat
    sizes: _Sizes

    @property
    def wide(self) -> float:
        """The width of a cell."""
        return self.sizes.width / len(self.heat.across)

    def cut(self) -> HeatCut:
        heat, sizes = self.heat, self.sizes
        bottom = _TOP + len(heat.down) * sizes.height
        found = list(self._pins())
        middles = {box.label: box for box in found}
        moved = [pin for pin in heat.pins if pin.was not in (None, pin.at) and pin.label in middles][:_ARROWS]
        ghosts = [self._ghost(pin) for pin in moved]
        return HeatCut(
            name=sizes.name,
            width=_text(sizes.left + sizes.width + 6),
            height=_text(bottom + _FOOT),
            cells=tuple(self._cells()),
            rows=tuple(
                Words(_text(sizes.left - 8), _text(self._y(row) + sizes.height / 2 + 4), name)
                for row, name in enumerate(heat.down)
            ),
            columns=tuple(
                Words(_text(self._x(column) + self.wide / 2), _text(bottom + 18), name)
                for column, name in enumerate(heat.across)
            ),
            step=self._step(),
            limit=self._limit(),
            pins=tuple(found),
            ghosts=tuple(ghosts),
            arrows=tuple(_arrow(ghost, middles[pin.label]) for pin, ghost in zip(moved, ghosts, strict=True)),
            title=Words(_text(sizes.left + sizes.width / 2), _text(bottom + 38), heat.across_title),
        )

    def _x(self, column: int) -> float:
        return self.sizes.left + column * self.wide

    def _y(self, row: int) -> float:
        """The upper edge of a row; the gravest stands at the top."""
        return _TOP + (len(self.heat.down) - 1 - row) * self.sizes.height

    def _cells(self) -> Iterator[Box]:
        for cell, ink in self.heat.inks.items():
            row, column = cell
            yield Box(
                _text(self._x(column)),
                _text(self._y(row)),
                _text(self.wide),
                _text(self.sizes.height),
                ink,
                self.heat.urls.get(cell, ""),
                self.heat.words.get(cell, ""),
            )

    def _pins(self) -> Iterator[Box]:
        """The risks of each cell; where there is no room for all of them, how many there are."""
        by_cell: dict[Cell, list[Pin]] = {}
        for pin in self.heat.pins:
            by_cell.setdefault(pin.at, []).append(pin)
        for cell, pins in by_cell.items():
            if len(pins) <= self.sizes.room:
                yield from (self._pin(cell, place, len(pins), pin) for place, pin in enumerate(pins))
            else:
                yield self._box(cell, 0, 0, f"{len(pins)}", self.heat.urls.get(cell, ""), self.heat.words[cell])

    def _pin(self, cell: Cell, place: int, many: int, pin: Pin) -> Box:
        """Pins stand in a column of two; four stand in two columns."""
        height, width = _PIN_HEIGHT + _GAP, self.sizes.pin + _GAP
        columns = 2 if many > 2 else 1
        rows = -(-many // columns)
        aside = (place % columns - (columns - 1) / 2) * width
        down = (place // columns - (rows - 1) / 2) * height
        return self._box(cell, aside, down, pin.label, pin.url, pin.said)

    def _box(self, cell: Cell, aside: float, down: float, label: str, url: str, said: str) -> Box:
        row, column = cell
        x = self._x(column) + self.wide / 2 + aside
        y = self._y(row) + self.sizes.height / 2 + down
        return Box(
            _text(x - self.sizes.pin / 2),
            _text(y - _PIN_HEIGHT / 2),
            _text(self.sizes.pin),
            _text(_PIN_HEIGHT),
            url=url,
            said=said,
            label=label,
            label_x=_text(x),
            label_y=_text(y + 4),
        )

    def _ghost(self, pin: Pin) -> Box:
        assert pin.was is not None
        return self._box(pin.was, 0, 0, "", "", "")

    def _step(self) -> str:
        """The line between cells that are bearable and cells that are not."""
        above = self.heat.above
        found = []
        for row, column in self.heat.inks:
            grave = (row, column) in above
            x, y = self._x(column), self._y(row)
            if (row, column + 1) in self.heat.inks and ((row, column + 1) in above) != grave:
                found.append(f"M{_text(x + self.wide)} {_text(y)}V{_text(y + self.sizes.height)}")
            if (row + 1, column) in self.heat.inks and ((row + 1, column) in above) != grave:
                found.append(f"M{_text(x)} {_text(y)}H{_text(x + self.wide)}")
        return "".join(found)

    def _limit(self) -> Words | None:
        """Where the line is named: under its lowest end at the right edge."""
        if not self.heat.limit:
            return None
        last = len(self.heat.across) - 1
        bearable = [row for row in range(len(self.heat.down)) if (row, last) not in self.heat.above]
        if not bearable:
            return None
        return Words(_text(self._x(last) + self.wide - 6), _text(self._y(max(bearable)) + 17), "bearable")


def _arrow(ghost: Box, pin: Box) -> str:
    """From the middle of the outline to the middle of the pin, kept short of both."""
    half = _PIN_HEIGHT / 2
    x1, y1 = float(ghost.label_x), float(ghost.label_y) - 4
    x2, y2 = float(pin.label_x), float(pin.label_y) - 4
    if abs(y2 - y1) >= abs(x2 - x1):
        way = 1 if y2 > y1 else -1
        return f"M{_text(x1)} {_text(y1 + way * half)}L{_text(x2)} {_text(y2 - way * (half + 4))}"
    way, wide = (1 if x2 > x1 else -1), float(pin.width) / 2
    return f"M{_text(x1 + way * wide)} {_text(y1)}L{_text(x2 - way * (wide + 4))} {_text(y2)}"


def _text(number: float) -> str:
    """A coordinate as SVG wants it, whatever the language of the reader."""
    return f"{number:.5g}"
