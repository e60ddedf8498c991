"""A judgement narrowed to some units: what somebody sees who answers for these alone.

Rows of other units are left out, and what rests on records of the whole legal entity (partners, figures, events) is
cut off, so that a tree never tells more than the registers would.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from safeconduct.core.judgement import Finding, Kind
from safeconduct.core.posture.programme import ProgrammeJudgement, judgement_of
from safeconduct.core.posture.rows import RowJudgement

KEPT_FROM_VIEW = "kept-from-view"
_OF_THE_ENTITY = frozenset(
    {
        Kind.POPULATION,
        Kind.MEMBER,
        Kind.CERTIFICATE,
        Kind.EQUIVALENCE,
        Kind.PROOF,
        Kind.REGISTER,
        Kind.RECORD,
        Kind.CHECK,
        Kind.MEASURE,
        Kind.ACTION,
    }
)


def narrowed(judged: ProgrammeJudgement, units: Set[str]) -> ProgrammeJudgement:
    """The programme as far as it is judged at these units; its word then speaks of their rows only."""
    enrolment = replace(judged.enrolment, sites=tuple(site for site in judged.enrolment.sites if site in units))
    rows = [_veiled_row(row) for row in judged.rows if row.unit in units]
    return judgement_of(judged.programme, enrolment, judged.day, rows)


def _veiled_row(row: RowJudgement) -> RowJudgement:
    parts = tuple(veiled(part) for part in row.should_parts)
    return replace(row, finding=veiled(row.finding), should_parts=parts, informed_by=())


def veiled(finding: Finding) -> Finding:
    """The finding without what rests on records of the whole entity: the standings stay, their grounds go."""
    if finding.kind in _OF_THE_ENTITY:
        return replace(finding, code=KEPT_FROM_VIEW, because=(), params=(), facts=(), mend=None)
    if not finding.because:
        return finding
    members = tuple(veiled(member) for member in finding.because)
    if all(new is old for new, old in zip(members, finding.because, strict=True)):
        return finding
    code = members[0].code if finding.code == finding.because[0].code else finding.code
    return replace(finding, because=members, code=code)
