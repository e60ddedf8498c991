"""What changes from one edition to another, in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeconduct.catalogue.spoken_criteria import piece_line
from safeconduct.catalogue.titles import Titles, joined, lower_first, plain
from safeconduct.core.criteria.asked_otherwise import AskedOtherwise
from safeconduct.core.criteria.compare import Piece
from safeconduct.core.criteria.editions import (
    Difference,
    FieldMoved,
    Moved,
    ObligationMoved,
    RoleMoved,
    RowChange,
    headings,
)
from safeconduct.core.criteria.obligations import Schedule
from safeconduct.core.records.catalogue import Applies, Catalogue, Programme
from safeconduct.core.sentences import written_day

NOTHING, ASKED = "not asked", "asked"
_APPLIES = {Applies.YES: "binds", Applies.NO: "does not bind", Applies.UNKNOWN: "not known whether it binds"}
_FIELDS = {
    "kind": "Kind",
    "scope": "Judged at",
    "addressee": "Whose duty",
    "decisive": "Fails outright",
    "levels": "Levels",
}
_FIELD_WORDS = {
    ("scope", "entity"): "the legal entity",
    ("scope", "site"): "each site",
    ("levels", ""): "each level",
}


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One thing that moved: what it is about, what it was and is, and which way (empty where none is told)."""

    what: str
    before: str
    after: str
    side: str = ""
    control: str = ""


def moved_lines(catalogue: Catalogue, found: Difference, row: RowChange) -> Iterator[MovedLine]:
    """All that moved of a row, one thing a line."""
    speaking = _Speaking(Titles(catalogue, found.before), Titles(catalogue, found.after))
    yield from (speaking.line(one) for one in row.moved)


def moved_words(line: MovedLine) -> str:
    """One thing that moved, on one line: `Internal audit: at most 2 years → at most 1 year (stricter)`."""
    side = f" ({line.side})" if line.side else ""
    return f"{line.what}: {line.before} → {line.after}{side}"


def known_words(found: Difference) -> str:
    """How much of the two editions is known by its heading alone, as a sentence; empty where nothing is."""
    told = [_headings_words(one) for one in (found.before, found.after) if headings(one)]
    return f"Known by headings or as advice alone: {joined(told)}." if told else ""


def _headings_words(programme: Programme) -> str:
    count, rows = headings(programme), len(programme.requirements)
    return f"{count} of {rows} rows of edition {programme.edition}"


@dataclass(frozen=True, slots=True)
class _Speaking:
    """The words of the two editions; each names its own levels."""

    before: Titles
    after: Titles

    def line(self, moved: Moved) -> MovedLine:
        match moved:
            case AskedOtherwise():
                return self._asked(moved)
            case ObligationMoved(part, before, after):
                return MovedLine(_of_part("Obligation", part), _strength(before), _strength(after))
            case RoleMoved(part, role, before, after):
                what = f"For {self.after.role(role)}"
                return MovedLine(_of_part(what, part), _applies(before), _applies(after))
            case FieldMoved(field, before, after):
                return MovedLine(_FIELDS[field], self._field(field, before), self._field(field, after))

    def _asked(self, moved: AskedOtherwise) -> MovedLine:
        subject = (*moved.after, *moved.before)[0]
        titles = self.after if moved.after else self.before
        line = piece_line(titles, subject)
        before = _said(self.before, moved.before)
        after = _said(self.after, moved.after)
        if before == after:
            after = f"{after}, in another way"
        return MovedLine(line.what, before, after, moved.side.value, line.control)

    def _field(self, field: str, value: str) -> str:
        if field == "levels" and value:
            return joined(self.after.variant(level) for level in value.split(", "))
        return _FIELD_WORDS.get((field, value), plain(value))


def _said(titles: Titles, pieces: Iterable[Piece]) -> str:
    """What is asked of one thing, each under its conditions."""
    told = []
    for piece in pieces:
        line = piece_line(titles, piece)
        said = lower_first(line.missing) or ASKED
        told.append(f"{said} {line.where}" if line.where else said)
    return "; ".join(dict.fromkeys(told)) or NOTHING


def _of_part(what: str, part: str) -> str:
    return f"{what}, part {plain(part)}" if part else what


def _strength(said: Schedule) -> str:
    """A schedule in words: `should, must from 1 January 2027`."""
    if not said:
        return "no such part"
    told = [
        obligation.value if begins is None else f"{obligation.value} from {written_day(begins)}"
        for begins, obligation in said
        if obligation is not None
    ]
    return ", ".join(told) or "not in force"


def _applies(said: Applies | Schedule) -> str:
    return _APPLIES[said] if isinstance(said, Applies) else _strength(said)
