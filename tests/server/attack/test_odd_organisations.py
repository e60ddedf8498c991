"""Organisations with nothing, with what is over, with what the catalogue lacks: every page says a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.models import Organisation, User
from safeconduct.server.accounts.queries import command_line_viewer
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import found_organisation, store, store_all
from safeconduct.server.journal.currency import snapshot_of
from tests.server.api.test_facts import BASE, caller
from tests.server.attack.stage import (
    ATTACKED,
    NEEDS_MORE,
    NOT_HERE,
    SHARED,
    addresses,
    judging,
    operations,
    pages,
    record_one_of_each,
)
from tests.server.cast import PASSWORD, Cast, units

DAYS = ("", "/on/0001-01-01", "/on/2019-06-30", "/on/2026-11-23", "/on/2099-12-31", "/on/9999-12-31")
HEAD = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def said(html: str) -> str:
    """The sentences at the head of a page."""
    found = HEAD.search(html)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def wrong(client: Client, urls: list[str]) -> list[str]:
    """Pages that are no page: another status, no sentence, or a word that only a program says."""
    client.raise_request_exception = False
    found = []
    for on in DAYS:
        for url in judging(urls) if on else urls:
            answer = client.get(f"{on}{url}", follow=True)
            b"".join(answer)
            if answer.status_code not in (200, 405):
                found.append(f"{answer.status_code} {on}{url}")
            elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                html = answer.content.decode()
                if len(said(html)) < 3 or re.search(r">\s*(None|nan|inf|\[\]|\{\})\s*<", html):
                    found.append(f"{said(html)!r} {on}{url}")
    return found


def plain_pages() -> list[str]:
    """Every page that takes nothing of an organisation."""
    found = [reverse(one.name) for one in addresses() if not one.takes and one.name not in NEEDS_MORE]
    found += [reverse(name, kwargs=case) for name, case in SHARED.items() if NOT_HERE not in case.values()]
    return found + [
        reverse(f"registers:{page}", args=[section]) for section in FACT_KINDS for page in ("section", "new")
    ]


def somebody(organisation: Organisation, role: Role, *sites: str) -> User:
    """A person of a role."""
    user = accounts.create_user(f"{role.value}@empty.example", name="Eva", password=PASSWORD)
    accounts.set_membership(user, organisation.pk, role=role, units=sites)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", Role)
def test_an_organisation_without_anything_has_every_page(role: Role, staged: Cast) -> None:
    empty = found_organisation("empty")
    client = signed_in(somebody(empty, role, *(["nowhere"] if role is Role.SITE_MANAGER else [])))
    refused = [one for one in wrong(client, plain_pages()) if not one.startswith(("403", "404"))]
    assert refused == []
    if role in (Role.ADMINISTRATOR, Role.SECURITY_MANAGER):
        assert [one for one in wrong(client, plain_pages()) if "/people/" not in one] == []


def test_the_api_of_an_organisation_without_anything_answers(staged: Cast) -> None:
    empty = command_line_viewer(found_organisation("empty"))
    program = caller(empty, Role.AUDITOR)
    for method, path in operations():
        if method == "GET" and "{" not in path:
            for day in ("", "?as_of=0001-01-01", "?as_of=9999-12-31"):
                answer = program.call("GET", path.removeprefix(BASE) + day)
                assert answer.status_code in (200, 422), (answer.status_code, path, day)


def test_an_organisation_without_an_enrolment_has_every_page(staged: Cast) -> None:
    bare = found_organisation("bare")
    line = command_line_viewer(bare)
    store_all(line, units("bare"), deed="record")
    store(line, replace(units("bare")[1], until=date(2020, 1, 1)), deed="record")
    client = signed_in(somebody(bare, Role.ADMINISTRATOR))
    assert wrong(client, [*plain_pages(), "/sites/nl/", "/sites/rtm/", "/sites/rtm/change/", "/controls/cctv/"]) == []


def test_what_is_over_and_what_is_to_come_have_every_page(staged: Cast) -> None:
    digest, line = record_one_of_each(staged), staged.exporter_line
    known = snapshot_of(line).units
    store_all(line, [replace(known[key], until=date(2025, 6, 30)) for key in ("rtm", "depot")], deed="record")
    runs = [replace(one, until=date(2026, 1, 31)) for one in snapshot_of(line).facts.enrolments]
    store_all(line, runs, deed="record")
    urls = [*pages(staged, digest), "/sites/rtm/", "/sites/ein/", "/programmes/ctpat/"]
    over = ("/programmes/only-enrolments/us-ctpat/9.2/at/depot/",)  # not judged at a site that is closed
    found = [one for one in wrong(staged.client("anna"), urls) if not (one.startswith("404") and over[0] in one)]
    assert found == [], found


def test_editions_the_catalogue_no_longer_has_are_named_and_stop_no_page(staged: Cast) -> None:
    digest = record_one_of_each(staged)
    urls = pages(staged, digest)
    use(replace(ATTACKED, programmes={}, digest="another"))
    found = wrong(staged.client("anna"), urls)
    asked = (
        "/us-ctpat/9.2/at/depot/",
        "/confirm-rows/",
        "/switch/",
        "/catalogue/",
        "/controls/cctv/",
    )  # name what is gone
    assert [one for one in found if not (one.startswith("404") and any(part in one for part in asked))] == []
    assert "us-ctpat/2020" in staged.client("anna").get("/").content.decode()


def test_a_programme_on_a_day_on_which_nobody_follows_it_says_when(staged: Cast) -> None:
    anna = staged.client("anna")
    store(
        staged.exporter_line,
        replace(snapshot_of(staged.exporter_line).facts.enrolments[1], until=date(2026, 1, 31)),
        deed="record",
    )
    for page in ("/programmes/ctpat/", "/programmes/ctpat/us-ctpat/9.2/at/rtm/"):
        early, late = (anna.get(f"/on/{day}{page}").content.decode() for day in ("2019-06-30", "2099-12-31"))
        assert said(early).startswith("US CTPAT is not judged on 30 Jun 2019."), page
        assert "It is followed from 1 Jan 2025 on." in early
        assert "It was followed until 31 Jan 2026." in late
        assert anna.get("/on/2099-12-31/programmes/ctpat/?on=2026-01-31", follow=True).status_code == 200
    assert staged.client("olga").get("/on/2019-06-30/programmes/ctpat/").status_code == 404
    assert staged.client("mara").get("/on/2019-06-30/programmes/aeo/").status_code == 404


def test_a_site_manager_of_a_site_that_closed_sees_what_is_left(staged: Cast) -> None:
    line = staged.exporter_line
    store(line, replace(snapshot_of(line).units["rtm"], until=date(2025, 6, 30)), deed="record")
    mara = staged.client("mara")
    urls = [*plain_pages(), "/sites/rtm/", "/controls/cctv/", "/controls/in-place/c-cctv-rtm/"]
    assert [one for one in wrong(mara, urls) if not one.startswith(("403", "404"))] == []
    assert mara.get("/sites/rtm/").status_code == 200
