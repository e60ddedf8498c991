"""Columns derived from the fields of a frozen record, so that no field is declared twice.

Text, days, flags and numbers are plain columns; a word of an enumeration comes back as its member; everything nested
is kept as JSON text of the codec's plain form and comes back as the record's own value.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from django.db import models

from safeconduct.catalogue.marked import Refusing
from safeconduct.catalogue.plain import as_node
from safeconduct.facts.codec import FieldShape, shape_of
from safeconduct.facts.shapes import Reading
from safeconduct.server.common.catalogue_in_use import need_reader_in_use
from safeconduct.server.journal.chain import canonical

if TYPE_CHECKING:
    # Django's fields are generic for the type checker only.
    _BigIntegerField = models.BigIntegerField[Any, Any]
    _BooleanField = models.BooleanField[Any, Any]
    _CharField = models.CharField[Any, Any]
    _DateField = models.DateField[Any, Any]
    _TextField = models.TextField[Any, Any]
else:
    from django.db.models import BigIntegerField as _BigIntegerField
    from django.db.models import BooleanField as _BooleanField
    from django.db.models import CharField as _CharField
    from django.db.models import DateField as _DateField
    from django.db.models import TextField as _TextField

KEY_LENGTH = 100
# Django allows no trailing underscore in a column's name, and the plain word is taken in Python.
COLUMN_NAMES = {"from_": "from_day", "for_": "for_element", "in_": "in_unit", "is_": "is_value"}
MEMORY = 10_000


def column_name(field_name: str) -> str:
    """The column of a record's field.

    >>> column_name("from_"), column_name("holder")
    ('from_day', 'holder')
    """
    return COLUMN_NAMES.get(field_name, field_name)


class _Derived:
    """In migrations a derived column is Django's own, without help text: both belong to the record."""

    def deconstruct(self) -> Any:
        """Name, class, and what the database must know."""
        name, _, args, kwargs = super().deconstruct()  # type: ignore[misc]
        kept = {option: value for option, value in kwargs.items() if option not in ("help_text", "blank")}
        return name, f"django.db.models.{self.get_internal_type()}", args, kept  # type: ignore[attr-defined]


class KeyColumn(_Derived, _CharField):
    """The record's key."""


class TextColumn(_Derived, _TextField):
    """Text."""


class DayColumn(_Derived, _DateField):
    """A day."""


class FlagColumn(_Derived, _BooleanField):
    """Yes or no."""


class NumberColumn(_Derived, _BigIntegerField):
    """A whole number."""


class WordColumn(_Derived, _CharField):
    """A word of an enumeration, given back as its member."""

    def __init__(self, *args: Any, kind: type[StrEnum] | None = None, **kwargs: Any) -> None:
        self.members = {} if kind is None else {member.value: member for member in kind}
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> StrEnum | None:
        """The member whose word it is."""
        return None if value is None else self.members[value]


class PlainColumn(_Derived, _TextField):
    """A nested value as JSON text of the codec's plain form, given back as the record's value.

    It is text and not the database's own JSON, which would bring the entries of a mapping into another order: the
    bounds of a need keep theirs. Equal texts give the same value: records are frozen, so they may share it.
    """

    def __init__(self, *args: Any, member: FieldShape | None = None, **kwargs: Any) -> None:
        self.member = member
        self._seen: dict[str, Any] = {}
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        """The plain form of the record's value as text."""
        if value is None or self.member is None:
            return value
        return canonical(self.member.shape.write(value))

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Any:
        """The record's value."""
        if value is None or self.member is None:
            return None
        if value not in self._seen:
            if len(self._seen) >= MEMORY:
                self._seen.clear()
            self._seen[value] = _read(self.member, value)
        return self._seen[value]


def _read(member: FieldShape, text: str) -> Any:
    refusing = Refusing("row")
    reading = Reading(refusing, need_reader_in_use())
    found = member.shape.read(as_node(json.loads(text)), member.written, reading)
    refusing.finish()
    return found


def _optional(hint: Any) -> tuple[Any, bool]:
    """The type of a field without None, and whether None is allowed."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    members = [member for member in get_args(hint) if member is not type(None)]
    return (members[0] if len(members) == 1 else hint), len(members) < len(get_args(hint))


_SIMPLE: dict[Any, Callable[..., models.Field[Any, Any]]] = {
    str: TextColumn,
    bool: FlagColumn,
    int: NumberColumn,
    date: DayColumn,
}


def _column(member: FieldShape, hint: Any) -> models.Field[Any, Any]:
    kind, optional = _optional(hint)
    options: dict[str, Any] = {"help_text": member.help}
    if optional:
        options |= {"null": True, "blank": True}
    elif not member.required:
        options |= {"blank": True}
    if member.name == "key":
        return KeyColumn(max_length=KEY_LENGTH, **options)
    if kind in _SIMPLE:
        return _SIMPLE[kind](**options)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return WordColumn(kind=kind, max_length=40, **options)
    return PlainColumn(member=member, **options)


def columns_of(record: type[Any]) -> dict[str, models.Field[Any, Any]]:
    """A new column for each field of a record class, by the column's name, in the record's order."""
    hints = get_type_hints(record)
    return {column_name(member.name): _column(member, hints[member.name]) for member in shape_of(record).members}


_NAMES: dict[type[Any], tuple[tuple[str, str], ...]] = {}


def names_of(record: type[Any]) -> tuple[tuple[str, str], ...]:
    """Field and column of each field of a record class, in the record's order."""
    if record not in _NAMES:
        _NAMES[record] = tuple((member.name, column_name(member.name)) for member in shape_of(record).members)
    return _NAMES[record]


def values_of(record: Any) -> dict[str, Any]:
    """The column values of a record."""
    return {column: getattr(record, name) for name, column in names_of(type(record))}
