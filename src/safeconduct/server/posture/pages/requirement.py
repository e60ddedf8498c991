"""One requirement at one place: why it stands as it does, what mends it, what the source asks, what else it moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.errors import Refusal
from safeconduct.core.judgement import MET, NOT_APPLICABLE, Finding, Standing
from safeconduct.core.planning import if_mended
from safeconduct.core.sentences import sentence
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.because import Reading
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Box,
    Button,
    Link,
    Mark,
    Quiet,
    Several,
    Shown,
    Stamp,
    Verdict,
)
from safeconduct.server.common.look.words import counted, day_text, deed_words
from safeconduct.server.posture.history import Stretch, stretches, unchanged_since
from safeconduct.server.posture.links import place_url, programme_url, register_url, row_url
from safeconduct.server.posture.mending import DEEDS
from safeconduct.server.posture.names import Names
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.pages.source import Answered, answered, source_facts
from safeconduct.server.posture.queries import overview_as_known, programme_seen, row_seen
from safeconduct.server.posture.trees import Tree, deciding_leaf, deciding_mend
from safeconduct.server.posture.words import row_sentences

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement

_ELSEWHERE = 25


@dataclass(frozen=True)
class Period:
    """A row over a period: the worst finding, and every stretch of days on which nothing changed."""

    first: date
    last: date
    worst: Finding
    stretches: Table

    @property
    def title(self) -> str:
        """The heading of the period."""
        return f"From {day_text(self.first)} to {day_text(self.last)}"


@dataclass(frozen=True)
class Known:
    """The row as it was known at the end of a day."""

    day: date
    seq: int
    finding: Finding | None
    reading: Reading
    url: str

    @property
    def title(self) -> str:
        """The heading of what was known."""
        return f"As known on {day_text(self.day)}"


@dataclass(frozen=True)
class RequirementPage:
    """All that the page of one requirement at one place shows."""

    row: RowJudgement
    verdict: Verdict
    boxes: tuple[Box, ...]
    reading: Reading
    answer: Answered
    source: tuple[tuple[str, Shown], ...]
    confirm: tuple[Button, ...]
    elsewhere: Table | None
    elsewhere_title: str
    decisions: tuple[tuple[str, Shown], ...]
    decide: tuple[Button, ...]
    period: Period | None
    known: Known | None


@require_safe
def requirement(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """One requirement at one unit under one enrolment, on the day."""
    reader = reader_of(request)
    judged = programme_seen(reader.overview, enrolment)
    row = row_seen(reader.overview, enrolment, requirement, unit)
    page = requirement_page(
        reader, judged, row, period=_period(request, reader, row), known=_known(request, reader, row)
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
    elsewhere, heading = _elsewhere(reader, row)
    return RequirementPage(
        row=row,
        verdict=_verdict(reader, judged, row),
        boxes=tuple(_boxes(reader, judged, row)),
        reading=tree.reading(),
        answer=answered(reader, row),
        source=tuple(source_facts(reader, judged, row)),
        confirm=_deeds(reader, row, ("confirm-row",)) if _waits_for_a_reader(row) else (),
        elsewhere=elsewhere,
        elsewhere_title=heading,
        decisions=tuple(_decisions(reader, row)),
        decide=_deeds(reader, row, tuple(_open_decisions(judged, row))),
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
        others = [one.row for one in reader.overview.mended_by(mend.key) if one.row is not row]
        also = f" and {counted(len(others), 'more row', 'more rows')}" if others else ""
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


def _catalogue_url(key: str) -> str:
    return address("catalogue:requirement", key)


def _waits_for_a_reader(row: RowJudgement) -> bool:
    return row.left_out == "row-unconfirmed" or row.requirement.source.sure.value == "unconfirmed"


def _open_decisions(judged: ProgrammeJudgement, row: RowJudgement) -> list[str]:
    """The decisions a person may take about the row instead of mending it."""
    deeds = []
    if row.obligation is not None and row.standing not in (MET, NOT_APPLICABLE):
        deeds.append("alternative")
        if judged.programme.waivers:
            deeds.append("waive")
        if row.disposition == "open":
            deeds.append("reason")
    if judged.programme.not_applicable and row.standing is not NOT_APPLICABLE and row.obligation is not None:
        deeds.append("not-applicable")
    return deeds


_TEXTS = {
    "confirm-row": "I have read the original: confirm",
    "alternative": "Record another way",
    "waive": "Record a waiver",
    "reason": "Give the reason",
    "not-applicable": "Decide that it does not apply",
    "answer": "Answer it",
}


def _deeds(reader: Reader, row: RowJudgement, deeds: tuple[str, ...]) -> tuple[Button, ...]:
    """Buttons for decisions about the row; none for those the viewer may not take, or on another day."""
    if not reader.today:
        return ()
    found = []
    for deed in deeds:
        url = address(f"programmes:{deed}", row.enrolment, row.requirement.key, row.unit, query={"back": row_url(row)})
        if url and reader.viewer.may_record_at(DEEDS[deed].section, row.unit):
            found.append(Button(_TEXTS[deed], url))
    return tuple(found)


def _decisions(reader: Reader, row: RowJudgement) -> list[tuple[str, Shown]]:
    """What persons decided about the row, whether it holds today or not."""
    snapshot, key = reader.overview.snapshot, (row.requirement.key, row.unit)
    found: list[tuple[str, Shown]] = []
    for one in snapshot.alternatives.get(key, ()):
        url = register_url("alternatives", one.key)
        found.append(("Another way", Link(one.why, url, note=_span(one.from_, one.until, one.accepted_by.value))))
    for waiver in snapshot.waivers.get(key, ()):
        note = _span(waiver.from_, waiver.until, waiver.endorsed_by)
        found.append(
            ("Waiver", Link(waiver.mitigation or "No mitigation said", register_url("waivers", waiver.key), note=note))
        )
    for decision in snapshot.not_applicable.get(key, ()):
        url = register_url("not_applicable", decision.key)
        found.append(("Not applicable", Link(decision.why, url, note=_span(decision.on, decision.until, decision.by))))
    for reason in snapshot.reasons.get(key, ()):
        url = register_url("reasons", reason.key)
        found.append(("Reason", Link(reason.why, url, note=_span(reason.on, reason.until, reason.by))))
    for read in snapshot.row_confirmations.get(row.requirement.key, ()):
        note = _span(read.on, None, read.by)
        found.append(
            ("Read in the original", Link(read.document, register_url("row_confirmations", read.key), note=note))
        )
    return found


def _span(first: date | None, last: date | None, by: str) -> Several:
    days = (first, "to" if last else "", last) if first else ("until", last)
    return Several((by, Several(tuple(day for day in days if day), " ")))


def _elsewhere(reader: Reader, row: RowJudgement) -> tuple[Table | None, str]:
    """The rows that rest on the same thing: what the mend would move, or what the same records prove."""
    mend = deciding_mend(row.finding) if row.standing not in (MET, NOT_APPLICABLE) else None
    if mend is not None:
        rows = [row, *(one.row for one in reader.overview.mended_by(mend.key) if one.row is not row)]
        after = deed_words(mend.deed).lower()
        columns = (*_WHERE, Column("Today"), Column(f"After: {after}", short="After"))
        moved = [
            Row((*_where(reader, one, row), _today(one), Mark(if_mended(one.finding, mend.key))))
            for one in rows[:_ELSEWHERE]
        ]
        return Table(columns, moved, _cut(len(rows))), "The same fact elsewhere"
    others = _resting_on_the_same(reader, row)
    if not others:
        return None, ""
    shown = [Row((*_where(reader, one, row), _today(one))) for one in others[:_ELSEWHERE]]
    return Table((*_WHERE, Column("Today")), shown, _cut(len(others))), "The same records elsewhere"


_WHERE = (Column("Where"), Column("Requirement"), Column("Place"))


def _where(reader: Reader, one: RowJudgement, this: RowJudgement) -> tuple[Shown, ...]:
    judged = reader.overview.assessment.programme(one.enrolment)
    name = reader.names.programme(judged.programme, judged.enrolment)
    note = "this row" if one is this else ""
    return (
        Link(name, programme_url(one.enrolment)),
        Link(one.requirement.title, row_url(one), one.requirement.ref, note),
        reader.names.place(one.unit),
    )


def _today(row: RowJudgement) -> Mark:
    return Mark(row.standing, row_url(row))


def _cut(total: int) -> str:
    return f"The first {_ELSEWHERE} of {total}." if total > _ELSEWHERE else ""


def _resting_on_the_same(reader: Reader, row: RowJudgement) -> list[RowJudgement]:
    """Other rows that rest on a record this one rests on, each once."""
    found: dict[int, RowJudgement] = {}
    for finding in row.finding.walk():
        for fact in finding.facts:
            for one in reader.overview.resting_on(fact):
                if one.row is not row and one.row.standing is not NOT_APPLICABLE:
                    found[id(one.row)] = one.row
    return list(found.values())


def _period(request: HttpRequest, reader: Reader, row: RowJudgement) -> Period | None:
    """The row over the period asked for in the address."""
    asked = request.GET.get("from", ""), request.GET.get("to", "")
    if not any(asked):
        return None
    first, last = (_day(text) for text in asked)
    told = stretches(reader.overview, row, first, last)
    worst = min(told, key=lambda one: _worst_rank(one.finding.standing)).finding
    columns = (Column("From"), Column("To"), Column("Standing"), Column("Why", subject=True))
    rows = [Row((one.first, one.last, Mark(one.finding.standing), _why(reader.names, one))) for one in told]
    return Period(first, last, worst, Table(columns, rows))


def _worst_rank(standing: Standing) -> int:
    return 9 if standing is NOT_APPLICABLE else standing.rank


def _why(names: Names, stretch: Stretch) -> str:
    leaf = deciding_leaf(stretch.finding)
    return sentence(leaf) if leaf is stretch.finding else f"{names.whereabouts(leaf)}. {sentence(leaf)}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            f"{text!r} is not a day." if text else "The period lacks its first or its last day.",
            do="Give both days, each as year-month-day: 2026-08-31.",
            code="not-a-day",
        ) from None


def _known(request: HttpRequest, reader: Reader, row: RowJudgement) -> Known | None:
    """The row as it was known on the day asked for in the address."""
    asked = request.GET.get("known", "")
    if not asked:
        return None
    day = _day(asked)
    overview, seq = overview_as_known(reader.viewer, reader.day, day)
    found = next(
        (
            one
            for one in overview.assessment.rows
            if (one.enrolment, one.requirement.key, one.unit) == (row.enrolment, row.requirement.key, row.unit)
        ),
        None,
    )
    names = Names(overview.snapshot, overview.catalogue)
    # Things are named as they were then, and lead nowhere: they may have changed since.
    reading = Reading(title=names.finding, kind=names.kind)
    return Known(day, seq, found.finding if found else None, reading, address("journal:entry", str(seq)))
