"""The loss curve: what is drawn lies where the numbers say, labels stay on the sheet, and the table is always there."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from safeconduct.server.common.look.curve import (
    BARE,
    NOW,
    PLANNED,
    Curve,
    CurveCut,
    Line,
    Marked,
    tall_curve,
    wide_curve,
)
from safeconduct.server.common.look.lists import Column, Row, Table
from tests.server.common.rendering import text_of, told

TABLE = Table((Column("More than"), Column("Chance today")), [Row(("1,000", "60 %"))])
AMOUNTS = [1000 * 1.1**place for place in range(80)]


def falling(most: float, middle: float) -> list[tuple[float, float]]:
    return [(amount, most / (1 + (amount / middle) ** 2)) for amount in AMOUNTS]


def curve(most: float = 0.6, marked: Marked | None = None) -> Curve:
    lines = [
        Line(NOW, "today", falling(most, 50_000)),
        Line(BARE, "without controls", falling(most, 300_000)),
        Line(PLANNED, "as planned", falling(most, 20_000)),
    ]
    return Curve("A curve.", "Loss in a year, EUR, log scale", lines, TABLE, marked, "Reckoned exactly.")


def places(cut: CurveCut, drawn: str) -> list[tuple[float, float]]:
    path = next(one.path for one in cut.strokes if one.drawn == drawn)
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("draw", [wide_curve, tall_curve])
def test_equal_factors_are_equal_ways_and_a_falling_chance_falls(draw: object) -> None:
    cut = draw(curve())  # type: ignore[operator]
    found = places(cut, NOW)
    steps = [right[0] - left[0] for left, right in pairwise(found)]
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.11)
    assert all(lower[1] >= upper[1] for upper, lower in pairwise(found))
    assert found[0][0] >= 40
    assert found[-1][0] <= float(cut.width)


def test_the_thick_line_is_drawn_last_and_above_all_others() -> None:
    assert [one.drawn for one in wide_curve(curve()).strokes][-1] == NOW


@pytest.mark.parametrize("draw", [wide_curve, tall_curve])
@pytest.mark.parametrize("most", [1.0, 0.6, 0.02])
def test_labels_stay_on_the_sheet_and_apart(draw: object, most: float) -> None:
    cut = draw(curve(most))  # type: ignore[operator]
    named = [one for one in cut.words if one.text in ("today", "without controls", "as planned")]
    assert len(named) == 3
    boxes = [(float(one.x), float(one.y) - 12, float(one.x) + 6.6 * len(one.text), float(one.y)) for one in named]
    assert all(x1 >= 0 and x2 <= float(cut.width) and y1 >= 0 for x1, y1, x2, _ in boxes)
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize(("most", "highest"), [(1.0, "100 %"), (0.55, "60 %"), (0.021, "3 %"), (0.004, "1 %")])
def test_the_chances_end_at_a_round_one(most: float, highest: str) -> None:
    told_at_axis = [one.text for one in wide_curve(curve(most)).words if one.anchor == "end" and one.text.endswith("%")]
    assert told_at_axis[0] == "0 %"
    assert told_at_axis[-1] == highest
    assert len(told_at_axis) <= 7


def test_the_reading_is_a_dot_on_the_line_with_its_words() -> None:
    at = (50_000.0, 0.3)
    cut = wide_curve(curve(marked=Marked(at, ("1 year in 10", "over 50,000 EUR"))))
    assert cut.dot is not None
    x, y = map(float, cut.dot)
    nearest = min(places(cut, NOW), key=lambda one: abs(one[0] - x))
    assert abs(nearest[1] - y) < 6
    assert {"1 year in 10", "over 50,000 EUR"} <= {one.text for one in cut.words if one.bold}
    assert cut.pointer.startswith("M")


def test_a_single_point_and_a_chance_of_nothing_are_drawn() -> None:
    flat = Curve("Flat.", "Loss", [Line(NOW, "today", [(10.0, 0.0)])], TABLE)
    assert wide_curve(flat).dot is None
    assert places(wide_curve(flat), NOW) == [(46.0, 318.0)]


def test_the_picture_has_its_words_and_its_table_beside_it() -> None:
    html = told("{% curve value %}", value=curve())
    assert html.count('aria-label="A curve."') == 2
    assert 'class="curve wide-pic"' in html
    assert 'class="curve tall"' in html
    assert "style=" not in html
    assert "<figcaption>Reckoned exactly.</figcaption>" in html
    assert "Chance today" in text_of(html)
