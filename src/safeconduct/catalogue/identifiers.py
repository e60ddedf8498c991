"""Reads the types of identifiers: who issues them, what carries them, their form and their check digit."""

from __future__ import annotations

import re

from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.tables import keyed_rows, source_of
from safeconduct.core.identifiers import RULES, flaw
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.identifiers import Bearer, IdentifierType

REQUIRED = ("key", "title", "issuer", "of", "form", "source")
MARKS = {"blank": " ", "hyphen": "-", "slash": "/", "dot": "."}
OPTIONAL = ("pattern", "check", "ignores", "example", "schemes", "note")


def read_identifiers(
    node: Node, refusing: Refusing, catalogue: Catalogue, seen: dict[str, str]
) -> tuple[IdentifierType, ...]:
    """The types of one file; schemes must be those of the catalogue, and each is numbered by one type."""
    rows = keyed_rows(node, refusing, seen, required=REQUIRED, optional=OPTIONAL)
    return tuple(kind for key, fields in rows if (kind := _read_type(key, fields, catalogue, seen)) is not None)


def _read_type(key: str, fields: Fields, catalogue: Catalogue, seen: dict[str, str]) -> IdentifierType | None:
    pattern, rule = _read_pattern(fields), fields.word("check", RULES, "check digit")
    if rule and not pattern:
        fields.refuse("check", "A check digit needs a pattern to stand in.", do="Add `pattern`.")
    schemes = fields.known_words("schemes", catalogue.terms.schemes, "scheme")
    for scheme in schemes:
        first = seen.setdefault(f"certificates of {scheme}", key)
        if first != key:
            what = f"Certificates of {scheme!r} are numbered twice, first by {first!r}."
            fields.refuse("schemes", what, do="Leave it with one type.")
    source = source_of(fields)
    if source is None or (rule and not pattern):
        return None
    kind = IdentifierType(
        key=key,
        title=fields.text("title"),
        issuer=fields.text("issuer"),
        of=tuple(Bearer(word) for word in fields.known_words("of", [one.value for one in Bearer], "bearer")),
        form=fields.text("form"),
        source=source,
        pattern=pattern,
        rule=rule,
        ignores=_characters(fields),
        example=fields.text("example"),
        schemes=schemes,
        note=fields.text("note"),
    )
    if kind.example and (wrong := flaw(kind, kind.example)):
        fields.refuse("example", f"The example breaks its own rule: {wrong}", do="Write one that passes.")
    return kind


def _characters(fields: Fields) -> str:
    """The characters people put between the parts of a number, as a list of single ones."""
    return "".join(MARKS[word] for word in fields.known_words("ignores", MARKS, "mark"))


def _read_pattern(fields: Fields) -> str:
    pattern = fields.text("pattern")
    try:
        re.compile(pattern)
    except re.error as error:
        fields.refuse("pattern", f"It is no regular expression: {error}.", do="Mend it, and try it on an example.")
        return ""
    return pattern
