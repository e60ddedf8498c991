"""What certificates say about a requirement of another programme: which stand in for it, which only speak to it.

Source: catalogue language, section 8 (equivalence). A certificate on record that `satisfies` counts as an accepted
alternative; one that `informs` is told beside the row and changes nothing. What nobody holds counts for nothing, so an
equivalence never lowers and never opens a standing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import FOREVER, covers, day_after, good_until
from safeconduct.core.judgement import MET, Finding, Join, Kind
from safeconduct.core.partners import judge_certificate
from safeconduct.core.records.equivalence import Effect, Equivalence, HeldBy
from safeconduct.core.records.needs import CertificateNeed
from safeconduct.core.records.units import Enrolment, UnitKind
from safeconduct.core.standing import Ground


@dataclass(frozen=True, slots=True)
class Accepted:
    """The certificates in force that stand in for a requirement, and the last day on which they are these."""

    findings: tuple[Finding, ...]
    good_until: date


def accepted(ground: Ground, requirement: str, unit: str, enrolment: Enrolment) -> Accepted:
    """Certificates that satisfy the requirement at the unit; empty where none is held, in scope and in force."""
    found: list[Finding] = []
    ends: list[date] = []
    for row in _rows(ground, requirement, enrolment, Effect.SATISFIES):
        ends.append(good_until(ground.day, _turns(row)))
        holders = _holders(ground, row, unit)
        certificate = judge_certificate(ground, CertificateNeed((row.scheme,), holder="self"), holders, unit)
        ends.append(certificate.good_until)
        if certificate.standing is MET and covers(ground.day, row.since, row.until):
            found.append(_stated(row, certificate, unit, "certificate-accepted"))
    return Accepted(tuple(found), min(ends, default=FOREVER))


def informing(ground: Ground, requirement: str, unit: str, enrolment: Enrolment) -> tuple[Finding, ...]:
    """Certificates in force that speak to the requirement without proving it, for the unit and its sites."""
    found: list[Finding] = []
    for row in _rows(ground, requirement, enrolment, Effect.INFORMS):
        if not covers(ground.day, row.since, row.until):
            continue
        for holders in (_holders(ground, row, unit), *((site,) for site in _sites(ground, unit))):
            certificate = judge_certificate(ground, CertificateNeed((row.scheme,), holder="self"), holders, unit)
            if certificate.standing is MET:
                found.append(_stated(row, certificate, unit, "certificate-informs"))
    return tuple(found)


def _rows(ground: Ground, requirement: str, enrolment: Enrolment, effect: Effect) -> Iterator[Equivalence]:
    for row in _by_requirement(ground).get(requirement, ()):
        if row.effect is effect and row.reach.fits(enrolment.roles, enrolment.variant):
            yield row


def _by_requirement(ground: Ground) -> dict[str, list[Equivalence]]:
    """The equivalences of the catalogue by requirement, remembered with the ground."""

    def gathered() -> dict[str, list[Equivalence]]:
        found: dict[str, list[Equivalence]] = {}
        for row in ground.catalogue.equivalences:
            for requirement in row.requirements:
                found.setdefault(requirement, []).append(row)
        return found

    return ground.once("equivalences", gathered)


def _turns(row: Equivalence) -> list[date]:
    return [*([row.since] if row.since else []), *([day_after(row.until)] if row.until else [])]


def _holders(ground: Ground, row: Equivalence, unit: str) -> Sequence[str]:
    return (unit,) if row.reach.held_by is HeldBy.UNIT else ground.snapshot.layers(unit)


def _sites(ground: Ground, unit: str) -> Iterator[str]:
    """The sites of a legal entity; none for a site."""
    snapshot = ground.snapshot
    return (one.key for one in snapshot.facts.units if one.kind is UnitKind.SITE and one.in_ == unit)


def _stated(row: Equivalence, certificate: Finding, unit: str, code: str) -> Finding:
    return Finding(
        kind=Kind.EQUIVALENCE,
        subject=row.key,
        at=unit,
        standing=certificate.standing,
        code=code,
        day=certificate.day,
        at_best=certificate.at_best,
        good_until=certificate.good_until,
        because=(certificate,),
        join=Join.ALL,
        params=(
            ("scheme", certificate.param("scheme")),
            ("number", certificate.param("number")),
            ("covers", row.reach.covers or row.conditions),
            ("document", row.source.document),
            ("locator", row.source.locator),
        ),
        facts=certificate.facts,
    )
