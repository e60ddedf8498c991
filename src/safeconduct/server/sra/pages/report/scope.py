"""The report's first chapters: which part of the chain is assessed, with whom, and what bears on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.records.partners import CertificateState, Outcome
from safeconduct.server.common.look.values import Link, Quiet, Several
from safeconduct.server.common.look.words import day_text
from safeconduct.server.posture.links import place_url, register_url
from safeconduct.server.sra.pages.report.parts import Chapter, Part, tabled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from safeconduct.core.records.partners import Certificate, Proof
    from safeconduct.core.records.risk import Lane, ThreatLevel
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader

_SITES = ("Site", "Country", "Address", "Legal entity")
_LANES = ("Lane", "From and to", "Modes", "Partners", "Trips a year", "Guarded by")
_PARTNERS = ("Partner", "Country", "On", "Certificates in force", "Declarations, visits and other proofs")
_LEVELS = ("Country", "Threat", "Level", "Rated by", "On", "Relied upon until")


def scope(reading: RiskReader) -> Chapter:
    """The statement of application, the sites and lanes it covers, and the partners on these lanes."""
    lanes = _lanes(reading)
    partners = tuple(dict.fromkeys(key for lane in lanes for key in lane.partners))
    return Chapter(
        "scope",
        (
            Part(said=reading.judged.assessment.scope or Quiet("No statement of application is on record.")),
            tabled(_SITES, _sites(reading), none="No site is in scope.", heading="Sites"),
            tabled(_LANES, (_lane(reading, one) for one in lanes), none="No lane is in scope.", heading="Lanes"),
            tabled(
                _PARTNERS,
                (_partner(reading, key, lanes) for key in partners),
                none="No partner is named on a lane.",
                heading="Business partners on the lanes",
                said="Who holds an accepted certificate is listed with it; others are known by their proofs.",
            ),
        ),
    )


def context(reading: RiskReader) -> Chapter:
    """What outside and inside bears on the chain, and how others rate the threat in its countries."""
    found = (_level(reading, one) for one in _threat_levels(reading))
    return Chapter(
        "context",
        (
            Part(said=reading.judged.assessment.context or Quiet("Nothing is on record of the context.")),
            tabled(
                _LEVELS,
                found,
                none="No threat level of others is relied upon.",
                heading="Threat levels relied upon",
            ),
        ),
    )


def _lanes(reading: RiskReader) -> list[Lane]:
    known = reading.reader.overview.snapshot.lanes
    return [known[key] for key in reading.judged.assessment.places if key in known]


def _sites(reading: RiskReader) -> Iterator[tuple[Shown, ...]]:
    snapshot = reading.reader.overview.snapshot
    for key in reading.judged.assessment.places:
        unit = snapshot.units.get(key)
        if unit is not None:
            entity = snapshot.entity_of(key)
            yield (
                Link(reading.place(key), place_url(snapshot, key)),
                unit.country or Quiet("not said"),
                unit.address or Quiet("not said"),
                reading.place(entity) if entity != key else "",
            )


def _lane(reading: RiskReader, lane: Lane) -> tuple[Shown, ...]:
    return (
        Link(lane.title, register_url("lanes", lane.key), note=lane.note),
        f"{lane.from_} to {lane.to}",
        ", ".join(one.replace("-", " ") for one in lane.modes) or Quiet("not said"),
        "; ".join(reading.place(one) for one in lane.partners) or Quiet("none named"),
        lane.trips or Quiet("not said"),
        reading.place(lane.unit),
    )


def _partner(reading: RiskReader, key: str, lanes: list[Lane]) -> tuple[Shown, ...]:
    snapshot, day = reading.reader.overview.snapshot, reading.judged.day
    partner = snapshot.partners.get(key)
    held = tuple(_certificate(reading, one) for one in snapshot.certificates.get(key, ()) if _valid(one, day))
    proofs = (one for (who, _kind), some in snapshot.proofs.items() if who == key for one in some if _holds(one, day))
    shown = tuple(_proof(reading, one) for one in proofs)
    return (
        Link(reading.place(key), place_url(snapshot, key)),
        (partner.country if partner else "") or Quiet("not said"),
        "; ".join(one.title for one in lanes if key in one.partners),
        Several(held, "; ") if held else Quiet("none"),
        Several(shown, "; ") if shown else Quiet("none"),
    )


def _valid(one: Certificate, day: date) -> bool:
    stopped = one.state is not CertificateState.VALID and (one.state_since is None or one.state_since <= day)
    return one.from_ <= day and (one.to is None or day <= one.to) and not stopped


def _certificate(reading: RiskReader, one: Certificate) -> str:
    term = reading.reader.overview.catalogue.terms.schemes.get(one.scheme)
    title = " ".join(part for part in (term.title if term else one.scheme, one.number) if part)
    return f"{title}, until {day_text(one.to)}" if one.to else title


def _holds(one: Proof, day: date) -> bool:
    return one.on <= day and (one.to is None or day <= one.to)


def _proof(reading: RiskReader, one: Proof) -> str:
    term = reading.reader.overview.catalogue.terms.proofs.get(one.kind)
    told = f"{term.title if term else one.kind}, {day_text(one.on)}"
    return f"{told}, against the partner" if one.outcome is Outcome.NEGATIVE else told


def _threat_levels(reading: RiskReader) -> list[ThreatLevel]:
    """Those of the day, in the countries of the places in scope."""
    snapshot, day = reading.reader.overview.snapshot, reading.judged.day
    places = reading.judged.assessment.places
    countries = {snapshot.units[key].country for key in places if key in snapshot.units}
    for lane in _lanes(reading):
        countries |= {lane.from_, lane.to}
    return [
        one
        for one in snapshot.facts.threat_levels
        if one.country in countries and one.on <= day and (one.until is None or day <= one.until)
    ]


def _level(reading: RiskReader, one: ThreatLevel) -> tuple[Shown, ...]:
    scenario = reading.reader.overview.catalogue.threats.scenarios.get(one.threat)
    threat = scenario.title if scenario else one.threat.replace("-", " ") or "all"
    return one.country, threat, one.level, one.source, one.on, one.until or Quiet("no end")
