"""Somebody is asked to put right what a control lacks, and says that it is done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.server.journal.actions import store
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.queries import head_of
from tests.server.cast import TODAY, Cast, control
from tests.server.posture.pages import links_of, main_of, text_of

if TYPE_CHECKING:
    from django.test import Client

ROW = "/programmes/ctpat/us-ctpat/9.2/at/ein/"
RECORD = "/controls/in-place/c-cctv-ein/"
ANSWERS = {"text": "Take a photo of the screens.", "owner": "Dana Whitfield", "due": "2026-12-12"}


def ask_url(client: Client, page: str) -> str:
    """Where the page's button leads that asks somebody."""
    return next(link for link in links_of(client, page) if link.startswith("/ask/"))


def asked(client: Client, page: str = ROW, **more: str) -> Any:
    return client.post(ask_url(client, page), ANSWERS | {"back": page} | more, follow=True)


def done_url(client: Client, page: str) -> str:
    found = re.search(r'action="(/asked/[^"]+)"', main_of(client, page))
    assert found is not None
    return unescape(found[1])


def test_the_form_is_filled_in_with_what_the_finding_asks(sven: Client) -> None:
    url = ask_url(sven, ROW)
    given = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert given == {"control": "cctv", "at": "ein", "record": "c-cctv-ein", "text": given["text"], "back": ROW}
    assert given["text"] == "cctv. Attach evidence of design."
    form = main_of(sven, url)
    assert "cctv. Attach evidence of design." in form
    assert 'value="2026-12-24"' in form
    assert "Ask somebody. Who does it, and by which day?" in text_of(sven, url)


def test_one_deed_stores_the_finding_and_its_action_together(staged: Cast, sven: Client) -> None:
    before = head_of(staged.exporter_line)
    answer = asked(sven)
    facts = snapshot_of(staged.exporter_line).facts
    (raised,), (action,) = facts.findings, facts.corrective_actions
    assert (raised.of, raised.at, raised.about, raised.on, raised.by) == ("cctv", "ein", "c-cctv-ein", TODAY, "Sven")
    assert (action.mends, action.owner, action.due) == (raised.key, "Dana Whitfield", date(2026, 12, 12))
    assert raised.text == action.text == ANSWERS["text"]
    assert head_of(staged.exporter_line).seq == before.seq + 2
    assert answer.redirect_chain == [(ROW, 302)]
    assert "Asked: Dana Whitfield, due 12 Dec 2026. US CTPAT 9.2 at Eindhoven is now UNKNOWN" in " ".join(
        answer.content.decode().split()
    )


def test_what_is_asked_stands_on_the_requirement_the_record_home_and_the_site(sven: Client) -> None:
    asked(sven)
    who = "Take a photo of the screens. Dana Whitfield, due 12 Dec 2026 It is done"
    assert who in text_of(sven, ROW)
    assert who in text_of(sven, RECORD)
    assert "Asked: Dana Whitfield, due 12 Dec 2026" in text_of(sven, "/")
    assert "in 18 days 12 Dec 2026 Take a photo of the screens. Eindhoven Dana Whitfield 1 programme" in text_of(
        sven, "/due/"
    )
    assert (
        "Take a photo of the screens. in 18 days 12 Dec 2026 "
        "Asked of Dana Whitfield. 1 programme waits for it. It is done" in text_of(sven, "/sites/ein/")
    )
    assert not any("/ask/" in link and "c-cctv-ein" in link for link in links_of(sven, "/"))


def test_asking_moves_no_standing_and_one_button_ends_it(staged: Cast, sven: Client) -> None:
    standing = text_of(sven, "/programmes/ctpat/").partition("As of")[0]
    asked(sven)
    assert text_of(sven, "/programmes/ctpat/").partition("As of")[0] == standing
    answer = sven.post(done_url(sven, ROW), follow=True)
    assert answer.redirect_chain == [(ROW, 302)]
    assert "Done: Take a photo of the screens." in answer.content.decode()
    (action,) = snapshot_of(staged.exporter_line).facts.corrective_actions
    assert action.closed == TODAY
    assert "Dana Whitfield" not in text_of(sven, ROW)
    assert "Dana Whitfield" not in text_of(sven, "/due/")


def test_what_is_done_keeps_its_day(staged: Cast, sven: Client) -> None:
    asked(sven)
    url = done_url(sven, ROW)
    (action,) = snapshot_of(staged.exporter_line).facts.corrective_actions
    store(staged.exporter_line, replace(action, closed=date(2026, 11, 24)), deed="close-action")
    before = head_of(staged.exporter_line)
    assert "Already done on 24 Nov 2026" in sven.post(url, follow=True).content.decode()
    assert head_of(staged.exporter_line) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"owner": ""}, "Who does it"),
        ({"text": ""}, "What is to be done"),
        ({"due": "soon"}, "By which day"),
        ({"due": "2026-11-01"}, "By which day"),
    ],
)
def test_what_is_missing_or_upside_down_is_refused_at_its_field(
    staged: Cast, sven: Client, wrong: dict[str, str], said: str
) -> None:
    before = head_of(staged.exporter_line)
    answer = sven.post(ask_url(sven, ROW), ANSWERS | wrong)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert [answer.context["form"].fields[name].label for name in errors] == [said]
    assert head_of(staged.exporter_line) == before


def test_other_deeds_and_other_days_have_no_such_button(staged: Cast, sven: Client) -> None:
    asked(sven)
    partners = links_of(sven, "/programmes/ctpat/us-ctpat/3.4/at/nl/")
    assert not any(link.startswith("/ask/") for link in partners)
    for page in ("/", ROW, RECORD, "/sites/ein/"):
        past = main_of(sven, f"/on/2026-11-25{page}")
        assert "/ask/" not in past
        assert "/asked/" not in past
    assert "Dana Whitfield, due 12 Dec 2026" in text_of(sven, f"/on/2026-11-25{ROW}")


def test_what_is_late_says_so(sven: Client) -> None:
    asked(sven)
    assert "Dana Whitfield, 3 days late 12 Dec 2026" in text_of(sven, f"/on/2026-12-15{ROW}")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"control": "cctv", "at": "ein"}, 200),
        ({"control": "cctv", "at": "norholt"}, 200),
        ({"control": "cctv", "at": "ein", "record": "c-records"}, 200),
        ({"control": "moat", "at": "ein"}, 404),
        ({"control": "cctv", "at": "moon"}, 404),
        ({}, 404),
    ],
)
def test_only_what_is_there_can_be_asked_for(sven: Client, given: dict[str, str], status: int) -> None:
    assert sven.get("/ask/", given).status_code == status


def test_a_record_of_another_control_is_not_what_it_is_about(staged: Cast, sven: Client) -> None:
    url = "/ask/?control=cctv&at=ein&record=c-records"
    assert sven.post(url, ANSWERS).status_code == 302
    (raised,) = snapshot_of(staged.exporter_line).facts.findings
    assert raised.about == ""


def test_an_auditor_sees_what_is_asked_and_changes_nothing(staged: Cast, sven: Client) -> None:
    asked(sven)
    url, otto, before = done_url(sven, ROW), staged.client("otto"), head_of(staged.exporter_line)
    assert "Dana Whitfield, due 12 Dec 2026" in text_of(otto, ROW)
    assert "It is done" not in text_of(otto, ROW)
    assert not any(link.startswith("/ask/") for page in (ROW, RECORD, "/") for link in links_of(otto, page))
    assert otto.get(ask_url(sven, ROW)).status_code == 403
    assert otto.post(ask_url(sven, ROW), ANSWERS).status_code == 403
    assert otto.post(url).status_code == 403
    assert head_of(staged.exporter_line) == before


def test_an_outsider_finds_nothing(staged: Cast, sven: Client) -> None:
    asked(sven)
    url, olga = done_url(sven, ROW), staged.client("olga")
    heads = head_of(staged.exporter_line), head_of(staged.outside_line)
    assert olga.post(url).status_code == 404
    assert olga.get("/ask/?control=cctv&at=norholt").status_code == 404
    assert (head_of(staged.exporter_line), head_of(staged.outside_line)) == heads


def test_a_site_manager_asks_and_closes_at_the_own_site_only(staged: Cast, sven: Client) -> None:
    asked(sven)
    elsewhere, mara = done_url(sven, ROW), staged.client("mara")
    store(staged.exporter_line, control(since=TODAY, present=False), deed="record")
    own = "/programmes/ctpat/us-ctpat/9.2/at/rtm/"
    asked(mara, own, owner="Piet Vos")
    assert "Piet Vos, due 12 Dec 2026 It is done" in text_of(mara, own)
    assert "Asked of Piet Vos." in text_of(mara, "/sites/rtm/")
    assert "Piet Vos" in text_of(mara, "/due/")
    assert "Dana Whitfield" not in text_of(mara, "/due/")
    before = head_of(staged.exporter_line)
    assert mara.get("/ask/?control=cctv&at=ein").status_code == 403
    assert mara.post("/ask/?control=cctv&at=nl", ANSWERS).status_code == 403
    assert mara.post(elsewhere).status_code == 404
    assert head_of(staged.exporter_line) == before
    assert mara.post(done_url(mara, "/sites/rtm/")).status_code == 302
    assert "Piet Vos" not in text_of(mara, "/sites/rtm/")


def test_more_that_is_asked_costs_no_more_statements(staged: Cast, sven: Client) -> None:
    counts: list[int] = []
    for _ in range(2):
        for number in range(10):
            asked(sven, text=f"Thing {len(counts)}.{number}")
        sven.get("/")
        with CaptureQueriesContext(connection) as captured:
            for page in ("/", ROW, RECORD, "/sites/ein/", "/due/"):
                sven.get(page)
        counts.append(len(captured))
    assert counts[0] == counts[1]
