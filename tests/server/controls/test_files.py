"""Files kept with evidence: only kinds that run nothing, named by content, handed out only to who sees the evidence."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safeconduct.core.errors import NotAllowed, Refusal, UnknownKey
from safeconduct.core.records.in_place import Attachment
from safeconduct.server.controls.actions import attach_evidence, record_control_shown, upload_file
from safeconduct.server.controls.files import clean_name, media_of, path_of, safe_name
from safeconduct.server.controls.queries import file_seen
from safeconduct.server.journal.queries import facts_of, head_of
from tests.server.cast import Cast, control, evidence

PDF = b"%PDF-1.7\nseal log"
DIGEST = hashlib.sha256(PDF).hexdigest()


def upload(content: bytes = PDF, name: str = "seal log.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


OPEN_TEXT = b"application/vnd.oasis.opendocument.text"


def packed(*names: str, **contents: bytes) -> bytes:
    """An archive; `mimetype` and `listed` are the contents of the entries that tell what it is."""
    said = {"mimetype": contents.get("mimetype", OPEN_TEXT), "[Content_Types].xml": contents.get("listed", b"x")}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, said.get(name, b"x"))
    return target.getvalue()


def damaged() -> bytes:
    """An open document whose first entry cannot be unpacked."""
    whole = packed("mimetype")
    at = whole.index(b"mimetype") + len(b"mimetype")
    return whole[:at] + b"\xff\xff\xff" + whole[at + 3 :]


def test_an_uploaded_file_is_named_by_its_content_and_lies_outside_what_is_served(cast: Cast, settings: Any) -> None:
    stored = attach_evidence(cast.viewer("sven"), evidence("e-2"), upload=upload())
    assert stored.file == Attachment(name="seal log.pdf", sha256=DIGEST, size=len(PDF), media="application/pdf")
    kept = path_of("norholt", DIGEST)
    assert kept.read_bytes() == PDF
    assert Path(settings.STATIC_ROOT) not in kept.parents
    assert facts_of(cast.exporter_line).evidence[-1] == stored


def test_keeping_a_content_twice_keeps_one_file(cast: Cast) -> None:
    for name in ("a.pdf", "b.pdf"):
        upload_file(cast.viewer("sven"), upload(name=name))
    assert [path.name for path in path_of("norholt", DIGEST).parents[1].rglob("*") if path.is_file()] == [DIGEST]


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (b"Gate 4, checked 14:00\r\n", "text/plain"),
        ("Tor geprüft\n".encode() * 10_000, "text/plain"),
        (
            packed("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            packed("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (packed("mimetype", "content.xml"), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_what_a_file_is_is_read_from_its_content(content: bytes, media: str) -> None:
    assert media_of("anything.exe", io.BytesIO(content)) == media


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"\x7fELF",
        b"<!doctype html><script>alert(1)</script>",
        b'\xef\xbb\xbf  <svg xmlns="http://www.w3.org/2000/svg"/>',
        b"#!/bin/sh\nrm -rf /",
        b"\x00\x01\x02",
        packed("holiday.txt"),
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 broken",
        "\u200b<script>alert(1)</script>".encode(),
        packed("[Content_Types].xml", "word/m.bin", listed=b'ContentType="application/vnd.ms-office.vbaProject"'),
        packed("[Content_Types].xml", "word/m.bin", listed="application/vnd.ms-office.vbaProject".encode("utf-16")),
        packed("[Content_Types].xml", "xl/s1.xml", listed=b'ContentType="application/vnd.ms-excel.macrosheet+xml"'),
        packed("[Content_Types].xml", "word/document.xml", listed=b" " * 5_000_000),
        packed("mimetype", "Basic/Standard/Module1.xml"),
        packed("mimetype", mimetype=OPEN_TEXT + b"\r\nX-Evil: 1"),
        packed("mimetype", mimetype=b" " * 5_000_000),
        damaged(),
    ],
    ids=[
        "empty",
        "exe",
        "elf",
        "html",
        "svg",
        "script",
        "bytes",
        "zip",
        "macros",
        "broken zip",
        "html behind what nobody sees",
        "macros under another name",
        "macros listed in UTF-16",
        "macro sheet",
        "list that unpacks to a bomb",
        "macros in an open document",
        "kind with a line break",
        "kind that unpacks to a bomb",
        "damaged entry",
    ],
)
def test_kinds_that_could_run_or_show_nothing_are_refused(content: bytes, cast: Cast) -> None:
    before = head_of(cast.exporter_line)
    with pytest.raises(Refusal, match=r"empty|of a kind that is not taken"):
        attach_evidence(cast.viewer("sven"), evidence("e-2"), upload=upload(content, "gate.pdf"))
    assert head_of(cast.exporter_line) == before
    assert not any(path.is_file() for path in path_of("norholt", DIGEST).parents[1].rglob("*"))


def test_a_file_over_the_limit_is_refused_and_not_kept(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(Refusal, match="larger than 1 MB"):
        upload_file(cast.viewer("sven"), upload(PDF + b"x" * 1024 * 1024))
    assert not any(path.is_file() for path in path_of("norholt", DIGEST).parents[1].rglob("*"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\gate.pdf", "gate.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_keeps_no_folder_and_no_control_character(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    ("given", "media", "saved"),
    [
        ("gate.html", "text/plain", "gate.html.txt"),
        ("gate.pdf.exe", "application/pdf", "gate.pdf.exe.pdf"),
        ("Gate.JPEG", "image/jpeg", "Gate.JPEG"),
        ("x" * 300, "image/png", "x" * 196 + ".png"),
    ],
)
def test_a_file_is_saved_under_a_name_that_says_what_it_is(given: str, media: str, saved: str) -> None:
    assert safe_name(given, media) == saved


def test_evidence_cannot_name_a_file_that_was_not_uploaded_here(cast: Cast) -> None:
    upload_file(cast.outside_line, upload())
    claimed = Attachment(name="theirs.pdf", sha256=DIGEST, size=len(PDF))
    for file in (claimed, replace(claimed, sha256="../../x"), replace(claimed, sha256="0" * 64)):
        with pytest.raises(Refusal, match="was not uploaded here"):
            attach_evidence(cast.viewer("sven"), evidence("e-2", file=file))


def test_the_media_type_is_what_the_content_is_and_not_what_is_claimed(cast: Cast) -> None:
    file = upload_file(cast.viewer("sven"), upload())
    stored = attach_evidence(cast.viewer("sven"), evidence("e-2", file=replace(file, media="text/html")))
    assert stored.file is not None
    assert stored.file.media == "application/pdf"


def test_a_control_is_recorded_with_its_evidence_or_not_at_all(cast: Cast) -> None:
    sven = cast.viewer("sven")
    new = control("c-new", "ein", control="building-structure")
    with pytest.raises(Exception, match="is no key"):
        record_control_shown(sven, new, evidence("Bad Key", "c-new"), upload=upload())
    assert "c-new" not in [record.key for record in facts_of(sven).in_place]
    record_control_shown(sven, new, evidence("e-new", "c-new"), upload=upload())
    assert facts_of(sven).evidence[-1].of == "c-new"


def test_an_auditor_uploads_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        upload_file(cast.viewer("otto"), upload())


def test_a_file_is_handed_out_to_be_saved_never_to_be_opened(cast: Cast) -> None:
    attach_evidence(cast.viewer("sven"), evidence("e-2"), upload=upload(name="seal “log”.pdf"))
    answer = cast.client("otto").get(f"/files/{DIGEST}")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["olga", "mara"])
def test_a_file_of_evidence_one_does_not_see_is_not_found(name: str, cast: Cast) -> None:
    attach_evidence(cast.viewer("sven"), evidence("e-2", "c-cctv-ein"), upload=upload())
    with pytest.raises(UnknownKey):
        file_seen(cast.viewer(name), DIGEST)
    assert cast.client(name).get(f"/files/{DIGEST}").status_code == 404


def test_a_file_without_evidence_is_not_found(cast: Cast) -> None:
    upload_file(cast.viewer("sven"), upload())
    assert cast.client("sven").get(f"/files/{DIGEST}").status_code == 404
    assert Client().get(f"/files/{DIGEST}").status_code == 302
