"""The form that asks how strong the controls of a row must be: a field fit for each parameter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.quantities import ParameterKind, read_value, write_value
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from safeconduct.server.journal.forms import ChoiceField, SeveralField, TextField, in_words
from safeconduct.server.own_programmes.rows import usual_op

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue, Control, Parameter
    from safeconduct.server.journal.forms.offered import Choices

OWN = "own"
"""Written in place of a number: everybody sets and justifies an own one."""


class BoundsForm(forms.Form):
    """How strong each control of a row must be: one field for each of its parameters."""

    def __init__(self, catalogue: Catalogue, controls: Iterable[ControlNeed], data: Any) -> None:
        super().__init__(data)
        self.needs = tuple(controls)
        self.parts: dict[str, Control] = {}
        for need in self.needs:
            control = catalogue.controls.get(need.control)
            if control is not None:
                self.parts[need.control] = control
                self._add(catalogue, control, need)

    def _add(self, catalogue: Catalogue, control: Control, need: ControlNeed) -> None:
        if control.by:
            elements = catalogue.terms.lists[control.by]
            choices: Choices = [(one, elements.title(one)) for one in elements.elements]
            field = SeveralField(choices, label="For", help_text="It is asked for each of these by itself.")
            self._put(f"{control.key}.for", field, list(need.for_))
        bounds = dict(need.bounds)
        for parameter in control.parameters.values():
            bound = bounds.get(parameter.key)
            self._put(f"{control.key}.{parameter.key}", _field_of(catalogue, parameter), _said_of(bound))

    def _put(self, name: str, field: forms.Field, said: Any) -> None:
        self.fields[name] = field
        self.initial[name] = said

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each control under its title."""
        return [
            (control.title, [self[name] for name in self.fields if name.partition(".")[0] == key])
            for key, control in self.parts.items()
        ]

    def controls(self) -> tuple[ControlNeed, ...]:
        """The controls with their bounds, once the form is valid."""
        return tuple(self._bounded(need) for need in self.needs)

    def _bounded(self, need: ControlNeed) -> ControlNeed:
        control = self.parts.get(need.control)
        if control is None:
            return need
        said = {name: self.cleaned_data.get(f"{control.key}.{name}") for name in ("for", *control.parameters)}
        bounds = [(key, _bound(one, said[key])) for key, one in control.parameters.items() if said[key]]
        return ControlNeed(control.key, tuple(said["for"] or ()), tuple(bounds))


def _field_of(catalogue: Catalogue, parameter: Parameter) -> forms.Field:
    words = parameter.words_for_people()
    label = words[:1].upper() + words[1:]
    terms = catalogue.terms.lists.get(parameter.terms)
    listed: Choices = [(one, terms.title(one)) for one in terms.elements] if terms else []
    match parameter.kind:
        case ParameterKind.FLAG:
            return forms.BooleanField(label=label, required=False)
        case ParameterKind.ORDER:
            return ChoiceField(listed[1:], label=f"{label}: at least", required=False)
        case ParameterKind.CHOICE:
            offered: Choices = [(one, in_words(one)) for one in parameter.words]
            return SeveralField(offered, label=f"{label}: one of", required=False)
        case ParameterKind.SET:
            return SeveralField(listed, label=f"{label}: includes", required=False)
        case _:
            return _ValueField(parameter, label)


_EXAMPLES = {
    ParameterKind.DURATION: "12 months",
    ParameterKind.MONEY: "50000 EUR",
    ParameterKind.PERCENT: "95 %",
    ParameterKind.NUMBER: "3",
}


class _ValueField(TextField):
    """A number with its unit, or the word `own`."""

    def __init__(self, parameter: Parameter, label: str) -> None:
        self.kind = parameter.kind
        side = "At most" if usual_op(parameter) is Op.AT_MOST else "At least"
        example = _EXAMPLES[self.kind]
        hint = f"{side}; for example {example}. Write {OWN} where each sets and justifies an own one."
        super().__init__(label=label, required=False, help_text=hint)

    def clean(self, value: Any) -> Any:
        """The text, which is of the parameter's kind."""
        text = super().clean(value)
        if text and text != OWN:
            try:
                read_value(self.kind, text)
            except ValueError:
                example = _EXAMPLES[self.kind]
                raise forms.ValidationError(f"“{text}” is none. Write it like {example}, or write {OWN}.") from None
        return text


def _bound(parameter: Parameter, said: Any) -> Bound:
    op = usual_op(parameter)
    match parameter.kind:
        case ParameterKind.FLAG:
            return Bound(op, value=True)
        case ParameterKind.CHOICE | ParameterKind.SET:
            return Bound(op, frozenset(said))
        case _ if said == OWN:
            return Bound(op, own=True)
        case kind:
            return Bound(op, read_value(kind, said))


def _said_of(bound: Bound | None) -> Any:
    match bound:
        case None:
            return None
        case Bound(own=True):
            return OWN
        case Bound(value=frozenset() as words):
            return sorted(words)
        case Bound(value=bool() as flag):
            return flag
        case Bound(value=value):
            return write_value(value)  # type: ignore[arg-type]
