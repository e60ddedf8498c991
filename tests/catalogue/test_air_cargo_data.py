"""Spot checks of air cargo: which questions fail a known consignor outright, and whose approval they are about."""

from __future__ import annotations

from safeconduct.catalogue.loading import load
from safeconduct.core.records.catalogue import Obligation, RequirementKind, Rule

PROGRAMME = load().programmes["eu-air-cargo/2021"]
BOLD = {"3.1", "3.3", "3.4", "3.5", "3.6", "4.10", "5.6", "6.6", "7.2", "8.4", "9.2", "9.8"}
"""Bold questions of attachment 6-C; of 3.1 and 3.2 at least one, and 8A.1 is harmless."""


def test_the_bold_questions_are_decisive_and_nothing_else_is() -> None:
    decisive = {row.key for row in PROGRAMME.requirements if row.decisive}
    assert decisive == {f"eu-air-cargo/6-c-{number}" for number in BOLD}
    assert PROGRAMME.rule is Rule.DECISIVE_QUESTIONS


def test_decisive_rows_bind_known_consignors_only() -> None:
    for row in PROGRAMME.requirements:
        if row.decisive:
            assert row.variants == ("kc",)
            assert [word for _, word in row.obligation] == [Obligation.MUST]


def test_other_questions_of_the_checklist_are_answered_and_never_scored() -> None:
    for row in PROGRAMME.requirements:
        if row.chapter == "6-c" and not row.decisive and row.key != "eu-air-cargo/6-c-declaration":
            assert row.kind is RequirementKind.QUESTION
