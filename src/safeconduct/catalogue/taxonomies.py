"""Reads taxonomies: our own lists for scenarios, and the codes of others with what corresponds to them here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.keyed import Seen, keyed
from safeconduct.catalogue.marked import MapNode, Node, Refusing
from safeconduct.catalogue.sources import SURE, read_source
from safeconduct.catalogue.terms import good_key
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.threats import Taxonomy, TaxonomyTerm

ACTORS, MODES, PLACES, ASSETS = "threat-actors", "transport-modes", "threat-places", "threat-assets"
DIMENSIONS = "consequence-dimensions"
OWN_LISTS = (ACTORS, MODES, PLACES, ASSETS, DIMENSIONS)
SCENARIOS = "scenarios"
REQUIRED = ("title", "owner", "terms", "source")
OPTIONAL = ("maps_to", "note")
TERM_REQUIRED = ("title",)
TERM_OPTIONAL = ("ours", "sure")


def read_taxonomies(
    node: Node, refusing: Refusing, seen: Seen, scenarios: Iterable[str], before: Mapping[str, Taxonomy]
) -> dict[str, Taxonomy]:
    """The taxonomies of a file. `scenarios` are the keys of all scenarios, which codes may correspond to.

    `before` are the taxonomies read before; our own lists stand there or in this file.
    """
    known = {SCENARIOS: tuple(scenarios), **{name: _codes(name, node, before) for name in OWN_LISTS}}
    found: dict[str, Taxonomy] = {}
    for key, value, path in keyed(node, refusing, seen):
        fields = Fields(value, path, refusing, required=REQUIRED, optional=OPTIONAL)
        taxonomy = _read_taxonomy(key.text, fields, known)
        if taxonomy is not None:
            found[key.text] = taxonomy
    for name in OWN_LISTS:
        if not known[name]:
            why = "Scenarios take their words from it."
            refusing.refuse(node, name, f"The list {name!r} is missing.", why=why, do=f"Add `{name}: …` with terms.")
    return found


def _codes(name: str, node: Node, before: Mapping[str, Taxonomy]) -> tuple[str, ...]:
    """The codes of one of our own lists, read ahead so that the order of the file does not matter."""
    if name in before:
        return tuple(term.key for term in before[name].terms)
    entry = node.get(name) if isinstance(node, MapNode) else None
    terms = entry.get("terms") if isinstance(entry, MapNode) else None
    return tuple(key.text for key, _ in terms) if isinstance(terms, MapNode) else ()


def _read_taxonomy(key: str, fields: Fields, known: Mapping[str, tuple[str, ...]]) -> Taxonomy | None:
    source = read_source(fields.at("source"), fields.path("source"), fields.refusing) if "source" in fields else None
    maps_to = fields.word("maps_to", known, "list that codes correspond to")
    if source is None:
        return None
    terms = []
    for code, value, path in fields.entries("terms"):
        if good_key(code, code.text, path, fields.refusing):
            inner = Fields(value, path, fields.refusing, required=TERM_REQUIRED, optional=TERM_OPTIONAL)
            if "ours" in inner and "maps_to" not in fields:
                why = "Nothing says where its entries stand."
                inner.refuse("ours", "The list corresponds to none of ours.", why=why, do="Add `maps_to` to the list.")
            terms.append(_read_term(code.text, inner, source, maps_to, known.get(maps_to)))
    return Taxonomy(
        key=key,
        title=fields.text("title"),
        owner=fields.text("owner"),
        terms=tuple(terms),
        source=source,
        maps_to=maps_to,
        note=fields.text("note"),
    )


def _read_term(key: str, fields: Fields, source: Source, maps_to: str, known: tuple[str, ...] | None) -> TaxonomyTerm:
    ours = fields.known_words("ours", known, f"entry of {maps_to}") if known is not None else ()
    sure = Sure(fields.word("sure", SURE, "degree of certainty", source.sure.value))
    return TaxonomyTerm(key, fields.text("title"), ours, sure)
