from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.core.records.catalogue import Applies
from safeconduct.core.records.needs import AllNeed, AnyNeed, Bound, CertificateNeed, ControlNeed, Op
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.journal.queries import head_of
from safeconduct.server.own_programmes import actions
from safeconduct.server.own_programmes.queries import draft_of, drafts_of
from safeconduct.server.own_programmes.texts import Texts
from tests.server.own_programmes.stage import EDITION, HEAD, KEY, ROWS, published, written

if TYPE_CHECKING:
    from django.test import Client

    from tests.server.cast import Cast

DRAFT, PUBLISHED = f"/own-programmes/{KEY}", f"/own-programmes/{KEY}/editions/2026"
BEGUN = {
    "title": "Norholt standard", "name": "hauliers", "owner": "Norholt", "edition": "2026",
    "since": "2026-01-01", "unit": "entity", "roles": ["importer", "carrier"],
}  # fmt: skip
ROW = {
    "ref": "2 (a)", "title": "Seals", "asks": "A strong seal: at once, and photographed.", "obligation": "must",
    "since": "2026-01-01", "roles": ["carrier"], "scope": "entity", "controls-0-value": "seal-fitting",
    "controls-1-value": "cctv", "together": "all", "schemes-0-value": "eu-aeos", "judged": "no",
}  # fmt: skip


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def sent(client: Client, path: str, said: dict[str, Any], *, status: int = 302) -> Any:
    """Send a form as a browser does, with the state in which its page was read."""
    page = client.get(path).content.decode()
    read = re.search(r'name="read" value="(\w+)"', page)
    lines = {f"{name}-lines": "3" for name in ("controls", "schemes", "chapters", "steps")}
    answer = client.post(path, {**lines, **said, **({"read": read[1]} if read else {})})
    assert answer.status_code == status, re.findall(r'class="error">([^<]+)', answer.content.decode())
    return answer


def test_a_programme_is_written_without_a_word_of_yaml(cast: Cast) -> None:
    sven = cast.client("sven")
    sent(sven, "/own-programmes/begin/", BEGUN)
    assert "0 rows are written." in text_of(sven, f"{DRAFT}/")
    answer = sent(sven, f"{DRAFT}/add-row/", ROW)
    assert answer["Location"] == f"{DRAFT}/rows/2-a/bounds/"
    sent(
        sven,
        answer["Location"],
        {"seal-fitting.class": "high-security", "seal-fitting.photo": "on", "cctv.coverage": ["gates", "docks"]},
    )
    assert "1 row is written. Nothing is refused." in text_of(sven, f"{DRAFT}/")
    sent(sven, f"{DRAFT}/publish/", {"seen_by": "all", "sure": "on"})
    found = catalogue_of(cast.outside_line).programmes[EDITION]
    (row,) = found.requirements
    assert (row.key, row.ref, row.title, row.asks) == (f"{KEY}/2-a", "2 (a)", "Seals", ROW["asks"])
    assert row.roles == {"importer": Applies.NO, "carrier": Applies.YES}
    seal = ControlNeed(
        "seal-fitting", bounds=(("class", Bound(Op.AT_LEAST, "high-security")), ("photo", Bound(Op.YES, value=True)))
    )
    cameras = ControlNeed("cctv", bounds=(("coverage", Bound(Op.INCLUDES, frozenset({"gates", "docks"}))),))
    assert row.needs == AnyNeed((AllNeed((seal, cameras)), CertificateNeed(("eu-aeos",), holder="self")))
    assert found.coverage["carrier"].complete


def test_the_form_of_a_row_shows_what_is_written_and_leaves_the_rest_of_the_text(cast: Cast) -> None:
    sven = cast.viewer("sven")
    draft = written(sven, f"# Our own words.\n{ROWS}  note: Seen last year.\n")
    client = cast.client("sven")
    page = client.get(f"{DRAFT}/rows/1/").content.decode()
    assert '<option value="cctv" selected>' in page
    assert '<option value="eu-aeos" selected>' in page
    said = {**ROW, "ref": "1", "title": "Other cameras", "controls-0-value": "cctv"} | {"controls-1-value": ""}
    sent(client, f"{DRAFT}/rows/1/", said)
    after = draft_of(sven, KEY).texts.rows
    assert after.startswith("# Our own words.\n- key: own-norholt-hauliers/1\n")
    assert "title: Other cameras" in after
    assert "note: Seen last year." in after
    assert "coverage: {includes: [gates]}" in after
    assert "document: The standard" in after
    assert draft.texts.rows != after


def test_a_row_that_says_more_than_the_form_is_led_to_its_text(cast: Cast) -> None:
    written(cast.viewer("sven"), ROWS.replace("gates]}}", "gates], }, shown: [effect]}"))
    client = cast.client("sven")
    for path in ("rows/1/", "rows/1/bounds/"):
        answer = client.get(f"{DRAFT}/{path}")
        assert (answer.status_code, answer["Location"]) == (302, f"{DRAFT}/texts/")


def test_numbers_are_read_by_their_kind_and_own_leaves_them_open(cast: Cast) -> None:
    sven, client = cast.viewer("sven"), cast.client("sven")
    written(sven)
    answer = sent(client, f"{DRAFT}/add-row/", {**ROW, "controls-0-value": "training", "controls-1-value": ""})
    path = answer["Location"]
    refused = sent(client, path, {"training.for": ["staff"], "training.interval": "a year"}, status=422)
    assert "“a year” is none. Write it like 12 months, or write own." in html.unescape(refused.content.decode())
    assert "Nothing is ticked" in sent(client, path, {"training.interval": "own"}, status=422).content.decode()
    sent(client, path, {"training.for": ["staff"], "training.interval": "12 months"})
    assert "interval: {at_most: 12 months}" in draft_of(sven, KEY).texts.rows
    sent(client, path, {"training.for": ["staff"], "training.interval": "own"})
    assert "interval: {own: at_most}" in draft_of(sven, KEY).texts.rows
    client.post(f"{DRAFT}/rows/2-a/remove/")
    assert draft_of(sven, KEY).texts.rows == ROWS


def test_a_named_person_may_judge(cast: Cast) -> None:
    written(cast.viewer("sven"), "")
    client = cast.client("sven")
    said = {
        **ROW,
        "controls-1-value": "",
        "schemes-0-value": "",
        "judged": "yes",
        "controls-0-value": "building-structure",
    }
    answer = sent(client, f"{DRAFT}/add-row/", said)
    assert answer["Location"] == f"{DRAFT}/"
    assert "needs: {outcome: {supported_by: {building-structure: {}}}}" in draft_of(cast.viewer("sven"), KEY).texts.rows


def test_the_text_is_checked_with_its_lines_and_may_be_wrong(cast: Cast) -> None:
    draft, client = written(cast.viewer("sven")), cast.client("sven")
    sent(client, f"{DRAFT}/texts/", {"head": draft.texts.head, "rows": ROWS.replace("gates", "gate"), "about": ""})
    told = text_of(client, f"{DRAFT}/texts/")
    assert "Line 9" in told
    assert 'Did you mean "gates"?' in told
    page = client.get(f"{DRAFT}/publish/").content.decode()
    assert "It cannot be published yet." in page
    sent(client, f"{DRAFT}/texts/", {"head": "a: [", "rows": "- [", "about": ""})
    assert "This is not YAML" in text_of(client, f"{DRAFT}/texts/")
    for path in ("", "publish/", "texts/"):
        assert client.get(f"{DRAFT}/{path}").status_code == 200
    for path in ("head/", "add-row/", "rows/1/", "rows/1/bounds/"):
        assert client.get(f"{DRAFT}/{path}").status_code == 302


def test_what_it_is_and_its_life_cycle_are_written_by_a_form(cast: Cast) -> None:
    sven, client = cast.viewer("sven"), cast.client("sven")
    written(sven)
    said = {
        **{name: value for name, value in BEGUN.items() if name != "name"},
        "edition": "2027", "rule": "plain", "not_applicable": "never", "accepted_by": ["auditor"],
        "chapters-0-key": "cargo", "chapters-0-value": "Cargo", "basis": "Clause 7 of the contract.",
        "steps-0-step": "Show it before the first order.", "steps-0-by": "trader", "steps-0-clock": "30 days",
    }  # fmt: skip
    sent(client, f"{DRAFT}/head/", said)
    draft = draft_of(sven, KEY)
    assert draft.edition == "2027"
    assert "Nothing is refused." in text_of(client, f"{DRAFT}/")
    sent(client, f"{DRAFT}/publish/", {"seen_by": "own", "sure": "on"})
    found = catalogue_of(sven).programmes[f"{KEY}/2027"]
    assert (found.alternatives_by, found.not_applicable, found.chapters) == (("auditor",), False, {"cargo": "Cargo"})
    assert found.about is not None
    assert [(one.what, str(one.clock)) for one in found.about.life_cycle] == [
        ("Show it before the first order.", "30 days")
    ]
    assert found.about.legal_basis[0].what == "Clause 7 of the contract."


def test_what_somebody_else_changed_is_not_overwritten(cast: Cast) -> None:
    sven, client = cast.viewer("sven"), cast.client("sven")
    draft = written(sven)
    actions.change_draft(sven, KEY, Texts(draft.texts.head, ""), read=draft.state)
    said = {"head": draft.texts.head, "rows": ROWS, "about": "", "read": draft.state}
    for _ in range(2):
        late = client.post(f"{DRAFT}/texts/", said)
        assert late.status_code == 422
        assert f'name="read" value="{draft.state}"' in late.content.decode()
    assert draft_of(sven, KEY).texts.rows == ""


PAGES = ["", "head/", "texts/", "publish/", "add-row/", "rows/1/", "rows/1/bounds/"]
POSTS = [*PAGES[1:], "rows/1/remove/", "discard/"]


def test_an_outsider_finds_no_draft_and_changes_nothing(cast: Cast) -> None:
    draft = written(cast.viewer("sven"))
    olga = cast.client("olga")
    for path in PAGES:
        assert olga.get(f"{DRAFT}/{path}").status_code == 404, path
    for path in POSTS:
        assert olga.post(f"{DRAFT}/{path}", {"read": draft.state, "seen_by": "all", "sure": "on"}).status_code == 404
    assert KEY not in olga.get("/own-programmes/").content.decode()
    assert draft_of(cast.viewer("sven"), KEY) == draft


@pytest.mark.parametrize("shared", [True, False])
def test_an_outsider_reads_what_is_published_for_all_and_changes_none_of_it(cast: Cast, shared: bool) -> None:
    published(cast.viewer("sven"), shared=shared)
    olga, head = cast.client("olga"), head_of(cast.exporter)
    status = 200 if shared else 404
    for path in (f"{PUBLISHED}/", f"{PUBLISHED}/files/", f"/catalogue/{EDITION}/", f"/catalogue/requirement/{KEY}/1/"):
        assert olga.get(path).status_code == status, path
    assert ("Norholt standard" in olga.get("/own-programmes/").content.decode()) is shared
    assert ("Norholt standard" in olga.get("/catalogue/").content.decode()) is shared
    assert olga.post(f"{PUBLISHED}/next/", {"edition": "2027"}).status_code == (422 if shared else 404)
    assert (head_of(cast.exporter), drafts_of(cast.viewer("olga"))) == (head, ())


@pytest.mark.parametrize("name", ["otto", "mara"])
def test_who_may_not_write_programmes_is_led_to_no_deed(cast: Cast, name: str) -> None:
    draft, client = written(cast.viewer("sven")), cast.client(name)
    assert client.get("/own-programmes/").status_code == (200 if name == "otto" else 403)
    assert client.get("/own-programmes/begin/").status_code == 403
    for path in POSTS:
        assert client.post(f"{DRAFT}/{path}", {"read": draft.state}).status_code == 403, path
    if name == "otto":
        assert "Discard" not in text_of(client, f"{DRAFT}/")
    assert draft_of(cast.viewer("sven"), KEY) == draft


def test_the_files_of_an_edition_are_the_same_bytes_each_time(cast: Cast) -> None:
    published(cast.viewer("sven"))
    first, second = (cast.client(name).get(f"{PUBLISHED}/files/").content for name in ("sven", "olga"))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == [f"programmes/{EDITION}/{name}.yml" for name in ("programme", "requirements")]
        assert archive.read(f"programmes/{EDITION}/requirements.yml").decode() == ROWS


def test_the_list_costs_the_same_statements_at_any_length(cast: Cast) -> None:
    published(cast.viewer("sven"))
    client = cast.client("olga")
    client.get("/own-programmes/")
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            client.get("/own-programmes/")
        counted.append(len(statements))
        for name in ("one", "two", "three"):
            key = f"{name}{len(counted)}"
            draft = actions.begin_programme(cast.viewer("sven"), key, "1", HEAD)
            rows = ROWS.replace(KEY, draft.programme)
            draft = actions.change_draft(
                cast.viewer("sven"), draft.programme, Texts(draft.texts.head, rows), read=draft.state
            )
            actions.publish_edition(cast.viewer("sven"), draft.programme, shared=True, read=draft.state)
        client.get("/own-programmes/")
    assert counted[0] == counted[1]
