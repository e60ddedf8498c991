"""From rows to a programme's word, per unit of authorisation.

Source: catalogue language, section 8 (order of evaluation steps 9 to 11, the programme's words).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from safeconduct.core.dates import FOREVER, covers
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Join,
    Standing,
    worst,
)
from safeconduct.core.posture.question import Question
from safeconduct.core.posture.rows import JUDGED, RowJudgement, judge_row
from safeconduct.core.records.catalogue import (
    Addressee,
    Obligation,
    Programme,
    Requirement,
    RequirementKind,
    Rule,
    Scope,
    Unitary,
)
from safeconduct.core.records.units import Enrolment
from safeconduct.core.standing import Ground

_HIGHEST_BONUS = 2  # CN 69 to 74: at most two count


class Word(StrEnum):
    """What a programme comes to."""

    MEETS = "meets"
    MEETS_WITH_WAIVERS = "meets with waivers"
    KNOWN_ROWS_MET = "known rows met"
    PARTLY = "partly"
    OPEN = "open"
    SHORT = "short"
    FAILED_OUTRIGHT = "failed outright"
    ITEM_RESULTS = "item results"
    NOTHING_JUDGED = "nothing judged"


class Mark(StrEnum):
    """The mark shown for a word; item results have none, known rows met one of its own, never MET."""

    MET = "MET"
    KNOWN_ROWS_MET = "KNOWN ROWS MET"
    PARTLY = "PARTLY"
    UNKNOWN = "UNKNOWN"
    UNMET = "UNMET"
    NONE = ""


_MARKS = {
    Word.MEETS: Mark.MET,
    Word.KNOWN_ROWS_MET: Mark.KNOWN_ROWS_MET,
    Word.MEETS_WITH_WAIVERS: Mark.PARTLY,
    Word.PARTLY: Mark.PARTLY,
    Word.OPEN: Mark.UNKNOWN,
    Word.SHORT: Mark.UNMET,
    Word.FAILED_OUTRIGHT: Mark.UNMET,
    Word.ITEM_RESULTS: Mark.NONE,
    Word.NOTHING_JUDGED: Mark.NONE,
}


@dataclass(frozen=True)
class Criterion:
    """One requirement over all units of a result: the weakest decides ("18 of 20 sites")."""

    requirement: Requirement
    rows: tuple[RowJudgement, ...]

    @cached_property
    def standing(self) -> Standing:
        """The minimum over the units where it applies."""
        return worst(row.standing for row in self.rows)

    @cached_property
    def at_best(self) -> Standing:
        """The minimum with unknowns taken as met."""
        return worst(row.finding.at_best for row in self.rows)

    @cached_property
    def deciding(self) -> RowJudgement:
        """The row that decides: the first with the weakest standing."""
        return next((row for row in self.rows if row.standing is self.standing), self.rows[0])

    @property
    def counts(self) -> bool:
        """Whether any of its rows decides the programme."""
        return any(row.counts for row in self.rows)

    @property
    def obligation(self) -> Obligation | None:
        """The obligation of its deciding row."""
        return self.deciding.obligation

    @property
    def left_out(self) -> str:
        """Why it is left out, or empty."""
        return self.deciding.left_out

    @property
    def waived(self) -> bool:
        """Whether every row short of MET is waived by the issuer."""
        short = [row for row in self.rows if row.counts and row.standing is not MET]
        return bool(short) and all(row.waiver for row in short)

    @property
    def good_until(self) -> date:
        """The last day its standing surely holds."""
        return min(row.finding.good_until for row in self.rows)


@dataclass(frozen=True)
class ItemResults:
    """China's item results: counted, never summed into a verdict while the pass mark is not known."""

    meets: int
    basically: int
    fails: int
    not_shown: int
    bonus: int


@dataclass(frozen=True)
class Result:
    """What one unit of authorisation comes to: a legal entity, or one site.

    `met` of `musts` counts criteria, each by its weakest unit; `known` counts applicable musts the catalogue knows,
    `issuer_total` those the issuer has for the roles (None: not known).
    """

    unit: str
    criteria: tuple[Criterion, ...]
    word: Word
    complete: bool
    issuer_total: int | None
    items: ItemResults | None = None

    @property
    def mark(self) -> Mark:
        """The mark shown for the word."""
        return _MARKS[self.word]

    @property
    def severity(self) -> int:
        """The place of the word in the order of words, the worst first: 0."""
        return _SEVERITY.index(self.word)

    @cached_property
    def musts(self) -> tuple[Criterion, ...]:
        """The criteria that decide."""
        return tuple(one for one in self.criteria if one.counts)

    @cached_property
    def met(self) -> int:
        """How many of the deciding criteria are MET."""
        return sum(one.standing is MET for one in self.musts)

    @cached_property
    def left_out(self) -> tuple[Criterion, ...]:
        """Must criteria that are judged but do not count (role unknown, row unconfirmed)."""
        return tuple(one for one in self.criteria if _is_left_out(one))

    @cached_property
    def paper(self) -> tuple[Criterion, ...]:
        """Deciding criteria short of MET that would be MET if only everything unknown were shown."""
        return tuple(one for one in self.musts if one.standing is not MET and one.at_best is MET)

    @cached_property
    def work(self) -> tuple[Criterion, ...]:
        """Deciding criteria that showing what is there would not bring to MET."""
        return tuple(one for one in self.musts if one.at_best is not MET)

    @property
    def good_until(self) -> date:
        """The last day the result surely holds."""
        return min((one.good_until for one in self.criteria), default=FOREVER)

    def standing_counts(self) -> dict[Standing, int]:
        """Deciding criteria by standing."""
        return {
            standing: sum(one.standing is standing for one in self.musts) for standing in (MET, PARTLY, UNKNOWN, UNMET)
        }


@dataclass(frozen=True)
class ProgrammeJudgement:
    """One enrolment judged: one result for its legal entity, or one for each site where sites are authorised."""

    enrolment: Enrolment
    programme: Programme
    day: date
    rows: tuple[RowJudgement, ...]
    results: tuple[Result, ...]

    @property
    def main(self) -> Result:
        """The entity's result; where sites are authorised, the weakest site's. Without any, nothing is judged."""
        nothing = Result(self.enrolment.entity, (), Word.NOTHING_JUDGED, complete=False, issuer_total=None)
        return min(self.results, key=lambda result: result.severity, default=nothing)

    def row(self, requirement: str, unit: str) -> RowJudgement | None:
        """One judged row, or None where it is not judged for that unit."""
        return self._by_key.get((requirement, unit))

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], RowJudgement]:
        return {(row.requirement.key, row.unit): row for row in self.rows}


_SEVERITY = [
    Word.FAILED_OUTRIGHT,
    Word.SHORT,
    Word.OPEN,
    Word.PARTLY,
    Word.ITEM_RESULTS,
    Word.MEETS_WITH_WAIVERS,
    Word.KNOWN_ROWS_MET,
    Word.MEETS,
    Word.NOTHING_JUDGED,
]


def judge_programme(ground: Ground, programme: Programme, enrolment: Enrolment) -> ProgrammeJudgement:
    """Judge every row of the edition for every unit of the enrolment and say the programme's word.

    Only rows addressed to the trader are judged; guidance and examples are not. Sites that do not belong to the
    organisation on the day are left out.
    """
    sites = tuple(site for site in enrolment.sites if _belongs(ground, site))
    if sites != enrolment.sites:
        enrolment = replace(enrolment, sites=sites)
    rows = [
        judge_row(Question(ground, unit, programme, enrolment), requirement)
        for requirement in programme.requirements
        if is_judged(requirement)
        for unit in units_of(requirement, enrolment)
    ]
    return judgement_of(programme, enrolment, ground.day, rows)


def judgement_of(
    programme: Programme, enrolment: Enrolment, day: date, rows: Sequence[RowJudgement]
) -> ProgrammeJudgement:
    """What rows judged already come to."""
    return ProgrammeJudgement(enrolment, programme, day, tuple(rows), tuple(_results(programme, enrolment, rows)))


def _belongs(ground: Ground, site: str) -> bool:
    unit = ground.snapshot.units.get(site)
    return unit is None or covers(ground.day, unit.since, unit.until)


def is_judged(requirement: Requirement) -> bool:
    """Whether the row is judged or answered at all."""
    kinds = JUDGED | {RequirementKind.QUESTION}
    asks = requirement.needs is not None or bool(requirement.parts)
    return requirement.addressee is Addressee.TRADER and requirement.kind in kinds and asks


def units_of(requirement: Requirement, enrolment: Enrolment) -> tuple[str, ...]:
    """Where a row is judged: at the legal entity, or at each site in scope.

    Without any site in scope nothing is dropped: the legal entity itself is asked.
    """
    return enrolment.sites or (enrolment.entity,) if requirement.scope is Scope.SITE else (enrolment.entity,)


def in_force(enrolment: Enrolment, programme: Programme, day: date) -> bool:
    """Whether the enrolment and its edition hold on the day."""
    return covers(day, enrolment.since, enrolment.until) and covers(day, programme.since, programme.until)


def _results(programme: Programme, enrolment: Enrolment, rows: Sequence[RowJudgement]) -> Iterable[Result]:
    if programme.unit is not Unitary.SITE or not enrolment.sites:
        yield _result(programme, enrolment, enrolment.entity, rows)
        return
    for site in enrolment.sites:
        yield _result(programme, enrolment, site, [row for row in rows if row.unit in (site, enrolment.entity)])


def _result(programme: Programme, enrolment: Enrolment, unit: str, rows: Iterable[RowJudgement]) -> Result:
    by_requirement: dict[str, list[RowJudgement]] = {}
    for row in rows:
        by_requirement.setdefault(row.requirement.key, []).append(row)
    criteria = tuple(Criterion(members[0].requirement, tuple(members)) for members in by_requirement.values())
    coverage = [programme.coverage.get(role) for role in enrolment.roles]
    complete = bool(coverage) and all(one is not None and one.complete for one in coverage)
    totals = [one.of for one in coverage if one is not None and one.of is not None]
    items = _items(criteria) if programme.rule is Rule.ITEM_RESULTS else None
    word = _word(programme, criteria, complete=complete)
    return Result(unit, criteria, word, complete, sum(totals) if len(totals) == len(coverage) else None, items)


def _word(programme: Programme, criteria: Sequence[Criterion], *, complete: bool) -> Word:
    if programme.rule is Rule.ITEM_RESULTS:
        return Word.ITEM_RESULTS
    counted = [one for one in criteria if one.counts]
    if not counted:
        return Word.NOTHING_JUDGED
    if programme.rule is Rule.DECISIVE_QUESTIONS and any(
        one.requirement.decisive and one.standing is UNMET for one in counted
    ):
        return Word.FAILED_OUTRIGHT
    left_out = any(_is_left_out(one) for one in criteria)
    waived = any(one.waived for one in counted)
    lowest = worst(one.standing for one in counted if not one.waived)
    if lowest in (MET, NOT_APPLICABLE):
        if not complete or left_out:
            return Word.PARTLY if waived else Word.KNOWN_ROWS_MET
        return Word.MEETS_WITH_WAIVERS if waived else Word.MEETS
    return {PARTLY: Word.PARTLY, UNKNOWN: Word.OPEN, UNMET: Word.SHORT}[lowest]


def _is_left_out(criterion: Criterion) -> bool:
    """Whether a must that applies is judged but does not count."""
    must = criterion.obligation is Obligation.MUST and criterion.standing is not NOT_APPLICABLE
    return must and bool(criterion.left_out)


def _items(criteria: Iterable[Criterion]) -> ItemResults:
    """MET meets, `issuer-partial` basically meets, UNMET fails, everything else is not shown; bonus at most two."""
    scored = [one for one in criteria if one.requirement.kind is not RequirementKind.BONUS]
    applicable = [one for one in scored if one.obligation and one.standing is not NOT_APPLICABLE and not one.left_out]
    basically = [one for one in applicable if _issuer_partial(one)]
    meets = sum(one.standing is MET for one in applicable)
    fails = sum(one.standing is UNMET for one in applicable)
    bonus = sum(
        one.standing is MET and not one.left_out for one in criteria if one.requirement.kind is RequirementKind.BONUS
    )
    return ItemResults(
        meets=meets,
        basically=len(basically),
        fails=fails,
        not_shown=len(applicable) - meets - fails - len(basically),
        bonus=min(bonus, _HIGHEST_BONUS),
    )


def _issuer_partial(criterion: Criterion) -> bool:
    """Whether nothing but the issuer's own lower grade keeps the criterion from MET, at any unit."""
    short = [row.finding for row in criterion.rows if row.standing not in (MET, NOT_APPLICABLE)]
    return criterion.standing is PARTLY and all(_graded(finding) for finding in short)


def _graded(finding: Finding) -> bool:
    """Whether every piece that pulls a finding down to PARTLY is at the issuer's own lower grade."""
    short = [one for one in finding.because if one.standing not in (MET, NOT_APPLICABLE)]
    match finding.join:
        case Join.ALL:
            return bool(short) and all(_graded(one) for one in short)
        case Join.ANY:
            return any(_graded(one) for one in short if one.standing is PARTLY)
        case Join.SOME if finding.code == "issuer-partial":
            enough = int(finding.param("partly", "0"))
            return sum(one.standing is MET or _graded(one) for one in finding.because) >= enough
        case Join.SOME:
            enough = int(finding.param("n", "1"))
            return sum(one.standing is MET or _graded(one) for one in finding.because) >= enough
        case _:
            return finding.code == "issuer-partial"
