"""Fields of a mapping with their types: required, optional, unknown with the nearest spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from safeconduct.catalogue.marked import ListNode, MapNode, Node, Refusing, ScalarNode, joined, kind_of
from safeconduct.core.errors import nearest

_SHOWN = 20
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def scalar(node: Node, field: str, refusing: Refusing) -> str | None:
    """The text of a scalar; None after a refusal when it is something else or empty."""
    if isinstance(node, ScalarNode) and (node.text or node.quoted):
        return node.text
    refusing.refuse(node, field, f"One value is expected here, and this is {kind_of(node)}.", do="Write one value.")
    return None


def day(node: Node, field: str, refusing: Refusing) -> date | None:
    """A calendar day written 2026-07-01; None after a refusal."""
    text = scalar(node, field, refusing)
    if text is None:
        return None
    try:
        if not _DAY.match(text):
            raise ValueError("form")
        return date.fromisoformat(text)
    except ValueError:
        why = "A day is written year-month-day and must exist."
        refusing.refuse(node, field, f"{text!r} is not a day.", why=why, do="Write it like 2026-07-01.")
        return None


def flag(node: Node, field: str, refusing: Refusing) -> bool | None:
    """`yes` or `no`; None after a refusal."""
    word = one_of(node, field, refusing, ("yes", "no"), "answer")
    return None if word is None else word == "yes"


def whole_number(node: Node, field: str, refusing: Refusing) -> int | None:
    """A number of things, 0 or more; None after a refusal."""
    text = scalar(node, field, refusing)
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    refusing.refuse(node, field, f"{text!r} is not a whole number.", do="Write digits only, for example 12.")
    return None


def any_number(node: Node, field: str, refusing: Refusing) -> Decimal | None:
    """A number as written, below nothing too; None after a refusal."""
    text = scalar(node, field, refusing)
    if text is None:
        return None
    if text.isascii() and _NUMBER.match(text):
        return Decimal(text)
    refusing.refuse(node, field, f"{text!r} is not a number.", do="Write digits with a point, for example 0.25.")
    return None


def one_of(node: Node, field: str, refusing: Refusing, allowed: Iterable[str], kind: str) -> str | None:
    """A word that must be among those allowed; None after a refusal with the nearest spelling."""
    word = scalar(node, field, refusing)
    if word is None or word in (known := tuple(allowed)):
        return word
    refuse_word(node, field, refusing, word, known, kind)
    return None


def refuse_word(
    at: Node, field: str, refusing: Refusing, word: str, known: Iterable[str], kind: str, *, do: str = ""
) -> None:
    """Refuse a word that names nothing, with the nearest spelling, or some of the known words where none is near."""
    known = tuple(known)
    near = nearest(word, known).strip()
    if not near and not do:
        more = " …" if len(known) > _SHOWN else ""
        near = f"Known: {', '.join(known[:_SHOWN])}{more}." if known else "None is known yet: add it first."
    refusing.refuse(at, field, f"There is no {kind} {word!r}.", do=" ".join(part for part in (near, do) if part))


def items(node: Node, field: str, refusing: Refusing) -> tuple[tuple[str, Node], ...]:
    """Members of a list with the path of each; empty after a refusal when it is no list."""
    if not isinstance(node, ListNode):
        refusing.refuse(node, field, f"A list is expected here, and this is {kind_of(node)}.", do="Write [a, b].")
        return ()
    return tuple((f"{field}[{at}]", item) for at, item in enumerate(node.items, start=1))


def words(node: Node, field: str, refusing: Refusing) -> tuple[tuple[str, Node], ...]:
    """Words of a list with their nodes; a repeated word is refused and counted once."""
    found: dict[str, Node] = {}
    for path, item in items(node, field, refusing):
        word = scalar(item, path, refusing)
        if word is None:
            continue
        if word in found:
            refusing.refuse(item, path, f"{word!r} is listed twice.", do="Keep one.")
        found.setdefault(word, item)
    return tuple(found.items())


def entries(node: Node, field: str, refusing: Refusing) -> Iterator[tuple[ScalarNode, Node, str]]:
    """Key, value and path of each entry of a mapping with free keys; nothing after a refusal when it is none."""
    if not isinstance(node, MapNode):
        refusing.refuse(node, field, f"A mapping is expected here, and this is {kind_of(node)}.", do="Write {key: …}.")
        return
    for key, value in node.entries:
        yield key, value, joined(field, key.text)


class Fields:
    """A mapping with a fixed set of fields.

    Making one refuses what is no mapping, unknown fields (with the nearest spelling) and missing required ones.
    Reading a field that is absent, or was refused, gives the default.
    """

    def __init__(
        self, node: Node, field: str, refusing: Refusing, *, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> None:
        self.node = node
        self.field = field
        self.refusing = refusing
        needed = tuple(required)
        known = (*needed, *optional)
        self._values: dict[str, Node] = {}
        if not isinstance(node, MapNode):
            what = f"A mapping with {_listed(known)} is expected here, and this is {kind_of(node)}."
            refusing.refuse(node, field, what, do="Write {field: value, …}.")
            return
        for key, value in node.entries:
            if key.text in known:
                self._values[key.text] = value
            else:
                refuse_word(key, joined(field, key.text), refusing, key.text, known, "field")
        for name in needed:
            if name not in self._values:
                refusing.refuse(node, field, f"The field {name!r} is missing.", do=f"Add `{name}: …`.")

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def is_empty_list(self, name: str) -> bool:
        """Whether a field is a list with nothing in it."""
        node = self._values.get(name)
        return isinstance(node, ListNode) and not node.items

    def path(self, name: str) -> str:
        """The path of a field, for refusals."""
        return joined(self.field, name)

    def node_of(self, name: str) -> Node | None:
        """The value of a field as it was written."""
        return self._values.get(name)

    def at(self, name: str) -> Node:
        """The node to point at when a field is refused: its value, or the mapping when it is absent."""
        return self._values.get(name, self.node)

    def refuse(self, name: str, what: str, *, why: str = "", do: str = "") -> None:
        """Refuse a field."""
        self.refusing.refuse(self.at(name), self.path(name), what, why=why, do=do)

    def text(self, name: str, default: str = "") -> str:
        """One value as text."""
        node = self._values.get(name)
        found = None if node is None else scalar(node, self.path(name), self.refusing)
        return default if found is None else found

    def word(self, name: str, allowed: Iterable[str], kind: str = "", default: str = "") -> str:
        """One of the words allowed; `kind` is what a refusal calls it (the field's name when empty)."""
        node = self._values.get(name)
        found = None if node is None else one_of(node, self.path(name), self.refusing, allowed, kind or name)
        return default if found is None else found

    def choice[T: StrEnum](self, name: str, kind: type[T], default: T) -> T:
        """One of the words of an enumeration."""
        found = self.word(name, [member.value for member in kind], name)
        return kind(found) if found else default

    def day(self, name: str) -> date | None:
        """A day, or None."""
        node = self._values.get(name)
        return None if node is None else day(node, self.path(name), self.refusing)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """`yes` or `no`."""
        node = self._values.get(name)
        found = None if node is None else flag(node, self.path(name), self.refusing)
        return default if found is None else found

    def number(self, name: str) -> int | None:
        """A whole number, or None."""
        node = self._values.get(name)
        return None if node is None else whole_number(node, self.path(name), self.refusing)

    def any_number(self, name: str) -> Decimal | None:
        """A number as written, or None."""
        node = self._values.get(name)
        return None if node is None else any_number(node, self.path(name), self.refusing)

    def words(self, name: str) -> tuple[tuple[str, Node], ...]:
        """Words of a list with their nodes; empty when the field is absent."""
        node = self._values.get(name)
        return () if node is None else words(node, self.path(name), self.refusing)

    def known_words(self, name: str, known: Iterable[str], kind: str) -> tuple[str, ...]:
        """Words of a list that must all be known; the unknown ones are refused and left out."""
        allowed = tuple(known)
        kept: list[str] = []
        for word, node in self.words(name):
            if word in allowed:
                kept.append(word)
            else:
                refuse_word(node, self.path(name), self.refusing, word, allowed, kind)
        return tuple(kept)

    def items(self, name: str) -> tuple[tuple[str, Node], ...]:
        """Members of a list with the path of each; empty when the field is absent."""
        node = self._values.get(name)
        return () if node is None else items(node, self.path(name), self.refusing)

    def entries(self, name: str) -> Iterator[tuple[ScalarNode, Node, str]]:
        """Key, value and path of each entry of a mapping with free keys; nothing when the field is absent."""
        node = self._values.get(name)
        return iter(()) if node is None else entries(node, self.path(name), self.refusing)

    def known_entries(self, name: str, known: Iterable[str], kind: str) -> Iterator[tuple[ScalarNode, Node, str]]:
        """Entries of a mapping whose keys must be known; the unknown ones are refused and left out."""
        allowed = tuple(known)
        for key, value, path in self.entries(name):
            if key.text in allowed:
                yield key, value, path
            else:
                refuse_word(key, path, self.refusing, key.text, allowed, kind)

    def texts(self, name: str) -> dict[str, str]:
        """A mapping of words to texts."""
        found: dict[str, str] = {}
        for key, value, path in self.entries(name):
            text = scalar(value, path, self.refusing)
            if text is not None:
                found[key.text] = text
        return found


def _listed(names: tuple[str, ...]) -> str:
    return "the fields " + ", ".join(names) if names else "fields"
