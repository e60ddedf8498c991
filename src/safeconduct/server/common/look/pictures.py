"""Geometry of the pictures. Shapes are computed here; colour and pattern come from classes."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET
from safeconduct.server.common.look.values import Mark
from safeconduct.server.common.look.words import STANDINGS, TONES, grouped, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeconduct.core.judgement import Standing
    from safeconduct.server.common.look.values import Posture

_ORDER = (MET, PARTLY, UNKNOWN, UNMET)
_THINNEST = 2.5  # per cent: a share that is there must be seen; the exact count stands beside it
_ROOM_FOR_NUMBER = 14.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One standing's part of a posture bar, in per cent of its width."""

    tone: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A posture bar: MET from the left, UNMET at the right end; its counts follow as links."""

    said: str
    stretches: tuple[Stretch, ...]
    thin: bool
    number: str
    number_at: str
    open: tuple[Mark, ...]
    asked: bool


def bar_of(posture: Posture) -> Bar:
    """The bar of a posture: shares as widths, so that all bars of a list are equally long."""
    counts = {standing: posture.counts.get(standing, 0) for standing in _ORDER}
    widths = _widths(counts, posture.total)
    stretches, start = [], 0.0
    for standing, width in widths.items():
        stretches.append(Stretch(TONES[standing], f"{start:.2f}%", f"{width:.2f}%"))
        start += width
    met = widths.get(MET, 0.0)
    urls = posture.urls or {}
    return Bar(
        said=_said(posture, counts),
        stretches=tuple(stretches),
        thin=posture.thin,
        number=grouped(counts[MET]) if met >= _ROOM_FOR_NUMBER and not posture.thin else "",
        number_at=f"{met / 2:.2f}%",
        open=tuple(Mark(one, urls.get(one, ""), counts[one]) for one in _ORDER[1:] if counts[one]),
        asked=posture.total > 0,
    )


def _widths(counts: dict[Standing, int], total: int) -> dict[Standing, float]:
    """Per cent for each standing that occurs; the thinnest still shows, at the cost of the widest."""
    widths = {one: max(100.0 * number / total, _THINNEST) for one, number in counts.items() if number}
    if widths:
        widest = max(widths, key=lambda one: widths[one])
        widths[widest] -= sum(widths.values()) - 100.0
    return widths


def _said(posture: Posture, counts: dict[Standing, int]) -> str:
    parts = [f"{grouped(number)} {STANDINGS[one].lower()}" for one, number in counts.items() if number]
    return f"{posture.label}: {', '.join(parts) or 'nothing asked'} of {grouped(posture.total)}"


@dataclass(frozen=True, slots=True)
class FanLine:
    """One programme a control feeds: its name, what it asks there, how that stands, and where it leads."""

    label: str
    note: str
    standing: Standing
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fan:
    """One control as an interchange, one line for each programme it feeds."""

    label: str
    note: str
    lines: Sequence[FanLine]


@dataclass(frozen=True, slots=True)
class Track:
    """One drawn line of a fan: its path, its station, and where its words and its icon stand. Numbers are text."""

    url: str
    tone: str
    word: str
    label: str
    note: str
    path: str
    x: str
    y: str
    icon_y: str
    words_x: str


@dataclass(frozen=True, slots=True)
class Pill:
    """The interchange: a rounded box."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class FanCut:
    """A fan drawn for one width of the sheet: the tracks, the interchange, and its name line by line."""

    width: str
    height: str
    tracks: tuple[Track, ...]
    hub: Pill
    name: tuple[tuple[str, str], ...]
    name_x: str
    note_y: str
    slim: bool


_PITCH, _LEADING = 12, 17  # between the lines as they leave the interchange; between lines of words
_END_X, _TURN_X = 600, 318
_LETTER = 7.7  # the mean width of a letter of a name, so that the interchange stands close to its name
_MANY = 7


def wide_fan(fan: Fan) -> FanCut:
    """The broad cut: from the interchange at the left, each line turns by 45 degrees to its station at the right."""
    many = len(fan.lines)
    pitch = _PITCH if many < _MANY else 8
    step = min(53.0, pitch + 500.0 / max(many - 1, 1))
    name = wrap(fan.label, 25)[:3]
    middle = max(24 + step * (many - 1) / 2, 12.0 + _LEADING * (len(name) + 1) / 2)
    hub_x = 56 + round(_LETTER * max(len(words) for words in [*name, fan.note]))
    tracks = []
    for place, line in enumerate(fan.lines):
        from_middle = place - (many - 1) / 2
        leaves, ends = middle + from_middle * pitch, middle + from_middle * step
        turn = _TURN_X + min(place, many - 1 - place) * pitch
        path = f"M{hub_x} {leaves:g}H{turn:g}L{turn + abs(ends - leaves):g} {ends:g}H{_END_X}"
        tracks.append(_track(line, path, _END_X + 6, ends, words_x=630, room=36))
    reach = pitch * (many - 1)
    hub = Pill(_text(hub_x - 20), _text(middle - reach / 2 - 12), "24", _text(reach + 24))
    first = middle - _LEADING * len(name) / 2 + 5
    return _cut(1040, 2 * middle, tracks, hub, name, first, name_x=hub_x - 34)


def tall_fan(fan: Fan) -> FanCut:
    """The narrow cut: the interchange above, each line runs down and turns right to its station."""
    many = len(fan.lines)
    pitch = 14 if many < _MANY else 9
    reach = pitch * max(many - 1, 0)
    name = wrap(fan.label, 40)[:3]
    top = _LEADING * (len(name) + 1) + 12
    tracks = []
    for place, line in enumerate(fan.lines):
        x, y = 13 + reach - pitch * place, top + 56 + 66 * place
        path = f"M{x} {top + 12}V{y - 12}L{x + 12} {y}H{reach + 40}"
        tracks.append(_track(line, path, reach + 46, y, words_x=reach + 64, room=26))
    hub = Pill("2", _text(top), _text(reach + 22), "22")
    return _cut(350, top + 56 + 66 * many - 20, tracks, hub, name, 14, name_x=0)


def _track(line: FanLine, path: str, x: float, y: float, *, words_x: float, room: int) -> Track:
    return Track(
        url=line.url,
        tone=TONES[line.standing],
        word=STANDINGS[line.standing],
        label=shortened(line.label, room),
        note=shortened(line.note, room + 6),
        path=path,
        x=_text(x),
        y=_text(y),
        icon_y=_text(y - 9),
        words_x=_text(words_x),
    )


def _cut(
    width: int, height: float, tracks: list[Track], hub: Pill, name: list[str], first: float, *, name_x: int
) -> FanCut:
    return FanCut(
        width=str(width),
        height=_text(height),
        tracks=tuple(tracks),
        hub=hub,
        name=tuple((words, _text(first + _LEADING * place)) for place, words in enumerate(name)),
        name_x=str(name_x),
        note_y=_text(first + _LEADING * len(name)),
        slim=len(tracks) >= _MANY,
    )


def _text(number: float) -> str:
    """A coordinate as SVG wants it, whatever the language of the reader."""
    return f"{number:.4g}"
