"""Gaps, and what to do next."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.assess import assess
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Finding, Kind, Mend, leaf
from safeconduct.core.judgement import all_of as all_findings
from safeconduct.core.planning import gaps, if_mended, missing, next_actions
from safeconduct.core.records.decisions import AcceptedBy, Alternative, Judgement, Verdict
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    CertificateNeed,
    CheckNeed,
    EveryNeed,
    Need,
    OutcomeNeed,
    ProofNeed,
    Renewal,
    SomeNeed,
    TraitIs,
    WhenNeed,
    Who,
)
from safeconduct.core.snapshot import Snapshot
from tests.core.cast import (
    DESIGN,
    H1,
    OPERATION,
    REGISTER,
    ask,
    catalogue,
    certificate,
    day,
    evidence,
    facts,
    months,
    need,
    programme,
    record,
    requirement,
)

ON = "2026-07-01"
FENCE, POLICY, RULES = need("fence"), need("policy"), need("rules")
STANDS: dict[str, Any] = {"in_place": [record("fence")], "evidence": [evidence(OPERATION)]}


def names(found: Any) -> list[str]:
    return [one.subject for one in found]


def judged(*needs: Need, **sections: Any) -> Any:
    rows = [requirement(f"us/{place}", asked) for place, asked in enumerate(needs, 1)]
    return assess(Snapshot(facts(**sections)), catalogue(programme(*rows)), day(ON))


@pytest.mark.parametrize(
    ("asked", "sections", "expected"),
    [
        (FENCE, STANDS, []),
        (AllNeed((FENCE, POLICY, RULES)), STANDS, ["policy", "rules"]),
        (AnyNeed((POLICY, FENCE)), STANDS, []),
        (AnyNeed((POLICY, RULES)), STANDS | {"in_place": [record("rules", present=False)]}, ["policy"]),
        (
            SomeNeed(2, (FENCE, RULES, POLICY)),
            STANDS | {"in_place": [record("fence"), record("rules", present=False, key="n")]},
            ["policy"],
        ),
        (SomeNeed(3, (FENCE, RULES, POLICY)), STANDS, ["rules", "policy"]),
        (RULES, {"in_place": [record("rules")], "evidence": [evidence(DESIGN)]}, ["rules/operation"]),
    ],
)
def test_gaps_are_the_pieces_that_would_have_to_be_mended(asked: Need, sections: Any, expected: list[str]) -> None:
    assert sorted(names(missing(ask(asked, ON, **sections)))) == sorted(expected)


def test_gaps_name_the_row_they_hold_back_and_rows_that_do_not_count_have_none() -> None:
    told = judged(FENCE, POLICY, **STANDS)
    assert [(one.row.requirement.key, one.finding.subject) for one in gaps(told.rows)] == [("us/2", "policy")]


def test_actions_are_ranked_by_what_they_close_across_rows() -> None:
    told = judged(POLICY, AllNeed((POLICY, RULES)), AllNeed((POLICY, FENCE)), RULES, **STANDS)
    ranked = [(one.mend.key, len(one.closes), len(one.helps)) for one in next_actions(told.programmes)]
    assert ranked == [("policy@group", 2, 1), ("rules@rtm", 1, 1)]


def test_one_action_of_several_ways_is_enough() -> None:
    told = judged(AnyNeed((POLICY, RULES)))
    assert [(one.mend.key, len(one.closes)) for one in next_actions(told.programmes)] == [
        ("policy@group", 1),
        ("rules@rtm", 1),
    ]


def test_an_action_tells_every_record_it_takes_and_of_several_ways_only_the_nearest() -> None:
    told = judged(RULES, AnyNeed((POLICY, FENCE)), in_place=[record("rules")])
    ranked = {one.mend.key: one for one in next_actions(told.programmes)}
    rules, policy = ranked["rules@rtm"], ranked["policy@group"]
    assert [one.mend.detail for one in rules.findings if one.mend] == ["design", "operation"]
    assert rules.besides == rules.findings[1:]
    assert policy.besides == ()
    ways = judged(every(AnyNeed((VISIT, ProofNeed("declaration", Renewal(months(12)))))), **PARTNERS)
    assert [one.besides for one in next_actions(ways.programmes)] == [()]


def deed(finding: Finding, name: str) -> str:
    return next(one.mend.key for one in finding.walk() if one.mend and one.mend.deed == name)


PARTNERS: dict[str, Any] = {"partners": [H1], "registers": [REGISTER]}


def every(each: Need) -> EveryNeed:
    return EveryNeed("partners", Who(), each)


VISIT, CHECK = ProofNeed("visit", Renewal(months(12))), CheckNeed(("dishonest",), ("partner",), Renewal(months(12)))
CERTIFICATE = CertificateNeed(("aeos",))


@pytest.mark.parametrize(
    ("each", "name", "expected"),
    [
        (VISIT, "record-proof", MET),
        (AllNeed((VISIT, CHECK)), "record-proof", UNKNOWN),
        (AllNeed((VISIT, CHECK)), "record-check", UNMET),
        (AnyNeed((CERTIFICATE, VISIT)), "record-proof", MET),
        (AnyNeed((CERTIFICATE, VISIT)), "record-certificate", MET),
    ],
)
def test_one_proof_closes_only_what_needs_nothing_else(each: Need, name: str, expected: Any) -> None:
    found = ask(every(each), ON, at="nl", **PARTNERS)
    assert found.standing is UNMET
    assert if_mended(found, deed(found, name)) is expected


def test_a_register_alone_does_not_close_what_its_members_lack() -> None:
    found = ask(every(VISIT), ON, at="nl", partners=[H1])
    assert if_mended(found, deed(found, "confirm-register")) is UNKNOWN


def test_saying_that_a_row_applies_may_find_that_it_does() -> None:
    absent = [record("fence", present=False)]
    for asked, expected in ((FENCE, UNKNOWN), (POLICY, UNKNOWN)):
        found = ask(WhenNeed(TraitIs("producer"), asked), ON, in_place=absent)
        assert if_mended(found, deed(found, "record-trait")) is expected


def test_a_judgement_is_worth_no_more_than_its_footing() -> None:
    outcome = OutcomeNeed(FENCE)
    weak, firm = ask(outcome, ON, row="us/1"), ask(outcome, ON, row="us/1", **STANDS)
    assert if_mended(weak, deed(weak, "record-judgement")) is PARTLY
    assert if_mended(firm, deed(firm, "record-judgement")) is MET
    yes = Judgement(
        key="j", requirement="us/1", at="rtm", on=day("2026-01-01"), until=day("2027-01-01"), by="J",
        verdict=Verdict.YES, rests_on=("fence",),
    )  # fmt: skip
    weakened = ask(outcome, ON, row="us/1", judgements=[yes])
    assert if_mended(weakened, deed(weakened, "record-control")) is MET


def test_an_alternative_is_lifted_by_whom_the_programme_names() -> None:
    alternative = Alternative(
        key="alt", requirement="us/1", at="rtm", needs=FENCE, accepted_by=AcceptedBy.SELF,
        from_=day("2026-01-01"), until=day("2027-01-01"), why="A basis.",
    )  # fmt: skip
    for accepting, expected in ((("authority",), [1, 1]), ((), [1])):
        entries = catalogue(programme(requirement("us/1", POLICY), alternatives_by=accepting))
        told = assess(Snapshot(facts(alternatives=[alternative], **STANDS)), entries, day(ON))
        assert [len(one.closes) for one in next_actions(told.programmes)] == expected


def test_mending_something_else_changes_nothing() -> None:
    found = ask(AllNeed((POLICY, RULES)), ON)
    assert if_mended(found, "something-else") is UNKNOWN


def test_a_piece_mended_by_several_deeds_of_one_record_is_one_action() -> None:
    found = ask(RULES, ON, in_place=[record("rules")])
    assert {one.mend.key for one in found.leaves() if one.mend} == {"rules@rtm"}
    assert if_mended(found, "rules@rtm") is MET


def test_an_expired_certificate_names_its_renewal_among_the_actions() -> None:
    told = judged(every(CERTIFICATE), **PARTNERS, certificates=[certificate()])
    assert [one.mend.key for one in next_actions(told.programmes)] == ["certificate:h1"]


def test_what_rests_on_one_piece_stands_when_that_is_mended() -> None:
    below = leaf(Kind.EVIDENCE, "e", "rtm", UNMET, "u", day(ON), mend=Mend("other", "attach-evidence", "rtm"))
    found = all_findings([below], kind=Kind.CONTROL, subject="c", at="rtm", day=day(ON))
    assert (if_mended(found, "other"), if_mended(found, "nothing")) == (MET, UNMET)
