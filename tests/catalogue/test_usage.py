from __future__ import annotations

from datetime import date
from pathlib import Path

from safeconduct.catalogue.loading import load
from safeconduct.catalogue.quality import quality, strongest_obligation
from safeconduct.catalogue.usage import controls_with_list, meetings, uses_of_control
from safeconduct.catalogue.wording import leaf_in_words
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation, RequirementKind

CATALOGUE = load(Path(__file__).parent / "fixtures" / "whole")


def test_a_control_knows_every_row_that_names_it() -> None:
    uses = uses_of_control(CATALOGUE, "cctv")
    assert [(use.programme.id, use.requirement.key, use.need is not None) for use in uses] == [
        ("privacy-demo/1", "privacy-demo/1", True),
        ("site-demo/1", "site-demo/1", True),
        ("us-demo/2020", "us-demo/1.2", True),
        ("us-demo/2020", "us-demo/2.1", True),
    ]
    assert uses_of_control(CATALOGUE, "partner-screening")[0].need is None


def test_leaves_are_told_in_words() -> None:
    [seal] = [
        use.need
        for use in uses_of_control(CATALOGUE, "seal-fitting")
        if use.requirement.key == "us-demo/1.1" and use.programme.edition == "2020"
    ]
    assert seal is not None
    assert leaf_in_words(seal) == (
        "class at least high-security (partly at indicative); affixer one of responsible-party; photo yes; "
        "shown in operation; verified; kept by self, contract; share at least 100 %"
    )


def test_programmes_meet_on_a_parameter() -> None:
    found = {(one.control, one.element, one.parameter): one.bounds for one in meetings(CATALOGUE)}
    assert found == {
        ("cctv", "", "keep"): {"privacy-demo/1": ("at most 30 days",), "us-demo/2020": ("own, at least",)},
        ("cctv", "", "coverage"): {
            "site-demo/1": ("includes docks",),
            "us-demo/2020": ("includes docks, gates",),
        },
    }


def test_a_list_knows_the_controls_that_draw_on_it() -> None:
    assert [control.key for control in controls_with_list(CATALOGUE, "people")] == ["vetting"]
    assert [control.key for control in controls_with_list(CATALOGUE, "areas")] == ["cctv"]


def test_quality_counts_rows_by_kind_obligation_and_certainty() -> None:
    counts = quality(CATALOGUE.programmes["us-demo/2020"], date(2022, 1, 1))
    assert counts.rows == 8
    assert counts.kinds[RequirementKind.CONDITION] == 4
    assert counts.obligations == {
        Obligation.SHOULD: 1,
        Obligation.MUST: 2,
        Obligation.MAY: 1,
        Obligation.INFORMATIVE: 1,
    }
    assert counts.sure == {Sure.SECONDARY: 6, Sure.CONFIRMED: 1, Sure.UNCONFIRMED: 1}
    assert (counts.judged, counts.computable) == (4, 3)


def test_an_obligation_starts_on_its_day() -> None:
    row = CATALOGUE.requirement("us-demo/1.1")
    days = [date(2020, 2, 29), date(2020, 3, 1), date(2022, 12, 31), date(2023, 1, 1)]
    assert [strongest_obligation(row, day) for day in days] == [
        None,
        Obligation.SHOULD,
        Obligation.SHOULD,
        Obligation.MUST,
    ]
