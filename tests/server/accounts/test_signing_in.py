"""Coming in: e-mail and password, a door that closes after too many failures, one organisation at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.models import Membership, SignInFailure, User
from safeconduct.server.accounts.queries import FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS
from safeconduct.server.accounts.rights import Role
from tests.server.cast import PASSWORD, Cast

SIGN_IN = "/sign-in/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def sign_in(client: Client, email: str = "sven@norholt.example", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(SIGN_IN, {"email": email, "password": password, **more.pop("form", {})}, **more)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["sven@norholt.example", " Sven@Norholt.EXAMPLE"])
def test_the_right_password_opens_whatever_the_capitals_of_the_address(email: str, cast: Cast) -> None:
    client = Client()
    answer = sign_in(client, email)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [("sven@norholt.example", "wrong"), ("nobody@norholt.example", PASSWORD)],
)
def test_a_wrong_one_says_the_same_whether_or_not_there_is_an_account(email: str, password: str, cast: Cast) -> None:
    client = Client()
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert "This e-mail address and password do not belong together." in answer.content.decode()
    assert not is_in(client)


def test_an_account_that_was_closed_opens_nothing(cast: Cast) -> None:
    User.objects.filter(email="sven@norholt.example").update(is_active=False)
    client = Client()
    assert sign_in(client).status_code == 422
    assert not is_in(client)


def test_after_five_failures_even_the_right_password_waits(cast: Cast) -> None:
    client = Client()
    with time_machine.travel(NOON, tick=False):
        for _ in range(FAILURES_PER_ACCOUNT):
            assert sign_in(client, password="wrong").status_code == 422
        answer = sign_in(client)
        assert answer.status_code == 429
        assert "Too many sign-ins failed. Wait 15 minutes" in answer.content.decode()
        assert not is_in(client)
    with time_machine.travel(NOON + timedelta(minutes=15), tick=False):
        assert sign_in(client).status_code == 302


def test_the_door_closes_for_one_account_from_one_address_only(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(FAILURES_PER_ACCOUNT):
            sign_in(Client(), password="wrong")
        assert sign_in(Client()).status_code == 429
        assert sign_in(Client(), REMOTE_ADDR="10.0.0.9").status_code == 302
        assert sign_in(Client(), "anna@norholt.example").status_code == 302


def test_the_door_closes_for_an_address_that_tries_many_accounts(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        for number in range(FAILURES_PER_ADDRESS):
            sign_in(Client(), f"guess{number}@norholt.example")
        assert sign_in(Client()).status_code == 429


def test_a_success_forgets_the_failures_before_it(cast: Cast) -> None:
    client = Client()
    for _ in range(FAILURES_PER_ACCOUNT - 1):
        sign_in(client, password="wrong")
    sign_in(client)
    assert SignInFailure.objects.count() == 0


def test_failures_keep_no_address_that_was_typed(cast: Cast) -> None:
    sign_in(Client(), "typed@norholt.example")
    assert "typed" not in SignInFailure.objects.get().account


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "9.9.9.9"), (2, "8.8.8.8")])
def test_an_address_passed_on_counts_only_behind_trusted_proxies(
    proxies: int, counted: str, cast: Cast, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = proxies
    sign_in(Client(), password="wrong", HTTP_X_FORWARDED_FOR="1.1.1.1, 8.8.8.8, 9.9.9.9")
    assert SignInFailure.objects.get().address == counted


@pytest.mark.parametrize(
    ("asked", "reached"),
    [("/files/ab", "/files/ab"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("javascript:x", "/")],
)
def test_signing_in_leads_on_to_our_own_pages_only(asked: str, reached: str, cast: Cast) -> None:
    assert sign_in(Client(), form={"next": asked})["Location"] == reached


def test_a_page_sends_whoever_is_not_signed_in_to_the_door_and_back(db: None) -> None:
    answer = Client().get("/files/ab")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/files/ab")


def test_signing_out_ends_the_session(cast: Cast) -> None:
    client = cast.client("sven")
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert not is_in(client)


def test_a_form_sent_from_elsewhere_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    assert not is_in(client)


def test_the_session_cookie_is_hidden_from_scripts(cast: Cast) -> None:
    client = Client()
    sign_in(client)
    cookie = client.cookies["safeconduct-session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def in_two(cast: Cast) -> User:
    sven = cast.people["sven"]
    accounts.set_membership(sven, cast.outside.pk, role=Role.AUDITOR)
    return sven


def test_whoever_belongs_to_several_organisations_chooses_one(cast: Cast) -> None:
    in_two(cast)
    client = cast.client("sven")
    sent = client.get("/files/ab")
    assert sent["Location"] == f"{reverse('accounts:choose-organisation')}?next=%2Ffiles%2Fab"
    page = client.get(sent["Location"]).content.decode()
    assert "Norholt" in page
    assert "outsider" in page
    assert client.post("/enter-organisation/", {"organisation": "outsider", "next": "/files/ab"}).status_code == 302
    assert client.get("/files/ab").status_code == 404


def test_nobody_enters_an_organisation_of_others(cast: Cast) -> None:
    client = cast.client("sven")
    assert client.post("/enter-organisation/", {"organisation": "outsider"}).status_code == 404
    assert "organisation" not in client.session


def test_a_role_taken_away_is_gone_at_the_next_request(cast: Cast) -> None:
    client = cast.client("sven")
    assert client.get("/files/ab").status_code == 404
    Membership.objects.filter(user=cast.people["sven"]).delete()
    assert client.get("/files/ab").status_code == 302
    assert "You belong to no organisation yet." in client.get("/choose-organisation/").content.decode()


def test_who_was_signed_out_on_another_day_signs_in_and_is_back_on_that_day(cast: Cast) -> None:
    client, wanted = Client(), "/on/2026-06-01/sites/"
    door = client.get(wanted, follow=True)
    assert f'action="{SIGN_IN}"' in door.content.decode()
    answer = sign_in(client, form={"next": door.context["next"]})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
