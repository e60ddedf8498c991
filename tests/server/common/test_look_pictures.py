from itertools import pairwise

import pytest

from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Standing
from safeconduct.server.common.look.pictures import Fan, FanLine, bar_of, tall_fan, wide_fan
from safeconduct.server.common.look.values import Posture
from tests.server.common.rendering import text_of, told


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


@pytest.mark.parametrize(
    "counts",
    [
        {MET: 74, PARTLY: 6, UNKNOWN: 5, UNMET: 2},
        {MET: 1},
        {UNMET: 3},
        {MET: 1, UNMET: 999},
        {MET: 5000, PARTLY: 1, UNKNOWN: 1, UNMET: 1},
    ],
)
def test_a_bar_is_full_and_its_parts_touch(counts: dict[Standing, int]) -> None:
    stretches = bar_of(Posture("rows", counts)).stretches
    assert [part.tone for part in stretches] == [
        one.value.lower() for one in (MET, PARTLY, UNKNOWN, UNMET) if one in counts
    ]
    assert percent(stretches[0].start) == 0
    assert percent(stretches[-1].start) + percent(stretches[-1].width) == pytest.approx(100, abs=0.02)
    for left, right in pairwise(stretches):
        assert percent(left.start) + percent(left.width) == pytest.approx(percent(right.start), abs=0.02)
    assert min(percent(part.width) for part in stretches) >= 2.49


def test_open_counts_lead_to_their_lists_and_met_is_said_inside() -> None:
    html = told("{% posture value %}", value=Posture("Musts", {MET: 74, UNKNOWN: 5}, {UNKNOWN: "/unknown/"}))
    assert ">74</text>" in html
    assert '<a class="st" data-s="unknown" href="/unknown/">' in html
    assert 'aria-label="Musts: 74 met, 5 unknown of 79"' in html
    assert 'fill="url(#h-unknown)"' in html


def test_a_bar_of_nothing_says_so() -> None:
    assert told("{% posture value %}", value=Posture("Musts", {})) == '<span class="quiet">nothing asked</span>'


def test_a_thin_bar_carries_no_counts() -> None:
    html = told("{% posture value %}", value=Posture("Musts", {MET: 3, UNMET: 1}, thin=True))
    assert text_of(html) == ""


def fan(many: int) -> Fan:
    lines = [
        FanLine(f"Programme {number}", "5 requirements", UNMET if number else MET, f"/{number}/")
        for number in range(many)
    ]
    return Fan("Cargo is reconciled against its documents at receipt", "3 of 4 sites", lines)


@pytest.mark.parametrize("many", [1, 2, 4, 7, 12, 20])
def test_the_lines_of_a_fan_stay_inside_the_picture_and_apart(many: int) -> None:
    for cut in (wide_fan(fan(many)), tall_fan(fan(many))):
        ends = [float(track.y) for track in cut.tracks]
        assert all(20 <= end <= float(cut.height) - 15 for end in ends)
        assert all(below - above >= 30 for above, below in pairwise(ends))
        assert all(float(track.words_x) < float(cut.width) - 90 for track in cut.tracks)
        assert float(cut.hub.y) >= 0
        assert float(cut.hub.y) + float(cut.hub.height) <= float(cut.height)


def test_a_fan_has_two_cuts_with_the_same_words_and_links() -> None:
    html = told("{% fan value %}", value=fan(3))
    assert (
        html.count('<a href="/1/">') == html.count('class="t-b">Programme 1<') + html.count(">Programme 1</text>") == 2
    )
    assert html.count("feeds 3 programmes") == 2


def test_long_names_are_cut_at_a_word() -> None:
    line = FanLine("Customs-Trade Partnership Against Terrorism, importer of record", "x", MET)
    assert tall_fan(Fan("Seal", "", [line])).tracks[0].label == "Customs-Trade Partnership…"
