"""Reads measures: numbers computed from figures and events, within limits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from safeconduct.catalogue.bounds import duration
from safeconduct.catalogue.expression import (
    DATE,
    MONEY,
    NUMBER,
    PERCENT,
    BadExpressionError,
    names_in,
    read_expression,
    unit_of,
)
from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import MapNode, Node
from safeconduct.catalogue.need_words import Ask
from safeconduct.core.quantities import Money, Percent, read_money, read_number, read_percent
from safeconduct.core.records.needs import (
    EventsInput,
    Expression,
    FigureInput,
    MeasureInput,
    MeasureNeed,
    Take,
    YearsSinceInput,
)

MEASURE_FIELDS = ("let", "value", "at_least", "at_most")
INPUT_FIELDS = ("figure", "events", "within", "take", "above", "years_since")
_LIMITS: dict[str, Callable[[str], Decimal | Money | Percent]] = {
    MONEY: read_money,
    NUMBER: read_number,
    PERCENT: read_percent,
}


def read_measure(node: Node, field: str, ask: Ask) -> MeasureNeed | None:
    """A measure; None after a refusal."""
    fields = Fields(node, field, ask.refusing, required=MEASURE_FIELDS[:2], optional=MEASURE_FIELDS[2:])
    if not isinstance(node, MapNode):
        return None
    let, units = _read_let(fields, ask)
    value = _read_value(fields, tuple(units))
    if "at_least" not in fields and "at_most" not in fields:
        fields.refuse("", "A measure without a limit asks nothing.", do="Add `at_least: …` or `at_most: …`.")
    if value is None or "" in units.values():
        return None
    unit = _unit(fields, value, units)
    if not unit:
        return None
    least, most = _read_limit(fields, "at_least", unit), _read_limit(fields, "at_most", unit)
    return MeasureNeed(let=let, value=value, text=fields.text("value"), at_least=least, at_most=most)


def _read_let(fields: Fields, ask: Ask) -> tuple[tuple[tuple[str, MeasureInput], ...], dict[str, str]]:
    """The inputs by name, and the unit of each name (empty when its input was refused)."""
    let: list[tuple[str, MeasureInput]] = []
    units: dict[str, str] = {}
    for key, value, path in fields.entries("let"):
        found = _read_input(Fields(value, path, ask.refusing, optional=INPUT_FIELDS), ask)
        units[key.text] = found[1] if found else ""
        if found:
            let.append((key.text, found[0]))
    return tuple(let), units


def _read_input(fields: Fields, ask: Ask) -> tuple[MeasureInput, str] | None:
    kinds = [name for name in ("figure", "events", "years_since") if name in fields]
    if len(kinds) != 1:
        what = f"An input draws on exactly one source; this one has {len(kinds)}."
        fields.refuse("", what, do="Keep one of figure, events, years_since.")
        return None
    if kinds[0] == "events":
        return _read_events(fields, ask)
    figure = fields.word(kinds[0], ask.words.terms.figures, "figure")
    if not figure:
        return None
    unit = ask.words.terms.figures[figure].unit
    if kinds[0] == "figure":
        return FigureInput(figure), unit
    if unit != DATE:
        fields.refuse("years_since", f"The figure {figure!r} is no day.", do="Name a figure whose unit is date.")
        return None
    return YearsSinceInput(figure), NUMBER


def _read_events(fields: Fields, ask: Ask) -> tuple[MeasureInput, str] | None:
    kind = fields.word("events", ask.words.terms.events, "event kind")
    for name in ("within", "take"):
        if name not in fields:
            fields.refuse("", f"The field {name!r} is missing.", do=f"Add `{name}: …`.")
    take = fields.word("take", [take.value for take in Take], "way to take events")
    within = duration(fields.at("within"), fields.path("within"), fields.refusing) if "within" in fields else None
    if not (kind and take and within):
        return None
    if not ask.words.terms.events[kind].amount:
        if take != Take.COUNT:
            what = f"Events of kind {kind!r} carry no amount, so `take: {take}` has nothing to take."
            fields.refuse("take", what, do="Write `take: count`.")
            return None
        if "above" in fields:
            fields.refuse("above", f"Events of kind {kind!r} carry no amount to compare.", do="Remove `above`.")
    above = _read_money(fields, "above")
    return EventsInput(kind, within, Take(take), above), NUMBER if take == Take.COUNT else MONEY


def _read_money(fields: Fields, name: str) -> Money | None:
    text = fields.text(name)
    if not text:
        return None
    try:
        return read_money(text)
    except ValueError as error:
        fields.refuse(name, f"{error}.", do="Write an amount with its currency.")
        return None


def _read_value(fields: Fields, names: tuple[str, ...]) -> Expression | None:
    text = fields.text("value")
    if not text:
        return None
    try:
        value = read_expression(text)
    except BadExpressionError as error:
        fields.refuse("value", str(error), do="Write names of `let`, numbers, + - * /, brackets, max(,) and min(,).")
        return None
    used = names_in(value)
    unknown = [name for name in used if name not in names]
    for name in unknown:
        what = f"The value uses {name!r}, which `let` does not name."
        fields.refuse("value", what, do=f"Name it in `let`; known: {', '.join(names) or 'none'}.")
    for name in names:
        if name not in used:
            fields.refuse("let", f"`let` names {name!r}, which the value does not use.", do="Remove it.")
    return None if unknown else value


def _unit(fields: Fields, value: Expression, units: dict[str, str]) -> str:
    try:
        unit = unit_of(value, units)
    except BadExpressionError as error:
        fields.refuse("value", str(error), do="Reckon money with money, and numbers with numbers.")
        return ""
    if unit == DATE:
        fields.refuse("value", "A day has no limit.", do="Use `years_since` for it.")
        return ""
    return unit


def _read_limit(fields: Fields, name: str, unit: str) -> Decimal | Money | Percent | None:
    text = fields.text(name)
    if not text:
        return None
    try:
        return _LIMITS[unit](text)
    except ValueError as error:
        fields.refuse(name, f"{error}.", why=f"The value is in {unit}.", do="Write the limit in that unit.")
        return None
