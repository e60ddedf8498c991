"""What somebody was asked to do about the controls that a requirement rests on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from safeconduct.core.judgement import Kind
from safeconduct.server.journal.asking import asking

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.common.look.values import Asking
    from safeconduct.server.posture.pages.reader import Reader


def asked_about(reader: Reader, row: RowJudgement) -> tuple[Asking, ...]:
    """The actions that run for any control of the row, where it is judged or recorded; the earliest due first."""
    back = reader.back if reader.today else ""
    found = [one for control, places in _controls_of(row).items() for one in reader.asked(control, places)]
    found.sort(key=lambda one: one.action.due)
    return tuple(asking(reader.viewer, one, reader.day, back=back) for one in found)


def _controls_of(row: RowJudgement) -> dict[str, set[str]]:
    """Every control in the tree with the places it stands at, or would be recorded at."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in (row.finding, *row.should_parts):
        for finding in part.walk():
            if finding.kind is Kind.CONTROL:
                control = finding.subject.partition("[")[0]
                found[control] |= {finding.at, finding.param("recorded_at", finding.at)}
            if finding.mend is not None and finding.mend.control:
                found[finding.mend.control].add(finding.mend.at)
    return found
