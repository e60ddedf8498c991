"""What posture adds to the frame of every page: the seal at the foot and the counts of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.assess import RULES_VERSION
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.clock import today
from safeconduct.server.common.look.day import without_day
from safeconduct.server.common.look.values import Seal
from safeconduct.server.journal.addresses import journal_url
from safeconduct.server.journal.reading import seen
from safeconduct.server.posture.queries import head_seen

if TYPE_CHECKING:
    from django.http import HttpRequest

_SHORT = 4


def seal(request: HttpRequest) -> Seal:
    """From which facts, catalogue and rules the page was judged, and for which day."""
    viewer = viewer_on(request)
    entry, head = head_seen(viewer)
    return Seal(
        day=getattr(request, "as_of", None) or today(),
        entry=entry,
        head=_short(head),
        catalogue="",
        digest=_short(catalogue_in_use().digest),
        rules=RULES_VERSION,
        journal_url=without_day(journal_url(viewer)),
    )


def _short(digest: str) -> str:
    """The beginning of a digest, in two groups that can be read out."""
    return f"{digest[:_SHORT]} {digest[_SHORT : 2 * _SHORT]}".strip()


def counts(request: HttpRequest) -> dict[str, int]:
    """How much each room holds, as the viewer sees it."""
    viewer = viewer_on(request)
    rooms = {
        "programmes:list": len(seen(viewer, "enrolments")),
        "organisation:sites": len(seen(viewer, "units")),
        "partners:list": len(seen(viewer, "partners")),
        "controls:evidence": len(seen(viewer, "evidence")),
        "journal:list": head_seen(viewer)[0],
    }
    return {room: count for room, count in rooms.items() if count}
