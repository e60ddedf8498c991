"""Widgets for values of several parts: lines that can be added, and yes / no / not recorded for each of a list.

Both print a table inside the field's frame and work without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.server.common.look.day import day_named

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

MORE = "more_lines"
"""The button that asks for more lines; its value is the field's name."""

_SPARE, _MORE_AT_ONCE, _MOST = 2, 3, 200

YES, NO, NOT_RECORDED = "yes", "no", ""


@dataclass(frozen=True, slots=True)
class LineColumn:
    """One column of lines: its name, its heading, and the widget of a cell."""

    name: str
    label: str
    widget: forms.Widget


class Lines(forms.Widget):
    """Several lines of the same cells, two of them spare; a button brings more.

    Its value is a list with a mapping of cells for each line that says something.
    """

    template_name = "forms/lines.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[LineColumn], attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(dict(attrs or {}))
        self.columns = tuple(columns)
        self.spare = _SPARE

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[dict[str, Any]]:
        """The lines in which something was chosen or typed."""
        if data.get(MORE) == name:
            self.spare = _SPARE + _MORE_AT_ONCE
        lines = [self._line(data, files, name, place) for place in range(self._count(data, name))]
        return [line for line in lines if any(line.values())]

    def _line(self, data: Any, files: MultiValueDict[str, Any], name: str, place: int) -> dict[str, Any]:
        return {
            column.name: column.widget.value_from_datadict(data, files, f"{name}-{place}-{column.name}")
            for column in self.columns
        }

    def _count(self, data: Any, name: str) -> int:
        text = str(data.get(f"{name}-lines", ""))
        return min(int(text), _MOST) if text.isdecimal() and len(text) < 6 else 0

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the form that was sent did not show these lines."""
        return f"{name}-lines" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The lines with their cells, for the template."""
        context = super().get_context(name, value, attrs)
        lines = [*(value or []), *({} for _ in range(self.spare))][:_MOST]
        context["widget"] |= {
            "columns": self.columns,
            "more": MORE,
            "lines": [self._cells(name, line, place) for place, line in enumerate(lines)],
            "count": len(lines),
        }
        return context

    def _cells(self, name: str, line: Mapping[str, Any], place: int) -> list[dict[str, Any]]:
        cells = []
        for column in self.columns:
            value = line.get(column.name)
            cell_name = f"{name}-{place}-{column.name}"
            attrs = {"id": f"id_{cell_name}", "aria-label": f"{column.label}, line {place + 1}"}
            widget = _day_widget(value) if isinstance(column.widget, forms.DateInput) else column.widget
            cells.append({"label": column.label, "widget": widget.get_context(cell_name, value, attrs)["widget"]})
        return cells


def _day_widget(value: Any) -> forms.DateInput:
    """A browser's field for days cannot hold what is no day, and what was typed is kept."""
    kind = {"type": "date"} if not value or day_named(str(value)) else {"placeholder": "2026-08-31", "class": "day"}
    return forms.DateInput(format="%Y-%m-%d", attrs=kind)


class GroupedBoxes(forms.SelectMultiple):
    """Boxes to tick, folded by group; a group in which something is ticked stands open."""

    template_name = "forms/grouped_boxes.html"
    use_fieldset = True
    add_id_index = True
    option_inherits_attrs = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The groups with their boxes, and whether one of them is ticked."""
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            (group, boxes, any(box["selected"] for box in boxes)) for group, boxes, _ in context["widget"]["optgroups"]
        ]
        return context

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        """Boxes that are not ticked are not sent, so nothing is ever left out."""
        return False


class ThreeStates(forms.Widget):
    """Yes, no or not recorded for each element of a list; its value maps elements to `yes` or `no`."""

    template_name = "forms/three_states.html"
    use_fieldset = True

    def __init__(self, elements: Sequence[tuple[str, str]], attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(dict(attrs or {}))
        self.elements = tuple(elements)

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> dict[str, str]:
        """What was said of each element; one of which nothing was said is not among them."""
        said = {element: str(data.get(f"{name}-{element}", NOT_RECORDED)) for element, _ in self.elements}
        return {element: state for element, state in said.items() if state != NOT_RECORDED}

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the form that was sent did not show these elements."""
        return not any(f"{name}-{element}" in data for element, _ in self.elements)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The elements with their three answers, for the template."""
        context = super().get_context(name, value, attrs)
        said = value or {}
        context["widget"]["lines"] = [
            {"words": words, "name": f"{name}-{element}", "states": self._states(said.get(element, NOT_RECORDED))}
            for element, words in self.elements
        ]
        return context

    def _states(self, now: str) -> list[tuple[str, str, bool]]:
        words = {YES: "yes", NO: "no", NOT_RECORDED: "not recorded"}
        return [(state, said, state == now) for state, said in words.items()]
