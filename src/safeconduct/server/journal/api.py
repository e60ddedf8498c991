"""The API of the journal: its entries, so that anybody can check the chain or follow the changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ninja import Query, Router, Schema

from safeconduct.server.accounts.rights import Right
from safeconduct.server.journal.fact_api import Page, viewer_of_call
from safeconduct.server.journal.queries import Sought, count_lines, head_of, journal_lines

if TYPE_CHECKING:
    from django.http import HttpRequest

router = Router(tags=["journal"])


class Line(Schema):
    """One entry of the journal."""

    seq: int
    at: datetime
    actor: str
    section: str
    key: str
    deed: str
    factual: dict[str, Any]
    personal: dict[str, Any] | None
    hash: str


class Lines(Schema):
    """A page of entries, newest first."""

    journal: str
    count: int
    start: int
    entries: list[Line]


@router.get("/journal", response=Lines, operation_id="list_journal")
def list_journal(request: HttpRequest, page: Query[Page], section: str = "", key: str = "") -> dict[str, Any]:
    """Entries of the journal, newest first, of all facts or of one section or key."""
    viewer = viewer_of_call(request)
    viewer.need(Right.READ_ALL)
    sought = Sought(section=section, key=key)
    lines = journal_lines(viewer, sought, start=page.start, size=page.size)
    return {
        "journal": str(head_of(viewer)),
        "count": count_lines(viewer, sought),
        "start": page.start,
        "entries": lines,
    }
