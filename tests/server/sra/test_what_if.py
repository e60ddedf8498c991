"""What is tried moves risks, the year and programmes at once, and leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.queries import head_of
from tests.server.posture.pages import main_of, text_of, verdict_of
from tests.server.sra.stage import reader

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.server.accounts.viewer import Viewer

pytestmark = pytest.mark.django_db
WHAT_IF = "/risk/what-if/"
NO_GATE, NO_GATE_ANYWHERE = f"{WHAT_IF}?without=gate-control@yard", f"{WHAT_IF}?without=gate-control@made"
FENCED = f"{WHAT_IF}?with=secure-storage@shed"


def part(text: str, head: str, until: str) -> str:
    return text.partition(head)[2].partition(until)[0]


def test_nothing_tried_says_so_and_shows_the_map_of_today(sven: Client) -> None:
    assert verdict_of(sven, WHAT_IF) == "Nothing is tried yet."
    html = main_of(sven, WHAT_IF)
    assert 'class="heat wide-pic"' in html
    assert "Risks that would move" not in html
    assert '" checked' not in html


def test_a_control_taken_away_raises_its_risk_the_year_and_fails_what_rests_on_it(sven: Client) -> None:
    text = text_of(sven, NO_GATE)
    moved = part(text, "Risks that would move", "Programmes")
    assert "Theft of a vehicle or trailer Yard" in moved
    assert "Shed" not in moved
    assert "more." in part(text, "An average year would cost", "Graver than")
    rows = text.partition("Requirements that would stand otherwise")[2]
    assert "at Yard" in rows
    assert "UNMET" in rows
    assert "at Shed" not in rows


def test_taken_away_everywhere_is_taken_away_where_it_stands(sven: Client) -> None:
    assert part(text_of(sven, NO_GATE_ANYWHERE), "The year", "Programmes") == part(
        text_of(sven, NO_GATE), "The year", "Programmes"
    )


def test_a_control_supposed_to_stand_lowers_its_risk_and_closes_requirements(sven: Client) -> None:
    text = text_of(sven, FENCED)
    moved = part(text, "Risks that would move", "Programmes")
    assert "Theft of a vehicle or trailer Shed" in moved
    assert "less." in part(text, "An average year would cost", "Graver than")


def test_ticks_stay_and_those_of_other_places_are_shown_to_be_unticked(sven: Client) -> None:
    html = main_of(sven, f"{NO_GATE}&at=shed&with=cctv@shed")
    assert html.count('" checked') == 2
    assert 'value="gate-control@yard" checked' in html
    assert 'value="cctv@shed" checked' in html
    assert "without Entry by vehicle" in html or "Tried elsewhere" in html
    assert '<option value="shed" selected>' in html


@pytest.mark.parametrize(
    "asked",
    ["without=nothing@yard", "with=cctv@nowhere", "without=cctv", "with=@", "at=nowhere", "without=%00@yard"],
)
def test_what_names_nothing_tries_nothing(sven: Client, asked: str) -> None:
    assert verdict_of(sven, f"{WHAT_IF}?{asked}") == "Nothing is tried yet."


def test_nothing_is_stored(staged: Viewer, sven: Client) -> None:
    before = head_of(staged)
    text_of(sven, NO_GATE)
    assert head_of(staged) == before
    assert sven.post(NO_GATE).status_code == 405


def test_without_scripts_it_is_a_form_and_with_them_the_page_moves_at_once(sven: Client) -> None:
    html = main_of(sven, NO_GATE)
    assert '<form class="filters" method="get" action="/risk/what-if/"' in html
    assert 'hx-trigger="change" hx-target="#main" hx-select="#main"' in html
    assert "Clear" in html


def test_on_another_day_the_trying_stays_on_that_day(sven: Client) -> None:
    html = main_of(sven, "/on/2026-09-15/risk/what-if/?without=gate-control@yard")
    assert 'action="/on/2026-09-15/risk/what-if/"' in html
    assert "Theft of a vehicle" in html


def test_who_sees_some_sites_only_is_kept_out(staged: Viewer) -> None:
    assert reader(staged, Role.SITE_MANAGER, ("yard",)).get(WHAT_IF).status_code == 403


def test_without_an_assessment_it_says_how_one_is_begun(line: Viewer) -> None:
    assert verdict_of(reader(line), WHAT_IF) == "Nobody has assessed the risks yet."


def test_trying_more_asks_the_database_no_more(sven: Client) -> None:
    def statements(url: str) -> int:
        sven.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert sven.get(url).status_code == 200
        return len(captured)

    assert statements(NO_GATE) == statements(f"{NO_GATE}&with=cctv@shed&with=cctv@yard&without=key-control@made")
