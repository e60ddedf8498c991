"""Home: what stops *meets*, what is worst, what moved and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from safeconduct.core.records.catalogue import Coverage, Rule
from safeconduct.core.records.decisions import Waiver
from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.core.records.partners import Certificate
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store, store_all, withdraw
from tests.server.cast import TODAY, Cast, control, evidence
from tests.server.posture.pages import links_of, main_of, text_of, verdict_of
from tests.server.posture.stage import CTPAT_ROWS, STAGE, STAGED_CTPAT, action, answer

if TYPE_CHECKING:
    from django.test import Client

    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.server.accounts.viewer import Viewer


def settle(viewer: Viewer, *, cameras: bool = True) -> None:
    """Renew the certificate and show what was only claimed; without cameras there is none at Eindhoven."""
    year = {"from_": date(2026, 1, 1), "to": date(2026, 12, 31)}
    renewed = Certificate(key="cert-h1-2", holder="h1", scheme="eu-aeos", from_=date(2026, 6, 1), checked=(TODAY,))
    at_nl = ControlInPlace(key="c-cctv-nl", control="cctv", at="nl", since=date(2025, 1, 1))
    eindhoven = [evidence("e-ein", "c-cctv-ein", **year)] if cameras else [control("c-cctv-ein", "ein", present=False)]
    shown = [evidence("e-records", "c-records", **year), evidence("e-nl", "c-cctv-nl", **year)]
    store_all(viewer, [renewed, at_nl, *shown, *eindhoven], deed="record")


def waiver() -> Waiver:
    return Waiver(
        key="w-1",
        requirement="us-ctpat/9.2",
        at="ein",
        endorsed_by="CBP",
        from_=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )


def test_what_only_ran_out_or_was_never_shown_is_paper(sven: Client) -> None:
    assert verdict_of(sven, "/") == "Only paper stops both programmes. 3 musts are to be renewed or shown."


def test_work_is_named_before_paper(staged: Cast, sven: Client) -> None:
    settle(staged.exporter_line, cameras=False)
    assert verdict_of(sven, "/") == "Work stops US CTPAT. 1 must falls short."


def test_our_catalogue_is_named_where_nothing_else_stops(staged: Cast, sven: Client) -> None:
    settle(staged.exporter_line)
    text = text_of(sven, "/")
    assert verdict_of(sven, "/") == "All that is known is met. Only our catalogue stops meets."
    assert "KNOWN ROWS MET US CTPAT 2 of 2 musts" in text
    assert "MET EU AEO 2 of 2 musts" in text


def complete(*rows: Any, **more: Any) -> Catalogue:
    """The stage with CTPAT as a complete programme of some rows and without the European one."""
    whole = replace(STAGED_CTPAT, requirements=rows, coverage={"importer": Coverage("importer", 1, 1, complete=True)})
    return replace(STAGE, programmes={whole.id: replace(whole, **more)}, digest=str(len(rows)))


def only_ctpat(cast: Cast, catalogue: Catalogue) -> None:
    withdraw(cast.exporter_line, "enrolments", "aeo", why="Only one programme")
    use(catalogue)


def test_where_all_is_met_nothing_stops(staged: Cast, sven: Client) -> None:
    settle(staged.exporter_line)
    only_ctpat(staged, complete(CTPAT_ROWS[1]))
    assert verdict_of(sven, "/") == "All that is asked is met."
    assert "Worst first" not in text_of(sven, "/")


def test_what_the_issuer_waives_does_not_stop(staged: Cast, sven: Client) -> None:
    only_ctpat(staged, complete(CTPAT_ROWS[1], waivers=True))
    store(staged.exporter_line, waiver(), deed="record-waiver")
    assert verdict_of(sven, "/") == "All that is asked is met or waived by the issuer."
    assert verdict_of(sven, "/programmes/ctpat/") == "Its one must is met or waived by the issuer."


def test_where_no_pass_mark_is_known_the_head_says_so(staged: Cast, sven: Client) -> None:
    settle(staged.exporter_line)
    only_ctpat(staged, complete(CTPAT_ROWS[1], rule=Rule.ITEM_RESULTS))
    assert verdict_of(sven, "/") == "All that is asked is met. What counts as a pass of US CTPAT is not known."


def test_where_no_must_applies_nothing_is_called_met(staged: Cast, sven: Client) -> None:
    only_ctpat(staged, complete(CTPAT_ROWS[2]))
    assert verdict_of(sven, "/") == "Nothing binds yet. No must of a programme applies to your roles on this day."


def test_a_site_manager_whose_sites_follow_nothing_is_told(staged: Cast) -> None:
    withdraw(staged.exporter_line, "enrolments", "ctpat", why="Not begun yet")
    assert verdict_of(staged.client("mara"), "/") == (
        "Nothing is judged yet. No programme is followed at your sites on this day."
    )


def test_known_rows_met_never_carries_the_mark_of_met(staged: Cast, sven: Client) -> None:
    settle(staged.exporter_line)
    stamps = main_of(sven, "/").partition('class="stamps"')[2].partition("<dl")[0].split("</a>")
    (ctpat,) = [stamp for stamp in stamps if "US CTPAT" in stamp]
    assert 'data-s="own"' in ctpat
    assert "#s-met" not in ctpat


def test_the_worst_stands_first_with_its_button(sven: Client) -> None:
    text = text_of(sven, "/")
    worst = text.partition("Worst first")[2].partition("Posture by programme")[0]
    assert "UNMET Haulier 1. AEOS NL1 ended on 30 Jun 2026." in worst
    assert "Closes US CTPAT 3.4 at Norholt NL Record a certificate" in worst
    assert worst.index("UNMET") < worst.index("UNKNOWN")
    assert "/registers/certificates/new/?holder=h1&scheme=eu-aeos&back=%2F" in links_of(sven, "/")


def test_every_standing_and_number_leads_somewhere_that_is_there(sven: Client) -> None:
    for link in sorted(set(links_of(sven, "/"))):
        assert sven.get(link).status_code == 200, link


def test_without_a_programme_home_teaches_how_to_begin(staged: Cast) -> None:
    text = text_of(staged.client("olga"), "/")
    assert "Nothing is judged yet." in text
    assert "Enrol" in text


def test_what_moved_tells_the_day_and_the_row(staged: Cast, sven: Client) -> None:
    store(staged.exporter_line, evidence("e-ein", "c-cctv-ein", from_=date(2026, 11, 20)), deed="record")
    text = text_of(sven, "/")
    assert "20 Nov 2026" in text
    assert "US CTPAT 9.2 UNKNOWN → became MET and 1 more row" in text
    assert "No requirement moved." in text_of(sven, "/?since=2026-11-22")


def test_what_is_due_stands_with_who_and_for_whom(staged: Cast, sven: Client) -> None:
    store_all(staged.exporter_line, [answer(), action()], deed="record")
    due = text_of(sven, "/due/")
    assert "1 thing is due in 30 days. 1 is late." in due
    assert "85 days late 31 Aug 2026 Plan a visit Haulier 1 T. Reyes" in due
    assert "in 16 days 10 Dec 2026 Answer to EU AEO q1 Norholt NL J. Smit 1 programme" in due


def test_evidence_is_due_on_its_last_day_and_named_once(staged: Cast, sven: Client) -> None:
    due = text_of(sven, "/due/?days=90")
    assert "in 37 days 31 Dec 2026 cctv Rotterdam" in due
    assert due.count("cctv Rotterdam") == 1
    assert "31 Dec 2026" not in text_of(sven, "/due/")


def test_a_withdrawn_fact_is_gone_from_every_page_at_once(staged: Cast, sven: Client) -> None:
    assert "Haulier 1" in text_of(sven, "/")
    withdraw(staged.exporter_line, "certificates", "cert-h1", why="Typed twice")
    assert "AEOS NL1 ended" not in text_of(sven, "/")


def test_an_edition_of_a_newer_catalogue_is_named_and_the_rest_is_judged(staged: Cast, sven: Client) -> None:
    use(replace(STAGE, programmes={STAGED_CTPAT.id: STAGED_CTPAT}, digest="older"))
    told = "so nothing of it is judged: bring the server up to date."
    for path in ("/", "/programmes/"):
        assert told in text_of(sven, path)
        assert "US CTPAT" in text_of(sven, path)
    use(replace(STAGE, programmes={}, digest="oldest"))
    for path in ("/", "/programmes/"):
        assert "so nothing of them is judged: bring the server up to date." in text_of(sven, path)
    assert "The catalogue here does not have us-ctpat/2020" in text_of(sven, "/programmes/ctpat/")
    assert all(sven.get(path).status_code == 200 for path in ("/next/", "/due/", "/sites/", "/controls/", "/evidence/"))
