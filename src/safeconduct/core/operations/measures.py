"""Measures: a number computed from figures of the accounts and from events, held against limits.

Source: catalogue language, sections 5.1 (measure) and 7.6. Units must agree; division by zero is UNKNOWN.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from safeconduct.core.dates import FOREVER, Duration, DurationUnit, add, good_until, subtract
from safeconduct.core.judgement import (
    MET,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Kind,
    Mend,
    Standing,
    capped,
    leaf,
    worst,
)
from safeconduct.core.operations.lookback import Window, judge_attested
from safeconduct.core.quantities import Money, Percent, read_money, read_number, read_percent, write_value
from safeconduct.core.records.catalogue import FigureTerm
from safeconduct.core.records.history import Figure
from safeconduct.core.records.needs import (
    EventsInput,
    Expression,
    FigureInput,
    MeasureInput,
    MeasureNeed,
    Name,
    Number,
    Operation,
    Renewal,
    Take,
)
from safeconduct.core.standing import Ground

_YEAR = Duration(1, DurationUnit.YEARS)
_HUNDRED = Decimal(100)


class _Unsaid(Exception):
    """A number cannot be told; the code says why."""

    def __init__(self, code: str, name: str = "") -> None:
        self.code = code
        self.name = name
        super().__init__(code)


@dataclass(frozen=True)
class Amount:
    """A number with its currency; empty for plain numbers, None for a zero that fits any currency."""

    number: Decimal
    currency: str | None = ""

    def agreeing(self, other: Amount) -> str | None:
        """The currency both share; refuses two different ones."""
        if self.currency == other.currency:
            return self.currency
        if None in (self.currency, other.currency):
            return self.currency or other.currency
        raise _Unsaid("units-differ")


@dataclass
class _Inputs:
    """What the names of `let` stand for on the day, and what they rest on."""

    amounts: dict[str, Amount]
    facts: list[str]
    attested: list[Finding]
    changes: list[date]
    missing: str = ""
    old: str = ""
    old_year: str = ""


def judge_measure(ground: Ground, need: MeasureNeed, unit: str) -> Finding:
    """Judge whether the computed value keeps within its limits.

    A missing figure is UNKNOWN; a year older than the last closed one caps the result at PARTLY (`figure-old`);
    events need an attestation over their window like a look-back.
    """
    entity = ground.snapshot.entity_of(unit)
    inputs = _Inputs({}, [], [], [])
    try:
        for name, source in need.let:
            inputs.amounts[name] = _input(ground, entity, source, inputs)
        value = _evaluate(need.value, inputs.amounts)
        standing, code = _held_against(need, value)
        shown = _written(value)
    except _Unsaid as unsaid:
        standing, code, shown = UNKNOWN, unsaid.code, ""
        inputs.missing = unsaid.name
    found = _finding(ground, need, entity, inputs, standing, code, shown)
    return capped(found, PARTLY, "figure-old", _record_figure(entity, inputs.old)) if inputs.old else found


def _finding(
    ground: Ground, need: MeasureNeed, entity: str, inputs: _Inputs, standing: Standing, code: str, shown: str
) -> Finding:
    unattested = worst(one.standing for one in inputs.attested)
    said: Finding | None = None
    if inputs.attested and standing is MET and unattested is not MET:
        said = next(one for one in inputs.attested if one.standing is unattested)
        standing, code = said.standing, said.code
    until = good_until(ground.day, inputs.changes)
    if said is not None or standing is MET:  # otherwise no attestation can change it
        until = min([until, *(one.good_until for one in inputs.attested)])
    names = [source.figure for _, source in need.let if not isinstance(source, EventsInput)]
    mend = _record_figure(entity, inputs.missing or next(iter(names), ""))
    if code == "amount-missing":
        mend = Mend(f"events:{inputs.missing}@{entity}", "record-event", entity, detail=inputs.missing)
    found = leaf(
        Kind.MEASURE,
        need.text,
        entity,
        standing,
        code,
        ground.day,
        good_until=until,
        facts=inputs.facts,
        mend=said.mend if said else mend,
        value=shown,
        formula=need.text,
        at_least="" if need.at_least is None else write_value(need.at_least),
        at_most="" if need.at_most is None else write_value(need.at_most),
        missing=_figure_title(ground, inputs.missing),
        year=inputs.old_year,
        **(dict(said.params) if said else {}),
    )
    return replace(found, because=tuple(inputs.attested))


def _record_figure(entity: str, figure: str) -> Mend:
    return Mend(f"figures:@{entity}", "record-figure", entity, detail=figure)


def _input(ground: Ground, entity: str, source: MeasureInput, inputs: _Inputs) -> Amount:
    if isinstance(source, EventsInput):
        return _from_events(ground, entity, source, inputs)
    term = ground.catalogue.terms.figures[source.figure]
    figure = _latest(ground, entity, source.figure, inputs)
    inputs.facts.append(figure.key)
    if isinstance(source, FigureInput):
        if term.basis:
            _note_age(ground, entity, figure, inputs)
        return _read_figure(term, figure)
    return _years_since(ground.day, figure, inputs)


def _latest(ground: Ground, entity: str, name: str, inputs: _Inputs) -> Figure:
    """The figure of the latest year that is closed and known on the day."""
    figures = ground.snapshot.figures.get((name, entity), ())
    inputs.changes += [max(one.year_end, one.given or one.year_end) for one in figures]
    known = [one for one in figures if one.year_end <= ground.day and (one.given or one.year_end) <= ground.day]
    if not known:
        raise _Unsaid("figure-missing", name)
    return known[-1]


def _note_age(ground: Ground, entity: str, figure: Figure, inputs: _Inputs) -> None:
    """Remember an older year; more than one year behind the last closed one says nothing any more."""
    closed = _last_year_end(ground, entity)
    inputs.changes.append(_year_end(ground, entity, closed.year + 1))
    if figure.year_end >= closed:
        return
    if figure.year_end < _year_end(ground, entity, closed.year - 1):
        raise _Unsaid("figure-missing", figure.figure)
    if not inputs.old_year or figure.year_end.isoformat() < inputs.old_year:
        inputs.old, inputs.old_year = figure.figure, figure.year_end.isoformat()


def _last_year_end(ground: Ground, entity: str) -> date:
    this_year = _year_end(ground, entity, ground.day.year)
    return this_year if this_year <= ground.day else _year_end(ground, entity, ground.day.year - 1)


def _year_end(ground: Ground, entity: str, year: int) -> date:
    """The last day of the financial year that ends in a year; the month's last day where it has fewer days.

    Years before and after the calendar end with it.
    """
    if not date.min.year <= year <= FOREVER.year:
        return date.min if year < date.min.year else FOREVER
    unit = ground.snapshot.units.get(entity)
    month, day = (int(part) for part in (unit.financial_year_end if unit else "12-31").split("-"))
    first = date(year, month, 1)
    return first.replace(day=min(day, calendar.monthrange(year, month)[1]))


def _read_figure(term: FigureTerm, figure: Figure) -> Amount:
    match term.unit:
        case "money":
            money = read_money(figure.value)
            return Amount(money.amount, money.currency)
        case "percent":
            return Amount(read_percent(figure.value).value / _HUNDRED)
        case _:
            return Amount(read_number(figure.value))


def _years_since(day: date, figure: Figure, inputs: _Inputs) -> Amount:
    start = date.fromisoformat(figure.value)
    years = day.year - start.year
    years -= add(start, _YEAR, years) > day
    inputs.changes.append(add(start, _YEAR, years + 1))
    return Amount(Decimal(max(0, years)))


def _from_events(ground: Ground, entity: str, source: EventsInput, inputs: _Inputs) -> Amount:
    window = Window(subtract(ground.day, source.within), ground.day, source.within, rolling=True)
    inputs.attested.append(judge_attested(ground, source.kind, "entity", window, entity, Renewal()))
    on_record = ground.snapshot.events.get((source.kind, entity), ())
    inputs.changes += [day for event in on_record for day in (event.on, window.leaves(event.on))]
    events = [event for event in on_record if window.start <= event.on <= window.end]
    inputs.facts += [event.key for event in events]
    if source.above is not None:
        floor = Amount(source.above.amount, source.above.currency)
        events = [event for event in events if _is_above(_amount(event.amount, source.kind), floor)]
    if source.take is Take.COUNT:
        return Amount(Decimal(len(events)))
    amounts = [_amount(event.amount, source.kind) for event in events]
    if not amounts:
        return Amount(Decimal(0), None)
    return _fold("max" if source.take is Take.MAX else "+", amounts)


def _is_above(amount: Amount, floor: Amount) -> bool:
    amount.agreeing(floor)
    return amount.number > floor.number


def _amount(text: str, kind: str) -> Amount:
    if not text:
        raise _Unsaid("amount-missing", kind)
    money = read_money(text)
    return Amount(money.amount, money.currency)


def _evaluate(expression: Expression, names: Mapping[str, Amount]) -> Amount:
    match expression:
        case Name(name):
            return names[name]
        case Number(value):
            return Amount(value)
        case Operation(op, operands):
            return _fold(op, [_evaluate(operand, names) for operand in operands])


def _fold(op: str, amounts: list[Amount]) -> Amount:
    first, *others = amounts
    for other in others:
        first = _apply(op, first, other)
    return first


def _apply(op: str, left: Amount, right: Amount) -> Amount:
    match op:
        case "+":
            return Amount(left.number + right.number, left.agreeing(right))
        case "-":
            return Amount(left.number - right.number, left.agreeing(right))
        case "max":
            return Amount(max(left.number, right.number), left.agreeing(right))
        case "min":
            return Amount(min(left.number, right.number), left.agreeing(right))
        case "*":
            if left.currency and right.currency:
                raise _Unsaid("units-differ")
            return Amount(left.number * right.number, left.currency or right.currency)
        case _:
            return _divide(left, right)


def _divide(left: Amount, right: Amount) -> Amount:
    """Money by money is a plain number, money by a number money; a number by money says nothing."""
    if right.currency and left.currency not in (right.currency, None):
        raise _Unsaid("units-differ")
    try:
        number = left.number / right.number
    except (DivisionByZero, InvalidOperation):
        raise _Unsaid("division-by-zero") from None
    return Amount(number, "" if right.currency else left.currency)


def _held_against(need: MeasureNeed, value: Amount) -> tuple[Standing, str]:
    low, high = _limit(need.at_least), _limit(need.at_most)
    for limit in (low, high):
        if limit is not None:
            value.agreeing(limit)
    if (low is not None and value.number < low.number) or (high is not None and value.number > high.number):
        return UNMET, "outside-limit"
    return MET, "within-limit"


def _limit(limit: Decimal | Money | Percent | None) -> Amount | None:
    match limit:
        case Money():
            return Amount(limit.amount, limit.currency)
        case Percent():
            return Amount(limit.value / _HUNDRED)
        case Decimal():
            return Amount(limit)
        case _:
            return None


def _written(value: Amount) -> str:
    with localcontext(prec=400):
        rounded = value.number.quantize(Decimal("0.000001")).normalize()
    return f"{rounded:f} {value.currency}" if value.currency else f"{rounded:f}"


def _figure_title(ground: Ground, name: str) -> str:
    term = ground.catalogue.terms.figures.get(name)
    return (term.title if term else "") or name.replace("-", " ")
