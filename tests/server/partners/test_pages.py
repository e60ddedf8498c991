"""Partners: the list with how each stands, one partner with its reasons; who sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.partners import Certificate, Partner, Register
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.queries import head_of
from tests.server.cast import TODAY, Cast
from tests.server.proving import PROVING_CATALOGUE, proving_facts

if TYPE_CHECKING:
    from django.test import Client
    from time_machine import TimeMachineFixture

pytestmark = pytest.mark.django_db

LAST_DAY = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def today(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(TODAY)


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """The exporter, whose programme asks for each carrier a certificate: Haulier 1 holds one for thirty more days."""
    use(PROVING_CATALOGUE)
    confirmed = Register(key="r-nl", of="partners", unit="nl", confirmed=TODAY, until=TODAY + timedelta(days=90))
    ending = Certificate(
        key="c-h1", holder="h1", scheme="us-ctpat", from_=TODAY - timedelta(days=900), to=LAST_DAY, checked=(TODAY,)
    )
    store_all(cast.exporter_line, [*proving_facts(TODAY), confirmed], deed="record")
    store_all(cast.exporter_line, [ending], deed="record")
    return cast


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_partners_that_are_not_assured_stand_first(asked: Cast) -> None:
    shown = text_of(asked.client("sven"), "/partners/")
    assert "2 of 2 asked for are not assured." in shown
    supplier = Partner(key="a1", title="Agent 1", of="nl", roles=("importer",))
    store_all(asked.exporter_line, [supplier], deed="record")
    shown = text_of(asked.client("sven"), "/partners/")
    assert shown.index("Haulier 1") < shown.index("Agent 1")
    assert "confirmed complete until 22 Feb 2027" in shown
    assert "24 Dec 2026" in shown


def test_partners_narrow_by_standing_entity_and_role(asked: Cast) -> None:
    client = asked.client("sven")
    shown = text_of(client, "/partners/?role=carrier")
    assert "Haulier 1" in shown
    assert "/partners/b1/" not in shown
    assert "/partners/b1/" in text_of(client, "/partners/?stands=UNMET")
    assert "/partners/h1/" not in text_of(client, "/partners/?role=broker")
    assert "Nothing matches assured: UNMET; words: “nobody”." in text_of(client, "/partners/?stands=UNMET&q=nobody")


def test_a_partner_stands_by_its_certificate_to_its_last_day_and_not_longer(asked: Cast) -> None:
    client = asked.client("sven")
    before = text_of(client, f"/on/{LAST_DAY}/partners/h1/")
    after = text_of(client, f"/on/{LAST_DAY + timedelta(days=1)}/partners/h1/")
    row = f"/on/{LAST_DAY}/programmes/pg/proving/register/at/nl/"
    assert "MET" in before.split(row)[2]
    assert "ended on 24 Dec 2026" not in before
    assert "ended on 24 Dec 2026" in after


def test_a_partner_shows_what_speaks_for_it_and_where_it_is_asked_for(asked: Cast) -> None:
    shown = text_of(asked.client("sven"), "/partners/h1/")
    assert "Haulier 1 is not assured." in shown
    assert "Row of proof" in shown
    assert "/registers/certificates/c-h1/" in shown
    assert "/registers/proofs/new/?partner=h1&amp;back=%2Fpartners%2Fh1%2F" in shown


def test_a_partner_nothing_asks_for_is_said_to_be_so(asked: Cast) -> None:
    store_all(asked.exporter_line, [Partner(key="s1", title="Supplier 1", of="nl", roles=("importer",))], deed="record")
    assert "No requirement asks for Supplier 1." in text_of(asked.client("sven"), "/partners/s1/")


def test_no_partner_yet_teaches_how_to_begin(cast: Cast) -> None:
    use(PROVING_CATALOGUE)
    cast.client("sven").post("/registers/partners/h1/withdraw/", {"why": "Recorded by mistake"})
    shown = text_of(cast.client("sven"), "/partners/")
    assert "No partner is on record." in shown
    assert "rows about partners stay UNKNOWN" in shown


def test_the_number_of_statements_does_not_grow(asked: Cast) -> None:
    client = asked.client("sven")
    for url in ("/partners/", "/partners/h1/"):
        counts = []
        for number in (10, 20):
            partners = [Partner(key=f"p{place}", of="nl", roles=("carrier",)) for place in range(number)]
            store_all(asked.exporter_line, partners, deed="record")
            client.get(url)
            with CaptureQueriesContext(connection) as statements:
                assert client.get(url).status_code == 200
            counts.append(len(statements))
        assert counts[0] == counts[1], url


def test_an_auditor_sees_partners_and_no_deed(asked: Cast) -> None:
    client = asked.client("otto")
    assert "Record a partner" not in text_of(client, "/partners/")
    shown = text_of(client, "/partners/h1/")
    assert "Haulier 1 is not assured." in shown
    assert "Record a certificate" not in shown


def test_a_site_manager_and_an_outsider_find_no_partner_of_the_entity(asked: Cast) -> None:
    heads = head_of(asked.exporter_line), head_of(asked.outside_line)
    assert asked.client("mara").get("/partners/").status_code == 404
    assert asked.client("mara").get("/partners/h1/").status_code == 404
    outside = asked.client("olga")
    assert "Broker 1" not in text_of(outside, "/partners/")
    assert outside.get("/partners/b1/").status_code == 404
    assert (head_of(asked.exporter_line), head_of(asked.outside_line)) == heads
