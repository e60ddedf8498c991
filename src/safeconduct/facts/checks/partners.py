"""Refused facts about partners and what assures them."""

from __future__ import annotations

from safeconduct.core.records.identifiers import Bearer
from safeconduct.core.records.partners import Certificate, CertificateState, Partner, Register
from safeconduct.facts.checks.identifiers import check_number, check_numbers, type_of_certificate
from safeconduct.facts.checks.problem import Flaw, Flaws, Known
from safeconduct.facts.checks.units import country, known_word

REGISTERS = ("partners",)


def check_partner(partner: Partner, known: Known) -> Flaws:
    """A partner takes roles of the catalogue, and its numbers can be right."""
    yield from country(partner.country, ("country",))
    yield from check_numbers(partner.identifiers, (Bearer.ENTITY, Bearer.SITE), known)
    for at, role in enumerate(partner.roles, start=1):
        yield from known_word(role, known.catalogue.terms.roles, ("roles", at), "role")


def check_certificate(certificate: Certificate, known: Known) -> Flaws:
    """Only a suspended or withdrawn certificate has a day on which that began; its number can be right."""
    kind = type_of_certificate(certificate.scheme, known)
    if kind is not None and certificate.number:
        yield from check_number(kind, certificate.number, ("number",))
    if certificate.state is CertificateState.VALID and certificate.state_since is not None:
        what = "A valid certificate has no day on which a suspension or withdrawal began."
        do = "Write `state: suspended` or `state: withdrawn`, or remove `state_since`."
        yield Flaw(("state_since",), what, do=do, code="state-without-change")


def check_register(register: Register, known: Known) -> Flaws:
    """There is a list of that name."""
    yield from known_word(register.of, REGISTERS, ("of",), "register")
