"""One requirement for one unit under one enrolment, in the order of evaluation of the catalogue language, section 8."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from safeconduct.core.criteria.obligations import Binding, binding, strongest
from safeconduct.core.dates import FOREVER, covers, day_after, good_until
from safeconduct.core.equivalences import accepted, informing
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    Finding,
    Join,
    Kind,
    Mend,
    Standing,
    all_of,
    any_of,
    capped,
    leaf,
)
from safeconduct.core.posture.conditions import truth
from safeconduct.core.posture.needs import does_not_apply, guarded, judge_need
from safeconduct.core.posture.question import Question
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation, Part, Requirement, RequirementKind
from safeconduct.core.records.decisions import Alternative, Waiver
from safeconduct.core.records.needs import AllOf

JUDGED = frozenset({RequirementKind.CONDITION, RequirementKind.METRIC, RequirementKind.BONUS})
_OTHER_WAYS = frozenset({"alternative-accepted", "certificate-accepted"})
_SHOULD_LIKE = frozenset({Obligation.SHOULD, Obligation.MAY})


@dataclass(frozen=True)
class RowJudgement:
    """A requirement judged for a unit.

    `left_out` says why it does not count for the programme (role-unknown, row-unconfirmed) although it is judged and
    shown; `waiver` is the issuer's leave in force; `disposition` is what became of a should row (done, alternative,
    reason, open); `should_parts` stand beside a must row without pulling it down; `informed_by` are certificates of
    other schemes that speak to the row and never change its standing.
    """

    enrolment: str
    programme: str
    requirement: Requirement
    unit: str
    finding: Finding
    obligation: Obligation | None = None
    left_out: str = ""
    waiver: Waiver | None = None
    disposition: str = ""
    should_parts: tuple[Finding, ...] = ()
    informed_by: tuple[Finding, ...] = ()

    @property
    def standing(self) -> Standing:
        """The row's standing."""
        return self.finding.standing

    @property
    def counts(self) -> bool:
        """Whether it decides the programme: a must that applies and is not left out."""
        return (
            self.obligation is Obligation.MUST
            and self.requirement.kind in JUDGED - {RequirementKind.BONUS}
            and self.standing is not NOT_APPLICABLE
            and not self.left_out
        )


def judge_row(question: Question, requirement: Requirement) -> RowJudgement:
    """Judge one row; the question gives unit and enrolment. Questions are answered or not and never bind."""
    question = replace(question, requirement=requirement.key)
    if requirement.kind is RequirementKind.QUESTION:
        return _row(question, requirement, _answered(question, requirement))
    if (reason := _not_asked(question, requirement)) is not None:
        return _row(question, requirement, reason)
    bound = _binding(question, requirement)
    finding, should_parts = _judged(question, requirement)
    finding = _with_alternatives(question, finding)
    waiver, days = _waiver(question)
    until = good_until(question.ground.day, [*days, *_decision_days(question, requirement)])
    finding = replace(finding, good_until=min(finding.good_until, bound.good_until, until))
    return RowJudgement(
        enrolment=question.enrolment.key,
        programme=question.programme.id,
        requirement=requirement,
        unit=question.unit,
        finding=finding,
        obligation=bound.obligation,
        left_out=_left_out(question, requirement, bound),
        waiver=waiver,
        disposition=_disposition(question, finding) if bound.obligation in _SHOULD_LIKE else "",
        should_parts=should_parts,
        informed_by=informing(question.ground, requirement.key, question.unit, question.enrolment),
    )


def _row(question: Question, requirement: Requirement, finding: Finding) -> RowJudgement:
    return RowJudgement(question.enrolment.key, question.programme.id, requirement, question.unit, finding)


def _answered(question: Question, requirement: Requirement) -> Finding:
    """The answer to a question, guarded by the row's own condition."""
    if requirement.needs is None:
        return _not_applicable(question, "nothing-asked")
    if requirement.when is not None:
        return _requirement(question, guarded(question, truth(question, requirement.when), requirement.needs))
    return _requirement(question, judge_need(question, requirement.needs))


def _not_asked(question: Question, requirement: Requirement) -> Finding | None:
    """Not applicable by variant, role, day or a recorded decision; None where the row is to be judged."""
    sought = set(question.enrolment.variant)
    if requirement.variants and sought and not sought & set(requirement.variants):
        return _not_applicable(question, "other-variant")
    bound = _binding(question, requirement)
    if bound.obligation is None:
        return _not_applicable(question, bound.code, bound.good_until)
    decided = _decided_not_applicable(question, requirement.key)
    return replace(decided, good_until=min(decided.good_until, bound.good_until)) if decided else None


def _decision_days(question: Question, requirement: Requirement) -> list[date]:
    """Days on which a recorded decision about the row or its parts begins or stops to count."""
    snapshot, unit = question.ground.snapshot, question.unit
    days = [one.on for one in snapshot.row_confirmations.get(requirement.key, ())]
    spans = [(one.on, one.until) for one in snapshot.reasons.get((requirement.key, unit), ())]
    for key in (requirement.key, *(part.key for part in requirement.parts)):
        spans += [(one.on, one.until) for one in snapshot.not_applicable.get((key, unit), ())]
    return [*days, *(day for on, until in spans for day in (on, *([day_after(until)] if until else [])))]


def _decided_not_applicable(question: Question, key: str) -> Finding | None:
    """A recorded decision in force that a row or one of its parts does not apply here; none where none is allowed."""
    decisions = question.ground.snapshot.not_applicable.get((key, question.unit), ())
    days = [day for one in decisions for day in (one.on, *([day_after(one.until)] if one.until else []))]
    current = next((one for one in decisions if covers(question.ground.day, one.on, one.until)), None)
    if current is None or not question.programme.not_applicable:
        return None
    finding = _not_applicable(question, "recorded-not-applicable", good_until(question.ground.day, days))
    return replace(finding, subject=key, facts=(current.key,)).with_params(why=current.why, by=current.by)


def _not_applicable(question: Question, code: str, until: date = FOREVER) -> Finding:
    return leaf(
        Kind.REQUIREMENT,
        question.requirement,
        question.unit,
        NOT_APPLICABLE,
        code,
        question.ground.day,
        good_until=until,
    )


def _binding(question: Question, requirement: Requirement) -> Binding:
    """The row's binding; with parts, the strongest among the parts that bind."""
    if not requirement.parts:
        return _bound(question, requirement, None)
    bindings = [_bound(question, requirement, part) for part in requirement.parts]
    binding_parts = [one for one in bindings if one.obligation is not None]
    until = min(one.good_until for one in bindings)
    if not binding_parts:
        coming = next((one for one in bindings if one.code == "not-yet-in-force"), bindings[0])
        return replace(coming, good_until=until)
    return Binding(
        strongest(one.obligation for one in binding_parts if one.obligation),
        role_known=any(one.role_known for one in binding_parts),
        good_until=until,
    )


def _bound(question: Question, requirement: Requirement, part: Part | None) -> Binding:
    roles = (part.roles if part and part.roles else None) or requirement.roles
    timeline = part.obligation if part else requirement.obligation
    return binding(timeline, roles, question.enrolment.roles, question.ground.day)


def _judged(question: Question, requirement: Requirement) -> tuple[Finding, tuple[Finding, ...]]:
    """The row's finding and, beside it, its should parts where a must part decides."""
    told = truth(question, requirement.when) if requirement.when is not None else None
    if told is not None and told.holds is False:
        return _requirement(question, does_not_apply(question, told)), ()
    if requirement.needs is not None:
        need = judge_need(question, requirement.needs) if told is None else guarded(question, told, requirement.needs)
        return _requirement(question, need), ()
    decisive, beside = _parts(question, requirement)
    found = all_of(decisive, kind=Kind.REQUIREMENT, subject=requirement.key, at=question.unit, day=question.ground.day)
    return found, tuple(beside)


def _parts(question: Question, requirement: Requirement) -> tuple[list[Finding], list[Finding]]:
    """Parts that decide the row (the musts; without any, all that bind) and those beside it."""
    judged: list[tuple[Obligation, Finding]] = []
    for part in requirement.parts:
        bound = _bound(question, requirement, part)
        if bound.obligation is None:
            continue
        if (aside := _decided_not_applicable(question, part.key)) is not None:
            judged.append((bound.obligation, aside))
        else:
            judged.append((bound.obligation, _part(question, requirement, part, bound)))
    musts = [finding for obligation, finding in judged if obligation is Obligation.MUST]
    if not musts:
        return [finding for _, finding in judged], []
    return musts, [finding for obligation, finding in judged if obligation is not Obligation.MUST]


def _part(question: Question, requirement: Requirement, part: Part, bound: Binding) -> Finding:
    conditions = tuple(one for one in (requirement.when, part.when) if one is not None)
    told = truth(question, AllOf(conditions) if len(conditions) > 1 else conditions[0]) if conditions else None
    found = judge_need(question, part.needs) if told is None else guarded(question, told, part.needs)
    return Finding(
        kind=Kind.PART,
        subject=part.key,
        at=question.unit,
        standing=found.standing,
        code=found.code,
        day=question.ground.day,
        at_best=found.at_best,
        good_until=min(found.good_until, bound.good_until),
        because=(found,),
        join=Join.ALL,
        params=(("obligation", bound.obligation.value if bound.obligation else ""), ("title", part.title)),
    )


def _requirement(question: Question, need: Finding) -> Finding:
    return Finding(
        kind=Kind.REQUIREMENT,
        subject=question.requirement,
        at=question.unit,
        standing=need.standing,
        code=need.code,
        day=question.ground.day,
        at_best=need.at_best,
        good_until=need.good_until,
        because=(need,),
        join=Join.ALL,
    )


def _with_alternatives(question: Question, finding: Finding) -> Finding:
    """The better of the row, an alternative in force and a certificate its issuer accepts in its place.

    An alternative is MET only when accepted by whom the programme names.
    """
    recorded = question.ground.snapshot.alternatives.get((question.requirement, question.unit), ())
    days = [day for one in recorded for day in (one.from_, day_after(one.until))]
    certificates = accepted(question.ground, question.requirement, question.unit, question.enrolment)
    until = min(finding.good_until, certificates.good_until, good_until(question.ground.day, days))
    current = [one for one in recorded if covers(question.ground.day, one.from_, one.until)]
    if not (current or certificates.findings) or finding.standing in (MET, NOT_APPLICABLE):
        return replace(finding, good_until=until)
    candidates = [*certificates.findings, *(_alternative(question, one) for one in current)]
    better = any_of(
        [finding, *candidates],
        kind=Kind.REQUIREMENT,
        subject=question.requirement,
        at=question.unit,
        day=question.ground.day,
    )
    better = replace(better, good_until=min(until, better.good_until))
    if better.standing is finding.standing:
        return replace(better, code=finding.code)
    taken = better.because[0]
    if taken.kind is Kind.EQUIVALENCE:
        return replace(better, code=taken.code)
    return replace(better, code="alternative-accepted", params=(*better.params, *taken.params))


def _alternative(question: Question, alternative: Alternative) -> Finding:
    need = judge_need(question, alternative.needs)
    wrapped = Finding(
        kind=Kind.ALTERNATIVE,
        subject=alternative.key,
        at=question.unit,
        standing=need.standing,
        code=need.code,
        day=question.ground.day,
        at_best=need.at_best,
        good_until=need.good_until,
        because=(need,),
        join=Join.ALL,
        params=(
            ("accepted_by", alternative.accepted_by.value),
            ("why", alternative.why),
            ("until", alternative.until.isoformat()),
        ),
        facts=(alternative.key,),
    )
    if alternative.accepted_by.value in question.programme.alternatives_by:
        return wrapped
    accept = Mend(
        f"alternative:{alternative.key}",
        "accept-alternative",
        question.unit,
        record=alternative.key,
        detail=question.requirement,
    )
    return capped(wrapped, PARTLY, "alternative-accepted", mend=accept if question.programme.alternatives_by else None)


def _waiver(question: Question) -> tuple[Waiver | None, list[date]]:
    """The waiver in force and the days on which one begins or ends; none counts where the issuer grants none."""
    recorded = question.ground.snapshot.waivers.get((question.requirement, question.unit), ())
    waivers = recorded if question.programme.waivers else ()
    days = [day for one in waivers for day in (day_after(one.until), *([one.from_] if one.from_ else []))]
    day = question.ground.day
    return next((one for one in waivers if covers(day, one.from_, one.until)), None), days


def _left_out(question: Question, requirement: Requirement, bound: Binding) -> str:
    if not bound.role_known:
        return "role-unknown"
    if requirement.source.sure is Sure.UNCONFIRMED:
        confirmed = question.ground.snapshot.row_confirmations.get(requirement.key, ())
        if not any(one.on <= question.ground.day for one in confirmed):
            return "row-unconfirmed"
    return ""


def _disposition(question: Question, finding: Finding) -> str:
    """What became of a should row: done, alternative, reason or open; empty when it does not apply."""
    if finding.standing is NOT_APPLICABLE:
        return ""
    if finding.standing is MET:
        return "alternative" if finding.code in _OTHER_WAYS else "done"
    reasons = question.ground.snapshot.reasons.get((question.requirement, question.unit), ())
    given = any(covers(question.ground.day, one.on, one.until) for one in reasons)
    return "reason" if given else "open"
