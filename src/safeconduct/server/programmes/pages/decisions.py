"""What persons decide about one requirement at one unit: answer, judge, another way, leave, set aside, reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_http_methods

from safeconduct.catalogue.walking import forms_in, forms_of
from safeconduct.core.dates import Duration, DurationUnit, add
from safeconduct.core.records.needs import AnyNeed, ControlNeed, OutcomeNeed
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.values import Button
from safeconduct.server.journal.forms import FactForm, fact_form
from safeconduct.server.journal.recording import Page, recorded, said_in
from safeconduct.server.programmes import actions
from safeconduct.server.programmes.forms import UNCONFIRMED, AlternativeForm, AnswerForm, simple_controls
from safeconduct.server.programmes.pages.rows import AskedRow, row_asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.decisions import Answer

_READS_OR_SENDS = ["GET", "HEAD", "POST"]
_ONE_YEAR = Duration(1, DurationUnit.YEARS)


@require_http_methods(_READS_OR_SENDS)
def answer(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """Answer a requirement in the organisation's own words and confirm it, or confirm the answer that is there.

    An answer of the unit's legal entity speaks for the unit too: it is the one confirmed, unless `own` is asked.
    """
    row = row_asked(request, enrolment, requirement, unit)
    found = _answer_there(row, own="own" in request.GET)
    fixed = row.fixed if found is None else {"requirement": requirement, "at": found.at}
    said = {**_superseded(row, found), **_confirmation(request, row, found), **said_in(request)}
    form = AnswerForm(row.viewer, "answers", request.POST or None, record=found, fixed=fixed, said=said)
    page = Page(
        title=row.title,
        sentences=("Confirm our answer." if found else "Answer in our own words.",),
        lead=row.requirement.asks,
        deed="Confirm the answer" if found else "Answer and confirm",
        said="The answer is recorded." if UNCONFIRMED in request.POST else "The answer is confirmed.",
        trail=row.trail("Answer"),
        aside=_own_instead(request, row, found),
        other=(UNCONFIRMED, "Keep it unconfirmed"),
    )
    return recorded(request, form, actions.give_answer, page, lambda _: row.url)


def _answer_there(row: AskedRow, *, own: bool) -> Answer | None:
    """The unit's own answer, else the nearest one above it."""
    places = (row.unit,) if own else row.snapshot.layers(row.unit)
    answers = row.snapshot.answers
    return next((one for place in places for one in answers.get((row.requirement.key, place), ())), None)


def _superseded(row: AskedRow, found: Answer | None) -> dict[str, Any]:
    """What was answered to the row this one continues, to begin with where nothing is answered yet."""
    before = row.snapshot.answers.get((row.requirement.supersedes, row.unit), ()) if found is None else ()
    return {name: getattr(one, name) for one in before[:1] for name in ("text", "document", "chapter", "revision")}


def _own_instead(request: HttpRequest, row: AskedRow, found: Answer | None) -> tuple[Button, ...]:
    if found is None or found.at == row.unit:
        return ()
    query = request.GET.copy()
    query["own"] = "1"
    return (Button(f"Answer for {row.place} alone", f"{request.path}?{query.urlencode()}"),)


def _confirmation(request: HttpRequest, row: AskedRow, found: Answer | None) -> dict[str, Any]:
    """A confirmation as of today, to be renewed in a year; the enrolment's owner answers for it until one is named."""
    day = day_of(request)
    said = {"confirmed_by": row.viewer.name, "confirmed_on": day.isoformat(), "due": add(day, _ONE_YEAR).isoformat()}
    return said if found is not None and found.owner else {**said, "owner": row.enrolment.owner}


@require_http_methods(_READS_OR_SENDS)
def judge(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """Judge an outcome on named controls."""
    row = row_asked(request, enrolment, requirement, unit)
    said = {"rests_on": _supporting(row), "until": add(day_of(request), _ONE_YEAR).isoformat()}
    form = _form(request, row, "judgements", said)
    page = _page(row, "Judge whether this holds.", "Record the judgement", "The judgement is recorded.", "Judge")
    return recorded(request, form, actions.judge, page, lambda _: row.url)


def _supporting(row: AskedRow) -> list[str]:
    """The controls that support the outcome the row asks for."""
    outcomes = [form.supported_by for form in forms_of(row.requirement) if isinstance(form, OutcomeNeed)]
    leaves = [leaf for need in outcomes for leaf in forms_in(need) if isinstance(leaf, ControlNeed)]
    return list(dict.fromkeys(leaf.control for leaf in leaves))


@require_http_methods(_READS_OR_SENDS)
def alternative(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """Another way in place of what the row asks; with `record` one that is there."""
    row = row_asked(request, enrolment, requirement, unit)
    there = row.snapshot.alternatives.get((requirement, unit), ())
    record = next((one for one in there if one.key == request.GET.get("record")), None)
    chosen = simple_controls(record.needs) if record else []
    said: dict[str, Any] = {**said_in(request)}
    if chosen and record is not None:
        said |= {"needs": chosen, "together": "any" if isinstance(record.needs, AnyNeed) else "all"}
    form = AlternativeForm(
        row.viewer, request.POST or None, simple=chosen is not None, record=record, said=said, fixed=row.fixed
    )
    accepted = ", ".join(row.programme.alternatives_by) or "nobody"
    page = replace(
        _page(row, "Another way instead.", "Record the alternative", "The alternative is recorded.", "Alternative"),
        lead=f"{row.requirement.asks} An alternative counts in full when accepted by: {accepted}.",
    )
    return recorded(request, form, actions.accept_alternative, page, lambda _: row.url)


@require_http_methods(_READS_OR_SENDS)
def waive(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """The issuer's leave not to meet the row for a time."""
    row = row_asked(request, enrolment, requirement, unit)
    granted = "" if row.programme.waivers else " As far as we know this issuer grants none."
    page = replace(
        _page(row, "The issuer's leave.", "Record the waiver", "The waiver is recorded.", "Waiver"),
        lead=f"{row.requirement.asks} A waiver is shown beside the row and never makes it MET.{granted}",
    )
    return recorded(request, _form(request, row, "waivers"), actions.record_waiver, page, lambda _: row.url)


@require_http_methods(_READS_OR_SENDS)
def not_applicable(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """Decide that the row does not apply at the unit."""
    row = row_asked(request, enrolment, requirement, unit)
    sentence = f"This does not apply at {row.place}."
    page = _page(row, sentence, "Record the decision", "The decision is recorded.", "Not applicable")
    return recorded(
        request, _form(request, row, "not_applicable"), actions.decide_not_applicable, page, lambda _: row.url
    )


@require_http_methods(_READS_OR_SENDS)
def reason(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> HttpResponse:
    """Say why a row that only should be met is not followed at the unit."""
    row = row_asked(request, enrolment, requirement, unit)
    page = _page(row, "Why we do not follow this.", "Record the reason", "The reason is recorded.", "Reason")
    return recorded(request, _form(request, row, "reasons"), actions.give_reason, page, lambda _: row.url)


def _form(request: HttpRequest, row: AskedRow, section: str, said: Mapping[str, Any] | None = None) -> FactForm:
    """The form of a decision about the row; with `record` in the address, of one that is there."""
    there = getattr(row.snapshot, section).get((row.requirement.key, row.unit), ())
    record = next((one for one in there if one.key == request.GET.get("record")), None)
    first = {} if record is not None else {**(said or {}), **said_in(request)}
    return fact_form(row.viewer, section, request.POST or None, record=record, said=first, fixed=row.fixed)


def _page(row: AskedRow, sentence: str, deed: str, said: str, step: str) -> Page:
    return Page(
        title=row.title, sentences=(sentence,), lead=row.requirement.asks, deed=deed, said=said, trail=row.trail(step)
    )
