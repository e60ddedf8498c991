"""One requirement at one place: why it stands as it does, what mends it, what the source asks, what else it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.judgement import MET, NOT_APPLICABLE, deciding_leaf
from safeconduct.core.planning import if_mended
from safeconduct.core.sentences import sentence
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.because import Reading
from safeconduct.server.common.look.lists import Table
from safeconduct.server.common.look.values import (
    Asking,
    Box,
    Button,
    Link,
    Quiet,
    Several,
    Shown,
    Stamp,
    Verdict,
)
from safeconduct.server.common.look.words import counted, day_text, deed_words
from safeconduct.server.posture.history import unchanged_since
from safeconduct.server.posture.links import place_url, programme_url
from safeconduct.server.posture.pages.not_judged import not_judged
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.pages.requirement_asked import asked_about
from safeconduct.server.posture.pages.requirement_decisions import decided, deeds, open_decisions
from safeconduct.server.posture.pages.requirement_elsewhere import elsewhere
from safeconduct.server.posture.pages.requirement_past import Known, Period, known_asked, period_asked
from safeconduct.server.posture.pages.source import Answered, AskedPart, answered, asked_parts, source_facts
from safeconduct.server.posture.queries import programme_seen, row_seen
from safeconduct.server.posture.trees import Tree, deciding_mend
from safeconduct.server.posture.words import row_sentences

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement


@dataclass(frozen=True)
class RequirementPage:
    """All that the page of one requirement at one place shows."""

    row: RowJudgement
    verdict: Verdict
    boxes: tuple[Box, ...]
    reading: Reading
    asked: tuple[Asking, ...]
    answer: Answered
    source: tuple[tuple[str, Shown], ...]
    asks: tuple[AskedPart, ...]
    confirm: tuple[Button, ...]
    elsewhere: Table | None
    elsewhere_title: str
    decisions: tuple[tuple[str, Shown], ...]
    decide: tuple[Button, ...]
    informed_by: tuple[tuple[str, Shown], ...]
    period: Period | None
    known: Known | None


@require_safe
def requirement(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """One requirement at one unit under one enrolment, on the day."""
    reader = reader_of(request)
    if (said := not_judged(request, reader, enrolment)) is not None:
        return said
    judged = programme_seen(reader.overview, enrolment)
    row = row_seen(reader.overview, enrolment, requirement, unit)
    page = requirement_page(
        reader, judged, row, period=period_asked(request, reader, row), known=known_asked(request, reader, row)
    )
    programme = reader.names.programme(judged.programme, judged.enrolment)
    chapter = judged.programme.chapters.get(row.requirement.chapter, row.requirement.chapter)
    trail = (
        Link("Programmes", address("programmes:list")),
        Link(programme, programme_url(enrolment)),
        *([Link(chapter, programme_url(enrolment, chapter=row.requirement.chapter))] if chapter else []),
    )
    return render(request, "posture/requirement.html", title(reader.names.row(row), *trail, page=page))


def requirement_page(
    reader: Reader, judged: ProgrammeJudgement, row: RowJudgement, *, period: Period | None, known: Known | None
) -> RequirementPage:
    """What the page shows, the asked period and day of knowledge given."""
    tree = Tree(reader.overview, reader.names, row, reader.viewer)
    same, heading = elsewhere(reader, row)
    return RequirementPage(
        row=row,
        verdict=_verdict(reader, judged, row),
        boxes=tuple(_boxes(reader, judged, row)),
        reading=tree.reading(),
        asked=asked_about(reader, row),
        answer=answered(reader, row),
        source=tuple(source_facts(reader, judged, row)),
        asks=tuple(asked_parts(reader, judged, row)),
        confirm=deeds(reader, row, ("confirm-row",)) if _waits_for_a_reader(row) else (),
        elsewhere=same,
        elsewhere_title=heading,
        decisions=tuple(decided(reader, row)),
        decide=deeds(reader, row, tuple(open_decisions(judged, row))),
        informed_by=tuple(_informing(row)),
        period=period,
        known=known,
    )


def _verdict(reader: Reader, judged: ProgrammeJudgement, row: RowJudgement) -> Verdict:
    requirement = row.requirement
    place = reader.names.place(row.unit)
    return Verdict(
        sentences=row_sentences(row),
        title=f"{cited(requirement)} {requirement.title} · {place}",
        lead=" ".join(_lead(reader, judged, row)),
        stamps=(Stamp(row.standing, f"{cited(requirement)}, {place}", day_text(reader.day)),),
    )


def _lead(reader: Reader, judged: ProgrammeJudgement, row: RowJudgement) -> list[str]:
    said = _what_decides(reader, row)
    mend = deciding_mend(row.finding)
    if mend is not None and row.standing not in (MET, NOT_APPLICABLE):
        rows = [one.row for one in reader.overview.mended_by(mend.key) if one.row is not row]
        others = sum(one.standing not in (MET, NOT_APPLICABLE) for one in rows)
        also = f" and {counted(others, 'more row', 'more rows')}" if others else ""
        closes = if_mended(row.finding, mend.key) is MET
        does = f"mends this row{also}" if closes else f"is one of several things this row{also} waits for"
        said.append(f"{deed_words(mend.deed)}: it {does}.")
    if row.left_out:
        said.append(sentence_of_left_out(row.left_out))
    if row.waiver is not None:
        said.append(f"Waived by {row.waiver.endorsed_by} until {day_text(row.waiver.until)}; the standing stays.")
    if row.disposition and row.obligation:
        said.append(f"It is a {row.obligation.value}. {_DISPOSITIONS.get(row.disposition, row.disposition)}")
    return said


def _what_decides(reader: Reader, row: RowJudgement) -> list[str]:
    """The name of the thing the head speaks of, where that is only a piece of the requirement."""
    leaf = deciding_leaf(row.finding)
    if row.standing in (MET, NOT_APPLICABLE) or leaf is row.finding:
        return []
    return [f"What decides: {reader.names.whereabouts(leaf)}."]


_DISPOSITIONS = {
    "done": "It is done.",
    "alternative": "Another way stands in.",
    "reason": "A reason is given.",
    "open": "Do it, take another way, or give the reason.",
}


def sentence_of_left_out(code: str) -> str:
    """Why a row does not count, in a sentence."""
    if code == "role-unknown":
        return "It is judged but not counted: nobody knows whether it is asked of this role."
    return "It is judged but not counted: it waits for somebody to read the original."


def _boxes(reader: Reader, judged: ProgrammeJudgement, row: RowJudgement) -> list[Box]:
    requirement, source = row.requirement, row.requirement.source
    since, whole = unchanged_since(reader.overview, row)
    began = [begins for begins, one in requirement.obligation if begins <= reader.day and one is row.obligation]
    return [
        Box(
            "Programme",
            Link(reader.names.programme(judged.programme, judged.enrolment), programme_url(row.enrolment)),
            reader.names.roles(judged.enrolment),
        ),
        Box("Requirement", Link("", _catalogue_url(requirement.key), requirement.key)),
        Box("Place", Link(reader.names.place(row.unit), place_url(reader.overview.snapshot, row.unit))),
        Box(
            "Obligation",
            row.obligation or Quiet(requirement.kind.value),
            Several(("since", max(began)), " ") if began else "",
        ),
        Box("Source", source.sure, Several(("checked", source.checked), " ")),
        Box("Stands so since", since, "a year ago or longer" if whole else ""),
    ]


def _informing(row: RowJudgement) -> list[tuple[str, Shown]]:
    """Certificates that speak to the row and change nothing: whose, what they must cover, by which source."""
    found: list[tuple[str, Shown]] = []
    for one in row.informed_by:
        said = Link(sentence(one), address("catalogue:equivalence", one.subject))
        found.append((one.param("scheme"), Several((said, Quiet(f"Must cover: {one.param('covers')}.")), " ")))
    return found


def _catalogue_url(key: str) -> str:
    return address("catalogue:requirement", key)


def _waits_for_a_reader(row: RowJudgement) -> bool:
    return row.left_out == "row-unconfirmed" or row.requirement.source.sure.value == "unconfirmed"
