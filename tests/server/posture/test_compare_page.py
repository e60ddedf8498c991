"""If you hold A, B costs you these things: in general, on our own facts, and what nobody knows."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from safeconduct.core.records.catalogue import Recognition
from safeconduct.server.common.catalogue_in_use import use
from tests.server.cast import Cast
from tests.server.posture.pages import links_of, text_of, verdict_of
from tests.server.posture.side_stage import SIDE_STAGE
from tests.server.posture.stage import UNREAD

if TYPE_CHECKING:
    from django.test import Client

PAGE = "/programmes/compare/"
EU_TO_US = "held=eu-aeo@aeos&with=us-ctpat:importer"
US_TO_EU = "held=us-ctpat:importer&with=eu-aeo@aeos"


@pytest.fixture
def manager(side: Cast) -> Client:
    """The security manager's browser."""
    return side.client("sven")


def rows(client: Client, query: str) -> list[dict[str, str]]:
    """A list of the page as its CSV tells it."""
    told = client.get(f"{PAGE}?{query}&as=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(told)))


def covers(client: Client, query: str) -> list[tuple[str, str]]:
    return [(row["Requirement"].split()[0], row["Covered"]) for row in rows(client, query)]


def test_without_a_programme_wanted_it_asks_for_one(manager: Client) -> None:
    assert verdict_of(manager, PAGE) == "Choose the programme that is wanted."
    assert "Held: EU AEO AEOS importer and US CTPAT importer." in text_of(manager, PAGE)


def test_the_rows_are_told_as_covered_partly_and_new(manager: Client) -> None:
    assert covers(manager, EU_TO_US) == [("9.2", "covered"), ("6.2", "partly"), ("12.1", "new"), ("5.9", "not known")]
    assert covers(manager, US_TO_EU) == [
        ("29", "partly"),
        ("30", "new"),
        ("31", "new"),
        ("32", "new"),
        ("33", "new"),
    ]


def test_the_verdict_counts_what_is_to_be_done(manager: Client) -> None:
    assert verdict_of(manager, f"{PAGE}?{EU_TO_US}") == (
        "If you hold EU AEO AEOS, US CTPAT importer costs 2 things. 1 of 3 requirements is covered, 1 in part."
    )
    assert verdict_of(manager, f"{PAGE}?held=us-ctpat&with=us-ctpat") == (
        "If you hold US CTPAT, US CTPAT costs nothing more. 4 of 4 requirements are covered, 0 in part."
    )


def test_each_number_leads_to_its_rows(manager: Client) -> None:
    told = [link for link in links_of(manager, f"{PAGE}?{EU_TO_US}") if "cover=" in link]
    counted = {link.partition("cover=")[2].partition("&")[0]: rows(manager, link.lstrip("?")) for link in told}
    assert {word: len(found) for word, found in counted.items()} == {"covered": 1, "partly": 1, "new": 1, "unknown": 1}


def test_what_nobody_knows_to_bind_is_told_and_costs_nothing(manager: Client) -> None:
    told = text_of(manager, f"{PAGE}?{EU_TO_US}")
    assert "Not every criterion of CTPAT is encoded for importer. It may cost more: what is missing" in told
    assert "nobody knows whether it binds this role" in told


def test_a_role_and_a_level_narrow_what_is_wanted(manager: Client) -> None:
    assert ("5.9", "new") in covers(manager, "held=eu-aeo&with=us-ctpat&role=carrier")
    assert "30" in dict(covers(manager, "held=us-ctpat&with=eu-aeo&level=aeos"))
    assert "30" not in dict(covers(manager, "held=us-ctpat&with=eu-aeo&level=aeoc"))


def test_a_kind_of_place_decides_conditions(manager: Client) -> None:
    (seal,) = [
        row for row in rows(manager, f"{EU_TO_US}&kind=stuffs-containers") if row["Requirement"].startswith("6.2")
    ]
    assert "where" not in seal["Still to be done"]
    (seal,) = [row for row in rows(manager, EU_TO_US) if row["Requirement"].startswith("6.2")]
    assert seal["Still to be done"] == "seal fitting: class: high security (where stuffs containers)"


def test_recognition_is_told_for_what_it_is(manager: Client) -> None:
    recognition = Recognition("r", "us-ctpat", "eu-aeos", date(2013, 12, 31), UNREAD)
    use(replace(SIDE_STAGE, recognition=(recognition,)))
    said = "Its issuer recognises AEOS since 31 Dec 2013 in partners; it does not make the holder a member."
    assert said in text_of(manager, f"{PAGE}?{EU_TO_US}")
    assert said not in text_of(manager, f"{PAGE}?{US_TO_EU}")
    assert said not in text_of(manager, f"/on/2013-12-30{PAGE}?{EU_TO_US}")


def test_it_is_judged_for_us_as_enrolled(manager: Client) -> None:
    told = text_of(manager, f"{PAGE}?{EU_TO_US}")
    assert "CTPAT, judged as Norholt NL is enrolled: 0 of 3 requirements are met already" in told
    assert {row["At"] for row in rows(manager, f"{EU_TO_US}&list=here")} == {"Eindhoven", "Rotterdam"}


def test_where_nobody_is_enrolled_it_is_judged_as_if(side: Cast) -> None:
    told = text_of(side.client("olga"), f"{PAGE}?{EU_TO_US}")
    assert "judged as if Norholt NL were enrolled with all its sites" in told


def test_a_site_manager_sees_the_own_site_only(side: Cast) -> None:
    mara = side.client("mara")
    assert "Eindhoven" not in text_of(mara, f"{PAGE}?{EU_TO_US}")
    assert {row["At"] for row in rows(mara, f"{EU_TO_US}&list=here")} == {"Rotterdam"}


@pytest.mark.parametrize(
    "query", ["with=nothing", "held=nothing&with=", f"{EU_TO_US}&cover=x&role=y&kind=z&level=q&entity=moon&page=-1"]
)
def test_an_address_that_cannot_be_read_asks_nothing(manager: Client, query: str) -> None:
    assert manager.get(f"{PAGE}?{query}").status_code == 200


def test_every_link_of_the_page_leads_somewhere(manager: Client) -> None:
    for link in dict.fromkeys(links_of(manager, f"{PAGE}?{EU_TO_US}")):
        url = f"{PAGE}{link}" if link.startswith("?") else link
        assert manager.get(url).status_code == 200, link
