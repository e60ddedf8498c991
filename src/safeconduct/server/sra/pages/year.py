"""What a year may cost: the exact law at every level of control, where it comes from, and a check by trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.risk.checking import QUANTILES, checked
from safeconduct.core.risk.words import percent
from safeconduct.server.common.exports import table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import address_with
from safeconduct.server.common.look.lists import Choose, Column, Filters, Row, Table
from safeconduct.server.common.look.values import Box, Button, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted, grouped
from safeconduct.server.posture.links import register_url
from safeconduct.server.posture.pages.reader import title
from safeconduct.server.sra.loss_curve import ALL, YEAR_IN_TEN, chance, loss_curve
from safeconduct.server.sra.pages.register import nothing_assessed
from safeconduct.server.sra.shown import ASSESSMENT, LEVELS, RiskReader, open_places, risk_reader
from safeconduct.server.sra.yearly import TAIL, YEARS_DRAWN, Yearly, revenue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.portfolio import Contribution
    from safeconduct.server.common.look.curve import Curve
    from safeconduct.server.common.look.values import Shown

PLACE, RISK, CHECK = "place", "risk", "check"
_ONE_IN = {0.9: "ten", 0.95: "twenty", 0.99: "a hundred", 0.995: "two hundred", 0.999: "a thousand"}
_ROWS = 6


@dataclass(frozen=True)
class YearPage:
    """All that the page shows; without any number only the verdict, the strip and what is left out."""

    verdict: Verdict
    filters: Filters
    boxes: tuple[Box, ...] = ()
    curve: Curve | None = None
    levels: Table | None = None
    contributions: Table | None = None
    check: Table | None = None
    check_said: str = ""
    check_url: str = ""
    csv_url: str = ""
    assumed: tuple[tuple[str, Shown], ...] = ()
    left_out: Shown = None


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """What a year of all risks, of a place or of one risk may cost."""
    reading = risk_reader(request)
    if reading is None:
        return nothing_assessed(request)
    found = _asked(request, reading)
    if wants_csv(request):
        return table_answer(request, "year", levels_table(found))
    return render(
        request,
        "sra/year.html",
        title("What a year may cost", Link("Risk", address("risk:list")), page=_page(request, found)),
    )


def _asked(request: HttpRequest, reading: RiskReader) -> Yearly:
    """What is chosen; a place or a risk that is not there chooses nothing."""
    place, risk = request.GET.get(PLACE, ""), request.GET.get(RISK, "")
    risks = {one.risk.key: one for one in reading.rated}
    place = place if place in open_places(reading.rated) else ""
    risk = risk if risk in risks and place in ("", risks[risk].risk.at) else ""
    return Yearly(reading, place, risk)


def _page(request: HttpRequest, found: Yearly) -> YearPage:
    filters, left_out = _filters(request, found), _left_out(found)
    if not any(one.mean for one in found.years.values()):
        return YearPage(_no_numbers(found), filters, left_out=left_out)
    check = _check(found) if request.GET.get(CHECK) else None
    return YearPage(
        verdict=_verdict(found),
        filters=filters,
        boxes=tuple(_boxes(found)),
        curve=loss_curve(found.years, found.reading.currency, of=ALL, rows=_ROWS),
        levels=levels_table(found),
        contributions=None if found.risk else contributions_table(found),
        check=check[0] if check else None,
        check_said=check[1] if check else "",
        check_url="" if check else address_with(request, **{CHECK: "1"}) + "#check",
        csv_url=address_with(request, **{"as": "csv", CHECK: ""}),
        assumed=tuple(assumptions(found)),
        left_out=left_out,
    )


def _filters(request: HttpRequest, found: Yearly) -> Filters:
    reading = found.reading
    places = sorted(open_places(reading.rated), key=reading.place)
    risks = [one for one in reading.rated if found.place in ("", one.risk.at)]
    return Filters(
        fields=(
            Choose(PLACE, "Place", [("", "all"), *((one, reading.place(one)) for one in places)], found.place),
            Choose(RISK, "Risk", [("", "all"), *((one.risk.key, reading.title(one)) for one in risks)], found.risk),
        ),
        keep=[(ASSESSMENT, reading.asked)] if reading.asked else [],
        clear_url="" if found.whole else request.path,
        button="Show",
    )


def _about(found: Yearly) -> str:
    """Whose year it is, for the small title."""
    reading = found.reading
    if found.risk:
        return reading.title(reading.judged.risk(found.risk))
    return reading.place(found.place or reading.judged.assessment.entity)


def _no_numbers(found: Yearly) -> Verdict:
    return Verdict(
        ("No risk here has amounts yet.",),
        title=f"What a year may cost, {_about(found)}",
        lead="A year is reckoned from how often a risk happens and what one event costs. Give it both ranges.",
        buttons=(Button("Open the risks", address("risk:list")),),
    )


def _verdict(found: Yearly) -> Verdict:
    money, today = found.reading.money, found.today
    tenth, hundredth = today.quantile(YEAR_IN_TEN), today.quantile(0.99)
    first = f"One year in ten costs more than {money(tenth)}." if tenth else "Nine years in ten cost nothing."
    return Verdict(
        (first, f"One in a hundred costs more than {money(hundredth)}."),
        title=f"What a year may cost, {_about(found)}",
        lead=" ".join(_lead(found)),
    )


def _lead(found: Yearly) -> Iterator[str]:
    today, bare, money = found.today, found.years["inherent"], found.reading.money
    taken = 1 - today.mean / bare.mean if bare.mean else 0.0
    took = percent(max(taken, 0.0))
    yield f"On average a year costs {money(today.mean)}; controls that stand and what others bear take {took} off."
    revenue = revenue_of(found.reading) if found.whole else None
    if revenue is not None and revenue[1]:
        yield f"The year in ten is {percent(today.quantile(YEAR_IN_TEN) / revenue[1])} of the last revenue on record."
    if lacking := len(found.without_numbers):
        is_in = "is" if lacking == 1 else "are"
        yield f"{counted(lacking, 'risk has', 'risks have')} no amounts and {is_in} in none of this."


def _boxes(found: Yearly) -> Iterator[Box]:
    money, today, reading = found.reading.money, found.today, found.reading
    yield Box(
        "Risks", Number(len(found.risks), address("risk:list", query={"place": found.place})), "with their numbers"
    )
    yield Box("Average year", money(today.mean), f"without controls {money(found.years['inherent'].mean)}")
    yield Box("As planned", money(found.years["target"].mean), "on average, once all is done")
    yield Box("Anything at all", chance(1 - today.none), "chance of an event in a year")
    harmed = found.harmed("current")
    yield Box("Persons hurt", Quiet("not said") if harmed is None else f"{harmed:.2g}", "a year, never in money")
    yield Box("Currency", reading.currency, "never converted")


def levels_table(found: Yearly) -> Table:
    """One row a measure, one column a level of control."""
    columns = (Column("Measure", subject=True), *(Column(word.capitalize(), numeric=True) for word in LEVELS.values()))
    return Table(columns, list(_level_rows(found)))


def _level_rows(found: Yearly) -> Iterator[Row]:
    def row(head: str, note: str, told: Callable[[Year], Shown]) -> Row:
        return Row((Link(head, note=note), *(told(found.years[of]) for of in LEVELS)))

    money = found.reading.money
    yield row("Average year", "the mean", lambda one: money(one.mean))
    for level in QUANTILES:
        amounts = (money(found.years[of].quantile(level)) for of in LEVELS)
        yield Row((Link(f"One year in {_ONE_IN[level]} costs more than", note=f"{level * 100:g} % quantile"), *amounts))
    yield row("Average of the worst year in a hundred", "tail mean at 99 %", lambda one: money(one.tail_mean(TAIL)))
    yield row("Chance of any event", "in a year", lambda one: chance(1 - one.none))
    harmed = [found.harmed(of) for of in LEVELS]
    if any(one is not None for one in harmed):
        shown = tuple(Quiet("not said") if one is None else f"{one:.2g}" for one in harmed)
        yield Row((Link("Persons killed or badly hurt", note="a year, never turned into money"), *shown))


def contributions_table(found: Yearly) -> Table:
    """What each risk adds to the mean and to the worst years, the greatest in the worst first."""
    columns = (
        Column("Scenario and place", subject=True),
        Column("Of the average year", numeric=True),
        Column("Share", numeric=True, short="Share of the average"),
        Column("Of the worst year in a hundred", numeric=True),
        Column("Share", numeric=True, short="Share of the worst"),
    )
    parts = found.contributions()
    mean, tail = found.today.mean, sum(one.in_tail for one in parts)
    return Table(columns, [Row(tuple(_contribution(found, one, mean, tail))) for one in parts])


def _contribution(found: Yearly, one: Contribution, mean: float, tail: float) -> Iterator[Shown]:
    reading = found.reading
    risks = {each.risk.key: each for each in found.risks}
    yield reading.link(risks[one.risk]) if one.risk in risks else _common(found, one.risk)
    yield reading.money(one.mean)
    yield percent(one.mean / mean) if mean else ""
    yield reading.money(one.in_tail)
    yield percent(one.in_tail / tail) if tail else ""


def _common(found: Yearly, key: str) -> Link:
    """A common cause, which strikes several risks in one blow."""
    cause = next(one for one in found.reading.judged.common if one.key == key)
    return Link(cause.title or key, register_url("common_causes", key), note="strikes several at once")


def _check(found: Yearly) -> tuple[Table, str]:
    """The exact figures beside what so many years drawn at random give, and whether they agree."""
    money = found.reading.money
    rows = checked(found.portfolios["current"], YEARS_DRAWN)
    columns = (
        Column("Figure", subject=True),
        Column("Exact", numeric=True),
        Column("By trial at least", numeric=True),
        Column("By trial at most", numeric=True),
        Column("Agrees"),
    )
    heads = ["Average year", *(f"One year in {_ONE_IN[level]}" for level in QUANTILES)]
    table = Table(
        columns,
        [
            Row((head, money(one.exact), money(one.low), money(one.high), "yes" if one.agrees else "no"))
            for head, one in zip(heads, rows, strict=True)
        ],
    )
    agreeing = sum(one.agrees for one in rows)
    said = "All figures agree." if agreeing == len(rows) else f"{agreeing} of {len(rows)} figures agree."
    return table, (
        f"{said} {grouped(YEARS_DRAWN)} years were drawn, the same ones at each check. "
        "Each figure lies between its bounds in 99 checks of 100 where the exact law is right."
    )


def assumptions(found: Yearly) -> Iterator[tuple[str, Shown]]:
    """What the law of a year rests on, and how far the grid is off."""
    today = found.today
    yield (
        "How often",
        (
            "A range holds in nine cases of ten. The rate between its ends follows a Gamma law, and learns from "
            "incidents on record; given the rate, events of a year are counted by Poisson's law."
        ),
    )
    yield "One event", "What one event costs follows a lognormal law whose 5 % and 95 % ends are the recorded range."
    yield (
        "Controls",
        (
            "Each control that stands takes the middle of its range of effect from what the others leave: wholly where "
            "it is met, by half where it is partly met, by nothing where it is unknown or unmet."
        ),
    )
    yield (
        "Together",
        (
            "Risks strike independently, but for recorded common causes, which strike several in one blow. "
            "A year adds them up exactly, by the fast Fourier transform."
        ),
    )
    yield (
        "Grid",
        (
            f"{grouped(today.grid.points)} amounts, {found.reading.money(max(today.grid.step, 1))} apart. "
            f"The grid's own mean is off by {_tiny(today.error)}; what lies beyond its last amount is in that."
        ),
    )
    yield "People", "Harm to people is counted beside, in persons, and never turned into money."


def _tiny(share: float) -> str:
    """A very small share in percent."""
    return "less than 0.0001 %" if share < 1e-6 else f"{share * 100:.2g} %"


def _left_out(found: Yearly) -> Shown:
    """The risks that are in no amount, by name."""
    reading = found.reading
    links = tuple(
        Link(reading.title(one), register_url("risks", one.risk.key) or reading.url(one))
        for one in found.without_numbers
    )
    return Several(links, "; ") if links else None
