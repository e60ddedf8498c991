"""Reads the recognition table: which programme's issuer recognises which scheme, since when, by which source."""

from __future__ import annotations

from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.need_words import programmes_named
from safeconduct.catalogue.tables import keyed_rows, read_span, source_of
from safeconduct.core.records.catalogue import Catalogue, Declaration, Recognition

REQUIRED = ("key", "by", "scheme", "effect", "source")
OPTIONAL = ("signed", "since", "until", "conditions", "declare")
DECLARE_REQUIRED = ("how", "source")
DECLARE_OPTIONAL = ("identifiers",)
EFFECTS = ("satisfies", "informs")


def read_recognition(
    node: Node, refusing: Refusing, catalogue: Catalogue, seen: dict[str, str]
) -> tuple[Recognition, ...]:
    """The rows of one file; programmes, schemes and identifier types must be those of the catalogue."""
    known = sorted(programmes_named(catalogue.terms, (one.key for one in catalogue.programmes.values())))
    rows = keyed_rows(node, refusing, seen, required=REQUIRED, optional=OPTIONAL)
    return tuple(row for key, fields in rows if (row := _read_row(key, fields, catalogue, known)) is not None)


def _read_row(key: str, fields: Fields, catalogue: Catalogue, known: list[str]) -> Recognition | None:
    schemes = catalogue.terms.schemes
    signed, (since, until) = fields.day("signed"), read_span(fields)
    if signed and since and since < signed:
        what = f"It works since {since}, before it was signed on {signed}."
        fields.refuse("since", what, do="Write the day it began to work, or the right day of signature.")
    by, scheme = fields.word("by", known, "programme"), fields.word("scheme", schemes, "scheme")
    if by and scheme and schemes[scheme].programme == by:
        fields.refuse("scheme", f"{scheme!r} is granted by {by} itself.", do="Recognition is of another's scheme.")
    source = source_of(fields)
    effect = fields.word("effect", EFFECTS, "effect", "informs")
    declare = _read_declaration(fields, catalogue)
    if source is None:
        return None
    return Recognition(key, by, scheme, since, source, until, effect, fields.text("conditions"), signed, declare)


def _read_declaration(fields: Fields, catalogue: Catalogue) -> Declaration | None:
    """What goes on the declaration; its source may be another than the arrangement's."""
    node = fields.node_of("declare")
    if node is None:
        return None
    inner = Fields(node, fields.path("declare"), fields.refusing, required=DECLARE_REQUIRED, optional=DECLARE_OPTIONAL)
    identifiers = inner.known_words("identifiers", catalogue.identifiers, "type of identifier")
    source = source_of(inner)
    return None if source is None else Declaration(identifiers, inner.text("how"), source)
