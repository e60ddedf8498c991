"""Reads terms.yml: the words that every control and every programme shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from safeconduct.catalogue.fields import Fields, entries, refuse_word, scalar
from safeconduct.catalogue.marked import MapNode, Node, Refusing
from safeconduct.core.records.catalogue import EventTerm, FigureTerm, ProofTerm, SchemeTerm, TermList, Terms

SECTIONS = ("lists", "traits", "figures", "events", "checks", "proofs", "schemes", "roles", "own_targets")
LIST_FIELDS = ("order", "set", "profiled", "within", "titles")
FIGURE_UNITS = ("money", "number", "percent", "date")
FIGURE_BASES = ("financial-year", "financial-year-end", "day")
OWN_TARGET_NEEDS = ("proof", "certificate", "lookback", "check", "mended")
PERSONS = "concerned"
"""The list that names whom an event, a look-up or an attestation may be about."""

RESERVED = frozenset(
    {
        *("all", "any", "some", "when", "then", "choose", "otherwise", "measure", "lookback", "check", "certificate"),
        *("proof", "every", "each", "mended", "outcome", "answer", "for", "shown", "assurance", "share", "by", "own"),
    }
)
KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def good_key(node: Node, key: str, field: str, refusing: Refusing) -> bool:
    """Whether a key has the form all keys have; refused otherwise."""
    if KEY.match(key):
        return True
    why = "A key is small letters and digits, words joined by -."
    refusing.refuse(node, field, f"{key!r} is no key.", why=why, do="Rename it before anyone uses it.")
    return False


def unreserved(node: Node, key: str, field: str, refusing: Refusing, kind: str) -> None:
    """Refuse a word of the language as the key of a control or a parameter."""
    if key in RESERVED:
        why = "A reader could not tell it from the language."
        refusing.refuse(node, field, f"{key!r} is a reserved word, not a {kind}.", why=why, do="Use another noun.")


def read_terms(node: Node, refusing: Refusing) -> Terms:
    """All words of terms.yml. What is refused is left out, so that reading can go on."""
    top = Fields(node, "", refusing, required=("lists",), optional=SECTIONS[1:])
    lists = _each(top, "lists", _read_list)
    titles: dict[str, str] = {}
    persons = lists[PERSONS].elements if PERSONS in lists else ()
    terms = Terms(
        lists=lists,
        traits=_each(top, "traits", lambda key, fields: _read_trait(key, fields, titles)),
        figures=_each(top, "figures", _read_figure),
        events=_each(top, "events", _read_event),
        checks=_each(top, "checks", lambda key, fields: _read_check(key, fields, persons, titles)),
        proofs=_each(top, "proofs", _read_proof),
        schemes=_each(top, "schemes", _read_scheme),
        roles=_each(top, "roles", _read_role),
        own_targets={},
        titles=titles,
    )
    _check_persons(top, lists)
    return terms


def read_own_targets(node: Node, refusing: Refusing, controls: Mapping[str, object]) -> dict[str, str]:
    """Which control holds the organisation's own target of which kind of need; needs the controls to be known."""
    top = node.get("own_targets") if isinstance(node, MapNode) else None
    found: dict[str, str] = {}
    if top is None:
        return found
    for key, value, path in entries(top, "own_targets", refusing):
        control = scalar(value, path, refusing)
        if key.text not in OWN_TARGET_NEEDS:
            refuse_word(key, path, refusing, key.text, OWN_TARGET_NEEDS, "need with an own target")
        elif control is not None and control not in controls:
            refuse_word(value, path, refusing, control, controls, "control")
        elif control is not None:
            found[key.text] = control
    return found


def _each[T](top: Fields, section: str, read: Callable[[str, Fields], T]) -> dict[str, T]:
    """Read each entry of a section, whose fields depend on the section."""
    found: dict[str, T] = {}
    for key, value, path in top.entries(section):
        if good_key(key, key.text, path, top.refusing):
            found[key.text] = read(key.text, Fields(value, path, top.refusing, **_FIELDS[section]))
    return found


_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "lists": {"optional": LIST_FIELDS},
    "traits": {"required": ("of",), "optional": ("title",)},
    "figures": {"required": ("unit",), "optional": ("basis", "title")},
    "events": {"optional": ("weights", "amount", "title")},
    "checks": {"required": ("about",), "optional": ("title",)},
    "proofs": {"optional": ("ends", "title")},
    "schemes": {"required": ("title",), "optional": ("programme",)},
    "roles": {"required": ("title",)},
}


def fields_of(section: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Required and optional fields of an entry of a section."""
    return _FIELDS[section].get("required", ()), _FIELDS[section].get("optional", ())


def _read_list(key: str, fields: Fields) -> TermList:
    ordered = "order" in fields
    if ordered == ("set" in fields):
        fields.refuse("", "A list has either `order` or `set`.", do="Keep `order` where later is stricter, else `set`.")
    words = fields.words("order" if ordered else "set")
    name = "order" if ordered else "set"
    elements = tuple(word for word, node in words if good_key(node, word, fields.path(name), fields.refusing))
    if ordered and "within" in fields:
        fields.refuse("within", "An ordered list has no wider elements.", do="Use `set`, or drop `within`.")
    return TermList(
        key=key,
        elements=elements,
        ordered=ordered,
        profiled=fields.flag("profiled"),
        wider=_read_within(fields, elements),
        titles=_of_elements(fields, "titles", elements),
    )


def _of_elements(fields: Fields, name: str, elements: tuple[str, ...]) -> dict[str, str]:
    known = [key.text for key, _, _ in fields.known_entries(name, elements, "element")]
    return {element: text for element, text in fields.texts(name).items() if element in known}


def _read_within(fields: Fields, elements: tuple[str, ...]) -> dict[str, str]:
    wider = _of_elements(fields, "within", elements)
    for key, value, path in fields.entries("within"):
        above = wider.get(key.text)
        if above is not None and above not in elements:
            refuse_word(value, path, fields.refusing, above, elements, "element")
            del wider[key.text]
    for start in tuple(wider):
        chain = [start]
        while (above := wider.get(chain[-1])) is not None:
            if above in chain:
                chain.append(above)
                what = f"`within` runs in a circle: {' → '.join(chain)}."
                fields.refuse("within", what, why="Each would be wider than itself.", do="Remove one of the steps.")
                return {}
            chain.append(above)
    return wider


def _read_trait(key: str, fields: Fields, titles: dict[str, str]) -> str:
    if "title" in fields:
        titles[key] = fields.text("title")
    return fields.word("of", ("entity", "site"), "unit")


def _read_figure(key: str, fields: Fields) -> FigureTerm:
    return FigureTerm(
        key=key,
        unit=fields.word("unit", FIGURE_UNITS, "unit"),
        basis=fields.word("basis", FIGURE_BASES, "basis"),
        title=fields.text("title"),
    )


def _read_event(key: str, fields: Fields) -> EventTerm:
    return EventTerm(
        key=key,
        weights=tuple(word for word, _ in fields.words("weights")),
        amount=fields.word("amount", ("money",), "amount"),
        title=fields.text("title"),
    )


def _read_check(key: str, fields: Fields, persons: tuple[str, ...], titles: dict[str, str]) -> tuple[str, ...]:
    if "title" in fields:
        titles[key] = fields.text("title")
    if not persons:
        return tuple(word for word, _ in fields.words("about"))
    return fields.known_words("about", persons, f"element of `{PERSONS}`")


def _read_proof(key: str, fields: Fields) -> ProofTerm:
    may_be_open = fields.word("ends", ("may-be-open",), "end") == "may-be-open"
    return ProofTerm(key=key, may_be_open=may_be_open, title=fields.text("title"))


def _read_scheme(key: str, fields: Fields) -> SchemeTerm:
    return SchemeTerm(key=key, title=fields.text("title"), programme=fields.text("programme"))


def _read_role(_: str, fields: Fields) -> str:
    return fields.text("title")


def _check_persons(top: Fields, lists: Mapping[str, TermList]) -> None:
    if PERSONS not in lists and ("checks" in top or "events" in top):
        what = f"The list {PERSONS!r} is missing."
        why = "Events and look-ups must say whom they are about, in words of this list."
        top.refuse("lists", what, why=why, do=f"Add `{PERSONS}: {{set: [entity, partner, …]}}`.")
