"""Storing and withdrawing: permission, refusal, row and entry, together or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from safeconduct.core.errors import NotAllowed, Refusal, Refusals, UnknownKey
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.core.records.in_place import By
from safeconduct.core.records.partners import Certificate
from safeconduct.core.records.units import UnitKind
from safeconduct.facts.codec import to_plain
from safeconduct.server.journal.actions import store, store_all, withdraw
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.queries import Sought, facts_of, head_of, journal_lines
from safeconduct.server.journal.reading import seen, seen_one
from safeconduct.server.journal.sections import find
from tests.server.cast import Cast, control, evidence, units


def certificate(**more: Any) -> Certificate:
    values: dict[str, Any] = {"holder": "h1", "scheme": "eu-aeos", "from_": date(2025, 1, 1)}
    return Certificate(key="cert-1", **(values | more))


def weakness(key: str = "w-rtm", **more: Any) -> RaisedFinding:
    values: dict[str, Any] = {"of": "cctv", "at": "rtm", "on": date(2026, 11, 1)}
    return RaisedFinding(key=key, **(values | more))


def cure(key: str = "a-1", **more: Any) -> CorrectiveAction:
    values: dict[str, Any] = {"mends": "w-rtm", "opened": date(2026, 11, 1), "due": date(2026, 12, 1)}
    return CorrectiveAction(key=key, **(values | more))


def test_a_stored_fact_is_read_back_and_journalled(cast: Cast) -> None:
    sven = cast.viewer("sven")
    before = head_of(sven)
    store(sven, certificate(), deed="record-certificate")
    line = journal_lines(sven, Sought())[0]
    assert seen(sven, "certificates") == (certificate(),)
    assert (line.seq, line.actor, line.section, line.key, line.deed) == (
        before.seq + 1,
        sven.actor,
        "certificates",
        "cert-1",
        "record-certificate",
    )
    assert line.factual == to_plain(certificate())
    assert line.actor_name == "Sven"


def test_storing_under_a_key_again_replaces_the_fact(cast: Cast) -> None:
    sven = cast.viewer("sven")
    store(sven, certificate(), deed="record-certificate")
    store(sven, certificate(number="NL 7"), deed="record-certificate")
    assert facts_of(sven).certificates == (certificate(number="NL 7"),)


def test_storing_what_is_recorded_just_so_changes_nothing(cast: Cast) -> None:
    sven = cast.viewer("sven")
    store(sven, certificate(), deed="record-certificate")
    before = head_of(sven)
    store(sven, certificate(), deed="record-certificate")
    assert head_of(sven) == before


def test_a_refused_fact_leaves_no_row_and_no_entry(cast: Cast) -> None:
    sven = cast.viewer("sven")
    before, facts = head_of(sven), facts_of(sven)
    with pytest.raises(Refusals) as refused:
        store(sven, certificate(holder="nobody", to=date(2024, 1, 1)), deed="record-certificate")
    assert [problem.place.field for problem in refused.value.refusals] == ["to", "holder"]
    assert (head_of(sven), facts_of(sven)) == (before, facts)


def test_of_several_facts_all_are_stored_or_none(cast: Cast) -> None:
    sven = cast.viewer("sven")
    before = facts_of(sven)
    with pytest.raises(Refusals):
        store_all(sven, [control("c-new", "ein", since=date(2026, 1, 1)), evidence("e-new", "missing")], deed="record")
    assert facts_of(sven) == before


def test_a_later_fact_may_rest_on_an_earlier_one_of_the_same_deed(cast: Cast) -> None:
    sven = cast.viewer("sven")
    store_all(sven, [control("c-new", "ein", since=date(2026, 1, 1)), evidence("e-new", "c-new")], deed="record")
    assert seen_one(sven, "evidence", "e-new").of == "c-new"


def test_a_key_of_another_organisation_is_unknown(cast: Cast) -> None:
    store(cast.outside_line, replace(units("outsider")[1], key="theirs"), deed="record-unit")
    with pytest.raises(Refusals) as refused:
        store(cast.viewer("sven"), control("c-theirs", "theirs"), deed="record-control")
    assert "There is no unit 'theirs'." in str(refused.value)


def test_a_fact_without_a_key_gets_one_from_its_content(cast: Cast) -> None:
    stored = store(cast.viewer("sven"), replace(certificate(), key=""), deed="record-certificate")
    assert stored.key.startswith("certificates-")
    assert seen_one(cast.viewer("sven"), "certificates", stored.key) == stored


def test_replacing_a_unit_is_refused_when_facts_that_name_it_would_break(cast: Cast) -> None:
    site = units("norholt")[1]
    with pytest.raises(Refusals) as refused:
        store(cast.viewer("sven"), replace(units("norholt")[0], kind=UnitKind.SITE, in_="nl2"), deed="record-unit")
    assert "h1" in str(refused.value) or "legal entity" in str(refused.value)
    assert seen_one(cast.viewer("sven"), "units", "rtm") == site


def test_a_fact_larger_than_anyone_reads_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusals, match="larger than 256 kB"):
        store(cast.viewer("sven"), control(note="x" * 300_000), deed="record-control")


@pytest.mark.parametrize("section", list(FACT_KINDS))
def test_an_auditor_records_nothing(section: str, cast: Cast) -> None:
    assert not cast.viewer("otto").may_record(section)


def test_an_auditor_is_not_allowed_to_store(cast: Cast) -> None:
    before = head_of(cast.exporter_line)
    with pytest.raises(NotAllowed, match="As auditor you may not record this"):
        store(cast.viewer("otto"), certificate(), deed="record-certificate")
    assert head_of(cast.exporter_line) == before


def test_a_site_manager_records_at_the_own_site(cast: Cast) -> None:
    mara = cast.viewer("mara")
    store(mara, evidence("e-mara", by=By.OTHER), deed="attach-evidence")
    assert seen_one(mara, "evidence", "e-mara").by is By.OTHER


@pytest.mark.parametrize(
    "record",
    [
        control("c-mara", "ein", since=date(2026, 1, 1)),
        control("c-mara", "nl", since=date(2026, 1, 1)),
        evidence("e-mara", "c-cctv-ein"),
        replace(control("c-cctv-ein", "rtm"), since=date(2026, 5, 1)),
        certificate(),
        units("norholt")[1],
        weakness(at="ein"),
        weakness(at="nl"),
        weakness(about="h1"),
        cure(mends="h1"),
        cure(mends="w-ein"),
    ],
    ids=[
        "other site",
        "entity",
        "evidence elsewhere",
        "moved from elsewhere",
        "certificate",
        "own unit",
        "weakness elsewhere",
        "weakness of the entity",
        "weakness of a partner",
        "cure of a partner",
        "cure elsewhere",
    ],
)
def test_a_site_manager_records_nothing_else(record: Any, cast: Cast) -> None:
    store(cast.exporter_line, weakness("w-ein", at="ein"), deed="raise-finding")
    before = facts_of(cast.exporter_line)
    with pytest.raises((NotAllowed, UnknownKey)):
        store(cast.viewer("mara"), record, deed="record")
    assert facts_of(cast.exporter_line) == before


def test_a_key_the_viewer_does_not_see_is_not_found_and_its_place_not_told(cast: Cast) -> None:
    with pytest.raises(UnknownKey) as refused:
        store(cast.viewer("mara"), control("c-cctv-ein", "rtm"), deed="record")
    assert str(refused.value) == "There is no control in place 'c-cctv-ein'."
    left = find(facts_of(cast.exporter_line), "in_place", "c-cctv-ein")
    assert left is not None
    assert left.at == "ein"


@pytest.mark.parametrize("why", ["because\0", "a\ud800", "x" * 2_001])
def test_a_reason_that_cannot_be_kept_is_refused(why: str, cast: Cast) -> None:
    with pytest.raises(Refusal, match="The reason cannot be kept"):
        withdraw(cast.viewer("sven"), "partners", "h1", why=why)
    assert find(facts_of(cast.exporter_line), "partners", "h1")


def test_a_site_manager_sees_what_bears_on_the_own_site_only(cast: Cast) -> None:
    mara = cast.viewer("mara")
    assert [unit.key for unit in seen(mara, "units")] == ["nl", "rtm"]
    assert [record.key for record in seen(mara, "in_place")] == ["c-cctv-rtm", "c-records"]
    assert seen(mara, "partners") == ()
    with pytest.raises(UnknownKey):
        seen_one(mara, "in_place", "c-cctv-ein")


def test_a_site_manager_sees_and_cures_weaknesses_of_the_own_site_only(cast: Cast) -> None:
    raised = [weakness(), weakness("w-ein", at="ein"), weakness("w-nl", at="nl"), weakness("w-h1", about="h1")]
    cured = [cure(one.key, mends=one.key) for one in raised]
    store_all(cast.exporter_line, [*raised, *cured, cure("partner", mends="h1")], deed="record")
    mara = cast.viewer("mara")
    assert [one.key for one in seen(mara, "findings")] == ["w-rtm"]
    assert [one.key for one in seen(mara, "corrective_actions")] == ["w-rtm"]
    store(mara, replace(cured[0], closed=date(2026, 11, 24)), deed="close-action")
    assert seen_one(cast.viewer("sven"), "corrective_actions", "w-rtm").closed == date(2026, 11, 24)


def test_a_withdrawn_fact_is_gone_and_the_journal_says_why(cast: Cast) -> None:
    sven = cast.viewer("sven")
    withdraw(sven, "evidence", "e-1", why="It showed another site.")
    assert seen(sven, "evidence") == ()
    assert journal_lines(sven, Sought())[0].factual == {"why": "It showed another site."}


def test_a_fact_that_others_name_is_not_withdrawn(cast: Cast) -> None:
    before = facts_of(cast.exporter_line)
    with pytest.raises(Refusal, match="It is named by evidence e-1"):
        withdraw(cast.viewer("sven"), "in_place", "c-cctv-rtm", why="A mistake.")
    assert facts_of(cast.exporter_line) == before


def test_a_withdrawal_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refusal, match="No reason was given"):
        withdraw(cast.viewer("sven"), "evidence", "e-1", why=" ")


def test_what_is_not_seen_cannot_be_withdrawn(cast: Cast) -> None:
    before = facts_of(cast.exporter_line)
    for name, key in (("mara", "c-cctv-ein"), ("olga", "e-2"), ("sven", "never")):
        with pytest.raises(UnknownKey):
            withdraw(cast.viewer(name), "in_place", key, why="A mistake.")
    assert facts_of(cast.exporter_line) == before


@pytest.mark.django_db(transaction=True)
def test_what_a_process_keeps_after_a_change_is_what_a_full_load_gives(cast: Cast) -> None:
    sven = cast.viewer("sven")
    store(sven, certificate(), deed="record-certificate")
    store(sven, evidence("a-first"), deed="attach-evidence")
    withdraw(sven, "evidence", "e-1", why="A mistake.")
    assert snapshot_of(sven).facts == facts_of(sven)
