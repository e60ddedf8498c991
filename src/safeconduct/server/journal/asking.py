"""Asking somebody: the button beside a mend on a control, and what is asked already.

What is asked is a finding with its corrective action; the page that records both stands in `operations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.operations.asked import Asked, asked_of
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Asking, Button, Due, Link, Quiet, Several, Shown
from safeconduct.server.journal.visibility import sees

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from safeconduct.core.judgement import Mend
    from safeconduct.core.records.history import CorrectiveAction
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer

ASKED_FOR = frozenset(
    {"record-control", "record-value", "set-target", "attach-evidence", "record-occurrence", "record-sample"}
)
"""The deeds on controls that somebody else may be asked to do."""

RECORDED_TOGETHER = ("findings", "corrective_actions")


def may_ask_at(viewer: Viewer, unit: str) -> bool:
    """Whether the viewer may ask somebody to put something right at a unit."""
    return all(viewer.may_record_at(section, unit) for section in RECORDED_TOGETHER)


def ask_button(viewer: Viewer, mend: Mend, text: str, *, back: str) -> Button | None:
    """The button that asks somebody to do what mends; None for other deeds, and where the viewer may not ask."""
    if mend.deed not in ASKED_FOR or not mend.control or not may_ask_at(viewer, mend.at):
        return None
    asked = {"control": mend.control, "at": mend.at, "record": mend.record, "text": text, "back": back}
    url = address("operations:ask", query=asked)
    return Button("Ask somebody", url) if url else None


def asked_seen(
    viewer: Viewer,
    snapshot: Snapshot,
    control: str,
    places: Collection[str],
    day: date,
    *,
    element: str | None = None,
) -> list[Asked]:
    """The actions that run for a control at some places, as far as the viewer sees them."""
    found = asked_of(snapshot, control, places, day, element=element)
    return [one for one in found if sees(viewer, "corrective_actions", one.action, snapshot)]


def asking(viewer: Viewer, asked: Asked, day: date, *, back: str) -> Asking:
    """One running action ready to be shown; without an address to come back to it has no button."""
    action = asked.action
    what = action.text or asked.raised.text or "Put it right"
    done = done_buttons(viewer, action, asked.raised.at, back=back) if back else ()
    return Asking(Link(what, address("registers:change", "corrective_actions", action.key)), who(action, day), done)


def who(action: CorrectiveAction, day: date) -> Shown:
    """Who was asked, and until when: Dana Whitfield, due 12 Dec 2026."""
    until: tuple[Shown, ...] = (Due(action.due, day),)
    if action.due >= day:
        until = (Several(("due", action.due), " "),)
    return Several((action.owner or Quiet("nobody named"), *until), ", ")


def done_buttons(viewer: Viewer, action: CorrectiveAction, unit: str, *, back: str) -> tuple[Button, ...]:
    """The one button that closes an action; none for who may not."""
    url = address("operations:done", action.key, query={"back": back})
    may = url and viewer.may_record_at("corrective_actions", unit)
    return (Button("It is done", url, post=True),) if may else ()
