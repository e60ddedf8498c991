"""What several programmes ask together: what binds, what clashes, where we are short, and the same to print."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from safeconduct.server.journal.actions import store_all
from tests.server.cast import Cast, control, evidence
from tests.server.posture.pages import links_of, text_of, verdict_of
from tests.server.posture.side_stage import CHOSEN, WITH_LAW

if TYPE_CHECKING:
    from django.test import Client

PAGE, STANDARD = "/programmes/criteria/", "/programmes/criteria/standard/"


@pytest.fixture
def manager(side: Cast) -> Client:
    """The security manager's browser."""
    return side.client("sven")


def rows(client: Client, query: str) -> list[dict[str, str]]:
    """The statements as their CSV tells them."""
    told = client.get(f"{PAGE}?{query}&as=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(told)))


def controls(client: Client, query: str) -> list[str]:
    return [row["Control"] for row in rows(client, query)]


def test_the_followed_programmes_are_joined_at_once(manager: Client) -> None:
    assert verdict_of(manager, PAGE) == "7 controls meet both programmes. Written apart, they are 8 requirements."
    assert "EU AEO AEOS importer binds 3 statements and US CTPAT importer binds 2 statements." in text_of(manager, PAGE)


def test_the_strictest_part_is_told_with_who_binds_it(manager: Client) -> None:
    by_control = {row["Control"]: row for row in rows(manager, CHOSEN)}
    seals, cameras = by_control["seal-fitting"], by_control["cctv"]
    assert seals["Strictest statement"] == "class: high security, where stuffs containers"
    assert (seals["US CTPAT"], seals["EU AEO"]) == ("binds", "less")
    assert cameras["Strictest statement"] == "coverage: docks; coverage: gates"
    assert (cameras["US CTPAT"], cameras["EU AEO"]) == ("less", "binds")
    assert by_control["record-keeping"]["US CTPAT"] == "silent"
    assert by_control["bond"]["EU AEO"] == "one way"


def test_what_a_law_forbids_is_a_conflict_and_is_named_everywhere(manager: Client) -> None:
    assert "Nowhere do two rules clash." in text_of(manager, f"{PAGE}?{CHOSEN}")
    for page in (PAGE, STANDARD):
        assert "In 1 place two rules cannot both be kept." in text_of(manager, f"{page}?{WITH_LAW}"), page
    assert controls(manager, f"{WITH_LAW}&show=conflict") == ["guarding"]
    told = text_of(manager, f"{PAGE}?{WITH_LAW}&show=conflict")
    assert "PRIVACY 1" in told
    assert "Not resolved here: decide, and record the decision." in told
    assert controls(manager, f"{CHOSEN}&show=conflict") == []


def test_a_limit_is_nothing_to_meet(manager: Client) -> None:
    alone = f"{PAGE}?programme=privacy"
    assert verdict_of(manager, alone) == "0 controls meet PRIVACY. Written apart, they are 0 requirements."


def test_filters_narrow_to_what_they_say(manager: Client) -> None:
    assert controls(manager, f"{CHOSEN}&show=several") == ["bond", "cctv", "seal-fitting"]
    assert controls(manager, f"{CHOSEN}&show=differ") == ["bond", "cctv", "seal-fitting"]
    assert controls(manager, f"{CHOSEN}&show=own") == ["training"]
    assert controls(manager, "programme=eu-aeo&show=one-way") == ["bond", "building-structure"]


def test_a_level_that_is_not_taken_asks_nothing(manager: Client) -> None:
    by_level = {level: rows(manager, f"programme=eu-aeo&level={level}") for level in ("aeoc", "aeos")}
    assert {level: "seal-fitting" in {row["Control"] for row in found} for level, found in by_level.items()} == {
        "aeoc": False,
        "aeos": True,
    }


def test_a_role_takes_in_what_binds_it(manager: Client) -> None:
    assert "bond" not in controls(manager, "programme=us-ctpat&role=importer")
    assert "bond" in controls(manager, "programme=us-ctpat&role=carrier")


def test_a_kind_of_place_decides_conditions(manager: Client) -> None:
    stated = {
        row["Control"]: row["Strictest statement"] for row in rows(manager, "programme=us-ctpat&kind=stuffs-containers")
    }
    assert stated["seal-fitting"] == "class: high security"


def test_each_place_that_is_short_is_named(manager: Client) -> None:
    (guarding,) = [row for row in rows(manager, CHOSEN) if row["Control"] == "guarding"]
    assert guarding["We stand"] == "UNKNOWN"
    assert guarding["Short at"] == "Eindhoven UNKNOWN, Rotterdam UNKNOWN"
    told = text_of(manager, f"{PAGE}?{CHOSEN}&show=short")
    assert "Short at Eindhoven UNKNOWN, Rotterdam UNKNOWN" in told.replace(" ,", ",")


def test_one_place_is_asked_about_alone(manager: Client) -> None:
    (guarding,) = [row for row in rows(manager, f"{CHOSEN}&unit=ein") if row["Control"] == "guarding"]
    assert guarding["Short at"] == "Eindhoven UNKNOWN"
    assert controls(manager, f"{CHOSEN}&unit=nl") == ["record-keeping"]
    assert "at Eindhoven" in text_of(manager, f"{PAGE}?{CHOSEN}&unit=ein")


def test_recommendations_come_along_when_asked_for(manager: Client) -> None:
    relation = {
        asked: next(row["US CTPAT"] for row in rows(manager, f"{CHOSEN}{asked}") if row["Control"] == "guarding")
        for asked in ("", "&obligation=should")
    }
    assert relation == {"": "silent", "&obligation=should": "less"}


def test_the_standard_tells_chapters_own_numbers_and_ways_apart(manager: Client) -> None:
    told = text_of(manager, f"{STANDARD}?programme=us-ctpat:importer&programme=eu-aeo")
    assert "CTPAT 2020, as importer" in told
    assert "2016, as importer and carrier 2" in told
    cargo, own, ways = (told.index(name) for name in ("Cargo security", "Numbers of our own", "Ways to choose from"))
    assert cargo < own < ways
    assert "training: staff interval: the organisation's own number US CTPAT 12.1" in told[own:ways]
    assert "bond" in told[ways:]
    assert "bond" not in told[cargo:own]
    assert "Short at Eindhoven UNKNOWN" in told[cargo:own]


@pytest.mark.parametrize(
    "query",
    ["programme=", "programme=nothing", f"{CHOSEN}&role=pilot&kind=moon&level=z&show=x&unit=y&obligation=z&page=999"],
)
def test_an_address_that_cannot_be_read_asks_nothing(manager: Client, query: str) -> None:
    for page in (PAGE, STANDARD):
        assert manager.get(f"{page}?{query}").status_code == 200, page


def test_every_link_of_the_pages_leads_somewhere(manager: Client) -> None:
    for page in (f"{PAGE}?{WITH_LAW}", f"{STANDARD}?{WITH_LAW}"):
        for link in dict.fromkeys(links_of(manager, page)):
            url = f"{PAGE}{link}" if link.startswith("?") else link
            assert manager.get(url).status_code == 200, link


def test_a_site_manager_sees_the_own_site_only(side: Cast) -> None:
    mara = side.client("mara")
    for page in (PAGE, STANDARD):
        told = text_of(mara, f"{page}?{CHOSEN}")
        assert "Rotterdam" in told, page
        assert "Eindhoven" not in told, page


def test_another_organisation_is_told_nothing_of_ours(side: Cast) -> None:
    kept = control("c-guards", "rtm", control="guarding", values={"guards": "2"})
    store_all(side.exporter_line, [kept, evidence("e-guards", "c-guards")], deed="record")
    short = {
        name: next(row["Short at"] for row in rows(side.client(name), CHOSEN) if row["Control"] == "guarding")
        for name in ("sven", "olga")
    }
    assert short == {"sven": "Eindhoven UNKNOWN", "olga": "Eindhoven UNKNOWN, Rotterdam UNKNOWN"}
