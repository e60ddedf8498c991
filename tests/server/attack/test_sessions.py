"""Coming in, staying in, and what a browser may be talked into: sessions, forgery, forwarding, framing, methods."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings as server_settings
from django.test import Client
from django.urls import reverse

from safeconduct.server.accounts.actions import set_password
from safeconduct.server.accounts.queries import FAILURES_PER_ACCOUNT
from safeconduct.server.journal.queries import head_of
from tests.server.attack.stage import SHARED, addresses, own_addresses, pages, record_one_of_each
from tests.server.attack.test_rights import MAY_POST
from tests.server.cast import PASSWORD, TODAY, Cast

SIGN_IN = {"email": "sven@norholt.example", "password": PASSWORD}
WRONG = "no seal on any box"
SESSION = server_settings.SESSION_COOKIE_NAME
ELSEWHERE = (
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https://evil.example/",
    "http:evil.example",
    "https:///evil.example",
    "/on/2026-11-24//evil.example/",
    "/on/2026-01-01//evil.example/",
    "\t//evil.example/",
    "/\t/evil.example/",
    " https://evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "///evil.example",
    "/%5cevil.example",
    "/\n/evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
)
OPEN_TO_STRANGERS = {"accounts:sign-in"}


def leads_away(url: str) -> bool:
    """Whether a browser would leave the server: as it reads addresses, which takes a backslash for a slash."""
    cleaned = "".join(character for character in url if character not in "\t\n\r").strip().replace("\\", "/")
    return not cleaned.startswith("/") or cleaned.startswith("//")


def forms_of(cast: Cast, digest: str) -> list[str]:
    """Every address that takes what somebody sends."""
    own = own_addresses(cast, digest)
    given = {name: cases[0] for name, cases in own.items()}
    return [reverse(name, kwargs=given.get(name)) for name in MAY_POST] + [
        reverse("registers:new", args=["partners"]),
        reverse("registers:change", args=["partners", "only-partner"]),
        reverse("registers:withdraw", args=["partners", "only-partner"]),
    ]


def test_a_stranger_is_sent_to_sign_in_from_every_address(staged: Cast) -> None:
    digest, stranger = record_one_of_each(staged), Client()
    opened = [reverse(name) for name in OPEN_TO_STRANGERS]
    head = head_of(staged.exporter_line)
    for url in pages(staged, digest):
        for method in ("get", "post"):
            answer = getattr(stranger, method)(url)
            to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
            assert to_sign_in or url in opened, (method, url)
            assert b"Geheimzaak" not in answer.content
    assert head_of(staged.exporter_line) == head


def test_every_form_without_its_secret_is_refused(staged: Cast) -> None:
    digest, forged = record_one_of_each(staged), Client(enforce_csrf_checks=True)
    forged.force_login(staged.people["anna"])
    head = head_of(staged.exporter_line)
    for url in forms_of(staged, digest):
        for headers in (
            {},
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"referer": "http://evil.example/"},
        ):
            assert forged.post(url, {"why": "x"}, headers=headers).status_code == 403, url
    assert head_of(staged.exporter_line) == head
    assert forged.get("/").status_code == 200  # and nobody was signed out


def test_the_secret_of_another_session_opens_no_form(staged: Cast) -> None:
    """A secret that an attacker got for the own browser fits no other."""
    attacker, victim = Client(), Client(enforce_csrf_checks=True)
    attacker.get("/sign-in/")
    victim.force_login(staged.people["anna"])
    victim.get("/registers/partners/new/")
    body = {"csrfmiddlewaretoken": attacker.cookies["safeconduct-csrf"].value}
    assert victim.post("/sign-out/", body).status_code == 403


def test_the_session_cookie_opens_no_call_of_the_api(staged: Cast) -> None:
    anna = staged.client("anna")
    assert anna.get("/api/v1/organisation").status_code == 401
    assert anna.put("/api/v1/facts/partners/h1", "{}", "application/json").status_code == 401


def test_signing_in_begins_a_new_session(staged: Cast) -> None:
    client = Client()
    client.cookies[SESSION] = "a" * 32  # a session that somebody else prepared
    client.post("/sign-in/", SIGN_IN)
    first = client.cookies[SESSION].value
    assert first != "a" * 32
    client.post("/sign-out/")
    client.post("/sign-in/", SIGN_IN)
    assert client.cookies[SESSION].value != first


def test_a_session_ends_with_signing_out_a_new_password_and_time(staged: Cast) -> None:
    for ends in ("sign out", "password", "time", "closed account"):
        client = Client()
        client.post("/sign-in/", SIGN_IN)
        copied = Client()
        copied.cookies[SESSION] = client.cookies[SESSION].value
        assert copied.get("/").status_code == 200
        user, later = staged.people["sven"], datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
        if ends == "sign out":
            client.post("/sign-out/")
        elif ends == "password":
            set_password(user, "another seal on every box")
            set_password(user, PASSWORD)  # even the same again is another one
        elif ends == "time":
            later += timedelta(hours=13)
        else:
            user.is_active = False
            user.save()
        with time_machine.travel(later):
            assert copied.get("/").status_code == 302, ends


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_elsewhere_by_an_address(address: str, staged: Cast) -> None:
    sven = staged.client("sven")
    answers = [
        Client().post("/sign-in/", SIGN_IN | {"next": address}),
        Client().post(f"/sign-in/?{query(next=address)}", SIGN_IN),
        sven.get(f"/sign-in/?{query(next=address)}"),
        sven.post("/enter-organisation/", {"organisation": "norholt", "next": address}),
        sven.post(f"/registers/partners/new/?{query(back=address)}", {"of": "nl", "title": f"New {address!a}"}),
        sven.post("/registers/partners/new/", {"of": "nl", "title": f"Another {address!a}", "back": address}),
        sven.post("/registers/proofs/visit-h1/withdraw/", {"why": "x", "back": address}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert not leads_away(answer["Location"]), answer["Location"]
    form = sven.get(f"/registers/partners/new/?{query(back=address)}").content.decode()
    assert "evil.example" not in form.partition("<form")[2].partition("name=")[0]
    assert 'href="//' not in form
    assert 'href="http' not in form.partition("<main")[2]


def query(**given: str) -> str:
    return urlencode(given)


PATHS_ELSEWHERE = (
    "//evil.example/",
    "//evil.example/?on=2026-01-01",
    "/on/2026-11-24//evil.example/",
    "/on/2026-01-01//evil.example/",
    "/on/2026-01-01//evil.example/?on=",
    "/\\evil.example/?on=2026-01-01",
    "/on/2026-11-24/\\evil.example/",
)


@pytest.mark.parametrize("path", PATHS_ELSEWHERE)
def test_no_path_becomes_another_server(path: str, staged: Cast) -> None:
    for client in (Client(), staged.client("sven")):
        path_alone, _, asked = path.partition("?")
        answer = client.get("/", PATH_INFO=path_alone, QUERY_STRING=asked)
        if answer.status_code in (301, 302):
            assert not leads_away(answer["Location"]), answer["Location"]
        else:
            assert answer.status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"host": "testserver.evil.example"}, {"host": "testserver@evil.example"},
     {"host": "a b"}, {"host": ""}],
)  # fmt: skip
def test_another_host_is_refused(headers: dict[str, str], staged: Cast) -> None:
    answer = Client().get("/sign-in/", headers=headers)
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_host_that_a_proxy_would_name_is_not_believed(staged: Cast) -> None:
    answer = Client().get("/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "GETX"])
def test_no_page_knows_other_methods(method: str, staged: Cast) -> None:
    digest, anna = record_one_of_each(staged), staged.client("anna")
    head = head_of(staged.exporter_line)
    for url in pages(staged, digest):
        answer = anna.generic(method, url, "why=x", "application/x-www-form-urlencoded")
        assert answer.status_code == 405 or (method == "OPTIONS" and answer.status_code == 200), (
            answer.status_code,
            url,
        )
    assert head_of(staged.exporter_line) == head


def test_nothing_changes_by_looking(staged: Cast) -> None:
    """A link, a picture or a crawler can ask for any page, and nothing happens."""
    digest, anna = record_one_of_each(staged), staged.client("anna")
    head = head_of(staged.exporter_line)
    body = "why=x&title=x&email=x@y.example&role=auditor&password=a+long+way+home&person=J.+Smit&sure=on"
    for url in pages(staged, digest):
        for method in ("get", "head"):
            b"".join(getattr(anna, method)(f"{url}?{body}"))  # read to its end, which closes a file
    assert head_of(staged.exporter_line) == head
    assert anna.get("/people/").status_code == 200


def test_the_headers_of_every_page_keep_it_from_being_kept_framed_or_guessed(staged: Cast) -> None:
    digest, anna = record_one_of_each(staged), staged.client("anna")
    for url in pages(staged, digest):
        answer = anna.get(url)
        b"".join(answer)
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", ")), url
        assert answer["X-Frame-Options"] == "DENY", url
        assert answer["X-Content-Type-Options"] == "nosniff", url
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", url
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, url
        assert "unsafe" not in policy, url


@pytest.mark.parametrize("url", ["/on/2026-01-01/registers/partners/new/", "/on/2026-01-01/sign-out/"])
def test_nothing_is_changed_on_another_day(url: str, staged: Cast) -> None:
    head, sven = head_of(staged.exporter_line), staged.client("sven")
    assert sven.post(url, {"of": "nl", "title": "Haulier 9"}).status_code == 403
    assert head_of(staged.exporter_line) == head
    assert sven.get("/").status_code == 200


def try_in(email: str, password: str = WRONG, **more: Any) -> int:
    return int(Client().post("/sign-in/", {"email": email, "password": password}, **more).status_code)


def test_the_door_closes_after_too_many_tries_however_the_address_is_written(staged: Cast) -> None:
    for spelling in ("sven@norholt.example", "SVEN@norholt.example", " sven@norholt.example ", "Sven@Norholt.Example",
                     "sVen@norholt.example")[:FAILURES_PER_ACCOUNT]:  # fmt: skip
        assert try_in(spelling) == 422
    assert try_in("sven@norholt.example", PASSWORD) == 429
    assert try_in("otto@norholt.example", PASSWORD) == 302
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12, 16, tzinfo=UTC)):
        assert try_in("sven@norholt.example", PASSWORD) == 302


def test_the_door_is_not_opened_by_saying_to_come_from_elsewhere(staged: Cast) -> None:
    for number in range(FAILURES_PER_ACCOUNT):
        assert try_in("sven@norholt.example", headers={"x-forwarded-for": f"10.0.0.{number}"}) == 422
    assert try_in("sven@norholt.example", PASSWORD, headers={"x-forwarded-for": "10.0.0.99"}) == 429


def test_a_strange_address_tells_nothing_of_who_has_an_account(staged: Cast) -> None:
    known, unknown = (
        Client().post("/sign-in/", {"email": email, "password": "wrong"}).content.replace(email.encode(), b"?")
        for email in ("sven@norholt.example", "nobody@norholt.example")
    )
    assert without_secrets(known) == without_secrets(unknown)


def without_secrets(content: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", content.decode())


def test_the_table_of_forms_is_whole(staged: Cast) -> None:
    """Every address that takes something is attacked above."""
    known = {one.name for one in addresses()}
    assert set(MAY_POST) <= known
    assert set(SHARED) <= known
