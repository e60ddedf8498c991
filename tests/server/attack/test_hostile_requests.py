"""Requests that no page and no sensible program makes: each is refused in words, and nothing of it is stored."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import to_plain
from safeconduct.server.controls.files import folder_of
from safeconduct.server.journal.queries import head_of
from safeconduct.server.wsgi import application
from tests.server.api.test_facts import BASE, Caller, caller
from tests.server.attack.stage import key_of, one_of_each, record_one_of_each
from tests.server.cast import Cast

MARK = "@here@"
JSON_VALUES = (
    "-1", "1.5", "1" + "0" * 400, '"1e999999 EUR"', '"a\\u0000b"', '"\\ud800"', '"0000-01-01"', '"-5 months"',
    '"999999999999 months"', '"' + "9" * 5000 + '"', '"' + "x" * 300_000 + '"', '[1, "a", null, {}]',
    '{"a": {"b": [1]}}', '"²"',
)  # fmt: skip
NO_JSON = (
    "NaN", "Infinity", "-Infinity", "1e400", '{"of": "nl", "of": "nl"}', '{"a": {"b": 1, "b": 2}}', "[1,]",
    "{'of': 'nl'}", '"' + "\\ud800", "", "1" * 5_000,
)  # fmt: skip
ENCODINGS = (
    "zlib",
    "hex",
    "rot13",
    "base64",
    "unicode_escape",
    "raw_unicode_escape",
    "idna",
    "undefined",
    "utf-16",
    "utf-7",
)
REFUSED = (400, 403, 404, 405, 413, 422)


@pytest.fixture
def program(staged: Cast) -> Caller:
    """A program that may record everything; a fault would be answered and not raised."""
    record_one_of_each(staged)
    found = caller(staged.viewer("anna"))
    found.client.raise_request_exception = False
    return found


@pytest.fixture
def anna(staged: Cast) -> Client:
    """The administrator's browser; a fault would be answered and not raised."""
    client = staged.client("anna")
    client.raise_request_exception = False
    return client


def leaves(plain: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value, inner ones too."""
    if path:
        yield path
    steps = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for step, value in steps:
        yield from leaves(value, (*path, step))


def with_value(plain: Any, path: tuple[Any, ...], raw: str) -> str:
    """The body with other JSON at a path."""
    at = changed = copy.deepcopy(plain)
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = MARK
    return json.dumps(changed).replace(f'"{MARK}"', raw)


def told(answer: Any) -> str:
    """What a refusal of the API says."""
    said = answer.json()
    return str(said["detail"]) + "".join(one["what"] for one in said.get("errors", ()))


@pytest.mark.parametrize("section", FACT_KINDS)
def test_no_value_of_a_fact_is_a_fault(section: str, program: Caller, staged: Cast) -> None:
    for record in [one for one in one_of_each() if section_of(one) == section]:
        plain, path = to_plain(record), f"/facts/{section}/{record.key}"
        for leaf in leaves(plain):
            for raw in JSON_VALUES:
                head = head_of(staged.exporter_line)
                answer = program.call("PUT", path, with_value(plain, leaf, raw))
                if answer.status_code == 200:
                    assert program.call("GET", path).status_code == 200, (leaf, raw[:40])
                    continue
                assert answer.status_code in REFUSED, (answer.status_code, leaf, raw[:40])
                assert len(told(answer)) > 20, (leaf, raw[:40])
                assert head_of(staged.exporter_line) == head, (leaf, raw[:40])


@pytest.mark.parametrize("raw", NO_JSON)
def test_what_is_no_json_is_refused_and_never_guessed(raw: str, program: Caller, staged: Cast) -> None:
    head = head_of(staged.exporter_line)
    for body in (raw, with_value({"of": "nl", "title": ""}, ("title",), raw)):
        answer = program.call("PUT", "/facts/partners/h7", body.encode(errors="surrogatepass"))
        assert answer.status_code == 400, body[:60]
        assert len(told(answer)) > 20
    assert head_of(staged.exporter_line) == head


@pytest.mark.parametrize(
    "unknown", ["colour", "_", "__class__", "constructor", "of ", "Of", "", "\u202eof", "x" * 10_000]
)
def test_an_unknown_field_is_refused_by_name(unknown: str, program: Caller, staged: Cast) -> None:
    head = head_of(staged.exporter_line)
    answer = program.call("PUT", "/facts/partners/h7", {"of": "nl", unknown: "x"})
    assert answer.status_code == 422
    assert head_of(staged.exporter_line) == head


KEYS = (
    "",
    " ",
    "a b",
    "A",
    "a--b",
    "-a",
    "a_b",
    "é",
    "..",
    "%00",
    "a%00",
    "%2e%2e%2f",
    "x" * 200,
    "%F0%9F%94%92",
    "a;b",
    "a?",
)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_is_none_is_refused(key: str, program: Caller, staged: Cast) -> None:
    head = head_of(staged.exporter_line)
    assert program.call("PUT", f"/facts/partners/{key}", {"of": "nl"}).status_code in (404, 405, 422) or key == "a?"
    assert key == "a?" or head_of(staged.exporter_line) == head


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_request_in_another_encoding_is_not_understood(
    encoding: str, staged: Cast, anna: Client, program: Caller
) -> None:
    head, stranger = head_of(staged.exporter_line), Client(raise_request_exception=False)
    form = (
        b"\r\n".join(
            b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n\\ud800@a.example' % name
            for name in (b"email", b"password", b"title", b"of")
        )
        + b"\r\n--B--\r\n"
    )
    file = b'--B\r\nContent-Disposition: form-data; name="file"; filename="\\ud800"\r\n\r\nhello\r\n--B--\r\n'
    multipart = f"multipart/form-data; boundary=B; charset={encoding}"
    answers = [
        stranger.generic("POST", "/sign-in/", form, multipart),
        anna.generic("POST", "/registers/partners/new/", form, multipart),
        program.client.generic("POST", f"{BASE}/files", file, multipart),
    ]
    assert [one.status_code for one in answers] == [400] * 3
    assert answers[2]["Content-Type"] == "application/problem+json"
    assert head_of(staged.exporter_line) == head


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_request_that_says_what_django_cannot_read_is_answered(encoding: str, db: None) -> None:
    """Through the server's own entry, as Django fails on some before any middleware."""
    began: list[str] = []
    environ = RequestFactory().generic("GET", "/sign-in/?next=%5cud800", b"x", "text/plain").environ
    environ["CONTENT_TYPE"] = f'text/plain; Charset = "{encoding}"'
    environ["HTTP_HOST"] = "localhost"
    answer = application(environ, lambda status, _headers: began.append(status))
    assert b"could not be read" in b"".join(answer)
    assert began == ["400 Bad Request"]


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8", "us-ascii"])
def test_a_request_that_says_its_encoding_rightly_is_understood(encoding: str, anna: Client) -> None:
    form = b'--B\r\nContent-Disposition: form-data; name="of"\r\n\r\nnl\r\n--B--\r\n'
    answer = anna.generic(
        "POST", "/registers/partners/new/", form, f"multipart/form-data; boundary=B; charset={encoding}"
    )
    assert answer.status_code == 302


NOT_OF_BASE64 = (
    b'--B\r\nContent-Disposition: form-data; name="title"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--B--\r\n'
)
BODIES: tuple[tuple[str, bytes], ...] = (
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=\xff", b"x"),
    ("multipart/form-data; boundary=B", b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nnl"),
    ("multipart/form-data; boundary=B", b"--B\r\nContent-Disposition: form-data; name=\"of"),
    ("multipart/form-data; boundary=B", NOT_OF_BASE64),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=x" % number for number in range(2_100))),
    ("application/x-www-form-urlencoded", b"title=" + b"x" * 2_200_000),
    ("application/x-www-form-urlencoded", b"title=%00&of=nl"),
    ("application/x-www-form-urlencoded", b"title=%ff%fe&of=%ff"),
    ("application/x-www-form-urlencoded; charset=latin-1", b"title=x&of=nl"),
    ("application/json", b'{"of": "nl"}'),
    ("", b"of=nl"),
)  # fmt: skip


@pytest.mark.parametrize(("sort", "body"), BODIES, ids=range(len(BODIES)))
def test_a_broken_form_is_no_fault_and_stores_nothing(sort: str, body: bytes, staged: Cast, anna: Client) -> None:
    head = head_of(staged.exporter_line)
    for url in ("/registers/partners/new/", "/controls/in-place/c-cctv-rtm/evidence/", "/people/add/", "/sign-in/"):
        client = Client(raise_request_exception=False) if url == "/sign-in/" else anna
        answer = client.generic("POST", url, body, sort)
        assert answer.status_code in (*REFUSED, 200), url  # 200: nothing arrived, and the form is shown
        assert b"<h1>" in answer.content, url
    assert head_of(staged.exporter_line) == head


WORDS = (
    "\0",
    "\ud7ff\ufffe",
    "\u202eabc",
    "x" * 300_000,
    "-1",
    "9" * 400,
    "0000-00-00",
    "9999-12-31",
    "-5 months",
    "<b>",
    "²",
)


@pytest.mark.parametrize("section", FACT_KINDS)
def test_no_word_in_any_field_of_a_form_is_a_fault(section: str, staged: Cast, anna: Client) -> None:
    """Every field the form has is sent each hostile word, one after the other and all at once."""
    record_one_of_each(staged)
    new = f"/registers/{section}/new/"
    answer = anna.get(new, follow=True)
    url, names = answer.request["PATH_INFO"], names_in(answer.content.decode())
    for one in (url, f"/registers/{section}/{key_of(section)}/"):
        for word in WORDS:
            bodies = [{name: word} for name in names] if word in WORDS[:2] else []
            for body in (*bodies, dict.fromkeys(names, word)):
                sent = anna.post(one, body)
                assert sent.status_code in (200, 302, 413, 422), (sent.status_code, one, word[:20])


def names_in(html: str) -> list[str]:
    """The names of a page's fields."""
    return sorted(set(re.findall(r'<(?:input|select|textarea)[^>]*? name="([^"]+)"', html)) - {"csrfmiddlewaretoken"})


@pytest.mark.parametrize("count", ["-5", "x", "9" * 400, "1000000", "\u0661", "1e9"])
def test_a_form_grows_no_further_than_people_need(count: str, anna: Client, staged: Cast) -> None:
    for section, name in (
        ("certificates", "checked-lines"),
        ("partners", "identifiers-lines"),
        ("units", "identifiers-lines"),
    ):
        for more in ({}, {"more-lines": name, "more": name}):
            answer = anna.post(f"/registers/{section}/new/", {name: count, **more}, follow=True)
            assert answer.status_code in (200, 422)
            assert len(answer.content) < 500_000


PLACES = ("", "-1", "0", "x", "9" * 20, "9" * 5_000, "1e3", "\u0661", "%00", "%ff")


@pytest.mark.parametrize("place", PLACES)
def test_no_place_in_an_address_is_a_fault(place: str, anna: Client, program: Caller) -> None:
    for url in ("/journal/{}/", "/journal/{}/then/", "/journal/?page={}", "/registers/partners/?page={}", "/sites/{}/",
                "/controls/in-place/{}/", "/partners/{}/", "/files/{}", "/programmes/{}/", "/people/tokens/{}/",
                "/journal/?since={}&until={}", "/journal/?actor={}&deed={}&key={}&section={}", "/find/?q={}",
                "/journal/verify/?witness={}", "/on/{}/", "/?on={}", "/asked/{}/done/"):  # fmt: skip
        assert anna.get(url.replace("{}", place)).status_code in (200, 302, 404, 405, 422), url
    for path in ("/journal?start={}", "/facts/units?size={}", "/facts/units/{}", "/files/{}", "/programmes/{}",
                 "/gaps?as_of={}", "/catalogue/controls/{}", "/requirements/{}/x/at/y"):  # fmt: skip
        assert program.call("GET", path.replace("{}", place)).status_code in (200, 404, 405, 422), path


@pytest.mark.parametrize("token", ["sct_\0_x", "sct_" + "a" * 5_000 + "_b", "sct_é_ü", "sct_%00_x", "a b c", "\t"])
def test_a_token_that_none_can_be_opens_nothing(token: str, staged: Cast) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(f"{BASE}/organisation", headers={"authorization": f"Bearer {token}"}).status_code == 401


COOKIES = ('"a\\000b"', "a" * 5_000, '"\\377"', "%00", "é")


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_cookie_that_none_can_be_is_nobody(cookie: str, staged: Cast) -> None:
    client = Client(raise_request_exception=False)
    said = "; ".join(f"{name}={cookie}" for name in ("safeconduct-session", "safeconduct-csrf", "messages"))
    assert client.get("/", headers={"cookie": said}).status_code == 302
    assert (
        client.post("/sign-in/", {"email": "a@b.example", "password": "x"}, headers={"cookie": said}).status_code == 422
    )


def bomb() -> bytes:
    """A document that unpacks to far more than it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (64 << 20))
        archive.writestr("word/document.xml", b"x")
    return packed.getvalue()


def document(*names: str) -> bytes:
    """An office document with further entries."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w/>")
        for name in names:
            archive.writestr(name, b"x")
    return packed.getvalue()


REFUSED_FILES = {
    "bomb.docx": bomb(),
    "script.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "page.txt": b"\n\t <html><script>alert(1)</script>",
    "marked.txt": b"\xef\xbb\xbf<svg onload=alert(1)>",
    "program.pdf": b"MZ\x90\x00",
    "program.docx": document("word/evil.exe"),
    "macro.docx": document("word/vbaProject.bin"),
    "archive.zip": document()[:10],
    "empty.pdf": b"",
    "nul.txt": b"a\0b",
    "shell.txt": b"#!/bin/sh\nrm -rf /",
    "wide.txt": "<script>".encode("utf-16"),
}


@pytest.mark.parametrize("name", REFUSED_FILES)
def test_a_file_that_runs_or_is_not_what_it_says_is_refused_and_not_kept(
    name: str, staged: Cast, anna: Client, program: Caller
) -> None:
    head, kept = head_of(staged.exporter_line), files_of(staged)
    content = REFUSED_FILES[name]
    posted = program.client.post(f"{BASE}/files", {"file": SimpleUploadedFile(name, content)})
    assert (posted.status_code, posted.json()["errors"][0]["code"]) == (422, "file-kind")
    shown = {"shows": ["design"], "from": "2026-01-01", "to": "2026-12-31", "by": "self"}
    sent = anna.post("/controls/in-place/c-cctv-rtm/evidence/", shown | {"upload": SimpleUploadedFile(name, content)})
    assert sent.status_code == 422
    assert (head_of(staged.exporter_line), files_of(staged)) == (head, kept)


def files_of(cast: Cast) -> set[str]:
    """Every file of the exporter on the disk."""
    return {str(one) for one in folder_of(cast.exporter.key).rglob("*") if one.is_file()}


NAMES = (
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x", "C:\\x.pdf", "a\u202efdp.exe", "x" * 300 + ".pdf",
    "<script>.pdf", 'a"; filename="evil.html', "a\r\nSet-Cookie: x=y.pdf", ".htaccess", "con", "a.pdf.html", " ",
    "é.pdf",
)  # fmt: skip
POLYGLOT = b"%PDF-1.7\n<script>alert(document.domain)</script>"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_lies_where_its_content_says_and_is_saved_as_what_it_is(
    name: str, staged: Cast, anna: Client, program: Caller
) -> None:
    upload = SimpleUploadedFile("x.pdf", POLYGLOT)
    upload._name = name  # type: ignore[attr-defined]  # as a program may send it
    shown = {"shows": ["design"], "from": "2026-01-01", "to": "2026-12-31", "by": "self", "title": "evil"}
    before = files_of(staged)
    assert anna.post("/controls/in-place/c-cctv-rtm/evidence/", shown | {"upload": upload}).status_code == 302
    (new,) = files_of(staged) - before
    digest = new.rpartition("/")[2]
    assert new.endswith(f"/files/norholt/{digest[:2]}/{digest}")
    for client, url in ((anna, f"/files/{digest}"), (program.client, f"{BASE}/files/{digest}")):
        answer = client.get(url)
        assert b"".join(answer) == POLYGLOT
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert ".pdf" in answer["Content-Disposition"][-6:]
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer


def test_an_upload_over_the_limit_is_refused_before_it_is_read(staged: Cast, anna: Client, program: Caller) -> None:
    kept = files_of(staged)
    large = str(200 << 20)
    for client, url in ((anna, "/controls/in-place/c-cctv-rtm/evidence/"), (program.client, f"{BASE}/files")):
        answer = client.generic("POST", url, b"x", "multipart/form-data; boundary=B", CONTENT_LENGTH=large)
        assert answer.status_code in (400, 413), url
    assert files_of(staged) == kept
