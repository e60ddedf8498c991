"""The value of a measure: names, numbers, + - * /, brackets, max() and min(), read by a grammar of our own.

Nothing of it is ever handed to Python to run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from safeconduct.core.records.needs import Expression, Name, Number, Operation

FUNCTIONS = ("max", "min")
NUMBER, MONEY, PERCENT, DATE = "number", "money", "percent", "date"
_LONGEST, _DEEPEST = 500, 40
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*/(),]))")
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}


class BadExpressionError(ValueError):
    """A value that is no expression; its text is a sentence for the author."""


def read_expression(text: str) -> Expression:
    """The tree of an expression; BadExpressionError with a sentence when it does not fit the grammar.

    >>> write_expression(read_expression("(a + b) / max(c, 1)"))
    '(a + b) / max(c, 1)'
    """
    if len(text) > _LONGEST:
        raise BadExpressionError(f"The expression is longer than {_LONGEST} characters.")
    parser = _Parser(_tokens(text))
    tree = parser.sum()
    if parser.rest:
        raise BadExpressionError(f"{parser.rest[0]!r} is not expected after a finished expression.")
    return tree


def names_in(expression: Expression) -> tuple[str, ...]:
    """The names an expression uses, each once, in order."""
    match expression:
        case Name(name):
            return (name,)
        case Number():
            return ()
        case Operation(_, operands):
            return tuple(dict.fromkeys(name for part in operands for name in names_in(part)))


def unit_of(expression: Expression, units: Mapping[str, str]) -> str:
    """The unit of an expression's result, from the units of its names; BadExpressionError where units clash.

    Money by money is a number; money by a number stays money; a sum, max or min needs one unit throughout.
    """
    match expression:
        case Name(name):
            return units[name]
        case Number():
            return NUMBER
        case Operation(op, operands):
            return _joint_unit(op, [unit_of(part, units) for part in operands])


def _joint_unit(op: str, units: list[str]) -> str:
    if DATE in units:
        raise BadExpressionError("A day cannot be reckoned with; use `years_since` for it.")
    if op == "/":
        if units[0] == units[1]:
            return NUMBER
        if units[1] == NUMBER:
            return units[0]
    elif op == "*":
        if NUMBER in units:
            return units[0] if units[1] == NUMBER else units[1]
    elif len(set(units)) == 1:
        return units[0]
    raise BadExpressionError(f"Units do not agree: {' and '.join(dict.fromkeys(units))} cannot be joined by {op}.")


def write_expression(expression: Expression) -> str:
    """The expression as text, with no bracket more than it needs."""
    return _write(expression, 0)


def _write(expression: Expression, around: int) -> str:
    match expression:
        case Name(name):
            return name
        case Number(value):
            return format(value, "f")
        case Operation(op, operands) if op in FUNCTIONS:
            return f"{op}({', '.join(_write(part, 0) for part in operands)})"
        case Operation(op, (left, right)):
            binding = _BINDING[op]
            text = f"{_write(left, binding)} {op} {_write(right, binding + 1)}"
            return f"({text})" if binding < around else text
        case Operation(op, operands):
            raise ValueError(f"{op} takes two sides, not {len(operands)}")


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadExpressionError(f"{text[at:].strip()[0]!r} has no place in an expression.")
        tokens.append(match.group().strip())
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens that are left."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens
        self.depth = 0

    def sum(self) -> Expression:
        """Terms joined by + and -."""
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Expression:
        return self._chain(("*", "/"), self._atom)

    def _chain(self, signs: tuple[str, ...], side: Callable[[], Expression]) -> Expression:
        left = side()
        while self.rest and self.rest[0] in signs:
            left = Operation(self.rest.pop(0), (left, side()))
        return left

    def _atom(self) -> Expression:
        word = self._next()
        if word == "(":
            return self._bracketed()[0]
        if word[0].isdigit():
            return Number(Decimal(word))
        if not (word[0].isalpha() or word[0] == "_"):
            return self._stop(word)
        if self.rest[:1] != ["("]:
            return Name(word)
        if word not in FUNCTIONS:
            raise BadExpressionError(f"There is no function {word!r}; only max and min are known.")
        self.rest.pop(0)
        return Operation(word, tuple(self._bracketed(several=True)))

    def _bracketed(self, *, several: bool = False) -> list[Expression]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadExpressionError(f"The expression nests deeper than {_DEEPEST} brackets.")
        parts = [self.sum()]
        while several and self.rest[:1] == [","]:
            self.rest.pop(0)
            parts.append(self.sum())
        if self._next() != ")":
            raise BadExpressionError("A bracket is not closed.")
        self.depth -= 1
        return parts

    def _next(self) -> str:
        if not self.rest:
            raise BadExpressionError("The expression ends too early.")
        return self.rest.pop(0)

    def _stop(self, token: str) -> Expression:
        raise BadExpressionError(f"{token!r} is not expected here.")
