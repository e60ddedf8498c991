"""Reads the files of neutral controls, one per family."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeconduct.catalogue.fields import Fields, entries, refuse_word
from safeconduct.catalogue.marked import Node, Refusing, ScalarNode
from safeconduct.catalogue.terms import good_key, unreserved
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import Control, Inherits, Mode, Parameter, Terms
from safeconduct.core.records.in_place import Shown

FAMILIES = (*"ABCDEFGHIJKLM", "governance", "risk", "compliance", "records", "finance")
REQUIRED = ("title", "family", "mode", "inherits", "shown")
OPTIONAL = ("by", "parameters", "note", "replaced_by")
PARAMETER_OPTIONAL = ("better", "inherits", "title")
NUMERIC = (ParameterKind.NUMBER, ParameterKind.DURATION, ParameterKind.MONEY, ParameterKind.PERCENT)
DIRECTIONS = ("more", "less")
_LESS = {Inherits.NEVER: 0, Inherits.PROCEDURE: 1, Inherits.FULL: 2}


@dataclass(frozen=True, slots=True)
class Written:
    """A control with the place it was written at, for checks that need all of them."""

    control: Control
    node: ScalarNode
    refusing: Refusing


def read_controls(node: Node, refusing: Refusing, terms: Terms) -> tuple[Written, ...]:
    """The controls of one file. What is refused in a control is left out of it, so that reading can go on."""
    found = []
    for key, value, path in entries(node, "", refusing):
        if good_key(key, key.text, path, refusing):
            unreserved(key, key.text, path, refusing, "control")
            fields = Fields(value, path, refusing, required=REQUIRED, optional=OPTIONAL)
            found.append(Written(_read_control(key.text, fields, terms), key, refusing))
    return tuple(found)


def _read_control(key: str, fields: Fields, terms: Terms) -> Control:
    inherits = fields.choice("inherits", Inherits, Inherits.NEVER)
    return Control(
        key=key,
        title=fields.text("title"),
        family=fields.word("family", FAMILIES, "family"),
        mode=fields.choice("mode", Mode, Mode.STANDING),
        inherits=inherits,
        shown=_read_shown(fields),
        parameters=_read_parameters(fields, terms, inherits),
        by=_list_of(fields, "by", terms, ordered=False),
        note=fields.text("note"),
        replaced_by=fields.text("replaced_by"),
    )


def _read_shown(fields: Fields) -> tuple[Shown, ...]:
    kinds = fields.known_words("shown", [kind.value for kind in Shown], "kind of showing")
    if "shown" in fields and not kinds:
        fields.refuse("shown", "Evidence must show something.", do="Write [design], [operation] or both.")
    return tuple(Shown(kind) for kind in kinds)


def _list_of(fields: Fields, name: str, terms: Terms, *, ordered: bool) -> str:
    """The key of a list of terms that must exist and be an order, or a set."""
    key = fields.text(name)
    if not key:
        return ""
    known = terms.lists.get(key)
    if known is None:
        refuse_word(fields.at(name), fields.path(name), fields.refusing, key, terms.lists, "list")
        return ""
    if known.ordered != ordered:
        have, want = ("an order", "a set") if known.ordered else ("a set", "an order")
        fields.refuse(name, f"The list {key!r} is {have}, and {want} is needed here.", do=f"Name {want} of terms.yml.")
        return ""
    return key


def _read_parameters(fields: Fields, terms: Terms, inherits: Inherits) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for key, value, path in fields.entries("parameters"):
        if not good_key(key, key.text, path, fields.refusing):
            continue
        unreserved(key, key.text, path, fields.refusing, "parameter")
        kinds = [kind.value for kind in ParameterKind]
        inner = Fields(value, path, fields.refusing, optional=(*kinds, *PARAMETER_OPTIONAL))
        parameter = _read_parameter(key.text, inner, terms)
        if parameter is None:
            continue
        _check_inheritance(inner, parameter, inherits)
        found[key.text] = parameter
    return found


def _read_parameter(key: str, fields: Fields, terms: Terms) -> Parameter | None:
    kinds = [kind for kind in ParameterKind if kind.value in fields]
    if len(kinds) != 1:
        what = f"A parameter has exactly one kind; this one has {len(kinds)}."
        fields.refuse("", what, do="Keep one of " + ", ".join(kind.value for kind in ParameterKind) + ".")
        return None
    kind = kinds[0]
    terms_key, words = _READ_KIND[kind](fields, kind, terms)
    return Parameter(
        key=key,
        kind=kind,
        terms=terms_key,
        words=words,
        better=_read_better(fields, kind),
        inherits=fields.choice("inherits", Inherits, Inherits.NEVER) if "inherits" in fields else None,
        title=fields.text("title"),
    )


def _named_list(fields: Fields, kind: ParameterKind, terms: Terms) -> tuple[str, tuple[str, ...]]:
    return _list_of(fields, kind.value, terms, ordered=kind is ParameterKind.ORDER), ()


def _own_words(fields: Fields, kind: ParameterKind, _: Terms) -> tuple[str, tuple[str, ...]]:
    words = fields.words(kind.value)
    if len(words) < 2:
        fields.refuse(kind.value, "A choice needs two words or more.", do="Use `flag: yes` for a yes or no.")
    return "", tuple(word for word, node in words if good_key(node, word, fields.path(kind.value), fields.refusing))


def _plain_kind(fields: Fields, kind: ParameterKind, _: Terms) -> tuple[str, tuple[str, ...]]:
    fields.word(kind.value, ("yes",), f"`{kind.value}` setting")
    return "", ()


_ReadKind = Callable[[Fields, ParameterKind, Terms], tuple[str, tuple[str, ...]]]
_READ_KIND: dict[ParameterKind, _ReadKind] = {
    **dict.fromkeys(ParameterKind, _plain_kind),
    ParameterKind.ORDER: _named_list,
    ParameterKind.SET: _named_list,
    ParameterKind.CHOICE: _own_words,
}


def _read_better(fields: Fields, kind: ParameterKind) -> str:
    if kind in NUMERIC and "better" not in fields:
        why = "Without it nobody can tell which number is the stricter."
        fields.refuse("", f"A {kind.value} says which side is better.", why=why, do="Add `better: more` or `less`.")
    if kind not in NUMERIC and "better" in fields:
        fields.refuse("better", f"`better` has no meaning for a parameter of kind {kind.value}.", do="Remove it.")
        return ""
    return fields.word("better", DIRECTIONS, "direction")


def _check_inheritance(fields: Fields, parameter: Parameter, control: Inherits) -> None:
    if parameter.inherits is not None and _LESS[parameter.inherits] >= _LESS[control]:
        what = f"The parameter inherits {parameter.inherits.value}, its control {control.value}."
        why = "A parameter may only inherit less than its control."
        fields.refuse("inherits", what, why=why, do="Remove it, or choose less.")
