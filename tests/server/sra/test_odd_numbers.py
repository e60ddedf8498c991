"""Odd addresses and odd numbers: every page of risk in numbers answers, and says what it can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from safeconduct.core.records.risk import CommonCause, Hit, Range, Treatment, Way
from tests.server.posture.pages import text_of, verdict_of
from tests.server.sra.stage import JUNE, play, world

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
PAGES = ("year", "worth", "what-if", "days", "worth/?which=would-help", "worth/?which=planned")
NAMES = ("place", "risk", "check", "which", "at", "with", "without", "since", "sort", "page", "q", "closes")
VALUES = ("", "%00", "-1", "9" * 400, "@", "@@", "a@b", "%F0%9F%9A%A2", "=1+1", "<script>", "../..", "2026-13-01")


@pytest.mark.parametrize("page", ["year", "worth", "what-if", "days"])
def test_odd_addresses_are_answered(sven: Client, page: str) -> None:
    for value in VALUES:
        asked = "&".join(f"{name}={value}" for name in NAMES)
        answer = sven.get(f"/risk/{page}/?{asked}")
        assert answer.status_code == 200, value
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("page", ["year", "worth", "what-if", "days"])
def test_an_assessment_that_is_not_there_is_not_found(sven: Client, page: str) -> None:
    assert sven.get(f"/risk/{page}/?assessment=nothing").status_code == 404


def test_very_many_ticks_are_cut(sven: Client) -> None:
    asked = "&".join(f"with=cctv@{unit}" for unit in ["yard", "shed"] * 500)
    assert sven.get(f"/risk/what-if/?{asked}").status_code == 200


def shown(sven: Client) -> dict[str, str]:
    """The head of each page, and of the first one of risk."""
    for page in PAGES:
        text_of(sven, f"/risk/{page}" if "?" in page else f"/risk/{page}/")
    text_of(sven, "/risk/")
    return {page: verdict_of(sven, f"/risk/{page}/") for page in ("year", "worth", "what-if", "days")}


ODD: dict[str, dict[str, Any]] = {
    "fixed amounts": {"likelihood": Range(low="1", high="1"), "loss": Range(low="50000", high="50000")},
    "very rare": {"likelihood": Range(low="0.000001", high="0.000002"), "loss": Range(low="1", high="2")},
    "very often": {"likelihood": Range(low="20000", high="30000"), "loss": Range(low="0.01", high="0.02")},
    "very dear": {"likelihood": Range(low="0.1", high="0.2"), "loss": Range(low="100000000", high="90000000000000")},
    "hardly known": {"likelihood": Range(low="0.0001", high="90"), "loss": Range(low="1", high="900000")},
}


@pytest.mark.parametrize("numbers", ODD.values(), ids=ODD)
def test_odd_numbers_are_drawn_and_told(staged: Viewer, sven: Client, numbers: dict[str, Any]) -> None:
    facts = world()
    play(staged, replace(facts, risks=tuple(one if one.excluded else replace(one, **numbers) for one in facts.risks)))
    heads = shown(sven)
    assert "costs more than" in heads["year"] or "cost nothing" in heads["year"]
    html = sven.get("/risk/year/").content.decode()
    assert 'class="curve wide-pic"' in html
    assert "nan" not in html.lower().replace("finance", "").replace("tenant", "").replace("maintenance", "")


def test_without_any_numbers_every_page_says_so(staged: Viewer, sven: Client) -> None:
    facts = world()
    grave = {"people": "lasting-harm-or-death"}
    bare = [
        one if one.excluded else replace(one, likelihood=None, loss=None, harm=None, grave=grave) for one in facts.risks
    ]
    play(staged, replace(facts, risks=tuple(bare)))
    assert shown(sven)["year"] == "No risk here has amounts yet."
    assert 'class="curve' not in sven.get("/risk/").content.decode()


def test_all_left_out_and_all_avoided_are_answered(staged: Viewer, sven: Client) -> None:
    facts = world()
    avoided = [
        Treatment(key=f"t-{one.key}", risk=one.key, way=Way.AVOID, decided=JUNE, due=JUNE, done=JUNE)
        for one in facts.risks
        if not one.excluded
    ]
    play(staged, replace(facts, treatments=tuple(avoided)))
    assert shown(sven)["year"].startswith("Nine years in ten cost nothing.")
    play(staged, replace(facts, risks=tuple(replace(one, excluded="Given up.") for one in facts.risks)))
    assert shown(sven)["year"] == "No risk here has amounts yet."


def test_a_common_cause_is_a_part_of_the_year_and_moves_with_what_is_tried(staged: Viewer, sven: Client) -> None:
    both = CommonCause(
        key="storm",
        title="A storm closes the port",
        assessment="sra",
        likelihood=Range(low="0.2", high="0.4"),
        hits=(Hit(risk="r-vehicle-yard", chance="0.5"), Hit(risk="r-vehicle-shed", chance="0.5")),
    )
    play(staged, replace(world(), common_causes=(both,)))
    assert "A storm closes the port strikes several at once" in text_of(sven, "/risk/year/")
    assert "All figures agree." in text_of(sven, "/risk/year/?check=1")
    assert "1 risk would move" in verdict_of(sven, "/risk/what-if/?without=gate-control@yard")
    shown(sven)
