"""Shapes: how one field of a fact is read from marked nodes, written as plain data and described by a JSON Schema.

Each sort of value is one class with these three methods, so that the three cannot disagree. Plain data are what JSON
can hold: text, whole numbers, true and false, lists and mappings; a day is text like 2026-07-01.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from safeconduct.catalogue import fields
from safeconduct.catalogue.marked import ListNode, MapNode, Node, Refusing, ScalarNode
from safeconduct.catalogue.need_writer import write_need
from safeconduct.core.quantities import SetValue
from safeconduct.core.records.needs import Need

type Plain = str | int | bool | list[Any] | dict[str, Any]
type Schema = dict[str, Any]

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")

_DIGITS = 15

NeedReader = Callable[[Node, str, Refusing], Need | None]


class RefusedValue:
    """Stands for a value that was refused; the refusal is in the collector."""


REFUSED = RefusedValue()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading needs: a collector of refusals, and how a need is read (None where no catalogue is at hand).

    `stand_ins` lets a required value that was refused be replaced by one that says nothing, so that the rest of its
    record can still be checked. Whether anything was refused is always told by the collector.
    """

    refusing: Refusing
    read_need: NeedReader | None = None
    stand_ins: bool = False


class Shape(Protocol):
    """One sort of value."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """The value, or REFUSED after a refusal."""

    def write(self, value: Any) -> Plain:
        """The value as plain data; reads back to an equal value."""

    def schema(self) -> Schema:
        """What plain data must look like."""


def _or_refused(value: Any) -> Any:
    return REFUSED if value is None else value


@dataclass(frozen=True, slots=True)
class TextShape:
    """Text; `words` are the only ones allowed when there are any."""

    words: tuple[str, ...] = ()

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Text without control characters; line breaks are allowed."""
        if self.words:
            return _or_refused(fields.one_of(node, path, reading.refusing, self.words, "word"))
        text = fields.scalar(node, path, reading.refusing)
        if text is None or not (bad := sorted({character for character in text if is_control(character)})):
            return _or_refused(text)
        what = f"The text holds the control character {bad[0]!a}."
        reading.refusing.refuse(node, path, what, why="It cannot be shown or stored.", do="Remove it.")
        return REFUSED

    def write(self, value: Any) -> Plain:
        """The text itself."""
        return str(value)

    def schema(self) -> Schema:
        """Text, or one of the words."""
        return {"enum": list(self.words)} if self.words else {"type": "string"}


def is_control(character: str) -> bool:
    """Whether a character is none that a text may hold: it cannot be shown, or not be stored."""
    code = ord(character)
    return (code < 32 and character not in "\n\t") or 127 <= code < 160 or 0xD800 <= code < 0xE000


@dataclass(frozen=True, slots=True)
class NumberShape:
    """A number of things, 0 or more."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Digits only, at most fifteen."""
        if isinstance(node, ScalarNode) and node.text.isdigit() and len(node.text) > _DIGITS:
            what = f"The number has {len(node.text)} digits."
            reading.refusing.refuse(node, path, what, why="Nobody counts so far.", do=f"Write at most {_DIGITS}.")
            return REFUSED
        return _or_refused(fields.whole_number(node, path, reading.refusing))

    def write(self, value: Any) -> Plain:
        """A JSON number."""
        return int(value)

    def schema(self) -> Schema:
        """A number, or its digits as text."""
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]}


@dataclass(frozen=True, slots=True)
class FlagShape:
    """Yes or no: `yes` and `no` in files, true and false in plain data."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """`yes` or `no`."""
        return _or_refused(fields.flag(node, path, reading.refusing))

    def write(self, value: Any) -> Plain:
        """True or false."""
        return bool(value)

    def schema(self) -> Schema:
        """Both spellings."""
        return {"enum": ["yes", "no", True, False]}


@dataclass(frozen=True, slots=True)
class DayShape:
    """A calendar day."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Written like 2026-07-01."""
        return _or_refused(fields.day(node, path, reading.refusing))

    def write(self, value: Any) -> Plain:
        """Year-month-day."""
        day: date = value
        return day.isoformat()

    def schema(self) -> Schema:
        """Text in the form of a day."""
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True, slots=True)
class WordShape:
    """One word of an enumeration."""

    kind: type[StrEnum]

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """The member whose word it is."""
        words = [member.value for member in self.kind]
        word = fields.one_of(node, path, reading.refusing, words, "word")
        return REFUSED if word is None else self.kind(word)

    def write(self, value: Any) -> Plain:
        """The word."""
        return str(value)

    def schema(self) -> Schema:
        """One of the words."""
        return {"enum": [member.value for member in self.kind]}


@dataclass(frozen=True, slots=True)
class ListShape:
    """Several values of one sort in their order, none twice; `bare` takes one value without brackets too."""

    of: Shape
    bare: bool = False

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """A tuple."""
        if self.bare and isinstance(node, ScalarNode):
            node = ListNode((node,), node.line)
        if not isinstance(node, ListNode):
            fields.items(node, path, reading.refusing)
            return REFUSED
        found: list[Any] = []
        for at, item in fields.items(node, path, reading.refusing):
            value = self.of.read(item, at, reading)
            if value is not REFUSED and value in found:
                reading.refusing.refuse(item, at, "The entry is listed twice.", do="Keep one.")
                value = REFUSED
            found.append(value)
        return REFUSED if REFUSED in found else tuple(found)

    def write(self, value: Any) -> Plain:
        """A list."""
        return [self.of.write(member) for member in value]

    def schema(self) -> Schema:
        """A list, or one bare value."""
        members = {"type": "array", "items": self.of.schema()}
        return {"anyOf": [members, self.of.schema()]} if self.bare else members


@dataclass(frozen=True, slots=True)
class MapShape:
    """Values of one sort under free keys."""

    of: Shape

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """A dict in the order written."""
        if not isinstance(node, MapNode):
            tuple(fields.entries(node, path, reading.refusing))
            return REFUSED
        found: dict[str, Any] = {}
        for key, value, at in fields.entries(node, path, reading.refusing):
            found[key.text] = self.of.read(value, at, reading)
            if not _KEY.fullmatch(key.text):
                what = f"{key.text[:100]!r} is no key."
                reading.refusing.refuse(key, path, what, do="Write letters, digits and `-`, at most 100.")
                found[key.text] = REFUSED
        return REFUSED if REFUSED in found.values() else found

    def write(self, value: Any) -> Plain:
        """A mapping, sorted by key."""
        members: Mapping[str, Any] = value
        return {key: self.of.write(members[key]) for key in sorted(members)}

    def schema(self) -> Schema:
        """A mapping with free keys."""
        return {"type": "object", "additionalProperties": self.of.schema()}


@dataclass(frozen=True, slots=True)
class RawShape:
    """A parameter's value as recorded: text, or elements that are there (`yes`) and missing (`no`)."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Text or a SetValue; an element in both halves is refused."""
        if isinstance(node, ListNode):
            why = "Only what is said to be there or missing counts; what is in neither is not recorded."
            reading.refusing.refuse(
                node,
                path,
                "A bare list does not say whether its elements are there.",
                why=why,
                do="Write {yes: […], no: […]}.",
            )
            return REFUSED
        if isinstance(node, ScalarNode):
            return TextShape().read(node, path, reading)
        before = len(reading.refusing.problems)
        halves = fields.Fields(node, path, reading.refusing, optional=("yes", "no"))
        there, missing = (frozenset(word for word, _ in halves.words(half)) for half in ("yes", "no"))
        for element in sorted(there & missing):
            halves.refuse("no", f"{element!r} is said to be there and to be missing.", do="Keep it in one of the two.")
        return SetValue(there, missing) if len(reading.refusing.problems) == before else REFUSED

    def write(self, value: Any) -> Plain:
        """Text, or the halves that hold something, each sorted."""
        if not isinstance(value, SetValue):
            return str(value)
        halves = {"yes": sorted(value.yes), "no": sorted(value.no)}
        return {half: elements for half, elements in halves.items() if elements}

    def schema(self) -> Schema:
        """Text (a bare number or truth value is text too), or the two halves."""
        elements = {"type": "array", "items": {"type": "string"}}
        halves = {"type": "object", "properties": {"yes": elements, "no": elements}, "additionalProperties": False}
        return {"anyOf": [{"type": ["string", "number", "boolean"]}, halves]}


@dataclass(frozen=True, slots=True)
class NeedShape:
    """A need in the catalogue's language."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """A typed need; refused where no catalogue is at hand to read it by."""
        if reading.read_need is None:
            what = "A need cannot be read without a catalogue."
            reading.refusing.refuse(node, path, what, do="Give the catalogue to the reader.")
            return REFUSED
        return _or_refused(reading.read_need(node, path, reading.refusing))

    def write(self, value: Any) -> Plain:
        """As the catalogue writes it."""
        written: Plain = write_need(value)
        return written

    def schema(self) -> Schema:
        """One key that says what sort of need it is."""
        return {"type": "object", "minProperties": 1, "maxProperties": 1}
