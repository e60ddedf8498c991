"""What holds for every answer, whichever part of the server gives it: headers, and the API's form of problems."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safeconduct.server.controls.actions import attach_evidence
from tests.server.api.test_facts import caller
from tests.server.cast import PASSWORD, Cast, evidence

PROBLEM = "application/problem+json"


def download(cast: Cast) -> str:
    """The address of a file that some evidence keeps."""
    upload: Any = SimpleUploadedFile("gate.txt", b"opened 06:00")
    kept = attach_evidence(cast.viewer("sven"), evidence("e-file"), upload=upload)
    assert kept.file is not None
    return f"/files/{kept.file.sha256}"


def answers(cast: Cast) -> dict[str, Any]:
    """Answers of every sort: pages, forms, redirects, refusals, lists as files, files, the API."""
    sven, otto, stranger = cast.client("sven"), cast.client("otto"), Client()
    file = sven.get(download(cast))
    assert b"".join(file) == b"opened 06:00"
    return {
        "sign-in": stranger.get("/sign-in/"),
        "sent to sign-in": stranger.get("/"),
        "page": sven.get("/"),
        "page of a day": sven.get("/on/2026-08-31/"),
        "led to a day": sven.get("/?on=2026-08-31"),
        "form": sven.get("/registers/partners/new/"),
        "refused form": sven.post("/registers/partners/new/", {}),
        "list as file": sven.get("/partners/?as=csv"),
        "file": file,
        "not found": sven.get("/nowhere/"),
        "not allowed": otto.get("/registers/partners/new/"),
        "no such method": sven.put("/registers/"),
        "another host": sven.get("/", headers={"host": "elsewhere.example"}),
        "no token": stranger.get("/api/v1/organisation"),
        "API, not found": stranger.get("/api/v1/nowhere"),
        "API, description": stranger.get("/api/v1/openapi.json"),
        "form without its secret": _without_secret(cast),
    }


def _without_secret(cast: Cast) -> Any:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["sven"])
    return client.post("/registers/partners/new/", {"title": "Haulier 9"})


def test_every_answer_runs_nothing_and_is_kept_and_framed_by_nobody(cast: Cast) -> None:
    for sort, answer in answers(cast).items():
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, sort
        assert "unsafe" not in policy, sort
        assert answer["X-Content-Type-Options"] == "nosniff", sort
        assert answer["Referrer-Policy"] == "same-origin", sort
        if sort != "another host":  # refused before anything of an organisation is looked at
            assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", ")), sort
            assert answer["X-Frame-Options"] == "DENY", sort


def test_a_form_without_its_secret_or_for_another_host_changes_nothing(cast: Cast) -> None:
    found = answers(cast)
    assert (found["form without its secret"].status_code, found["another host"].status_code) == (403, 400)


@pytest.mark.parametrize("https", [True, False])
def test_cookies_are_for_the_server_alone(https: bool, cast: Cast, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = https
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"email": "sven@norholt.example", "password": PASSWORD})
    assert set(client.cookies) == {"safeconduct-session", "safeconduct-csrf"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", https)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nowhere", "", 404),
        ("GET", "/facts/partners/a%2fb", "", 404),
        ("POST", "/organisation", "", 405),
        ("PATCH", "/facts/partners/h1", "{}", 405),
        ("PUT", "/facts/partners/h1", "x" * 2_200_000, 413),
        ("PUT", "/facts/partners/h1", "x" * 23_200_000, 413),
    ],
)
def test_the_api_tells_every_problem_in_one_form(method: str, path: str, body: str, status: int, cast: Cast) -> None:
    answer = caller(cast.viewer("anna")).call(method, path, body)
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (status, PROBLEM, status)
    assert ("Allow" in answer) is (status == 405)
