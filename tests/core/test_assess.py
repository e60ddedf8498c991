"""From facts to findings, for all enrolments of a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.assess import assess, explain
from safeconduct.core.dates import FOREVER
from safeconduct.core.errors import UnknownKey
from safeconduct.core.snapshot import Snapshot
from tests.core.cast import (
    ENROLMENT,
    OPERATION,
    UNITS,
    catalogue,
    day,
    evidence,
    facts,
    need,
    programme,
    record,
    requirement,
    unit,
)

PROGRAMME = programme(requirement("us/1.1", need("fence")), requirement("us/1.2", need("policy")))
ENTRIES = catalogue(PROGRAMME)
STANDS: dict[str, Any] = {"in_place": [record("fence")], "evidence": [evidence(OPERATION)]}


@pytest.mark.parametrize(
    ("enrolment", "edition", "on", "judged", "until"),
    [
        ({"since": "2026-07-02"}, {}, "2026-07-01", False, "2026-07-01"),
        ({"since": "2026-07-01"}, {}, "2026-07-01", True, None),
        ({"until": "2026-07-01"}, {}, "2026-07-01", True, "2026-07-01"),
        ({"until": "2026-06-30"}, {}, "2026-07-01", False, None),
        ({}, {"since": "2026-07-02"}, "2026-07-01", False, "2026-07-01"),
        ({}, {"until": "2026-07-01"}, "2026-07-01", True, "2026-07-01"),
        ({}, {"until": "2026-06-30"}, "2026-07-01", False, None),
    ],
)
def test_what_is_in_force_on_the_day_is_judged_and_turns_are_foreseen(
    enrolment: dict[str, str], edition: dict[str, str], on: str, judged: bool, until: str | None
) -> None:
    span: dict[str, Any] = {name: day(value) for name, value in enrolment.items()}
    enrolled = replace(ENROLMENT, **span)
    span = {name: day(value) for name, value in edition.items()}
    entries = catalogue(replace(PROGRAMME, **span))
    told = assess(Snapshot(facts(enrolments=[enrolled])), entries, day(on))
    assert (bool(told.programmes), told.good_until) == (judged, day(until) if until else FOREVER)


def test_a_site_that_leaves_is_foreseen() -> None:
    units = (*UNITS[:2], unit("rtm", "nl", until=day("2026-07-31")), UNITS[3])
    told = assess(Snapshot(facts(units=units)), ENTRIES, day("2026-07-01"))
    assert told.good_until == day("2026-07-31")


def test_an_edition_the_catalogue_does_not_have_is_named_and_the_others_are_judged() -> None:
    elsewhere = replace(ENROLMENT, key="newer", edition="us/3")
    told = assess(Snapshot(facts(enrolments=[ENROLMENT, elsewhere])), ENTRIES, day("2026-07-01"))
    assert ([one.enrolment for one in told.programmes], told.unread) == ([ENROLMENT], (elsewhere,))


def test_no_enrolment_is_no_judgement() -> None:
    nothing = assess(Snapshot(facts(enrolments=[])), ENTRIES, day("2026-07-01"))
    assert (nothing.rows, nothing.good_until) == ((), FOREVER)


def test_only_the_enrolments_named_are_judged() -> None:
    other = replace(ENROLMENT, key="o", sites=("ein",))
    snapshot = Snapshot(facts(enrolments=[ENROLMENT, other]))
    told = assess(snapshot, ENTRIES, day("2026-07-01"), enrolments=["o"])
    assert [one.enrolment.key for one in told.programmes] == ["o"]
    assert told.programme("o").row("us/1.1", "ein") is not None
    with pytest.raises(UnknownKey):
        told.programme("e")


def test_a_row_is_explained_wherever_it_is_asked() -> None:
    snapshot = Snapshot(facts(enrolments=[replace(ENROLMENT, sites=("rtm", "ein"))], **STANDS))
    told = explain(snapshot, ENTRIES, day("2026-07-01"), "us/1.1")
    assert [(one.unit, one.standing.value) for one in told] == [("rtm", "MET"), ("ein", "UNKNOWN")]
    assert len(explain(snapshot, ENTRIES, day("2026-07-01"), "us/1.1", "ein")) == 1
    with pytest.raises(UnknownKey, match="Did you mean"):
        explain(snapshot, ENTRIES, day("2026-07-01"), "us/1.11")
