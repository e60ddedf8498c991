"""Form fields that say what was filled in as plain data, the form from which facts are read.

Every field of a form of facts has `plain(value)`: the plain data of its cleaned value, None where nothing is said.
A field named `profile.no` is the entry `no` of the mapping `profile`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from safeconduct.server.journal.forms.widgets import NO, YES, GroupedBoxes, LineColumn, Lines, ThreeStates

if TYPE_CHECKING:
    from safeconduct.server.journal.forms.offered import Choices

CHOOSE = ("", "choose")
EMPTY = "This is needed and empty. Fill it in."
NOT_OFFERED = "“%(value)s” is not among the choices. Choose one that is offered."
NO_DAY = "This is not a day. Choose one, or write it as year-month-day: 2026-08-31."
NO_NUMBER = "This is not a whole number. Write digits only."
_LONGEST = 20_000


class PlainField(forms.Field):
    """A field of a form of facts."""

    def plain(self, value: Any) -> Any:
        """The plain data of a cleaned value; None where it says nothing."""
        return value or None


class TextField(PlainField, forms.CharField):
    """Text, in one line or several."""

    def __init__(self, *, long: bool = False, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
        errors = {"required": EMPTY, "max_length": f"This is longer than {_LONGEST:,} characters. Attach it as a file."}
        super().__init__(widget=widget, max_length=_LONGEST, error_messages=errors, **more)
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> Any:
        """The text with one sort of line break, and without blanks at its ends."""
        return super().clean(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class DayField(PlainField, forms.DateField):
    """A day."""

    def __init__(self, **more: Any) -> None:
        errors = {"required": EMPTY, "invalid": NO_DAY}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=errors, **more)

    def plain(self, value: Any) -> Any:
        """Year-month-day."""
        return value.isoformat() if value else None


class NumberField(PlainField, forms.IntegerField):
    """A number of things, 0 or more."""

    def __init__(self, **more: Any) -> None:
        errors = {"required": EMPTY, "invalid": NO_NUMBER}
        super().__init__(min_value=0, error_messages=errors, **more)

    def plain(self, value: Any) -> Any:
        """The number; 0 says something."""
        return value


class ChoiceField(PlainField, forms.ChoiceField):
    """One of some words or keys. The only choice of a needed field is chosen."""

    def __init__(self, choices: Choices, *, required: bool = True, **more: Any) -> None:
        offered = list(choices)
        if required and len(offered) == 1 and isinstance(offered[0][1], str):
            more["initial"] = more.get("initial") or offered[0][0]
        empty = CHOOSE if required else ("", "none")
        errors = {"required": EMPTY, "invalid_choice": NOT_OFFERED}
        super().__init__(choices=[empty, *offered], required=required, error_messages=errors, **more)


class FlagField(PlainField, forms.ChoiceField):
    """Yes or no; where it may stay open, also not known."""

    def __init__(self, *, required: bool = True, **more: Any) -> None:
        open_too = [] if required else [("", "not known")]
        choices = [(YES, "yes"), (NO, "no"), *open_too]
        errors = {"required": EMPTY, "invalid_choice": NOT_OFFERED}
        super().__init__(choices=choices, required=required, error_messages=errors, **more)

    def prepare_value(self, value: Any) -> Any:
        """A truth value as the word of its choice."""
        return (YES if value else NO) if isinstance(value, bool) else value

    def plain(self, value: Any) -> Any:
        """True or false."""
        return {YES: True, NO: False}.get(value)


class SeveralField(PlainField, forms.MultipleChoiceField):
    """Any of some words or keys, as boxes to tick; those of groups are folded by group."""

    def __init__(self, choices: Choices, **more: Any) -> None:
        errors = {"required": "Nothing is ticked, and at least one is needed.", "invalid_choice": NOT_OFFERED}
        grouped = any(not isinstance(words, str) for _, words in choices)
        widget = GroupedBoxes if grouped else forms.CheckboxSelectMultiple
        super().__init__(choices=choices, widget=widget, error_messages=errors, **more)


class WordsField(TextField):
    """Several words in one line, apart from each other by commas or blanks."""

    def prepare_value(self, value: Any) -> Any:
        """The words with commas between them."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def plain(self, value: Any) -> Any:
        """The words."""
        return (value or "").replace(",", " ").split() or None


class StatesField(PlainField):
    """Yes, no or not recorded for each element: a mapping of truth values."""

    def __init__(self, elements: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(widget=ThreeStates(elements), required=False, **more)
        self.elements = frozenset(element for element, _ in elements)

    def prepare_value(self, value: Any) -> Any:
        """What is recorded, as words."""
        states = {True: YES, False: NO}
        return {element: states.get(state, state) for element, state in (value or {}).items()}

    def validate(self, value: Any) -> None:
        """Each answer is yes or no."""
        wrong = sorted(set((value or {}).values()) - {YES, NO})
        if wrong:
            raise ValidationError(NOT_OFFERED, code="invalid_choice", params={"value": wrong[0]})

    def plain(self, value: Any) -> Any:
        """Elements with true or false; None where nothing is said."""
        return {element: state == YES for element, state in value.items()} if value else None


class SetField(StatesField):
    """The same, as a set of elements that are there and elements that are missing."""

    def prepare_value(self, value: Any) -> Any:
        """Both halves of a set as words; what was typed stays as it is."""
        halves = value or {}
        if not any(isinstance(half, list | tuple) for half in halves.values()):
            return super().prepare_value(halves)
        return {element: half for half, elements in halves.items() for element in elements}

    def plain(self, value: Any) -> Any:
        """The halves that hold something."""
        halves = {half: sorted(one for one, state in (value or {}).items() if state == half) for half in (YES, NO)}
        return {half: elements for half, elements in halves.items() if elements} or None


class LinesField(PlainField):
    """Several lines of the same cells: a list of mappings."""

    def __init__(self, columns: Mapping[str, PlainField], *, required: bool = False, **more: Any) -> None:
        shown = [LineColumn(name, str(field.label), field.widget) for name, field in columns.items()]
        super().__init__(widget=Lines(shown), required=required, error_messages={"required": EMPTY}, **more)
        self.columns = columns

    def prepare_value(self, value: Any) -> Any:
        """Recorded lines with each cell as it is typed; typed lines stay as they are."""
        return [
            {name: field.prepare_value(line.get(name)) for name, field in self.columns.items()}
            for line in self.lines_of(value)
        ]

    def lines_of(self, value: Any) -> list[dict[str, Any]]:
        """A recorded or typed value as lines."""
        return list(value or ())

    def clean(self, value: Any) -> Any:
        """Each line as plain data; every wrong cell is told with its line."""
        found, wrong = [], []
        for place, line in enumerate(super().clean(value) or (), start=1):
            cells: dict[str, Any] = {}
            for name, field in self.columns.items():
                try:
                    cells[name] = field.plain(field.clean(line.get(name)))
                except ValidationError as error:
                    wrong += [f"Line {place}, {field.label}: {message}" for message in error.messages]
            found.append({name: cell for name, cell in cells.items() if cell is not None})
        if wrong:
            raise ValidationError(wrong)
        return found


class ListField(LinesField):
    """Several values of one sort, one a line."""

    def __init__(self, of: PlainField, **more: Any) -> None:
        super().__init__({"value": of}, **more)

    def lines_of(self, value: Any) -> list[dict[str, Any]]:
        """Bare values as lines of one cell."""
        return [one if isinstance(one, dict) else {"value": one} for one in value or ()]

    def plain(self, value: Any) -> Any:
        """The values, each once."""
        return list(dict.fromkeys(line["value"] for line in value if "value" in line)) or None


class MapField(LinesField):
    """Texts by free keys, one a line."""

    def __init__(
        self, *, keys: Choices | None = None, key_label: str = "Kind", value_label: str = "Number", **more: Any
    ) -> None:
        key = TextField(label=key_label) if keys is None else ChoiceField(keys, label=key_label)
        columns: dict[str, PlainField] = {"key": key, "value": TextField(label=value_label)}
        super().__init__(columns, **more)

    def lines_of(self, value: Any) -> list[dict[str, Any]]:
        """A mapping as lines."""
        if isinstance(value, Mapping):
            return [{"key": key, "value": text} for key, text in value.items()]
        return list(value or ())

    def clean(self, value: Any) -> Any:
        """The lines; no key stands in two of them."""
        lines = super().clean(value)
        keys = [line["key"] for line in lines]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValidationError(f"“{twice[0]}” stands in two lines. Keep one.")
        return lines

    def plain(self, value: Any) -> Any:
        """The mapping."""
        return {line["key"]: line["value"] for line in value} or None
