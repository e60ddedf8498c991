"""Reads conditions: what makes a need or a row apply."""

from __future__ import annotations

import re
from collections.abc import Callable

from safeconduct.catalogue.fields import Fields, items, scalar
from safeconduct.catalogue.marked import MapNode, Node, joined, kind_of
from safeconduct.catalogue.measures import read_measure
from safeconduct.catalogue.need_words import Ask
from safeconduct.core.records.needs import (
    AllOf,
    AnyOf,
    Condition,
    FlowIs,
    MeasureIs,
    Not,
    PresentIs,
    RoleIs,
    TraitIs,
    VariantIs,
)

MODES = ("sea", "air", "road", "rail", "post")
FLOW_FIELDS = ("from", "to", "mode")
_COUNTRY = re.compile(r"^[A-Z]{2}$")


def read_condition(node: Node, field: str, ask: Ask) -> Condition | None:
    """A condition; None after a refusal."""
    if not isinstance(node, MapNode) or len(node) != 1:
        found = f"one with {len(node)} keys" if isinstance(node, MapNode) else kind_of(node)
        what = f"A condition is a mapping with exactly one key, and this is {found}."
        ask.refuse(node, field, what, do="Join several with {all: […]} or {any: […]}.")
        return None
    key, value = node.entries[0]
    path = joined(field, key.text)
    if not ask.known(key, path, key.text, CONDITIONS, "condition"):
        return None
    return CONDITIONS[key.text](value, path, ask)


def countries(fields: Fields, name: str) -> tuple[str, ...]:
    """Two-letter countries of a list; anything else is refused."""
    found = fields.words(name)
    for word, node in found:
        if not _COUNTRY.match(word):
            what = f"{word!r} is no country."
            fields.refusing.refuse(node, fields.path(name), what, do="Write two capital letters (ISO 3166-1).")
    return tuple(word for word, _ in found)


def _trait(node: Node, field: str, ask: Ask) -> Condition | None:
    word = scalar(node, field, ask.refusing)
    known = word is not None and ask.known(node, field, word, ask.words.terms.traits, "trait")
    return TraitIs(word) if word and known else None


def _variant(node: Node, field: str, ask: Ask) -> Condition | None:
    word = scalar(node, field, ask.refusing)
    known = word is not None and ask.known(node, field, word, ask.words.variants, "variant of this programme")
    return VariantIs(word) if word and known else None


def _role(node: Node, field: str, ask: Ask) -> Condition | None:
    word = scalar(node, field, ask.refusing)
    known = word is not None and ask.known(node, field, word, ask.words.roles, "role of this programme")
    return RoleIs(word) if word and known else None


def _present(node: Node, field: str, ask: Ask) -> Condition | None:
    word = scalar(node, field, ask.refusing)
    return PresentIs(word) if word and ask.control(node, field, word) else None


def _flow(node: Node, field: str, ask: Ask) -> Condition | None:
    fields = Fields(node, field, ask.refusing, optional=FLOW_FIELDS)
    if isinstance(node, MapNode) and not len(node):
        fields.refuse("", "A flow that names nothing is true of every flow.", do="Name from, to or mode.")
    return FlowIs(
        from_=countries(fields, "from"), to=countries(fields, "to"), mode=fields.known_words("mode", MODES, "mode")
    )


def _measure(node: Node, field: str, ask: Ask) -> Condition | None:
    measure = read_measure(node, field, ask)
    return MeasureIs(measure) if measure else None


def _not(node: Node, field: str, ask: Ask) -> Condition | None:
    inner = read_condition(node, field, ask)
    return Not(inner) if inner else None


def _members(node: Node, field: str, ask: Ask) -> tuple[Condition, ...]:
    members = items(node, field, ask.refusing)
    if not members and not isinstance(node, MapNode):
        ask.refuse(node, field, "An empty list decides nothing.", do="Name conditions, or remove it.")
    read = [read_condition(item, path, ask) for path, item in members]
    return tuple(condition for condition in read if condition is not None)


def _all(node: Node, field: str, ask: Ask) -> Condition | None:
    return AllOf(_members(node, field, ask))


def _any(node: Node, field: str, ask: Ask) -> Condition | None:
    return AnyOf(_members(node, field, ask))


CONDITIONS: dict[str, Callable[[Node, str, Ask], Condition | None]] = {
    "trait": _trait,
    "variant": _variant,
    "role": _role,
    "present": _present,
    "flow": _flow,
    "measure": _measure,
    "not": _not,
    "all": _all,
    "any": _any,
}
