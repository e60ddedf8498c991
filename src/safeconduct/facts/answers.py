"""Judgements as plain data: one form for the command line's --json, the API and whoever reads them.

Standings, codes and keys are the product's words; `why` is the sentence a person reads, `do` what would mend it.
"""

from __future__ import annotations

from typing import Any

from safeconduct.core.assess import RULES_VERSION, Assessment
from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import Finding, Mend
from safeconduct.core.planning import Action, Gap
from safeconduct.core.posture import Criterion, ProgrammeJudgement, Result, RowJudgement
from safeconduct.core.provenance import Source
from safeconduct.core.sentences import deed, nature, sentence

Plain = dict[str, Any]


def finding_form(finding: Finding) -> Plain:
    """A finding with its because, deciding members first."""
    return {
        "kind": finding.kind.value,
        "subject": finding.subject,
        "at": finding.at,
        "standing": finding.standing.value,
        "at_best": finding.at_best.value,
        "code": finding.code,
        "why": sentence(finding),
        "do": deed(finding),
        "nature": nature(finding),
        "day": finding.day.isoformat(),
        "good_until": None if finding.good_until == FOREVER else finding.good_until.isoformat(),
        "facts": list(finding.facts),
        "mend": mend_form(finding.mend) if finding.mend else None,
        "because": [finding_form(member) for member in finding.because],
    }


def mend_form(mend: Mend) -> Plain:
    """What would mend a finding, and where."""
    return {
        "key": mend.key,
        "deed": mend.deed,
        "at": mend.at,
        "control": mend.control,
        "element": mend.element,
        "record": mend.record,
        "detail": mend.detail,
    }


def source_form(source: Source) -> Plain:
    """The document behind a row."""
    return {
        "document": source.document,
        "locator": source.locator,
        "link": source.link,
        "checked": source.checked.isoformat(),
        "sure": source.sure.value,
    }


def row_form(row: RowJudgement, *, because: bool = True) -> Plain:
    """A judged row; without its because-tree where only the answer is asked."""
    requirement = row.requirement
    form: Plain = {
        "enrolment": row.enrolment,
        "programme": row.programme,
        "requirement": requirement.key,
        "ref": requirement.ref,
        "title": requirement.title,
        "unit": row.unit,
        "obligation": row.obligation.value if row.obligation else None,
        "standing": row.standing.value,
        "at_best": row.finding.at_best.value,
        "code": row.finding.code,
        "counts": row.counts,
        "left_out": row.left_out,
        "waived": row.waiver is not None,
        "disposition": row.disposition,
        "good_until": None if row.finding.good_until == FOREVER else row.finding.good_until.isoformat(),
        "source": source_form(requirement.source),
    }
    if because:
        form["finding"] = finding_form(row.finding)
        form["should_parts"] = [finding_form(part) for part in row.should_parts]
        form["informed_by"] = [finding_form(one) for one in row.informed_by]
    return form


def criterion_form(criterion: Criterion) -> Plain:
    """A requirement over its units: the weakest decides."""
    return {
        "requirement": criterion.requirement.key,
        "standing": criterion.standing.value,
        "at_best": criterion.at_best.value,
        "obligation": criterion.obligation.value if criterion.obligation else None,
        "left_out": criterion.left_out,
        "units": {row.unit: row.standing.value for row in criterion.rows},
    }


def result_form(result: Result) -> Plain:
    """What one unit of authorisation comes to."""
    return {
        "unit": result.unit,
        "word": result.word.value,
        "mark": result.mark.value,
        "met": result.met,
        "musts": len(result.musts),
        "issuer_total": result.issuer_total,
        "complete": result.complete,
        "paper": len(result.paper),
        "work": len(result.work),
        "left_out": len(result.left_out),
        "standings": {standing.value: count for standing, count in result.standing_counts().items()},
        "items": None
        if result.items is None
        else {
            "meets": result.items.meets,
            "basically": result.items.basically,
            "fails": result.items.fails,
            "not_shown": result.items.not_shown,
            "bonus": result.items.bonus,
        },
    }


def programme_form(judged: ProgrammeJudgement, *, criteria: bool = True) -> Plain:
    """One enrolment judged."""
    form: Plain = {
        "enrolment": judged.enrolment.key,
        "entity": judged.enrolment.entity,
        "programme": judged.programme.id,
        "title": judged.programme.title,
        "day": judged.day.isoformat(),
        "results": [result_form(result) for result in judged.results],
    }
    if criteria:
        form["criteria"] = [criterion_form(one) for one in judged.main.criteria]
    return form


def assessment_form(judged: Assessment, *, criteria: bool = True) -> Plain:
    """Everything judged on one day, with what it was judged by."""
    return {
        "organisation": judged.ground.snapshot.facts.organisation.key,
        "day": judged.day.isoformat(),
        "catalogue": judged.ground.catalogue.digest,
        "rules": RULES_VERSION,
        "programmes": [programme_form(one, criteria=criteria) for one in judged.programmes],
        "unread": [{"enrolment": one.key, "edition": one.edition} for one in judged.unread],
    }


def gap_form(gap: Gap) -> Plain:
    """A missing piece and the row it holds back."""
    finding = finding_form(gap.finding)
    del finding["because"]
    return {"row": row_form(gap.row, because=False), "finding": finding}


def action_form(action: Action) -> Plain:
    """One thing to do, what it closes and what it helps."""
    return {
        "mend": mend_form(action.mend),
        "why": sentence(action.finding),
        "do": deed(action.finding),
        "besides": [deed(one) for one in action.besides],
        "programmes": list(action.programmes),
        "closes": [f"{row.requirement.key} at {row.unit}" for row in action.closes],
        "helps": [f"{row.requirement.key} at {row.unit}" for row in action.helps],
    }
