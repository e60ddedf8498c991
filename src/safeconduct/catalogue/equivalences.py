"""Reads the table of equivalences: which certificate satisfies or informs which requirements, within what scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.catalogue.fields import Fields, refuse_word
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.requirements import JUDGED
from safeconduct.catalogue.tables import keyed_rows, read_span, source_of
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.catalogue import Addressee, Catalogue, Programme, Requirement
from safeconduct.core.records.equivalence import Effect, Equivalence, HeldBy, Reach

REQUIRED = ("key", "from", "to", "effect", "source")
OPTIONAL = ("scope", "since", "until", "conditions")
SCOPE_FIELDS = ("held_by", "roles", "variants", "covers")

Rows = Mapping[str, tuple[Programme, Requirement]]


def read_equivalences(
    node: Node, refusing: Refusing, catalogue: Catalogue, seen: dict[str, str]
) -> tuple[Equivalence, ...]:
    """The rows of one file; schemes and requirements must be those of the catalogue."""
    known = {row.key: (programme, row) for programme in _oldest_first(catalogue) for row in programme.requirements}
    rows = keyed_rows(node, refusing, seen, required=REQUIRED, optional=OPTIONAL)
    return tuple(row for key, fields in rows if (row := _read_row(key, fields, catalogue, known)) is not None)


def _oldest_first(catalogue: Catalogue) -> Iterable[Programme]:
    return sorted(catalogue.programmes.values(), key=lambda programme: programme.edition)


def _read_row(key: str, fields: Fields, catalogue: Catalogue, known: Rows) -> Equivalence | None:
    scheme = fields.word("from", catalogue.terms.schemes, "scheme")
    since, until = read_span(fields)
    effect = fields.choice("effect", Effect, Effect.INFORMS)
    requirements = _read_requirements(fields, known)
    source = source_of(fields)
    reach = _read_reach(fields, [known[one][0] for one in requirements])
    for one in requirements:
        _refuse_own(fields, scheme, *known[one])
    if effect is Effect.SATISFIES:
        _check_satisfies(fields, source, [known[one][1] for one in requirements])
    if source is None:
        return None
    return Equivalence(key, scheme, requirements, effect, source, reach, since, until, fields.text("conditions"))


def _read_requirements(fields: Fields, known: Rows) -> tuple[str, ...]:
    if fields.is_empty_list("to"):
        fields.refuse("to", "It speaks to no requirement.", do="Name at least one.")
    found = []
    for word, node in fields.words("to"):
        if word in known:
            found.append(word)
        else:
            refuse_word(node, fields.path("to"), fields.refusing, word, known, "requirement")
    return tuple(found)


def _read_reach(fields: Fields, programmes: list[Programme]) -> Reach:
    node = fields.node_of("scope")
    if node is None:
        return Reach()
    inner = Fields(node, fields.path("scope"), fields.refusing, optional=SCOPE_FIELDS)
    roles = {role for programme in programmes for role in programme.roles}
    variants = {variant for programme in programmes for variant in programme.variants}
    return Reach(
        held_by=inner.choice("held_by", HeldBy, HeldBy.ABOVE),
        roles=inner.known_words("roles", sorted(roles), "role of the programme asked"),
        variants=inner.known_words("variants", sorted(variants), "variant of the programme asked"),
        covers=inner.text("covers"),
    )


def _refuse_own(fields: Fields, scheme: str, programme: Programme, row: Requirement) -> None:
    """A status cannot prove the criteria it is granted on."""
    granted = [one for variant, one in programme.schemes.items() if not variant or variant in (row.variants or variant)]
    if scheme in granted:
        what = f"{scheme!r} is granted on {row.key} itself."
        why = "A status cannot prove the criteria it is granted on."
        fields.refuse("from", what, why=why, do="Name a certificate of another scheme, or other requirements.")


def _check_satisfies(fields: Fields, source: Source | None, rows: Iterable[Requirement]) -> None:
    """Only what an issuer said since a day can stand in for a requirement, and only for one that is judged."""
    if "since" not in fields:
        why = "A certificate that counts must count from a day."
        fields.refuse(
            "effect", "It satisfies, but no day says since when.", why=why, do="Add `since`, or write informs."
        )
    if source is not None and source.sure is Sure.UNCONFIRMED:
        why = "Only the issuer's own word makes a certificate stand in for a requirement."
        fields.refuse("effect", "It satisfies on an unconfirmed source.", why=why, do="Confirm it, or write informs.")
    for row in rows:
        if row.kind not in JUDGED or row.addressee is not Addressee.TRADER:
            why = "What is not judged cannot be satisfied."
            fields.refuse("to", f"{row.key} is not judged.", why=why, do="Name rows that are judged, or write informs.")
