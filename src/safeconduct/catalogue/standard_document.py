"""The organisation's own security standard: what several programmes together ask, as one document to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from safeconduct.catalogue.spoken_criteria import statement_lines, statement_title, where_asked
from safeconduct.catalogue.titles import FAMILY_TITLES, Titles, joined
from safeconduct.core.criteria.asks import Ask, Selection
from safeconduct.core.criteria.statements import Statement
from safeconduct.core.planning import StatementHere
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.sentences import written_day


def standard_document(
    catalogue: Catalogue,
    selections: Sequence[Selection],
    stated: Sequence[Statement],
    day: date,
    here: Sequence[StatementHere] = (),
) -> str:
    """Markdown: the programmes, then for each family one statement per control, each part with who binds it."""
    titles = Titles(catalogue)
    placed = {id(one.statement): one for one in here}
    lines = [*_opening(titles, selections, stated, day)]
    for family in dict.fromkeys(one.control.family for one in stated):
        name = FAMILY_TITLES.get(family, family)
        lines += ["", f"## {name}" if len(family) > 1 else f"## {family}: {name}"]
        for one in stated:
            if one.control.family == family:
                lines += _statement(titles, one, placed.get(id(one)))
    return "\n".join(lines) + "\n"


def _opening(titles: Titles, selections: Sequence[Selection], stated: Sequence[Statement], day: date) -> Iterator[str]:
    rows = {row.key for one in stated for row in one.requirements}
    yield "# Security standard"
    yield ""
    yield f"As of {written_day(day)}. {len(stated)} statements that together meet {len(rows)} requirements of:"
    yield ""
    for one in selections:
        roles = joined(titles.role(role) for role in one.roles)
        levels = joined(Titles(titles.catalogue, one.programme).variant(level) for level in one.variants)
        yield f"* {one.programme.title}, {one.programme.edition}, as {roles}{f'; {levels}' if levels else ''}"
    yield ""
    yield "Each part names the requirements that bind it. Where a number is one's own, set and justify it."


def _statement(titles: Titles, stated: Statement, here: StatementHere | None) -> Iterator[str]:
    yield ""
    yield f"### {statement_title(titles, stated)}"
    yield ""
    for line in statement_lines(titles, stated):
        limit = "limit: " if line.limit else ""
        conflict = f" **Conflict:** {line.conflict}" if line.conflict else ""
        where = f", {line.where}" if line.where else ""
        yield f"* {limit}{line.text}{where} ({_cited(line.binders)}){conflict}"
    if stated.one_way:
        yield f"* one of several ways to meet {_cited(stated.ways)}"
    elif not stated.bounds:
        yield f"* it stands ({_cited(stated.asks)})"
    elif where := where_asked(titles.catalogue, stated.asks):
        yield f"* asked only {where}"
    if stated.shown:
        yield f"* evidence shows its {joined(kind.value for kind in stated.shown)}"
    if here is not None and here.places:
        yield f"* stands: {'; '.join(f'{place.unit} {place.standing.value}' for place in here.places)}"


def _cited(asks: Iterable[Ask]) -> str:
    return ", ".join(dict.fromkeys(ask.requirement.key for ask in asks))
