import doctest
from datetime import date

import pytest

from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNKNOWN, UNMET, Standing
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation
from safeconduct.server.common.look import day, words
from safeconduct.server.common.look.values import (
    Due,
    Ident,
    Link,
    Mark,
    Moved,
    Number,
    OwnMark,
    Posture,
    Quiet,
    Several,
)
from tests.server.common.rendering import text_of, told

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("standing", list(Standing))
def test_a_standing_is_always_an_icon_and_a_word(standing: Standing) -> None:
    html = told("{% standing value %}", value=standing)
    tone = {MET: "met", PARTLY: "partly", UNKNOWN: "unknown", UNMET: "unmet", NOT_APPLICABLE: "na"}[standing]
    word = "N/A" if standing is NOT_APPLICABLE else standing.value
    assert (f'<use href="#s-{tone}"/>' in html, text_of(html)) == (True, word)
    assert html.startswith(f'<span class="st" data-s="{tone}">')


def test_the_short_form_of_not_applicable_says_what_it_means() -> None:
    assert '<abbr title="Not applicable">N/A</abbr>' in told("{% standing value %}", value=NOT_APPLICABLE)


def test_a_standing_with_an_address_is_a_link_and_a_count_goes_before_the_word() -> None:
    html = told("{% standing value '/because/' 6 %}", value=PARTLY)
    assert html.startswith('<a class="st" data-s="partly" href="/because/">')
    assert text_of(html) == "6 PARTLY"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("a < b", "a &lt; b"),
        (48213, "48,213"),
        (TODAY, "24 Nov 2026"),
        (Number(74, of=87), "74 of 87"),
        (Ident("us-ctpat/6.2"), "us-ctpat/6.2"),
        (Quiet("silent"), "silent"),
        (Link("Seals", "/seals/", ident="6", note="4 of 5"), "6\u2002Seals 4 of 5"),
        (Several((MET, None, "per event")), "MET · per event"),
        (Moved("CTPAT", UNKNOWN, UNMET), "CTPAT UNKNOWN → became UNMET"),
        (Mark(UNMET, count=2), "2 UNMET"),
        (OwnMark("KNOWN ROWS MET", "/rows/"), "KNOWN ROWS MET"),
    ],
)
def test_every_value_is_shown_as_words(value: object, words: str) -> None:
    assert text_of(told("{% show value %}", value=value)) == words


def test_how_sure_and_how_binding_are_told_by_word_and_line() -> None:
    assert told("{% sure value %}", value=Sure.SECONDARY) == '<span class="sure" data-k="secondary">secondary</span>'
    assert told("{% obligation value %}", value=Obligation.MUST) == '<span class="ob" data-k="must">must</span>'


def test_a_day_carries_its_machine_form() -> None:
    assert told("{{ value|day }}", value=TODAY) == '<time datetime="2026-11-24">24 Nov 2026</time>'


@pytest.mark.parametrize(
    ("day", "words", "late"),
    [
        (date(2026, 11, 23), "1 day late 23 Nov 2026", True),
        (date(2026, 11, 24), "today 24 Nov 2026", False),
        (date(2026, 11, 25), "tomorrow 25 Nov 2026", False),
        (date(2026, 12, 10), "in 16 days 10 Dec 2026", False),
    ],
)
def test_a_due_day_is_late_from_the_day_after(day: date, words: str, late: bool) -> None:
    html = told("{% due day today %}", day=day, today=TODAY)
    assert (text_of(html), 'class="late"' in html) == (words, late)
    assert html == told("{% show value %}", value=Due(day, TODAY))


def test_a_number_leads_to_its_list() -> None:
    assert told("{% number 74 '/rows/' 87 %}") == '<a href="/rows/">74 of 87</a>'


def test_a_posture_fits_into_a_cell() -> None:
    html = told("{% show value %}", value=Posture("CTPAT", {MET: 3, UNMET: 1}, {UNMET: "/open/"}))
    assert 'aria-label="CTPAT: 3 met, 1 unmet of 4"' in html
    assert text_of(html).endswith("1 UNMET")


def test_the_examples_beside_the_words_are_true() -> None:
    for module in (words, day):
        results = doctest.testmod(module)
        assert (results.failed, results.attempted > 0) == (0, True)
