"""The API of legal entities and sites, and of whom a token speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Schema

from safeconduct.server.journal.currency import current
from safeconduct.server.journal.fact_api import fact_router, viewer_of_call
from safeconduct.server.organisation.actions import record_unit

if TYPE_CHECKING:
    from django.http import HttpRequest

router = fact_router({"units": record_unit})


class Speaker(Schema):
    """Whom a token speaks for, and the state of its organisation."""

    organisation: str
    title: str
    role: str
    units: list[str]
    journal: str


@router.get("/organisation", response=Speaker, operation_id="get_organisation", tags=["organisation"])
def get_organisation(request: HttpRequest) -> Speaker:
    """The token's organisation and role, and the head of its journal: unchanged head, unchanged facts."""
    viewer = viewer_of_call(request)
    now = current(viewer)
    return Speaker(
        organisation=viewer.organisation_key,
        title=now.snapshot.facts.organisation.title,
        role=viewer.role.value,
        units=sorted(viewer.units),
        journal=str(now.head),
    )
