"""From a record's declared fields to the fields of its form: which sort of value gets which field is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from safeconduct.facts.codec import FieldShape, RecordShape
from safeconduct.facts.shapes import DayShape, FlagShape, ListShape, MapShape, NeedShape, NumberShape, Shape, WordShape
from safeconduct.server.journal.forms.choices import BY_FIELD, BY_REF, in_words, trait_choices
from safeconduct.server.journal.forms.fields import (
    ChoiceField,
    DayField,
    FlagField,
    LinesField,
    ListField,
    MapField,
    NumberField,
    PlainField,
    SeveralField,
    StatesField,
    TextField,
    WordsField,
)
from safeconduct.server.journal.forms.ground import FormGround
from safeconduct.server.journal.forms.offered import Choices
from safeconduct.server.journal.forms.words import hint_of, label_of

_MANY = 30
"""More choices than this are not laid open as boxes: they are chosen line by line."""

CHOSEN_KEYS = frozenset({"units", "partners", "enrolments"})
"""Sections whose keys people choose; other keys are made from what the fact says."""


def fields_of(
    shape: RecordShape, ground: FormGround, prefix: str = "", *, optional: bool = False
) -> Iterator[tuple[str, PlainField]]:
    """The fields of a record's form by their path, in the order of the record; of an optional record none is needed."""
    for member in shape.members:
        holder = f"{shape.inside[member.name]}." if member.name in shape.inside else ""
        path = f"{prefix}{holder}{member.written}"
        if path == "key" and ground.section not in CHOSEN_KEYS:
            continue
        if isinstance(member.shape, RecordShape):
            yield from fields_of(member.shape, ground, f"{path}.", optional=optional or member.default is None)
        elif not isinstance(member.shape, NeedShape):
            yield path, field_for(member, ground, path, needed=member.required and path != "key" and not optional)


def field_for(member: FieldShape, ground: FormGround, path: str, *, needed: bool) -> PlainField:
    """The field for one declared field of a record."""
    frame = {
        "label": label_of(ground.section, path),
        "help_text": hint_of(ground.section, path, member.help),
        "required": needed,
    }
    if isinstance(member.shape, ListShape):
        return _list_field(member, member.shape.of, ground, path, frame)
    if isinstance(member.shape, MapShape):
        return _map_field(member, ground, frame)
    return _single_field(member, member.shape, ground, path, frame)


def offered(member: FieldShape, ground: FormGround, path: str) -> Choices | None:
    """What the field may be answered with; None where it is free."""
    offer = BY_FIELD.get((ground.section, path)) or BY_REF.get(str(member.field.metadata.get("ref", "")).rstrip("?"))
    if offer is not None:
        return offer(ground)
    words = member.field.metadata.get("words", ())
    return [(word, in_words(word)) for word in words] or None


def _single_field(
    member: FieldShape, shape: Shape, ground: FormGround, path: str, frame: Mapping[str, Any]
) -> PlainField:
    if (choices := offered(member, ground, path)) is not None:
        return ChoiceField(choices, **frame)
    match shape:
        case DayShape():
            return DayField(**frame)
        case NumberShape():
            return NumberField(**frame)
        case FlagShape():
            return FlagField(**{**frame, "required": frame["required"] or _has_default(member)})
        case WordShape(kind):
            choices = [(one.value, in_words(one.value)) for one in kind]
            return ChoiceField(choices, **{**frame, "required": frame["required"] or _has_default(member)})
        case _:
            return TextField(long=bool(member.field.metadata.get("long")), **frame)


def _has_default(member: FieldShape) -> bool:
    """Whether leaving the field open is not an answer: it is one of its words in any case."""
    return not member.required and member.default is not None


def _list_field(member: FieldShape, of: Shape, ground: FormGround, path: str, frame: Mapping[str, Any]) -> PlainField:
    if isinstance(of, RecordShape):
        columns = {
            one.written: field_for(one, ground, f"{path}.{one.written}", needed=one.required) for one in of.members
        }
        return LinesField(columns, **frame)
    if isinstance(of, DayShape):
        return ListField(DayField(label=frame["label"]), **frame)
    choices = offered(member, ground, path)
    if choices is None and isinstance(of, WordShape):
        choices = [(one.value, in_words(one.value)) for one in of.kind]
    if choices is None:
        return WordsField(**frame)
    if len(choices) > _MANY:
        return ListField(ChoiceField(choices, label=frame["label"]), **frame)
    return SeveralField(choices, **frame)


def _map_field(member: FieldShape, ground: FormGround, frame: Mapping[str, Any]) -> PlainField:
    if member.field.metadata.get("ref") == "trait":
        told = {name: value for name, value in frame.items() if name != "required"}
        return StatesField(trait_choices(ground), **told)
    return MapField(keys=offered(member, ground, member.written), **frame)
