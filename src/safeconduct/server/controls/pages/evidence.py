"""The evidence register: what lapses when, what lapsed already, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from safeconduct.core.dates import shifted
from safeconduct.core.records.in_place import By, ControlInPlace, Evidence, Shown
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.marks import show
from safeconduct.server.common.look.values import Button, Due, Link, Nothing, Number, Quiet, Several, Verdict, Way
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.controls.pages.reader import Reader, reader_on
from safeconduct.server.controls.queries import evidence_seen, in_force

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from safeconduct.server.common.look.values import Shown as Showable

SOON_DAYS, LATER_DAYS = 30, 90
OF_USE, CURRENT, SOON, LATER, LAPSED, RENEWED, COMING = (
    "of-use",
    "current",
    "soon",
    "later",
    "lapsed",
    "renewed",
    "coming",
)
_STATES = (
    (OF_USE, "of use"),
    ("", "all"),
    (LAPSED, "lapsed, nothing newer"),
    (SOON, f"lapses within {SOON_DAYS} days"),
    (LATER, f"lapses within {LATER_DAYS} days"),
    (CURRENT, "covers the day"),
    (COMING, "begins later"),
    (RENEWED, "over, of no more use"),
)


@dataclass(frozen=True)
class Paper:
    """One piece of evidence with the control in place it shows, as the register lists it."""

    evidence: Evidence
    record: ControlInPlace
    reader: Reader

    @cached_property
    def state(self) -> str:
        """How it stands to the day; RENEWED where others show the same longer, or nothing needs it any more."""
        evidence, day = self.evidence, self.reader.day
        if evidence.from_ > day:
            return COMING
        if not self._needed:
            return RENEWED
        if evidence.to < day:
            return LAPSED
        return SOON if evidence.to <= shifted(day, SOON_DAYS) else CURRENT

    @property
    def _needed(self) -> bool:
        """Whether it is the last to show something of a record that is in force."""
        if in_force(self.reader.snapshot, self.record, self.reader.day) is not self.record:
            return False
        others = [
            one for one in self.reader.snapshot.evidence.get(self.record.key, ()) if _outlasts(one, self.evidence)
        ]
        return any(not any(kind in one.shows for one in others) for kind in self.evidence.shows)

    @property
    def fits_later(self) -> bool:
        """Whether it lapses within the longer time."""
        last = shifted(self.reader.day, LATER_DAYS)
        return self.state == SOON or (self.state == CURRENT and self.evidence.to <= last)

    @property
    def title(self) -> str:
        """What it is called."""
        kinds = " and ".join(kind.value for kind in self.evidence.shows)
        return self.evidence.title or self.evidence.document or f"evidence of {kinds}"

    @cached_property
    def rows(self) -> int:
        """How many requirements at how many units rest on it."""
        return len(self.reader.resting.by_fact.get(self.evidence.key, ()))


def _outlasts(other: Evidence, evidence: Evidence) -> bool:
    return (other.to, other.key) > (evidence.to, evidence.key)


def papers_of(reader: Reader) -> Iterator[Paper]:
    """All evidence that the viewer sees."""
    records = reader.snapshot.records
    for evidence in evidence_seen(reader.viewer):
        if evidence.of in records:
            yield Paper(evidence, records[evidence.of], reader)


@require_safe
def evidence_register(request: HttpRequest) -> HttpResponse:
    """The list of evidence."""
    reader = reader_on(request)
    papers = list(papers_of(reader))
    found = _listed(request, reader, papers)
    if wants_csv(request):
        return found.answer("evidence")
    context = {
        "title": "Evidence",
        "trail": (Link("Evidence"),),
        "verdict": _verdict(reader, papers),
        "list": found,
        "nothing": None if papers else _nothing(reader),
    }
    return render(request, "controls/list.html", context)


def _listed(request: HttpRequest, reader: Reader, papers: list[Paper]) -> Listed:
    return listed(
        request,
        papers,
        _columns(reader),
        choices=_choices(reader, papers),
        text=lambda paper: f"{paper.title} {paper.evidence.document} {reader.name(paper.record)} {paper.evidence.key}",
        sort="ends",
        caption="What covers which time. Sorted by the day it ends.",
    )


def _columns(reader: Reader) -> list[ListColumn[Paper]]:
    day = reader.day
    return [
        ListColumn("what", "What", _what, lambda paper: paper.title),
        ListColumn("control", "Shows", _shown, lambda paper: reader.name(paper.record)),
        ListColumn("where", "Where", lambda paper: reader.place(paper.record.at), lambda paper: _where(paper)),
        ListColumn("from", "Covers from", lambda paper: paper.evidence.from_, lambda paper: paper.evidence.from_),
        ListColumn("ends", "Until", lambda paper: _ends(paper, day), lambda paper: paper.evidence.to),
        ListColumn("by", "By", lambda paper: _by(paper.evidence.by)),
        ListColumn("rows", "Requirements", _rows, lambda paper: paper.rows, numeric=True, short="Rests on it"),
    ]


def _where(paper: Paper) -> str:
    return paper.reader.ground.unit_title(paper.record.at)


def _what(paper: Paper) -> Showable:
    file = paper.evidence.file
    url = address("controls:file", file.sha256) if file else ""
    note = paper.evidence.document if paper.evidence.document != paper.title else ""
    return Link(paper.title, url, note=Several((note, file.name if file else "")))


def _shown(paper: Paper) -> Showable:
    kinds = ", ".join(kind.value for kind in paper.evidence.shows)
    return Link(paper.reader.name(paper.record), address("controls:in-place", paper.record.key), note=kinds)


def _ends(paper: Paper, day: date) -> Showable:
    if paper.state in (SOON, LAPSED):
        return Due(paper.evidence.to, day)
    return Quiet(day_text(paper.evidence.to)) if paper.state == RENEWED else paper.evidence.to


def _by(by: By) -> Showable:
    return "somebody else" if by is By.OTHER else Quiet("owner")


def _rows(paper: Paper) -> Showable:
    return Number(paper.rows, address("controls:in-place", paper.record.key, anchor="rests")) if paper.rows else 0


def _choices(reader: Reader, papers: list[Paper]) -> list[Choice[Paper]]:
    title = reader.ground.unit_title
    units = sorted({paper.record.at for paper in papers}, key=lambda unit: title(unit).casefold())
    kinds = [(kind.value, kind.value) for kind in Shown]
    lookers = [(By.OTHER.value, "somebody else"), (By.SELF.value, "its owner")]
    return [
        Choice("state", "State", _STATES, _in_state, normal=OF_USE),
        Choice("at", "Where", [(unit, title(unit)) for unit in units], lambda paper, at: paper.record.at == at),
        Choice("shows", "Shows", kinds, lambda paper, kind: Shown(kind) in paper.evidence.shows),
        Choice("by", "Looked at by", lookers, lambda paper, by: paper.evidence.by.value == by),
    ]


def _in_state(paper: Paper, state: str) -> bool:
    if state == OF_USE:
        return paper.state != RENEWED
    if state == LATER:
        return paper.fits_later
    return paper.state == state or (state == CURRENT and paper.state == SOON)


def _verdict(reader: Reader, papers: list[Paper]) -> Verdict:
    lapsed = sum(paper.state == LAPSED for paper in papers)
    soon = [paper for paper in papers if paper.state == SOON]
    verb = "has" if lapsed == 1 else "have"
    sentences = []
    if lapsed:
        sentences.append(f"{counted(lapsed, 'piece', 'pieces')} of evidence {verb} lapsed with nothing newer.")
    if soon:
        first = min(paper.evidence.to for paper in soon)
        sentences.append(f"{len(soon)} more {_lapse(soon)} within {SOON_DAYS} days, the first on {day_text(first)}.")
    if not sentences:
        sentences = [
            f"Nothing lapses before {day_text(shifted(reader.day, SOON_DAYS))}." if papers else "No evidence yet."
        ]
    return Verdict(tuple(sentences), "Evidence", _lead(papers) if papers else "")


def _lead(papers: list[Paper]) -> SafeString:
    """How many lapse when, each number a link to its list."""

    def number(state: str, found: int) -> SafeString:
        return show(Number(found, address("controls:evidence", query={"state": state})))

    return format_html(
        "{} lapsed · {} within {} days · {} within {} days · {} cover the day.",
        number(LAPSED, sum(paper.state == LAPSED for paper in papers)),
        number(SOON, sum(paper.state == SOON for paper in papers)),
        SOON_DAYS,
        number(LATER, sum(paper.fits_later for paper in papers)),
        LATER_DAYS,
        number(CURRENT, sum(paper.state in (CURRENT, SOON) for paper in papers)),
    )


def _lapse(soon: list[Paper]) -> str:
    return "lapses" if len(soon) == 1 else "lapse"


def _nothing(reader: Reader) -> Nothing:
    ways = [
        Way(
            "Attach evidence to a control.",
            "Without it a control is only claimed, and what rests on it stays unknown.",
            (Button("Controls in place", address("controls:records")),),
        )
    ]
    if reader.today and reader.viewer.may_record("in_place"):
        ways.append(
            Way(
                "Record a control together with its evidence.",
                "One form, a photo or a file included.",
                (Button("Record a control", address("controls:record")),),
            )
        )
    return Nothing("No evidence is recorded yet.", tuple(ways))
