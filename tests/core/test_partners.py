"""What assures a partner, and whether all are assured: catalogue language, section 7.7."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.dates import FOREVER
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    CertificateNeed,
    CheckNeed,
    EveryNeed,
    Need,
    ProofNeed,
    Renewal,
    SomeNeed,
    TraitIs,
    WhenNeed,
    Who,
)
from safeconduct.core.records.partners import CertificateState
from tests.core.cast import (
    H1,
    REGISTER,
    action,
    ask,
    certificate,
    day,
    looked_up,
    months,
    partner,
    proof,
    raised,
    record,
    result,
)

OUTSOURCED = Who(outsourced=True)
AEOS, VISIT = CertificateNeed(("aeos",)), ProofNeed("visit", Renewal(months(12)))
QUESTIONNAIRE, CLAUSE = ProofNeed("questionnaire", Renewal(months(12))), ProofNeed("clause")
CHECK = CheckNeed(("dishonest",), ("partner",), Renewal(months(12)))
ON = "2026-07-01"


def each(need: Need, who: Who = OUTSOURCED, *, counts: bool = False) -> EveryNeed:
    return EveryNeed("partners", who, need, counts)


def judged(need: Need, on: str = ON, **sections: Any) -> tuple[str, str]:
    return result(of_h1(need, on, **sections))


def of_h1(need: Need, on: str = ON, **sections: Any) -> Any:
    """The haulier's own finding, below the population; the register is not confirmed."""
    found = ask(each(need), on, **({"partners": [H1]} | sections))
    return next(one for one in found.because if one.subject == "h1").because[0]


# ---- certificates

SUSPENDED, WITHDRAWN = CertificateState.SUSPENDED, CertificateState.WITHDRAWN
YEARLY = [record("recheck", "group", for_="certificate", targets={"interval": "12 months"})]
CERTIFICATES: dict[str, tuple[list[Any], str, tuple[str, str]]] = {
    "none": ([], ON, ("UNKNOWN", "no-certificate-recorded")),
    "of another scheme": ([certificate(scheme="ctpat")], ON, ("UNKNOWN", "no-certificate-recorded")),
    "of somebody else": ([certificate("h2")], ON, ("UNKNOWN", "no-certificate-recorded")),
    "not begun": ([certificate(since="2026-07-02", to="2029-01-01")], ON, ("UNKNOWN", "no-certificate-recorded")),
    "on its first day": ([certificate(since="2026-07-01", to="2029-01-01")], ON, ("MET", "certificate-held")),
    "on its last day": ([certificate(to="2026-07-01")], ON, ("MET", "certificate-held")),
    "the day after": ([certificate(to="2026-06-30")], ON, ("UNMET", "certificate-expired")),
    "without an end": ([certificate(to="")], "2026-12-31", ("MET", "certificate-held")),
    "never looked up": ([certificate(to="", checked=[])], ON, ("UNKNOWN", "certificate-not-checked")),
    "looked up tomorrow": ([certificate(to="", checked=["2026-07-02"])], ON, ("UNKNOWN", "certificate-not-checked")),
    "suspended": ([certificate(to="", state=SUSPENDED)], ON, ("UNMET", "certificate-suspended")),
    "suspended tomorrow": (
        [certificate(to="", state=SUSPENDED, state_since=day("2026-07-02"))],
        ON,
        ("MET", "certificate-held"),
    ),
    "withdrawn today": (
        [certificate(to="", state=WITHDRAWN, state_since=day("2026-07-01"))],
        ON,
        ("UNMET", "certificate-withdrawn"),
    ),
    "one of two is enough": (
        [certificate(to="2026-06-30"), certificate(to="2027-06-30", key="k2")],
        ON,
        ("MET", "certificate-held"),
    ),
}


@pytest.mark.parametrize("case", CERTIFICATES)
def test_certificate(case: str) -> None:
    held, on, expected = CERTIFICATES[case]
    assert judged(AEOS, on, certificates=held) == expected
    assert judged(AEOS, on, certificates=held[::-1]) == expected


@pytest.mark.parametrize(
    ("on", "recheck", "expected"),
    [
        ("2027-01-02", YEARLY, ("MET", "certificate-held")),
        ("2027-01-03", YEARLY, ("PARTLY", "check-overdue")),
        ("2040-01-03", YEARLY, ("PARTLY", "check-overdue")),
        ("2040-01-03", [], ("MET", "certificate-held")),
    ],
)
def test_a_look_up_is_fresh_for_the_own_time_and_for_good_while_none_is_set(
    on: str, recheck: list[Any], expected: tuple[str, str]
) -> None:
    assert judged(AEOS, on, certificates=[certificate(to="")], in_place=recheck) == expected


def test_the_last_good_day_of_a_certificate_is_foreseen() -> None:
    held = [certificate(to="2028-06-30")]
    assert of_h1(AEOS, certificates=held).good_until == day("2028-06-30")
    assert of_h1(AEOS, certificates=held, in_place=YEARLY).good_until == day("2027-01-02")
    assert of_h1(AEOS, certificates=[certificate(to="")]).good_until == FOREVER


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2012-06-30", "UNKNOWN"), ("2012-07-01", "MET"), ("2027-06-30", "MET"), ("2027-07-01", "UNKNOWN")],
)
def test_recognition_is_dated(on: str, expected: str) -> None:
    held = [certificate(since="2010-01-01", to="", checked=["2010-01-02"])]
    recognised = CertificateNeed(("ctpat",), or_recognised_by="us")
    assert judged(recognised, on, certificates=held)[0] == expected
    assert judged(CertificateNeed(("ctpat",)), on, certificates=held)[0] == "UNKNOWN"


def test_recognition_is_directed_and_informing_is_not_recognising() -> None:
    for need, scheme in (
        (CertificateNeed(("aeos",), or_recognised_by="eu"), "ctpat"),
        (CertificateNeed(("ctpat",), or_recognised_by="us"), "clause-only"),
    ):
        assert judged(need, certificates=[certificate(scheme=scheme, to="")])[0] == "UNKNOWN"


@pytest.mark.parametrize(
    ("holder", "expected"), [("rtm", "MET"), ("nl", "MET"), ("group", "MET"), ("ein", "UNKNOWN"), ("us", "UNKNOWN")]
)
def test_own_certificates_of_the_unit_and_what_it_belongs_to_count_and_need_no_look_up(
    holder: str, expected: str
) -> None:
    own = [certificate(holder, to="", checked=[])]
    need = CertificateNeed(("aeos",), holder="self")
    assert ask(need, ON, certificates=own).standing.value == expected
    assert judged(need, certificates=own)[0] == expected


# ---- proofs

PROOFS: dict[str, tuple[Need, list[Any], tuple[str, str]]] = {
    "none": (VISIT, [], ("UNKNOWN", "no-proof-recorded")),
    "of another kind": (VISIT, [proof("2026-06-01", "questionnaire")], ("UNKNOWN", "no-proof-recorded")),
    "tomorrow": (VISIT, [proof("2026-07-02")], ("UNKNOWN", "no-proof-recorded")),
    "on its last day": (VISIT, [proof("2025-07-01")], ("MET", "proof-on-file")),
    "a day older": (VISIT, [proof("2025-06-30")], ("UNMET", "proof-lapsed")),
    "negative": (VISIT, [proof("2026-06-01", against=True)], ("UNMET", "proof-negative")),
    "negative, then positive": (
        VISIT,
        [proof("2026-05-01", against=True), proof("2026-06-01")],
        ("MET", "proof-on-file"),
    ),
    "positive, then negative": (
        VISIT,
        [proof("2026-05-01"), proof("2026-06-01", against=True)],
        ("UNMET", "proof-negative"),
    ),
    "both on one day": (
        VISIT,
        [proof("2026-06-01", key="z"), proof("2026-06-01", against=True, key="a")],
        ("UNMET", "proof-negative"),
    ),
    "an open contract": (CLAUSE, [proof("2010-01-01", "clause")], ("MET", "proof-on-file")),
    "a contract on its last day": (CLAUSE, [proof("2010-01-01", "clause", to="2026-07-01")], ("MET", "proof-on-file")),
    "a contract that ended": (CLAUSE, [proof("2010-01-01", "clause", to="2026-06-30")], ("UNMET", "proof-lapsed")),
    "a shorter contract beside one that holds": (
        CLAUSE,
        [proof("2010-01-01", "clause"), proof("2026-01-01", "clause", to="2026-03-31")],
        ("MET", "proof-on-file"),
    ),
}


@pytest.mark.parametrize("case", PROOFS)
def test_proof(case: str) -> None:
    need, proofs, expected = PROOFS[case]
    assert judged(need, proofs=proofs) == expected
    assert judged(need, proofs=proofs[::-1]) == expected


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ({}, ("UNKNOWN", "own-target-not-set")),
        ({"interval": "6 months"}, ("MET", "proof-on-file")),
        ({"interval": "5 months"}, ("UNMET", "proof-lapsed")),
    ],
)
def test_the_own_re_check_time_of_a_kind(targets: dict[str, str], expected: tuple[str, str]) -> None:
    kept = [
        record("recheck", "group", for_="visit", targets=targets),
        record("recheck", "group", for_="questionnaire", targets={"interval": "10 years"}, key="c2"),
    ]
    assert judged(ProofNeed("visit", Renewal()), proofs=[proof("2026-01-01")], in_place=kept) == expected


# ---- all partners


def population(need: EveryNeed, on: str = ON, **sections: Any) -> Any:
    known: dict[str, Any] = {"partners": [H1], "registers": [REGISTER]}
    return ask(need, on, at="nl", **(known | sections))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-12-31", ("UNKNOWN", "population-not-confirmed")),
        ("2026-01-01", ("MET", "all-met")),
        ("2027-01-01", ("MET", "all-met")),
        ("2027-01-02", ("UNKNOWN", "population-not-confirmed")),
    ],
)
def test_the_register_must_be_confirmed_and_current(on: str, expected: tuple[str, str]) -> None:
    held = [certificate(to="", checked=["2020-01-02"])]
    assert result(population(each(AEOS), on, certificates=held)) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Who(outsourced=True), ("MET", "all-met")),
        (Who(outsourced=False), ("NOT_APPLICABLE", "none-in-scope")),
        (Who(roles=("carrier", "broker")), ("MET", "all-met")),
        (Who(roles=("broker",)), ("NOT_APPLICABLE", "none-in-scope")),
        (Who(domestic=True), ("MET", "all-met")),
        (Who(domestic=False), ("NOT_APPLICABLE", "none-in-scope")),
        (Who(country=("NL",)), ("MET", "all-met")),
        (Who(country=("CN",)), ("NOT_APPLICABLE", "none-in-scope")),
        (Who(), ("MET", "all-met")),
    ],
)
def test_who_is_in_scope(who: Who, expected: tuple[str, str]) -> None:
    held = [certificate(to="")]
    assert result(population(each(AEOS, who), certificates=held)) == expected
    if expected[1] == "none-in-scope":
        without = population(each(AEOS, who), certificates=held, registers=[])
        assert result(without) == ("UNKNOWN", "population-not-confirmed")


@pytest.mark.parametrize(
    "unsaid",
    [{"outsourced": None}, {"roles": ()}, {"country": ""}],
)
def test_a_member_whose_scope_cannot_be_told_is_unknown(unsaid: dict[str, Any]) -> None:
    who = Who(outsourced=True, roles=("carrier",), country=("NL",))
    found = population(each(AEOS, who), partners=[replace(H1, **unsaid)], certificates=[certificate(to="")])
    assert result(found) == ("UNKNOWN", "scope-unknown")


def test_one_no_puts_a_partner_out_of_scope_whatever_else_is_unsaid() -> None:
    who = Who(outsourced=True, roles=("broker",))
    found = population(each(AEOS, who), partners=[replace(H1, outsourced=None)])
    assert result(found) == ("NOT_APPLICABLE", "none-in-scope")


@pytest.mark.parametrize(("said", "expected"), [(None, "MET"), (False, "NOT_APPLICABLE"), (True, "MET")])
def test_domestic_is_taken_from_the_country_unless_said(said: bool | None, expected: str) -> None:
    found = population(
        each(AEOS, Who(domestic=True)), partners=[replace(H1, domestic=said)], certificates=[certificate(to="")]
    )
    assert found.standing.value == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-07-02", "", "NOT_APPLICABLE"),
        ("2026-07-01", "", "UNMET"),
        ("", "2026-07-01", "UNMET"),
        ("", "2026-06-30", "NOT_APPLICABLE"),
    ],
)
def test_only_partners_of_the_day_are_asked(since: str, until: str, expected: str) -> None:
    one = replace(H1, since=day(since) if since else None, until=day(until) if until else None)
    assert population(each(AEOS), partners=[one]).standing.value == expected


ANY_OF_TWO = AnyNeed((AEOS, VISIT))
CN_66 = AnyNeed((AEOS, AllNeed((QUESTIONNAIRE, CHECK))))
CLEAR = looked_up("2026-06-01", about="partner", partner="h1")
LAPSED = [certificate()]
CLOSED: dict[str, tuple[Need, dict[str, Any], tuple[str, str], str]] = {
    "nothing on file": (ANY_OF_TWO, {}, ("UNMET", "no-proof-on-file"), "UNMET"),
    "a lapsed certificate": (ANY_OF_TWO, {"certificates": LAPSED}, ("UNMET", "certificate-expired"), "UNMET"),
    "a lapsed visit": (ANY_OF_TWO, {"proofs": [proof("2020-01-01")]}, ("UNMET", "proof-lapsed"), "UNMET"),
    "one is enough": (ANY_OF_TWO, {"certificates": LAPSED, "proofs": [proof("2026-06-01")]}, ("MET", "all-met"), "MET"),
    "a certificate nobody looked up": (
        ANY_OF_TWO,
        {"certificates": [certificate(to="", checked=[])]},
        ("UNKNOWN", "certificate-not-checked"),
        "MET",
    ),
    "neither proof nor look-up": (CN_66, {}, ("UNMET", "no-proof-on-file"), "UNMET"),
    "a look-up alone": (CN_66, {"checks": [CLEAR]}, ("UNMET", "no-proof-on-file"), "UNMET"),
    "a proof, no look-up": (
        CN_66,
        {"proofs": [proof("2026-06-01", "questionnaire")]},
        ("UNKNOWN", "no-certificate-recorded"),
        "MET",
    ),
    "proof and look-up": (
        CN_66,
        {"proofs": [proof("2026-06-01", "questionnaire")], "checks": [CLEAR]},
        ("MET", "all-met"),
        "MET",
    ),
    "two of three, one on file": (
        SomeNeed(2, (AEOS, VISIT, QUESTIONNAIRE)),
        {"proofs": [proof("2026-06-01")]},
        ("UNMET", "no-proof-on-file"),
        "UNMET",
    ),
    "nobody knows whether it is asked": (
        WhenNeed(TraitIs("producer"), VISIT),
        {},
        ("UNKNOWN", "applicability-unknown"),
        "MET",
    ),
}


@pytest.mark.parametrize("case", CLOSED)
def test_a_confirmed_register_makes_a_missing_proof_certain(case: str) -> None:
    need, sections, expected, at_best = CLOSED[case]
    found = population(each(need), **sections)
    assert (result(found), found.at_best.value) == (expected, at_best)


def test_without_a_register_a_missing_proof_stays_unknown() -> None:
    found = population(each(ANY_OF_TWO), registers=[])
    assert (found.standing.value, found.at_best.value) == ("UNKNOWN", "MET")


ACTIONS: dict[str, tuple[list[Any], list[Any], tuple[str, str]]] = {
    "on its first day": ([], [action("h1", ON, "2026-08-01")], ("PARTLY", "action-in-time")),
    "opened tomorrow": ([], [action("h1", "2026-07-02", "2026-08-01")], ("UNMET", "certificate-expired")),
    "on its due day": ([], [action("h1", "2026-06-01", ON)], ("PARTLY", "action-in-time")),
    "past it": ([], [action("h1", "2026-06-01", "2026-06-30")], ("UNMET", "certificate-expired")),
    "closed today": ([], [action("h1", "2026-06-01", "2026-08-01", closed=ON)], ("UNMET", "certificate-expired")),
    "closed tomorrow": (
        [],
        [action("h1", "2026-06-01", "2026-08-01", closed="2026-07-02")],
        ("PARTLY", "action-in-time"),
    ),
    "on a finding about it": (
        [raised("2026-06-01", of="screening", about="h1")],
        [action("w", "2026-06-01", "2026-08-01")],
        ("PARTLY", "action-in-time"),
    ),
    "about somebody else": ([], [action("h2", "2026-06-01", "2026-08-01")], ("UNMET", "certificate-expired")),
}


@pytest.mark.parametrize("case", ACTIONS)
def test_a_corrective_action_inside_its_due_day_makes_it_partly(case: str) -> None:
    findings, actions, expected = ACTIONS[case]
    found = population(each(AEOS), certificates=LAPSED, findings=findings, corrective_actions=actions)
    assert result(found) == expected


def test_where_the_issuer_says_so_a_running_action_counts_in_full() -> None:
    running = [action("h1", ON, "2026-08-01")]
    found = population(each(AEOS, counts=True), certificates=LAPSED, corrective_actions=running)
    assert (found.standing.value, found.good_until) == ("MET", day("2026-08-01"))


def test_an_action_hides_nothing_that_paper_would_mend() -> None:
    running = [action("h1", ON, "2026-08-01")]
    unseen = [certificate(to="", checked=[])]
    found = population(each(AEOS), certificates=unseen, corrective_actions=running)
    assert (result(found), found.at_best.value) == (("PARTLY", "action-in-time"), "MET")


def test_all_members_are_asked_and_counted() -> None:
    partners = [H1, partner("h2"), partner("h3", outsourced=None), partner("h4", outsourced=False)]
    held = [certificate(to=""), certificate("h2", key="k2", to="2026-06-30")]
    found = population(each(AEOS), partners=partners, certificates=held)
    assert (result(found), found.param("met"), found.param("of")) == (("UNMET", "certificate-expired"), "1", "3")
    assert found.because[0].subject == "h2"


def test_partners_belong_to_their_own_entity() -> None:
    found = ask(each(AEOS), ON, at="us", partners=[H1], registers=[REGISTER])
    assert result(found) == ("UNKNOWN", "population-not-confirmed")


def test_a_new_partner_is_foreseen() -> None:
    partners = [H1, partner("h2", since=day("2026-09-01"))]
    found = population(each(AEOS), partners=partners, certificates=[certificate(to="")])
    assert (found.standing.value, found.good_until) == ("MET", day("2026-08-31"))


def test_what_would_mend_a_member_is_what_its_deciding_piece_needs() -> None:
    told = population(each(AEOS), certificates=LAPSED).because[0].mend
    assert (told.deed, told.at) == ("record-certificate", "h1")
