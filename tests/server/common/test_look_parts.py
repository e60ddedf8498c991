from datetime import date

from django.utils.html import format_html

from safeconduct.core.errors import Place, Refusal, Refusals
from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNMET
from safeconduct.server.common.look.crosswalk import BoundLine, CrossChapter, CrossRow, Crosswalk
from safeconduct.server.common.look.lists import (
    Chapter,
    Choose,
    Column,
    Filters,
    Matrix,
    MatrixRow,
    Pager,
    Row,
    Sorted,
    Table,
    Tick,
    Words,
)
from safeconduct.server.common.look.values import (
    Asking,
    Box,
    Button,
    Entry,
    Ident,
    Link,
    Mark,
    Nothing,
    Number,
    Quiet,
    Stamp,
    Verdict,
    Way,
    Worst,
)
from tests.server.common.rendering import order, text_of, told


def test_the_verdict_is_the_only_h1_and_each_sentence_keeps_together() -> None:
    verdict = Verdict(
        title="CTPAT 6.2",
        sentences=("The seals are right.", "The proof stops."),
        lead=format_html("Then it stands at {}.", "<MET>"),
        stamps=(Stamp(PARTLY, "CTPAT 6.2", "24 Nov 2026"),),
        buttons=(Button("Record the sample", "/record/"), Button("Ask Chen Wei", "/ask/", post=True)),
    )
    html = told("{% verdict value %}", value=verdict, csrf_token="token")
    assert "<h1><span>The seals are right.</span> <span>The proof stops.</span></h1>" in html
    assert order(
        html, 'class="stamp" data-s="partly"', "<b>PARTLY</b>", "CTPAT 6.2<br>24 Nov 2026", "<h1>", "&lt;MET&gt;"
    )
    assert '<a class="btn" href="/record/">Record the sample</a>' in html
    assert '<form method="post" action="/ask/"><input type="hidden" name="csrfmiddlewaretoken" value="token">' in html
    assert 'class="btn second">Ask Chen Wei</button>' in html


def test_several_stamps_stand_together_and_lead_to_their_programmes() -> None:
    stamps = (Stamp(UNMET, "CTPAT", "74 of 87", "/1/"), Stamp(NOT_APPLICABLE, "ISPS", url="/2/"))
    html = told("{% verdict value %}", value=Verdict(("One fell.",), stamps=stamps))
    assert order(
        html, "<h1>", 'class="stamps"', 'href="/1/" class="stamp"', 'href="/2/" class="stamp"', "NOT APPLICABLE"
    )
    assert html.count("</a>") == 2


def test_a_stamp_without_a_standing_says_its_own_word_in_ink() -> None:
    html = told("{% stamp value %}", value=Stamp(None, "EU AEO", "41 of 60 known", word="KNOWN ROWS MET"))
    assert html.startswith('<div class="stamp" data-s="own"><b>KNOWN ROWS MET</b>')
    assert "<svg" not in html


def test_boxes_number_themselves() -> None:
    html = told("{% boxes value %}", value=(Box("Place", "Ningbo"), Box("Since", date(2026, 10, 31), "was met")))
    assert "<dt><b>2</b>Since</dt>" in html
    assert text_of(html) == "1Place Ningbo 2Since 31 Oct 2026 was met"


def test_a_section_is_numbered_and_has_one_quiet_link() -> None:
    html = told('{% section "Because" n=1 more="/all/" more_text="All" anchor="b" %}inside{% endsection %}')
    assert html == (
        '<section id="b"><div class="sec-head"><h2><span class="n">1</span>Because</h2>'
        '<a class="small" href="/all/">All</a></div>inside</section>'
    )


def test_a_table_has_roles_labels_and_one_row_heading() -> None:
    table = Table(
        caption="Due",
        columns=(
            Column("Due", sort_url="?sort=due", sorted=Sorted.DOWN),
            Column("What", subject=True),
            Column("Serves how many", numeric=True, short="Serves"),
        ),
        rows=(Row((date(2026, 11, 28), Link("Fence walk", "/walk/"), Number(2, "/list/")), hot=True, anchor="r1"),),
    )
    html = told("{% table value %}", value=table)
    assert '<table role="table" class="list stack"><caption>Due</caption>' in html
    assert '<th role="columnheader" scope="col" aria-sort="descending"><a href="?sort=due">Due</a></th>' in html
    assert '<tr role="row" class="hot" id="r1"><td role="cell" data-l="Due"><time' in html
    assert '<th role="rowheader" scope="row"><a href="/walk/">Fence walk</a></th>' in html
    assert '<td role="cell" class="num" data-l="Serves"><a href="/list/">2</a></td>' in html


def test_the_first_column_names_the_row_where_none_says_so() -> None:
    html = told("{% table value %}", value=Table((Column("Site"), Column("Met")), (Row(("Bremen", 3)),), tight=True))
    assert 'class="list stack tight"' in html
    assert '<th role="rowheader" scope="row">Bremen</th>' in html


def test_a_matrix_tints_by_standing_and_leaves_empty_what_is_not_asked() -> None:
    row = MatrixRow(Link("Seals", "/6.2/", "6.2"), (Mark(UNMET, "/a/"), None, Mark(MET, "/b/")), "per event")
    matrix = Matrix(
        "By site", "Requirement", ("Company", "Bremen", "Ningbo"), (Chapter(Link("Seals"), (row,), "4 of 5"),)
    )
    html = told("{% matrix value %}", value=matrix)
    assert '<section class="scroll" tabindex="0" aria-label="By site">' in html
    assert '<th scope="rowgroup" colspan="4">Seals <small>4 of 5</small></th>' in html
    assert order(html, '<td class="cell" data-s="unmet"><a class="st"', '<td class="cell"></td>', 'data-s="met"')


def test_filters_keep_what_was_chosen_and_offer_to_clear_it() -> None:
    filters = Filters(
        fields=(
            Choose("standing", "Standing", (("", "Any"), ("open", "Not met")), "open"),
            Words("q", "Words", '"seal"'),
        ),
        keep=(("sort", "due"),),
        clear_url="?",
    )
    html = told("{% filters value %}", value=filters)
    assert '<label for="f-standing">Standing</label>' in html
    assert '<option value="open" selected>Not met</option>' in html
    assert 'value="&quot;seal&quot;"' in html
    assert '<input type="hidden" name="sort" value="due">' in html
    assert '<a class="clear" href="?">Clear</a>' in html


def test_filters_that_may_hold_at_once_are_boxes_to_tick() -> None:
    ticks = Tick("programme", "Programmes", (("us", "CTPAT"), ("eu", "EU AEO")), frozenset({"eu"}))
    html = told("{% filters value %}", value=Filters((ticks,), button="Compare"))
    assert '<legend class="label">Programmes</legend>' in html
    assert '<input type="checkbox" name="programme" value="us">CTPAT' in html
    assert '<input type="checkbox" name="programme" value="eu" checked>EU AEO' in html
    assert '<button type="submit" class="btn second">Compare</button>' in html


def test_a_crosswalk_names_who_binds_each_part_and_inks_what_asks_more() -> None:
    bounds = (BoundLine("high-security", Link("CTPAT 6.2", "/6.2/")), BoundLine("10 days", "a law", "limit"))
    row = CrossRow(Link("Seals", "/seals/"), bounds, ("binds", "one way"), ("Short at Bremen",), Mark(UNMET, "/s/"))
    quiet = CrossRow(Link("Fences", "/fences/"), (), ("silent", "same"))
    value = Crosswalk(("CTPAT", "China"), (CrossChapter("G Cargo", (row, quiet)),), "Beside each part.", "We stand")
    html = told("{% crosswalk value %}", value=value)
    assert '<th role="rowheader" scope="rowgroup" colspan="5">G Cargo</th>' in html
    assert '<b>high-security</b></span> <span class="quiet"><a href="/6.2/">CTPAT 6.2</a></span>' in html
    assert '<b>10 days</b> <span class="tag">limit</span>' in html
    assert '<td role="cell" class="cell" data-a="binds" data-l="CTPAT">binds</td>' in html
    assert '<td role="cell" class="cell" data-a="less" data-l="China">one way</td>' in html
    assert '<td role="cell" class="cell" data-l="We stand" data-s="unmet">' in html
    assert html.count('data-l="We stand">–</td>') == 1
    alone = told("{% crosswalk value %}", value=Crosswalk(("CTPAT", "China"), value.chapters))
    assert "We stand" not in alone


def test_a_pager_says_which_rows_and_leads_on() -> None:
    html = told("{% pager value %}", value=Pager(11, 20, 1420, "?page=1", "?page=3", (Link("CSV", "?format=csv"),)))
    assert "Rows 11 to 20 of 1,420" in html
    assert order(html, 'href="?page=1" rel="prev"', 'href="?page=3" rel="next"', 'href="?format=csv"')


def test_a_filter_that_finds_nothing_is_said_in_words() -> None:
    html = told("{% pager value %}", value=Pager(0, 0, 0, said="No site is UNMET.", clear_url="?"))
    assert text_of(html) == "No site is UNMET.Clear the filter"


def test_only_the_worst_has_a_filled_button() -> None:
    findings = [
        Worst(Mark(UNMET, "/1/"), Link("Certificate ended", "/1/"), "Stops 3.4", Button("Plan a visit", "/visit/")),
        Worst(Mark(PARTLY, "/2/"), Link("Sample missing", "/2/"), None, Button("Ask", "/ask/")),
    ]
    html = told("{% worst value %}", value=findings)
    assert '<a class="btn" href="/visit/">' in html
    assert '<a class="btn second" href="/ask/">' in html


def test_a_second_way_is_a_quiet_link_and_who_is_asked_is_said() -> None:
    ask, asked = Button("Ask somebody", "/ask/"), "Asked: Chen Wei, due 12 Dec 2026"
    html = told("{% worst value %}", value=[Worst(Mark(UNMET), Link("Sample missing"), ask=ask, asked=asked)])
    assert '<a class="small" href="/ask/">Ask somebody</a>' in html
    assert text_of(html).endswith("Ask somebody Asked: Chen Wei, due 12 Dec 2026")


def test_what_the_button_alone_leaves_to_be_done_is_said_under_what_it_closes() -> None:
    open_one = Worst(Mark(UNMET), Link("Access is wide"), "Closes 4.7", besides="Besides: Attach evidence.")
    assert text_of(told("{% worst value %}", value=[open_one])).endswith("Closes 4.7 Besides: Attach evidence.")


def test_what_somebody_was_asked_to_do_ends_with_one_button() -> None:
    done = Button("It is done", "/asked/1/done/", post=True)
    one = Asking(Link("Take a photo", "/1/"), Quiet("nobody named"), (done,))
    html = told("{% asked value %}", value=[one, Asking(Link("Fit a lock", "/2/"), "Chen Wei")], csrf_token="token")
    assert text_of(html) == "Asked of somebody Take a photo nobody named It is done Fit a lock Chen Wei"
    assert order(html, 'action="/asked/1/done/"', 'value="token"', 'class="btn second"')
    assert html.count("<form") == 1


def test_a_log_and_steps_are_ordered_lists() -> None:
    entry = Entry(date(2026, 11, 20), "Certificate ended", "CTPAT fell")
    assert text_of(told("{% log value %}", value=[entry])) == "20 Nov 2026 Certificate ended CTPAT fell"
    assert told("{% log value steps=True %}", value=[Entry("1", "Renew")]).startswith('<ol class="log steps">')


def test_facts_and_crumbs_and_legend() -> None:
    assert text_of(told("{% facts value %}", value=[("Document", Ident("QP-14"))])) == "Document QP-14"
    crumbs = told("{% crumbs value %}", value=[Link("Programmes", "/p/"), Link("6 Seals")])
    assert crumbs.startswith('<nav class="crumbs" aria-label="You are here"><a href="/p/">Programmes</a>')
    assert text_of(told("{% legend %}")) == "MET PARTLY UNKNOWN UNMET NOT APPLICABLE"


def test_an_empty_register_teaches_ways_to_begin() -> None:
    ways = (
        Way("Bring a list.", "One row each.", (Button("Import", "/i/"),)),
        Way("Add one.", "", (Button("Add", "/a/"),)),
    )
    html = told("{% nothing_yet value %}", value=Nothing("Two ways to begin", ways))
    assert order(html, "<h2>Two ways to begin</h2>", 'class="btn" href="/i/"', 'class="btn second" href="/a/"')


def test_refusals_say_where_what_why_and_what_to_do() -> None:
    found = Refusals(
        [
            Refusal("Holland is no country.", why="ISO 3166.", do="Write NL.", place=Place("facts.yml", 33, "country")),
            Refusal("The file is empty.", place=Place("facts.yml")),
        ]
    )
    html = told("{% refusals value %}", value=found)
    assert order(
        html, 'Line 33, <span class="id">country</span><small>facts.yml</small>', "Holland", "ISO 3166.", "Write NL."
    )
    assert 'data-l="Do">Write NL.' in html
    assert html.count('<tr role="row">') == 3


def test_progress_says_what_is_counted() -> None:
    html = told('{% progress 41 44 "41 of 44 answered" %}')
    assert '<label class="small quiet" for="progress">41 of 44 answered</label>' in html
    assert '<progress id="progress" value="41" max="44">41 of 44</progress>' in html
