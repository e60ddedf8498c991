"""What a programme asks beyond others, and what it costs us: as tables, with the deeds that would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.catalogue.spoken_criteria import certificate_words, piece_line
from safeconduct.catalogue.titles import Titles, joined, lower_first, plain
from safeconduct.core.criteria.certified import schemes_of
from safeconduct.core.criteria.compare import Cover
from safeconduct.core.planning.costs import SUPPOSED
from safeconduct.core.recognition import recognitions_between
from safeconduct.core.sentences import deed, sentence
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Pager, Row, Table
from safeconduct.server.common.look.values import Link, Mark, Quiet, Several, Worst
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import control_url, programme_url, row_url
from safeconduct.server.posture.mending import button_for
from safeconduct.server.posture.pages.reader import Reader, besides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safeconduct.core.criteria.asks import Selection
    from safeconduct.core.criteria.compare import Comparison, Piece, RowComparison
    from safeconduct.core.planning import Action, Cost
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.catalogue import Obligation, Programme, Requirement
    from safeconduct.server.common.look.values import Button, Shown

_ACTIONS, _ROWS_NAMED = 10, 3
_RECOGNISES = {"satisfies": "recognises", "informs": "takes account of"}
_PARTNERS = "in partners; it does not make the holder a member."


@dataclass(frozen=True)
class CostPart:
    """What the programme costs us: said in one line, the actions that close most, and the way to all of it."""

    said: str
    page: Link
    actions: tuple[Worst, ...]
    pager: Pager


def comparison_table(reader: Reader, wanted: Selection, found: Comparison, cover: str) -> Table:
    """The wanted programme row by row: how far it is covered, and what is still to be done; all of them, or one cover.

    Rows of unknown role stand last.
    """
    titles = Titles(reader.overview.catalogue, wanted.programme)
    columns = (Column("Covered"), Column("Requirement", subject=True), Column("Still to be done"))
    caption = (
        "Covered: what is held is surely enough. Partly: something of it is there. New: nothing held speaks to it."
    )
    rows = [_comparison_row(titles, row) for row in found.rows if cover in ("", row.cover.name.lower())]
    unknown = [_unknown_row(requirement) for requirement in found.unknown if cover in ("", "unknown")]
    return Table(columns, [*rows, *unknown], caption)


def _comparison_row(titles: Titles, row: RowComparison) -> Row:
    cover = row.cover.name.lower()
    pieces = tuple(_piece(titles, piece) for piece in row.pieces)
    told: Shown = Several(pieces, "; ") if pieces else Quiet("nothing more")
    certificates = [Quiet(certificate_words(titles, one)) for one in row.certificates]
    return Row(
        (
            Quiet(cover) if row.cover is Cover.COVERED else cover,
            _named(row.requirement, row.obligation),
            Several((told, *certificates), ". ") if certificates else told,
        )
    )


def _unknown_row(requirement: Requirement) -> Row:
    said = "nobody knows whether it binds this role"
    return Row((Quiet("not known"), _named(requirement), Quiet(said)))


def _named(requirement: Requirement, obligation: Obligation | None = None) -> Link:
    """A row as a link, with how it binds and how sure that is beneath."""
    note = Several((*([obligation] if obligation else []), requirement.source.sure))
    return Link(requirement.title, address("catalogue:requirement", requirement.key), requirement.ref, note)


def _complete(programme: Programme, role: str) -> bool:
    coverage = programme.coverage.get(role)
    return coverage is not None and coverage.complete


def notes_on(reader: Reader, held: Sequence[Selection], wanted: Selection, found: Comparison) -> Iterator[Shown]:
    """What a reader must know before believing the figures: what is not encoded, and what recognition is worth."""
    catalogue, programme = reader.overview.catalogue, wanted.programme
    lacking = [role for role in wanted.roles if not _complete(programme, role)]
    if lacking or found.unknown:
        roles = joined((catalogue.terms.roles.get(role, plain(role)).lower() for role in lacking), "or")
        page = Link("what is missing", address("catalogue:programme", programme.key, programme.edition))
        told = f"Not every criterion of {programme.title} is encoded{f' for {roles}' if lacking else ''}."
        yield Several((told, "It may cost more:", page), " ")
    for one in held:
        if not all(_complete(one.programme, role) for role in one.roles):
            yield f"Not every criterion of {one.programme.title} is encoded either. More may be covered."
    schemes = [scheme for one in held for scheme in schemes_of(one)]
    for row in recognitions_between(catalogue, programme.key, schemes, reader.overview.day):
        name = catalogue.terms.schemes[row.scheme].title
        since = Several(("since", row.since), " ") if row.since else ""
        yield Several((f"Its issuer {_RECOGNISES[row.effect]} {name}", since, _PARTNERS), " ")


def _piece(titles: Titles, piece: Piece) -> Shown:
    line = piece_line(titles, piece)
    what: Shown = Link(line.what, control_url(line.control)) if line.control else line.what
    told: Shown = Several((what, lower_first(line.missing)), ": ") if line.missing else what
    return Several((told, f"({line.where})"), " ") if line.where else told


def cost_part(reader: Reader, cost: Cost, wanted: Selection, file: Link | None = None, *, how: str = "") -> CostPart:
    """What stands for us and what would close most; `how` says as whom we are judged, where that is not plain."""
    enrolment = cost.judged.enrolment
    place, name = reader.names.place(enrolment.entity), wanted.programme.title
    supposed = enrolment.key == SUPPOSED
    how = how or (f"as if {place} were enrolled with all its sites" if supposed else f"as {place} is enrolled")
    met = f"{cost.met} of {counted(len(cost.musts), 'requirement is', 'requirements are')} met already"
    open_gaps = f"{counted(len(cost.gaps), 'gap is', 'gaps are')} open"
    shown = cost.actions[:_ACTIONS]
    return CostPart(
        said=f"{name}, judged {how}: {met}; {open_gaps}, mended by {counted(len(cost.actions), 'deed', 'deeds')}.",
        page=Link("") if supposed else Link("Its page", programme_url(enrolment.key)),
        actions=tuple(_worst(reader, action, supposed=supposed) for action in shown),
        pager=Pager(
            1 if shown else 0, len(shown), len(cost.actions), exports=(file,) if file else (), said="Nothing is open."
        ),
    )


def _worst(reader: Reader, action: Action, *, supposed: bool) -> Worst:
    finding, rows = action.finding, action.closes or action.helps
    url = _url(rows[0], supposed=supposed)
    return Worst(
        mark=Mark(finding.standing, url),
        what=Link(reader.told(finding, action.mend.at), url),
        stops=_stopped(action, supposed=supposed),
        besides=besides(action),
        button=_button(reader, action, supposed=supposed),
    )


def _url(row: RowJudgement, *, supposed: bool) -> str:
    """The page of a judged row; the catalogue's entry where nobody is enrolled."""
    return address("catalogue:requirement", row.requirement.key) if supposed else row_url(row)


def _stopped(action: Action, *, supposed: bool) -> Several:
    rows = action.closes or action.helps
    word = "Closes" if action.closes else "One of several for"
    links = tuple(Link(row.requirement.ref, _url(row, supposed=supposed)) for row in rows[:_ROWS_NAMED])
    more = (f"{len(rows) - _ROWS_NAMED} more",) if len(rows) > _ROWS_NAMED else ()
    return Several((word, Several((*links, *more), ", ")), " ")


def _button(reader: Reader, action: Action, *, supposed: bool) -> Button | None:
    if not reader.today:
        return None
    row = None if supposed else action.rows[0]
    return button_for(action.mend, row, reader.viewer, reader.overview.snapshot, back=reader.back)


def cost_table(reader: Reader, cost: Cost, wanted: Selection) -> Table:
    """Every gap, for files: the worst first."""
    names = reader.names
    columns = tuple(Column(word) for word in ("Standing", "Programme", "Requirement", "Title", "At", "Missing", "Do"))
    rows = [
        Row(
            (
                gap.finding.standing,
                wanted.programme.id,
                gap.row.requirement.key,
                gap.row.requirement.title,
                names.place(gap.row.unit),
                sentence(gap.finding),
                deed(gap.finding),
            )
        )
        for gap in cost.gaps
    ]
    return Table(columns, rows)
