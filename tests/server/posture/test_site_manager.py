"""A site manager sees the own site, and nothing that rests on records of the whole legal entity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from safeconduct.core.judgement import MET, UNKNOWN
from safeconduct.core.records.needs import AllNeed, ControlNeed
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store
from safeconduct.server.posture.queries import overview_of
from tests.server.cast import TODAY, Cast, control
from tests.server.posture.pages import PAGES, links_of, text_of, verdict_of
from tests.server.posture.stage import CERTIFIED, CTPAT_ROWS, STAGE, STAGED_CTPAT, every

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def mara(staged: Cast) -> Client:
    """The manager of Rotterdam."""
    return staged.client("mara")


def test_only_rows_of_the_own_site_are_judged(staged: Cast) -> None:
    overview = overview_of(staged.viewer("mara"), TODAY)
    assert [one.enrolment.key for one in overview.programmes] == ["ctpat"]
    assert {row.unit for row in overview.assessment.rows} == {"rtm"}
    assert overview.programmes[0].enrolment.sites == ("rtm",)


def test_other_places_and_partners_are_never_named(mara: Client) -> None:
    for url in PAGES:
        if mara.get(url).status_code == 404:
            continue
        text = text_of(mara, url)
        assert "Eindhoven" not in text, url
        assert "Haulier" not in text, url


@pytest.mark.parametrize(
    "url", ["/sites/ein/", "/programmes/aeo/", "/programmes/ctpat/us-ctpat/9.2/at/ein/",
            "/programmes/ctpat/us-ctpat/3.4/at/nl/"]
)  # fmt: skip
def test_what_is_of_others_is_not_found(mara: Client, url: str) -> None:
    assert mara.get(url).status_code == 404


def test_the_page_counts_the_own_site_only(mara: Client) -> None:
    assert "This counts your own sites only." in text_of(mara, "/programmes/ctpat/")
    assert "KNOWN ROWS MET" in text_of(mara, "/programmes/ctpat/")


def test_a_row_that_rests_on_partners_keeps_its_standing_without_their_names(staged: Cast, mara: Client) -> None:
    resting = replace(CTPAT_ROWS[1], needs=AllNeed((every(CERTIFIED), ControlNeed("cctv"))))
    programme = replace(STAGED_CTPAT, requirements=(resting,))
    use(replace(STAGE, programmes={**STAGE.programmes, programme.id: programme}, digest="with partners"))
    text = text_of(mara, "/programmes/ctpat/us-ctpat/9.2/at/rtm/")
    assert "UNMET" in text
    assert "Rests on records of the whole legal entity, which are not shown to a site manager." in text
    assert "NL1" not in text
    assert "Haulier" not in text


def test_what_the_role_does_not_record_is_asked_of_somebody_else(staged: Cast, mara: Client) -> None:
    store(staged.exporter_line, control(since=TODAY, present=False), deed="record")
    overview = overview_of(staged.viewer("mara"), TODAY)
    (row,) = [one for one in overview.assessment.rows if one.requirement.key == "us-ctpat/9.2"]
    assert row.standing is not MET
    assert any("/controls/record/" in link for link in links_of(mara, "/programmes/ctpat/us-ctpat/9.2/at/rtm/"))
    assert not any("not-applicable" in link for link in links_of(mara, "/programmes/ctpat/us-ctpat/9.2/at/rtm/"))


def test_the_duties_of_the_site_come_first(staged: Cast, mara: Client) -> None:
    assert verdict_of(mara, "/sites/rtm/") == "Nothing is to be done here."
    store(staged.exporter_line, control(since=TODAY, present=False), deed="record")
    assert verdict_of(mara, "/sites/rtm/") == "1 thing to do."
    text = text_of(mara, "/sites/rtm/")
    assert "UNMET Recorded as not in place since 24 Nov 2026." in text
    assert text.index("To do") < text.index("How it stands")


def test_standings_are_the_same_foreverybody(staged: Cast) -> None:
    whole, own = (overview_of(staged.viewer(name), TODAY) for name in ("sven", "mara"))
    there = {row.requirement.key: row.standing for row in whole.at("rtm")}
    assert {row.requirement.key: row.standing for row in own.at("rtm")} == there
    assert there["us-ctpat/9.9"] is UNKNOWN
