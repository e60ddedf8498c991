"""The rows of a difference between editions, and what becomes of answers and decisions, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.spoken_editions import MovedLine, moved_lines, moved_words
from safeconduct.core.criteria.editions import Change, Difference, RowChange
from safeconduct.core.judgement import Standing
from safeconduct.core.planning import Fate
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Mark, Quiet, Several
from safeconduct.server.journal.forms import kind_words
from safeconduct.server.posture.links import control_url, register_url

if TYPE_CHECKING:
    from safeconduct.core.planning import DecisionAfter
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.posture.editions import Following
    from safeconduct.server.posture.pages.reader import Reader

_WHAT_TO_DO = {
    Fate.CARRIES_OVER: "counts as before",
    Fate.LOOK_AGAIN: "counts; read it again",
    Fate.CONFIRM_ANEW: "to be confirmed anew",
    Fate.RESTS: "kept on file, asked no more",
}


def change_columns(reader: Reader, follows: Following) -> tuple[ListColumn[RowChange], ...]:
    """What became of a row, which it is, what moved, and how it would stand here."""
    standings = _standings(follows)
    return (
        ListColumn("change", "Change", _change, lambda row: list(Change).index(row.change)),
        ListColumn("row", "Requirement", _row, subject=True),
        ListColumn("moved", "What moved", lambda row: _moved(reader, follows.found, row)),
        ListColumn("here", "Here", lambda row: _mark(standings, row)),
    )


def change_choice(found: Difference) -> Choice[RowChange]:
    """Narrow to what became of rows; what is kept is left out from the start, where anything is not."""
    options = [("", "all"), ("moved", "not kept"), *((change.value, change.value) for change in Change)]
    moved = len(found.of(Change.KEPT)) < len(found.rows)
    return Choice("change", "Rows", options, _fits, normal="moved" if moved else "")


def _fits(row: RowChange, asked: str) -> bool:
    return row.change is not Change.KEPT if asked == "moved" else row.change.value == asked


def words_of(reader: Reader, found: Difference, row: RowChange) -> str:
    """The words a row is found by."""
    told = [moved_words(line) for line in moved_lines(reader.overview.catalogue, found, row)]
    return " ".join((row.row.key, row.row.ref, row.row.title, row.row.asks, *told))


def _change(row: RowChange) -> Shown:
    told = f"{row.change.value}, {row.side.value}" if row.side else row.change.value
    return Quiet(told) if row.change in (Change.KEPT, Change.NOT_COMPARED) else told


def _row(row: RowChange) -> Shown:
    old = f"continues {row.before.ref}" if row.before is not None and row.continued else ""
    return Link(row.row.title, address("catalogue:requirement", row.row.key), row.row.ref, old)


def _moved(reader: Reader, found: Difference, row: RowChange) -> Shown:
    match row.change:
        case Change.ADDED | Change.DROPPED:
            return Quiet(row.row.asks)
        case Change.NOT_COMPARED:
            return Quiet("one edition is known by its heading only")
        case _:
            lines = tuple(_line(line) for line in moved_lines(reader.overview.catalogue, found, row))
            return Several(lines, "; ") if lines else Quiet("nothing")


def _line(line: MovedLine) -> Shown:
    what: Shown = Link(line.what, control_url(line.control)) if line.control else line.what
    side = f" ({line.side})" if line.side else ""
    return Several((what, f"{line.before} → {line.after}{side}"), ": ")


def _standings(follows: Following) -> dict[str, Standing]:
    """How each row of the new edition would stand on the first day."""
    results = follows.cost.judged.results if follows.cost is not None else ()
    return {one.requirement.key: one.standing for result in results for one in result.criteria}


def _mark(standings: dict[str, Standing], row: RowChange) -> Shown:
    standing = standings.get(row.after.key) if row.after is not None else None
    return Quiet("asked no more" if row.after is None else "not judged") if standing is None else Mark(standing)


def decision_table(reader: Reader, follows: Following) -> Table:
    """Answers and decisions about the rows of the old edition, those to be confirmed anew first."""
    columns = (Column("What"), Column("Requirement"), Column("At"), Column("From then on"))
    order = [Fate.CONFIRM_ANEW, Fate.LOOK_AGAIN, Fate.RESTS, Fate.CARRIES_OVER]
    decisions = sorted(follows.decisions, key=lambda one: order.index(one.fate))
    caption = "Nothing is lost: what rests or is to be confirmed anew stays on record under its old row."
    return Table(columns, [Row(_decision(reader, one)) for one in decisions], caption)


def _decision(reader: Reader, one: DecisionAfter) -> tuple[Shown, ...]:
    was = one.row.before
    now = one.row.after if one.row.continued else None
    ref = f"{was.ref} → {now.ref}" if was and now else (was.ref if was else "")
    return (
        Link(kind_words(one.section).capitalize(), register_url(one.section, one.record.key)),
        Link(one.row.row.title, address("catalogue:requirement", one.row.row.key), ref),
        reader.names.place(getattr(one.record, "at", "")) or Quiet("everywhere"),
        _WHAT_TO_DO[one.fate],
    )
