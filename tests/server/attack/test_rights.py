"""Who may do what, at every address that changes something; what a role may not do is refused and leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from safeconduct.core.errors import NotAllowed
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.history import CorrectiveAction, RaisedFinding
from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import to_plain
from safeconduct.server.accounts.queries import tokens_of, user_of, viewer_of
from safeconduct.server.accounts.rights import RECORDS, Role
from safeconduct.server.controls.files import folder_of
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.importing import import_facts, replace_facts
from safeconduct.server.journal.queries import facts_of, head_of
from safeconduct.server.organisation.actions import (
    add_member,
    erase_member,
    issue_token,
    remove_member,
    revoke_token,
)
from tests.server.api.test_facts import BASE, LAST_DAY, Caller, caller
from tests.server.attack.stage import DRAFT, ROW, addresses, key_of, one_of_each, operations, record_one_of_each
from tests.server.cast import TODAY, Cast, control, evidence
from tests.server.own_programmes.stage import KEY

RECORDERS = {"anna", "sven"}
AT_OWN_SITES = {"anna", "sven", "mara"}
EVERYBODY = {"anna", "sven", "mara", "otto"}

MAY_POST: dict[str, set[str]] = {
    "accounts:sign-in": EVERYBODY,
    "accounts:sign-out": EVERYBODY,
    "accounts:enter-organisation": EVERYBODY,
    "accounts:password": EVERYBODY,
    "accounts:add-person": {"anna"},
    "accounts:erase-name": {"anna"},
    "accounts:tokens": {"anna"},
    "accounts:revoke-token": {"anna"},
    "accounts:person": {"anna"},
    "accounts:person-password": {"anna"},
    "accounts:remove-person": {"anna"},
    "accounts:erase-person": {"anna"},
    "controls:record": AT_OWN_SITES,
    "controls:trigger": RECORDERS,
    "controls:change": AT_OWN_SITES,
    "controls:end": AT_OWN_SITES,
    "controls:attach": AT_OWN_SITES,
    "controls:sample": AT_OWN_SITES,
    "controls:occurrence": AT_OWN_SITES,
    "controls:target": AT_OWN_SITES,
    "controls:plan": AT_OWN_SITES,
    "operations:ask": AT_OWN_SITES,
    "operations:done": AT_OWN_SITES,
    "organisation:new-unit": RECORDERS,
    "organisation:change-unit": RECORDERS,
    "programmes:enrol": RECORDERS,
    "programmes:change": RECORDERS,
    "programmes:confirm-rows": RECORDERS,
    "programmes:answer": RECORDERS,
    "programmes:alternative": RECORDERS,
    "programmes:waive": RECORDERS,
    "programmes:not-applicable": RECORDERS,
    "programmes:reason": RECORDERS,
    "programmes:judge": RECORDERS,
    "programmes:confirm-row": RECORDERS,
    "programmes:switch": RECORDERS,
    "programmes:undo-switch": RECORDERS,
    "own_programmes:begin": RECORDERS,
    "own_programmes:head": RECORDERS,
    "own_programmes:texts": RECORDERS,
    "own_programmes:discard": RECORDERS,
    "own_programmes:publish": RECORDERS,
    "own_programmes:add-row": RECORDERS,
    "own_programmes:row": RECORDERS,
    "own_programmes:bounds": RECORDERS,
    "own_programmes:remove-row": RECORDERS,
    "own_programmes:next": RECORDERS,
    "risk:begin": RECORDERS,
    "risk:again": RECORDERS,
    "risk:own-scenario": RECORDERS,
    "risk:step": RECORDERS,
}
"""Every address that takes what somebody sends, and who may send; of the site manager, at the own site."""

ENDS = ("accounts:remove-person", "accounts:erase-person", "own_programmes:discard")
"""What takes away that the other addresses speak of."""
BY_SECTION = ("registers:new", "registers:change", "registers:withdraw")
QUERY = {"operations:ask": "control=cctv&at=rtm", "controls:record": "control=cctv&at=rtm",
         "controls:trigger": "redo=risk-assessment&at=rtm", "controls:target": "parameter=coverage"}  # fmt: skip
KEYS_AT_RTM = {"controls": "c-cctv-rtm", "operations": "a-rtm", "organisation": "rtm",
               "risk": key_of("risk_assessments")}  # fmt: skip


def at_rotterdam(cast: Cast) -> None:
    """What the site manager may change: a finding with its action, beside the cast's control and evidence."""
    found = RaisedFinding(key="f-rtm", of="cctv", at="rtm", on=TODAY)
    action = CorrectiveAction(key="a-rtm", mends="f-rtm", opened=TODAY, due=TODAY)
    store_all(cast.exporter_line, [found, action], deed="record")


def url_of(cast: Cast, name: str, takes: frozenset[str]) -> str:
    """An address with what it takes, at the site manager's own site where there is a choice."""
    room = name.partition(":")[0]
    given = {
        "key": KEYS_AT_RTM.get(room, cast.people["otto"].key),
        "enrolment": "ctpat",
        "requirement": ROW,
        "unit": "rtm",
        "programme": KEY if name == "own_programmes:next" else DRAFT,
        "edition": "2026",
        "tail": "1",
        "step": "numbers",
    }
    if name == "accounts:revoke-token":
        given["key"] = tokens_of(cast.viewer("anna"))[0].key
    url = reverse(name, kwargs={word: given[word] for word in takes})
    return f"{url}?{QUERY[name]}" if name in QUERY else url


@pytest.fixture
def stage(staged: Cast) -> Cast:
    """The stage with something of every kind, and a token."""
    record_one_of_each(staged)
    at_rotterdam(staged)
    return staged


def test_the_table_names_every_address_that_takes_something(stage: Cast) -> None:
    anna, taking = stage.client("anna"), set()
    for one in addresses():
        if one.name in BY_SECTION:
            continue
        url = url_of(stage, one.name, one.takes) if one.name in MAY_POST else _any_url(one.name, one.takes)
        if one.name not in MAY_POST and anna.post(url).status_code != 405:
            taking.add(one.name)
    assert taking == set()


def _any_url(name: str, takes: frozenset[str]) -> str:
    given = {"key": "x", "requirement": ROW, "enrolment": "x", "unit": "x", "seq": "1", "digest": "0" * 64,
             "programme": "x", "edition": "x", "tail": "x", "file": "x", "control": "x",
             "section": "units", "step": "x"}  # fmt: skip
    return reverse(name, kwargs={word: given[word] for word in takes})


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_every_address_refuses_whoever_may_not_send(name: str, stage: Cast) -> None:
    before, head = facts_of(stage.exporter_line), head_of(stage.exporter_line)
    wrong = []
    takes = {one.name: one.takes for one in addresses()}
    for address, may in MAY_POST.items():
        if name in may:
            continue
        answer = stage.client(name).post(url_of(stage, address, takes[address]), {"why": "x"})
        if answer.status_code != 403:
            wrong.append(f"{answer.status_code} {address}")
    assert wrong == []
    assert (facts_of(stage.exporter_line), head_of(stage.exporter_line)) == (before, head)


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_nobody_is_refused_who_may_send(name: str, stage: Cast) -> None:
    takes = {one.name: one.takes for one in addresses()}
    wrong = []
    for address, may in MAY_POST.items():
        if name in may and address not in ENDS:
            status = stage.client(name).post(url_of(stage, address, takes[address])).status_code
            if status not in (200, 302, 422) and address != "accounts:enter-organisation":
                wrong.append(f"{status} {address}")
    assert wrong == []


@pytest.mark.parametrize("name", sorted(EVERYBODY))
@pytest.mark.parametrize("page", BY_SECTION)
def test_every_register_refuses_whoever_does_not_record_there(page: str, name: str, stage: Cast) -> None:
    before, head = facts_of(stage.exporter_line), head_of(stage.exporter_line)
    client, role, wrong = stage.client(name), stage.viewer(name).role, []
    for section in FACT_KINDS:
        if section in RECORDS[role] and name != "mara":
            continue
        keys = [] if page == "registers:new" else [key_of(section)]
        answer = client.post(reverse(page, args=[section, *keys]), {"why": "x"})
        # where a register has forms of its own, these are asked; what a site manager does not see is not found
        expected = {403} | ({404} if name == "mara" else set()) | ({302} if page == "registers:new" else set())
        if name == "mara" and section in RECORDS[role] and page == "registers:new":
            expected = {302, 422}
        if answer.status_code not in expected:
            wrong.append(f"{answer.status_code} {page} {section}")
        if answer.status_code == 302 and section not in RECORDS[role]:
            assert client.post(answer["Location"], {"why": "x"}).status_code == 403, section
    assert wrong == []
    assert (facts_of(stage.exporter_line), head_of(stage.exporter_line)) == (before, head)


def test_a_site_manager_changes_nothing_elsewhere_by_any_form(stage: Cast) -> None:
    before, head, mara = facts_of(stage.exporter_line), head_of(stage.exporter_line), stage.client("mara")
    for of in ("c-cctv-ein", "c-records", key_of("in_place"), "nowhere"):
        for deed in ("change", "end", "evidence", "sample", "done", "target", "plan"):
            answer = mara.post(f"/controls/in-place/{of}/{deed}/?parameter=coverage", {"until": "2026-01-01"})
            assert answer.status_code == (403 if of == "c-records" else 404), (of, deed)
    for place in ("ein", "nl", "norholt", "depot", "nowhere"):
        assert mara.post(f"/ask/?control=cctv&at={place}", ASKED).status_code == 403, place
        at = {"control": "cctv", "at": place, "since": "2026-01-01", "present": "yes", "kept_by": "self"}
        assert mara.post(f"/controls/record/?control=cctv&at={place}", at).status_code in (403, 422), place
    assert mara.post(f"/asked/{key_of('corrective_actions')}/done/").status_code == 404
    assert (facts_of(stage.exporter_line), head_of(stage.exporter_line)) == (before, head)


ASKED = {"text": "Repair it", "owner": "J. Smit", "due": "2026-12-24"}


def test_a_site_manager_cannot_say_another_place_than_the_address(stage: Cast) -> None:
    """What the page fixes cannot be sent: neither the place, nor what the evidence shows."""
    mara = stage.client("mara")
    more = {"control": "guarding", "at": "ein", "of": "c-cctv-ein", "mends": "only-partner", "key": "x"}
    body = {"since": "2026-01-01", "present": "yes", "kept_by": "self", "values.coverage-gates": "yes", **more}
    mara.post("/controls/record/?control=cctv&at=rtm", body)
    mara.post("/ask/?control=cctv&at=rtm", ASKED | more)
    shown = {"shows": ["design"], "from": "2026-01-01", "to": "2026-12-31", "by": "self", **more}
    assert mara.post("/controls/in-place/c-cctv-rtm/evidence/", shown).status_code == 302
    facts = facts_of(stage.exporter_line)
    assert {one.of for one in facts.evidence if one.recorded == TODAY} == {"c-cctv-rtm"}
    assert all(one.at == "rtm" for one in facts.findings if one.by == "Mara")
    new = [one for one in facts.in_place if one.since.year == 2026]
    assert all((one.at, one.control) == ("rtm", "cctv") for one in new)


def test_every_call_that_changes_refuses_an_auditor(stage: Cast) -> None:
    auditor = caller(stage.viewer("anna"), Role.AUDITOR)
    before, head, files = facts_of(stage.exporter_line), head_of(stage.exporter_line), kept_files(stage)
    records = {f"{section_of(one)}/{one.key}": to_plain(one) for one in one_of_each("changed")}
    wrong = []
    for method, path in operations():
        if method == "GET":
            continue
        section = path.split("/")[4] if "/facts/" in path else ""
        url = path.removeprefix(BASE).replace("{key}", key_of(section)).replace("{programme}", DRAFT)
        url += "?why=x" if method == "DELETE" else ""
        body = records.get(f"{section}/{key_of(section)}", to_plain(evidence("only-evidence")) if section else WRITTEN)
        answer = posted(auditor, b"%PDF-1 x") if url == "/files" else auditor.call(method, url, body)
        if answer.status_code != 403:
            wrong.append(f"{answer.status_code} {method} {url}")
    assert wrong == []
    assert (facts_of(stage.exporter_line), head_of(stage.exporter_line)) == (before, head)
    assert kept_files(stage) == files


WRITTEN = {"edition": "2026", "head": "", "rows": "", "about": "", "state": "", "shared": True}
"""What the calls about a programme of one's own are sent."""


def posted(program: Caller, content: bytes, name: str = "a.pdf") -> Any:
    """A file sent to the API."""
    return program.client.post(f"{BASE}/files", {"file": SimpleUploadedFile(name, content)})


def kept_files(cast: Cast) -> set[str]:
    """The files on the disk of the exporter."""
    return {str(one) for one in folder_of(cast.exporter.key).rglob("*") if one.is_file()}


def test_an_auditor_learns_nothing_by_naming_a_file(stage: Cast) -> None:
    """Refused alike, whether the file is here or not."""
    auditor = caller(stage.viewer("anna"), Role.AUDITOR)
    file = next(one.file for one in facts_of(stage.exporter_line).evidence if one.file)
    for digest in (file.sha256, "0" * 64):
        plain = to_plain(evidence("e-9")) | {"file": to_plain(file) | {"sha256": digest}}
        assert auditor.call("PUT", "/facts/evidence/e-9", plain).status_code == 403


def test_a_site_managers_token_changes_nothing_elsewhere(stage: Cast) -> None:
    site = caller(stage.viewer("anna"), Role.SITE_MANAGER, ("rtm",))
    before, head = facts_of(stage.exporter_line), head_of(stage.exporter_line)
    for one in one_of_each("changed"):
        section = section_of(one)
        for key in (one.key, "a-new-one"):
            plain = to_plain(one) | {"key": key}
            answer = site.call("PUT", f"/facts/{section}/{key}", plain)
            assert answer.status_code in (403, 404), f"{answer.status_code} {section}/{key}"
        assert site.call("DELETE", f"/facts/{section}/{one.key}?why=x").status_code in (403, 404)
    assert (facts_of(stage.exporter_line), head_of(stage.exporter_line)) == (before, head)


def test_a_site_manager_takes_nothing_over_by_moving_it(stage: Cast) -> None:
    """A record of another site is not brought to the own site, and an own one not taken elsewhere."""
    site = caller(stage.viewer("anna"), Role.SITE_MANAGER, ("rtm",))
    head = head_of(stage.exporter_line)
    moves: dict[str, Any] = {
        "in_place/c-cctv-ein": control("c-cctv-ein", "rtm"),
        "in_place/c-cctv-rtm": control("c-cctv-rtm", "ein"),
        "in_place/c-records": control("c-records", "rtm"),
        "evidence/only-evidence": evidence("only-evidence", "c-cctv-rtm"),
        "evidence/e-1": evidence("e-1", "c-cctv-ein"),
    }
    for path, record in moves.items():
        assert site.call("PUT", f"/facts/{path}", to_plain(record)).status_code in (403, 404), path
    action = {"mends": "f-rtm", "opened": "2026-01-01", "due": "2026-02-01"}
    for key in ("only-partner", "only-samples"):  # a finding under the key of what an action mends elsewhere
        finding = {"of": "cctv", "at": "rtm", "on": "2026-01-01"}
        assert site.call("PUT", f"/facts/findings/{key}", finding).status_code in (403, 404, 422), key
    taken = key_of("corrective_actions")
    assert site.call("PUT", f"/facts/corrective_actions/{taken}", action).status_code in (403, 404)
    assert head_of(stage.exporter_line) == head


def test_a_site_manager_is_not_told_where_a_record_stands(stage: Cast) -> None:
    """The refusal for a control of another place is that for one that never was."""
    site, told = caller(stage.viewer("anna"), Role.SITE_MANAGER, ("rtm",)), set()
    for of in ("c-cctv-ein", "c-cctv-xxx"):
        answer = site.call("PUT", "/facts/evidence/e-9", to_plain(evidence("e-9", of)))
        told.add((answer.status_code, answer.content.decode().replace(of, "?")))
    assert len(told) == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SITE_MANAGER, Role.SECURITY_MANAGER])
def test_a_token_has_its_own_role_and_not_that_of_whoever_made_it(role: Role, stage: Cast) -> None:
    program = caller(stage.viewer("anna"), role, ("rtm",) if role is Role.SITE_MANAGER else ())
    assert program.call("GET", "/organisation").json()["role"] == role.value
    status = program.call("PUT", "/facts/partners/h1", {"of": "nl", "title": "Changed"}).status_code
    assert status == (200 if role is Role.SECURITY_MANAGER else 403)


@pytest.mark.parametrize("name", ["sven", "mara", "otto"])
def test_only_administrators_make_tokens_and_members(name: str, stage: Cast) -> None:
    client = stage.client(name)
    before = tokens_of(stage.viewer("anna"))
    token = {"title": "mine", "role": "administrator", "expires": "2027-01-01"}
    assert client.post("/people/tokens/", token).status_code == 403
    assert client.post("/people/add/", {"email": "eve@evil.example", "role": "administrator"}).status_code == 403
    own = reverse("accounts:person", args=[stage.people[name].key])
    assert client.post(own, {"role": "administrator"}).status_code == 403
    assert (tokens_of(stage.viewer("anna")), stage.viewer(name).role) == (before, stage.viewer(name).role)


def test_a_token_that_ended_was_taken_back_or_is_misspelt_opens_nothing(stage: Cast) -> None:
    anna = stage.viewer("anna")
    text = issue_token(anna, title="ended", role=Role.AUDITOR, expires=TODAY)
    assert Caller(text).call("GET", "/organisation").status_code == 200
    with time_machine.travel(TODAY + timedelta(days=2)):
        assert Caller(text).call("GET", "/organisation").status_code == 401
    prefix, key, secret = text.split("_")
    for wrong in (
        f"{prefix}_{key}_{secret[:-1]}",
        f"{prefix}_{key}_",
        f"{prefix}__{secret}",
        text + "_x",
        text.upper(),
    ):
        assert Caller(wrong).call("GET", "/organisation").status_code == 401, wrong
    revoke_token(anna, key)
    assert Caller(text).call("GET", "/organisation").status_code == 401


def leaves(cast: Cast, how: str) -> None:
    """A second administrator loses the role, in one of the three ways."""
    line = cast.exporter_line
    if how == "removed":
        remove_member(line, "alan@norholt.example")
    elif how == "erased":
        erase_member(line, "alan@norholt.example")
    else:
        add_member(line, "alan@norholt.example", role=Role.AUDITOR)


@pytest.mark.parametrize("how", ["removed", "erased", "demoted"])
def test_who_administers_no_longer_keeps_no_way_in(how: str, stage: Cast) -> None:
    """Whoever issued a token saw its text."""
    add_member(
        stage.exporter_line, "alan@norholt.example", role=Role.ADMINISTRATOR, name="Alan", password="a long way home"
    )
    user = user_of("alan@norholt.example")
    assert user is not None
    alan = viewer_of(user)
    assert alan is not None
    client = Client()
    client.force_login(user)
    text = issue_token(alan, title="back door", role=Role.ADMINISTRATOR, expires=LAST_DAY)
    others = issue_token(stage.viewer("anna"), title="gate", role=Role.AUDITOR, expires=LAST_DAY)
    assert client.get("/people/").status_code == 200
    leaves(stage, how)
    assert client.get("/people/").status_code in (302, 403)
    assert Caller(text).call("GET", "/organisation").status_code == 401
    assert Caller(others).call("GET", "/organisation").status_code == 200


@pytest.mark.parametrize("name", ["mara", "otto"])
def test_who_may_not_bring_in_a_file_is_refused(name: str, stage: Cast) -> None:
    before = facts_of(stage.exporter_line)
    for importing in (import_facts, replace_facts):
        with pytest.raises(NotAllowed):
            importing(stage.viewer(name), before)
