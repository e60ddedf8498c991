"""Safeconduct from Python: read a facts file, judge it for a day, ask why and what next.

    import safeconduct
    result = safeconduct.assess("examples/norholt.yml", as_of=date(2026, 11, 24))

Every function takes a facts file (a path), or facts already read; a file that is refused raises Refusals with every
line to mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from safeconduct.catalogue.loading import load
from safeconduct.core import assess as judging
from safeconduct.core.assess import Assessment
from safeconduct.core.criteria.choosing import read_selection, read_selections
from safeconduct.core.criteria.compare import Comparison
from safeconduct.core.criteria.compare import compare as compare_selections
from safeconduct.core.criteria.statements import Statement
from safeconduct.core.criteria.statements import criteria as join_criteria
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.planning import Action, Cost, Gap, cost_for, likely_entity
from safeconduct.core.planning import gaps as find_gaps
from safeconduct.core.planning import next_actions as rank_actions
from safeconduct.core.planning.objectives import ObjectiveProgress
from safeconduct.core.posture import RowJudgement
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.units import UnitKind
from safeconduct.core.risk.choosing import candidates as control_candidates
from safeconduct.core.risk.choosing import controls_in_place, year_of_risks
from safeconduct.core.risk.judge import AssessedRisks
from safeconduct.core.risk.portfolio import TAIL, Portfolio, Worth, worth_if, worth_of
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.facts.reading import read

FactsSource = str | Path | Facts


def open_facts(source: FactsSource, catalogue: Catalogue | None = None) -> Facts:
    """The facts of a file, or the facts as they are. Raises Refusals with every problem of the file."""
    return source if isinstance(source, Facts) else read(Path(source), catalogue or load())


def assess(
    facts: FactsSource, *, as_of: date, enrolments: Sequence[str] | None = None, catalogue: Catalogue | None = None
) -> Assessment:
    """Judge every enrolment in force on the day, or only the named ones."""
    known = catalogue or load()
    return judging.assess(Snapshot(open_facts(facts, known)), known, as_of, enrolments=enrolments)


def explain(
    facts: FactsSource, requirement: str, *, as_of: date, unit: str = "", catalogue: Catalogue | None = None
) -> list[RowJudgement]:
    """One requirement wherever the organisation is asked it, each with its because-tree."""
    known = catalogue or load()
    return judging.explain(Snapshot(open_facts(facts, known)), known, as_of, requirement, unit)


def gaps(facts: FactsSource, *, as_of: date, catalogue: Catalogue | None = None) -> list[Gap]:
    """The missing pieces of every row that counts and is not MET."""
    return list(find_gaps(assess(facts, as_of=as_of, catalogue=catalogue).rows))


def next_actions(facts: FactsSource, *, as_of: date, catalogue: Catalogue | None = None) -> list[Action]:
    """Single actions, ranked by how many requirement rows each would close across all programmes."""
    return rank_actions(assess(facts, as_of=as_of, catalogue=catalogue).programmes)


def criteria(programmes: Sequence[str], *, as_of: date, catalogue: Catalogue | None = None) -> list[Statement]:
    """What the musts of several programmes together ask: one strictest statement per control and element.

    Programmes are written like `us-ctpat:importer` or `cn-aeo/2026:exporter@ace`.
    """
    known = catalogue or load()
    return join_criteria(known, read_selections(known, programmes, as_of), as_of)


def compare(held: Sequence[str], wanted: str, *, as_of: date, catalogue: Catalogue | None = None) -> Comparison:
    """What a programme asks beyond what others already prove: if you hold A, B costs you these things."""
    known = catalogue or load()
    return compare_selections(known, read_selections(known, held, as_of), read_selection(known, wanted, as_of), as_of)


def cost(facts: FactsSource, wanted: str, *, as_of: date, entity: str = "", catalogue: Catalogue | None = None) -> Cost:
    """What a programme would cost a legal entity: its rows judged as enrolled, or as if it were.

    Without an entity it is the one enrolled in the programme, else the first of the facts.
    """
    known = catalogue or load()
    ground = Ground(Snapshot(open_facts(facts, known)), known, as_of)
    selection = read_selection(known, wanted, as_of)
    entities = [unit.key for unit in ground.snapshot.facts.units if unit.kind is UnitKind.ENTITY]
    chosen = entity or likely_entity(ground, [selection]) or next(iter(entities), "")
    if chosen not in entities:
        raise UnknownKey("legal entity", chosen, entities)
    return cost_for(ground, selection, chosen)


def risks(
    facts: FactsSource, *, as_of: date, assessment: str = "", catalogue: Catalogue | None = None
) -> AssessedRisks:
    """The security risks of a day, each with its levels: of the assessment that holds on it, or of the one named.

    Refusal where none holds on the day; UnknownKey for an assessment that nobody recorded.
    """
    return risks_in(assess(facts, as_of=as_of, enrolments=(), catalogue=catalogue), assessment)


def risks_in(judged: Assessment, assessment: str = "") -> AssessedRisks:
    """The same of what is judged already."""
    found = judged.risks_of(assessment) if assessment else judged.risks
    if found is None:
        raise Refusal(
            f"No risk assessment holds on {judged.day.isoformat()}.",
            do="Name one, ask for a later day, or record one: the section `risk_assessments` of the facts.",
            code="no-risk-assessment",
        )
    return found


def loss_of_a_year(
    facts: FactsSource,
    *,
    as_of: date,
    of: str = "current",
    at: str = "",
    risk: str = "",
    assessment: str = "",
    catalogue: Catalogue | None = None,
) -> Portfolio:
    """What a year may cost, exactly: all risks, those at a place or a single one, at a level of control.

    A level is inherent, current, best or target. `.year` is the law: mean, quantile, tail_mean, exceeds, curve.
    """
    return year_of_risks(risks(facts, as_of=as_of, assessment=assessment, catalogue=catalogue), of, at=at, risk=risk)


def worth(
    facts: FactsSource,
    *,
    as_of: date,
    candidates: bool = False,
    tail: float = TAIL,
    assessment: str = "",
    catalogue: Catalogue | None = None,
) -> list[Worth]:
    """What each control in place is worth in a year, or what each that is not there would be; the greatest first."""
    judged = assess(facts, as_of=as_of, enrolments=(), catalogue=catalogue)
    return worth_in(judged.ground.snapshot, risks_in(judged, assessment), candidates=candidates, tail=tail)


def worth_in(snapshot: Snapshot, found: AssessedRisks, *, candidates: bool = False, tail: float = TAIL) -> list[Worth]:
    """The same of what is judged already."""
    if candidates:
        return worth_if(found.risks, control_candidates(snapshot, found), tail, found.common)
    return worth_of(found.risks, controls_in_place(found), tail, found.common)


def objectives(facts: FactsSource, *, as_of: date, catalogue: Catalogue | None = None) -> tuple[ObjectiveProgress, ...]:
    """The security objectives in force on the day with their progress from facts, the gravest pace first."""
    return assess(facts, as_of=as_of, catalogue=catalogue).objectives
