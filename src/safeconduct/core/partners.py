"""Trading partners: what assures one of them on a day, and whether all of them are assured.

Source: catalogue language, section 7.7. Beyond it: a certificate looked up at least once is fresh while the
organisation has set no re-check time (docs/decisions/0005-rules-settled.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from safeconduct.core.dates import add, covers, day_after, good_until
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Join,
    Kind,
    Mend,
    Standing,
    all_of,
    best,
    leaf,
    nth_best,
    worst,
)
from safeconduct.core.recognition import recognised, recognition_changes
from safeconduct.core.records.needs import CertificateNeed, EveryNeed, Need, ProofNeed, Who
from safeconduct.core.records.partners import Certificate, CertificateState, Outcome, Partner, Proof
from safeconduct.core.standing import Ground
from safeconduct.core.standing.own import Allowed, allowed

MISSING = frozenset({"no-proof-recorded", "no-certificate-recorded"})
LAPSED = frozenset({"certificate-expired", "certificate-suspended", "certificate-withdrawn", "proof-lapsed"})
_STATES = {
    CertificateState.SUSPENDED: "certificate-suspended",
    CertificateState.WITHDRAWN: "certificate-withdrawn",
}


def judge_certificate(ground: Ground, need: CertificateNeed, holders: Sequence[str], unit: str) -> Finding:
    """Judge whether one of the holders has a status the need accepts; one certificate is enough.

    A certificate counts on its first and last day. With none on record UNKNOWN `no-certificate-recorded`; only
    lapsed ones UNMET. `unit` is where the organisation's own re-check time is looked up.
    """
    schemes = set(need.schemes)
    changes: list[date] = []
    if need.or_recognised_by:
        schemes |= recognised(ground.catalogue, need.or_recognised_by, ground.day)
        changes += recognition_changes(ground.catalogue, need.or_recognised_by)
    records = [one for holder in holders for one in ground.snapshot.certificates.get(holder, ())]
    changes += [one.from_ for one in records]
    begun = [one for one in records if one.scheme in schemes and one.from_ <= ground.day]
    if not begun:
        return _no_certificate(ground, need, holders, good_until(ground.day, changes))
    own_holder = not set(holders) & ground.snapshot.partners.keys()
    limit = allowed(ground, "certificate", "certificate", unit, None)
    readings = [_read_certificate(ground.day, one, limit, changes, own_holder=own_holder) for one in begun]
    standing, code, held = max(readings, key=lambda reading: (reading[0].rank, reading[2].to or date.max))
    return leaf(
        Kind.CERTIFICATE,
        held.scheme,
        held.holder,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, [*changes, *limit.changes]),
        facts=(held.key,),
        mend=_certificate_mend(held.holder, held.scheme, held.key),
        scheme=_scheme_title(ground, held.scheme),
        number=held.number,
        until=held.to.isoformat() if held.to else "",
        checked=max((day for day in held.checked if day <= ground.day), default=held.from_).isoformat(),
    )


def _no_certificate(ground: Ground, need: CertificateNeed, holders: Sequence[str], until: date) -> Finding:
    asked = ", ".join(_scheme_title(ground, scheme) for scheme in need.schemes)
    if need.or_recognised_by:
        asked += " or one its issuer recognises"
    return leaf(
        Kind.CERTIFICATE,
        need.schemes[0] if need.schemes else need.or_recognised_by,
        holders[0],
        UNKNOWN,
        "no-certificate-recorded",
        ground.day,
        good_until=until,
        mend=_certificate_mend(holders[0], need.schemes[0] if need.schemes else "", ""),
        asked=asked,
    )


def _certificate_mend(holder: str, scheme: str, record: str) -> Mend:
    return Mend(f"certificate:{holder}", "record-certificate", holder, record=record, detail=scheme)


def _scheme_title(ground: Ground, scheme: str) -> str:
    term = ground.catalogue.terms.schemes.get(scheme)
    return term.title if term else scheme


def _read_certificate(
    day: date, certificate: Certificate, limit: Allowed, changes: list[date], *, own_holder: bool
) -> tuple[Standing, str, Certificate]:
    if certificate.to is not None:
        changes.append(day_after(certificate.to))
    if certificate.state_since is not None:
        changes.append(certificate.state_since)
    changes += certificate.checked
    if certificate.to is not None and day > certificate.to:
        return UNMET, "certificate-expired", certificate
    state_holds = certificate.state_since is None or certificate.state_since <= day
    if certificate.state is not CertificateState.VALID and state_holds:
        return UNMET, _STATES[certificate.state], certificate
    if own_holder:
        return MET, "certificate-held", certificate
    looked_up = max((one for one in certificate.checked if one <= day), default=None)
    if looked_up is None:
        return UNKNOWN, "certificate-not-checked", certificate
    if limit.duration is not None:
        due = add(looked_up, limit.duration)
        changes.append(day_after(due))
        if day > due:
            return PARTLY, "check-overdue", certificate
    return MET, "certificate-held", certificate


def judge_proof(ground: Ground, need: ProofNeed, partner: str, unit: str) -> Finding:
    """Judge the proofs of a kind about a partner: inside its time MET, past it UNMET `proof-lapsed`.

    The best of those since the last one that spoke against the partner counts; none at all is UNKNOWN.
    """
    proofs = ground.snapshot.proofs.get((partner, need.kind), ())
    limit = allowed(ground, "proof", need.kind, unit, need.within) if need.within else None
    changes = [*(one.on for one in proofs), *(limit.changes if limit else ())]
    readings = [(_read_proof(ground.day, one, limit, changes), one) for one in _standing_proofs(proofs, ground.day)]
    nothing: tuple[tuple[Standing, str], Proof | None] = ((UNKNOWN, "no-proof-recorded"), None)
    (standing, code), newest = max(reversed(readings), key=lambda one: one[0][0].rank, default=nothing)
    unset = limit is not None and code == "own-target-not-set"
    term = ground.catalogue.terms.proofs.get(need.kind)
    return leaf(
        Kind.PROOF,
        need.kind,
        partner,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, changes),
        facts=(newest.key,) if newest else (),
        mend=limit.mend if limit and unset else Mend(f"proof:{partner}", "record-proof", partner, detail=need.kind),
        proof=(term.title if term else "") or need.kind.replace("-", " "),
        last=newest.on.isoformat() if newest else "",
        within=str(limit.duration) if limit and limit.duration else "",
        own="own" if limit and limit.own else "",
    )


def _standing_proofs(proofs: Sequence[Proof], day: date) -> list[Proof]:
    """Proofs given by the day since the last negative one (or that one alone), oldest first."""
    standing: list[Proof] = []
    for one in proofs:
        if one.on <= day:
            against = one.outcome is Outcome.NEGATIVE or (standing and standing[0].outcome is Outcome.NEGATIVE)
            standing = [one] if against else [*standing, one]
    return standing


def _read_proof(day: date, proof: Proof, limit: Allowed | None, changes: list[date]) -> tuple[Standing, str]:
    if proof.outcome is Outcome.NEGATIVE:
        return UNMET, "proof-negative"
    if proof.to is not None:
        changes.append(day_after(proof.to))
        if day > proof.to:
            return UNMET, "proof-lapsed"
    if limit is None:
        return MET, "proof-on-file"
    if limit.duration is None:
        return UNKNOWN, "own-target-not-set"
    due = add(proof.on, limit.duration)
    changes.append(day_after(due))
    return (MET, "proof-on-file") if day <= due else (UNMET, "proof-lapsed")


@dataclass(frozen=True)
class _Population:
    members: tuple[Partner, ...]
    unclear: tuple[Partner, ...]
    changes: tuple[date, ...]


def judge_every(
    ground: Ground, need: EveryNeed, unit: str, judge_member: Callable[[Need, Partner], Finding]
) -> Finding:
    """Judge a process over its population: the register is confirmed complete and each member in scope is assured.

    A member whose scope cannot be told is UNKNOWN; a gap with a corrective action inside its due day is PARTLY (MET
    where the issuer says so); nobody in scope of a confirmed register is not applicable.
    """
    entity = ground.snapshot.entity_of(unit)
    register = _judge_register(ground, need.of, entity)
    population = _population(ground, need.who, entity)
    confirmed = register.standing is MET
    if confirmed and not population.members and not population.unclear:
        until = min(register.good_until, good_until(ground.day, population.changes))
        return leaf(Kind.POPULATION, need.of, entity, NOT_APPLICABLE, "none-in-scope", ground.day, good_until=until)
    judged = [
        _member(ground, need, partner, judge_member(need.each, partner), register) for partner in population.members
    ]
    unclear = [_unclear(ground, partner) for partner in population.unclear]
    found = all_of([register, *judged, *unclear], kind=Kind.POPULATION, subject=need.of, at=entity, day=ground.day)
    met = sum(one.standing is MET for one in judged)
    until = min(found.good_until, good_until(ground.day, population.changes))
    return replace(found, good_until=until).with_params(
        met=str(met), of=str(len(judged) + len(unclear)), who=_who(need.who)
    )


def _judge_register(ground: Ground, of: str, entity: str) -> Finding:
    registers = ground.snapshot.registers.get((of, entity), ())
    changes = [day for one in registers for day in (one.confirmed, day_after(one.until))]
    current = next((one for one in registers if covers(ground.day, one.confirmed, one.until)), None)
    latest = max(registers, key=lambda one: one.until, default=None)
    return leaf(
        Kind.REGISTER,
        of,
        entity,
        MET if current else UNKNOWN,
        "population-confirmed" if current else "population-not-confirmed",
        ground.day,
        good_until=good_until(ground.day, changes),
        facts=(current.key,) if current else (),
        mend=Mend(f"register:{of}@{entity}", "confirm-register", entity, detail=of),
        until=current.until.isoformat() if current else (latest.until.isoformat() if latest else ""),
    )


def _population(ground: Ground, who: Who, entity: str) -> _Population:
    members: list[Partner] = []
    unclear: list[Partner] = []
    changes: list[date] = []
    for partner in ground.snapshot.partners_of.get(entity, ()):
        changes += [partner.since] if partner.since else []
        changes += [day_after(partner.until)] if partner.until else []
        if not covers(ground.day, partner.since, partner.until):
            continue
        in_scope = _in_scope(ground, who, partner, entity)
        if in_scope is None:
            unclear.append(partner)
        elif in_scope:
            members.append(partner)
    return _Population(tuple(members), tuple(unclear), tuple(changes))


def _in_scope(ground: Ground, who: Who, partner: Partner, entity: str) -> bool | None:
    """True, False, or None where a fact that decides is missing."""
    answers = list(_scope_answers(ground, who, partner, entity))
    if False in answers:
        return False
    return None if None in answers else True


def _scope_answers(ground: Ground, who: Who, partner: Partner, entity: str) -> Iterator[bool | None]:
    if who.outsourced is not None:
        yield None if partner.outsourced is None else partner.outsourced is who.outsourced
    if who.roles:
        yield bool(set(who.roles) & set(partner.roles)) if partner.roles else None
    if who.country:
        yield partner.country in who.country if partner.country else None
    if who.domestic is not None:
        domestic = _domestic(ground, partner, entity)
        yield None if domestic is None else domestic is who.domestic


def _domestic(ground: Ground, partner: Partner, entity: str) -> bool | None:
    if partner.domestic is not None:
        return partner.domestic
    home = ground.snapshot.units.get(entity)
    if not partner.country or home is None or not home.country:
        return None
    return partner.country == home.country


def _who(who: Who) -> str:
    words = [*(role.replace("-", " ") for role in who.roles), *who.country]
    if who.outsourced is not None:
        words.append("outsourced" if who.outsourced else "not outsourced")
    if who.domestic is not None:
        words.append("domestic" if who.domestic else "abroad")
    return ", ".join(words)


def _unclear(ground: Ground, partner: Partner) -> Finding:
    return leaf(
        Kind.MEMBER,
        partner.key,
        partner.key,
        UNKNOWN,
        "scope-unknown",
        ground.day,
        facts=(partner.key,),
        mend=Mend(f"partner:{partner.key}", "complete-partner", partner.key, record=partner.key),
        partner=partner.title or partner.key,
    )


def _member(ground: Ground, need: EveryNeed, partner: Partner, judged: Finding, register: Finding) -> Finding:
    """The member's own judgement, with the closed world of a confirmed register and running actions applied."""
    standing, code, at_best = judged.standing, judged.code, judged.at_best
    until = judged.good_until
    if standing is UNKNOWN and _without_missing(judged, at_best=False) is UNMET:
        until = min(until, register.good_until)
        if register.standing is MET:
            standing, code, at_best = UNMET, _lapsed_code(judged), _without_missing(judged, at_best=True)
    if standing in (UNKNOWN, UNMET):
        running, days = _action_running(ground, partner)
        until = min(until, good_until(ground.day, days))
        if running:
            standing, code = MET if need.in_action_counts else PARTLY, "action-in-time"
            at_best = best([standing, at_best])
    return Finding(
        kind=Kind.MEMBER,
        subject=partner.key,
        at=partner.key,
        standing=standing,
        code=code,
        day=ground.day,
        at_best=at_best,
        good_until=until,
        because=(judged,),
        join=Join.ALL,
        params=(("partner", partner.title or partner.key),),
        facts=(partner.key,),
        mend=None if standing is MET else _first_mend(judged, partner),
    )


def _first_mend(judged: Finding, partner: Partner) -> Mend:
    """What would mend the piece that decides; a corrective action where nothing below names its cure."""
    named = (one.mend for one in judged.walk() if one.mend and one.standing not in (MET, NOT_APPLICABLE))
    return next(named, Mend(f"action:{partner.key}", "open-action", partner.key, record=partner.key))


def _without_missing(judged: Finding, *, at_best: bool) -> Standing:
    """What the member comes to when its file is complete, so that no missing proof can turn up any more."""
    if judged.code in MISSING and not judged.because:
        return UNMET
    members = [_without_missing(one, at_best=at_best) for one in judged.because]
    match judged.join:
        case Join.ALL if members and judged.code != "applicability-unknown":
            return worst(members)
        case Join.ANY if members:
            return best(members)
        case Join.SOME if members:
            return nth_best(members, int(judged.param("n", "1")), int(judged.param("partly", "0")))
        case _:
            return judged.at_best if at_best else judged.standing


def _lapsed_code(judged: Finding) -> str:
    return next((one.code for one in judged.leaves() if one.code in LAPSED), "no-proof-on-file")


def _action_running(ground: Ground, partner: Partner) -> tuple[bool, Iterable[date]]:
    """Whether a corrective action about the partner, or about a finding at it, is open and inside its due day."""
    about = ground.snapshot.raised_about.get(partner.key, ())
    raised = [one.key for one in about if one.on <= ground.day]
    actions = [action for key in (partner.key, *raised) for action in ground.snapshot.actions.get(key, ())]
    days = [one.on for one in about]
    for action in actions:
        days += [action.opened, day_after(action.due), *((action.closed,) if action.closed else ())]
    running = any(
        action.opened <= ground.day <= action.due and (action.closed is None or action.closed > ground.day)
        for action in actions
    )
    return running, days
