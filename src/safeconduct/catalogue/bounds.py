"""Reads bounds on parameters: the operator fits the kind, the value fits the unit, the grade is the weaker one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from safeconduct.catalogue.controls import NUMERIC
from safeconduct.catalogue.fields import Fields, scalar
from safeconduct.catalogue.marked import MapNode, Node, Refusing, ScalarNode, kind_of
from safeconduct.catalogue.need_words import Ask
from safeconduct.core.dates import Duration, compare_durations
from safeconduct.core.quantities import Money, ParameterKind, Percent, Value, read_duration, read_percent, read_value
from safeconduct.core.records.catalogue import Parameter
from safeconduct.core.records.needs import Bound, Op, Renewal

OPERATORS = (Op.AT_LEAST, Op.AT_MOST, Op.ONE_OF, Op.INCLUDES)
BOUND_FIELDS = (*(op.value for op in OPERATORS), "partly_at", "own")
_ARTICLE = {ParameterKind.ORDER: "an order"}


def read_bound(node: Node, field: str, ask: Ask, parameter: Parameter) -> Bound | None:
    """The bound a need sets on a parameter; None after a refusal."""
    if isinstance(node, ScalarNode):
        return _read_flag(node, field, ask, parameter)
    fields = Fields(node, field, ask.refusing, optional=BOUND_FIELDS)
    if not isinstance(node, MapNode):
        return None
    if "own" in fields:
        return _read_own(fields, ask, parameter)
    ops = [op for op in OPERATORS if op.value in fields]
    if len(ops) != 1:
        what = f"A bound has exactly one operator; this one has {len(ops)}."
        fields.refuse("", what, do=f"Keep one of {_listed(_fitting(parameter, ask))}.")
        return None
    if not _fits(fields, ops[0].value, ops[0], ask, parameter):
        return None
    return _read_graded(fields, ops[0], ask, parameter)


def read_renewal(node: Node, field: str, refusing: Refusing) -> Renewal | None:
    """How old something may be: `{at_most: 12 months}`, or `{own: at_most}`; None after a refusal."""
    fields = Fields(node, field, refusing, optional=("at_most", "own"))
    if not isinstance(node, MapNode):
        return None
    if ("own" in fields) == ("at_most" in fields):
        fields.refuse(
            "", "Either the issuer's number or the own one is meant.", do="Write {at_most: …} or {own: at_most}."
        )
        return None
    if "own" in fields:
        return Renewal() if fields.word("own", (Op.AT_MOST.value,), "direction of `own`") else None
    limit = duration(fields.at("at_most"), fields.path("at_most"), refusing)
    return None if limit is None else Renewal(limit)


def duration(node: Node, field: str, refusing: Refusing) -> Duration | None:
    """A length of time above nothing; None after a refusal."""
    text = scalar(node, field, refusing)
    if text is None:
        return None
    try:
        found = read_duration(text)
    except ValueError as error:
        refusing.refuse(
            node, field, f"{_sentence(error)}", do="Write a number and hours, days, weeks, months or years."
        )
        return None
    if found.count == 0:
        refusing.refuse(node, field, "A length of nothing covers no day.", do="Write at least 1 days.")
        return None
    return found


def read_share(node: Node, field: str, ask: Ask) -> Bound | None:
    """The conforming share an issuer asks of events: `{at_least: 95 %}`; None after a refusal."""
    fields = Fields(node, field, ask.refusing, required=("at_least",))
    text = fields.text("at_least")
    if not text:
        return None
    try:
        return Bound(Op.AT_LEAST, read_percent(text))
    except ValueError as error:
        fields.refuse("at_least", _sentence(error), why="A share is a percentage.", do="Write for example 100 %.")
        return None


def _read_flag(node: ScalarNode, field: str, ask: Ask, parameter: Parameter) -> Bound | None:
    if parameter.kind is ParameterKind.FLAG and node.text == "yes":
        return Bound(Op.YES, value=True)
    what = f"{kind_of(node).capitalize()} is no bound for {parameter.key!r}, {_kind(parameter)}."
    ask.refuse(node, field, what, do=f"Write {_listed(_fitting(parameter, ask))}.")
    return None


def _read_own(fields: Fields, ask: Ask, parameter: Parameter) -> Bound | None:
    if isinstance(fields.node, MapNode) and len(fields.node) > 1:
        fields.refuse("own", "An own bound has no number of the issuer beside it.", do="Keep `own` or the number.")
        return None
    node = fields.at("own")
    if isinstance(node, ScalarNode) and node.text in ("", "yes"):
        why = "Without a direction nobody can tell which own number is good enough."
        fields.refuse("own", "`own` says no direction.", why=why, do="Write {own: at_least}, at_most or includes.")
        return None
    word = fields.word("own", (Op.AT_LEAST, Op.AT_MOST, Op.INCLUDES), "direction of `own`")
    if not word or not _fits(fields, "own", Op(word), ask, parameter):
        return None
    return Bound(Op(word), own=True)


def _fitting(parameter: Parameter, ask: Ask) -> tuple[Op, ...]:
    """The operators a parameter takes; a limit programme may bound it from the other side too."""
    both = ask.words.limit
    match parameter.kind:
        case ParameterKind.FLAG:
            return (Op.YES,)
        case ParameterKind.CHOICE:
            return (Op.ONE_OF,)
        case ParameterKind.SET:
            return (Op.INCLUDES,)
        case ParameterKind.ORDER:
            return (Op.AT_LEAST, Op.AT_MOST, Op.ONE_OF) if both else (Op.AT_LEAST, Op.ONE_OF)
        case _ if both:
            return (Op.AT_LEAST, Op.AT_MOST)
        case _:
            return (Op.AT_MOST,) if parameter.better == "less" else (Op.AT_LEAST,)


def _fits(fields: Fields, name: str, op: Op, ask: Ask, parameter: Parameter) -> bool:
    fitting = _fitting(parameter, ask)
    if op in fitting:
        return True
    sides = (Op.AT_LEAST, Op.AT_MOST)
    if op in sides and set(sides) & set(fitting):
        better = parameter.better or "later in its list"
        what = f"`{op.value}` bounds {parameter.key!r} on the wrong side: {better} is better."
        why = "Only a limit programme bounds the better side."
    else:
        what, why = f"`{op.value}` does not fit {parameter.key!r}, {_kind(parameter)}.", ""
    fields.refuse(name, what, why=why, do=f"Write {_listed(fitting)}.")
    return False


def _read_graded(fields: Fields, op: Op, ask: Ask, parameter: Parameter) -> Bound | None:
    name = op.value
    if op in (Op.ONE_OF, Op.INCLUDES):
        if "partly_at" in fields:
            fields.refuse("partly_at", "Only at_least and at_most can be graded.", do="Remove `partly_at`.")
        return Bound(op, _read_words(fields, name, ask, parameter))
    value = _read_value(fields, name, ask, parameter)
    if value is None:
        return None
    grade = _read_value(fields, "partly_at", ask, parameter) if "partly_at" in fields else None
    if grade is not None and not _weaker(op, value, grade, _order(ask, parameter)):
        what = f"`partly_at: {fields.text('partly_at')}` is not weaker than its bound {fields.text(name)!r}."
        fields.refuse("partly_at", what, why="It is the issuer's lower grade.", do="Swap the two or remove it.")
        return None
    return Bound(op, value, partly_at=grade)


def _read_words(fields: Fields, name: str, ask: Ask, parameter: Parameter) -> frozenset[str]:
    known = parameter.words if parameter.kind is ParameterKind.CHOICE else _order(ask, parameter)
    kind = f"element of {parameter.terms!r}" if parameter.terms else f"word of {parameter.key!r}"
    found = frozenset(fields.known_words(name, known, kind))
    if fields.is_empty_list(name):
        fields.refuse(name, "An empty list asks nothing.", do="Name what is asked, or remove the bound.")
    return found


def _read_value(fields: Fields, name: str, ask: Ask, parameter: Parameter) -> Value | None:
    if parameter.kind is ParameterKind.ORDER:
        return fields.word(name, _order(ask, parameter), f"element of {parameter.terms!r}") or None
    text = fields.text(name)
    if not text:
        return None
    try:
        return read_value(parameter.kind, text)
    except ValueError as error:
        why = f"{parameter.key!r} is {_kind(parameter)}."
        fields.refuse(name, _sentence(error), why=why, do="Write it in that unit.")
        return None


def _order(ask: Ask, parameter: Parameter) -> tuple[str, ...]:
    found = ask.words.terms.lists.get(parameter.terms)
    return found.elements if found else ()


def _weaker(op: Op, bound: Value, grade: Value, order: tuple[str, ...]) -> bool:
    """Whether the grade asks less than the bound, for certain."""
    difference = _compare(grade, bound, order)
    return difference is not None and (difference < 0 if op is Op.AT_LEAST else difference > 0)


def _compare(left: Value, right: Value, order: tuple[str, ...]) -> int | None:
    match left, right:
        case Duration(), Duration():
            return compare_durations(left, right)
        case Money(amount, currency), Money(other, other_currency):
            return _sign(amount, other) if currency == other_currency else None
        case Percent(value), Percent(other):
            return _sign(value, other)
        case Decimal(), Decimal():
            return _sign(left, right)
        case str(), str():
            return _sign(Decimal(order.index(left)), Decimal(order.index(right)))
        case _:
            return None


def _sign(left: Decimal, right: Decimal) -> int:
    return (left > right) - (left < right)


def _kind(parameter: Parameter) -> str:
    name = _ARTICLE.get(parameter.kind, f"a {parameter.kind.value}")
    if parameter.kind in NUMERIC:
        return f"{name} of which {parameter.better or 'neither side'} is better"
    return name


def _listed(ops: Iterable[Op]) -> str:
    return " or ".join("`yes`" if op is Op.YES else f"{{{op.value}: …}}" for op in ops)


def _sentence(error: ValueError) -> str:
    return f"{error}."
