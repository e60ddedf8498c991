"""What is due: only what a standing rests on, where it is recorded anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from safeconduct.core.records.catalogue import Inherits
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.core.records.in_place import By, Occurrence, Shown
from safeconduct.core.records.needs import AnyNeed, ControlNeed
from safeconduct.core.records.partners import Certificate
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.posture.due import due_within
from safeconduct.server.posture.queries import overview_of
from tests.server.cast import TODAY, Cast, control, evidence
from tests.server.posture.pages import text_of, verdict_of
from tests.server.posture.stage import CTPAT_ROWS, STAGE, STAGED_CTPAT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.test import Client

LAST_MONTH, NEXT_MONTH = date(2026, 10, 31), date(2026, 12, 1)


def asked(need: Any, **controls: Any) -> None:
    """The stage whose only CTPAT row asks this of each site."""
    programme = replace(STAGED_CTPAT, requirements=(replace(CTPAT_ROWS[1], needs=need),))
    known = {**STAGE.controls, **controls}
    use(replace(STAGE, controls=known, programmes={**STAGE.programmes, programme.id: programme}, digest=str(need)))


def dues(cast: Cast, days: int = 30, *, kinds: Iterable[str] = ("evidence", "occurrence", "proof")) -> list[Any]:
    """Day, place and what is due."""
    overview = overview_of(cast.viewer("sven"), TODAY)
    return [
        (due.day, due.at, due.finding.subject)
        for due in due_within(overview, days)
        if due.finding is not None and due.finding.kind in kinds
    ]


def guards(until: date, at: str = "ein") -> list[Any]:
    record = control(f"c-guards-{at}", at, control="guarding")
    return [record, evidence(f"e-guards-{at}", record.key, to=until)]


EITHER = AnyNeed((ControlNeed("cctv"), ControlNeed("guarding")))


@pytest.mark.parametrize(
    ("until", "late"), [(date(2027, 6, 30), False), (LAST_MONTH, True)], ids=["another way stands", "none stands"]
)
def test_a_way_that_ran_out_is_late_only_while_no_other_stands(staged: Cast, until: date, late: bool) -> None:
    asked(EITHER)
    store_all(staged.exporter_line, [*guards(until), evidence("e-ein", "c-cctv-ein", to=LAST_MONTH)], deed="record")
    found = [place for day, place, _ in dues(staged) if day == LAST_MONTH]
    assert found == (["ein"] if late else [])


@pytest.mark.parametrize(("until", "due"), [(NEXT_MONTH, 2), (date(2027, 6, 30), 0)])
def test_what_ends_is_due_only_where_nothing_outlasts_it(staged: Cast, until: date, due: int) -> None:
    asked(EITHER)
    store_all(staged.exporter_line, [*guards(until), evidence("e-ein", "c-cctv-ein", to=NEXT_MONTH)], deed="record")
    assert len([place for _, place, _ in dues(staged) if place == "ein"]) == due


def test_a_proof_beside_a_certificate_that_outlasts_it_is_not_due(staged: Cast) -> None:
    assert [what for _, _, what in dues(staged, 90) if "visit" in what] == ["visit"]
    renewed = Certificate(key="n", holder="h1", scheme="eu-aeos", from_=date(2026, 6, 1), checked=(TODAY,))
    store(staged.exporter_line, renewed, deed="record-certificate")
    assert [what for _, _, what in dues(staged, 90) if "visit" in what] == []


def test_what_is_inherited_is_due_once_where_it_is_recorded(staged: Cast, sven: Client) -> None:
    inherited = replace(STAGE.controls["guarding"], inherits=Inherits.FULL)
    asked(ControlNeed("guarding"), guarding=inherited)
    store_all(staged.exporter_line, guards(NEXT_MONTH, "nl"), deed="record")
    assert dues(staged) == [(NEXT_MONTH, "nl", "guarding/design")]
    assert "in 7 days 1 Dec 2026 guarding Norholt NL" in text_of(sven, "/due/")
    assert "guarding" not in text_of(sven, "/sites/ein/").partition("How it stands")[0]


def test_a_control_that_was_done_long_ago_and_stands_is_not_late_at_its_site(staged: Cast, sven: Client) -> None:
    asked(ControlNeed("partner-screening", shown=(Shown.OPERATION,)))
    record = control("c-screening", "ein", control="partner-screening", since=date(2025, 1, 1))
    done = Occurrence(key="d-1", of="c-screening", on=date(2025, 2, 1), by=By.SELF)
    store_all(staged.exporter_line, [record, done], deed="record")
    (row,) = [one for one in overview_of(staged.viewer("sven"), TODAY).at("ein") if one.programme == "us-ctpat/2020"]
    assert row.standing.value == "MET"
    assert verdict_of(sven, "/sites/ein/") == "Nothing is to be done here."


def test_an_action_that_is_closed_or_not_yet_opened_is_not_due(staged: Cast) -> None:
    raised = RaisedFinding(key="w", of="cctv", at="ein", on=date(2026, 11, 1))
    actions = [
        CorrectiveAction(key=key, mends="w", opened=opened, due=date(2026, 12, 1), closed=closed, text=key)
        for key, opened, closed in (
            ("runs", date(2026, 11, 2), None),
            ("done", date(2026, 11, 2), date(2026, 11, 20)),
            ("later", date(2026, 11, 25), None),
        )
    ]
    store_all(staged.exporter_line, [raised, *actions], deed="record")
    found = due_within(overview_of(staged.viewer("sven"), TODAY))
    assert [(due.what, due.at, due.programmes) for due in found if due.action] == [("runs", "ein", ("us-ctpat/2020",))]
