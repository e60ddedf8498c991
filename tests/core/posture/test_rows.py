"""One requirement for one unit: catalogue language, section 8, steps 1 to 8 and 10."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.posture import Question, RowJudgement, judge_row
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Applies, Obligation, Part, RequirementKind
from safeconduct.core.records.decisions import (
    AcceptedBy,
    Alternative,
    NotApplicable,
    ReasonGiven,
    RowConfirmation,
    Waiver,
)
from safeconduct.core.records.needs import AnswerNeed, RoleIs, TraitIs, WhenNeed
from tests.core.cast import (
    ENROLMENT,
    OPERATION,
    SOURCE,
    day,
    evidence,
    ground,
    need,
    programme,
    record,
    requirement,
)

ON = "2026-07-01"
FENCE = need("fence")
ROW = requirement("us/1.1", FENCE)
SHOULD = replace(ROW, obligation=((day("2020-01-01"), Obligation.SHOULD),))
STANDS: dict[str, Any] = {"in_place": [record("fence")], "evidence": [evidence(OPERATION)]}
ABSENT: dict[str, Any] = {"in_place": [record("fence", present=False)]}
PROGRAMME = programme(ROW, alternatives_by=("auditor", "authority"), waivers=True)


def judged(
    row: Any = ROW, on: str = ON, *, scheme: Any = PROGRAMME, enrolment: Any = ENROLMENT, **sections: Any
) -> RowJudgement:
    return judge_row(Question(ground(on, **sections), "rtm", scheme, enrolment), row)


def told(row: RowJudgement) -> tuple[str, str]:
    return row.standing.value, row.finding.code


# ---- steps 1 to 3


@pytest.mark.parametrize(
    ("variants", "sought", "expected"),
    [
        ((), ("a",), "MET"),
        (("a",), ("a", "b"), "MET"),
        (("a",), ("b",), "NOT_APPLICABLE"),
        (("a",), (), "MET"),
    ],
)
def test_variants(variants: tuple[str, ...], sought: tuple[str, ...], expected: str) -> None:
    found = judged(replace(ROW, variants=variants), enrolment=replace(ENROLMENT, variant=sought), **STANDS)
    assert found.standing.value == expected


@pytest.mark.parametrize(
    ("roles", "expected", "left_out", "counts"),
    [
        ({"importer": Applies.YES}, ("MET", "all-met"), "", True),
        ({"importer": Applies.NO}, ("NOT_APPLICABLE", "other-role"), "", False),
        ({"carrier": Applies.YES}, ("MET", "all-met"), "role-unknown", False),
        ({"importer": Applies.UNKNOWN}, ("MET", "all-met"), "role-unknown", False),
    ],
)
def test_roles(roles: Any, expected: tuple[str, str], left_out: str, counts: bool) -> None:
    found = judged(replace(ROW, roles=roles), **STANDS)
    assert (told(found), found.left_out, found.counts) == (expected, left_out, counts)


def test_before_its_first_day_a_row_asks_nothing() -> None:
    coming = replace(ROW, obligation=((day("2026-07-02"), Obligation.MUST),))
    found = judged(coming, **ABSENT)
    assert (told(found), found.obligation) == (("NOT_APPLICABLE", "not-yet-in-force"), None)
    assert found.finding.good_until == day("2026-07-01")


# ---- step 4


def decided(key: str = "us/1.1", on: str = "2026-06-01", until: str = "2026-07-01", at: str = "rtm") -> NotApplicable:
    return NotApplicable(key="n", requirement=key, at=at, by="K", on=day(on), until=day(until), why="None here.")


@pytest.mark.parametrize(
    ("on", "expected", "until"),
    [
        ("2026-05-31", ("UNMET", "recorded-absent"), "2026-05-31"),
        ("2026-06-01", ("NOT_APPLICABLE", "recorded-not-applicable"), "2026-07-01"),
        ("2026-07-01", ("NOT_APPLICABLE", "recorded-not-applicable"), "2026-07-01"),
        ("2026-07-02", ("UNMET", "recorded-absent"), "9999-12-31"),
    ],
)
def test_a_recorded_decision_holds_on_its_days_only(on: str, expected: tuple[str, str], until: str) -> None:
    found = judged(on=on, not_applicable=[decided()], **ABSENT)
    assert (told(found), found.finding.good_until) == (expected, day(until))


def test_where_the_programme_says_never_a_decision_changes_nothing() -> None:
    found = judged(scheme=replace(PROGRAMME, not_applicable=False), not_applicable=[decided()], **ABSENT)
    assert told(found) == ("UNMET", "recorded-absent")


def test_a_decision_for_another_unit_changes_nothing_here() -> None:
    assert told(judged(not_applicable=[decided(at="nl")], **ABSENT)) == ("UNMET", "recorded-absent")


def test_what_another_role_is_asked_needs_no_decision() -> None:
    other = replace(ROW, roles={"importer": Applies.NO})
    assert told(judged(other, not_applicable=[decided()])) == ("NOT_APPLICABLE", "other-role")


# ---- step 5


@pytest.mark.parametrize(
    ("when", "sections", "expected"),
    [
        (RoleIs("carrier"), ABSENT, ("NOT_APPLICABLE", "does-not-apply")),
        (RoleIs("importer"), ABSENT, ("UNMET", "recorded-absent")),
        (TraitIs("producer"), ABSENT, ("UNKNOWN", "applicability-unknown")),
        (TraitIs("producer"), STANDS, ("MET", "all-met")),
    ],
)
def test_a_rows_own_condition(when: Any, sections: Any, expected: tuple[str, str]) -> None:
    assert told(judged(replace(ROW, when=when), **sections)) == expected


def part(word: str, needs: Any, obligation: Obligation = Obligation.MUST, **more: Any) -> Part:
    return Part(f"us/1.1#{word}", ((day("2020-01-01"), obligation),), needs, **more)


ALARM = need("alarm", shown=(OPERATION,))
ALARM_SHOWN = evidence(OPERATION, of="c2", key="v2")
TWO: dict[str, Any] = {
    "in_place": [record("fence"), record("alarm", present=False, key="c2")],
    "evidence": [evidence(OPERATION)],
}
MUST, WISH = Obligation.MUST, Obligation.SHOULD


@pytest.mark.parametrize(
    ("parts", "expected", "obligation", "beside"),
    [
        ((part("a", FENCE), part("b", ALARM)), "UNMET", MUST, 0),
        ((part("a", FENCE), part("b", ALARM, WISH)), "MET", MUST, 1),
        ((part("a", ALARM), part("b", FENCE, WISH)), "UNMET", MUST, 1),
        ((part("a", FENCE, WISH), part("b", ALARM, WISH)), "UNMET", WISH, 0),
        ((part("a", FENCE), part("b", ALARM, roles={"importer": Applies.NO})), "MET", MUST, 0),
        ((part("a", FENCE, roles={"importer": Applies.NO}),), "NOT_APPLICABLE", None, 0),
        ((part("a", FENCE), part("b", ALARM, when=RoleIs("carrier"))), "MET", MUST, 0),
        ((part("a", WhenNeed(RoleIs("carrier"), FENCE)), part("b", ALARM, WISH)), "NOT_APPLICABLE", MUST, 1),
    ],
)
def test_must_parts_decide_and_should_parts_stand_beside(
    parts: Any, expected: str, obligation: Any, beside: int
) -> None:
    row = replace(ROW, needs=None, obligation=(), parts=parts)
    found = judged(row, **TWO)
    assert (found.standing.value, found.obligation, len(found.should_parts)) == (expected, obligation, beside)


def test_a_part_is_guarded_by_its_own_condition_and_the_rows() -> None:
    for when, own, expected in (
        (TraitIs("producer"), RoleIs("importer"), "applicability-unknown"),
        (RoleIs("importer"), TraitIs("producer"), "applicability-unknown"),
        (RoleIs("importer"), RoleIs("importer"), "recorded-absent"),
        (TraitIs("producer"), RoleIs("carrier"), "does-not-apply"),
    ):
        row = replace(ROW, needs=None, when=when, parts=(part("b", ALARM, when=own),))
        assert judged(row, **TWO).finding.code == expected


def test_a_part_may_be_decided_not_applicable_by_its_own_key() -> None:
    row = replace(ROW, needs=None, parts=(part("a", FENCE), part("b", ALARM)))
    found = judged(row, not_applicable=[decided("us/1.1#b")], **TWO)
    assert (found.standing.value, found.finding.good_until) == ("MET", day("2026-07-01"))
    assert judged(row, on="2026-07-02", not_applicable=[decided("us/1.1#b")], **TWO).standing.value == "UNMET"


# ---- step 6


def instead(by: AcceptedBy, needs: Any = ALARM, key: str = "alt", until: str = "2026-07-01") -> Alternative:
    return Alternative(
        key=key, requirement="us/1.1", at="rtm", needs=needs, accepted_by=by, from_=day("2026-06-01"),
        until=day(until), why="A basis.",
    )  # fmt: skip


def with_alarm(present: bool) -> dict[str, Any]:
    fence = record("fence", present=False)
    return {"in_place": [fence, record("alarm", key="c2", present=present)], "evidence": [ALARM_SHOWN]}


SELF, AUDITOR = AcceptedBy.SELF, AcceptedBy.AUDITOR


@pytest.mark.parametrize(
    ("by", "on", "present", "expected", "at_best"),
    [
        (AUDITOR, "2026-05-31", True, ("UNMET", "recorded-absent"), "UNMET"),
        (AUDITOR, "2026-06-01", True, ("MET", "alternative-accepted"), "MET"),
        (AUDITOR, "2026-07-01", True, ("MET", "alternative-accepted"), "MET"),
        (AUDITOR, "2026-07-02", True, ("UNMET", "recorded-absent"), "UNMET"),
        (AUDITOR, "2026-07-01", False, ("UNMET", "recorded-absent"), "UNMET"),
        (SELF, "2026-07-01", True, ("PARTLY", "alternative-accepted"), "PARTLY"),
        (SELF, "2026-07-01", False, ("UNMET", "recorded-absent"), "UNMET"),
    ],
)
def test_an_alternative_counts_as_far_as_it_is_accepted(
    by: AcceptedBy, on: str, present: bool, expected: tuple[str, str], at_best: str
) -> None:
    found = judged(on=on, alternatives=[instead(by)], **with_alarm(present))
    assert (told(found), found.finding.at_best.value) == (expected, at_best)


def test_what_an_alternative_rests_on_may_be_unknown_and_is_then_partly_at_best() -> None:
    for by, at_best in ((SELF, "PARTLY"), (AUDITOR, "MET")):
        found = judged(alternatives=[instead(by)], **ABSENT)
        assert (told(found), found.finding.at_best.value) == (("UNKNOWN", "alternative-accepted"), at_best)


def test_an_alternative_that_does_not_apply_lifts_nothing() -> None:
    other = instead(SELF, WhenNeed(RoleIs("carrier"), FENCE))
    assert told(judged(alternatives=[other], **ABSENT)) == ("UNMET", "recorded-absent")


def test_the_authority_named_by_the_programme_and_nobody_else_accepts_in_full() -> None:
    for by, expected in ((AcceptedBy.AUTHORITY, "MET"), (AUDITOR, "PARTLY")):
        scheme = replace(PROGRAMME, alternatives_by=("authority",))
        assert judged(scheme=scheme, alternatives=[instead(by)], **with_alarm(True)).standing.value == expected


def test_an_alternative_never_makes_a_row_worse() -> None:
    found = judged(alternatives=[instead(SELF)], **STANDS)
    assert told(found) == ("MET", "all-met")


# ---- steps 7, 8 and 10


@pytest.mark.parametrize(
    ("granted", "on", "expected"),
    [(True, "2026-05-31", False), (True, "2026-06-01", True), (True, "2026-07-01", True), (True, "2026-07-02", False),
     (False, "2026-07-01", False)],
)  # fmt: skip
def test_a_waiver_marks_the_row_and_leaves_its_standing(granted: bool, on: str, expected: bool) -> None:
    waiver = Waiver(
        key="w",
        requirement="us/1.1",
        at="rtm",
        endorsed_by="The issuer",
        from_=day("2026-06-01"),
        until=day("2026-07-01"),
    )
    found = judged(on=on, scheme=replace(PROGRAMME, waivers=granted), waivers=[waiver], **ABSENT)
    assert (found.waiver is not None, told(found)) == (expected, ("UNMET", "recorded-absent"))


UNSURE = replace(ROW, source=replace(SOURCE, sure=Sure.UNCONFIRMED))
READ = RowConfirmation(key="rc", requirement="us/1.1", by="K", on=day("2026-07-01"), document="The original")


@pytest.mark.parametrize(
    ("row", "on", "read", "expected"),
    [
        (UNSURE, ON, [], "row-unconfirmed"),
        (UNSURE, "2026-06-30", [READ], "row-unconfirmed"),
        (UNSURE, ON, [READ], ""),
        (ROW, ON, [], ""),
    ],
)
def test_an_unconfirmed_row_is_judged_but_left_out(row: Any, on: str, read: Any, expected: str) -> None:
    found = judged(row, on, row_confirmations=read, **STANDS)
    assert (found.left_out, found.standing.value, found.counts) == (expected, "MET", not expected)


WHY = ReasonGiven(key="y", requirement="us/1.1", at="rtm", by="K", on=day("2026-07-01"), why="Too small.")


@pytest.mark.parametrize(
    ("row", "sections", "on", "expected"),
    [
        (SHOULD, STANDS, ON, "done"),
        (SHOULD, ABSENT, ON, "open"),
        (SHOULD, ABSENT | {"reasons": [WHY]}, "2026-06-30", "open"),
        (SHOULD, ABSENT | {"reasons": [WHY]}, ON, "reason"),
        (SHOULD, with_alarm(True) | {"alternatives": [instead(AUDITOR)]}, ON, "alternative"),
        (SHOULD, with_alarm(True) | {"alternatives": [instead(SELF)]}, ON, "open"),
        (ROW, ABSENT, ON, ""),
        (replace(SHOULD, when=RoleIs("carrier")), ABSENT, ON, ""),
    ],
)
def test_a_should_row_gets_a_disposition_and_never_counts(row: Any, sections: Any, on: str, expected: str) -> None:
    found = judged(row, on, **sections)
    assert (found.disposition, found.counts) == (expected, row is ROW)


# ---- questions


def test_a_question_is_answered_or_not_and_never_binds() -> None:
    question = replace(ROW, kind=RequirementKind.QUESTION, needs=AnswerNeed(), obligation=())
    found = judged(question)
    assert (told(found), found.obligation, found.counts) == (("UNKNOWN", "not-answered"), None, False)
    guarded = replace(question, when=RoleIs("carrier"))
    assert told(judged(guarded)) == ("NOT_APPLICABLE", "does-not-apply")
