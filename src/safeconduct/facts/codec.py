"""The one codec: everything about a record's form follows from its frozen dataclass.

`to_plain` and `from_plain` serve the journal and the API, `shape_of(record).read` serves the facts file, `schema` the
editors. Field names lose their trailing underscore; a field at its default is left out of the written form.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, dataclass, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from safeconduct.catalogue import fields
from safeconduct.catalogue.marked import MapNode, Node, Refusing, ScalarNode, joined, kind_of
from safeconduct.catalogue.plain import as_node
from safeconduct.core.errors import Refusal
from safeconduct.core.quantities import RawValue
from safeconduct.core.records.fields import file_name, record_fields
from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.core.records.needs import Need
from safeconduct.facts import shapes
from safeconduct.facts.shapes import REFUSED, NeedReader, Reading, Schema, Shape

ERASED = "(erased)"
"""What stands in a required personal field after its erasure."""

# A field that is written inside the mapping of another field: the sampling plan stands among the targets.
INSIDE: Mapping[type, Mapping[str, str]] = {ControlInPlace: {"plan": "targets"}}


# What stands for a required value that was refused: it names nothing and breaks no rule of its own.
_STAND_INS: Mapping[type, Any] = {
    shapes.TextShape: "",
    shapes.NumberShape: 0,
    shapes.FlagShape: False,
    shapes.DayShape: date.min,
    shapes.ListShape: (),
}


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a record: its name in Python and in files, the shape of its value, whether it must be given."""

    name: str
    written: str
    shape: Shape
    field: Field[Any]

    @property
    def required(self) -> bool:
        """Whether the record cannot be without it."""
        return self.field.default is MISSING and self.field.default_factory is MISSING

    @property
    def default(self) -> Any:
        """What it is when it is not given."""
        return self.field.default_factory() if self.field.default_factory is not MISSING else self.field.default

    @property
    def help(self) -> str:
        """What the field says, in a sentence."""
        text: str = self.field.metadata.get("help", "")
        return text


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A record as a mapping of its fields."""

    record: type[Any]
    members: tuple[FieldShape, ...]
    inside: Mapping[str, str]

    def read(
        self,
        node: Node,
        path: str,
        reading: Reading,
        *,
        given: Mapping[str, Any] | None = None,
        besides: Collection[str] = (),
    ) -> Any:
        """The record, or REFUSED where a required field could not be read and nothing may stand in for it.

        An optional field that was refused is left at its default; the collector tells whether anything was refused.
        `given` are fields that the place already tells (a unit's key, the control an evidence stands in) and that may
        not be written again; `besides` are entries of the mapping that somebody else reads.
        """
        given = given or {}
        if not isinstance(node, MapNode):
            what = f"A mapping of fields is expected here, and this is {kind_of(node)}."
            reading.refusing.refuse(node, path, what, do="Write {field: value, …}.")
            return REFUSED
        found = self._written(node, path)
        known = [field.written for field in self.members if field.name not in given]
        self._refuse_unknown(node, path, reading.refusing, {*known, *besides})
        values: dict[str, Any] = dict(given)
        for field in self.members:
            if field.name in given:
                continue
            values[field.name] = self._value(field, found.get(field.written), node, path, reading)
        return REFUSED if REFUSED in values.values() else self.record(**values)

    def _written(self, node: MapNode, path: str) -> dict[str, tuple[Node, str]]:
        """Value and path of each entry; what stands inside another field is brought up."""
        found = {key.text: (value, joined(path, key.text)) for key, value in node if key.text not in self.inside}
        for inner, outer in self.inside.items():
            holder = node.get(outer)
            if not isinstance(holder, MapNode) or (value := holder.get(inner)) is None:
                continue
            rest = tuple(entry for entry in holder.entries if entry[0].text != inner)
            found[inner] = (value, joined(joined(path, outer), inner))
            found[outer] = (MapNode(rest, holder.line), joined(path, outer))
        return found

    def _refuse_unknown(self, node: MapNode, path: str, refusing: Refusing, known: Collection[str]) -> None:
        known = set(known) - set(self.inside)
        for key, _ in node:
            if key.text not in known:
                fields.refuse_word(key, joined(path, key.text), refusing, key.text, sorted(known), "field")

    def _value(
        self, field: FieldShape, written: tuple[Node, str] | None, node: Node, path: str, reading: Reading
    ) -> Any:
        if written is not None:
            value = field.shape.read(*written, reading)
            return self._instead(field, reading) if value is REFUSED else value
        if not field.required:
            return field.default
        what = f"The field {field.written!r} is missing."
        do = f"Add `{field.written}: …`."
        reading.refusing.refuse(node, joined(path, field.written), what, why=field.help, do=do)
        return self._instead(field, reading)

    def _instead(self, field: FieldShape, reading: Reading) -> Any:
        if not field.required:
            return field.default
        return _STAND_INS.get(type(field.shape), REFUSED) if reading.stand_ins else REFUSED

    def write(self, value: Any) -> dict[str, Any]:
        """The fields that are not at their default, in the record's order."""
        plain: dict[str, Any] = {}
        for field in self.members:
            given = getattr(value, field.name)
            if not field.required and given == field.default:
                continue
            holder = plain.setdefault(self.inside[field.name], {}) if field.name in self.inside else plain
            holder[field.written] = field.shape.write(given)
        return plain

    def schema(self) -> Schema:
        """Each field with its help; no others."""
        properties = {field.written: field.shape.schema() | {"description": field.help} for field in self.members}
        for inner, outer in self.inside.items():
            properties[outer]["properties"] = {inner: properties.pop(inner)}
        required = [field.written for field in self.members if field.required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_SHAPES: dict[type[Any], RecordShape] = {}


def shape_of(record: type[Any]) -> RecordShape:
    """The shape of a record class; made once."""
    if record not in _SHAPES:
        _SHAPES[record] = _made_shape(record)
    return _SHAPES[record]


def _made_shape(record: type[Any]) -> RecordShape:
    hints = get_type_hints(record)
    members = tuple(
        FieldShape(field.name, file_name(field.name), _shape(hints[field.name], field), field)
        for field in record_fields(record)
    )
    return RecordShape(record, members, INSIDE.get(record, {}))


_PLAIN_SHAPES: Mapping[Any, Shape] = {
    bool: shapes.FlagShape(),
    int: shapes.NumberShape(),
    date: shapes.DayShape(),
    RawValue: shapes.RawShape(),
    Need: shapes.NeedShape(),
}


def _shape(hint: Any, field: Field[Any]) -> Shape:
    if hint in _PLAIN_SHAPES:
        return _PLAIN_SHAPES[hint]
    arguments = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return _shape(Union[tuple(one for one in arguments if one is not type(None))], field)  # noqa: UP007
    if get_origin(hint) is tuple:
        return shapes.ListShape(_shape(arguments[0], field), bare=arguments[0] is date)
    if get_origin(hint) is Mapping:
        return shapes.MapShape(_shape(arguments[1], field))
    if hint is str:
        return shapes.TextShape(field.metadata.get("words", ()))
    if isinstance(hint, type) and is_dataclass(hint):
        return shape_of(hint)
    assert issubclass(hint, StrEnum), f"{field.name}: no shape for {hint!r}"
    return shapes.WordShape(hint)


def to_plain(record: Any) -> dict[str, Any]:
    """The record's facts form as plain data: what the journal keeps and the API gives."""
    return shape_of(type(record)).write(record)


def from_plain[T](
    record: type[T], plain: object, refusing: Refusing, *, read_need: NeedReader | None = None, path: str = ""
) -> T | None:
    """The record of a facts form; None after refusals, all of them in the collector with the path of their field.

    A field at None counts as not given. `read_need` is asked for alternatives (see `reading.need_reader`).
    """
    before = len(refusing.problems)
    try:
        node = as_node(plain)
    except Refusal as refusal:
        refusing.refuse(0, path, refusal.what, why=refusal.why, do=refusal.do)
        return None
    found = shape_of(record).read(node, path, Reading(refusing, read_need))
    return None if found is REFUSED or len(refusing.problems) > before else found


def personal_fields(record: type[Any]) -> frozenset[str]:
    """The written names of the fields that are about a person."""
    return frozenset(field.written for field in shape_of(record).members if field.field.metadata.get("personal"))


def split_personal(record: type[Any], plain: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A facts form in two: what is fact and what is about persons, each in the record's order."""
    names = personal_fields(record)
    factual = {name: value for name, value in plain.items() if name not in names}
    return factual, {name: value for name, value in plain.items() if name in names}


def join_personal(record: type[Any], factual: Mapping[str, Any], personal: Mapping[str, Any] | None) -> dict[str, Any]:
    """The facts form of both parts; after an erasure (None) required personal fields read `(erased)`."""
    if personal is None:
        shape, names = shape_of(record), personal_fields(record)
        personal = {field.written: ERASED for field in shape.members if field.required and field.written in names}
    whole = {**factual, **personal}
    order = [field.written for field in shape_of(record).members]
    return {name: whole[name] for name in order if name in whole}


def text_at(node: Node, name: str) -> str:
    """The text of an entry of a mapping, or nothing: for finding a key before the record is read."""
    value = node.get(name) if isinstance(node, MapNode) else None
    return value.text if isinstance(value, ScalarNode) else ""
