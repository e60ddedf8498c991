"""The fourth step: risk by risk, what stands there today, what is published and on record, and the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.records.risk import Method
from safeconduct.core.risk.words import percent, times
from safeconduct.server.catalogue.threat_words import exposure_words, figure_words
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet, Several
from safeconduct.server.common.look.words import counted
from safeconduct.server.risk import actions
from safeconduct.server.sra.guide import guided_on
from safeconduct.server.sra.guide_cargo import partner_table, threat_and_vulnerability, threat_table
from safeconduct.server.sra.guide_numbers_form import NumbersForm
from safeconduct.server.sra.pages import risk_tables
from safeconduct.server.sra.pages.guide.shared import RISK, done_and_on, step_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided


def numbers(request: HttpRequest, guided: Guided) -> HttpResponse:
    """How often and how grave."""
    one = _asked(request, guided)
    form = NumbersForm(guided, one, request.POST or None) if one is not None and guided.writes else None
    if request.method == "POST" and form is not None and form.stored(actions.record_risk) is not None:
        return _stored(request, guided, one)
    return step_shown(
        request,
        guided,
        "numbers",
        form=form,
        form_title=guided.reading.title(one) if one else "",
        form_facts=tuple(_facts(guided, one)) if one else (),
        deed="Store these numbers",
        after=(*(_around(guided, one) if one else ()), *_all(guided, one)),
    )


def _asked(request: HttpRequest, guided: Guided) -> RiskJudgement | None:
    """The risk the address names, else the first that is not rated yet; None where every one is."""
    asked = request.GET.get(RISK, "")
    named = next((one for one in guided.taken_in if one.risk.key == asked), None)
    return named or next(iter(guided.unrated), None)


def _stored(request: HttpRequest, guided: Guided, one: RiskJudgement | None) -> HttpResponse:
    """On to the next risk that is not rated, with where this one landed."""
    assert one is not None
    now = guided_on(request, guided.assessment.key)
    landed = now.reading.judged.risk(one.risk.key)
    coming = next((each.risk.key for each in now.unrated), "")
    said = f"{guided.reading.title(one)}: {_landed(now, landed)}."
    return done_and_on(request, said, guided.url("numbers", "form" if coming else "", risk=coming))


def _landed(guided: Guided, one: RiskJudgement) -> str:
    """Where a risk lies: from what it would be without controls to what it is."""
    if one.levels is None or not one.priority:
        return "not rated yet"
    reading = guided.reading
    bare, now = reading.priority(one.levels.inherent.cell.result), reading.priority(one.priority)
    return f"{bare} without controls, {now} today" + (", graver than bearable" if one.above else "")


def _all(guided: Guided, now: RiskJudgement | None) -> Iterator[tuple[str, Table]]:
    if guided.taken_in:
        yield "All risks taken in", _table(guided, now)


def _table(guided: Guided, now: RiskJudgement | None) -> Table:
    columns = (
        Column("Risk", subject=True),
        Column("Without controls"),
        Column("One event costs", numeric=True),
        Column("Rated"),
        Column("Controls standing", short="Controls"),
    )
    rows = [Row(tuple(_row(guided, one, shown=one is now))) for one in guided.taken_in]
    return Table(columns, rows)


def _row(guided: Guided, one: RiskJudgement, *, shown: bool) -> Iterator[Shown]:
    reading = guided.reading
    assert one.levels is not None
    bare = one.levels.inherent
    note = f"{reading.place(one.risk.at)}, shown above" if shown else reading.place(one.risk.at)
    yield Link(one.scenario.title, guided.url("numbers", "form", risk=one.risk.key), note=note)
    yield times(bare.frequency.mean) if bare.frequency else Quiet("not said")
    yield reading.money(bare.severity.mean) if bare.severity else Quiet("not said")
    yield _landed(guided, one) if one.priority else Quiet("not rated yet")
    yield reading.controls(one)


def _facts(guided: Guided, one: RiskJudgement) -> Iterator[tuple[str, Shown]]:
    """What to know before any number is written, in few lines."""
    reading = guided.reading
    yield "What happens", one.scenario.tells or Quiet("not told")
    yield "Weakness it uses", one.scenario.vulnerability or Quiet("not told")
    assert one.levels is not None
    left = one.levels.current.left
    yield (
        "Vulnerability, derived",
        Several((reading.controls(one), f"controls leave {percent(left.middle)} of it"), "; "),
    )
    if joined := threat_and_vulnerability(guided, one):
        yield "Classes", joined
    past = one.weighed.history
    seen = f"{counted(len(past.incidents), 'incident', 'incidents')} in {past.years:.1f} years watched"
    yield "Own history", seen if past.years else Quiet("nobody has said over which time all incidents are on record")
    if one.priority:
        yield "Lands at", _landed(guided, one)


def _around(guided: Guided, one: RiskJudgement) -> Iterator[tuple[str, Table]]:
    """Below the form: controls with their marks, published figures, incidents; for CTPAT threat and partners."""
    reading = guided.reading
    lane = next((each for each in guided.lanes if each.key == one.risk.at), None)
    five_steps = guided.assessment.method is Method.CTPAT_FIVE_STEPS
    if levels := threat_table(guided, one):
        yield "Threat levels on record", levels
    if five_steps and lane is not None and (partners := partner_table(guided, lane)):
        yield "Vulnerability of partners, by criterion", partners
    if measures := risk_tables.measures(reading, one):
        yield "Controls that answer it, as they stand today", measures
    if figures := _figures(guided, one):
        yield "Published figures", figures
    if incidents := risk_tables.incidents(reading, one):
        yield "Incidents here", incidents


def _figures(guided: Guided, one: RiskJudgement) -> Table | None:
    known = guided.reader.overview.catalogue.threats.figures
    found = [known[key] for key in (*one.scenario.likelihood, *one.scenario.severity) if key in known]
    if not found:
        return None
    columns = (Column("Figure", subject=True), Column("Says"), Column("Of how many"), Column("Source"))
    rows = [
        Row(
            (
                Link(each.title, address("catalogue:figure", each.key), note=each.region),
                figure_words(each),
                exposure_words(each),
                each.source.document,
            )
        )
        for each in found
    ]
    caption = "A count of a region is never the chance at one site: say to what you scale it."
    return Table(columns, rows, caption=caption)
