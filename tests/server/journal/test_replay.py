"""Facts as known: rows and journal agree whatever was done, and every past day reads as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from safeconduct.core.errors import NotAllowed, Refusal, Refusals, SafeconductError
from safeconduct.core.records.decisions import AcceptedBy, Alternative
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from safeconduct.facts.reading import read
from safeconduct.facts.writing import write
from safeconduct.server.accounts.queries import command_line_viewer
from safeconduct.server.journal.actions import found_organisation, store, withdraw
from safeconduct.server.journal.currency import forget_everything, snapshot_of
from safeconduct.server.journal.importing import import_facts, replace_facts
from safeconduct.server.journal.queries import facts_of, head_of
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.journal.verification import verify
from tests.facts.cast import CATALOGUE, HEAD, PARTNERS
from tests.facts.made import made_facts
from tests.server.cast import Cast, control

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer

BASE = read(HEAD + PARTNERS, CATALOGUE)
SOME = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


MOVES = st.tuples(st.sampled_from(("put", "take")), st.integers(0, 30))


@pytest.fixture
def group(transactional_db: None) -> Viewer:
    """The organisation that made facts tell of, without any fact; commits are real, so what is kept is kept."""
    return command_line_viewer(found_organisation("group", title="The group"))


@SOME
@given(first=made_facts(BASE), second=made_facts(BASE))
def test_rows_and_journal_agree_on_facts_of_every_kind(group: Viewer, first: Facts, second: Facts) -> None:
    for facts in (first, second):
        replace_facts(group, facts)
        expected = write(facts)
        assert write(facts_of(group)) == expected
        assert write(facts_as_known(group)) == expected
        assert snapshot_of(group).facts == facts_of(group) == facts_as_known(group)


@SOME
@given(
    facts=made_facts(BASE), moves=st.lists(st.tuples(st.sampled_from(("put", "take")), st.integers(0, 30)), max_size=8)
)
def test_rows_and_journal_agree_after_single_deeds(group: Viewer, facts: Facts, moves: list[tuple[str, int]]) -> None:
    replace_facts(group, BASE)
    refused = 0
    sections = ("partners", "in_place", "evidence", "events")
    records = [record for section in sections for record in facts.section(section)]
    for move, at in moves:
        record = records[at % len(records)]
        try:
            if move == "put":
                store(group, record, deed="record")
            else:
                withdraw(group, "partners", record.key, why="tried")
        except SafeconductError:
            refused += 1
        kept = snapshot_of(group).facts
        assert kept == facts_of(group) == facts_as_known(group)
    event(f"refused: {refused > 0}")


def test_the_bounds_of_an_alternative_keep_their_order(group: Viewer) -> None:
    photo, grade = ("photo", Bound(Op.YES, True)), ("class", Bound(Op.AT_LEAST, "security"))
    needs = [ControlNeed("seal-fitting", bounds=bounds) for bounds in ((photo, grade), (grade, photo))]
    day = date(2026, 1, 1)
    import_facts(group, BASE)
    for number, need in enumerate(needs):
        alternative = Alternative(
            key=f"alt-{number}",
            requirement="us-ctpat/9.2",
            at="rtm",
            needs=need,
            accepted_by=AcceptedBy.SELF,
            from_=day,
            until=day,
            why="The risk assessment of January.",
        )
        store(group, alternative, deed="accept-alternative")
    assert [one.needs for one in facts_of(group).alternatives] == needs
    assert verify(group).problems == ()


def test_a_journal_of_many_deeds_holds(group: Viewer) -> None:
    import_facts(group, BASE)
    replace_facts(group, replace(BASE, partners=()))
    assert verify(group, witnesses=[head_of(group)]).problems == ()


def test_each_past_day_reads_as_it_was_known_then(cast: Cast) -> None:
    viewer = cast.exporter_line
    notes = {date(2027, 1, day): f"as of {day}" for day in (10, 12)}
    for day, note in notes.items():
        with time_machine.travel(datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC), tick=False):
            store(viewer, control(note=note), deed="record-control")

    def note_on(day: date) -> str:
        return next(one.note for one in facts_as_known(viewer, day=day).in_place if one.key == "c-cctv-rtm")

    known = {day: note_on(date(2027, 1, day)) for day in (9, 10, 11, 12, 13)}
    assert known == {9: "", 10: "as of 10", 11: "as of 10", 12: "as of 12", 13: "as of 12"}


def test_before_the_first_entry_nothing_was_known(cast: Cast) -> None:
    known = facts_as_known(cast.exporter_line, day=date(2020, 1, 1))
    assert known.organisation.key == ""
    assert known.units == ()


def test_an_import_tells_what_it_did_and_leaves_other_facts_alone(group: Viewer) -> None:
    first = import_facts(group, BASE)
    assert (first.new, first.changed, first.withdrawn, first.unchanged) == (5, 0, 0, 0)
    renamed = replace(BASE, partners=(replace(BASE.partners[0], title="Renamed"),), units=BASE.units[:1])
    second = import_facts(group, renamed)
    assert (second.new, second.changed, second.withdrawn, second.unchanged) == (0, 1, 0, 1)
    assert len(facts_of(group).units) == 4
    assert import_facts(group, renamed).head == second.head


def test_replacing_withdraws_what_the_file_leaves_out(group: Viewer) -> None:
    import_facts(group, BASE)
    assert replace_facts(group, replace(BASE, partners=())).withdrawn == 1
    assert facts_of(group).partners == ()


def test_an_import_that_would_break_a_recorded_fact_is_refused_whole(group: Viewer) -> None:
    import_facts(group, BASE)
    before, head = facts_of(group), head_of(group)
    without = tuple(unit for unit in BASE.units if unit.key not in {"nl", "rtm"})
    with pytest.raises(Refusals, match="There is no legal entity 'nl'"):
        replace_facts(group, replace(BASE, units=without))
    assert (facts_of(group), head_of(group)) == (before, head)


def test_facts_of_another_organisation_are_refused(cast: Cast) -> None:
    before = facts_of(cast.exporter_line)
    with pytest.raises(Refusal, match="tells of 'group'"):
        import_facts(cast.viewer("sven"), BASE)
    assert facts_of(cast.exporter_line) == before


def test_only_who_may_brings_in_a_file(cast: Cast) -> None:
    for name in ("mara", "otto"):
        with pytest.raises(NotAllowed):
            import_facts(cast.viewer(name), facts_of(cast.exporter_line))


def test_a_title_in_the_file_becomes_the_organisations(group: Viewer) -> None:
    import_facts(group, replace(BASE, organisation=replace(BASE.organisation, title="The new group")))
    forget_everything()
    assert snapshot_of(group).facts.organisation.title == "The new group"
    assert facts_as_known(group) == facts_of(group)
