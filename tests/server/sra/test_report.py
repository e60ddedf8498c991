"""The report of an assessment: an auditor finds in it what the standard asks, with the figures of the other pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.risk import Method, Overridden, Override, Range, Treatment, Way
from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.journal.queries import head_of
from tests.server.posture.pages import main_of, text_of, verdict_of
from tests.server.sra.stage import reader, world

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
REPORT = "/risk/report/"


def chapter(client: Client, anchor: str, url: str = REPORT) -> str:
    """The words of one chapter."""
    found = re.search(rf'<section id="{anchor}">(.*?)</section>', main_of(client, url), re.DOTALL)
    assert found, anchor
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_it_says_of_what_and_from_what_it_was_judged(staged: Viewer, sven: Client) -> None:
    entry = head_of(staged)
    text = text_of(sven, REPORT)
    assert f"to journal entry {entry.seq:,} {entry.hash}" in text
    for told in ("Judged as of 1 Jun 2026", "Catalogue", "Rules", "This report is not stored."):
        assert told in text


def test_its_chapters_are_those_of_an_assessment_in_their_order(sven: Client) -> None:
    heads = re.findall(r'<h2><span class="n">(\d+)</span>([^<]+)</h2>', main_of(sven, REPORT))
    assert [int(number) for number, _head in heads] == list(range(1, 15))
    assert [head for _number, head in heads][::6] == [
        "Statement of application and scope",
        "Risk register",
        "Signatures and next assessment",
    ]


def test_scope_names_sites_lanes_and_what_is_left_unsaid(sven: Client) -> None:
    scope = chapter(sven, "scope")
    for lane in world().lanes:
        assert lane.title in scope
    assert "No statement of application is on record." in scope


def test_the_method_shows_the_cells_and_whose_the_bounds_are(sven: Client) -> None:
    method = chapter(sven, "method")
    assert "Bearable" in method
    assert "our defaults, for you to change" in method
    assert "half where it is partly met" in method


def test_the_register_gives_each_risk_its_because(sven: Client) -> None:
    register = chapter(sven, "register")
    assert "Theft of a vehicle or trailer" in register
    assert "Nobody has recorded whether this stands here." in register
    assert "without controls" in register


def test_what_is_left_out_stands_with_its_reason(sven: Client) -> None:
    left_out = next(one for one in world().risks if one.excluded)
    assert left_out.excluded in chapter(sven, "scenarios")


def test_measures_stand_by_place_with_the_day_they_were_shown(sven: Client) -> None:
    assert re.search(r"\d+ of \d+ measures? (is|are) met", chapter(sven, "measures"))
    assert "Last shown on" in chapter(sven, "measures")


def test_decisions_stand_with_what_will_be_left(staged: Viewer, sven: Client) -> None:
    accepted = Treatment(
        key="t-accepted",
        risk="r-vehicle-shed",
        way=Way.ACCEPT,
        owner="Y. Ard",
        decided=date(2026, 2, 1),
        until=date(2026, 12, 31),
        why="The shed is given up then",
    )
    store(staged, accepted, deed="treat")
    treatment = chapter(sven, "treatment")
    assert "Reduce by 1 Mar 2027" in treatment
    assert "9,000 EUR" in treatment
    assert "Accepted until 31 Dec 2026" in treatment
    assert "The shed is given up then" in treatment


def test_the_year_is_the_one_of_its_own_page(sven: Client) -> None:
    average = re.search(r"Average year the mean ([\d,]+ EUR) ([\d,]+ EUR)", chapter(sven, "year"))
    assert average
    assert average[2] in text_of(sven, "/risk/year/")


def test_what_was_set_by_hand_stands_with_reason_and_end(staged: Viewer, sven: Client) -> None:
    assert "No number was set by hand." in chapter(sven, "by-hand")
    override = Override(
        key="ov",
        risk="r-vehicle-shed",
        what=Overridden.LIKELIHOOD,
        value="2",
        why="Guarded by the neighbour",
        by="Y. Ard",
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )
    store(staged, override, deed="override")
    assert "Guarded by the neighbour" in chapter(sven, "by-hand")
    assert "set by hand" in chapter(sven, "register")


def test_a_round_that_follows_another_says_what_changed(staged: Viewer, sven: Client) -> None:
    assert "It follows no earlier assessment." in chapter(sven, "changes")
    facts = world()
    before = facts.risk_assessments[0]
    after = replace(before, key="next", on=date(2026, 5, 1), follows=before.key)
    again = [replace(one, key=f"n-{one.key}", assessment="next") for one in facts.risks]
    dearer = next(place for place, one in enumerate(again) if one.loss is not None)
    again[dearer] = replace(again[dearer], loss=Range(low="60000", high="900000"))
    gone = next(one for one in again[dearer + 1 :] if not one.excluded)
    again.remove(gone)
    store_all(staged, [after, *again], deed="assess")
    changes = chapter(sven, "changes")
    assert "other numbers: loss" in changes
    assert "gone" in changes
    assert "It follows no" in chapter(sven, "changes", f"{REPORT}?assessment={before.key}")


def test_five_steps_speak_in_their_own_terms(staged: Viewer, sven: Client) -> None:
    facts = world()
    steps = replace(
        facts.risk_assessments[0],
        method=Method.CTPAT_FIVE_STEPS,
        matrix="ctpat-likelihood-by-consequence",
        bearable="medium",
    )
    store(staged, steps, deed="assess")
    text = text_of(sven, REPORT)
    assert "Step 4: action plan" in text
    register = chapter(sven, "register")
    assert re.search(r"Threat Vulnerability Consequence Rating Because", register)
    assert "CTPAT: threat by origin or route" in chapter(sven, "method")


def test_without_an_assessment_it_tells_how_to_begin(line: Viewer) -> None:
    assert verdict_of(reader(line), REPORT) == "Nobody has assessed the risks yet."


def test_an_auditor_reads_it_and_a_site_manager_does_not(staged: Viewer) -> None:
    auditor = reader(staged, Role.AUDITOR)
    assert auditor.get(REPORT).status_code == 200
    assert auditor.get(f"{REPORT}?assessment=nothing").status_code == 404
    assert reader(staged, Role.SITE_MANAGER, ("yard",)).get(REPORT).status_code == 403


def test_it_reads_the_database_as_often_as_any_page(sven: Client) -> None:
    counts = []
    for url in (REPORT, REPORT, "/risk/"):
        sven.get(url)
        with CaptureQueriesContext(
            connection,
        ) as found:
            sven.get(url)
        counts.append(len(found))
    assert counts[0] == counts[1] <= counts[2] + 1
