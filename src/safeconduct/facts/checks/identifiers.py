"""Refused registration numbers: of a kind nobody knows, of another bearer, or of an impossible form or check digit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from safeconduct.core.errors import nearest
from safeconduct.core.identifiers import flaw
from safeconduct.core.records.identifiers import Bearer, IdentifierType
from safeconduct.facts.checks.general import listed
from safeconduct.facts.checks.problem import Flaw, Flaws, Known

_WHOSE = {Bearer.ENTITY: "a firm", Bearer.SITE: "a site", Bearer.GOODS: "goods"}


def check_numbers(numbers: Mapping[str, str], bearers: Collection[Bearer], known: Known) -> Flaws:
    """Each number is of a known type, which one of these bearers carries, and can be right.

    A type whose form is only general knowledge refuses nothing but an empty number.
    """
    types = known.catalogue.identifiers
    for key, number in numbers.items():
        path = ("identifiers", key)
        kind = types.get(key)
        if kind is None:
            do = nearest(key, types).strip() or f"Known: {listed(types)}. A number of any other register is `other`."
            yield Flaw(path, f"{key!r} is no type of identifier.", do=do, code="unknown-key", names=key)
        elif not set(bearers) & set(kind.of):
            what = f"{kind.title} is a number of {_words(kind)}."
            yield Flaw(path, what, do="Record it where it belongs.", code="identifier-of-another")
        else:
            yield from check_number(kind, number, path)


def check_number(kind: IdentifierType, number: str, path: tuple[str, ...]) -> Flaws:
    """The number can be right, as far as its type is published."""
    if not number.strip() or kind.binds:
        wrong = flaw(kind, number)
        if wrong:
            do = "Compare it with the paper it was taken from."
            yield Flaw(path, wrong, why=f"Its form: {kind.form}", do=do, code="bad-identifier")


def type_of_certificate(scheme: str, known: Known) -> IdentifierType | None:
    """The type that certificates of a scheme are numbered by; None where none is known."""
    return next((kind for kind in known.catalogue.identifiers.values() if scheme in kind.schemes), None)


def _words(kind: IdentifierType) -> str:
    return " or ".join(_WHOSE[bearer] for bearer in kind.of)
