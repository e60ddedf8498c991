"""What this organisation is writing, and what it and others published on this server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Link, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.own_programmes.pages.shared import reader_on, url
from safeconduct.server.own_programmes.queries import drafts_of, editions_seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.own_programmes.queries import DraftSeen, EditionSeen


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Drafts and published editions."""
    viewer = reader_on(request)
    drafts, editions = drafts_of(viewer), editions_seen(viewer)
    begin = (Button("Begin a programme", url("begin")),) if viewer.may(Right.PROGRAMMES) else ()
    others = sum(not one.own for one in editions)
    verdict = Verdict(
        (
            f"{counted(len(editions) - others, 'edition is', 'editions are')} published by us.",
            f"{counted(len(drafts), 'draft is', 'drafts are')} being written.",
        ),
        title="Own programmes",
        lead="What a customer, an authority or a head office asks, on the controls everybody records. "
        + (f"Others published {counted(others, 'edition', 'editions')} for everybody." if others else ""),
        buttons=begin,
    )
    page = {"verdict": verdict, "drafts": _drafts(drafts), "editions": _editions(editions, catalogue_of(viewer))}
    return render(request, "own_programmes/overview.html", {"title": "Own programmes", "trail": (), **page})


def _drafts(drafts: Sequence[DraftSeen]) -> Table:
    columns = (Column("Programme"), Column("Edition"), Column("Changed"))
    rows = [
        Row((Link(one.programme, url("draft", one.programme)), one.edition, timezone.localdate(one.changed)))
        for one in drafts
    ]
    return Table(columns, rows)


def _editions(editions: Sequence[EditionSeen], catalogue: Catalogue) -> Table:
    columns = (Column("Programme"), Column("Edition"), Column("Published by"), Column("Seen by"), Column("Published"))
    return Table(columns, [Row(_edition(one, catalogue)) for one in editions])


def _edition(one: EditionSeen, catalogue: Catalogue) -> tuple[Shown, ...]:
    known = catalogue.programmes.get(one.id)
    title = Link(known.title if known else one.id, url("edition", one.programme, one.edition), note=one.programme)
    seen_by = "every organisation here" if one.shared else Quiet("its own organisation")
    return title, one.edition, one.owner, seen_by, timezone.localdate(one.published)
