from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from safeconduct.server.common.look.frame import Room, frame_of, rail_of, seal_of
from safeconduct.server.common.look.values import Seal

TODAY = "2026-11-24 12:00"


@pytest.fixture(autouse=True)
def addresses(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.ROOT_URLCONF = "tests.server.common.look_urls"
    settings.DEBUG = False


def said(client: Client, path: str) -> str:
    with time_machine.travel(TODAY, tick=False):
        return client.get(path).content.decode()


def led(client: Client, path: str) -> str:
    with time_machine.travel(TODAY, tick=False):
        return client.get(path).headers.get("Location", "")


def test_a_page_speaks_of_today_unless_its_address_names_a_day(client: Client) -> None:
    assert said(client, "/where/") == "2026-11-24 /where/ /where/"


def test_every_address_on_a_page_keeps_its_day(client: Client) -> None:
    assert said(client, "/on/2026-08-31/where/") == "2026-08-31 /on/2026-08-31/where/ /where/"
    assert said(client, "/where/") == "2026-11-24 /where/ /where/"


def test_asking_for_a_day_leads_to_its_address_and_keeps_the_filter(client: Client) -> None:
    assert led(client, "/where/?on=2026-08-31&q=seal") == "/on/2026-08-31/where/?q=seal"
    assert led(client, "/on/2026-08-31/where/?on=2027-01-01") == "/on/2027-01-01/where/"


def test_today_has_no_day_in_its_address(client: Client) -> None:
    assert led(client, "/on/2026-08-31/where/?on=2026-11-24") == "/where/"
    assert led(client, "/on/2026-11-24/where/?q=seal") == "/where/?q=seal"


@pytest.mark.django_db
def test_what_is_no_day_is_said_and_leads_to_today(client: Client) -> None:
    assert led(client, "/look/?on=31/02/2027") == "/look/"
    page = said(client, "/look/")
    assert 'role="alert">“31/02/2027” is not a day.' in page


@pytest.mark.parametrize(
    "path",
    [
        "http://testserver//elsewhere.example/?on=",
        "/on/2026-11-24//elsewhere.example/",
        "/on/2026-08-31///elsewhere.example/?on=",
    ],
)
def test_no_day_leads_to_another_server(client: Client, path: str) -> None:
    assert led(client, path) == "/elsewhere.example/"


def test_an_address_with_a_day_that_never_was_is_not_found(client: Client) -> None:
    assert client.get("/on/2026-02-31/where/").status_code == 404


def test_nothing_can_be_changed_on_another_day(client: Client) -> None:
    with time_machine.travel(TODAY, tick=False):
        answer = client.post("/on/2026-08-31/where/")
    assert answer.status_code == 403
    assert "This page speaks of 31 Aug 2026. Go back to today to change anything." in answer.content.decode()


def test_another_day_is_told_by_a_banner_and_has_no_button_to_mend(client: Client) -> None:
    page = said(client, "/on/2026-08-31/look/requirement/")
    assert 'You read <time datetime="2026-08-31">31 Aug 2026</time>, as known today.' in page
    assert '<a class="btn second" href="/look/requirement/">Back to today</a>' in page
    assert 'class="mend"' not in page
    assert "a day to come, as known today" in said(client, "/on/2027-08-31/look/requirement/")


def test_today_has_no_banner(client: Client) -> None:
    page = said(client, "/look/requirement/")
    assert 'class="banner"' not in page
    assert 'class="mend"' in page


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/forbidden/", 403, "Only an administrator may do this."),
        ("/suspicious/", 400, "This request could not be read."),
        ("/nowhere/", 404, "Nothing is found at this address."),
        ("/broken/", 500, "Safeconduct made a mistake."),
        ("/look/refused/", 422, "facts.yml was refused."),
    ],
)
def test_every_refusal_has_a_page_in_the_look(client: Client, path: str, status: int, words: str) -> None:
    client.raise_request_exception = False
    answer = client.get(path)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (status, True)
    assert page.count("<h1>") == 1
    assert "safeconduct/safeconduct" in page
    assert "nobody is told why" not in page


@pytest.mark.django_db
def test_an_old_form_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "a@b.example"})
    assert answer.status_code == 403
    assert "The form had lain open too long." in answer.content.decode()


def test_no_page_carries_style_script_or_handlers_of_its_own(client: Client) -> None:
    for path in ("/look/", "/look/requirement/", "/look/refused/", "/nowhere/"):
        page = client.get(path).content.decode()
        for word in (" style=", "<style", " onclick=", " onsubmit=", "javascript:", "<script>"):
            assert word not in page


class Someone:
    organisation_title = "Norholt Group"
    name = "Ines Adler"

    class role:  # noqa: N801 stands for a value
        words = "Auditor"


def counts(request: object) -> dict[str, int]:
    return {"where": 48213}


def a_seal(request: object) -> Seal:
    return Seal(date(2026, 11, 24), 7, "9f3c", "2026.11", "51d0", "1.0")


def test_the_rail_shows_rooms_that_exist_and_marks_the_one_we_are_in(settings: Settings) -> None:
    settings.RAIL_ROOMS = (Room("First", "where"), Room("Look", "look:guide"), Room("Not built", "moon:list", gap=True))
    settings.RAIL_COUNTS = f"{__name__}.counts"
    request = RequestFactory().get("/look/requirement/")
    request.viewer = Someone()  # type: ignore[attr-defined]
    told = [(link.label, link.url, link.count, link.here) for link in rail_of(request)]
    assert told == [("First", "/where/", 48213, False), ("Look", "/look/", None, True)]


def test_the_seal_comes_from_the_function_the_settings_name(settings: Settings) -> None:
    settings.PAGE_SEAL = f"{__name__}.a_seal"
    request = RequestFactory().get("/look/")
    assert seal_of(request) is None
    request.viewer = Someone()  # type: ignore[attr-defined]
    assert seal_of(request) == a_seal(request)


def test_the_frame_knows_person_and_organisation_and_keeps_the_filter() -> None:
    request = RequestFactory().get("/look/?q=seal&page=3&site=a&site=b")
    request.viewer = Someone()  # type: ignore[attr-defined]
    frame = frame_of(request)
    assert (frame.organisation, frame.person, frame.role) == ("Norholt Group", "Ines Adler", "Auditor")
    assert list(frame.kept) == [("q", "seal"), ("site", "a"), ("site", "b")]
    assert (frame.sign_out_url, frame.find_url) == ("/sign-out/", "")
