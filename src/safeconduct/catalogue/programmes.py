"""Reads programme.yml: what an edition of a programme is, for whom, and how much of it is encoded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safeconduct.catalogue.fields import Fields, refuse_word, scalar, whole_number
from safeconduct.catalogue.marked import MapNode, Node, Refusing, ScalarNode
from safeconduct.catalogue.sources import read_document
from safeconduct.catalogue.terms import KEY, good_key
from safeconduct.core.records.catalogue import Coverage, Programme, Rule, Terms, Unitary

REQUIRED = ("programme", "edition", "title", "owner", "unit", "roles", "rule", "coverage", "sources")
OPTIONAL = (
    *("kind", "since", "until", "supersedes", "transition", "variants", "variant_titles", "schemes", "waivers"),
    *("alternatives", "not_applicable", "chapters", "pass_mark", "note"),
)
COVERAGE_FIELDS = ("rows", "of", "complete")
KINDS = ("scheme", "limit")
ACCEPTERS = ("self", "auditor", "authority")
AUTO = -1
"""Stands for `rows: auto` until the rows are counted."""

_EDITION = re.compile(r"^[a-z0-9]+([.-][a-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class WrittenProgramme:
    """A programme without its rows, with the fields it was read from."""

    programme: Programme
    fields: Fields


def read_programme(node: Node, refusing: Refusing, terms: Terms, *, folder: tuple[str, str]) -> WrittenProgramme:
    """An edition without its rows. `folder` is the pair of folder names it lies in, which must repeat its keys."""
    fields = Fields(node, "", refusing, required=REQUIRED, optional=OPTIONAL)
    key, edition = _read_keys(fields, folder)
    roles = fields.known_words("roles", terms.roles, "role")
    variants = tuple(word for word, at in fields.words("variants") if good_variant(at, word, fields))
    since, until = fields.day("since"), fields.day("until")
    if since and until and until < since:
        fields.refuse("until", f"The edition ends {until}, before it starts {since}.", do="Swap the two days.")
        until = None
    programme = Programme(
        key=key,
        edition=edition,
        title=fields.text("title"),
        owner=fields.text("owner"),
        unit=fields.choice("unit", Unitary, Unitary.ENTITY),
        roles=roles,
        rule=fields.choice("rule", Rule, Rule.PLAIN),
        requirements=(),
        coverage=_read_coverage(fields, roles),
        sources=tuple(read_document(item, path, refusing) for path, item in fields.items("sources")),
        kind=fields.word("kind", KINDS, "kind of programme", "scheme"),
        since=since,
        until=until,
        supersedes=_read_supersedes(fields, edition),
        transition_until=_inner(fields, "transition", "until").day("until") if "transition" in fields else None,
        variants=variants,
        variant_titles=_titles_of(fields, variants),
        schemes=_read_schemes(fields, variants, terms),
        waivers=fields.flag("waivers"),
        alternatives_by=_read_accepters(fields),
        not_applicable=fields.word("not_applicable", ("allowed", "never"), "setting") != "never",
        chapters={chapter: title for chapter, title in fields.texts("chapters").items() if KEY.match(chapter)},
        pass_mark=fields.text("pass_mark"),
        note=fields.text("note"),
    )
    _check_chapters(fields)
    return WrittenProgramme(programme, fields)


def good_variant(node: Node, word: str, fields: Fields) -> bool:
    """Whether a variant's key has a fit form: as any key, or the issuer's capital letter."""
    return (len(word) == 1 and word.isascii() and word.isalpha()) or good_key(
        node, word, fields.path("variants"), fields.refusing
    )


def _read_keys(fields: Fields, folder: tuple[str, str]) -> tuple[str, str]:
    key, edition = fields.text("programme"), fields.text("edition")
    if key:
        good_key(fields.at("programme"), key, "programme", fields.refusing)
    node = fields.node_of("edition")
    if isinstance(node, ScalarNode) and not node.quoted:
        why = "A year alone would be a number to other readers of YAML."
        fields.refuse("edition", "The edition is not quoted.", why=why, do=f'Write edition: "{edition}".')
    if edition and not _EDITION.match(edition):
        fields.refuse("edition", f"{edition!r} is no edition.", do='Write a year or version, for example "2020".')
    for name, written, expected in (("programme", key, folder[0]), ("edition", edition, folder[1])):
        if written and written != expected:
            what = f"The {name} is {written!r} and its folder {expected!r}."
            fields.refuse(name, what, why="The folder repeats the key.", do="Rename one of them.")
    return folder


def _read_supersedes(fields: Fields, edition: str) -> str:
    before = fields.text("supersedes")
    if before and before == edition:
        fields.refuse("supersedes", "An edition cannot supersede itself.", do="Name the edition before.")
    return before


def _inner(fields: Fields, name: str, *required: str, optional: tuple[str, ...] = ()) -> Fields:
    return Fields(fields.at(name), fields.path(name), fields.refusing, required=required, optional=optional)


def _titles_of(fields: Fields, variants: tuple[str, ...]) -> dict[str, str]:
    known = [key.text for key, _, _ in fields.known_entries("variant_titles", variants, "variant")]
    return {variant: title for variant, title in fields.texts("variant_titles").items() if variant in known}


def _read_schemes(fields: Fields, variants: tuple[str, ...], terms: Terms) -> dict[str, str]:
    """The scheme a holder has, by variant; a single scheme stands under the empty variant."""
    node = fields.node_of("schemes")
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        single = fields.word("schemes", terms.schemes, "scheme")
        return {"": single} if single else {}
    found: dict[str, str] = {}
    for key, value, path in fields.known_entries("schemes", variants, "variant"):
        scheme = scalar(value, path, fields.refusing)
        if scheme is not None and scheme not in terms.schemes:
            refuse_word(value, path, fields.refusing, scheme, terms.schemes, "scheme")
        elif scheme is not None:
            found[key.text] = scheme
    return found


def _read_accepters(fields: Fields) -> tuple[str, ...]:
    if "alternatives" not in fields:
        return ()
    return _inner(fields, "alternatives", "accepted_by").known_words("accepted_by", ACCEPTERS, "accepter")


def _check_chapters(fields: Fields) -> None:
    for key, _, path in fields.entries("chapters"):
        good_key(key, key.text, path, fields.refusing)


def _read_coverage(fields: Fields, roles: tuple[str, ...]) -> dict[str, Coverage]:
    found: dict[str, Coverage] = {}
    for key, value, path in fields.known_entries("coverage", roles, "role of this programme"):
        inner = Fields(value, path, fields.refusing, required=COVERAGE_FIELDS, optional=("gaps",))
        found[key.text] = Coverage(
            role=key.text,
            rows=_number_or(inner, "rows", "auto", AUTO) or 0,
            of=_number_or(inner, "of", "unknown", None),
            complete=inner.flag("complete"),
            gaps=tuple(word for word, _ in inner.words("gaps")),
        )
    missing = [role for role in roles if role not in found]
    if missing and isinstance(fields.node_of("coverage"), MapNode):
        what = f"The coverage of {', '.join(missing)} is not told."
        why = "Nobody could tell whether all known rows are all rows."
        fields.refuse("coverage", what, why=why, do="Add {rows: auto, of: unknown, complete: no} for each role.")
    return found


def _number_or(fields: Fields, name: str, word: str, stand_in: int | None) -> int | None:
    node = fields.node_of(name)
    if node is None or (isinstance(node, ScalarNode) and node.text == word):
        return stand_in
    return whole_number(node, fields.path(name), fields.refusing)
