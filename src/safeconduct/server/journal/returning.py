"""Back to the page a form was opened from, with a sentence that says what was done and what came of it.

A link to a form carries `back`, the address to return to; the form carries it on in a hidden field. A form's page reads
`before = rows_before(viewer)` ahead of storing, and answers `returned(request, said, before=before, otherwise=url)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from safeconduct.core.assess import Assessment, assess
from safeconduct.core.judgement import MET, NOT_APPLICABLE, Standing
from safeconduct.core.planning import missing
from safeconduct.core.posture import RowJudgement, narrowed
from safeconduct.core.sentences import sentence
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.citing import cited
from safeconduct.server.common.clock import today
from safeconduct.server.common.look.day import without_day
from safeconduct.server.common.look.words import STANDINGS, counted
from safeconduct.server.journal.currency import judged, snapshot_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.server.accounts.viewer import Viewer

BACK = "back"
_LONGEST = 1000
_REQUIREMENT_PAGE = "programmes:requirement"

type RowName = tuple[str, str, str]
"""Enrolment, requirement and unit."""


@dataclass(frozen=True, slots=True)
class Before:
    """How every row stood before something was stored."""

    standings: Mapping[RowName, Standing]


def back_of(request: HttpRequest) -> str:
    """The address to return to, on today; empty where none of this server is named."""
    asked = request.POST.get(BACK) or request.GET.get(BACK, "")
    local = asked.startswith("/") and len(asked) <= _LONGEST
    if not local or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return ""
    return without_day(asked)


def rows_before(viewer: Viewer) -> Before:
    """How every row that the viewer sees stands now: asked before storing, so that what moved can be told."""
    return Before({_name(row): row.standing for row in _rows(viewer)})


def returned(request: HttpRequest, said: str, *, otherwise: str, before: Before | None = None) -> HttpResponseRedirect:
    """Back to where the form was opened from, else to `otherwise`; the page there says what was done and what moved."""
    back = back_of(request)
    told = [said]
    if before is not None:
        told += told_of_rows(viewer_on(request), back, before)
    messages.success(request, " ".join(told))
    return HttpResponseRedirect(back or otherwise)


def told_of_rows(viewer: Viewer, back: str, before: Before) -> list[str]:
    """What the requirement of the page to return to is now, and how many other rows moved with it."""
    asked = requirement_of(back)
    rows = list(_rows(viewer))
    here = next((row for row in rows if _name(row) == asked), None)
    moved = [row for row in rows if before.standings.get(_name(row)) is not row.standing and row is not here]
    found = [_row_now(viewer, here)] if here else []
    met = sum(row.standing is MET for row in moved)
    if moved:
        also = "also " if here else ""
        found.append(f"It {also}moved {counted(len(moved), *_nouns(here))}, {met} of them to MET.")
    return found


def requirement_of(address: str) -> RowName | None:
    """The row whose page an address is; None for any other page."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    named = [*match.args, *match.kwargs.values()]
    return (named[0], named[1], named[2]) if match.view_name == _REQUIREMENT_PAGE and len(named) == 3 else None


def _nouns(here: RowJudgement | None) -> tuple[str, str]:
    return ("other requirement", "other requirements") if here else ("requirement", "requirements")


def _row_now(viewer: Viewer, row: RowJudgement) -> str:
    unit = snapshot_of(viewer).units.get(row.unit)
    where = (unit.title if unit else "") or row.unit
    head = f"{cited(row.requirement)} at {where} is now {STANDINGS[row.standing]}"
    open_pieces = () if row.standing in (MET, NOT_APPLICABLE) else tuple(missing(row.finding))
    return f"{head}: {sentence(open_pieces[0])}" if open_pieces else f"{head}."


def _rows(viewer: Viewer) -> tuple[RowJudgement, ...]:
    """All rows of today that the viewer sees."""
    assessment: Assessment = judged(viewer, today(), assess)
    if not viewer.limited:
        return assessment.rows
    return tuple(row for one in assessment.programmes for row in narrowed(one, viewer.units).rows)


def _name(row: RowJudgement) -> RowName:
    return row.enrolment, row.requirement.key, row.unit
