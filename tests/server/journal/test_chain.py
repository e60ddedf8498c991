"""The chain shows every change, gap, cut and rewrite, and bears the erasure of a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from safeconduct.core.errors import NotAllowed, Refusal
from safeconduct.core.records.decisions import Answer, Judgement, Verdict
from safeconduct.facts.codec import ERASED
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.controls.models import ControlInPlaceRow, EvidenceRow
from safeconduct.server.journal.actions import store
from safeconduct.server.journal.chain import Link, canonical, digest_of, hash_of, sealed
from safeconduct.server.journal.erasure import erase_person
from safeconduct.server.journal.models import JournalEntry, JournalHead
from safeconduct.server.journal.queries import Head, facts_of, head_of
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.journal.verification import read_witness, verify
from safeconduct.server.partners.models import PartnerRow
from tests.server.cast import Cast, control


def problems(viewer: Viewer, *witnesses: Head) -> str:
    return "\n".join(verify(viewer, witnesses=witnesses).problems)


def test_an_untouched_journal_holds(cast: Cast) -> None:
    assert verify(cast.exporter_line).problems == ()


def test_two_entries_that_say_the_same_have_other_hashes(cast: Cast) -> None:
    assert sealed({"by": "J"}).digest != sealed({"by": "J"}).digest


def test_a_part_is_kept_in_the_order_it_was_written_in() -> None:
    assert canonical({"b": 1, "a": ["é"]}) == '{"b":1,"a":["é"]}'


def test_a_digest_is_the_hmac_of_the_part_under_its_salt() -> None:
    assert digest_of("what do ya want for nothing?", b"Jefe".hex()) == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


ENTRY = 4
Tampering = Callable[[Viewer], object]


def change(**values: object) -> Tampering:
    return lambda viewer: JournalEntry.objects.of(viewer).filter(seq=ENTRY).update(**values)


def raw(sql: str) -> Tampering:
    """A change by somebody who works at the database itself, at the rows of one organisation."""

    def tamper(viewer: Viewer) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'{sql} WHERE "organisation_id" = %s', [viewer.organisation_id])

    return tamper


def cut_tail(viewer: Viewer) -> None:
    last = head_of(viewer)
    JournalEntry.objects.of(viewer).filter(seq=last.seq).delete()
    before = JournalEntry.objects.of(viewer).get(seq=last.seq - 1)
    JournalHead.objects.of(viewer).update(seq=before.seq, hash=before.hash)


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (change(factual='{"key":"other"}'), "its facts do not fit their digest"),
        (change(personal='{"owner":"K"}'), "its personal part does not fit its digest"),
        (change(personal=None), "lost its personal part"),
        (change(factual_salt="no salt"), "its facts do not fit their digest"),
        (change(personal_salt="no salt"), "its personal part does not fit its digest"),
        (change(factual="no json"), "its facts do not fit their digest"),
        (change(actor="somebody-else"), "its hash does not fit what it says"),
        (change(deed="withdraw"), "its hash does not fit what it says"),
        (change(hash="0" * 64), "does not follow the one before it"),
        (lambda viewer: JournalEntry.objects.of(viewer).filter(seq=ENTRY).delete(), f"Entry {ENTRY} is missing"),
        (lambda viewer: JournalHead.objects.of(viewer).update(seq=2), "The head says 2"),
        (lambda viewer: JournalHead.objects.of(viewer).delete(), "The journal has no head"),
        (raw('UPDATE "organisation_unitrow" SET "kind" = \'castle\''), "a row cannot be read"),
        (raw('UPDATE "controls_evidencerow" SET "shows" = \'["nothing"]\''), "a row cannot be read"),
        (raw('UPDATE "controls_evidencerow" SET "shows" = \'no json\''), "a row cannot be read"),
        (lambda viewer: PartnerRow.objects.of(viewer).update(title="Else"), "changed behind its back"),
        (lambda viewer: EvidenceRow.objects.of(viewer).delete(), "Evidence 'e-1' is not what the journal says"),
    ],
)
def test_tampering_shows(tamper: Tampering, says: str, cast: Cast) -> None:
    tamper(cast.exporter_line)
    assert says in problems(cast.exporter_line)
    assert verify(cast.outside_line).holds


def test_a_cut_tail_shows_only_against_a_witness(cast: Cast) -> None:
    viewer = cast.exporter_line
    store(viewer, control(note="later"), deed="record-control")
    witness = head_of(viewer)
    cut_tail(viewer)
    ControlInPlaceRow.objects.of(viewer).filter(key="c-cctv-rtm").update(note="")
    assert problems(viewer) == ""
    assert "its tail was cut off" in problems(viewer, witness)


def test_a_rewritten_journal_shows_against_a_witness(cast: Cast) -> None:
    viewer = cast.exporter_line
    assert problems(viewer, head_of(viewer)) == ""
    assert "was written anew" in problems(viewer, Head(ENTRY, "a" * 64))


def test_a_witness_is_read_as_it_is_printed(cast: Cast) -> None:
    head = head_of(cast.exporter_line)
    assert read_witness(str(head)) == head
    for wrong in ("", "12", "x:" + "a" * 64, "12:short", "0:" + "0" * 64, "9" * 5_000 + ":" + "a" * 64):
        with pytest.raises(Refusal):
            read_witness(wrong)


def test_the_hash_covers_everything_an_entry_says(cast: Cast) -> None:
    entry = JournalEntry.objects.of(cast.exporter_line).get(seq=ENTRY)
    link = Link(
        "norholt", entry.seq, entry.at, entry.actor, entry.section, entry.key, entry.deed, entry.version,
        entry.factual_digest, entry.personal_digest, entry.previous,
    )  # fmt: skip
    assert hash_of(link) == entry.hash
    other: dict[str, Any] = {
        "organisation": "x", "seq": 9, "at": entry.at.replace(year=2020), "actor": "x", "section": "x", "key": "x",
        "deed": "x", "version": 9, "factual_digest": "x", "personal_digest": "x", "previous": "x",
    }  # fmt: skip
    others = {hash_of(replace(link, **{name: value})) for name, value in other.items()}
    assert len(others | {entry.hash}) == 12


def judged_and_answered(viewer: Viewer) -> None:
    day = date(2026, 1, 1)
    store(
        viewer,
        Judgement(
            key="j-1", requirement="us-ctpat/9.2", at="rtm", on=day, until=day, by="J. Smit", verdict=Verdict.YES,
            rests_on=("cctv",),
        ),
        deed="judge",
    )  # fmt: skip
    answer = Answer(key="a-1", requirement="us-ctpat/9.2", at="rtm", owner="J. Smit", confirmed_by="K. Bos")
    store(viewer, answer, deed="give-answer")
    store(viewer, replace(answer, owner="K. Bos"), deed="give-answer")


def test_an_erased_person_is_nowhere_and_the_chain_still_holds(cast: Cast) -> None:
    viewer = cast.exporter_line
    judged_and_answered(viewer)
    witness = head_of(viewer)
    assert erase_person(viewer, "J. Smit") == 3
    facts = facts_of(viewer)
    assert facts.judgements[0].by == ERASED
    assert [record.owner for record in facts.in_place] == ["", "", ""]
    assert facts.answers[0].owner == "K. Bos"
    said = "".join(
        f"{factual}{personal}"
        for factual, personal in JournalEntry.objects.of(viewer).values_list("factual", "personal")
    )
    assert "Smit" not in said
    assert "K. Bos" in said
    assert problems(viewer, witness) == ""
    assert facts_as_known(viewer) == facts


def test_an_erasure_that_was_changed_excuses_nothing(cast: Cast) -> None:
    viewer = cast.exporter_line
    erase_person(viewer, "J. Smit")
    JournalEntry.objects.of(viewer).filter(deed="erase").update(factual="no json")
    assert "lost its personal part" in problems(viewer)
    assert "its facts do not fit their digest" in problems(viewer)


def test_what_was_known_before_an_erasure_reads_without_the_person(cast: Cast) -> None:
    viewer = cast.exporter_line
    judged_and_answered(viewer)
    before = head_of(viewer)
    erase_person(viewer, "J. Smit")
    known = facts_as_known(viewer, seq=before.seq)
    assert known.judgements[0].by == ERASED
    assert known.answers[0].confirmed_by == "K. Bos"


def test_only_who_may_erases_and_only_who_is_there_is_erased(cast: Cast) -> None:
    before = facts_of(cast.exporter_line)
    with pytest.raises(NotAllowed):
        erase_person(cast.viewer("sven"), "J. Smit")
    with pytest.raises(Refusal, match="No fact names"):
        erase_person(cast.viewer("anna"), "Nobody Known")
    assert facts_of(cast.exporter_line) == before
    assert facts_of(cast.outside_line).in_place[0].owner == "J. Smit"
