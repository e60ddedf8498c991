"""What only a person can say: outcome criteria and answers in the organisation's own words.

Source: catalogue language, sections 7.7 (answer) and 7.8 (outcome).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safeconduct.core.dates import Duration, DurationUnit, add, covers, day_after, good_until
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Finding, Join, Kind, Mend, Standing, all_of, leaf
from safeconduct.core.posture.question import Question
from safeconduct.core.records.decisions import Answer, Judgement, Verdict
from safeconduct.core.standing import judge_recorded


def judge_outcome(question: Question, support: Finding) -> Finding:
    """Judge an outcome by the newest named judgement and by the controls it rests on.

    Those are the controls that support it and those the judgement names besides. Yes on standing controls is MET; the
    same on weakened ones PARTLY `footing-weakened`; past its end PARTLY for its own length, then UNKNOWN. Controls
    alone make it at most PARTLY `supported-not-judged`. Of two judgements of one day the one that says no counts.
    """
    ground = question.ground
    judgements = ground.snapshot.judgements.get((question.requirement, question.unit), ())
    made = [one for one in judgements if one.on <= ground.day]
    newest = max(made, key=lambda one: (one.on, one.verdict is Verdict.NO), default=None)
    support = _footing(question, support, newest)
    standing, code = _read_judgement(newest, ground.day, support.standing)
    changes = [one.on for one in judgements]
    if newest:
        changes += [day_after(newest.until), day_after(_expired_for_good(newest))]
    until = min(support.good_until, good_until(ground.day, changes))
    return Finding(
        kind=Kind.JUDGEMENT,
        subject=question.requirement,
        at=question.unit,
        standing=standing,
        code=code,
        day=ground.day,
        at_best=_at_best(newest, ground.day, support.at_best),
        good_until=until,
        because=(support,),
        join=Join.ALL if code == "footing-weakened" else Join.LEAF,
        params=_words(newest),
        facts=(newest.key,) if newest else (),
        mend=None
        if standing is MET or code == "footing-weakened"
        else Mend(
            f"judgement:{question.requirement}@{question.unit}",
            "record-judgement",
            question.unit,
            detail=question.requirement,
        ),
    )


def _footing(question: Question, support: Finding, judgement: Judgement | None) -> Finding:
    """What supports the outcome, with the other controls the judgement says it rests on."""
    named = {one.subject.partition("[")[0] for one in support.walk() if one.kind is Kind.CONTROL}
    others = [control for control in judgement.rests_on if control not in named] if judgement else []
    if not others:
        return support
    judged = [judge_recorded(question.ground, control, question.unit) for control in others]
    return all_of(
        [support, *judged], kind=Kind.NEED, subject=question.requirement, at=question.unit, day=question.ground.day
    )


def _at_best(newest: Judgement | None, day: date, support: Standing) -> Standing:
    """A judgement nobody made, or none that still speaks, is taken as a yes."""
    standing, code = _read_judgement(newest, day, support)
    if code in ("supported-not-judged", "not-judged"):
        return MET if support is MET else PARTLY
    return standing


def _words(judgement: Judgement | None) -> tuple[tuple[str, str], ...]:
    if judgement is None:
        return ()
    days = ("on", judgement.on.isoformat()), ("until", judgement.until.isoformat())
    return ("by", judgement.by), *days, ("why", judgement.why)


def _read_judgement(newest: Judgement | None, day: date, support: Standing) -> tuple[Standing, str]:
    if newest is None:
        return (PARTLY, "supported-not-judged") if support is MET else (UNKNOWN, "not-judged")
    if newest.verdict is Verdict.NO:
        return UNMET, "judged-short"
    if covers(day, newest.on, newest.until):
        return (MET, "judged") if support is MET else (PARTLY, "footing-weakened")
    if day <= _expired_for_good(newest):
        return PARTLY, "judgement-expired"
    return UNKNOWN, "not-judged"


def _expired_for_good(judgement: Judgement) -> date:
    """The last day on which an ended judgement still says something: as long again as it held."""
    length_days = (judgement.until - judgement.on).days + 1
    return add(judgement.until, Duration(length_days, DurationUnit.DAYS))


def judge_answer(question: Question) -> Finding:
    """Judge the answer to a requirement at the unit, or the nearest unit it belongs to that answered.

    Confirmed is MET, confirmation due PARTLY, none UNKNOWN.
    """
    ground = question.ground
    answers = [
        one
        for place in ground.snapshot.layers(question.unit)
        for one in _latest_first(ground.snapshot.answers.get((question.requirement, place), ()))
    ]
    newest = next((one for one in answers if one.confirmed_on and one.confirmed_on <= ground.day), None)
    changes = [day for one in answers for day in _answer_days(one)]
    if newest is None:
        standing, code = UNKNOWN, "not-answered"
    elif newest.due is not None and ground.day > newest.due:
        standing, code = PARTLY, "confirmation-due"
    else:
        standing, code = MET, "answered"
    return leaf(
        Kind.ANSWER,
        question.requirement,
        question.unit,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, changes),
        facts=(newest.key,) if newest else (),
        mend=Mend(
            f"answer:{question.requirement}@{question.unit}",
            "confirm-answer",
            question.unit,
            record=newest.key if newest else "",
            detail=question.requirement,
        ),
        due=newest.due.isoformat() if newest and newest.due else "",
        by=newest.confirmed_by if newest else "",
    )


def _latest_first(answers: Sequence[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda one: (one.confirmed_on or date.min, one.key), reverse=True)


def _answer_days(answer: Answer) -> list[date]:
    days = [answer.confirmed_on] if answer.confirmed_on else []
    return [*days, day_after(answer.due)] if answer.due else days
