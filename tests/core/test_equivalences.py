"""Certificates of other schemes beside a requirement: what satisfies stands in for it, what informs changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from safeconduct.core.judgement import NOT_APPLICABLE, Kind
from safeconduct.core.posture import Question, RowJudgement, judge_row, narrowed
from safeconduct.core.posture.programme import judge_programme
from safeconduct.core.records.catalogue import Obligation
from safeconduct.core.records.equivalence import Effect, Equivalence, HeldBy, Reach
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.partners import Certificate, CertificateState
from safeconduct.core.sentences import sentence
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from tests.core.cast import (
    CATALOGUE,
    ENROLMENT,
    OPERATION,
    SOURCE,
    catalogue,
    day,
    evidence,
    facts,
    need,
    programme,
    record,
    requirement,
)
from tests.core.made import ROW, World, worlds

ON = "2026-07-01"
FENCE = requirement("us/1.1", need("fence"))
PROGRAMME = programme(FENCE)
ABSENT: dict[str, Any] = {"in_place": [record("fence", present=False)]}


def row(effect: Effect = Effect.SATISFIES, **more: Any) -> Equivalence:
    days = {"since": day("2021-01-01"), "until": day("2027-12-31")}
    return Equivalence("q", "aeos", ("us/1.1", ROW), effect, SOURCE, **(days | more))


def held(holder: str = "rtm", **more: Any) -> Certificate:
    return Certificate(key="aeo", holder=holder, scheme="aeos", from_=day("2024-01-01"), **more)


def judged(*rows: Equivalence, on: str = ON, enrolment: Any = ENROLMENT, ask: Any = FENCE, **said: Any) -> RowJudgement:
    known = replace(catalogue(PROGRAMME), equivalences=rows)
    ground = Ground(Snapshot(facts(**said)), known, day(on))
    return judge_row(Question(ground, "rtm", PROGRAMME, enrolment), ask)


def told(found: RowJudgement) -> tuple[str, str]:
    return found.standing.value, found.finding.code


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (held(), "MET"),
        (held("nl"), "MET"),
        (held("group"), "MET"),
        (held("us"), "UNMET"),
        (held("ein"), "UNMET"),
        (held(to=day("2026-06-30")), "UNMET"),
        (held(to=day(ON)), "MET"),
        (held(state=CertificateState.SUSPENDED), "UNMET"),
        (replace(held(), scheme="ctpat"), "UNMET"),
        (replace(held(), from_=day("2026-07-02")), "UNMET"),
    ],
)
def test_a_certificate_stands_in_where_it_holds(certificate: Certificate, expected: str) -> None:
    assert judged(row(), certificates=[certificate], **ABSENT).standing.value == expected


def test_the_because_names_certificate_scope_and_source() -> None:
    found = judged(row(reach=Reach(covers="the same site")), certificates=[held(number="N 1")], **ABSENT)
    assert told(found) == ("MET", "certificate-accepted")
    stated = found.finding.because[0]
    assert (stated.kind, stated.subject, stated.facts) == (Kind.EQUIVALENCE, "q", ("aeo",))
    assert stated.param("covers") == "the same site"
    assert sentence(found.finding) == "AEOS N 1 stands in for it, as its issuer says: A document, 1."
    assert stated.because[0].code == "certificate-held"


@pytest.mark.parametrize(
    ("reach", "certificate", "expected"),
    [
        (Reach(HeldBy.UNIT), held(), "MET"),
        (Reach(HeldBy.UNIT), held("nl"), "UNMET"),
        (Reach(roles=("importer",)), held(), "MET"),
        (Reach(roles=("carrier",)), held(), "UNMET"),
        (Reach(variants=("full",)), held(), "UNMET"),
    ],
)
def test_outside_its_scope_it_counts_for_nothing(reach: Reach, certificate: Certificate, expected: str) -> None:
    assert judged(row(reach=reach), certificates=[certificate], **ABSENT).standing.value == expected


def test_an_enrolment_must_be_inside_the_scope_with_all_its_roles_and_variants() -> None:
    both = replace(ENROLMENT, roles=("importer", "carrier"))
    assert (
        judged(row(reach=Reach(roles=("importer",))), enrolment=both, certificates=[held()], **ABSENT).standing.value
        == "UNMET"
    )
    full = replace(ENROLMENT, variant=("full",))
    inside = judged(row(reach=Reach(variants=("full", "light"))), enrolment=full, certificates=[held()], **ABSENT)
    assert inside.standing.value == "MET"


@pytest.mark.parametrize(("on", "expected"), [("2020-12-31", "UNKNOWN"), ("2028-01-01", "UNMET")])
def test_it_counts_only_between_its_days(on: str, expected: str) -> None:
    since_long = replace(held(), from_=day("2015-01-01"))
    assert judged(row(), on=on, certificates=[since_long], **ABSENT).standing.value == expected


@pytest.mark.parametrize(
    ("certificate", "on", "last"),
    [
        (held(to=day("2026-12-31")), ON, "2026-12-31"),
        (held(), ON, "2027-12-31"),
        (replace(held(), from_=day("2026-09-01")), ON, "2026-08-31"),
    ],
)
def test_it_holds_until_certificate_or_equivalence_ends_or_a_certificate_begins(
    certificate: Certificate, on: str, last: str
) -> None:
    assert judged(row(), on=on, certificates=[certificate], **ABSENT).finding.good_until == day(last)


def test_without_a_certificate_on_record_nothing_opens() -> None:
    assert judged(row(), **ABSENT).finding == replace(judged(**ABSENT).finding, good_until=day("2027-12-31"))


def test_one_that_informs_is_told_beside_the_row_and_changes_nothing() -> None:
    for said in (ABSENT, {}, {"in_place": [record("fence")], "evidence": [evidence(OPERATION)]}):
        found = judged(row(Effect.INFORMS), certificates=[held()], **said)
        assert found.finding == judged(certificates=[held()], **said).finding
        (note,) = found.informed_by
        assert sentence(note).startswith("AEOS speaks to it and proves nothing by itself")
    assert judged(row(Effect.INFORMS), certificates=[held(to=day("2026-06-30"))]).informed_by == ()
    assert judged(row(Effect.INFORMS), on="2028-01-01", certificates=[held()]).informed_by == ()


def test_a_row_of_the_legal_entity_also_hears_of_the_certificates_of_its_sites() -> None:
    known = replace(catalogue(PROGRAMME), equivalences=(row(Effect.INFORMS), row()))
    ground = Ground(Snapshot(facts(certificates=[held()], **ABSENT)), known, day(ON))
    found = judge_row(Question(ground, "nl", PROGRAMME, ENROLMENT), FENCE)
    assert [one.because[0].at for one in found.informed_by] == ["rtm"]
    assert found.standing.value != "MET"


def test_a_should_row_is_done_another_way() -> None:
    should = replace(FENCE, obligation=((day("2020-01-01"), Obligation.SHOULD),))
    assert judged(row(), ask=should, certificates=[held()], **ABSENT).disposition == "alternative"


def test_a_site_manager_sees_the_standing_and_not_the_certificate() -> None:
    known = replace(catalogue(PROGRAMME), equivalences=(row(), replace(row(Effect.INFORMS), key="i")))
    ground = Ground(Snapshot(facts(certificates=[held("nl", number="N 1")], **ABSENT)), known, day(ON))
    (veiled,) = narrowed(judge_programme(ground, PROGRAMME, ENROLMENT), {"rtm"}).rows
    assert (veiled.standing.value, veiled.informed_by) == ("MET", ())
    assert all("N 1" not in sentence(node) for node in veiled.finding.walk())


# ---- property


@given(worlds())
@settings(max_examples=200)
def test_adding_an_equivalence_never_lowers_a_standing(world: World) -> None:
    chance = world.chance
    ask = requirement(ROW, world.asked)
    said: Facts = replace(world.said, certificates=(*world.said.certificates, held(chance.choice(["rtm", "nl", "us"]))))
    reach = Reach(chance.choice(list(HeldBy)), chance.choice([(), ("importer",), ("carrier",)]))
    added = row(chance.choice(list(Effect)), reach=reach)

    def rank(known: Any) -> tuple[int, int]:
        ground = Ground(Snapshot(said), known, world.on)
        found = judge_row(Question(ground, "rtm", PROGRAMME, ENROLMENT), ask).finding
        return tuple(4 if one is NOT_APPLICABLE else one.rank for one in (found.standing, found.at_best))  # type: ignore[return-value]

    before, after = rank(CATALOGUE), rank(replace(CATALOGUE, equivalences=(added,)))
    assert after[0] >= before[0]
    assert after[1] >= before[1]
