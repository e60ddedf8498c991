"""What the pages of the path share: who may write, the frame of a step, the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Link, Number, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.recording import need_to_record_some, other_day
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.guide import SECTIONS, Guided
from safeconduct.server.sra.guide_rounds import against
from safeconduct.server.sra.guide_steps import BY_KEY, STEPS, Stand, stand
from safeconduct.server.sra.shown import upper_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.common.look.values import Shown

READS_OR_SENDS = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422
RISK = "risk"
"""The parameter that names the risk a page is about."""
AT = "at"
"""The parameter that names the place a page is about."""


def need_to_write(request: HttpRequest) -> HttpResponse | None:
    """To the page of today where it speaks of another day; NotAllowed for who does not record assessments."""
    for section in SECTIONS:
        need_to_record_some(viewer_on(request), section)
    return other_day(request)


def frame(guided: Guided, text: str, *trail: Link, **values: Any) -> dict[str, Any]:
    """The frame of a page below an assessment."""
    above = (
        Link("Risk", address("risk:list")),
        Link("Assessments", address("risk:assessments")),
        Link(guided.title, guided.url()),
    )
    return title(text, *above, *trail, **values)


def step_shown(request: HttpRequest, guided: Guided, key: str, *, template: str = "", **values: Any) -> HttpResponse:
    """The page of a step: its question, how far it is, what the page gives, and the ways on.

    `form` is shown to who may write only, with `deed` on its button; one in error is answered as refused.
    """
    found = stand(guided, key)
    form = values.pop("form", None) if guided.writes else None
    values.pop("form", None)
    context = frame(
        guided,
        found.step.title,
        verdict=values.pop("verdict", None) or _verdict(guided, found),
        form=form,
        ways=tuple(_ways(guided, key)),
        last_round=last_round(guided),
        **values,
    )
    status = REFUSED if form is not None and form.is_bound and form.errors else 200
    return render(request, template or "sra/guide_step.html", context, status=status)


def _verdict(guided: Guided, found: Stand) -> Verdict:
    number = STEPS.index(found.step) + 1
    return Verdict((found.step.asks,), title=f"{guided.title}, step {number} of {len(STEPS)}", lead=stand_words(found))


def stand_words(found: Stand) -> str:
    """How far a step is, in a sentence or two."""
    done = f"{upper_first(found.done)}." if found.done else ""
    missing = f"Missing: {found.missing}." if found.missing else ""
    return " ".join(filter(None, (done, missing)))


def _ways(guided: Guided, key: str) -> Iterator[Button]:
    """On to the next step, back to the one before, and to all of them."""
    place = STEPS.index(BY_KEY[key])
    if place + 1 < len(STEPS):
        after = STEPS[place + 1]
        yield Button(f"Go on: {after.title.lower()}", guided.url(after.key))
    if place:
        before = STEPS[place - 1]
        yield Button(f"Back: {before.title.lower()}", guided.url(before.key))
    yield Button("All steps", guided.url())


def last_round(guided: Guided) -> Link | None:
    """How this round differs from the one before, in a line; None for the first round."""
    if guided.before is None:
        return None
    found = against(guided.before, guided.reading.judged)
    parts = [
        f"{len(risks)} {word}"
        for risks, word in ((found.new, "new"), (found.changed, "changed"), (found.gone, "gone"))
        if risks
    ]
    told = ", ".join(parts) if parts else "nothing changed yet"
    return Link(f"Against the last round: {told}", guided.url(anchor="against"))


def places_table(
    guided: Guided, step: str, heading: str, told: Callable[[str], tuple[int, Shown]], now: str = ""
) -> Table:
    """The places in scope, each leading to its part of a step, with how many are recorded there and what is missing."""
    lanes = {one.key for one in guided.lanes}
    rows = []
    for place in guided.assessment.places:
        count, lacking = told(place)
        url = guided.url(step, "here", at=place)
        kind = "lane" if place in lanes else "site"
        note = f"{kind}, shown below" if place == now else kind
        shown = Number(count, url) if count else Quiet("none yet")
        rows.append(Row((Link(guided.reading.place(place), url, note=note), shown, lacking)))
    columns = (Column("Place", subject=True), Column(heading, numeric=True), Column("Missing"))
    return Table(columns, rows)


def place_asked(request: HttpRequest, guided: Guided, bare: Callable[[str], bool]) -> str:
    """The place the address names; else the first at which something is missing, else the first."""
    places = guided.assessment.places
    asked = request.GET.get(AT, "")
    return asked if asked in places else next((one for one in places if bare(one)), places[0])


def done_and_on(request: HttpRequest, said: str, url: str) -> HttpResponse:
    """On to an address with a sentence that says what was done."""
    messages.success(request, said)
    return redirect(url)


def saved(number: int, one: str, many: str) -> str:
    """What is said when several records were stored."""
    return f"{counted(number, one, many)} {'is' if number == 1 else 'are'} stored."
