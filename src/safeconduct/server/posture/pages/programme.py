"""One programme: verdict, chapters, the cheapest way back, how sure its rows are, its requirements by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, Standing
from safeconduct.core.records.catalogue import Obligation, RequirementKind
from safeconduct.server.common.exports import csv_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Box,
    Entry,
    Link,
    Mark,
    Number,
    Posture,
    Quiet,
    Several,
    Shown,
    Verdict,
)
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import place_url, programme_url
from safeconduct.server.posture.names import words
from safeconduct.server.posture.pages.not_judged import not_judged
from safeconduct.server.posture.pages.programme_parts import (
    edition_lines,
    gaps_of,
    items_of,
    sites_of,
    steps_of,
    sure_of,
)
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.pages.requirements import RequirementList, requirement_list
from safeconduct.server.posture.queries import programme_seen
from safeconduct.server.posture.words import (
    catalogue_words,
    known_words,
    met_words,
    programme_sentences,
    stamp_of,
    stops_of,
    stops_words,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import Criterion, ProgrammeJudgement


@dataclass(frozen=True)
class ProgrammePage:
    """All that the page of one enrolment shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    chapters: Table
    steps: tuple[Entry, ...]
    steps_url: str
    sure: tuple[tuple[Shown, Shown, Shown], ...]
    items: Table | None
    sites: Table | None
    requirements: RequirementList
    questions: Table | None
    gaps: tuple[tuple[str, str], ...]
    editions: tuple[Shown, ...] = ()


@require_safe
def programme(request: HttpRequest, enrolment: str) -> HttpResponse:
    """One enrolment on the day."""
    reader = reader_of(request)
    if (said := not_judged(request, reader, enrolment)) is not None:
        return said
    judged = programme_seen(reader.overview, enrolment)
    requirements = requirement_list(request, reader, judged)
    if wants_csv(request):
        return csv_answer(request, enrolment, requirements.heads, requirements.lines())
    page = programme_page(reader, judged, requirements)
    name = reader.names.programme(judged.programme, judged.enrolment)
    trail = Link("Programmes", address("programmes:list"))
    return render(request, "posture/programme.html", title(name, trail, page=page))


def programme_page(reader: Reader, judged: ProgrammeJudgement, requirements: RequirementList) -> ProgrammePage:
    """What the page of one enrolment shows, its list given."""
    result = judged.main
    return ProgrammePage(
        verdict=_verdict(reader, judged),
        boxes=tuple(_boxes(reader, judged)),
        chapters=_chapters(judged, [one for one in result.criteria if one.counts], "Musts"),
        steps=tuple(steps_of(reader, judged)),
        steps_url=address("next", query={"programme": judged.enrolment.key}),
        sure=tuple(sure_of(reader, judged)),
        items=items_of(judged),
        sites=sites_of(reader, judged) if len(judged.results) > 1 else None,
        requirements=requirements,
        questions=_questions(judged),
        gaps=tuple(gaps_of(reader, judged)),
        editions=tuple(edition_lines(reader, judged)),
    )


def _verdict(reader: Reader, judged: ProgrammeJudgement) -> Verdict:
    result = judged.main
    stops = stops_of(result)
    name = reader.names.programme(judged.programme, judged.enrolment)
    known = known_words(result) if not result.complete else ""
    lead = [stops_words(stops), catalogue_words(stops, known.removesuffix(" known"))]
    if reader.overview.units is not None:
        lead.insert(0, "This counts your own sites only.")
    stamp = stamp_of(result, met_words(result), note=name)
    return Verdict(
        sentences=programme_sentences(result),
        title=f"{judged.programme.title} · {reader.names.place(judged.enrolment.entity)}",
        lead=" ".join(part for part in lead if part),
        stamps=(stamp,),
    )


def _number(reader: Reader, judged: ProgrammeJudgement) -> Shown:
    """The number of the authorisation; it leads whoever may to the enrolment's form."""
    number = judged.enrolment.number
    if not reader.today or not reader.viewer.may_record("enrolments"):
        return number or Quiet("no number yet")
    url = address("programmes:change", judged.enrolment.key, query={"back": reader.back})
    return Link(number or "Record the number", url)


def _boxes(reader: Reader, judged: ProgrammeJudgement) -> list[Box]:
    enrolment, programme, result = judged.enrolment, judged.programme, judged.main
    begun = [stage for stage in enrolment.stages if stage.on <= judged.day]
    stage = f"{begun[-1].stage.value} since" if begun else "followed since"
    shoulds = [one for one in result.criteria if one.obligation is Obligation.SHOULD and one.deciding.disposition]
    settled = sum(one.deciding.disposition != "open" for one in shoulds)
    sites = len({row.unit for row in judged.rows} - {enrolment.entity})
    return [
        Box(
            "Holder",
            Link(reader.names.place(enrolment.entity), place_url(reader.overview.snapshot, enrolment.entity)),
            reader.names.roles(enrolment),
        ),
        Box(
            "Authorisation",
            _number(reader, judged),
            Several((stage, begun[-1].on if begun else enrolment.since), " "),
        ),
        Box("Edition", programme.edition, reader.names.variants(programme, enrolment) or programme.owner),
        Box(
            "Unit",
            {"entity": "Legal entity", "site": "Each site"}.get(programme.unit.value, words(programme.unit.value)),
            f"weakest of {counted(sites, 'site', 'sites')}" if sites else "",
        ),
        Box(
            "Holds until",
            Quiet("nothing is due") if result.good_until == FOREVER else result.good_until,
            "without new facts",
        ),
        Box(
            "Musts met",
            Number(result.met, programme_url(enrolment.key, anchor="requirements"), len(result.musts)),
            f"shoulds settled {settled} of {len(shoulds)}" if shoulds else "",
        ),
    ]


def _chapters(judged: ProgrammeJudgement, criteria: list[Criterion], label: str) -> Table:
    """Criteria by chapter: how many, how they stand, what is open."""
    columns = (Column("Chapter"), Column(label), Column("Met", numeric=True), Column("Open"))
    by_chapter: dict[str, list[Criterion]] = {}
    for one in criteria:
        by_chapter.setdefault(one.requirement.chapter, []).append(one)
    rows = [_chapter(judged, key, members) for key, members in by_chapter.items()]
    return Table(columns, rows, tight=True)


def _chapter(judged: ProgrammeJudgement, key: str, criteria: list[Criterion]) -> Row:
    name = judged.programme.chapters.get(key, key) or "Without chapter"
    kind = "question" if criteria[0].requirement.kind is RequirementKind.QUESTION else ""
    counts = {standing: sum(one.standing is standing for one in criteria) for standing in Standing}
    asked = len(criteria) - counts[Standing.NOT_APPLICABLE]
    marks = [
        Mark(standing, _list_url(judged, key, kind, standing), counts[standing])
        for standing in (Standing.UNMET, Standing.UNKNOWN, Standing.PARTLY)
        if counts[standing]
    ]
    return Row(
        (
            Link(name, _list_url(judged, key, kind)),
            Posture(name, counts, thin=True),
            f"{counts[MET]}/{asked}",
            Several(tuple(marks), " ") if marks else Quiet("none open"),
        )
    )


def _list_url(judged: ProgrammeJudgement, chapter: str, kind: str, standing: Standing | None = None) -> str:
    return programme_url(
        judged.enrolment.key,
        anchor="requirements",
        chapter=chapter,
        kind=kind,
        standing=standing.value if standing else "",
    )


def _questions(judged: ProgrammeJudgement) -> Table | None:
    """Questions are answered or not, never scored; they stand apart from the musts."""
    asked = [
        one
        for one in judged.main.criteria
        if one.requirement.kind is RequirementKind.QUESTION and one.standing is not Standing.NOT_APPLICABLE
    ]
    return _chapters(judged, asked, "Questions") if asked else None
