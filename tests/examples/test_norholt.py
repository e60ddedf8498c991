"""The example organisation shows every standing, control mode and sort of gap; one record moves three programmes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.assess import Assessment, assess
from safeconduct.core.errors import Refusals
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Standing
from safeconduct.core.planning import gaps, next_actions
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Mode
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.in_place import By, ControlInPlace, Evidence, Shown
from safeconduct.core.records.units import UnitKind
from safeconduct.core.sentences import nature
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.reading import read
from safeconduct.facts.shifting import shift
from safeconduct.facts.writing import write

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 24)
CATALOGUE = load()
FACTS = read(EXAMPLES / "norholt.yml", CATALOGUE)
HEADLINE = {
    ("ace-cn", "cn-aeo/9"),
    ("aeo-de", "eu-aeo/ia-25.1.j"),
    ("ctpat-us", "us-ctpat/4.7"),
    ("ctpat-us", "us-ctpat/4.8"),
}
LAPSED_ALONE = {("ace-cn", "cn-aeo/9"), ("aeo-de", "eu-aeo/ia-25.1.j")}
"""China asks passwords, but not strong ones, and the Union fitting measures: there only the evidence ran out."""
CODES = {
    "all-met",
    "never-recorded",
    "recorded-absent",
    "not-at-this-unit",
    "shown",
    "evidence-lapsed",
    "evidence-stale",
    "claimed",
    "operation-not-shown",
    "within-bound",
    "within-own-target",
    "value-not-recorded",
    "short-of-bound",
    "short-of-own-target",
    "own-target-not-set",
    "issuer-partial",
    "done-in-time",
    "first-not-yet-due",
    "overdue",
    "own-target-overdue",
    "own-cycle-broken",
    "reaction-running",
    "triggered-not-redone",
    "nothing-checked",
    "no-event-in-period",
    "sample-plan-not-set",
    "check-overdue",
    "sample-too-small",
    "none-conforms",
    "all-conform",
    "nonconformities-in-action",
    "nonconformities-open",
    "event-in-window",
    "event-disregarded",
    "attested",
    "attestation-short",
    "not-attested",
    "clear",
    "not-checked",
    "listed",
    "within-limit",
    "outside-limit",
    "figure-missing",
    "figure-old",
    "population-confirmed",
    "scope-unknown",
    "no-proof-recorded",
    "proof-on-file",
    "proof-lapsed",
    "proof-negative",
    "action-in-time",
    "no-certificate-recorded",
    "certificate-held",
    "certificate-not-checked",
    "certificate-expired",
    "certificate-suspended",
    "certificate-withdrawn",
    "mended",
    "action-overdue",
    "judged",
    "judgement-expired",
    "judged-short",
    "supported-not-judged",
    "not-judged",
    "footing-weakened",
    "answered",
    "confirmation-due",
    "not-answered",
    "applicability-unknown",
    "does-not-apply",
    "other-role",
    "recorded-not-applicable",
    "alternative-accepted",
}


def on(day: date, facts: Facts = FACTS) -> Assessment:
    return assess(Snapshot(facts), CATALOGUE, day)


@pytest.fixture(scope="module")
def today() -> Assessment:
    return on(TODAY)


def unmet_rows(assessment: Assessment) -> set[tuple[str, str]]:
    return {(row.enrolment, row.requirement.key) for row in assessment.rows if row.counts and row.standing is UNMET}


def standing_in(assessment: Assessment, enrolment: str, requirement: str) -> Standing:
    (row,) = (one for one in assessment.programme(enrolment).rows if one.requirement.key == requirement)
    return row.standing


def with_access_in_order(facts: Facts) -> Facts:
    """The one mend: new values of the group's access control from today, shown by a text and a look at the system."""
    (old,) = (one for one in facts.in_place if one.key == "c-system-access-norholt-2026")
    values = dict.fromkeys(("by-need", "individual-accounts", "strong-passwords"), "yes")
    new = ControlInPlace(key="c-mended", control=old.control, at=old.at, since=TODAY, values=values)
    shown = (Shown.DESIGN, Shown.OPERATION)
    evidence = Evidence(key="e-mended", of="c-mended", shows=shown, from_=TODAY, to=TODAY, by=By.OTHER)
    return replace(facts, in_place=(*facts.in_place, new), evidence=(*facts.evidence, evidence))


def test_the_file_is_canonical() -> None:
    assert (EXAMPLES / "norholt.yml").read_text("utf-8") == write(FACTS)


def test_three_legal_entities_with_eight_sites_in_five_countries_hold_one_status_each() -> None:
    sites = [unit for unit in FACTS.units if unit.kind is UnitKind.SITE]
    assert len(sites) == 8
    assert {"US", "DE", "PL", "NL", "CN"} == {site.country for site in sites}
    assert {
        ("norholt-us", "us-ctpat/2020"),
        ("norholt-de", "eu-aeo/2016"),
        ("norholt-cn", "cn-aeo/2026"),
    } == {(one.entity, one.edition) for one in FACTS.enrolments}


def test_every_sister_company_is_a_partner_of_the_two_others() -> None:
    sisters = {(one.of, one.key) for one in FACTS.partners if "sister company" in one.title}
    assert {
        ("norholt-us", "us-sister-de"),
        ("norholt-us", "us-sister-cn"),
        ("norholt-de", "de-sister-us"),
        ("norholt-de", "de-sister-cn"),
        ("norholt-cn", "cn-sister-de"),
        ("norholt-cn", "cn-sister-us"),
    } == sisters


def test_facts_reach_back_two_years() -> None:
    assert min(one.since for one in FACTS.in_place) <= date(2024, 11, 24)
    assert min(one.on for one in FACTS.done) <= date(2024, 11, 24)


def test_every_standing_occurs_among_the_rows_that_count_in_each_programme(today: Assessment) -> None:
    for programme in today.programmes:
        counted = {row.standing for row in programme.rows if row.counts}
        assert {MET, PARTLY, UNKNOWN, UNMET} == counted, programme.enrolment.key


def test_most_musts_are_met_and_none_of_the_programmes_is_done(today: Assessment) -> None:
    shares = {one.enrolment.key: one.main.met / len(one.main.musts) for one in today.programmes}
    assert {"ace-cn", "aeo-de", "ctpat-us"} == shares.keys()
    assert all(0.70 <= share <= 0.85 for share in shares.values()), shares


def test_every_control_mode_stands_behind_a_row_that_counts(today: Assessment) -> None:
    controls = {
        finding.subject.partition("[")[0]
        for row in today.rows
        if row.counts
        for finding in row.finding.walk()
        if finding.kind == "control" and finding.facts
    }
    assert set(Mode) == {CATALOGUE.controls[key].mode for key in controls}


def test_every_documented_code_occurs(today: Assessment) -> None:
    seen = {finding.code for row in today.rows for finding in row.finding.walk()}
    assert not CODES - seen


def test_gaps_of_work_paper_and_time_occur_in_each_programme(today: Assessment) -> None:
    for programme in today.programmes:
        natures = {nature(gap.finding) for gap in gaps(programme.rows)}
        assert {"work", "paper", "time"} <= natures, programme.enrolment.key


def test_some_rows_are_left_out_because_nobody_knows_whether_they_bind(today: Assessment) -> None:
    assert {"role-unknown"} == {row.left_out for row in today.rows if row.left_out}


def test_under_a_standard_read_in_part_rows_are_left_out_because_we_are_not_sure_of_them() -> None:
    (held,) = (one for one in FACTS.enrolments if one.key == "aeo-de")
    asked = replace(held, key="iso-de", edition="iso-28000/2022", roles=("organisation",), variant=())
    rows = on(TODAY, replace(FACTS, enrolments=(asked,))).programme("iso-de").rows
    assert {row.requirement.source.sure for row in rows if row.left_out == "row-unconfirmed"} == {Sure.UNCONFIRMED}


def test_the_first_thing_to_do_is_the_access_control_of_the_group_and_moves_three_programmes(
    today: Assessment,
) -> None:
    first, second = next_actions(today.programmes)[:2]
    assert (first.mend.key, first.mend.at) == ("system-access@norholt", "norholt")
    assert {(row.enrolment, row.requirement.key) for row in first.closes} == HEADLINE
    assert {"us-ctpat/2020", "eu-aeo/2016", "cn-aeo/2026"} == set(first.programmes)
    assert len(first.closes) > len(second.closes)
    assert [(one.mend.deed, one.mend.detail) for one in first.findings if one.mend] == [
        ("record-value", "by-need"),
        ("record-value", "strong-passwords"),
        ("attach-evidence", "operation"),
    ]


def test_mending_that_one_record_mends_all_its_rows_and_no_other(today: Assessment) -> None:
    mended = on(TODAY, with_access_in_order(FACTS))
    assert unmet_rows(today) - unmet_rows(mended) == HEADLINE - LAPSED_ALONE
    for row in LAPSED_ALONE:
        assert (standing_in(today, *row), standing_in(mended, *row)) == (PARTLY, MET)


def test_the_headline_rows_fell_on_the_day_of_the_new_directory_or_when_its_evidence_ran_out() -> None:
    assert not HEADLINE & unmet_rows(on(date(2026, 8, 31)))
    assert unmet_rows(on(date(2026, 9, 1))) >= HEADLINE - LAPSED_ALONE
    days = {date(2026, 10, 31): MET, date(2026, 11, 1): PARTLY}
    for row in LAPSED_ALONE:
        assert {day: standing_in(on(day), *row) for day in days} == days


def test_the_haulier_costs_the_union_until_its_action_is_late_and_never_ctpat() -> None:
    row = ("eu-aeo/ia-28.1.d", "norholt-de")
    days = {date(2026, 6, 30): MET, date(2026, 7, 3): PARTLY, date(2026, 12, 15): PARTLY, date(2026, 12, 16): UNMET}
    for day, standing in days.items():
        judged = on(day).programme("aeo-de").row(*row)
        assert judged is not None
        assert judged.standing is standing, day
    ctpat = on(TODAY).programme("ctpat-us").row("us-ctpat/3.5", "norholt-us")
    assert ctpat is not None
    (member,) = (one for one in ctpat.finding.walk() if one.kind == "member" and one.subject == "us-weser")
    assert member.standing is MET


@pytest.mark.parametrize("days", [-60, 97, 400])
def test_the_picture_is_the_same_when_it_is_shown_on_another_day(today: Assessment, days: int) -> None:
    moved = on(TODAY + timedelta(days), shift(FACTS, days))
    assert [row.standing for row in today.rows if row.counts] == [row.standing for row in moved.rows if row.counts]
    assert next_actions(moved.programmes)[0].mend.key == "system-access@norholt"


REFUSED = [
    (17, "units[norholt-de].country", "'Germany'", "two letters"),
    (24, "units[sav].traits.uses-temps", "one of a legal entity", "norholt-us"),
    (38, "enrolments[ctpat-us].sites[2]", "a site of 'norholt-de'", "sister company as a partner"),
    (55, "in_place[c-cctv-sav].values.coverage", "bare list", "{yes: […], no: […]}"),
    (64, "in_place[c-seal-fitting-sav].control", "'seal-fiting'", '"seal-fitting"'),
    (75, "samples[s-seal-check-sav-3].conforming", "60, above `checked`", "wrong number"),
    (80, "in_place[c-footage-review-sav].targets.interval.why", "'why' is missing", "Add `why"),
    (83, "done[o-footage-review-sav-2026-11-31].on", "'2026-11-31' is not a day", "2026-07-01"),
    (89, "in_place[c-record-keeping-cctv-footage-norholt].values.keep", "'60'", "in that form"),
    (91, "evidence[e-record-keeping-text-5].to", "'to' is missing", "Add `to"),
    (96, "in_place[c-area-access-ein].untill", "no field 'untill'", '"until"'),
    (105, "events[x-de-procedure-code].weight", "no `weighed_by`", "Add `weighed_by`"),
    (117, "certificates[de-weser-eu-aeos].to", "before `from`", "Swap the days"),
    (121, "not_applicable[na-5-1-sav].why", "'why' is missing", "Add `why"),
    (127, "judgments", "no section 'judgments'", '"judgements"'),
]


@pytest.fixture(scope="module")
def refusals() -> Refusals:
    with pytest.raises(Refusals) as refused:
        read(EXAMPLES / "broken.yml", CATALOGUE)
    return refused.value


def test_the_broken_copy_is_refused_for_these_things_and_no_others(refusals: Refusals) -> None:
    assert [(line, field) for line, field, _, _ in REFUSED] == [
        (one.place.line, one.place.field) for one in refusals.refusals
    ]


@pytest.mark.parametrize(("line", "field", "what", "do"), REFUSED, ids=[str(line) for line, *_ in REFUSED])
def test_each_refusal_says_what_is_wrong_and_what_to_do(
    refusals: Refusals, line: int, field: str, what: str, do: str
) -> None:
    (told,) = (one for one in refusals.refusals if (one.place.line, one.place.field) == (line, field))
    assert what in told.what
    assert do in told.do
