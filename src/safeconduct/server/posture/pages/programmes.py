"""The programmes an organisation follows, and one of them: verdict, chapters, the cheapest way back, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, Standing
from safeconduct.core.planning import next_actions
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation, RequirementKind
from safeconduct.server.common.citing import cited
from safeconduct.server.common.exports import csv_answer, csv_link, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Pager, Row, Table
from safeconduct.server.common.look.values import (
    Box,
    Button,
    Entry,
    Link,
    Mark,
    Nothing,
    Number,
    Posture,
    Quiet,
    Several,
    Shown,
    Verdict,
    Way,
)
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import place_url, programme_url, row_url
from safeconduct.server.posture.names import words
from safeconduct.server.posture.pages.home import posture_table
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
    stops_of_all,
    stops_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.planning import Action
    from safeconduct.core.posture import Criterion, ProgrammeJudgement, Result

_STEPS = 5


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Every enrolment in force on the day."""
    reader = reader_of(request)
    table = posture_table(reader)
    if wants_csv(request):
        return table_answer(request, "programmes", table)
    stops = stops_of_all(result for one in reader.overview.programmes for result in one.results)
    many = len(table.rows)
    verdict = Verdict(
        sentences=(f"{counted(many, 'programme is', 'programmes are')} followed.", stops_words(stops))
        if stops.open
        else (f"{counted(many, 'programme is', 'programmes are')} followed.",),
        title="Programmes",
        lead=catalogue_words(stops),
        buttons=_enrol_button(reader),
    )
    context = title(
        "Programmes",
        verdict=verdict,
        table=table if many else None,
        pager=Pager(1, many, many, exports=(csv_link(request),)),
        nothing=None if many else _no_programme(reader),
    )
    return render(request, "posture/programmes.html", context)


def _enrol_button(reader: Reader) -> tuple[Button, ...]:
    url = address("programmes:enrol")
    return (
        (Button("Enrol in a programme", url),)
        if url and reader.today and reader.viewer.may_record("enrolments")
        else ()
    )


def _no_programme(reader: Reader) -> Nothing:
    ways = [Way("Enrol a legal entity.", "Its requirements are listed at once.", _enrol_button(reader))]
    catalogue = address("catalogue:list")
    ways.append(
        Way("Read what a programme asks.", "Each requirement stands in the catalogue with its source.",
            (Button("Open the catalogue", catalogue),) if catalogue else ())
    )  # fmt: skip
    return Nothing("Ways to begin", tuple(ways))


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


@require_safe
def programme(request: HttpRequest, enrolment: str) -> HttpResponse:
    """One enrolment on the day."""
    reader = reader_of(request)
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
        steps=tuple(_steps(reader, judged)),
        steps_url=address("next", query={"programme": judged.enrolment.key}),
        sure=tuple(_sure(reader, judged)),
        items=_items(judged),
        sites=_sites(reader, judged) if len(judged.results) > 1 else None,
        requirements=requirements,
        questions=_questions(judged),
        gaps=tuple(_gaps(reader, judged)),
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
            enrolment.number or Quiet("no number yet"),
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


def _steps(reader: Reader, judged: ProgrammeJudgement) -> list[Entry]:
    """The cheapest way back: the actions that close most rows of this programme."""
    actions = next_actions([judged])
    return [_step(reader, number, action) for number, action in enumerate(actions[:_STEPS], start=1)]


def _step(reader: Reader, number: int, action: Action) -> Entry:
    finding = action.findings[0]
    row = (*action.closes, *action.helps)[0]
    button = reader.button(action)
    what = Link(reader.names.whereabouts(finding), button.url if button else row_url(row))
    everywhere = reader.overview.action(action.mend.key)
    elsewhere = len(everywhere.closes) - len(action.closes) if everywhere else 0
    moved: list[Shown] = [button.text if button else "", reader.stopped(action)]
    if elsewhere:
        moved.append(f"and {elsewhere} in other programmes")
    return Entry(str(number), what, Several(tuple(moved)))


def _sure(reader: Reader, judged: ProgrammeJudgement) -> list[tuple[Shown, Shown, Shown]]:
    """How many of the applicable rows are how sure, and what that means."""
    said = {
        Sure.CONFIRMED: "read in the original",
        Sure.SECONDARY: "from a copy or a guide; counted",
        Sure.UNCONFIRMED: "wait for somebody to read the original",
    }
    applicable = [one for one in judged.main.criteria if one.standing is not Standing.NOT_APPLICABLE]
    return [
        (
            sure,
            Number(
                sum(one.requirement.source.sure is sure for one in applicable),
                programme_url(judged.enrolment.key, anchor="requirements", sure=sure.value),
            ),
            _confirm_link(reader, judged, text) if sure is Sure.UNCONFIRMED else text,
        )
        for sure, text in said.items()
    ]


def _confirm_link(reader: Reader, judged: ProgrammeJudgement, text: str) -> Shown:
    waiting = next((one for one in judged.main.criteria if one.left_out == "row-unconfirmed"), None)
    if waiting is None or not reader.today or not reader.viewer.may_record("row_confirmations"):
        return text
    row = waiting.deciding
    return Link(text, address("programmes:confirm-row", row.enrolment, row.requirement.key, row.unit))


def _items(judged: ProgrammeJudgement) -> Table | None:
    """China's item results: counts, no verdict."""
    items = judged.main.items
    if items is None:
        return None
    key = judged.enrolment.key

    def url(standing: Standing) -> str:
        return programme_url(key, anchor="requirements", standing=standing.value)

    rows = [
        Row(("Meets", Number(items.meets, url(Standing.MET)))),
        Row(("Basically meets", Number(items.basically, url(Standing.PARTLY)))),
        Row(("Does not meet", Number(items.fails, url(Standing.UNMET)))),
        Row(("Not shown", Number(items.not_shown, url(Standing.UNKNOWN)))),
        Row((Link("Bonus", note="at most two count"), Number(items.bonus, programme_url(key, kind="bonus")))),
    ]
    return Table((Column("Item result"), Column("Items", numeric=True)), rows, judged.programme.pass_mark)


def _sites(reader: Reader, judged: ProgrammeJudgement) -> Table:
    """Where sites are authorised: each with its own result."""
    columns = (Column("Site"), Column("Standing"), Column("Musts"), Column("Met", numeric=True))
    return Table(columns, [_site(reader, judged, result) for result in judged.results])


def _site(reader: Reader, judged: ProgrammeJudgement, result: Result) -> Row:
    name = reader.names.place(result.unit)
    url = programme_url(judged.enrolment.key, anchor="requirements", site=result.unit)
    return Row(
        (
            Link(name, place_url(reader.overview.snapshot, result.unit)),
            reader.mark(result, url),
            Posture(name, result.standing_counts()),
            Number(result.met, url, len(result.musts)),
        )
    )


def _questions(judged: ProgrammeJudgement) -> Table | None:
    """Questions are answered or not, never scored; they stand apart from the musts."""
    asked = [
        one
        for one in judged.main.criteria
        if one.requirement.kind is RequirementKind.QUESTION and one.standing is not Standing.NOT_APPLICABLE
    ]
    return _chapters(judged, asked, "Questions") if asked else None


def _gaps(reader: Reader, judged: ProgrammeJudgement) -> Iterable[tuple[str, str]]:
    """What the catalogue does not hold, role by role."""
    roles = reader.overview.catalogue.terms.roles
    for role in judged.enrolment.roles:
        coverage = judged.programme.coverage.get(role)
        name = roles.get(role, words(role))
        if coverage is None:
            yield name, "No row of this role is encoded yet."
            continue
        of = f"of {coverage.of}" if coverage.of else "of an unknown number"
        missing = f"; missing: {', '.join(coverage.gaps)}" if coverage.gaps else ""
        complete = "complete" if coverage.complete else "not complete"
        yield name, f"{coverage.rows} rows {of}, {complete}{missing}."


__all__ = ["ProgrammePage", "cited", "programme", "programme_page", "programmes"]
