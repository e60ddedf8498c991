"""What a further programme would cost an organisation: its rows judged on the facts there are, as if enrolled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.criteria.asks import Selection
from safeconduct.core.dates import covers
from safeconduct.core.judgement import MET
from safeconduct.core.planning.actions import Action, Gap, gaps, next_actions
from safeconduct.core.posture import Criterion, ProgrammeJudgement, in_force, judge_programme
from safeconduct.core.records.catalogue import Programme
from safeconduct.core.records.units import Enrolment, TradeFlow, UnitKind
from safeconduct.core.standing import Ground

SUPPOSED = "as-if-enrolled"


@dataclass(frozen=True)
class Cost:
    """A programme judged as if the organisation were enrolled: what stands already, and what is still to be done."""

    judged: ProgrammeJudgement
    gaps: tuple[Gap, ...]
    actions: tuple[Action, ...]

    @property
    def musts(self) -> tuple[Criterion, ...]:
        """The criteria that would decide, of all results."""
        return tuple(one for result in self.judged.results for one in result.musts)

    @property
    def met(self) -> int:
        """How many of them are met already."""
        return sum(one.standing is MET for one in self.musts)


def supposed_enrolment(
    ground: Ground,
    programme: Programme,
    entity: str,
    *,
    roles: Iterable[str] = (),
    variants: Iterable[str] = (),
    flows: Iterable[TradeFlow] = (),
) -> Enrolment:
    """An enrolment nobody has recorded: the entity with all its own sites; without roles, every role."""
    sites = tuple(
        unit.key
        for unit in ground.snapshot.facts.units
        if unit.kind is UnitKind.SITE
        and ground.snapshot.entity_of(unit.key) == entity
        and covers(ground.day, unit.since, unit.until)
    )
    return Enrolment(
        key=SUPPOSED,
        entity=entity,
        edition=programme.id,
        roles=tuple(roles) or programme.roles,
        variant=tuple(variants),
        sites=sites,
        flows=tuple(flows),
        since=ground.day,
    )


def cost_of(judged: ProgrammeJudgement) -> Cost:
    """What is missing of a programme judged for an enrolment, recorded or supposed; worst gaps first."""
    found = sorted(gaps(judged.rows), key=lambda gap: gap.finding.standing.rank)
    return Cost(judged, tuple(found), tuple(next_actions([judged])))


def cost_for(ground: Ground, wanted: Selection, entity: str) -> Cost:
    """What a programme costs a legal entity: judged as it is enrolled on the day, else as if it were."""
    enrolled = [one for one in enrolments_in(ground, wanted.programme) if one.entity == entity]
    supposed = supposed_enrolment(ground, wanted.programme, entity, roles=wanted.roles, variants=wanted.variants)
    return cost_of(judge_programme(ground, wanted.programme, enrolled[0] if enrolled else supposed))


def likely_entity(ground: Ground, selections: Iterable[Selection]) -> str:
    """The legal entity that is enrolled in the first of some programmes that any is enrolled in; empty if none is."""
    enrolled = (one for selection in selections for one in enrolments_in(ground, selection.programme))
    return next((one.entity for one in enrolled), "")


def judged_for(
    ground: Ground,
    selections: Sequence[Selection],
    *,
    entities: Sequence[str] = (),
    known: Sequence[ProgrammeJudgement] = (),
) -> list[ProgrammeJudgement]:
    """Programmes judged for an organisation: as enrolled, where some legal entity is; else as if each were.

    `entities` narrows the legal entities looked at (none: all). `known` are judgements of the day that need no second
    look.
    """
    units = [unit.key for unit in ground.snapshot.facts.units if unit.kind is UnitKind.ENTITY]
    looked_at = [unit for unit in units if not entities or unit in entities]
    return [judged for one in selections for judged in _judged_for(ground, one, looked_at, known)]


def _judged_for(
    ground: Ground, selection: Selection, entities: Sequence[str], known: Sequence[ProgrammeJudgement]
) -> Iterator[ProgrammeJudgement]:
    programme = selection.programme
    judged = {one.enrolment.key: one for one in known}
    enrolled = [one for one in enrolments_in(ground, programme) if one.entity in entities]
    for enrolment in enrolled:
        yield judged.get(enrolment.key) or judge_programme(ground, programme, enrolment)
    for entity in entities if not enrolled else ():
        supposed = supposed_enrolment(ground, programme, entity, roles=selection.roles, variants=selection.variants)
        yield judge_programme(ground, programme, supposed)


def enrolments_in(ground: Ground, programme: Programme) -> list[Enrolment]:
    """The enrolments in an edition that are in force on the day."""
    found = ground.snapshot.facts.enrolments
    return [one for one in found if one.edition == programme.id and in_force(one, programme, ground.day)]
