"""Refused facts of the risk assessment: each at its line and field, in words, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.errors import Refusals
from safeconduct.facts import checks
from safeconduct.facts.reading import read
from tests.facts.checks.risk_cases import FINE, REFUSED, Case


@pytest.mark.parametrize("case", REFUSED, ids=lambda one: one.name)
def test_each_mistake_is_refused_at_its_line_with_what_to_do(case: Case) -> None:
    text, line = case.text()
    with pytest.raises(Refusals) as refused:
        read(text, load(), name="broken.yml")
    told = refused.value.refusals
    assert {one.code for one in told} == {case.code}, str(refused.value)
    assert {one.place.line for one in told} == {line}, str(refused.value)
    assert all(case.field in one.place.field for one in told), str(refused.value)
    assert all(case.do in one.do for one in told), str(refused.value)
    assert all(one.what for one in told)


@pytest.mark.parametrize("case", FINE, ids=lambda one: one.name)
def test_the_same_record_without_the_mistake_is_fine(case: Case) -> None:
    text, _line = case.text()
    facts = read(text, load())
    assert "new" in [one.key for one in facts.section(case.section)]


def test_every_code_of_the_rules_of_risk_has_its_case() -> None:
    rules = Path(checks.__file__).with_name("risk.py").read_text("utf-8")
    codes = set(re.findall(r'code="([a-z-]+)"', rules))
    assert codes - {one.code for one in REFUSED} == set()
