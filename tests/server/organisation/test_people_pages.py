"""Pages for administrators: people, roles, passwords, tokens, erasure; and the own password of everybody."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.models import ApiToken, Membership
from safeconduct.server.accounts.queries import members_of, tokens_of, user_of, viewer_of_token
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.clock import today
from safeconduct.server.journal.queries import Sought, head_of, journal_lines
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.journal.verification import verify
from tests.server.cast import PASSWORD, Cast

NEW = "seven seals and a fence"


def text_of(answer: Any) -> str:
    """The words of a page's sheet, each run of space one space."""
    html = answer.content.decode()
    sheet = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


def pages_of(cast: Cast) -> list[str]:
    """Every page about people, with Sven as the person asked about."""
    key = cast.people["sven"].key
    return [
        "/people/",
        "/people/add/",
        "/people/erase/",
        "/people/tokens/",
        f"/people/{key}/",
        f"/people/{key}/password/",
        f"/people/{key}/erase/",
    ]


def posts_of(cast: Cast) -> list[str]:
    """Every address that changes people."""
    return [*pages_of(cast)[1:], f"/people/{cast.people['sven'].key}/remove/"]


def may_sign_in(email: str, password: str) -> bool:
    return Client().post("/sign-in/", {"email": email, "password": password}).status_code == 302


@pytest.mark.parametrize("name", ["sven", "mara", "otto"])
def test_only_administrators_come_here(cast: Cast, name: str) -> None:
    client, before = cast.client(name), head_of(cast.exporter_line)
    for path in pages_of(cast):
        assert client.get(path).status_code == 403
    for path in posts_of(cast):
        assert client.post(path, {"role": "auditor", "person": "J. Smit", "sure": "on"}).status_code == 403
    assert head_of(cast.exporter_line) == before


def test_nobody_comes_here_without_signing_in(cast: Cast) -> None:
    for path in [*pages_of(cast), "/password/"]:
        assert Client().get(path)["Location"].startswith("/sign-in/")


def test_an_outsider_finds_none_of_it(cast: Cast) -> None:
    client, before = cast.client("olga"), head_of(cast.exporter_line)
    assert "norholt" not in text_of(client.get("/people/"))
    key = cast.people["sven"].key
    for path in (f"/people/{key}/", f"/people/{key}/password/", f"/people/{key}/erase/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"role": "auditor"}).status_code == 404
    assert client.post(f"/people/{key}/remove/").status_code == 404
    assert head_of(cast.exporter_line) == before
    assert may_sign_in("sven@norholt.example", PASSWORD)


def test_the_list_tells_who_may_do_what(cast: Cast) -> None:
    told = text_of(cast.client("anna").get("/people/"))
    assert "4 people have a role here. 1 administers it." in told
    assert "Mara mara@norholt.example Site manager Rotterdam yes" in told
    assert "Olga" not in told
    file = cast.client("anna").get("/people/?role=auditor&as=csv").content.decode("utf-8-sig")
    assert file == "Person,Role,Sites,May sign in\r\nOtto (otto@norholt.example),Auditor,all,yes\r\n"


def test_a_new_person_gets_a_made_password_that_is_shown_once(cast: Cast) -> None:
    form = {"email": "Nina@norholt.example", "name": "Nina", "role": "site-manager", "units": ["ein"]}
    answer = cast.client("anna").post("/people/add/", form)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    [password] = re.findall(r"<code>([a-z2-9-]+)</code>", answer.content.decode())
    assert may_sign_in("nina@norholt.example", password)
    assert {one.email: one.units for one in members_of(cast.exporter_line)}["nina@norholt.example"] == ("ein",)
    [line] = journal_lines(cast.exporter_line, Sought(deed="give-role"))
    assert (line.actor_name, line.personal) == ("Anna", {"email": "nina@norholt.example"})
    assert password not in str(line)


def test_a_new_person_may_get_a_given_password(cast: Cast) -> None:
    form = {"email": "nina@norholt.example", "role": "auditor", "password": NEW}
    assert cast.client("anna").post("/people/add/", form)["Location"] == "/people/"
    assert may_sign_in("nina@norholt.example", NEW)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"email": "nobody", "role": "auditor"}, "Enter a valid email address."),
        ({"email": "n@norholt.example"}, "This field is required."),
        ({"email": "n@norholt.example", "role": "site-manager"}, "A site manager needs at least one site."),
        ({"email": "n@norholt.example", "role": "auditor", "units": ["ein"]}, "This role is not limited to sites."),
        ({"email": "n@norholt.example", "role": "auditor", "password": "short"}, "too short"),
        ({"email": "n@norholt.example", "role": "site-manager", "units": ["moon"]}, "moon is not one of the available"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_stored(cast: Cast, form: dict[str, Any], told: str) -> None:
    before = head_of(cast.exporter_line)
    answer = cast.client("anna").post("/people/add/", form)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert (head_of(cast.exporter_line), user_of("n@norholt.example")) == (before, None)


def test_an_account_of_another_organisation_is_let_in_on_the_server_and_keeps_its_password(cast: Cast) -> None:
    form = {"email": "olga@outsider.example", "role": "auditor", "password": NEW}
    answer = cast.client("anna").post("/people/add/", form)
    assert answer.status_code == 422
    assert "Have the role given on the server" in text_of(answer)
    assert cast.viewer("olga").organisation_key == "outsider"
    assert may_sign_in("olga@outsider.example", PASSWORD)
    assert not may_sign_in("olga@outsider.example", NEW)


def test_a_role_is_changed_and_taken_away(cast: Cast) -> None:
    anna, key = cast.client("anna"), cast.people["sven"].key
    assert anna.post(f"/people/{key}/", {"role": "site-manager", "units": ["rtm"]}).status_code == 302
    assert cast.viewer("sven").units == frozenset({"rtm"})
    assert cast.client("sven").get("/journal/").status_code == 403
    assert anna.post(f"/people/{key}/remove/").status_code == 302
    assert "Sven" not in text_of(anna.get("/people/?"))
    assert cast.client("sven").get("/journal/")["Location"].startswith("/choose-organisation/")
    assert verify(cast.exporter_line).holds


def test_the_last_administrator_stays(cast: Cast) -> None:
    anna, key = cast.client("anna"), cast.people["anna"].key
    answer = anna.post(f"/people/{key}/", {"role": "auditor"})
    assert answer.status_code == 422
    assert "is the last administrator" in text_of(answer)
    assert anna.post(f"/people/{key}/remove/").status_code == 422
    assert cast.viewer("anna").role is Role.ADMINISTRATOR


def test_a_new_password_shuts_the_old_one_out(cast: Cast) -> None:
    sven, key = cast.client("sven"), cast.people["sven"].key
    assert sven.get("/journal/").status_code == 200
    answer = cast.client("anna").post(f"/people/{key}/password/", {"password": ""})
    [password] = re.findall(r"<code>([a-z2-9-]+)</code>", answer.content.decode())
    assert may_sign_in("sven@norholt.example", password)
    assert not may_sign_in("sven@norholt.example", PASSWORD)
    assert sven.get("/journal/")["Location"].startswith("/sign-in/")


def test_a_password_that_opens_other_organisations_is_not_set_here(cast: Cast) -> None:
    accounts.set_membership(cast.people["sven"], cast.outside.pk, role=Role.AUDITOR)
    answer = cast.client("anna").post(f"/people/{cast.people['sven'].key}/password/", {"password": NEW})
    assert answer.status_code == 422
    assert "belongs to other organisations too" in text_of(answer)
    assert may_sign_in("sven@norholt.example", PASSWORD)


def test_a_weak_password_is_refused_at_its_field(cast: Cast) -> None:
    answer = cast.client("anna").post(f"/people/{cast.people['sven'].key}/password/", {"password": "password12"})
    assert answer.status_code == 422
    assert "too common" in text_of(answer)


def test_an_erased_member_leaves_only_a_key(cast: Cast) -> None:
    anna, key = cast.client("anna"), cast.people["sven"].key
    assert "Nobody can bring this back." in text_of(anna.get(f"/people/{key}/erase/"))
    assert anna.post(f"/people/{key}/erase/").status_code == 302
    assert not Membership.objects.filter(user__key=key).exists()
    assert user_of("sven@norholt.example") is None
    entries = journal_lines(cast.exporter_line, Sought(), size=None)
    assert "sven@norholt.example" not in str(entries)
    assert verify(cast.exporter_line).holds


def test_a_name_is_erased_from_facts_and_journal(cast: Cast) -> None:
    anna = cast.client("anna")
    answer = anna.post("/people/erase/", {"person": "J. Smit", "sure": "on"})
    assert answer.status_code == 302
    assert "from 1 entry of the journal" in text_of(anna.get("/people/"))
    assert seen_one(cast.viewer("sven"), "in_place", "c-cctv-ein").owner == ""
    assert verify(cast.exporter_line).holds


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"person": "J. Smit"}, "This field is required."),
        ({"person": "Nobody Here", "sure": "on"}, "No fact names 'Nobody Here'."),
    ],
)
def test_an_erasure_in_doubt_is_refused(cast: Cast, form: dict[str, str], told: str) -> None:
    before = head_of(cast.exporter_line)
    answer = cast.client("anna").post("/people/erase/", form)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert head_of(cast.exporter_line) == before


def issue(cast: Cast, **more: str) -> Any:
    form = {"title": "Yard system", "role": "auditor", "expires": (today() + timedelta(days=30)).isoformat()}
    return cast.client("anna").post("/people/tokens/", form | more)


def test_a_token_is_shown_once_and_taken_back(cast: Cast) -> None:
    answer = issue(cast)
    [text] = re.findall(r"<code>(sct_\w+)</code>", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    found = viewer_of_token(text, on=today())
    assert found is not None
    assert (found.organisation_key, found.role) == ("norholt", Role.AUDITOR)
    anna = cast.client("anna")
    listed = anna.get("/people/tokens/")
    assert text not in listed.content.decode()
    assert "1 token opens this organisation to programs." in text_of(listed)
    assert "It opens what an auditor may do." in text_of(anna.get(f"/people/tokens/{found.actor}/"))
    assert anna.post(f"/people/tokens/{found.actor}/revoke/").status_code == 302
    assert viewer_of_token(text, on=today()) is None
    assert "taken back" in text_of(anna.get("/people/tokens/"))
    assert anna.get(f"/people/tokens/{found.actor}/").status_code == 404


def test_a_token_of_a_past_day_is_refused(cast: Cast) -> None:
    answer = issue(cast, expires="2020-01-01")
    assert answer.status_code == 422
    assert "This day is past" in text_of(answer)
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("name", ["olga", "sven", "otto", "mara"])
def test_a_token_is_taken_back_by_the_own_administrator_only(cast: Cast, name: str) -> None:
    issue(cast)
    [token] = tokens_of(cast.exporter_line)
    client, expected = cast.client(name), 404 if name == "olga" else 403
    assert client.get(f"/people/tokens/{token.key}/").status_code == expected
    assert client.post(f"/people/tokens/{token.key}/revoke/").status_code == expected
    assert tokens_of(cast.exporter_line) == (token,)


def test_nothing_is_changed_on_another_day(cast: Cast) -> None:
    before = head_of(cast.exporter_line)
    for path in posts_of(cast):
        answer = cast.client("anna").post(f"/on/2020-01-01{path}", {"person": "J. Smit", "sure": "on"})
        assert answer.status_code == 403
    assert head_of(cast.exporter_line) == before


def test_the_own_password_is_changed(cast: Cast) -> None:
    here, elsewhere = cast.client("mara"), cast.client("mara")
    form = {"current": PASSWORD, "new": NEW, "again": NEW}
    assert here.post("/password/", form)["Location"] == "/password/"
    assert "The new password holds." in text_of(here.get("/password/"))
    assert elsewhere.get("/password/")["Location"].startswith("/sign-in/")
    assert may_sign_in("mara@norholt.example", NEW)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, "This is not your password."),
        ({"current": PASSWORD, "new": NEW, "again": "other"}, "The two are not alike."),
        ({"current": PASSWORD, "new": "short", "again": "short"}, "too short"),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "It is the password you have."),
        ({"current": PASSWORD}, "This field is required."),
    ],
)
def test_an_own_password_in_doubt_is_not_changed(cast: Cast, form: dict[str, str], told: str) -> None:
    answer = cast.client("mara").post("/password/", form)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert may_sign_in("mara@norholt.example", PASSWORD)


def test_guessing_the_own_password_closes_the_door(cast: Cast) -> None:
    client = cast.client("mara")
    form = {"current": "wrong", "new": NEW, "again": NEW}
    statuses = [client.post("/password/", form).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


@pytest.mark.parametrize("path", ["/people/", "/people/tokens/"])
def test_more_people_and_tokens_cost_no_more_statements(cast: Cast, path: str) -> None:
    counts = []
    for more in range(2):
        for number in range(10):
            user = accounts.create_user(f"p{more}{number}@norholt.example", password=PASSWORD)
            accounts.set_membership(user, cast.exporter.pk, role=Role.SITE_MANAGER, units=("rtm", "ein"))
            accounts.issue_token(
                cast.viewer("anna"), title="t", role=Role.SITE_MANAGER, expires=today(), units=("rtm",)
            )
        client = cast.client("anna")
        client.get(path)
        with CaptureQueriesContext(connection) as statements:
            client.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
