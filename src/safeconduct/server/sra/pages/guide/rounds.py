"""All assessments; one begun by a template; the next round of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.records.risk import Method
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.clock import today
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Due, Link, Nothing, Number, Quiet, Verdict, Way
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.organisation.people.shared import done
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.risk import actions
from safeconduct.server.sra.forms import AgainForm, AssessmentForm
from safeconduct.server.sra.guide import SECTIONS, guided_on
from safeconduct.server.sra.guide_rounds import next_round, unique
from safeconduct.server.sra.guide_words import METHODS
from safeconduct.server.sra.pages.guide.shared import READS_OR_SENDS, REFUSED, done_and_on, frame, need_to_write
from safeconduct.server.sra.shown import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.risk import RiskAssessment
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.posture.pages.reader import Reader

METHOD = "method"


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Every round, the latest first."""
    reader = read_all(request)
    found = sorted(reader.overview.snapshot.facts.risk_assessments, key=lambda one: one.on, reverse=True)
    writes = reader.today and all(reader.viewer.may_record(section) for section in SECTIONS)
    page = {
        "verdict": _verdict(reader, found, writes=writes),
        "rounds": _table(reader, found, writes=writes) if found else None,
        "nothing": None if found else _nothing(writes=writes),
    }
    return render(request, "sra/guide_rounds.html", title("Assessments", Link("Risk", address("risk:list")), **page))


def _verdict(reader: Reader, found: Sequence[RiskAssessment], *, writes: bool) -> Verdict:
    begin = Button("Begin an assessment", address("risk:begin"))
    if not found:
        return Verdict(("Nobody has assessed the risks yet.",), title="Security risk assessments")
    latest = found[0]
    first = f"{counted(len(found), 'assessment is', 'assessments are')} on record."
    due = _due_words(latest.due, reader.day)
    again = Button("Re-assess", address("risk:again", latest.key))
    return Verdict(
        (first, due),
        title="Security risk assessments",
        lead="Each round is looked at with the controls of the day; the latest counts.",
        buttons=(again, begin) if writes else (),
    )


def _due_words(due: date | None, day: date) -> str:
    if due is None:
        return "No next one is planned."
    return f"The next one was due on {day_text(due)}." if due < day else f"The next one is due by {day_text(due)}."


def _nothing(*, writes: bool) -> Nothing:
    buttons = (Button("Begin an assessment", address("risk:begin")),) if writes else ()
    why = "A guided path in eight steps: what is critical, what may happen, how often and how grave, what is done."
    return Nothing("No assessment yet", (Way("Make the first one.", why, buttons),))


def _table(reader: Reader, found: Sequence[RiskAssessment], *, writes: bool) -> Table:
    columns = (
        Column("Assessment", subject=True),
        Column("Method"),
        Column("Scope"),
        Column("Day"),
        Column("Next due"),
        Column("Risks", numeric=True),
        Column("Approved"),
        *((Column("Next round"),) if writes else ()),
    )
    followed = {one.follows for one in found}
    return Table(columns, [Row(tuple(_row(reader, one, followed=one.key in followed, writes=writes))) for one in found])


def _row(reader: Reader, one: RiskAssessment, *, followed: bool, writes: bool) -> Iterator[Shown]:
    snapshot = reader.overview.snapshot
    risks = [each for each in snapshot.risks.get(one.key, ()) if not each.excluded]
    url = address("risk:assessment", one.key)
    lanes = sum(place in snapshot.lanes for place in one.places)
    yield Link(one.title or one.key, url, note=reader.names.place(one.entity))
    yield METHODS[one.method].title
    yield f"{counted(len(one.places) - lanes, 'site', 'sites')}, {counted(lanes, 'lane', 'lanes')}"
    yield one.on
    yield Quiet("made") if followed else Due(one.due, reader.day) if one.due else Quiet("not planned")
    yield Number(len(risks), address("risk:list", query={"assessment": one.key}))
    yield f"{one.approved_by}, {day_text(one.approved_on)}" if one.approved_on else Quiet("not yet")
    if writes:
        yield Quiet("follows above") if followed else Link("Re-assess", address("risk:again", one.key))


@READS_OR_SENDS
def begin(request: HttpRequest) -> HttpResponse:
    """A new assessment: first the template, then its scope."""
    reader = read_all(request)
    if (elsewhere := need_to_write(request)) is not None:
        return elsewhere
    asked = request.GET.get(METHOD, "")
    if asked not in set(Method):
        return render(request, "sra/guide_rounds.html", _begin_frame(_ways_verdict(), nothing=_templates()))
    form = AssessmentForm(reader.viewer, Method(asked), request.POST or None)
    if request.method == "POST" and (begun := form.stored(actions.begin_assessment)) is not None:
        said = "The assessment is begun. Say what is critical."
        return done_and_on(request, said, address("risk:step", begun.key, "assets"))
    template = METHODS[Method(asked)]
    verdict = Verdict(("What does it cover?",), title=f"Begin an assessment, {template.title}", lead=template.tells)
    here = address("risk:begin", query={METHOD: asked})
    page = {
        "form": form,
        "deed": "Begin the assessment",
        "aside": (_lane_button(here), Button("Choose another template", address("risk:begin"))),
    }
    status = REFUSED if form.is_bound and form.errors else 200
    return render(request, "sra/guide_step.html", _begin_frame(verdict, **page), status=status)


def _lane_button(back: str) -> Button:
    """A lane that is not on record yet is recorded first."""
    return Button("Add a lane first", address("registers:new", "lanes", query={"back": back}))


def _begin_frame(verdict: Verdict, **values: Any) -> dict[str, Any]:
    trail = (Link("Risk", address("risk:list")), Link("Assessments", address("risk:assessments")))
    return title("Begin an assessment", *trail, verdict=verdict, **values)


def _ways_verdict() -> Verdict:
    lead = "All three go the same eight steps and keep the same facts; they differ in the scales and in what is shown."
    return Verdict(("By which template?",), title="Begin an assessment", lead=lead)


def _templates() -> Nothing:
    ways = [
        Way(
            f"{one.title}.", one.tells, (Button(f"Take {one.title}", address("risk:begin", query={METHOD: key.value})),)
        )
        for key, one in METHODS.items()
    ]
    return Nothing("Templates", tuple(ways))


@READS_OR_SENDS
def again(request: HttpRequest, key: str) -> HttpResponse:
    """The next round of an assessment, as a copy of it."""
    guided = guided_on(request, key)
    if (elsewhere := need_to_write(request)) is not None:
        return elsewhere
    form = AgainForm(guided.assessment, today(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = _begun(guided.assessment, form, [one.key for one in _rounds(guided.reader)])
        records = next_round(guided.reader.overview.snapshot.facts, guided.assessment, begun)
        if done(form, lambda: actions.begin_next_round(viewer_on(request), records)) is not None:
            said = "The new round is begun, with the risks of the last one. Look at each step anew."
            return done_and_on(request, said, address("risk:assessment", begun.key))
    lead = (
        f"{counted(len(guided.risks), 'risk is', 'risks are')} copied, with the treatments, overrides and objectives "
        "that still hold. Critical assets stay as they are. The last round is kept as it was."
    )
    verdict = Verdict(("Begin the next round.",), title=guided.title, lead=lead)
    page = frame(guided, "Next round", verdict=verdict, form=form, deed="Begin the next round")
    return render(request, "sra/guide_step.html", page, status=REFUSED if form.errors else 200)


def _rounds(reader: Reader) -> Sequence[RiskAssessment]:
    return reader.overview.snapshot.facts.risk_assessments


def _begun(before: RiskAssessment, form: AgainForm, taken: Sequence[str]) -> RiskAssessment:
    said = form.cleaned_data
    return replace(
        before,
        key=unique(said["title"], taken),
        title=said["title"],
        on=said["on"],
        approved_by="",
        approved_on=None,
        due=None,
        follows=before.key,
    )
