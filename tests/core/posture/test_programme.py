"""From rows to a programme's word: catalogue language, section 8, step 9 and the words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.posture import Mark, ProgrammeJudgement, Word, judge_programme
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import (
    Addressee,
    Applies,
    Coverage,
    Obligation,
    RequirementKind,
    Rule,
    Scope,
    Unitary,
)
from safeconduct.core.records.decisions import Waiver
from safeconduct.core.records.needs import AllNeed, AnyNeed, Bound, RoleIs, SomeNeed
from tests.core.cast import (
    AT_LEAST,
    BOTH,
    DESIGN,
    ENROLMENT,
    OPERATION,
    SOURCE,
    UNITS,
    day,
    evidence,
    ground,
    need,
    programme,
    record,
    requirement,
    unit,
)

ON = "2026-07-01"
FACTS: dict[str, Any] = {
    "in_place": [
        record("fence", key="stands"),
        record("rules", key="short", present=False),
        record("alarm", key="partly"),
        record("panel", key="graded", values={"opinion": "qualified"}),
    ],
    "evidence": [
        evidence(OPERATION, of="stands"),
        evidence(DESIGN, OPERATION, of="partly", key="v2", to="2026-06-30"),
        evidence(DESIGN, of="graded", key="v3"),
    ],
}
GOOD, BAD, UNSAID = need("fence"), need("rules"), need("policy")
AGEING = need("alarm", shown=(OPERATION,))
GRADED = need("panel", ("opinion", Bound(AT_LEAST, "unqualified", "qualified")))
NEEDS = {"MET": GOOD, "UNMET": BAD, "UNKNOWN": UNSAID, "PARTLY": AGEING, "GRADED": GRADED}


def row(place: int, stands: str, **more: Any) -> Any:
    return requirement(f"us/{place}", NEEDS.get(stands, GOOD), **more)


def judged(*rows: Any, enrolment: Any = ENROLMENT, facts: Any = None, **more: Any) -> ProgrammeJudgement:
    return judge_programme(ground(ON, **(facts or FACTS)), programme(*rows, **more), enrolment)


INCOMPLETE = {"importer": Coverage("importer", 2, None, complete=False)}
UNSURE = {"source": replace(SOURCE, sure=Sure.UNCONFIRMED)}
OTHER_ROLE = {"roles": {"carrier": Applies.YES}}
NOT_ASKED = {"when": RoleIs("carrier")}
WORDS: dict[str, tuple[list[Any], dict[str, Any], Word]] = {
    "all met": ([row(1, "MET"), row(2, "MET")], {}, Word.MEETS),
    "coverage incomplete": ([row(1, "MET")], {"coverage": INCOMPLETE}, Word.KNOWN_ROWS_MET),
    "coverage of the role unknown": ([row(1, "MET")], {"coverage": {}}, Word.KNOWN_ROWS_MET),
    "a row unconfirmed": ([row(1, "MET"), row(2, "MET", **UNSURE)], {}, Word.KNOWN_ROWS_MET),
    "a row of an unknown role": ([row(1, "MET"), row(2, "UNMET", **OTHER_ROLE)], {}, Word.KNOWN_ROWS_MET),
    "a left-out row that does not apply": ([row(1, "MET"), row(2, "MET", **UNSURE, **NOT_ASKED)], {}, Word.MEETS),
    "one partly": ([row(1, "MET"), row(2, "PARTLY")], {}, Word.PARTLY),
    "one unknown": ([row(1, "PARTLY"), row(2, "UNKNOWN")], {}, Word.OPEN),
    "one unmet": ([row(1, "UNKNOWN"), row(2, "UNMET")], {}, Word.SHORT),
    "one unmet, coverage incomplete": ([row(1, "MET"), row(2, "UNMET")], {"coverage": INCOMPLETE}, Word.SHORT),
    "one does not apply": ([row(1, "MET"), row(2, "UNMET", **NOT_ASKED)], {}, Word.MEETS),
    "nothing applies": ([row(1, "UNMET", **NOT_ASKED)], {}, Word.NOTHING_JUDGED),
    "nothing at all": ([], {}, Word.NOTHING_JUDGED),
    "a should row unmet": (
        [row(1, "MET"), row(2, "UNMET", obligation=((day("2020-01-01"), Obligation.SHOULD),))],
        {},
        Word.MEETS,
    ),
    "a bonus row unmet": ([row(1, "MET"), row(2, "UNMET", kind=RequirementKind.BONUS)], {}, Word.MEETS),
    "a metric unmet": ([row(1, "MET"), row(2, "UNMET", kind=RequirementKind.METRIC)], {}, Word.SHORT),
    "guidance and other people's duties": (
        [
            row(1, "MET"),
            row(2, "UNMET", kind=RequirementKind.GUIDANCE),
            row(3, "UNMET", kind=RequirementKind.EXAMPLE),
            row(4, "UNMET", addressee=Addressee.AUTHORITY),
            row(5, "UNMET", addressee=Addressee.PARTNER),
        ],
        {},
        Word.MEETS,
    ),
    "a decisive row unmet": (
        [row(1, "MET"), row(2, "UNMET", decisive=True)],
        {"rule": Rule.DECISIVE_QUESTIONS},
        Word.FAILED_OUTRIGHT,
    ),
    "another row unmet": (
        [row(1, "MET", decisive=True), row(2, "UNMET")],
        {"rule": Rule.DECISIVE_QUESTIONS},
        Word.SHORT,
    ),
    "a decisive row unknown": (
        [row(1, "MET"), row(2, "UNKNOWN", decisive=True)],
        {"rule": Rule.DECISIVE_QUESTIONS},
        Word.OPEN,
    ),
    "item results": ([row(1, "UNMET")], {"rule": Rule.ITEM_RESULTS}, Word.ITEM_RESULTS),
}
MARKS = {
    Word.MEETS: Mark.MET,
    Word.KNOWN_ROWS_MET: Mark.KNOWN_ROWS_MET,
    Word.MEETS_WITH_WAIVERS: Mark.PARTLY,
    Word.PARTLY: Mark.PARTLY,
    Word.OPEN: Mark.UNKNOWN,
    Word.SHORT: Mark.UNMET,
    Word.FAILED_OUTRIGHT: Mark.UNMET,
    Word.ITEM_RESULTS: Mark.NONE,
    Word.NOTHING_JUDGED: Mark.NONE,
}


@pytest.mark.parametrize("case", WORDS)
def test_word_and_mark(case: str) -> None:
    rows, more, word = WORDS[case]
    for order in (rows, rows[::-1]):
        found = judged(*order, **more).main
        assert (found.word, found.mark) == (word, MARKS[word])


def waiver(place: int, at: str = "rtm") -> Waiver:
    return Waiver(
        key=f"w{place}{at}", requirement=f"us/{place}", at=at, endorsed_by="The issuer", until=day("2027-01-01")
    )


@pytest.mark.parametrize(
    ("kinds", "waived", "more", "expected"),
    [
        (["MET", "UNMET"], [2], {}, Word.MEETS_WITH_WAIVERS),
        (["MET", "UNMET"], [2], {"waivers": False}, Word.SHORT),
        (["MET", "UNMET"], [1], {}, Word.SHORT),
        (["UNKNOWN", "UNMET"], [2], {}, Word.OPEN),
        (["UNMET"], [1], {}, Word.MEETS_WITH_WAIVERS),
        (["MET", "UNMET"], [2], {"coverage": INCOMPLETE}, Word.PARTLY),
        (["MET", "MET"], [1], {}, Word.MEETS),
    ],
)
def test_waived_rows_are_set_aside_and_never_pass(kinds: Any, waived: Any, more: Any, expected: Word) -> None:
    rows = [row(place, kind) for place, kind in enumerate(kinds, 1)]
    found = judged(*rows, **({"waivers": True} | more), facts=FACTS | {"waivers": [waiver(one) for one in waived]})
    assert found.main.word is expected


BOTH_SITES = replace(ENROLMENT, sites=("rtm", "ein"))
ONE_SITE_ONLY = FACTS | {"in_place": [*FACTS["in_place"], record("fence", "ein", key="no", present=False)]}


def test_where_the_entity_is_authorised_the_weakest_site_decides() -> None:
    found = judged(row(1, "MET"), enrolment=BOTH_SITES, facts=ONE_SITE_ONLY)
    (result,) = found.results
    assert (result.unit, result.word, result.criteria[0].deciding.unit) == ("nl", Word.SHORT, "ein")
    assert [one.standing.value for one in result.criteria[0].rows] == ["MET", "UNMET"]


def test_where_sites_are_authorised_each_has_its_own_result() -> None:
    entity_row = replace(row(2, "UNKNOWN"), scope=Scope.ENTITY)
    found = judged(row(1, "MET"), enrolment=BOTH_SITES, facts=ONE_SITE_ONLY, unit=Unitary.SITE)
    assert [(one.unit, one.word) for one in found.results] == [("rtm", Word.MEETS), ("ein", Word.SHORT)]
    assert found.main.unit == "ein"
    both = judged(row(1, "MET"), entity_row, enrolment=BOTH_SITES, facts=ONE_SITE_ONLY, unit=Unitary.SITE)
    assert [one.word for one in both.results] == [Word.OPEN, Word.SHORT]


def test_a_criterion_is_waived_only_where_every_short_site_is() -> None:
    rules_everywhere = FACTS | {"in_place": [*FACTS["in_place"], record("rules", "ein", key="no", present=False)]}
    for waivers, expected in (([waiver(1)], Word.SHORT), ([waiver(1), waiver(1, "ein")], Word.MEETS_WITH_WAIVERS)):
        facts = rules_everywhere | {"waivers": waivers}
        assert judged(row(1, "UNMET"), enrolment=BOTH_SITES, facts=facts, waivers=True).main.word is expected


@pytest.mark.parametrize("authorised", [Unitary.ENTITY, Unitary.SITE])
def test_without_a_site_in_scope_nothing_drops_out(authorised: Unitary) -> None:
    entity_row = requirement("us/2", need("policy"), scope=Scope.ENTITY)
    facts = FACTS | {"in_place": [*FACTS["in_place"], record("policy", "nl", key="p")]}
    facts["evidence"] = [*FACTS["evidence"], evidence(*BOTH, of="p", key="v5")]
    none = replace(ENROLMENT, sites=())
    found = judged(row(1, "MET"), entity_row, enrolment=none, facts=facts, unit=authorised)
    assert (found.main.word, found.main.unit) == (Word.OPEN, "nl")
    assert {(one.requirement.key, one.unit) for one in found.rows} == {("us/1", "nl"), ("us/2", "nl")}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("", "2026-06-30", ["rtm"]),
        ("", ON, ["rtm", "ein"]),
        (ON, "", ["rtm", "ein"]),
        ("2026-07-02", "", ["rtm"]),
    ],
)
def test_a_site_is_judged_on_the_days_it_belongs_to_the_organisation(since: str, until: str, expected: Any) -> None:
    ein = unit("ein", "nl", since=day(since) if since else None, until=day(until) if until else None)
    found = judged(row(1, "MET"), enrolment=BOTH_SITES, facts=FACTS | {"units": (*UNITS[:3], ein)})
    assert [one.unit for one in found.rows] == expected


ITEMS = {"rule": Rule.ITEM_RESULTS}


def items(*rows: Any, **more: Any) -> tuple[int, int, int, int, int]:
    told = judged(*rows, **ITEMS, **more).main.items
    assert told is not None
    return told.meets, told.basically, told.fails, told.not_shown, told.bonus


def test_item_results_are_counted() -> None:
    kinds = ["MET", "GRADED", "UNMET", "PARTLY", "UNKNOWN"]
    assert items(*(row(place, kind) for place, kind in enumerate(kinds))) == (1, 1, 1, 2, 0)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (AllNeed((GRADED, GOOD)), 1),
        (AllNeed((GRADED, AGEING)), 0),
        (AllNeed((AGEING, GRADED)), 0),
        (AnyNeed((AGEING, GRADED)), 1),
        (SomeNeed(2, (GOOD, BAD, BAD), partly=1), 1),
        (SomeNeed(2, (AGEING, BAD, BAD), partly=1), 0),
        (SomeNeed(2, (GRADED, BAD, BAD), partly=1), 1),
        (SomeNeed(2, (GOOD, GRADED)), 1),
        (SomeNeed(2, (GOOD, AGEING)), 0),
    ],
)
def test_basically_is_where_only_the_issuers_own_grade_is_short(asked: Any, expected: int) -> None:
    assert items(requirement("us/1", asked)) == (0, expected, 0, 1 - expected, 0)


def test_basically_at_every_site_or_not_at_all() -> None:
    ageing = record("panel", "ein", key="old", values={"opinion": "unqualified"})
    facts = FACTS | {
        "in_place": [*FACTS["in_place"], ageing],
        "evidence": [*FACTS["evidence"], evidence(DESIGN, of="old", key="v4", to="2026-06-30")],
    }
    for sites in (("rtm", "ein"), ("ein", "rtm")):
        assert items(row(1, "GRADED"), enrolment=replace(ENROLMENT, sites=sites), facts=facts) == (0, 0, 0, 1, 0)


def test_at_most_two_bonus_rows_count_and_only_sure_ones() -> None:
    bonus = {"kind": RequirementKind.BONUS}
    assert items(*(row(place, "MET", **bonus) for place in range(3))) == (0, 0, 0, 0, 2)
    assert items(row(1, "MET", **bonus), row(2, "MET", **bonus, **UNSURE)) == (0, 0, 0, 0, 1)


def test_how_many_of_how_many() -> None:
    coverage = {"importer": Coverage("importer", 3, 90, complete=False)}
    found = judged(row(1, "MET"), row(2, "UNMET"), row(3, "MET", **UNSURE), coverage=coverage).main
    assert (found.met, len(found.musts), found.issuer_total, len(found.left_out)) == (1, 2, 90, 1)
    assert [one.requirement.key for one in found.work] == ["us/2"]
    assert found.standing_counts()[found.musts[0].standing] == 1


def test_what_is_missing_is_paper_or_work() -> None:
    found = judged(row(1, "UNKNOWN"), row(2, "UNMET"), row(3, "PARTLY"), row(4, "MET")).main
    assert [one.requirement.key for one in found.paper] == ["us/1"]
    assert [one.requirement.key for one in found.work] == ["us/2", "us/3"]


def test_a_share_of_the_issuers_total_is_unknown_where_one_roles_is() -> None:
    both = replace(ENROLMENT, roles=("importer", "carrier"))
    assert judged(row(1, "MET"), enrolment=both).main.issuer_total is None
