"""Facts and attachments in one ZIP: the same bytes again, and nothing hostile gets in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import IO

import pytest

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.in_place import Attachment, Evidence, Shown
from safeconduct.facts.archive import FACTS, FOLDER, Limits, open_archive, write_archive
from safeconduct.facts.writing import write
from tests.facts.cast import CATALOGUE
from tests.facts.test_round_trip import BASE

CONTENTS = {sha256(content).hexdigest(): content for content in (b"a fence", b"", bytes(range(256)) * 9)}


def evidence(digest: str, content: bytes) -> Evidence:
    control = BASE.in_place[0]
    file = Attachment(name="photo.jpg", sha256=digest, size=len(content))
    return Evidence(
        key=f"e-{digest[:6]}", of=control.key, shows=(Shown.DESIGN,), from_=control.since, to=control.since, file=file
    )


FULL = replace(BASE, evidence=tuple(evidence(*item) for item in CONTENTS.items()))


def packed(facts: Facts = FULL) -> bytes:
    target = io.BytesIO()
    write_archive(target, facts, lambda digest: io.BytesIO(CONTENTS[digest]))
    return target.getvalue()


def repacked(change: Callable[[zipfile.ZipFile], None], *, without: str = "") -> io.BytesIO:
    """The archive with entries added or left out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed())) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if entry.filename != without:
                new.writestr(entry, old.read(entry))
        change(new)
    target.seek(0)
    return target


def refused(source: Path | IO[bytes], limits: Limits | None = None) -> str:
    with pytest.raises(Refusals) as refusals, open_archive(source, CATALOGUE, limits=limits or Limits()):
        pass
    assert all(refusal.do for refusal in refusals.value.refusals)
    return str(refusals.value)


def nothing(_: zipfile.ZipFile) -> None:
    """Change nothing."""


def test_the_same_facts_give_the_same_bytes() -> None:
    assert packed() == packed(replace(FULL, evidence=tuple(reversed(FULL.evidence))))


def test_an_archive_is_written_again_byte_by_byte() -> None:
    target = io.BytesIO()
    with open_archive(io.BytesIO(packed()), CATALOGUE) as archive:
        assert {digest: archive.open(digest).read() for digest in archive.attachments} == CONTENTS
        write_archive(target, archive.facts, archive.open)
    assert target.getvalue() == packed()


def test_entries_are_stored_sorted_with_one_time() -> None:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == [*sorted(FOLDER + digest for digest in CONTENTS), FACTS]
    assert {(entry.compress_type, entry.date_time) for entry in entries} == {(0, (1980, 1, 1, 0, 0, 0))}


def test_an_archive_packed_by_hand_is_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FACTS, write(BASE))
    with open_archive(target, CATALOGUE) as read:
        assert write(read.facts) == write(BASE)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "facts.zip"
    file.write_bytes(b"PK\x03\x04 nothing")
    assert "no ZIP file" in refused(file)
    assert "no ZIP file" in refused(io.BytesIO(b""))


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "attachments/", "attachments/../x", "attachments/ABC", "other.yml", "facts.yml/"]
)
def test_strangers_and_paths_are_refused(name: str) -> None:
    assert "stranger" in refused(repacked(lambda new: new.writestr(name, b"x")))


def test_an_entry_that_stands_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = repacked(lambda new: new.writestr(FACTS, b"x"))
    assert "an entry twice" in refused(source)


def test_an_archive_without_facts_is_refused() -> None:
    assert "holds no facts.yml" in refused(repacked(nothing, without=FACTS))


def test_a_missing_attachment_and_one_nobody_names_are_refused() -> None:
    gone = FOLDER + sorted(CONTENTS)[0]
    said = refused(repacked(lambda new: new.writestr(FOLDER + "0" * 64, b"x"), without=gone))
    assert "'photo.jpg' is missing" in said
    assert "No evidence names" in said


def test_an_exchanged_attachment_is_refused() -> None:
    name = FOLDER + sha256(b"a fence").hexdigest()
    assert "not the file it was" in refused(repacked(lambda new: new.writestr(name, b"a fense"), without=name))


def test_limits_on_size_and_number_hold() -> None:
    assert "more than 3" in refused(io.BytesIO(packed()), Limits(entries=3))
    assert "more than 100" in refused(io.BytesIO(packed()), Limits(attachment=100))
    assert "more than 50" in refused(io.BytesIO(packed()), Limits(facts=50))
    assert "unpacks to more than 2400" in refused(io.BytesIO(packed()), Limits(total=2400))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FACTS, b" " * 1_000_000)
    assert "unpacks to 1000000 bytes" in refused(target, Limits(facts=1000))


def test_a_damaged_entry_is_refused() -> None:
    data = bytearray(packed())
    at = data.index(b"a fence")
    data[at : at + 7] = b"a fense"
    assert "damaged" in refused(io.BytesIO(bytes(data)))


def test_broken_facts_inside_an_archive_are_told_with_their_line() -> None:
    said = refused(repacked(lambda new: new.writestr(FACTS, "safeconduct: 1\norganisation: {}\n"), without=FACTS))
    assert "archive/facts.yml:2" in said


def test_a_content_that_is_not_what_it_says_is_not_written() -> None:
    with pytest.raises(Refusal, match="not the file it was"):
        write_archive(io.BytesIO(), FULL, lambda _: io.BytesIO(b"other"))
