"""The difference between two editions, and what following the later one costs, as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.catalogue.spoken_editions import MovedLine, known_words, moved_lines
from safeconduct.core.criteria.editions import Change, Difference, RowChange
from safeconduct.core.planning import Cost
from safeconduct.core.records.catalogue import Catalogue, Programme, Requirement
from safeconduct.facts.answers import Plain, source_form
from safeconduct.facts.criteria_answers import cost_form


def difference_form(catalogue: Catalogue, found: Difference, costs: Iterable[Cost] = ()) -> Plain:
    """From one edition to another, row by row; `here` is what each legal entity's enrolment would cost."""
    form: Plain = {
        "catalogue": catalogue.digest,
        "day": found.day.isoformat(),
        "before": _edition_form(found.before),
        "after": _edition_form(found.after),
        "known": known_words(found),
        "roles_added": list(found.roles_added),
        "roles_dropped": list(found.roles_dropped),
        "counts": {change.value: len(found.of(change)) for change in Change},
        "rows": [_row_form(catalogue, found, row) for row in found.rows],
    }
    here = [cost_form(cost) for cost in costs]
    return {**form, "here": here} if here else form


def _edition_form(programme: Programme) -> Plain:
    return {
        "id": programme.id,
        "title": programme.title,
        "since": programme.since.isoformat() if programme.since else None,
        "until": programme.until.isoformat() if programme.until else None,
        "supersedes": programme.supersedes,
        "rows": len(programme.requirements),
    }


def _row_form(catalogue: Catalogue, found: Difference, row: RowChange) -> Plain:
    return {
        "change": row.change.value,
        "side": row.side.value if row.side else "",
        "before": _requirement_form(row.before),
        "after": _requirement_form(row.after),
        "moved": [_line_form(line) for line in moved_lines(catalogue, found, row)],
    }


def _requirement_form(requirement: Requirement | None) -> Plain | None:
    if requirement is None:
        return None
    return {
        "requirement": requirement.key,
        "ref": requirement.ref,
        "title": requirement.title,
        "source": source_form(requirement.source),
    }


def _line_form(line: MovedLine) -> Plain:
    return {"what": line.what, "before": line.before, "after": line.after, "side": line.side, "control": line.control}
