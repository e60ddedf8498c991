"""Spot checks of `compare` on the shipped catalogue; docs/subjects/catalogue.md tells them, and why they are right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.certified import schemes_of
from safeconduct.core.criteria.choosing import read_selection
from safeconduct.core.criteria.compare import Comparison, Cover, compare
from safeconduct.core.recognition import recognitions_between
from safeconduct.core.records.catalogue import Catalogue, Requirement
from safeconduct.core.records.equivalence import Effect

DAY = date(2026, 11, 24)
NEW, PARTLY, COVERED = Cover


@cache
def catalogue() -> Catalogue:
    return load()


def taken(text: str) -> Selection:
    return read_selection(catalogue(), text, DAY)


@cache
def compared(held: str, wanted: str) -> Comparison:
    return compare(catalogue(), [taken(held)], taken(wanted), DAY)


def short(requirement: Requirement) -> str:
    return requirement.key.partition("/")[2]


def cover(held: str, wanted: str) -> dict[str, Cover]:
    return {short(row.requirement): row.cover for row in compared(held, wanted).rows}


def pieces(held: str, wanted: str, row: str) -> set[tuple[str, str, str]]:
    """What a row still costs: control, element and parameter."""
    (found,) = [one for one in compared(held, wanted).rows if short(one.requirement) == row]
    return {(piece.control, piece.element, piece.parameter) for piece in found.pieces}


def informed(held: str, wanted: str) -> set[str]:
    """The rows that a certificate of what is held speaks to, without proving them."""
    found = compared(held, wanted).rows
    return {short(row.requirement) for row in found if any(one.effect is Effect.INFORMS for one in row.certificates)}


def told(held: str, wanted: str, *rows: str) -> list[Cover]:
    found = cover(held, wanted)
    return [found[row] for row in rows]


def test_1_goals_of_the_european_law_leave_the_means_of_ctpat_to_be_done() -> None:
    held, wanted = "eu-aeo:importer@aeos", "us-ctpat:importer"
    assert COVERED not in cover(held, wanted).values()
    assert told(held, wanted, "3.1", "3.5", "10.1", "11.1") == [PARTLY] * 4
    assert told(held, wanted, "6.2", "5.3", "4.3", "8.1", "3.9") == [NEW] * 5
    assert ("vetting", "staff", "") in pieces(held, wanted, "11.1")


def test_1_of_most_criteria_nobody_knows_whether_they_bind_a_us_exporter() -> None:
    held, wanted = "eu-aeo:exporter@aeos", "us-ctpat:exporter"
    assert told(held, wanted, "6.2", "5.3", "11.1") == [NEW, NEW, PARTLY]
    assert "9.1" in {short(row) for row in compared(held, wanted).unknown}


def test_2_ctpat_proves_security_in_part_and_nothing_of_customs_conduct() -> None:
    held, wanted = "us-ctpat:importer", "eu-aeo:importer@aeos"
    assert told(held, wanted, "ia-28.1.b", "ia-28.1.c", "ia-28.1.d", "ia-28.1.e") == [PARTLY] * 4
    assert told(held, wanted, "ia-28.1.g") == [COVERED]
    assert told(held, wanted, "ia-24.1", "ia-25.1.a", "ia-26.1.a", "ia-26.1.b") == [NEW] * 4


@pytest.mark.parametrize(("held", "by"), [("eu-aeo@aeos", "us-ctpat"), ("us-ctpat", "eu-aeo")])
def test_2_recognition_is_told_and_covers_nothing(held: str, by: str) -> None:
    assert recognitions_between(catalogue(), by, schemes_of(taken(held)), DAY)
    emptied = replace(taken(held), programme=replace(taken(held).programme, requirements=()))
    assert compare(catalogue(), [emptied], taken(by), DAY).of(COVERED) == ()


def test_3_the_highest_chinese_level_proves_europe_s_security_in_part() -> None:
    held, wanted = "cn-aeo/2026:importer@ace", "eu-aeo:importer@aeos"
    assert told(held, wanted, "ia-28.1.b", "ia-28.1.c", "ia-28.1.d", "ia-28.1.e") == [PARTLY] * 4
    assert told(held, wanted, "ia-26.1.a", "ia-25.1.h") == [COVERED, PARTLY]
    assert told(held, wanted, "ia-26.1.b", "ia-25.1.a", "ia-28.1.f") == [PARTLY, NEW, NEW]


@pytest.mark.parametrize("wanted", ["us-ctpat:importer", "isps", "eu-air-cargo"])
def test_4_a_management_system_covers_no_criterion_of_security(wanted: str) -> None:
    assert COVERED not in cover("iso-28000/2022", wanted).values()


def test_4_in_the_union_it_covers_awareness_alone_of_which_the_law_names_no_topic() -> None:
    covered = cover("iso-28000/2022", "eu-aeo:importer@aeos")
    assert [row for row, told in covered.items() if told is COVERED] == ["ia-28.1.g"]


def test_4_its_certificate_is_taken_into_account_in_the_union_and_no_more() -> None:
    assert "ia-28.1.a" in informed("iso-28000/2022", "eu-aeo:importer@aeos")
    assert "ia-24.1" not in informed("iso-28000/2022", "eu-aeo:importer@aeos")


def test_7_the_status_of_an_agent_stands_in_for_that_of_its_own_haulier() -> None:
    held, wanted = "eu-air-cargo:freight-forwarder@ra", "eu-air-cargo:highway-carrier@haulier"
    assert told(held, wanted, "6-e.1", "6-e.8") == [COVERED] * 2


def test_4_its_certificate_as_such_proves_nothing_anywhere() -> None:
    iso = taken("iso-28000/2022")
    bare = replace(iso, programme=replace(iso.programme, requirements=()))
    for programme in catalogue().programmes.values():
        found = compare(catalogue(), [bare], taken(programme.id), DAY)
        assert [short(row.requirement) for row in found.of(COVERED)] == [], programme.id


def test_5_the_highest_level_of_tapa_covers_the_lowest_and_not_the_other_way() -> None:
    assert set(cover("tapa-fsr@A", "tapa-fsr@C").values()) == {COVERED}
    assert [row for row, one in cover("tapa-fsr@C", "tapa-fsr@A").items() if one is not COVERED] == ["1-barrier"]
    assert not taken("tapa-fsr@A").programme.coverage["warehouse"].complete


def test_6_physical_security_of_ctpat_serves_tapa_in_part() -> None:
    held, wanted = "us-ctpat:importer", "tapa-fsr@A"
    assert told(held, wanted, "1-barrier", "7.0.3", "7.0.5", "7.0.4") == [PARTLY, PARTLY, PARTLY, NEW]
    assert ("risk-assessment", "", "threats") in pieces(held, wanted, "7.0.5")
    assert ("risk-assessment", "", "interval") not in pieces(held, wanted, "7.0.5")


def test_7_a_known_consignor_must_learn_to_screen_and_to_take_in() -> None:
    held, wanted = "eu-air-cargo:manufacturer@kc", "eu-air-cargo:freight-forwarder@ra"
    assert told(held, wanted, "6.1.3", "6.3.2.4", "6.6.1.1") == [COVERED] * 3
    assert told(held, wanted, "6.2.1.1", "6.3.2.1", "6.3.2.2", "6.7") == [NEW] * 4


def test_7_a_regulated_agent_must_secure_production_and_packing() -> None:
    held, wanted = "eu-air-cargo:freight-forwarder@ra", "eu-air-cargo:manufacturer@kc"
    assert told(held, wanted, "6-c-3.1", "6-c-3.5", "6.6.1.1") == [COVERED] * 3
    assert told(held, wanted, "6-c-5.6", "6-c-6.6") == [NEW] * 2


def test_8_the_customs_criteria_of_the_kingdom_are_those_of_the_union_but_for_its_own_numbers() -> None:
    held, wanted = "eu-aeo:importer@aeos", "uk-aeo:importer@aeos"
    assert told(held, wanted, "hb-7-a", "hb-8.1-a", "hb-8.1-b", "hb-8.1-f") == [PARTLY, *[COVERED] * 3]
    assert pieces(held, wanted, "hb-7-e") == {("change-notification", "", one) for one in ("kinds", "deadline")}
    assert told(held, wanted, "c118-6-6.1-a", "c118-6-6.1-b") == [COVERED, NEW]


def test_9_the_framework_leaves_what_a_nation_must_set() -> None:
    held, wanted = "wco-safe-aeo:importer", "eu-aeo:importer@aeos"
    assert told(held, wanted, "ia-28.1.a", "ia-28.1.e", "ia-28.1.g") == [COVERED] * 3
    assert told(held, wanted, "ia-25.1.c", "ia-28.1.b", "ia-28.1.d") == [PARTLY] * 3
    assert told(held, wanted, "ia-24.1", "ia-26.1.b") == [NEW] * 2


def test_10_pip_and_ctpat_meet_on_seals_staff_and_risks_and_differ_in_detail() -> None:
    assert told("ca-pip:importer", "us-ctpat:importer", "2.3", "9.6", "4.1") == [COVERED] * 3
    assert told("ca-pip:importer", "us-ctpat:importer", "6.2", "11.1", "3.1", "5.3") == [PARTLY, PARTLY, NEW, NEW]
    assert pieces("ca-pip:importer", "us-ctpat:importer", "6.2") == {
        ("seal-fitting", "", "moment"),
        ("seal-fitting", "", "affixer"),
    }
    assert told("us-ctpat:importer", "ca-pip:importer", "c7", "p3", "e3", "c5") == [COVERED, PARTLY, NEW, PARTLY]


def test_11_a_port_facility_s_plan_serves_entry_to_premises_and_nothing_of_customs() -> None:
    held, wanted = "isps:port-terminal-operator@port-facility", "eu-aeo:terminal-operator@aeos"
    assert {"ia-28.1.a", "ia-28.1.b", "ia-28.1.c"} <= informed(held, wanted)
    assert told(held, wanted, "ia-28.1.b") == [PARTLY]
    assert told(held, wanted, "ia-24.1", "ia-25.1.a", "ia-26.1.a", "ia-28.1.d") == [NEW] * 4
    assert COVERED not in cover(held, wanted).values()
