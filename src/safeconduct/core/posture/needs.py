"""What a need comes to for one question: the grammar of needs, judged.

Source: catalogue language, sections 5.1 and 7.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    UNKNOWN,
    Finding,
    Join,
    Kind,
    all_of,
    any_of,
    best,
    leaf,
    some_of,
)
from safeconduct.core.operations.checks import judge_check
from safeconduct.core.operations.lookback import judge_lookback
from safeconduct.core.operations.measures import judge_measure
from safeconduct.core.operations.weaknesses import judge_mended
from safeconduct.core.partners import judge_certificate, judge_every, judge_proof
from safeconduct.core.posture.conditions import Truth, truth
from safeconduct.core.posture.decided import judge_answer, judge_outcome
from safeconduct.core.posture.question import Question
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    AnswerNeed,
    AnyNeed,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    ControlNeed,
    EveryNeed,
    LookbackNeed,
    MeasureNeed,
    MendedNeed,
    Need,
    OutcomeNeed,
    ProofNeed,
    SomeNeed,
    WhenNeed,
)
from safeconduct.core.standing import judge_control


def judge_need(question: Question, need: Need) -> Finding:
    """Judge any need for a question; dispatches on its form."""
    match need:
        case AllNeed() | AnyNeed() | SomeNeed():
            return _combined(question, need)
        case WhenNeed(condition, then):
            return guarded(question, truth(question, condition), then)
        case ChooseNeed():
            return _chosen(question, need)
        case OutcomeNeed(supported_by):
            return judge_outcome(question, judge_need(question, supported_by))
        case AnswerNeed():
            return judge_answer(question)
        case EveryNeed():
            return judge_every(
                question.ground,
                need,
                question.unit,
                lambda each, partner: judge_need(question.about(partner), each),
            )
        case _:
            return _of_records(question, need)


def _of_records(
    question: Question,
    need: ControlNeed | MeasureNeed | LookbackNeed | CheckNeed | CertificateNeed | ProofNeed | MendedNeed,
) -> Finding:
    ground, unit = question.ground, question.unit
    partner = question.partner.key if question.partner else ""
    match need:
        case ControlNeed():
            return judge_control(ground, need, unit)
        case MeasureNeed():
            return judge_measure(ground, need, unit)
        case LookbackNeed():
            return judge_lookback(ground, need, unit, question.enrolment.applied)
        case CheckNeed():
            return judge_check(ground, need, unit, partner)
        case CertificateNeed():
            return judge_certificate(ground, need, question.holders(need.holder), unit)
        case ProofNeed():
            return judge_proof(ground, need, partner, unit)
        case MendedNeed():
            return judge_mended(ground, need, unit)


def _combined(question: Question, need: AllNeed | AnyNeed | SomeNeed) -> Finding:
    members = [judge_need(question, member) for member in need.members]
    subject, at, day = question.requirement, question.subject, question.ground.day
    match need:
        case AllNeed():
            return all_of(members, kind=Kind.NEED, subject=subject, at=at, day=day)
        case AnyNeed():
            return any_of(members, kind=Kind.NEED, subject=subject, at=at, day=day)
        case SomeNeed(n, _, partly):
            return some_of(members, n=n, partly=partly, kind=Kind.NEED, subject=subject, at=at, day=day)


def guarded(question: Question, told: Truth, then: Need) -> Finding:
    """A need that applies only under a condition.

    False is not applicable; unknown is MET where the need is met anyway, else UNKNOWN `applicability-unknown`.
    """
    if told.holds is False:
        return does_not_apply(question, told)
    found = judge_need(question, then)
    until = min(found.good_until, told.good_until)
    if told.holds or found.standing in (MET, NOT_APPLICABLE):
        return replace(found, good_until=until)
    return Finding(
        kind=Kind.CONDITION,
        subject=question.requirement,
        at=question.subject,
        standing=UNKNOWN,
        code="applicability-unknown",
        day=question.ground.day,
        at_best=MET,
        good_until=until,
        because=(found,),
        join=Join.ALL,
        params=(("condition", told.words),),
        mend=told.mend,
    )


def does_not_apply(question: Question, told: Truth) -> Finding:
    """Not applicable, because the condition is known not to hold."""
    return leaf(
        Kind.CONDITION,
        question.requirement,
        question.subject,
        NOT_APPLICABLE,
        "does-not-apply",
        question.ground.day,
        good_until=told.good_until,
        condition=told.words,
    )


def _chosen(question: Question, need: ChooseNeed) -> Finding:
    """The first true branch; if only unknown branches remain and all agree, what they agree on, else UNKNOWN."""
    branches = [*need.branches, *([(AllOf(()), need.otherwise)] if need.otherwise is not None else [])]
    until = FOREVER
    possible: list[tuple[Truth, Need]] = []
    for condition, branch in branches:
        told = truth(question, condition)
        until = min(until, told.good_until)
        if told.holds is not False:
            possible.append((told, branch))
        if told.holds:
            break
    else:
        if not possible:
            return does_not_apply(question, Truth(holds=False, good_until=until, words="any case it names"))
    return _undecided(question, possible, until)


def _undecided(question: Question, branches: list[tuple[Truth, Need]], until: date) -> Finding:
    """What the branches that may apply agree on, else UNKNOWN; one alone decides."""
    judged = [(told, judge_need(question, branch)) for told, branch in branches]
    until = min([until, *(found.good_until for _, found in judged)])
    standings = {found.standing for _, found in judged}
    unknown = next((told for told, _ in judged if told.holds is None), None)
    if unknown is None or len(standings) == 1:
        at_best = best(found.at_best for _, found in judged)
        return replace(judged[0][1], good_until=until, at_best=at_best)
    return Finding(
        kind=Kind.CONDITION,
        subject=question.requirement,
        at=question.subject,
        standing=UNKNOWN,
        code="applicability-unknown",
        day=question.ground.day,
        at_best=MET,
        good_until=until,
        because=tuple(found for _, found in judged),
        join=Join.ALL,
        params=(("condition", unknown.words),),
        mend=unknown.mend,
    )
