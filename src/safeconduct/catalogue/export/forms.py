"""The plain form of any record of the catalogue follows from its frozen dataclass: written, read back, and as a schema.

A field at its default is left out; needs and conditions are written in the catalogue's own language; what the loader
reads from text (days, durations, amounts) is text again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from safeconduct.catalogue.conditions import read_condition
from safeconduct.catalogue.need_reader import read_need
from safeconduct.catalogue.need_words import Ask
from safeconduct.catalogue.need_writer import write_condition, write_need
from safeconduct.catalogue.plain import as_node
from safeconduct.catalogue.schema_parts import Schema, listed, mapping, record, ref, word
from safeconduct.core.dates import Duration
from safeconduct.core.quantities import read_duration, read_number, write_value
from safeconduct.core.records.catalogue import Applies, Timeline
from safeconduct.core.records.fields import file_name
from safeconduct.core.records.needs import Condition, ControlNeed, Need

_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT: Schema = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a form needs besides it: the words that needs may name (None: no need is expected)."""

    ask: Ask | None = None


@dataclass(frozen=True)
class Form:
    """How a value is written as plain data, read back, and described. `records` are those its schema names.

    `read` raises ValueError, TypeError or KeyError for what was never written by `write`.
    """

    write: Callable[[Any], Any]
    read: Callable[[Any, Reading], Any]
    schema: Schema
    records: tuple[type[Any], ...] = ()


def form_of(hint: Any) -> Form:
    """The form of a type. TypeError for a type no record of the catalogue has."""
    found = _PLAIN.get(hint)
    if found is not None:
        return found
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Form(str, lambda plain, _: hint(plain), word(hint))
    return _composed(get_origin(hint), get_args(hint), hint)


def _composed(origin: Any, arguments: tuple[Any, ...], hint: Any) -> Form:
    if origin in (Union, types.UnionType):
        inside = tuple(one for one in arguments if one is not types.NoneType)
        if len(inside) < len(arguments):
            return _optional(form_of(Union[inside]))  # noqa: UP007  (its members are known only here)
        if all(is_dataclass(one) for one in inside):
            return _one_of({one.__name__: one for one in inside})
    if origin is frozenset:
        return _several(form_of(arguments[0]), sorted, frozenset)
    if origin is tuple and arguments[1:] == (...,):
        inner = get_args(arguments[0])
        if get_origin(arguments[0]) is tuple and len(inner) == 2 and _is_text(inner[0]):
            return _pairs(form_of(inner[0]), form_of(inner[1]))
        return _several(form_of(arguments[0]), list, tuple)
    if origin is tuple:
        return _tuple([form_of(one) for one in arguments])
    if origin is Mapping and _is_text(arguments[0]):
        return _mapping(form_of(arguments[0]), form_of(arguments[1]))
    if origin is Mapping:
        return _listed_mapping(_tuple([form_of(one) for one in arguments]))
    raise TypeError(f"No form is known of {hint!r}.")


def _is_text(hint: Any) -> bool:
    """Whether values of a type are written as text, and so can be the keys of a JSON object."""
    return hint in (str, date) or (isinstance(hint, type) and issubclass(hint, StrEnum))


def _one_of(kinds: Mapping[str, type[Any]]) -> Form:
    """One of several records, under the name of its kind."""

    def read(plain: Any, reading: Reading) -> Any:
        ((name, inner),) = _map(plain).items()
        return form_of(kinds[name]).read(inner, reading)

    choices = [record([name], {name: ref(name)}) for name in kinds]
    return Form(
        lambda value: {type(value).__name__: form_of(type(value)).write(value)},
        read,
        {"anyOf": choices},
        tuple(kinds.values()),
    )


def _tuple(inner: list[Form]) -> Form:
    """A tuple of a fixed length as a list."""
    return Form(
        lambda value: [form.write(one) for form, one in zip(inner, value, strict=True)],
        lambda plain, reading: tuple(form.read(one, reading) for form, one in zip(inner, _list(plain), strict=True)),
        {"type": "array", "prefixItems": [form.schema for form in inner], "items": False, "minItems": len(inner)},
        tuple(one for form in inner for one in form.records),
    )


def _listed_mapping(pair: Form) -> Form:
    """A mapping whose keys are no text, as a list of pairs."""
    return Form(
        lambda value: [pair.write(one) for one in value.items()],
        lambda plain, reading: dict(pair.read(one, reading) for one in _list(plain)),
        listed(pair.schema),
        pair.records,
    )


def _optional(inner: Form) -> Form:
    return Form(
        lambda value: None if value is None else inner.write(value),
        lambda plain, reading: None if plain is None else inner.read(plain, reading),
        {"anyOf": [inner.schema, {"type": "null"}]},
        inner.records,
    )


def _several(inner: Form, order: Callable[[Any], list[Any]], build: Callable[[Iterable[Any]], Any]) -> Form:
    return Form(
        lambda value: [inner.write(one) for one in order(value)],
        lambda plain, reading: build(inner.read(one, reading) for one in _list(plain)),
        listed(inner.schema),
        inner.records,
    )


def _pairs(first: Form, second: Form) -> Form:
    """Pairs, each first half once: an obligation by the day it begins."""
    inner = _mapping(first, second)
    return Form(
        lambda value: inner.write(dict(value)),
        lambda plain, reading: tuple(inner.read(plain, reading).items()),
        inner.schema,
        inner.records,
    )


def _mapping(keys: Form, values: Form) -> Form:
    return Form(
        lambda value: {keys.write(key): values.write(one) for key, one in value.items()},
        lambda plain, reading: {keys.read(key, reading): values.read(one, reading) for key, one in _map(plain).items()},
        mapping(values.schema, keys.schema if keys.schema != _TEXT else None),
        values.records,
    )


def _record(kind: type[Any]) -> Form:
    def write(value: Any) -> dict[str, Any]:
        return {
            one.written: one.form.write(found) for one in members(kind) if (found := one.said(value)) is not _UNSAID
        }

    def read(plain: Any, reading: Reading) -> Any:
        given, known = _map(plain), {one.written: one for one in members(kind)}
        return kind(**{known[name].field.name: known[name].form.read(one, reading) for name, one in given.items()})

    return Form(write, read, ref(kind.__name__), (kind,))


_UNSAID = object()


@dataclass(frozen=True)
class Member:
    """A field of a record, its written name and its form."""

    field: Field[Any]
    written: str
    form: Form

    @property
    def required(self) -> bool:
        """Whether the record cannot be without it."""
        return self.field.default is MISSING and self.field.default_factory is MISSING

    def said(self, value: Any) -> Any:
        """The field's value, or a mark that it says nothing because it is at its default."""
        found = getattr(value, self.field.name)
        if self.required:
            return found
        usual = self.field.default if self.field.default_factory is MISSING else self.field.default_factory()
        return _UNSAID if found == usual else found


_MEMBERS: dict[type[Any], tuple[Member, ...]] = {}


def members(kind: type[Any]) -> tuple[Member, ...]:
    """The fields of a record with their forms, in the order they are written; made once."""
    if kind not in _MEMBERS:
        hints = get_type_hints(kind)
        _MEMBERS[kind] = tuple(Member(one, file_name(one.name), form_of(hints[one.name])) for one in fields(kind))
    return _MEMBERS[kind]


def _schema(kind: type[Any]) -> Schema:
    own = members(kind)
    required = [one.written for one in own if one.required]
    return record(required, {one.written: one.form.schema for one in own})


def schemas_of(kind: type[Any]) -> dict[str, Schema]:
    """The schema of a record and of every record inside it, by name."""
    found: dict[str, Schema] = {}
    pending = [kind]
    while pending:
        one = pending.pop()
        if one.__name__ not in found:
            found[one.__name__] = _schema(one)
            pending += [inner for member in members(one) for inner in member.form.records]
    return dict(sorted(found.items()))


def _list(plain: Any) -> list[Any]:
    if not isinstance(plain, list):
        raise TypeError(f"{plain!r} is no list")
    return plain


def _map(plain: Any) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise TypeError(f"{plain!r} is no mapping")
    return plain


def _exactly(kind: type[Any]) -> Callable[[Any, Reading], Any]:
    def read(plain: Any, _: Reading) -> Any:
        if type(plain) is not kind:
            raise TypeError(f"{plain!r} is no {kind.__name__}")
        return plain

    return read


def _in_language(reader: Callable[..., Any]) -> Callable[[Any, Reading], Any]:
    def read(plain: Any, reading: Reading) -> Any:
        if reading.ask is None:
            raise TypeError("no need is expected here")
        return reader(as_node(plain), "", reading.ask)

    return read


def _own_timeline(value: Applies | Timeline) -> Any:
    return value.value if isinstance(value, Applies) else _TIMELINE.write(value)


def _read_own_timeline(plain: Any, reading: Reading) -> Any:
    return Applies(plain) if isinstance(plain, str) else _TIMELINE.read(plain, reading)


def _write_level(value: Decimal | str) -> Any:
    """A number or a word, told apart."""
    return {"number": write_value(value)} if isinstance(value, Decimal) else value


def _read_level(plain: Any, _: Reading) -> Decimal | str:
    return plain if isinstance(plain, str) else read_number(_map(plain)["number"])


_PLAIN: dict[Any, Form] = {
    str: Form(str, _exactly(str), _TEXT),
    bool: Form(bool, _exactly(bool), {"type": "boolean"}),
    int: Form(int, _exactly(int), {"type": "integer"}),
    date: Form(date.isoformat, lambda plain, _: date.fromisoformat(plain), _DAY),
    Decimal: Form(write_value, lambda plain, _: read_number(plain), _TEXT),
    Duration: Form(str, lambda plain, _: read_duration(plain), _TEXT),
    Decimal | str: Form(_write_level, _read_level, {"anyOf": [_TEXT, record(["number"], {"number": _TEXT})]}),
    Need: Form(write_need, _in_language(read_need), ref("need")),
    ControlNeed: Form(write_need, _in_language(read_need), ref("need")),
    Condition: Form(write_condition, _in_language(read_condition), ref("condition")),
}
_TIMELINE = form_of(Timeline)
_PLAIN[Applies | Timeline] = Form(
    _own_timeline, _read_own_timeline, {"anyOf": [word(Applies), _TIMELINE.schema]}, _TIMELINE.records
)
