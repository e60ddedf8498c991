"""The second step: what is critical at each place, with a question for each kind of asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet
from safeconduct.server.posture.links import register_url
from safeconduct.server.sra.guide_asset_form import AssetsForm
from safeconduct.server.sra.guide_words import PROMPTS
from safeconduct.server.sra.pages.guide.shared import done_and_on, place_asked, places_table, saved, step_shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided


def assets(request: HttpRequest, guided: Guided) -> HttpResponse:
    """What is critical."""
    place = place_asked(request, guided, lambda one: not _count(guided, one))
    name, facts = guided.reading.place(place), guided.reader.overview.snapshot.facts
    form = AssetsForm(place, request.POST or None)
    if request.method == "POST" and (stored := form.stored(guided.viewer, facts, name)) is not None:
        said = f"{saved(len(stored), 'asset', 'assets')} Add more, or choose the next place."
        return done_and_on(request, said, guided.url("assets", "here", at=place))
    return step_shown(
        request,
        guided,
        "assets",
        template="sra/guide_assets.html",
        form=form,
        deed="Store these assets",
        before=(("Places in scope", places_table(guided, "assets", "Assets", lambda one: _told(guided, one), place)),),
        here=f"Critical at {name}",
        recorded=_table(guided, place),
    )


def _count(guided: Guided, place: str) -> int:
    return sum(one.at == place for one in guided.assets)


def _told(guided: Guided, place: str) -> tuple[int, Shown]:
    count = _count(guided, place)
    return count, "" if count else "what is critical here"


def _table(guided: Guided, place: str) -> Table | None:
    found = [one for one in guided.assets if one.at == place]
    if not found:
        return None
    columns = (
        Column("Asset", subject=True),
        Column("Kind"),
        Column("Why it is critical"),
        Column("Worth", numeric=True),
    )
    rows = [
        Row(
            (
                Link(one.title, register_url("assets", one.key)),
                PROMPTS[one.kind][0],
                one.why or Quiet("not said"),
                one.worth or Quiet("no price"),
            )
        )
        for one in found
    ]
    return Table(columns, rows)
