"""The loss-exceedance curve: how likely it is that a year costs more than an amount, for several levels of control.

Amounts lie on a log axis, chances on the other. Geometry is computed here for two cuts, broad and narrow; strokes come
from classes. Its table twin is part of the value, so no curve is ever shown without its points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safeconduct.server.common.look.lists import Table

    type Point = tuple[float, float]

NOW, BARE, PLANNED, BEST = "now", "bare", "limit", "best"
"""How a line is drawn: thick, dotted, dashed, thin."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how it is drawn, what it is called, and its points: amounts above zero, each with its chance."""

    drawn: str
    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Marked:
    """One reading of the first line, told in two short lines of words."""

    at: Point
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over the same amounts, the one that matters first; what is read off it; its points as a table."""

    said: str
    axis: str
    lines: Sequence[Line]
    table: Table
    marked: Marked | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words on the picture."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line."""

    drawn: str
    path: str


@dataclass(frozen=True, slots=True)
class CurveCut:
    """The curve drawn for one width of the sheet."""

    name: str
    width: str
    height: str
    grid: tuple[str, ...]
    words: tuple[Words, ...]
    strokes: tuple[Stroke, ...]
    dot: tuple[str, str] | None
    pointer: str


@dataclass(frozen=True, slots=True)
class _Sizes:
    name: str
    width: float
    height: float
    left: float


_WIDE, _TALL = _Sizes("wide-pic", 600, 370, 46), _Sizes("tall", 358, 310, 42)
_TOP, _RIGHT, _FOOT = 8.0, 6.0, 52.0
_LETTER, _LINE = 6.6, 17.0
_FEW_DECADES = 3
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
_MOST_RULES = 6
_BETWEEN = 4


def wide_curve(curve: Curve) -> CurveCut:
    """The broad cut."""
    return _Drawing(curve, _WIDE).cut()


def tall_curve(curve: Curve) -> CurveCut:
    """The narrow cut."""
    return _Drawing(curve, _TALL).cut()


def short_amount(amount: float) -> str:
    """An amount as an axis has room for it.

    >>> [short_amount(one) for one in (200, 1_000, 300_000, 1_000_000, 2_000_000_000)]
    ['200', '1k', '300k', '1m', '2bn']
    """
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if amount >= size:
            return f"{amount / size:g}{letter}"
    return f"{amount:g}"


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle that words or a part of a line take."""

    x1: float
    y1: float
    x2: float
    y2: float

    def meets(self, other: _Area) -> bool:
        return self.x1 < other.x2 and other.x1 < self.x2 and self.y1 < other.y2 and other.y1 < self.y2

    def holds(self, x: float, y: float) -> bool:
        return self.x1 <= x <= self.x2 and self.y1 <= y <= self.y2


@dataclass(frozen=True)
class _Drawing:
    curve: Curve
    sizes: _Sizes

    @cached_property
    def points(self) -> list[Point]:
        return [point for line in self.curve.lines for point in line.points]

    @cached_property
    def span(self) -> tuple[float, float]:
        """The first and the last amount, as powers of ten."""
        amounts = [amount for amount, _ in self.points]
        return log10(min(amounts)), log10(max(amounts))

    @cached_property
    def highest(self) -> float:
        """The upper end of the chances: a whole number of steps."""
        most = max(chance for _, chance in self.points)
        return min(1.0, ceil(most / self.step - 1e-9) * self.step) or self.step

    @cached_property
    def step(self) -> float:
        """How far the rules of the chances are apart."""
        most = max(chance for _, chance in self.points)
        return next((step for step in _STEPS if most / step <= _MOST_RULES), _STEPS[-1])

    @cached_property
    def drawn(self) -> list[tuple[float, float]]:
        """Where the lines run."""
        return [spot for line in self.curve.lines for spot in self._spots(line)]

    @property
    def bottom(self) -> float:
        return self.sizes.height - _FOOT

    @property
    def right(self) -> float:
        return self.sizes.width - _RIGHT

    def x(self, amount: float) -> float:
        low, high = self.span
        return self.sizes.left + (log10(amount) - low) / ((high - low) or 1) * (self.right - self.sizes.left)

    def y(self, chance: float) -> float:
        return self.bottom - chance / self.highest * (self.bottom - _TOP)

    def cut(self) -> CurveCut:
        rules, columns = list(self._rules()), list(self._columns())
        grid = [f"M{_text(self.sizes.left)} {_text(y)}H{_text(self.right)}" for y, _ in rules]
        grid += [f"M{_text(x)} {_text(_TOP)}V{_text(self.bottom)}" for x, _ in columns]
        taken: list[_Area] = []
        told = list(self._marked(taken))
        named = [self._label(line, taken) for line in self.curve.lines]
        return CurveCut(
            name=self.sizes.name,
            width=_text(self.sizes.width),
            height=_text(self.sizes.height),
            grid=tuple(grid),
            words=(*self._axes(rules, columns), *told, *named),
            strokes=tuple(Stroke(line.drawn, self._path(line)) for line in reversed(self.curve.lines)),
            dot=self._dot(),
            pointer=self._pointer(told),
        )

    def _rules(self) -> Iterator[tuple[float, str]]:
        for place in range(round(self.highest / self.step) + 1):
            chance = place * self.step
            yield self.y(chance), f"{chance * 100:.0f} %"

    def _columns(self) -> Iterator[tuple[float, str]]:
        """Powers of ten; with few of them also the steps between."""
        low, high = self.span
        firsts = (1,) if high - low > _FEW_DECADES else (1, 3)
        amounts = [first * 10.0**power for power in range(floor(low), ceil(high) + 1) for first in firsts]
        for amount in amounts:
            if low - 1e-9 <= log10(amount) <= high + 1e-9:
                yield self.x(amount), short_amount(amount)

    def _axes(self, rules: list[tuple[float, str]], columns: list[tuple[float, str]]) -> Iterator[Words]:
        for y, told in rules:
            yield Words(_text(self.sizes.left - 6), _text(y + 4), told, "end")
        for x, told in columns:
            anchor = "end" if x > self.right - 12 else "middle"
            yield Words(_text(x), _text(self.bottom + 18), told, anchor)
        yield Words(_text((self.sizes.left + self.right) / 2), _text(self.bottom + 44), self.curve.axis, "middle")

    def _path(self, line: Line) -> str:
        return "M" + " ".join(f"{_text(self.x(amount))} {_text(self.y(chance))}" for amount, chance in line.points)

    def _dot(self) -> tuple[str, str] | None:
        if self.curve.marked is None:
            return None
        amount, chance = self.curve.marked.at
        return _text(self.x(amount)), _text(self.y(chance))

    def _marked(self, taken: list[_Area]) -> Iterator[Words]:
        """The reading in two lines at the left, beside its point."""
        if self.curve.marked is None:
            return
        amount, chance = self.curve.marked.at
        wide = max(map(len, self.curve.marked.words)) * (_LETTER + 0.6)
        x = min(self.sizes.left + 10, max(self.sizes.left + 4, self.x(amount) - wide - 24))
        y = min(self.y(chance) - 8, self.bottom - _LINE - 8)
        taken.append(_Area(x, y - _LINE, self.x(amount) + 6, y + _LINE + 4))
        for place, words in enumerate(self.curve.marked.words):
            yield Words(_text(x), _text(y + place * _LINE), words, bold=True)

    def _pointer(self, told: list[Words]) -> str:
        """The hairline from the words of the reading to its point; none where there is no room for one."""
        if self.curve.marked is None or not told:
            return ""
        amount, chance = self.curve.marked.at
        start = float(told[0].x) + max(len(one.text) for one in told) * (_LETTER + 0.6) + 6
        end = self.x(amount) - 8
        return f"M{_text(start)} {_text(self.y(chance))}H{_text(end)}" if end > start else ""

    def _label(self, line: Line, taken: list[_Area]) -> Words:
        """The name of a line, right of it where the fewest other things are in the way."""
        places = [(self.x(amount), self.y(chance)) for amount, chance in line.points]
        wide = len(line.label) * _LETTER + 6

        def area(place: tuple[float, float]) -> _Area:
            x, y = place
            return _Area(x + 6, y - 16, x + 6 + wide, y + 2)

        def cost(place: tuple[float, float]) -> tuple[float, float]:
            found = area(place)
            outside = found.x2 > self.right or found.y1 < _TOP or found.y2 > self.bottom
            crossed = sum(found.holds(x, y) for x, y in self.drawn) + 100 * sum(found.meets(one) for one in taken)
            return 1000 * outside + crossed, abs(place[1] - (self.bottom + _TOP) / 2)

        best = min(places, key=cost)
        taken.append(area(best))
        return Words(_text(best[0] + 8), _text(best[1] - 3), line.label, bold=line.drawn == NOW)

    def _spots(self, line: Line) -> Iterator[tuple[float, float]]:
        """Where a line runs: its points, and some between each two, so that a steep stretch is not overlooked."""
        places = [(self.x(amount), self.y(chance)) for amount, chance in line.points]
        for (x1, y1), (x2, y2) in pairwise(places):
            yield from (
                (x1 + (x2 - x1) * step / _BETWEEN, y1 + (y2 - y1) * step / _BETWEEN) for step in range(_BETWEEN)
            )


def _text(number: float) -> str:
    """A coordinate as SVG wants it, whatever the language of the reader."""
    return f"{number:.5g}"
