"""Keys of records that were written without one."""

from __future__ import annotations

from safeconduct.core.records.facts import Facts
from safeconduct.facts.reading import read
from safeconduct.facts.writing import write
from tests.facts.cast import CATALOGUE, HEAD, PARTNERS

FIRST = "{partner: h1, kind: visit, on: 2026-01-01"
SECOND = "{partner: h1, kind: visit, on: 2026-02-01"


def proofs(*written: str) -> list[str]:
    return [proof.key for proof in facts(*written).proofs]


def facts(*written: str) -> Facts:
    lines = "".join(f"  - {one}}}\n" for one in written)
    return read(HEAD + PARTNERS + "proofs:\n" + lines, CATALOGUE)


def test_a_key_follows_from_the_content_not_from_the_place() -> None:
    first, second = proofs(FIRST, SECOND)
    assert proofs(SECOND, FIRST) == [second, first]
    assert first != second
    assert first == "proofs-bfbcda7d"


def test_records_that_say_the_same_are_told_apart_by_position() -> None:
    (one,) = proofs(FIRST)
    assert proofs(FIRST, FIRST, FIRST) == [one, f"{one}-2", f"{one}-3"]


def test_a_derived_key_makes_room_for_a_written_one() -> None:
    (one,) = proofs(FIRST)
    assert proofs(FIRST, f"{SECOND}, key: {one}") == [f"{one}-2", one]


def test_what_is_about_a_person_is_not_in_the_key() -> None:
    assert proofs(FIRST) == proofs(f"{FIRST}, by: A. Person")


def test_evidence_of_two_controls_gets_two_keys() -> None:
    evidence = "evidence: [{shows: [design], from: 2026-01-01, to: 2026-12-31}]"
    body = f"""\
in_place:
  - {{key: c1, control: cctv, at: rtm, since: 2026-01-01, {evidence}}}
  - {{key: c2, control: cctv, at: lax, since: 2026-01-01, {evidence}}}
"""
    first, second = (one.key for one in read(HEAD + body, CATALOGUE).evidence)
    assert first != second


def test_written_once_a_key_stays_when_the_content_changes() -> None:
    text = write(facts(FIRST))
    changed = read(text.replace("2026-01-01", "2026-03-01"), CATALOGUE)
    assert [proof.key for proof in changed.proofs] == proofs(FIRST)
