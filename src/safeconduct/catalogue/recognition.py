"""Reads the recognition table: which programme's issuer recognises which scheme, since when, by which source."""

from __future__ import annotations

from safeconduct.catalogue.fields import Fields, items
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.need_words import programmes_named
from safeconduct.catalogue.sources import read_source
from safeconduct.catalogue.terms import good_key
from safeconduct.core.records.catalogue import Recognition, Terms

REQUIRED = ("key", "by", "scheme", "effect", "source")
OPTIONAL = ("since", "until", "conditions")
EFFECTS = ("satisfies", "informs")


def read_recognition(
    node: Node, refusing: Refusing, terms: Terms, loaded: tuple[str, ...], seen: dict[str, str]
) -> tuple[Recognition, ...]:
    """The rows of one file. `seen` holds the keys of the files before, with their file."""
    known = sorted(programmes_named(terms, loaded))
    found: list[Recognition] = []
    for path, item in items(node, "", refusing):
        fields = Fields(item, path, refusing, required=REQUIRED, optional=OPTIONAL)
        key = fields.text("key")
        if key and good_key(fields.at("key"), key, fields.path("key"), refusing) and key in seen:
            fields.refuse("key", f"{key!r} is used twice, first in {seen[key]}.", do="Give each row its own key.")
        seen.setdefault(key, refusing.file)
        row = _read_row(key, fields, terms, known)
        if row is not None:
            found.append(row)
    return tuple(found)


def _read_row(key: str, fields: Fields, terms: Terms, known: list[str]) -> Recognition | None:
    since, until = fields.day("since"), fields.day("until")
    if since and until and until < since:
        fields.refuse("until", f"It ends {until}, before it starts {since}.", do="Swap the two days.")
    by, scheme = fields.word("by", known, "programme"), fields.word("scheme", terms.schemes, "scheme")
    if by and scheme and terms.schemes[scheme].programme == by:
        fields.refuse("scheme", f"{scheme!r} is granted by {by} itself.", do="Recognition is of another's scheme.")
    source = read_source(fields.at("source"), fields.path("source"), fields.refusing) if "source" in fields else None
    effect = fields.word("effect", EFFECTS, "effect", "informs")
    if source is None:
        return None
    return Recognition(key, by, scheme, since, source, until, effect, fields.text("conditions"))
