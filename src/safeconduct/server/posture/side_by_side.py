"""Programmes side by side for a viewer: what they ask together and where that stands, what one asks beyond others.

Everything is computed from the catalogue and the current facts and kept with them; a viewer of some sites sees these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safeconduct.core.assess import Assessment, assess
from safeconduct.core.criteria.asks import SCORED, Selection
from safeconduct.core.criteria.choosing import read_selections, written
from safeconduct.core.criteria.compare import Comparison, compare
from safeconduct.core.criteria.statements import Statement, criteria
from safeconduct.core.errors import UnknownKey
from safeconduct.core.planning import (
    Cost,
    StatementHere,
    cost_for,
    cost_of,
    judged_for,
    likely_entity,
    selections_of,
    statements_here,
)
from safeconduct.core.posture import narrowed
from safeconduct.core.records.catalogue import Addressee, Obligation
from safeconduct.core.records.units import UnitKind
from safeconduct.server.journal.currency import judged_further

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeconduct.core.records.catalogue import Catalogue, Programme
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.posture.overview import Overview

MUSTS = (Obligation.MUST,)
WITH_SHOULDS = (Obligation.MUST, Obligation.SHOULD)


@dataclass(frozen=True)
class Standard:
    """What some programmes ask together, and where each statement stands at the units the viewer sees.

    `units` are those that anything is asked at, in the order of the facts.
    """

    selections: tuple[Selection, ...]
    here: tuple[StatementHere, ...]
    units: tuple[str, ...] = ()

    def at(self, unit: str) -> Standard:
        """What of it is asked at one unit, and how that stands there; all of it where no unit is named."""
        if unit not in self.units:
            return self
        placed = [(one.statement, [place for place in one.places if place.unit == unit]) for one in self.here]
        return replace(self, here=tuple(StatementHere(stated, tuple(there)) for stated, there in placed if there))

    @property
    def stated(self) -> list[Statement]:
        """The statements, by family and control."""
        return [one.statement for one in self.here]

    @property
    def requirements(self) -> int:
        """How many rows are told by them."""
        return len({row.key for one in self.stated for row in one.requirements})

    @property
    def controls(self) -> int:
        """How many controls they speak of."""
        return len({one.control.key for one in self.stated})


def followed(overview: Overview) -> list[Selection]:
    """The programmes the organisation is enrolled in on the day, one for each edition."""
    taken = [written(one) for one in selections_of(overview.programmes)]
    return read_selections(overview.catalogue, taken, overview.day)


def comparable(catalogue: Catalogue) -> list[Programme]:
    """The editions that ask a trader for something; of headings alone there is nothing to compare."""
    return [
        programme
        for programme in catalogue.programmes.values()
        if any(
            row.kind in SCORED and row.addressee is Addressee.TRADER and (row.needs is not None or row.parts)
            for row in programme.requirements
        )
    ]


def standard_of(
    viewer: Viewer,
    overview: Overview,
    selections: Sequence[Selection],
    obligations: Sequence[Obligation] = MUSTS,
    *,
    entity: str = "",
) -> Standard:
    """The strictest statements of the selections, each with where it stands: in all legal entities seen, or in one.

    UnknownKey for an entity not seen.
    """
    chosen, entities = tuple(selections), [_seen(overview, entity)] if entity else entities_seen(overview)
    name = ("standard", overview.units, tuple(_named(one) for one in chosen), tuple(obligations), entity)
    return judged_further(
        viewer, overview.day, assess, name, lambda whole: _standard(overview, whole, chosen, obligations, entities)
    )


def _named(selection: Selection) -> tuple[object, ...]:
    return written(selection), selection.supposing


def _standard(
    overview: Overview,
    whole: Assessment,
    selections: tuple[Selection, ...],
    obligations: Sequence[Obligation],
    entities: Sequence[str],
) -> Standard:
    ground = whole.ground
    stated = criteria(ground.catalogue, selections, whole.day, obligations=obligations)
    judged = judged_for(ground, selections, entities=entities, known=whole.programmes)
    if overview.units is not None:
        judged = [narrowed(one, overview.units) for one in judged]
    here = tuple(statements_here(ground, judged, stated))
    asked = {place.unit for one in here for place in one.places}
    return Standard(selections, here, tuple(unit.key for unit in overview.snapshot.facts.units if unit.key in asked))


def comparison_of(
    viewer: Viewer,
    overview: Overview,
    held: Sequence[Selection],
    wanted: Selection,
    obligations: Sequence[Obligation] = MUSTS,
) -> Comparison:
    """What a programme asks beyond what others prove, for whoever holds them."""
    name = ("compared", tuple(_named(one) for one in held), _named(wanted), tuple(obligations))
    return judged_further(
        viewer,
        overview.day,
        assess,
        name,
        lambda whole: compare(whole.ground.catalogue, held, wanted, whole.day, obligations=obligations),
    )


def cost_seen(viewer: Viewer, overview: Overview, wanted: Selection, entity: str) -> Cost:
    """What a programme costs a legal entity, as far as the viewer sees it. UnknownKey for an entity not seen."""
    _seen(overview, entity)
    name = ("cost", overview.units, _named(wanted), entity)
    return judged_further(viewer, overview.day, assess, name, lambda whole: _cost(overview, whole, wanted, entity))


def _cost(overview: Overview, whole: Assessment, wanted: Selection, entity: str) -> Cost:
    found = cost_for(whole.ground, wanted, entity)
    return found if overview.units is None else cost_of(narrowed(found.judged, overview.units))


def entities_seen(overview: Overview) -> list[str]:
    """The legal entities the viewer sees anything of, in the order of the facts."""
    snapshot, units = overview.snapshot, overview.units
    seen = None if units is None else {snapshot.entity_of(unit) for unit in units}
    return [
        unit.key for unit in snapshot.facts.units if unit.kind is UnitKind.ENTITY and (seen is None or unit.key in seen)
    ]


def _seen(overview: Overview, entity: str) -> str:
    seen = entities_seen(overview)
    if entity not in seen:
        raise UnknownKey("legal entity", entity, seen)
    return entity


def entity_for(overview: Overview, wanted: Selection, held: Sequence[Selection], asked: str = "") -> str:
    """Whom a programme is asked for: the entity asked for, one that is enrolled, or the first; empty without any."""
    seen = entities_seen(overview)
    likely = likely_entity(overview.assessment.ground, [wanted, *held])
    return next((one for one in (asked, likely, *seen) if one in seen), "")
