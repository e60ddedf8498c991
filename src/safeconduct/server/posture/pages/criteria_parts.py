"""Strictest statements as rows of the crosswalk and of a table: in words, with who binds each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.spoken_criteria import statement_lines, statement_title, where_asked
from safeconduct.catalogue.titles import Titles
from safeconduct.server.catalogue.words import family_words
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.crosswalk import BoundLine, CrossChapter, CrossRow, Crosswalk
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Mark, Several
from safeconduct.server.common.look.words import STANDINGS
from safeconduct.server.posture.links import control_url, place_url
from safeconduct.server.posture.pages.choosing import names_of, short_name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from safeconduct.core.criteria.asks import Ask
    from safeconduct.core.criteria.statements import Statement
    from safeconduct.core.planning import Here, StatementHere
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.posture.pages.reader import Reader
    from safeconduct.server.posture.side_by_side import Standard

_ROWS_CITED, _PLACES_NAMED = 2, 4
CONFLICT, LIMIT = "conflict", "limit"


def crosswalk_of(reader: Reader, standard: Standard, some: Sequence[StatementHere]) -> Crosswalk:
    """Some of the statements, family by family."""
    families = dict.fromkeys(one.statement.control.family for one in some)
    return Crosswalk(
        programmes=tuple(names_of(standard.selections)),
        short=tuple(short_name_of(one, standard.selections) for one in standard.selections),
        chapters=[
            CrossChapter(
                family_words(family),
                [_row(reader, standard, one) for one in some if one.statement.control.family == family],
            )
            for family in families
        ],
        caption=(
            "Beside each part, what binds it. Binds: without this programme the statement would be looser. Same, less, "
            "silent: what it asks itself. One way: only one of several ways to meet its row."
        ),
        last="We stand",
    )


def _row(reader: Reader, standard: Standard, one: StatementHere) -> CrossRow:
    stated = one.statement
    return CrossRow(
        head=Link(title_of(reader, stated), control_url(stated.control.key), note=stated.control.key),
        bounds=tuple(bound_lines(reader, stated)),
        relations=tuple(stated.relation(each.programme.id).value for each in standard.selections),
        notes=tuple(_notes(reader, one)),
        stands=Mark(one.standing, f"{control_url(stated.control.key)}#places") if one.places else None,
    )


def title_of(reader: Reader, stated: Statement) -> str:
    """A control, with the element it is asked for."""
    return statement_title(Titles(reader.overview.catalogue), stated)


def bound_lines(reader: Reader, stated: Statement) -> Iterator[BoundLine]:
    """The parts of a statement; where nothing is bounded, that it stands."""
    catalogue = reader.overview.catalogue
    for line in statement_lines(Titles(catalogue), stated):
        tag = LIMIT if line.limit else (CONFLICT if line.conflict else "")
        told = f"{line.text}, {line.where}" if line.where else line.text
        yield BoundLine(told, citations(line.binders, " "), tag)
    if not stated.bounds and not stated.one_way:
        where = where_asked(catalogue, stated.asks)
        yield BoundLine(f"it stands, {where}" if where else "it stands", citations(stated.asks, " "))


def _notes(reader: Reader, one: StatementHere) -> Iterator[Shown]:
    stated = one.statement
    if stated.one_way:
        yield Several(("One of several ways to meet", citations(stated.ways)), " ")
    for text in dict.fromkeys(bound.conflict for bound in stated.conflicts):
        yield f"{text} Not resolved here: decide, and record the decision."
    if one.short:
        yield short_at(reader, one)
    crossed = [place for place in one.places if place.crossed is not None]
    if crossed:
        yield Several(("A limit is crossed at", Several(tuple(_named(reader, one) for one in crossed), ", ")), " ")


def short_at(reader: Reader, one: StatementHere) -> Several:
    """Where a statement is not met, place by place; the first few are named."""
    named = tuple(_place(reader, place) for place in one.short[:_PLACES_NAMED])
    more = (f"{len(one.short) - _PLACES_NAMED} more",) if len(one.short) > _PLACES_NAMED else ()
    return Several(("Short at", Several((*named, *more), ", ")), " ")


def _place(reader: Reader, place: Here) -> Shown:
    return Several((_named(reader, place), STANDINGS[place.standing]), " ")


def _named(reader: Reader, place: Here) -> Link:
    return Link(reader.names.place(place.unit), place_url(reader.overview.snapshot, place.unit))


def citations(asks: Iterable[Ask], between: str = ", ") -> Shown:
    """The rows of some asks, each once; the first few are named. In a line of their own nothing stands between."""
    rows = {ask.requirement.key: ask.requirement for ask in asks}
    links = [Link(cited(row), address("catalogue:requirement", key)) for key, row in list(rows.items())[:_ROWS_CITED]]
    more = [f"{len(rows) - _ROWS_CITED} more"] if len(rows) > _ROWS_CITED else []
    return Several((*links, *more), between)


def statements_table(reader: Reader, standard: Standard, some: Sequence[StatementHere]) -> Table:
    """The same as a plain table, for files: every programme has its column."""
    columns = (
        Column("Family"),
        Column("Control"),
        Column("Element"),
        Column("Strictest statement"),
        Column("Bound by"),
        *(Column(name) for name in names_of(standard.selections)),
        Column("We stand"),
        Column("Short at"),
    )
    return Table(columns, [_file_row(reader, standard, one) for one in some])


def _file_row(reader: Reader, standard: Standard, one: StatementHere) -> Row:
    stated = one.statement
    lines = list(bound_lines(reader, stated))
    short = [f"{reader.names.place(place.unit)} {STANDINGS[place.standing]}" for place in one.short]
    return Row(
        (
            stated.control.family,
            stated.control.key,
            stated.element,
            "; ".join(f"{line.says} ({line.tag})" if line.tag else line.says for line in lines),
            ", ".join(row.key for row in stated.requirements),
            *(stated.relation(each.programme.id).value for each in standard.selections),
            one.standing if one.places else None,
            ", ".join(short),
        )
    )
