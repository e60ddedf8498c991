"""The files kept with evidence: named by their content, outside every folder that is served, apart by organisation.

What a file is, is read from its content and never from its name. Only kinds that show something and run nothing are
taken: PDF, pictures, office documents without macros, plain text.
"""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Protocol

from django.conf import settings

from safeconduct.core.errors import Refusal
from safeconduct.core.records.in_place import Attachment

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

CHUNK = 1 << 20
LONGEST_NAME = 200
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_FOLDERS = {
    "word/": f"{_OFFICE}wordprocessingml.document",
    "xl/": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}presentationml.presentation",
}
_OPEN_DOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation|graphics)")
_RUN = (".exe", ".js", ".vbs", ".bat", ".cmd", ".jar", "vbaproject.bin")
_MACRO_FOLDERS = ("basic/", "scripts/")  # of open documents
_MACRO_KINDS = (
    b"vbaproject",
    b"macroenabled",
    b"macrosheet",
    b"activex",
)  # of the others, as their list of contents names them
_LONGEST_LIST = 1 << 20
_ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "text/plain": (".txt", ".csv", ".log", ".md"),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
    "application/vnd.oasis.opendocument.graphics": (".odg",),
    f"{_OFFICE}wordprocessingml.document": (".docx",),
    f"{_OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}presentationml.presentation": (".pptx",),
}
"""What the name of a file of each kind may end in; the first is put behind any other name."""
_HEIF_BRANDS = {b"heic", b"heix", b"mif1", b"heif"}
_TAKEN = "PDF, JPEG, PNG, GIF, TIFF, WebP and HEIC pictures, office documents without macros, and plain text are taken."


class Uploaded(Protocol):
    """What the web framework gives for an uploaded file."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]:
        """The content piece by piece."""


def folder_of(organisation_key: str) -> Path:
    """Where the files of an organisation lie."""
    return Path(settings.MEDIA_ROOT) / organisation_key


def path_of(organisation_key: str, digest: str) -> Path:
    """Where a content lies."""
    return folder_of(organisation_key) / digest[:2] / digest


def keep_file(viewer: Viewer, uploaded: Uploaded) -> Attachment:
    """Keep an uploaded file. Raises Refusal when it is empty, too large, or of a kind that is not taken."""
    return keep_content(viewer.organisation_key, uploaded.name or "file", uploaded.chunks(CHUNK))


def keep_content(organisation_key: str, name: str, chunks: Iterable[bytes]) -> Attachment:
    """Keep a content under its digest. Keeping it twice changes nothing."""
    folder = folder_of(organisation_key)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with NamedTemporaryFile(dir=folder, prefix="new-", delete_on_close=False) as new:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            _refuse_large(name, size)
            new.write(chunk)
        new.flush()
        media = media_of(name, new.file)
        os.fsync(new.fileno())
        target = path_of(organisation_key, digest.hexdigest())
        target.parent.mkdir(mode=0o700, exist_ok=True)
        Path(new.name).replace(target)
    return Attachment(name=clean_name(name), sha256=digest.hexdigest(), size=size, media=media)


def _refuse_large(name: str, size: int) -> None:
    if size > settings.UPLOAD_BYTES:
        limit = settings.UPLOAD_BYTES // (1024 * 1024)
        raise Refusal(
            f"The file {name!r} is larger than {limit} MB.", do="Save it smaller, or in parts.", code="file-too-large"
        )


def media_of(name: str, content: IO[bytes]) -> str:
    """The media type read from the content. Raises Refusal for kinds that are not taken."""
    content.seek(0)
    start = content.read(64 * 1024)
    media = _by_start(start) or (_by_entries(content) if start.startswith(b"PK\x03\x04") else _text(start))
    if not start or media is None:
        what = f"The file {name!r} is empty." if not start else f"The file {name!r} is of a kind that is not taken."
        raise Refusal(what, why=_TAKEN, do="Save it as PDF.", code="file-kind")
    return media


def _by_start(start: bytes) -> str | None:
    for prefix, media in _STARTS:
        if start.startswith(prefix):
            return media
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS:
        return "image/heic"
    return None


def _by_entries(content: IO[bytes]) -> str | None:
    """The media type of an office document; None for any other archive, a damaged one, and one with macros."""
    try:
        with zipfile.ZipFile(content) as packed:
            names = packed.namelist()
            if any(name.lower().endswith(_RUN) for name in names):
                return None
            return _open_document(packed, names) if names[:1] == ["mimetype"] else _office_document(packed, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return None


def _open_document(packed: zipfile.ZipFile, names: list[str]) -> str | None:
    told = _OPEN_DOCUMENT.fullmatch(_read_start(packed, "mimetype"))
    macros = any(name.lower().startswith(_MACRO_FOLDERS) for name in names)
    return told.group().decode("ascii") if told and not macros else None


def _office_document(packed: zipfile.ZipFile, names: list[str]) -> str | None:
    """Read from its list of contents: a macro's file may have any name, but not be of any kind."""
    if "[Content_Types].xml" not in names:
        return None
    listed = _read_start(packed, "[Content_Types].xml").replace(b"\0", b"").lower()
    if len(listed) >= _LONGEST_LIST or any(kind in listed for kind in _MACRO_KINDS):
        return None
    folders = (media for folder, media in _OFFICE_FOLDERS.items() if any(name.startswith(folder) for name in names))
    return next(folders, None)


def _read_start(packed: zipfile.ZipFile, name: str) -> bytes:
    """What an entry begins with: enough for a short one, never more than a bomb may unpack to."""
    with packed.open(name) as entry:
        return entry.read(_LONGEST_LIST)


def _text(start: bytes) -> str | None:
    """Plain text: UTF-8 without control characters, and nothing a browser would run."""
    if len(start) == 64 * 1024:
        start = start[: start.rfind(b"\n") + 1] or start[:-4]
    try:
        text = start.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f" for character in text):
        return None
    first = next((character for character in text if character.isprintable() and not character.isspace()), "")
    return None if first == "<" or text.startswith("#!") else "text/plain"


def safe_name(name: str, media: str) -> str:
    """The name a file is saved under: one whose ending says what the content is, whatever it was called.

    >>> safe_name("gate log.html", "text/plain"), safe_name("plan.PDF", "application/pdf")
    ('gate log.html.txt', 'plan.PDF')
    """
    clean, endings = clean_name(name), _ENDINGS[media]
    return clean if clean.lower().endswith(endings) else clean_name(clean + endings[0])


def clean_name(name: str) -> str:
    r"""A file's name without folders and control characters, not longer than anybody reads.

    >>> clean_name("C:\\papers\\gate log.pdf")
    'gate log.pdf'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    if len(printable) > LONGEST_NAME:
        stem, dot, end = printable.rpartition(".")
        printable = stem[: LONGEST_NAME - len(end) - 1] + dot + end if len(end) < 10 else printable[:LONGEST_NAME]
    return printable or "file"
