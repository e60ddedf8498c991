"""The API of programmes side by side: harmonised criteria, and what one programme costs beyond others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import Field, Query, Router, Schema

from safeconduct.core.criteria.choosing import at_kind_of_place, read_compared, read_selections
from safeconduct.facts.criteria_answers import comparison_form, criteria_form
from safeconduct.server.common import clock
from safeconduct.server.journal.fact_api import viewer_of_call
from safeconduct.server.posture.api import Day
from safeconduct.server.posture.queries import head_seen, overview_of
from safeconduct.server.posture.side_by_side import (
    MUSTS,
    WITH_SHOULDS,
    comparison_of,
    cost_seen,
    entity_for,
    followed,
    standard_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from safeconduct.core.criteria.asks import Selection
    from safeconduct.core.records.catalogue import Catalogue, Obligation
    from safeconduct.server.accounts.viewer import Viewer

router = Router(tags=["programmes side by side"])

_WRITTEN = "PROGRAMME[/EDITION][:ROLE,…][@LEVEL,…], for example us-ctpat:importer"


class Narrowing(Schema):
    """What narrows the programmes chosen, and for whom they are judged."""

    role: list[str] = Field([], description="Roles, for programmes that name none.")
    variant: list[str] = Field([], description="Levels, for programmes that name none.")
    site_kind: list[str] = Field([], description="A kind of place: one with these traits and no others.")
    should: bool = Field(default=False, description="With what is only recommended.")
    entity: str = Field(
        "", description="Key of the legal entity it is asked for; where none is given, of all or the likeliest."
    )

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """Which obligations are asked for."""
        return WITH_SHOULDS if self.should else MUSTS


class Chosen(Narrowing):
    """Programmes whose criteria are joined."""

    programme: list[str] = Field([], description=f"{_WRITTEN}; those followed where none is given.")
    because: bool = Field(default=False, description="With the because-tree of every place.")


class Compared(Narrowing):
    """What is held, and what is wanted."""

    held: list[str] = Field([], description=f"{_WRITTEN}; those followed where none is given.")
    wanted: str = Field(description=_WRITTEN)


@router.get("/criteria", operation_id="get_criteria")
def get_criteria(request: HttpRequest, day: Query[Day], chosen: Query[Chosen]) -> dict[str, Any]:
    """One strictest statement per control: who binds each part, what clashes, and at which units it is short."""
    viewer = viewer_of_call(request)
    overview = overview_of(viewer, day.as_of or clock.today())
    selections = followed(overview)
    if chosen.programme:
        selections = read_selections(
            overview.catalogue, chosen.programme, overview.day, roles=chosen.role, variants=chosen.variant
        )
    placed = _placed(overview.catalogue, selections, chosen.site_kind)
    found = standard_of(viewer, overview, placed, chosen.obligations, entity=chosen.entity)
    form = criteria_form(overview.catalogue, placed, found.stated, found.here, because=chosen.because)
    return {"day": overview.day, "journal": _journal(viewer), **form}


@router.get("/compare", operation_id="get_comparison")
def get_comparison(request: HttpRequest, day: Query[Day], compared: Query[Compared]) -> dict[str, Any]:
    """What a programme asks beyond what others prove: row by row in general; `here` is its cost for a legal entity."""
    viewer = viewer_of_call(request)
    overview = overview_of(viewer, day.as_of or clock.today())
    catalogue = overview.catalogue
    have, want = read_compared(
        catalogue, compared.held, compared.wanted, overview.day, roles=compared.role, variants=compared.variant
    )
    held = _placed(catalogue, have if compared.held else followed(overview), compared.site_kind)
    (wanted,) = _placed(catalogue, [want], compared.site_kind)
    found = comparison_of(viewer, overview, held, wanted, compared.obligations)
    entity = compared.entity or entity_for(overview, wanted, held)
    cost = cost_seen(viewer, overview, wanted, entity) if entity else None
    form = comparison_form(catalogue, held, wanted, found, cost)
    return {"day": overview.day, "journal": _journal(viewer), **form}


def _journal(viewer: Viewer) -> str:
    return ":".join(map(str, head_seen(viewer)))


def _placed(catalogue: Catalogue, selections: Iterable[Selection], kinds: Sequence[str]) -> list[Selection]:
    """The selections at a kind of place, where one is named."""
    return [at_kind_of_place(catalogue, one, kinds) if kinds else one for one in selections]
