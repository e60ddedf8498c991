from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.core.errors import Changed, NotAllowed, Refusal, Refusals, UnknownKey
from safeconduct.core.judgement import Standing
from safeconduct.core.records.partners import Certificate, CertificateState
from safeconduct.server.common.catalogue_in_use import catalogue_of, catalogue_of_files, use
from safeconduct.server.journal.actions import dissolve_organisation, store
from safeconduct.server.journal.currency import forget_everything, snapshot_of
from safeconduct.server.journal.queries import Sought, head_of, journal_lines
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.own_programmes import actions
from safeconduct.server.own_programmes.queries import draft_of, drafts_of, edition_seen, editions_seen
from safeconduct.server.own_programmes.texts import Texts
from safeconduct.server.posture.queries import overview_of
from tests.facts.cast import CATALOGUE
from tests.server.cast import Cast
from tests.server.own_programmes.stage import DAY, EDITION, HEAD, KEY, ROWS, begun, enrolment, published, written


def standings(viewer: Any) -> dict[str, Standing]:
    rows = [row for row in overview_of(viewer, DAY).assessment.rows if row.enrolment == "e-own"]
    return {row.requirement.key: row.standing for row in rows}


def test_a_draft_is_no_programme_yet(cast: Cast) -> None:
    written(cast.viewer("sven"))
    assert catalogue_of(cast.exporter_line) is catalogue_of_files()
    with pytest.raises(Refusals, match=EDITION):
        store(cast.exporter_line, enrolment(), deed="enrol")


def test_a_published_edition_is_enrolled_in_and_judged_by_the_same_rules(cast: Cast) -> None:
    use(
        replace(
            CATALOGUE,
            terms=replace(CATALOGUE.terms, own_targets={"certificate": "partner-recheck"}),
            digest="with re-check",
        )
    )
    published(cast.viewer("sven"))
    outside = cast.viewer("olga")
    store(outside, enrolment(), deed="enrol")
    assert standings(outside) == {f"{KEY}/1": Standing.UNKNOWN}
    status = Certificate(
        key="aeo", holder="nl", scheme="eu-aeos", from_=DAY.replace(year=2025), to=DAY.replace(year=2028),
        state=CertificateState.VALID, checked=(DAY,),
    )  # fmt: skip
    store(outside, status, deed="record-certificate")
    assert standings(outside) == {f"{KEY}/1": Standing.MET}


def test_what_is_published_for_ones_own_is_not_there_for_others(cast: Cast) -> None:
    published(cast.viewer("sven"), shared=False)
    assert EDITION in catalogue_of(cast.exporter_line).programmes
    assert catalogue_of(cast.outside_line) is catalogue_of_files()
    assert editions_seen(cast.viewer("olga")) == ()
    with pytest.raises(UnknownKey):
        edition_seen(cast.viewer("olga"), KEY, "2026")
    with pytest.raises(Refusals):
        store(cast.outside_line, enrolment(), deed="enrol")


def test_others_see_no_draft_and_change_nothing(cast: Cast) -> None:
    draft, olga = written(cast.viewer("sven")), cast.viewer("olga")
    assert drafts_of(olga) == ()
    for deed in (
        lambda: draft_of(olga, KEY),
        lambda: actions.change_draft(olga, KEY, Texts("x", "y"), read=draft.state),
        lambda: actions.discard_draft(olga, KEY),
        lambda: actions.publish_edition(olga, KEY, shared=True, read=draft.state),
    ):
        with pytest.raises(UnknownKey):
            deed()
    assert draft_of(cast.viewer("sven"), KEY) == draft
    published_by_sven = actions.publish_edition(cast.viewer("sven"), KEY, shared=True, read=draft.state)
    with pytest.raises(Refusal, match="another organisation's"):
        actions.begin_next_edition(olga, KEY, "2026", "2027")
    assert edition_seen(olga, KEY, "2026").digest == published_by_sven


@pytest.mark.parametrize("name", ["mara", "otto"])
def test_site_managers_and_auditors_write_no_programme(cast: Cast, name: str) -> None:
    draft = written(cast.viewer("sven"))
    viewer = cast.viewer(name)
    for deed in (
        lambda: begun(viewer),
        lambda: actions.change_draft(viewer, KEY, Texts("x", "y"), read=draft.state),
        lambda: actions.discard_draft(viewer, KEY),
        lambda: actions.publish_edition(viewer, KEY, shared=True, read=draft.state),
        lambda: actions.begin_next_edition(viewer, KEY, "2026", "2027"),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert [one.programme for one in drafts_of(viewer)] == ([KEY] if name == "otto" else [])


def test_a_draft_with_a_fault_is_not_published(cast: Cast) -> None:
    sven = cast.viewer("sven")
    draft = written(sven, ROWS.replace("gates", "gate"))
    head = head_of(sven)
    with pytest.raises(Refusals) as refused:
        actions.publish_edition(sven, KEY, shared=True, read=draft.state)
    (found,) = refused.value.refusals
    assert (found.place.file, found.place.line) == (f"programmes/{EDITION}/requirements.yml", 9)
    assert 'Did you mean "gates"?' in found.do
    assert (head_of(sven), draft_of(sven, KEY)) == (head, draft)
    assert editions_seen(sven) == ()


def test_publishing_is_never_stale_for_anybody(cast: Cast) -> None:
    """Whatever was kept for a head before an edition came is not shown after it."""
    outside = cast.viewer("olga")
    before = overview_of(outside, DAY)
    assert overview_of(outside, DAY) is before
    head = head_of(outside)
    published(cast.viewer("sven"))
    assert head_of(outside) == head
    assert overview_of(outside, DAY) is not before
    assert catalogue_of(outside).digest != catalogue_of_files().digest
    assert catalogue_of(outside).digest == catalogue_of(cast.exporter_line).digest


def test_the_digest_of_the_catalogue_does_not_depend_on_the_process(cast: Cast) -> None:
    from safeconduct.server.own_programmes import queries

    published(cast.viewer("sven"))
    first = catalogue_of(cast.outside_line)
    queries._catalogues.clear()
    assert catalogue_of(cast.outside_line).digest == first.digest


def test_unchanged_published_editions_cost_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    published(cast.viewer("sven"))
    catalogue_of(cast.outside_line)
    with django_assert_num_queries(1):
        catalogue_of(cast.outside_line)


def test_nobody_overwrites_what_somebody_else_changed(cast: Cast) -> None:
    sven = cast.viewer("sven")
    draft = begun(sven)
    actions.change_draft(sven, KEY, Texts(draft.texts.head, ROWS), read=draft.state)
    with pytest.raises(Changed):
        actions.change_draft(cast.viewer("anna"), KEY, Texts("", ""), read=draft.state)
    with pytest.raises(Changed):
        actions.publish_edition(cast.viewer("anna"), KEY, shared=True, read=draft.state)
    assert draft_of(sven, KEY).texts.rows == ROWS


def test_an_edition_is_published_once_and_the_next_begins_as_its_copy(cast: Cast) -> None:
    sven = cast.viewer("sven")
    published(sven)
    with pytest.raises(Refusal, match="is published"):
        actions.begin_next_edition(sven, KEY, "2026", "2026")
    draft = actions.begin_next_edition(sven, KEY, "2026", "2027")
    assert draft.texts.rows == ROWS
    actions.publish_edition(sven, KEY, shared=True, read=draft.state)
    programmes = catalogue_of(cast.outside_line).programmes
    assert programmes[f"{KEY}/2027"].supersedes == "2026"
    assert programmes[EDITION].requirements == programmes[f"{KEY}/2027"].requirements


@pytest.mark.parametrize("name", ["", "two words", "Hauliers", "x" * 21, "own-x"])
def test_a_programme_is_called_by_one_word(cast: Cast, name: str) -> None:
    with pytest.raises(Refusal, match="is no key of a programme"):
        actions.begin_programme(cast.viewer("sven"), name, "2026", HEAD)


def test_a_name_is_taken_once_and_only_among_ones_own(cast: Cast) -> None:
    published(cast.viewer("sven"))
    with pytest.raises(Refusal, match="There is a programme"):
        begun(cast.viewer("sven"))
    assert begun(cast.viewer("olga")).programme != KEY


def test_every_deed_has_its_entry_and_the_facts_stay_as_they_were(cast: Cast) -> None:
    sven = cast.viewer("sven")
    before = snapshot_of(sven).facts
    digest = published(sven)
    lines = journal_lines(sven, Sought(section=actions.SECTION), oldest_first=True)
    assert [(line.deed, line.key) for line in lines] == [
        ("begin-draft", EDITION),
        ("change-draft", EDITION),
        ("publish-edition", EDITION),
    ]
    assert lines[-1].factual == {"digest": digest, "seen_by": "every organisation of the server"}
    forget_everything()
    assert snapshot_of(sven).facts == before == facts_as_known(sven)


def test_an_edition_that_the_files_no_longer_fit_is_left_out_and_the_others_stay(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    published(cast.viewer("sven"))
    store(cast.exporter_line, enrolment(), deed="enrol")
    controls = {key: one for key, one in CATALOGUE.controls.items() if key != "cctv"}
    use(replace(CATALOGUE, controls=controls, digest="without cameras"))
    assert EDITION not in catalogue_of(cast.exporter_line).programmes
    assert "There is no control 'cctv'." in caplog.text
    assert [one.id for one in editions_seen(cast.exporter_line)] == [EDITION]


def test_a_demonstration_goes_with_all_that_it_published(cast: Cast) -> None:
    published(cast.viewer("sven"))
    written_by_olga = actions.begin_programme(cast.viewer("olga"), "other", "1", HEAD)
    dissolve_organisation(cast.exporter)
    assert catalogue_of(cast.outside_line) is catalogue_of_files()
    assert drafts_of(cast.viewer("olga")) == (written_by_olga,)
