"""A judgement narrowed to some units: the rows of these alone, without what rests on records of the whole entity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safeconduct.core.assess import assess
from safeconduct.core.judgement import MET, UNMET, Finding, Kind, Mend, all_of, leaf
from safeconduct.core.posture import narrowed
from safeconduct.core.posture.narrowing import KEPT_FROM_VIEW, veiled
from safeconduct.core.records.catalogue import Scope
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.core.records.units import Enrolment, Organisation, Unit, UnitKind
from safeconduct.core.snapshot import Snapshot
from tests.facts.cast import CATALOGUE, CTPAT, row

DAY = date(2026, 11, 24)
ROWS = (row("us-ctpat/9.2"), replace(row("us-ctpat/1.1"), scope=Scope.ENTITY))
FACTS = Facts(
    Organisation(key="g"),
    units=(
        Unit(key="nl", in_="g", kind=UnitKind.ENTITY),
        Unit(key="rtm", in_="nl", kind=UnitKind.SITE),
        Unit(key="ein", in_="nl", kind=UnitKind.SITE),
    ),
    enrolments=(
        Enrolment(
            key="e", entity="nl", edition=CTPAT.id, roles=("importer",), sites=("rtm", "ein"), since=date(2026, 1, 1)
        ),
    ),
    in_place=(ControlInPlace(key="c", control="cctv", at="ein", since=date(2026, 1, 1), present=False),),
)


def member() -> Finding:
    found = leaf(
        Kind.CERTIFICATE, "eu-aeos", "h1", UNMET, "certificate-expired", DAY,
        facts=("cert-h1",), mend=Mend("certificate:h1", "record-certificate", "h1"), number="NL1",
    )  # fmt: skip
    return all_of([found], kind=Kind.MEMBER, subject="h1", at="h1", day=DAY)


def test_only_rows_of_the_units_are_kept_and_the_word_is_theirs() -> None:
    catalogue = replace(CATALOGUE, programmes={CTPAT.id: replace(CTPAT, requirements=ROWS)})
    (whole,) = assess(Snapshot(FACTS), catalogue, DAY).programmes
    own = narrowed(whole, {"rtm"})
    assert {(row.requirement.key, row.unit) for row in own.rows} == {("us-ctpat/9.2", "rtm")}
    assert own.enrolment.sites == ("rtm",)
    assert (whole.main.word.value, own.main.word.value) == ("short", "open")


def test_a_tree_is_cut_where_it_rests_on_partners() -> None:
    met = leaf(Kind.CONTROL, "cctv", "rtm", MET, "all-met", DAY, facts=("c-1",))
    partners = all_of([member()], kind=Kind.POPULATION, subject="partners", at="nl", day=DAY)
    found = all_of([partners, met], kind=Kind.REQUIREMENT, subject="r", at="rtm", day=DAY)
    shown = veiled(found)
    assert (shown.standing, shown.at_best, shown.code) == (UNMET, UNMET, KEPT_FROM_VIEW)
    assert [(one.kind, one.code) for one in shown.because] == [
        (Kind.POPULATION, KEPT_FROM_VIEW),
        (Kind.CONTROL, "all-met"),
    ]
    cut = shown.because[0]
    assert (cut.because, cut.facts, cut.params, cut.mend) == ((), (), (), None)
    assert shown.because[1] is met


def test_a_tree_that_rests_on_nothing_else_stays_as_it_is() -> None:
    met = leaf(Kind.CONTROL, "cctv", "rtm", MET, "all-met", DAY, facts=("c-1",))
    found = all_of([met], kind=Kind.REQUIREMENT, subject="r", at="rtm", day=DAY)
    assert veiled(found) is found
