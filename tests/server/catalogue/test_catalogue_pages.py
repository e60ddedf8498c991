"""The catalogue for people: everybody signed in reads it, nobody changes it, it tells nothing of an organisation."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeconduct.catalogue.loading import load
from safeconduct.catalogue.quality import is_mapped
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.queries import head_of
from tests.server.cast import Cast

LISTS = [
    "/catalogue/quality/",
    "/catalogue/",
    "/catalogue/requirements/",
    "/catalogue/controls/",
    "/catalogue/meetings/",
    "/catalogue/recognition/",
    "/catalogue/equivalences/",
    "/catalogue/checklists/",
    "/catalogue/identifiers/",
    "/catalogue/lists/",
    "/catalogue/scenarios/",
    "/catalogue/figures/",
    "/catalogue/scales/",
    "/catalogue/codes/",
]
PAGES = [
    *LISTS,
    "/catalogue/us-ctpat/2020/",
    "/catalogue/requirement/us-ctpat/6.1/",
    "/catalogue/control/seal-fitting/",
    "/catalogue/list/seal-class/",
    "/catalogue/recognition/cn-aeo-eu-aeos/",
    "/catalogue/equivalences/eu-aeo-iso-28000/",
    "/catalogue/checklists/mx-tractor-ten-points/",
    "/catalogue/identifiers/eori/",
    "/catalogue/scenarios/theft-from-parked-vehicle/",
    "/catalogue/figures/tapa-emea-2019-incidents/",
    "/catalogue/scales/likelihood-five/",
    "/catalogue/matrices/plain-five-by-five/",
    "/catalogue/codes/tapa-incident-types/",
]
MISSING = [
    "/catalogue/us-ctpat/1999/",
    "/catalogue/requirement/us-ctpat/99.9/",
    "/catalogue/control/no-such-control/",
    "/catalogue/list/no-such-list/",
    "/catalogue/recognition/no-such-row/",
    "/catalogue/equivalences/no-such-row/",
    "/catalogue/checklists/no-such-list/",
    "/catalogue/identifiers/no-such-number/",
    "/catalogue/scenarios/no-such-scenario/",
    "/catalogue/figures/no-such-figure/",
    "/catalogue/scales/plain-five-by-five/",
    "/catalogue/matrices/likelihood-five/",
    "/catalogue/codes/no-such-list/",
]


@pytest.fixture
def shipped(cast: Cast) -> Cast:
    """The cast, with the catalogue that is shipped."""
    use(None)
    return cast


def text_of(client: Client, path: str) -> str:
    """The words of a page's sheet without its seal, each run of space one space."""
    html = client.get(path).content.decode()
    sheet = html[html.index("<main") : html.index("</main>")].partition("<footer")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


def rows_of(client: Client, path: str) -> list[list[str]]:
    """The rows of a list as CSV, headings first."""
    content = client.get(path).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


@pytest.mark.parametrize("path", [*PAGES, *MISSING])
def test_nobody_reads_it_without_signing_in(shipped: Cast, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", PAGES)
def test_everybody_reads_it_and_it_tells_nothing_of_an_organisation(shipped: Cast, path: str) -> None:
    told = {text_of(shipped.client(name), path) for name in ("anna", "sven", "mara", "otto", "olga")}
    assert len(told) == 1
    assert "Norholt" not in told.pop()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_changed_by_it(shipped: Cast, path: str) -> None:
    sven = shipped.viewer("sven")
    before = head_of(sven)
    client = shipped.client("sven")
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405
    assert head_of(sven) == before


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_in_it_is_not_found(shipped: Cast, path: str) -> None:
    assert shipped.client("sven").get(path).status_code == 404


def test_the_first_page_counts_all_that_is_asked(shipped: Cast) -> None:
    catalogue = load()
    rows = sum(len(one.requirements) for one in catalogue.programmes.values())
    told = text_of(shipped.client("otto"), "/catalogue/")
    assert f"{len(catalogue.programmes)} editions ask {rows:,} things." in told
    assert "Cargo security" in told


def test_an_edition_known_by_headings_says_so_and_judges_nothing(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/ar-oea/2021/")
    assert "Headings only: 3 rows tell what it is about. None is judged." in told
    assert "Its rows stand in no chapter." in told
    editions = text_of(shipped.client("otto"), "/catalogue/")
    marked = [one for one in load().programmes.values() if not any(is_mapped(row) for row in one.requirements)]
    assert editions.count(", headings only") == len(marked) >= 3


def test_a_requirement_is_told_in_words_with_its_source(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/requirement/us-ctpat/6.1/")
    assert "Written procedure for high-security seals. It binds as must." in told
    assert "All of these Seals are handled by written rules what it covers: access; storage; log;" in told
    assert "Written rules are reviewed: seal rules at least every 12 months" in told
    assert "Document CTPAT MSC in two public questionnaires Place in it 6.1" in told
    assert "Place in it 6.1 Checked 24 Nov 2026 How sure secondary" in told
    assert "foreign manufacturer yes" in told
    assert "Back to 5.29 On to 6.2" in told


def test_a_role_that_is_not_named_is_unknown_and_not_left_out(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/requirement/us-ctpat/6.5/")
    assert "importer yes" in told
    assert "sea carrier unknown: not seen for this role" in told


@pytest.mark.parametrize(
    ("day", "binds"),
    [
        ("2020-02-29", "It binds nobody on this day."),
        ("2022-12-31", "It binds as should."),
        ("2023-01-01", "It binds as must."),
    ],
)
def test_an_obligation_is_that_of_the_day(shipped: Cast, day: str, binds: str) -> None:
    told = text_of(shipped.client("otto"), f"/on/{day}/catalogue/requirement/us-ctpat/3.9/")
    assert binds in told


def test_each_part_of_a_mixed_requirement_says_when_it_binds(shipped: Cast) -> None:
    mixed = next(row for row in load().programmes["us-ctpat/2020"].requirements if len(row.parts) > 1)
    told = text_of(shipped.client("otto"), f"/catalogue/requirement/{mixed.key}/")
    for part in mixed.parts:
        word = part.obligation[-1][1].value
        assert f"{part.title or f'Part {part.key}'} {word} since" in told


def test_the_bounds_of_programmes_stand_side_by_side(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/control/seal-fitting/")
    assert "Seal class one word, weakest first: seal class high-security seal (current ISO 17712)" in told
    assert re.search(r"When it is fitted one word, weakest first: moment at once after loading .*US CTPAT 6\.2", told)
    assert "No seal" not in told
    assert "US CTPAT 6.2 High-security seal after stuffing" in told


def test_a_list_is_narrowed_sorted_and_paged(shipped: Cast) -> None:
    client = shipped.client("otto")
    found = rows_of(client, "/catalogue/requirements/?programme=us-ctpat/2020&q=seal&obligation=must&as=csv")
    assert [row[0] for row in found[1:3]] == ["us-ctpat/5.4", "us-ctpat/6.1"]
    assert {row[1] for row in found[1:]} == {"us-ctpat/2020"}
    assert {row[7] for row in found[1:]} == {"must"}
    turned = rows_of(client, "/catalogue/requirements/?sort=-sure&as=csv")
    assert turned[1][10] == "unconfirmed"
    everything = text_of(client, "/catalogue/requirements/?page=2")
    assert "Rows 51 to 100 of " in everything


def test_a_filter_that_finds_nothing_is_told_and_can_be_cleared(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/requirements/?q=unobtainium")
    assert "Nothing matches words: “unobtainium”. Clear the filter" in told


def test_numbers_lead_to_their_lists(shipped: Cast) -> None:
    client = shipped.client("otto")
    rows = load().programmes["us-ctpat/2020"].requirements
    for sure in ("confirmed", "secondary", "unconfirmed"):
        found = rows_of(client, f"/catalogue/requirements/?programme=us-ctpat/2020&sure={sure}&as=csv")
        assert len(found) - 1 == sum(row.source.sure.value == sure for row in rows)
    outcomes = rows_of(client, "/catalogue/requirements/?programme=eu-aeo/2016&decided=person&as=csv")
    assert "eu-aeo/ia-28.1.a" in {row[0] for row in outcomes}


@pytest.mark.parametrize("path", [*LISTS, "/catalogue/us-ctpat/2020/", "/catalogue/control/seal-fitting/"])
def test_every_list_is_taken_away_whole(shipped: Cast, path: str) -> None:
    client = shipped.client("otto")
    answer = client.get(path, {"as": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    total = re.search(r"Rows [\d,]+ to [\d,]+ of ([\d,]+)", text_of(client, path))
    assert total is not None
    assert len(rows_of(client, f"{path}?as=csv")) - 1 == int(total[1].replace(",", ""))


def test_orders_keep_their_order_and_sets_say_what_is_wider(shipped: Cast) -> None:
    client = shipped.client("otto")
    assert [row[0] for row in rows_of(client, "/catalogue/list/seal-class/?as=csv")[1:]] == [
        "no seal (none)",
        "indicative seal (indicative)",
        "security seal (security)",
        "high-security seal (current ISO 17712) (high-security)",
    ]
    people = {row[0]: row[2] for row in rows_of(client, "/catalogue/list/people/?as=csv")[1:]}
    assert people["drivers (drivers)"] == "staff, everyone"


@pytest.mark.parametrize("path", LISTS)
def test_a_long_list_costs_no_more_statements_than_a_short_one(shipped: Cast, path: str) -> None:
    client = shipped.client("otto")
    client.get(path)
    counts = []
    for query in ("?q=seal", ""):
        with CaptureQueriesContext(connection) as statements:
            client.get(path + query)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_arrangement_tells_what_goes_on_the_declaration_and_the_other_direction(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/recognition/cn-aeo-eu-aeos/")
    assert "What goes on the declaration Identifiers AEO code as declared in China" in told
    assert "into the field of the foreign consignor or consignee" in told
    assert "Signed 31 May 2014 Works since 30 Nov 2015" in told
    assert "The other way Advanced Certified Enterprise (China)" in told


def test_arrangements_are_narrowed_by_what_is_declared(shipped: Cast) -> None:
    rows = rows_of(shipped.client("otto"), "/catalogue/recognition/?as=csv&by=kr-aeo&declared=yes")
    assert "On the declaration" in rows[0]
    assert len(rows) > 8
    assert all("Overseas business partner code (Korea)" in " ".join(row) for row in rows[1:])


def test_an_equivalence_tells_its_scope_and_its_requirements(shipped: Cast) -> None:
    told = text_of(shipped.client("otto"), "/catalogue/equivalences/eu-air-cargo-agent-as-haulier/")
    assert "stands in for the requirement, by the issuer's own word." in told
    assert "Held by the place itself Roles highway carrier Levels haulier" in told
    assert "6-E (5) Driver's identity" in told


def test_a_checklist_tells_its_points_and_who_asks_for_them(shipped: Cast) -> None:
    client = shipped.client("otto")
    told = text_of(client, "/catalogue/checklists/mx-tractor-ten-points/")
    assert "10 points." in told
    assert "3 Tyres The poster counts bumper and tyres apart" in told
    assert "MX-07.1 Seventeen points of inspection" in told
    asked = text_of(client, "/catalogue/requirement/us-ctpat/5.3/")
    assert "Seven points of an empty container , Eight points of an empty refrigerated unit" in asked


def test_an_identifier_says_honestly_what_is_checked(shipped: Cast) -> None:
    client = shipped.client("otto")
    assert "Checked form and check digit" in text_of(client, "/catalogue/identifiers/uscc/")
    assert "Checked nothing: no form is published" in text_of(client, "/catalogue/identifiers/svi/")
    assert "told and never refused" in text_of(client, "/catalogue/identifiers/eu-regulated-agent-number/")
