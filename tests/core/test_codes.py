"""The codes of findings: every one that is used is in the table, every one in the table is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from safeconduct.core import codes
from safeconduct.core.codes import CODES
from safeconduct.core.judgement import Standing
from tools.write_codes import PAGE, page

CORE = Path(codes.__file__).parent
STANDINGS = {standing.name for standing in Standing}
# Calls whose argument at this place is a code.
TAKES_CODE = {"_Unsaid": 0, "_not_applicable": 1, "Binding": 1, "capped": 2}


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(CORE.rglob("*.py")):
        if path.name != "codes.py" and path.parent.name != "records":
            yield path.name, ast.parse(path.read_text("utf-8"))


def texts(node: ast.AST) -> Iterator[str]:
    """The words an expression may come to: a word, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def is_standing(node: ast.AST) -> bool:
    if isinstance(node, ast.IfExp):
        return is_standing(node.body)
    return isinstance(node, ast.Name) and node.id in STANDINGS


def said(node: ast.AST) -> Iterator[str]:
    """Codes at the places where findings get theirs: after a standing, by name, or in a call that takes one."""
    if isinstance(node, ast.Tuple | ast.Call):
        items = node.elts if isinstance(node, ast.Tuple) else node.args
        for first, second in pairwise(items):
            if is_standing(first):
                yield from texts(second)
    if isinstance(node, ast.keyword) and node.arg == "code":
        yield from texts(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TAKES_CODE:
        yield from (text for item in node.args[TAKES_CODE[node.func.id] :][:1] for text in texts(item))


# Codes of refusals, which are no findings.
REFUSALS = {
    "refused",
    "period-upside-down",
    "changed-meanwhile",
    "range-not-positive",
    "range-upside-down",
    "range-too-wide",
    "exposure-missing",
    "years-out-of-range",
}


def test_every_code_that_is_said_is_in_the_table() -> None:
    found = {(name, code) for name, tree in trees() for node in ast.walk(tree) for code in said(node)}
    assert len(found) > 80
    assert {(name, code) for name, code in found if code not in CODES and code not in REFUSALS} == set()


def test_every_code_in_the_table_is_said_somewhere() -> None:
    words = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(CODES) - words == set()


def test_the_page_of_codes_is_current() -> None:
    assert page() == PAGE.read_text("utf-8"), "Run `python tools/write_codes.py`."


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_it_is_and_what_mends_it(code: str) -> None:
    told = CODES[code]
    assert told.nature in ("", "work", "paper", "time", "catalogue")
    assert told.sentence.endswith((".", "{why}"))
    assert bool(told.deed) == bool(told.nature) or code == "role-unknown"
