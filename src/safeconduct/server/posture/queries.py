"""Judgements as a viewer sees them on a day: computed from the current facts, never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.assess import Assessment, assess
from safeconduct.core.dates import shifted
from safeconduct.core.errors import UnknownKey
from safeconduct.core.posture import narrowed
from safeconduct.core.snapshot import Snapshot
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.journal.currency import current, judged_further
from safeconduct.server.journal.queries import last_seq_on
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.posture.due import WINDOW_DAYS, Due, due_within, in_order
from safeconduct.server.posture.overview import Overview
from safeconduct.server.posture.risk_due import risk_duties

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.server.accounts.viewer import Viewer


def overview_of(viewer: Viewer, day: date) -> Overview:
    """All that is judged on a day, as far as the viewer sees it. One statement when nothing changed."""
    units = viewer.units if viewer.limited else None
    return judged_further(viewer, day, assess, ("overview", units), lambda whole: _overview(whole, units))


def _overview(whole: Assessment, units: frozenset[str] | None) -> Overview:
    if units is None:
        return Overview(whole)
    return Overview(_seen(whole, units), units, whole)


def _seen(whole: Assessment, units: frozenset[str]) -> Assessment:
    """The assessment narrowed to some sites; enrolments that have none of them are left out."""
    kept = [one for one in whole.programmes if units & set(one.enrolment.sites)]
    unread = tuple(one for one in whole.unread if units & set(one.sites))
    return Assessment(whole.ground, tuple(narrowed(one, units) for one in kept), unread=unread)


def due_seen(overview: Overview, days: int = WINDOW_DAYS) -> tuple[Due, ...]:
    """What is due in the next days or late, computed once for each overview."""
    if days not in overview.dues:
        found = [*due_within(overview, days), *risk_duties(overview, shifted(overview.day, days))]
        overview.dues[days] = in_order(found)
    return overview.dues[days]


def assessed(viewer: Viewer, day: date) -> Assessment:
    """Everything judged on a day, as far as the viewer sees it."""
    return overview_of(viewer, day).assessment


def programme_seen(overview: Overview, enrolment: str) -> ProgrammeJudgement:
    """One enrolment in force. Raises UnknownKey for what is not, or not seen."""
    return overview.assessment.programme(enrolment)


def row_seen(overview: Overview, enrolment: str, requirement: str, unit: str) -> RowJudgement:
    """One requirement at one unit under one enrolment. Raises UnknownKey for what is not judged or not seen."""
    row = programme_seen(overview, enrolment).row(requirement, unit)
    if row is None:
        raise UnknownKey("requirement at this unit", requirement, ())
    return row


def overview_as_known(viewer: Viewer, day: date, known_on: date) -> tuple[Overview, int]:
    """What was judged of a day from the facts known at the end of another, and the last journal entry then.

    The journal is played forward; the result is kept as long as nothing is written.
    """
    seq = last_seq_on(viewer, known_on)
    snapshot = current(viewer).judged.get_or_make(("known", seq), lambda: Snapshot(facts_as_known(viewer, seq=seq)))
    whole = assess(snapshot, catalogue_of(viewer), day)
    return _overview(whole, viewer.units if viewer.limited else None), seq


def head_seen(viewer: Viewer) -> tuple[int, str]:
    """The last entry of the journal and its hash: what everything was judged from."""
    head = current(viewer).head
    return head.seq, head.hash
