"""What this organisation is writing, and what it and others published on this server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Link, Nothing, Quiet, Verdict, Way
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
    begins = viewer.may(Right.PROGRAMMES)
    page = {
        "verdict": _verdict(drafts, editions, begins=begins),
        "drafts": _drafts(drafts) if drafts else None,
        "editions": _editions(editions, catalogue_of(viewer)) if editions else None,
        "nothing": None if drafts or editions else _nothing(begins=begins),
    }
    return render(request, "own_programmes/overview.html", {"title": "Own programmes", "trail": (), **page})


_LEAD = "What a customer, an authority or a head office asks, on the controls everybody records."


def _verdict(drafts: Sequence[DraftSeen], editions: Sequence[EditionSeen], *, begins: bool) -> Verdict:
    others = sum(not one.own for one in editions)
    ours, written = len(editions) - others, len(drafts)
    told = (
        f"{counted(ours, 'edition is', 'editions are')} published by us." if ours else "",
        f"{counted(others, 'edition is', 'editions are')} published by others for everybody." if others else "",
        f"{counted(written, 'draft is', 'drafts are')} being written." if written else "",
    )
    sentences = tuple(one for one in told if one) or ("No programme of one's own is written here yet.",)
    buttons = (Button("Begin a programme", url("begin")),) if begins and (drafts or editions) else ()
    return Verdict(sentences, title="Own programmes", lead=_LEAD, buttons=buttons)


def _nothing(*, begins: bool) -> Nothing:
    """The ways to begin, for who may."""
    published = Way("What is published stands here.", "Administrators and security managers write and publish it.", ())
    written = Way(
        "Write it here.",
        "Row by row: what is asked, of whom, and by which controls it is judged. A draft is seen by us alone.",
        (Button("Begin a programme", url("begin")),),
    )
    filed = Way(
        "Or in a folder,", "in the files of the shipped programmes, with recognition and controls of one's own.", ()
    )
    title = "Ask others for what you need, and let them prove it with what they have."
    return Nothing(title, (written, filed) if begins else (published,))


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
