"""What moved between two days, and why: two assessments of the same facts held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE, Finding, Standing, deciding_leaf
from safeconduct.server.posture.history import unchanged_since

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.posture.overview import Overview


@dataclass(frozen=True)
class Move:
    """One row that stands otherwise than it did."""

    row: RowJudgement
    was: Standing
    now: Standing

    @property
    def worse(self) -> bool:
        """Whether it fell."""
        return _height(self.now) < _height(self.was)


@dataclass(frozen=True)
class Change:
    """One thing that happened and the rows it moved: the finding says what, `worse` which way."""

    finding: Finding
    moves: tuple[Move, ...]

    @property
    def worse(self) -> bool:
        """Whether the rows fell."""
        return self.moves[0].worse

    @property
    def counts(self) -> bool:
        """Whether one of the rows decides a programme."""
        return any(move.row.counts for move in self.moves)


@dataclass(frozen=True)
class ProgrammeMove:
    """A programme whose word changed."""

    enrolment: str
    was: str
    now: str
    worse: bool


def changes_since(before: Overview, now: Overview) -> tuple[Change, ...]:
    """The rows that moved, by what moved them; what fell comes first, then what moved most rows.

    What fell is told by the leaf that decides now; what rose, by how the leaf that decided then stands now.
    """
    old = {(row.enrolment, row.requirement.key, row.unit): row for row in before.assessment.rows}
    grouped: dict[tuple[str, str, str, bool], tuple[Finding, list[Move]]] = {}
    for row in now.assessment.rows:
        earlier = old.get((row.enrolment, row.requirement.key, row.unit))
        if earlier is None or earlier.standing is row.standing:
            continue
        move = Move(row, earlier.standing, row.standing)
        leaf = deciding_leaf(row.finding) if move.worse else _same_leaf(deciding_leaf(earlier.finding), row.finding)
        key = (leaf.kind.value, leaf.subject, leaf.at, move.worse)
        grouped.setdefault(key, (leaf, []))[1].append(move)
    changes = [Change(finding, tuple(moves)) for finding, moves in grouped.values()]
    return tuple(sorted(changes, key=lambda one: (not one.worse, not one.counts, -len(one.moves))))


def _height(standing: Standing) -> int:
    """Where a standing is in the order; what does not apply counts as well."""
    return MET.rank if standing is NOT_APPLICABLE else standing.rank


def _same_leaf(leaf: Finding, now: Finding) -> Finding:
    """The finding about the same thing in the new tree; the new tree's own end where it is gone."""
    for one in now.walk():
        if (one.kind, one.subject, one.at) == (leaf.kind, leaf.subject, leaf.at):
            return one
    return deciding_leaf(now)


def programmes_moved(before: Overview, now: Overview) -> tuple[ProgrammeMove, ...]:
    """The programmes whose word changed, those that fell first."""
    old = {one.enrolment.key: one for one in before.programmes}
    moved = []
    for one in now.programmes:
        earlier = old.get(one.enrolment.key)
        if earlier is None or earlier.main.word is one.main.word:
            continue
        worse = one.main.severity < earlier.main.severity
        moved.append(ProgrammeMove(one.enrolment.key, earlier.main.word.value, one.main.word.value, worse))
    return tuple(sorted(moved, key=lambda move: not move.worse))


def day_of_move(overview: Overview, row: RowJudgement, since: date) -> date:
    """The day on which a row came to stand as it stands on the overview's day; `since` is the day compared with."""
    return unchanged_since(overview, row, (overview.day - since).days)[0]
