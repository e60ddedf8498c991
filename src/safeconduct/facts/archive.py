"""Facts with their attachments in one ZIP file: `facts.yml` and `attachments/<SHA-256>`.

Entries are stored without compression, sorted, with one fixed time, so the same facts give the same bytes. What comes
in is taken for hostile: paths, number and size of entries are limited, and every content must match its digest.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from safeconduct.core.errors import Place, Refusal, Refusals
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.in_place import Attachment
from safeconduct.facts.reading import read
from safeconduct.facts.writing import write

FACTS = "facts.yml"
FOLDER = "attachments/"

_ENTRY = re.compile(rf"{re.escape(FOLDER)}[0-9a-f]{{64}}")
_TIME = (1980, 1, 1, 0, 0, 0)  # the first a ZIP can tell
_MODE = 0o100644 << 16
_UNIX = 3
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one archive may hold, in entries and unpacked bytes."""

    entries: int = 100_000
    facts: int = 64 << 20
    attachment: int = 64 << 20
    total: int = 16 << 30


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive: its facts, and its attachments by digest."""

    facts: Facts
    attachments: Mapping[str, Attachment]
    packed: zipfile.ZipFile

    def open(self, digest: str) -> IO[bytes]:
        """The content of an attachment, from its start."""
        return self.packed.open(FOLDER + digest)


def attachments(facts: Facts) -> Mapping[str, Attachment]:
    """The files kept with evidence by digest, each content once, sorted."""
    found = {evidence.file.sha256: evidence.file for evidence in facts.evidence if evidence.file is not None}
    return dict(sorted(found.items()))


def write_archive(target: IO[bytes], facts: Facts, open_file: Callable[[str], IO[bytes]]) -> None:
    """Write facts and attachments; `open_file` opens a content by its digest.

    Raises Refusal when a content does not match its digest or size: what is written must be readable again.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for digest, file in attachments(facts).items():
            with open_file(digest) as content, packed.open(_info(FOLDER + digest, file.size), "w") as entry:
                _refuse_other_content(file, _copied(content, entry), Place(FOLDER + digest))
        text = write(facts).encode()
        packed.writestr(_info(FACTS, len(text)), text)


def _info(name: str, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.create_system = _UNIX
    info.external_attr = _MODE
    info.file_size = size
    return info


def _copied(content: IO[bytes], target: IO[bytes] | None = None) -> tuple[str, int]:
    """Digest and size of a content, which is copied to the target on the way."""
    digest, size = sha256(), 0
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
    return digest.hexdigest(), size


def _refuse_other_content(file: Attachment, found: tuple[str, int], place: Place) -> None:
    if found != (file.sha256, file.size):
        raise Refusal(
            f"The attachment {file.name!r} is not the file it was: {found[1]} bytes instead of {file.size}, "
            f"SHA-256 {found[0]}.",
            why="A file is named by its content, so that nobody can exchange it.",
            do="Bring back the original file, or record the new one as evidence of its own.",
            place=place,
            code="other-content",
        )


@contextmanager
def open_archive(source: Path | IO[bytes], catalogue: Catalogue, *, limits: Limits = LIMITS) -> Iterator[Archive]:
    """Open an archive whose facts and contents were all checked. Raises Refusals with what is wrong."""
    name = str(source) if isinstance(source, Path) else "archive"
    try:
        packed = zipfile.ZipFile(source)
    except _BROKEN as error:
        problem = Refusal(f"This is no ZIP file that can be read: {error}.", do=_DO, place=Place(name))
        raise Refusals([problem]) from error
    with packed:
        _refuse_entries(packed, name, limits)
        facts = read(_text(packed, name), catalogue, name=f"{name}/{FACTS}")
        found = attachments(facts)
        _refuse_contents(packed, found, name)
        yield Archive(facts, found, packed)


_DO = "Export the facts again."


def _refuse_entries(packed: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = packed.infolist()
    if len(entries) > limits.entries:
        what = f"The archive holds {len(entries)} entries, more than {limits.entries}."
        raise Refusals([Refusal(what, do="Split it.", place=Place(name), code="too-many")])
    problems = [problem for entry in entries if (problem := _bad_entry(entry, name, limits))]
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        problems.append(Refusal("The archive holds an entry twice.", do=_DO, place=Place(name), code="entry-twice"))
    if FACTS not in names:
        problems.append(Refusal(f"The archive holds no {FACTS}.", do=_DO, place=Place(name), code="no-facts"))
    if sum(entry.file_size for entry in entries) > limits.total:
        what = f"The archive unpacks to more than {limits.total} bytes."
        problems.append(Refusal(what, do="Split it.", place=Place(name), code="too-big"))
    if problems:
        raise Refusals(problems)


def _bad_entry(entry: zipfile.ZipInfo, name: str, limits: Limits) -> Refusal | None:
    place = Place(f"{name}/{entry.filename!a}")
    if entry.filename != FACTS and not _ENTRY.fullmatch(entry.filename):
        why = f"Only {FACTS} and {FOLDER}<SHA-256> belong there."
        return Refusal("The archive holds a stranger.", why=why, do=_DO, place=place, code="stranger")
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKINGS:
        return Refusal(
            "The entry is encrypted or packed in a way that is not read.", do=_DO, place=place, code="packing"
        )
    limit = limits.facts if entry.filename == FACTS else limits.attachment
    if entry.file_size > limit:
        what = f"The entry unpacks to {entry.file_size} bytes, more than {limit}."
        return Refusal(what, do="Leave it out.", place=place, code="too-big")
    return None


def _text(packed: zipfile.ZipFile, name: str) -> str:
    place = Place(f"{name}/{FACTS}")
    try:
        return packed.read(FACTS).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Refusal("The file is not UTF-8 text.", do="Save it as UTF-8.", place=place)
        raise Refusals([problem]) from error
    except _BROKEN as error:
        raise Refusals([Refusal(f"The entry is damaged: {error}.", do=_DO, place=place)]) from error


def _refuse_contents(packed: zipfile.ZipFile, named: Mapping[str, Attachment], name: str) -> None:
    there = {entry.filename.removeprefix(FOLDER) for entry in packed.infolist()} - {FACTS}
    problems: list[Refusal] = []
    for digest in sorted(there | named.keys()):
        place = Place(f"{name}/{FOLDER}{digest}")
        if digest not in named:
            what = "No evidence names this attachment."
            problems.append(Refusal(what, do="Leave it out.", place=place, code="unnamed"))
        elif digest not in there:
            what = f"The attachment {named[digest].name!r} is missing."
            problems.append(
                Refusal(what, do="Add the file, or remove it from its evidence.", place=place, code="missing")
            )
        elif (problem := _bad_content(packed, named[digest], place)) is not None:
            problems.append(problem)
    if problems:
        raise Refusals(problems)


def _bad_content(packed: zipfile.ZipFile, file: Attachment, place: Place) -> Refusal | None:
    try:
        with packed.open(FOLDER + file.sha256) as content:
            _refuse_other_content(file, _copied(content), place)
    except Refusal as refusal:
        return refusal
    except _BROKEN as error:
        return Refusal(f"The entry is damaged: {error}.", do=_DO, place=place, code="damaged")
    return None
