"""What only a person can say: catalogue language, sections 7.7 (answer) and 7.8 (outcome)."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.records.decisions import Answer, Judgement, Verdict
from safeconduct.core.records.needs import AnswerNeed, OutcomeNeed, RoleIs, WhenNeed
from tests.core.cast import OPERATION, ask, day, evidence, need, record, result

ROW = "us/1.1"
OUTCOME = OutcomeNeed(need("fence"))


def judgement(
    on: str, until: str, verdict: Verdict = Verdict.YES, *, key: str = "j", on_: Any = ("fence",)
) -> Judgement:
    return Judgement(
        key=key, requirement=ROW, at="rtm", on=day(on), until=day(until), by="J", verdict=verdict, rests_on=tuple(on_)
    )


def judged(on: str, made: list[Judgement], *, fence: bool = True, **more: Any) -> tuple[str, str, str]:
    records = [record("fence")] if fence else []
    shown = [evidence(OPERATION, to="2030-12-31")]
    asked = more.pop("asked", OUTCOME)
    records += more.pop("records", [])
    found = ask(asked, on, row=ROW, in_place=records, evidence=[*shown, *more.pop("shown", [])], judgements=made)
    return *result(found), found.at_best.value


YES = [judgement("2026-01-01", "2026-12-31")]
NO = [judgement("2026-01-01", "2026-12-31", Verdict.NO)]
OUTCOMES: dict[str, tuple[str, list[Judgement], bool, tuple[str, str, str]]] = {
    "yes, first day": ("2026-01-01", YES, True, ("MET", "judged", "MET")),
    "yes, last day": ("2026-12-31", YES, True, ("MET", "judged", "MET")),
    "yes, weak footing": ("2026-12-31", YES, False, ("PARTLY", "footing-weakened", "MET")),
    "past, by a day": ("2027-01-01", YES, True, ("PARTLY", "judgement-expired", "PARTLY")),
    "past, by its own length": ("2027-12-31", YES, True, ("PARTLY", "judgement-expired", "PARTLY")),
    "past, by more": ("2028-01-01", YES, True, ("UNKNOWN", "not-judged", "MET")),
    "past, by more, weak footing": ("2028-01-01", YES, False, ("UNKNOWN", "not-judged", "MET")),
    "no": ("2026-06-01", NO, True, ("UNMET", "judged-short", "UNMET")),
    "no, long ago": ("2036-06-01", NO, True, ("UNMET", "judged-short", "UNMET")),
    "not yet": ("2025-12-31", YES, True, ("PARTLY", "supported-not-judged", "MET")),
    "none": ("2026-06-01", [], True, ("PARTLY", "supported-not-judged", "MET")),
    "none, no footing": ("2026-06-01", [], False, ("UNKNOWN", "not-judged", "MET")),
}


@pytest.mark.parametrize("case", OUTCOMES)
def test_outcome(case: str) -> None:
    on, made, fence, expected = OUTCOMES[case]
    if on > "2030-12-31":
        fence = False
    assert judged(on, made, fence=fence) == expected


@pytest.mark.parametrize("turn", [1, -1])
def test_the_newest_judgement_counts_and_of_one_day_the_no(turn: int) -> None:
    later = judgement("2026-06-01", "2027-06-01", Verdict.NO, key="j2")
    assert judged("2026-05-31", [*YES, later][::turn])[0] == "MET"
    assert judged("2026-06-01", [*YES, later][::turn])[0] == "UNMET"
    same_day = judgement("2026-01-01", "2026-12-31", Verdict.NO, key="a")
    assert judged("2026-06-01", [*YES, same_day][::turn])[0] == "UNMET"


@pytest.mark.parametrize("present", [True, False])
def test_a_judgement_stands_on_every_control_it_names(present: bool) -> None:
    made = [judgement("2026-01-01", "2026-12-31", on_=("fence", "rules"))]
    records = [record("rules", key="a", present=present)]
    assert judged("2026-06-01", made, records=records)[1] == "footing-weakened"


def test_it_stands_when_all_of_them_do_and_says_until_when() -> None:
    made = [judgement("2026-01-01", "2026-12-31", on_=("fence", "inspection"))]
    other = record("inspection", for_="reefer", key="a")
    shown = [evidence(OPERATION), evidence(OPERATION, of="a", key="v2", to="2026-08-31")]
    found = ask(OUTCOME, "2026-06-01", row=ROW, in_place=[record("fence"), other], evidence=shown, judgements=made)
    assert (result(found), found.good_until) == (("MET", "judged"), day("2026-08-31"))


def test_a_judgement_for_another_unit_or_row_says_nothing_here() -> None:
    found = ask(OUTCOME, "2026-06-01", row="us/1.2", judgements=YES)
    assert result(found) == ("UNKNOWN", "not-judged")
    assert result(ask(OUTCOME, "2026-06-01", at="ein", row=ROW, judgements=YES)) == ("UNKNOWN", "not-judged")


def test_support_that_does_not_apply_leaves_what_the_judgement_names() -> None:
    asked = OutcomeNeed(WhenNeed(RoleIs("carrier"), need("alarm")))
    assert judged("2026-06-01", YES, asked=asked)[:2] == ("MET", "judged")
    assert judged("2026-06-01", YES, asked=asked, fence=False)[:2] == ("PARTLY", "footing-weakened")
    assert judged("2026-06-01", [], asked=asked)[:2] == ("UNKNOWN", "not-judged")


# ---- answers


def answer(confirmed: str = "", due: str = "", *, at: str = "rtm", key: str = "q") -> Answer:
    return Answer(
        key=key,
        requirement=ROW,
        at=at,
        text="So.",
        confirmed_on=day(confirmed) if confirmed else None,
        due=day(due) if due else None,
    )


ANSWERS: dict[str, tuple[list[Answer], str, tuple[str, str]]] = {
    "none": ([], "2026-07-01", ("UNKNOWN", "not-answered")),
    "written, never confirmed": ([answer()], "2026-07-01", ("UNKNOWN", "not-answered")),
    "confirmed tomorrow": ([answer("2026-07-02")], "2026-07-01", ("UNKNOWN", "not-answered")),
    "confirmed today": ([answer("2026-07-01")], "2026-07-01", ("MET", "answered")),
    "on its due day": ([answer("2026-01-01", "2026-07-01")], "2026-07-01", ("MET", "answered")),
    "a day later": ([answer("2026-01-01", "2026-06-30")], "2026-07-01", ("PARTLY", "confirmation-due")),
    "by the entity": ([answer("2026-01-01", at="nl")], "2026-07-01", ("MET", "answered")),
    "by another site": ([answer("2026-01-01", at="ein")], "2026-07-01", ("UNKNOWN", "not-answered")),
    "the nearest counts": (
        [answer("2026-01-01", at="nl"), answer("2026-01-01", "2026-06-30", key="q2")],
        "2026-07-01",
        ("PARTLY", "confirmation-due"),
    ),
    "the last confirmed counts": (
        [answer("2026-01-01", "2026-06-30", key="z"), answer("2026-06-30", key="a")],
        "2026-07-01",
        ("MET", "answered"),
    ),
    "a newer one not yet confirmed": ([answer("2026-01-01"), answer(key="q2")], "2026-07-01", ("MET", "answered")),
}


@pytest.mark.parametrize("case", ANSWERS)
@pytest.mark.parametrize("turn", [1, -1])
def test_answer(case: str, turn: int) -> None:
    answers, on, expected = ANSWERS[case]
    assert result(ask(AnswerNeed(), on, row=ROW, answers=answers[::turn])) == expected
