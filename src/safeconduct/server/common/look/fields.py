"""Fields of a form as the look prints them: label above, hint under, a sentence for each error, few choices open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

_OPEN_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One open choice: the id of its input, its value and words, and whether it is chosen."""

    id: str
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field, ready to print. `open` is "radio" or "checkbox" where its choices lie open, else empty.

    `group` tells that its widget has several inputs, so that they stand in one frame with the label as its legend.
    """

    bound: forms.BoundField
    id: str
    name: str
    label: str
    needed: bool
    hint: str
    errors: tuple[str, ...]
    described_by: str
    open: str
    options: tuple[Option, ...]
    tick: bool
    group: bool
    widget: SafeString | None


def field_of(bound: forms.BoundField) -> Field:
    """A bound field as the look prints it; up to five choices lie open, more are a list to pull down."""
    field_id = bound.auto_id or bound.html_name
    errors = tuple(str(error) for error in bound.errors)
    described = [f"{field_id}_{end}" for end, there in (("helptext", bound.help_text), ("error", errors)) if there]
    open_as = _open_as(bound)
    return Field(
        bound=bound,
        id=field_id,
        name=bound.html_name,
        label=str(bound.label),
        needed=bound.field.required,
        hint=str(bound.help_text),
        errors=errors,
        described_by=" ".join(described),
        open=open_as,
        options=tuple(_options(bound, field_id)) if open_as else (),
        tick=isinstance(bound.field.widget, forms.CheckboxInput),
        group=not open_as and bound.field.widget.use_fieldset,
        widget=None if open_as else _widget(bound, described),
    )


def _widget(bound: forms.BoundField, described: list[str]) -> SafeString:
    attributes: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if isinstance(bound.field, forms.DateField) and isinstance(bound.field.widget, forms.DateInput):
        # A browser's field for days cannot hold what is no day, and what was typed is kept.
        kind = {"placeholder": "2026-08-31", "class": "day"} if bound.errors else {"type": "date"}
        return bound.as_widget(forms.DateInput(format="%Y-%m-%d", attrs=kind), attributes)
    return bound.as_widget(attrs=attributes)


def _open_as(bound: forms.BoundField) -> str:
    """How the choices lie open: one of few as radios, several as boxes to tick; empty where they do not."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(widget, forms.SelectMultiple) or not isinstance(widget, forms.Select):
        return ""
    return "radio" if len(_choices(bound)) <= _OPEN_CHOICES else ""


def _choices(bound: forms.BoundField) -> list[tuple[str, str]]:
    """The choices that can lie open: those of a group count too; the empty one only where nothing is needed."""
    found: list[tuple[str, str]] = []
    for value, words in cast("Any", bound.field.widget).choices:
        several = words if isinstance(words, list | tuple) else [(value, words)]
        found += [("" if one is None else str(one), str(said)) for one, said in several]
    return [(value, words or "none") for value, words in found if value or not bound.field.required]


def _options(bound: forms.BoundField, field_id: str) -> Iterator[Option]:
    value = bound.value()
    several = value if isinstance(value, list | tuple) else [value]
    chosen = {"" if one is None else str(one) for one in several}
    for place, (option, words) in enumerate(_choices(bound)):
        said = "none" if set(words) <= {"-"} else words
        yield Option(f"{field_id}_{place}", option, said, option in chosen)


def mistakes(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """Every field that is to be mended: the id of its input, its label and the first sentence about it."""
    return [
        (f"{field.id}_0" if field.open else field.id, field.label, field.errors[0])
        for bound in form.visible_fields()
        if bound.errors
        for field in [field_of(bound)]
    ]
