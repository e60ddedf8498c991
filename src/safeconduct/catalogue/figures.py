"""Reads published figures about threats, and the arithmetic they must keep.

Figures of one publication stand in a group, which says for all of them what they share; a figure may say it otherwise.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

from safeconduct.catalogue.expression import BadExpressionError, names_in, read_expression
from safeconduct.catalogue.fields import Fields, entries, refuse_word
from safeconduct.catalogue.keyed import Seen, keyed
from safeconduct.catalogue.marked import MapNode, Node, Refusing, ScalarNode
from safeconduct.catalogue.sources import read_source
from safeconduct.core.provenance import Source
from safeconduct.core.records.needs import Expression, Name, Number
from safeconduct.core.records.threats import Exposure, Figure, Identity, Measured, Precision

SHARED = ("region", "population", "period", "exposure", "source")
GROUP_REQUIRED = ("title", "figures")
REQUIRED = ("title", "value", "unit", "measured", "counts")
OPTIONAL = ("precision", "note", *SHARED)
EXPOSURE_FIELDS = ("count", "of")
IDENTITY_REQUIRED = ("says", "let", "value", "equals", "within")
COUNTED_UNITS = (
    "incidents",
    "cases",
    "seizures",
    "persons",
    "containers",
    "ships",
    "devices",
    "items",
    "days",
)
UNITS = (
    *COUNTED_UNITS,
    "percent",
    "tonnes",
    "kilograms",
    "grams",
    "EUR",
    "USD",
    "EUR-per-day",
    "USD-per-day",
    "barrels-per-day",
    "ships-per-day",
    "TEU",
)
UNKNOWN, NOT_STATED = "unknown", "not-stated"
_NUMBER = re.compile(r"^F\d+$")
_PERIOD = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class Period(NamedTuple):
    """First and last day; both None where the source names no time."""

    since: date | None
    until: date | None


def read_figures(node: Node, refusing: Refusing, seen: Seen) -> dict[str, Figure]:
    """The figures of a file, group by group. What is refused is left out, so that reading can go on."""
    found: dict[str, Figure] = {}
    for number, value, path in entries(node, "", refusing):
        if not _NUMBER.match(number.text):
            refusing.refuse(number, path, f"{number.text!r} is no number of a group.", do="Write F and digits: F1.")
        group = Fields(value, path, refusing, required=GROUP_REQUIRED, optional=SHARED)
        if "figures" not in group:
            continue
        for key, entry, at in keyed(group.at("figures"), refusing, seen, group.path("figures")):
            fields = Fields(entry, at, refusing, required=REQUIRED, optional=OPTIONAL)
            figure = _read_figure(key.text, number.text, fields, group)
            if figure is not None:
                found[key.text] = figure
    return found


def _read_figure(key: str, number: str, fields: Fields, group: Fields) -> Figure | None:
    shared = {name: fields if name in fields else group for name in SHARED}
    for name in SHARED:
        if name not in shared[name]:
            why = "Without it nobody can tell what the number says."
            fields.refuse(name, f"Neither the figure nor its group says {name!r}.", why=why, do=f"Add `{name}: …`.")
    value, source = fields.any_number("value"), _read_source(shared["source"])
    measured = fields.choice("measured", Measured, Measured.COUNT)
    unit = fields.word("unit", UNITS, "unit")
    period = read_period(shared["period"])
    exposure = _read_exposure(shared["exposure"])
    if value is None or source is None:
        return None
    _refuse_misfit(fields, measured, unit, value)
    return Figure(
        key=key,
        number=number,
        group=group.text("title"),
        title=fields.text("title"),
        value=value,
        unit=unit,
        measured=measured,
        region=shared["region"].text("region"),
        population=shared["population"].text("population"),
        counts=fields.text("counts"),
        source=source,
        since=period.since,
        until=period.until,
        precision=fields.choice("precision", Precision, Precision.EXACT),
        exposure=exposure,
        note=fields.text("note"),
    )


def _read_source(fields: Fields) -> Source | None:
    return read_source(fields.at("source"), fields.path("source"), fields.refusing) if "source" in fields else None


def _refuse_misfit(fields: Fields, measured: Measured, unit: str, value: Decimal) -> None:
    if (measured in (Measured.SHARE, Measured.CHANGE)) != (unit == "percent"):
        what = f"A {measured.value} is not told in {unit or 'no unit'}."
        fields.refuse("unit", what, do="Write `percent` for a share or a change, and for nothing else.")
    if measured is Measured.SHARE and not 0 <= value <= 100:
        fields.refuse("value", f"{value} percent is no share.", why="A share lies from 0 to 100 percent.")
    if measured is not Measured.CHANGE and value < 0:
        fields.refuse("value", f"{value} is below nothing.", do="Only a change may fall below nothing.")
    if measured in (Measured.COUNT, Measured.VALUED_COUNT) and value != value.to_integral_value():
        fields.refuse("value", f"{value} is no number of things.", why=f"It is called a {measured.value}.")


def read_period(fields: Fields) -> Period:
    """The period of a figure: a year, a month, a day, two of them joined by .., or not-stated."""
    text = fields.text("period")
    if text in ("", NOT_STATED):
        return Period(None, None)
    first, _, last = text.partition("..")
    since, until = _edge(first, last=False), _edge(last or first, last=True)
    if since is None or until is None:
        do = "Write 2019, 2020-01, 2010-10-29, 2018..2019, or not-stated."
        fields.refuse("period", f"{text!r} is no period.", do=do)
    elif until < since:
        fields.refuse("period", f"The period ends {until}, before it starts {since}.", do="Swap the two.")
    return Period(since, until)


def _edge(text: str, *, last: bool) -> date | None:
    """The first or the last day of a year, a month or a day."""
    match = _PERIOD.match(text.strip())
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    try:
        whole = calendar.monthrange(year, month)[1]
        return date(year, month, int(match[3] or (whole if last else 1)))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _read_exposure(fields: Fields) -> Exposure | None:
    """How many could have been hit; None where it is written as unknown, or refused."""
    node = fields.node_of("exposure")
    if node is None or (isinstance(node, ScalarNode) and node.text == UNKNOWN):
        return None
    if not isinstance(node, MapNode):
        fields.refuse("exposure", "This is no exposure.", do="Write unknown, or {count: 1200, of: site-years}.")
        return None
    inner = Fields(node, fields.path("exposure"), fields.refusing, required=EXPOSURE_FIELDS)
    count, of = inner.any_number("count"), inner.text("of")
    if count is not None and count <= 0:
        inner.refuse("count", f"{count} of something is no exposure.", do="Write how many there were, or unknown.")
        return None
    return Exposure(count, of) if count is not None and of else None


def read_identities(node: Node, refusing: Refusing, seen: Seen, figures: Mapping[str, Figure]) -> dict[str, Identity]:
    """The identities of a file; one whose figures do not keep it is refused."""
    found: dict[str, Identity] = {}
    for key, value, path in keyed(node, refusing, seen):
        fields = Fields(value, path, refusing, required=IDENTITY_REQUIRED)
        identity = _read_identity(key.text, fields, figures)
        if identity is not None:
            _refuse_broken(fields, identity, figures)
            found[key.text] = identity
    return found


def _read_identity(key: str, fields: Fields, figures: Mapping[str, Figure]) -> Identity | None:
    named: dict[str, str] = {}
    for name, node, path in fields.entries("let"):
        figure = node.text if isinstance(node, ScalarNode) else ""
        if figure in figures:
            named[name.text] = figure
        else:
            refuse_word(node, path, fields.refusing, figure, figures, "figure")
    expression = _read_value(fields, named)
    equals, within = fields.any_number("equals"), fields.any_number("within")
    if expression is None or equals is None or within is None:
        return None
    return Identity(key, fields.text("says"), named, expression, equals, within)


def _read_value(fields: Fields, named: Mapping[str, str]) -> Expression | None:
    """The expression; None after a refusal, also where a name of `let` is missing or was refused."""
    text = fields.text("value")
    if not text:
        return None
    try:
        expression = read_expression(text)
    except BadExpressionError as error:
        fields.refuse("value", str(error), do="Write names of `let`, numbers, + - * / and brackets.")
        return None
    let = [key.text for key, _, _ in fields.entries("let")]
    for name in names_in(expression):
        if name not in let:
            refuse_word(fields.at("value"), fields.path("value"), fields.refusing, name, let, "name in `let`")
    return expression if all(name in named for name in names_in(expression)) else None


def _refuse_broken(fields: Fields, identity: Identity, figures: Mapping[str, Figure]) -> None:
    values = {name: figures[key].value for name, key in identity.figures.items()}
    try:
        found = value_of(identity.value, values)
    except (DivisionByZero, InvalidOperation):
        fields.refuse("value", "It divides by nothing.", do="Correct the expression or the figure.")
        return
    if abs(found - identity.equals) > identity.within:
        what = f"The figures come to {found.normalize():f}, not to {identity.equals} within {identity.within}."
        fields.refuse("equals", what, why=identity.says, do="One of the figures was taken down wrongly: look it up.")


def value_of(expression: Expression, values: Mapping[str, Decimal]) -> Decimal:
    """What an expression over named numbers comes to. Raises decimal.DivisionByZero or InvalidOperation."""
    if isinstance(expression, Name):
        return values[expression.name]
    if isinstance(expression, Number):
        return expression.value
    first, *others = (value_of(part, values) for part in expression.operands)
    match expression.op:
        case "+":
            return first + sum(others)
        case "-":
            return first - sum(others)
        case "*":
            return first * others[0]
        case "/":
            return first / others[0]
        case "max":
            return max(first, *others)
        case _:
            return min(first, *others)
