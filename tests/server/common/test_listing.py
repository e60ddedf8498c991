"""Lists: narrowed, sorted, cut into pages, taken away as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.lists import Sorted, Tick


@dataclass(frozen=True)
class Box:
    name: str
    weight_kg: int | None
    colour: str


BOXES = [Box("crate", 30, "red"), Box("Bale", None, "blue"), Box("sack", 5, "red"), Box("drum", 200, "green")]
COLUMNS: list[ListColumn[Box]] = [
    ListColumn("name", "Name", lambda box: box.name, lambda box: box.name),
    ListColumn("weight", "Weight", lambda box: box.weight_kg, lambda box: box.weight_kg, numeric=True),
    ListColumn("colour", "Colour", lambda box: box.colour),
]
COLOURS = Choice[Box]("colour", "Colour", [("red", "red"), ("blue", "blue")], lambda box, colour: box.colour == colour)
HEAVY = Choice[Box](
    "heavy", "Heavy", [("yes", "yes"), ("", "all")], lambda box, _yes: (box.weight_kg or 0) > 9, normal="yes"
)


def request(query: str = "") -> HttpRequest:
    made = RequestFactory().get(f"/boxes/{query}")
    made.as_of = date(2026, 11, 24)  # type: ignore[attr-defined]
    return made


def boxes(query: str = "", *, choice: Choice[Box] = COLOURS, size: int = 50, sort: str = "name") -> Listed:
    return listed(
        request(query),
        BOXES,
        COLUMNS,
        choices=[choice],
        text=lambda box: f"{box.name} {box.colour}",
        sort=sort,
        size=size,
    )


def names(found: Listed) -> list[str]:
    return [str(row.cells[0]) for row in found.table.rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bale", "crate", "drum", "sack"]),
        ("?sort=-name", ["sack", "drum", "crate", "Bale"]),
        ("?sort=weight", ["sack", "crate", "drum", "Bale"]),
        ("?sort=colour", ["Bale", "crate", "drum", "sack"]),
        ("?colour=red", ["crate", "sack"]),
        ("?colour=nonsense", ["Bale", "crate", "drum", "sack"]),
        ("?q=RED+sa", ["sack"]),
        ("?q=pallet", []),
    ],
)
def test_rows_are_narrowed_and_sorted(query: str, expected: list[str]) -> None:
    assert names(boxes(query)) == expected


def test_a_choice_may_narrow_from_the_start_and_be_lifted() -> None:
    assert names(boxes(choice=HEAVY)) == ["crate", "drum"]
    assert names(boxes("?heavy=", choice=HEAVY)) == ["Bale", "crate", "drum", "sack"]
    assert (boxes(choice=HEAVY).narrowed, boxes("?heavy=", choice=HEAVY).narrowed) == (False, True)


@pytest.mark.parametrize(
    ("query", "first", "last", "back", "on"),
    [
        ("", 1, 3, "", "?page=2"),
        ("?page=2", 4, 4, "?page=1", ""),
        ("?page=9", 4, 4, "?page=1", ""),
        ("?page=0", 1, 3, "", "?page=2"),
        ("?page=x", 1, 3, "", "?page=2"),
        ("?page=99999999999", 1, 3, "", "?page=2"),
    ],
)
def test_pages_follow_each_other(query: str, first: int, last: int, back: str, on: str) -> None:
    pager = boxes(query, size=3).pager
    assert (pager.first, pager.last, pager.total, pager.back_url, pager.next_url) == (first, last, 4, back, on)


def test_the_head_of_a_column_turns_its_order_and_goes_back_to_the_first_page() -> None:
    name, weight, colour = boxes("?colour=red&page=2&sort=weight").table.columns
    assert (name.sort_url, name.sorted) == ("?colour=red", None)
    assert (weight.sort_url, weight.sorted) == ("?colour=red&sort=-weight", Sorted.UP)
    assert (colour.sort_url, colour.sorted) == ("", None)
    assert boxes("?sort=-weight").table.columns[1].sorted is Sorted.DOWN


def test_the_filters_say_what_is_chosen_and_how_to_clear_it() -> None:
    filters = boxes("?colour=red&q=cr&sort=-weight").filters
    assert [field.value for field in filters.fields if not isinstance(field, Tick)] == ["red", "cr"]
    assert (list(filters.keep), filters.clear_url) == ([("sort", "-weight")], "?sort=-weight")
    assert boxes().filters.clear_url == ""


def test_nothing_found_says_what_was_looked_for() -> None:
    pager = boxes("?colour=blue&q=crate").pager
    assert (pager.first, pager.last, pager.total) == (0, 0, 0)
    assert pager.said == "Nothing matches colour: blue; words: “crate”."
    assert pager.clear_url == "/boxes/"


def test_the_csv_holds_all_pages_as_narrowed_and_sorted() -> None:
    found = boxes("?sort=-weight&colour=red&as=csv", size=1)
    answer = found.answer("boxes")
    assert answer.content.decode("utf-8-sig").split() == ["Name,Weight,Colour", "crate,30,red", "sack,5,red"]
    assert answer["Content-Disposition"] == 'attachment; filename="boxes-2026-11-24.csv"'
    assert len(found.table.rows) == 1


def test_cells_are_made_for_the_rows_of_the_page_only() -> None:
    made: list[str] = []

    def shown(box: Box) -> str:
        made.append(box.name)
        return box.name

    columns = [ListColumn[Box]("name", "Name", shown, lambda box: box.name)]
    listed(request(), BOXES, columns, size=2)
    assert len(made) == 2
