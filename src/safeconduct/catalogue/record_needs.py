"""Reads needs about records, partners and persons: look-backs, look-ups, certificates, proofs, mending."""

from __future__ import annotations

from safeconduct.catalogue.bounds import duration, read_renewal
from safeconduct.catalogue.conditions import countries
from safeconduct.catalogue.fields import Fields, words
from safeconduct.catalogue.marked import ListNode, MapNode, Node
from safeconduct.catalogue.need_words import Ask
from safeconduct.catalogue.terms import PERSONS
from safeconduct.core.records.needs import (
    Anchor,
    CertificateNeed,
    CheckNeed,
    DateBasis,
    LookbackNeed,
    MendedNeed,
    Need,
    ProofNeed,
    Renewal,
    Who,
)

LOOKBACK_FIELDS = ("none_of", "window", "about", "anchor", "date", "shorter_if_young", "renew")
CHECK_FIELDS = ("lists", "about", "renew")
CERTIFICATE_FIELDS = ("schemes", "or_recognised_by", "holder")
PROOF_FIELDS = ("kind", "within")
MENDED_FIELDS = ("findings_of", "within")
WHO_FIELDS = ("outsourced", "roles", "domestic", "country")
ANY_WEIGHT = "any"


def read_lookback(node: Node, field: str, ask: Ask) -> Need | None:
    """A look-back; None after a refusal."""
    fields = Fields(node, field, ask.refusing, required=LOOKBACK_FIELDS[:3], optional=LOOKBACK_FIELDS[3:])
    none_of = _read_none_of(fields, ask)
    window = duration(fields.at("window"), fields.path("window"), ask.refusing) if "window" in fields else None
    about = _read_about(fields, ask)
    anchor = fields.choice("anchor", Anchor, Anchor.ROLLING)
    renew = _renewal(fields, "renew")
    if anchor is Anchor.ROLLING and "renew" not in fields and isinstance(node, MapNode):
        why = "A rolling window's end moves daily, attestations do not."
        do = "Say how old the last attestation may be: {own: at_most} or {at_most: …}."
        fields.refuse("renew", "A rolling look-back says no `renew`.", why=why, do=do)
    if not (none_of and window and about):
        return None
    return LookbackNeed(
        none_of=none_of,
        window=window,
        about=about,
        anchor=anchor,
        date=fields.choice("date", DateBasis, DateBasis.ACT),
        shorter_if_young=fields.flag("shorter_if_young"),
        renew=renew,
    )


def _read_none_of(fields: Fields, ask: Ask) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, value, path in fields.entries("none_of"):
        if not ask.known(key, path, key.text, ask.words.terms.events, "event kind"):
            continue
        if getattr(value, "text", None) == ANY_WEIGHT:
            found[key.text] = frozenset()
            continue
        weights = ask.words.terms.events[key.text].weights
        listed = words(value, path, ask.refusing)
        kind = f"weight of {key.text!r}"
        found[key.text] = frozenset(word for word, at in listed if ask.known(at, path, word, weights, kind))
        if isinstance(value, ListNode) and not value.items:
            ask.refuse(value, path, "No weight is named.", do="Write the weights that count, or `any`.")
    if "none_of" in fields and not found:
        fields.refuse("none_of", "No kind of event is named.", do="Write {event-kind: [weight, …]}.")
    return found


def _read_about(fields: Fields, ask: Ask) -> tuple[str, ...]:
    persons = ask.words.terms.lists.get(PERSONS)
    found = fields.known_words("about", persons.elements if persons else (), f"element of {PERSONS!r}")
    if fields.is_empty_list("about"):
        fields.refuse("about", "Nobody is named.", do="Write [entity] or other persons.")
    return found


def read_check(node: Node, field: str, ask: Ask) -> Need | None:
    """A look-up of lists; None after a refusal."""
    fields = Fields(node, field, ask.refusing, required=CHECK_FIELDS[:2], optional=CHECK_FIELDS[2:])
    lists = fields.known_words("lists", ask.words.terms.checks, "check list")
    about = _read_about(fields, ask)
    for name in lists:
        for person in about:
            if person not in ask.words.terms.checks[name]:
                what = f"The check list {name!r} is not about {person!r}."
                known = ", ".join(ask.words.terms.checks[name])
                fields.refuse("about", what, do=f"It is about {known}; name one of these, or add it in terms.yml.")
    renew = _renewal(fields, "renew") if "renew" in fields else Renewal()
    return CheckNeed(lists, about, renew) if lists and about and renew else None


def _renewal(fields: Fields, name: str) -> Renewal | None:
    return read_renewal(fields.at(name), fields.path(name), fields.refusing) if name in fields else None


def read_certificate(node: Node, field: str, ask: Ask) -> Need | None:
    """A certificate of the unit, or inside `every` of the member; None after a refusal."""
    fields = Fields(node, field, ask.refusing, optional=CERTIFICATE_FIELDS)
    schemes = fields.known_words("schemes", ask.words.terms.schemes, "scheme")
    by = fields.word("or_recognised_by", sorted(ask.words.programmes), "programme")
    holder = fields.word("holder", ("self",), "holder")
    if isinstance(node, MapNode) and "schemes" not in fields and "or_recognised_by" not in fields:
        fields.refuse("", "No scheme is asked.", do="Add `schemes: […]` or `or_recognised_by: …`.")
        return None
    if ask.in_every and not holder and ask.words.programme:
        _refuse_foreign(fields, schemes, ask)
    return CertificateNeed(schemes, by, holder) if schemes or by else None


def _refuse_foreign(fields: Fields, schemes: tuple[str, ...], ask: Ask) -> None:
    for scheme in schemes:
        issuer = ask.words.terms.schemes[scheme].programme
        if issuer != ask.words.programme:
            what = f"The scheme {scheme!r} is granted by {issuer or 'another issuer'}, not by {ask.words.programme}."
            why = "What an issuer recognises is dated and directed, and stands in the recognition table."
            do = f"Write `or_recognised_by: {ask.words.programme}`."
            fields.refuse("schemes", what, why=why, do=do)


def read_proof(node: Node, field: str, ask: Ask) -> Need | None:
    """A proof about a member of a population; None after a refusal."""
    fields = Fields(node, field, ask.refusing, required=("kind",), optional=("within",))
    kind = fields.word("kind", ask.words.terms.proofs, "proof kind")
    within = _renewal(fields, "within")
    if not ask.in_every:
        why = "A proof is about a partner."
        fields.refuse(
            "", "A `proof` stands outside `every`.", why=why, do="Put it into {every: {of: partners, each: …}}."
        )
    return ProofNeed(kind, within) if kind else None


def read_mended(node: Node, field: str, ask: Ask) -> Need | None:
    """Weaknesses put right in time; None after a refusal."""
    fields = Fields(node, field, ask.refusing, required=MENDED_FIELDS)
    control = fields.text("findings_of")
    known = bool(control) and ask.control(fields.at("findings_of"), fields.path("findings_of"), control) is not None
    within = _renewal(fields, "within")
    return MendedNeed(control, within) if known and within else None


def read_who(node: Node, field: str, ask: Ask) -> Who:
    """Which members of a population are meant."""
    fields = Fields(node, field, ask.refusing, optional=WHO_FIELDS)
    return Who(
        outsourced=fields.flag("outsourced") if "outsourced" in fields else None,
        roles=fields.known_words("roles", ask.words.terms.roles, "role"),
        domestic=fields.flag("domestic") if "domestic" in fields else None,
        country=countries(fields, "country"),
    )
