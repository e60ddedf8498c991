"""Checks of single records, as the server asks for them before it stores one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safeconduct.catalogue.marked import Refusing
from safeconduct.core.quantities import SetValue
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Sample, Shown
from safeconduct.core.records.partners import Partner, Proof
from safeconduct.core.records.units import Organisation, Unit, UnitKind
from safeconduct.facts.checks import check, check_record, naming, with_record
from safeconduct.facts.codec import from_plain
from safeconduct.facts.reading import read
from tests.facts.cast import CATALOGUE, HEAD, PARTNERS

FACTS = read(
    HEAD
    + PARTNERS
    + """\
in_place:
  - key: c1
    control: seal-fitting
    at: rtm
    since: 2026-01-01
    samples: [{key: s1, from: 2026-01-01, to: 2026-06-30, population: 9, checked: 9, conforming: 9}]
proofs:
  - {key: p1, partner: h1, kind: visit, on: 2026-01-01}
corrective_actions:
  - {key: a1, mends: s1, opened: 2026-07-01, due: 2026-08-01}
  - {key: a2, mends: h1, opened: 2026-07-01, due: 2026-08-01}
""",
    CATALOGUE,
)
(SEAL,) = FACTS.in_place


def codes(record: object) -> list[str]:
    return [problem.code for problem in check_record(record, FACTS, CATALOGUE)]


def test_facts_that_were_read_are_fine() -> None:
    assert check(FACTS, CATALOGUE) == []


def test_a_record_may_take_the_place_of_the_one_with_its_key() -> None:
    assert codes(replace(SEAL, note="Better told")) == []
    assert with_record(FACTS, replace(SEAL, note="Better told")).in_place[0].note == "Better told"


def test_a_new_record_is_checked_against_those_on_record() -> None:
    twin = replace(SEAL, key="c2")
    assert codes(twin) == ["recorded-twice"]
    assert codes(replace(twin, since=date(2026, 7, 1))) == []


def test_a_new_record_may_not_begin_inside_a_sample_of_the_one_before() -> None:
    later = replace(SEAL, key="c2", since=date(2026, 6, 30))
    (problem,) = check_record(later, FACTS, CATALOGUE)
    assert (problem.code, problem.field) == ("sample-outside", "since")
    assert "'s1'" in problem.what


def test_a_record_may_not_end_before_its_own_sample() -> None:
    assert codes(replace(SEAL, until=date(2026, 6, 30))) == []
    assert codes(replace(SEAL, until=date(2026, 6, 29))) == ["sample-outside"]


def test_a_sample_on_the_last_day_of_its_record_is_inside() -> None:
    sample = Sample(
        key="s2", of="c1", from_=date(2026, 7, 1), to=date(2026, 7, 1), population=0, checked=0, conforming=0
    )
    assert codes(sample) == []
    assert codes(replace(sample, from_=date(2025, 12, 31))) == ["sample-outside"]


def test_a_problem_says_record_field_and_remedy() -> None:
    record = ControlInPlace(
        key="c3", control="cctv", at="rtm", since=date(2026, 1, 1), values={"coverage": SetValue(frozenset({"dock"}))}
    )
    (problem,) = check_record(record, FACTS, CATALOGUE)
    assert problem.place == "in_place[c3].values.coverage.yes"
    assert problem.do == 'Did you mean "docks"?'
    assert str(problem.refusal("facts.yml", 7)).startswith("facts.yml:7, in_place[c3].values.coverage.yes: 'dock'")


def test_keys_that_facts_may_mean_are_not_taken_twice() -> None:
    assert codes(Partner(key="rtm", of="nl")) == ["key-taken"]
    assert codes(Partner(key="group", of="nl")) == ["key-taken"]
    assert codes(Unit(key="h1", in_="nl", kind=UnitKind.SITE)) == ["key-taken"]
    assert codes(Partner(key="s1", of="nl")) == ["key-taken"]


def test_duplicate_keys_are_told_once() -> None:
    twice = replace(FACTS, partners=FACTS.partners * 2)
    assert [problem.code for problem in check(twice, CATALOGUE)] == ["key-taken"]


def test_what_names_a_record_is_told_so_that_it_is_not_removed() -> None:
    assert naming(FACTS, "partners", "h1") == [("proofs", "p1"), ("corrective_actions", "a2")]
    assert naming(FACTS, "samples", "s1") == [("corrective_actions", "a1")]
    assert naming(FACTS, "in_place", "c1") == [("samples", "s1")]
    assert naming(FACTS, "units", "nl") == [("units", "rtm"), ("partners", "h1")]
    assert naming(FACTS, "proofs", "p1") == []


def test_evidence_on_its_first_and_last_day_may_be_the_same() -> None:
    evidence = Evidence(
        key="e", of="c1", shows=(Shown.DESIGN,), from_=date(2026, 1, 1), to=date(2026, 1, 1), document="Seal log"
    )
    assert codes(evidence) == []
    assert codes(replace(evidence, to=date(2025, 12, 31))) == ["end-before-start"]


def test_plain_data_are_refused_with_the_path_of_every_field() -> None:
    refusing = Refusing("")
    plain = {"key": "p", "partner": 12, "kind": ["visit"], "on": "soon", "outcom": "positive", "to": None}
    assert from_plain(Proof, plain, refusing) is None
    assert [problem.place.field for problem in refusing.problems] == ["outcom", "kind", "on"]
    assert from_plain(Organisation, "group", refusing) is None
    assert from_plain(Organisation, {"key": "a", "title": "\x00"}, refusing) is None


def test_plain_data_nested_without_end_are_refused() -> None:
    deep: list[object] = []
    for _ in range(200):
        deep = [deep]
    refusing = Refusing("")
    assert from_plain(Organisation, {"key": deep}, refusing) is None
    assert "nest deeper" in str(refusing.problems[0])
