from __future__ import annotations

import pytest

from safeconduct.catalogue.loading import digest_of_files
from safeconduct.server.accounts.rights import Role
from safeconduct.server.own_programmes.queries import drafts_of, editions_seen
from safeconduct.server.own_programmes.texts import head_text
from tests.server.api.test_facts import Caller, caller
from tests.server.cast import Cast
from tests.server.own_programmes.stage import EDITION, HEAD, KEY, ROWS

PATH = f"/own-programmes/{KEY}"
WRITTEN = {"edition": "2026", "head": head_text({"programme": KEY, "edition": "2026", **HEAD}), "rows": ROWS}


@pytest.fixture
def program(cast: Cast) -> Caller:
    return caller(cast.viewer("anna"))


@pytest.fixture
def outsider(cast: Cast) -> Caller:
    return caller(cast.viewer("olga"), Role.ADMINISTRATOR)


def test_a_program_writes_checks_and_publishes(program: Caller, outsider: Caller) -> None:
    put = program.call("PUT", f"{PATH}/draft", WRITTEN)
    assert (put.status_code, put.json()["refused"]) == (200, [])
    assert put["ETag"] == f'"{put.json()["state"]}"'
    published = program.call("POST", f"{PATH}/publish", {"state": put.json()["state"], "shared": True})
    assert published.status_code == 200
    read = outsider.call("GET", f"{PATH}/editions/2026").json()
    assert (read["head"], read["rows"]) == (WRITTEN["head"], ROWS)
    assert read["digest"] == published.json()["digest"]
    listed = outsider.call("GET", "/own-programmes").json()
    assert [(one["programme"], one["own"], one["owner"]) for one in listed["editions"]] == [(KEY, False, "Norholt")]
    assert listed["drafts"] == []
    enrolled = {"entity": "nl", "edition": EDITION, "roles": ["carrier"], "since": "2026-02-01"}
    assert outsider.call("PUT", "/facts/enrolments/e-own", enrolled).status_code == 200
    programmes = outsider.call("GET", "/catalogue/programmes").json()
    assert EDITION in [one["id"] for one in programmes]


def test_the_faults_of_a_draft_are_told_with_their_lines(program: Caller, cast: Cast) -> None:
    broken = program.call("PUT", f"{PATH}/draft", {**WRITTEN, "rows": ROWS.replace("gates", "gate")}).json()
    (fault,) = broken["refused"]
    assert fault["where"] == f"programmes/{EDITION}/requirements.yml:9"
    published = program.call("POST", f"{PATH}/publish", {"state": broken["state"], "shared": True})
    assert published.status_code == 422
    assert published.json()["errors"] == [fault]
    assert editions_seen(cast.viewer("sven")) == ()


def test_only_the_state_that_was_read_is_changed(program: Caller, cast: Cast) -> None:
    first = program.call("PUT", f"{PATH}/draft", WRITTEN)
    assert (
        program.call("PUT", f"{PATH}/draft", {**WRITTEN, "rows": ""}, **{"If-Match": first["ETag"]}).status_code == 200
    )
    late = program.call("PUT", f"{PATH}/draft", WRITTEN, **{"If-Match": first["ETag"]})
    assert late.status_code == 412
    assert drafts_of(cast.viewer("sven"))[0].texts.rows == ""
    assert program.call("POST", f"{PATH}/publish", {"state": first.json()["state"], "shared": True}).status_code == 412
    assert program.call("DELETE", f"{PATH}/draft").status_code == 204
    assert drafts_of(cast.viewer("sven")) == ()


def test_the_draft_of_another_is_not_found_and_stays(program: Caller, outsider: Caller, cast: Cast) -> None:
    program.call("PUT", f"{PATH}/draft", WRITTEN)
    (before,) = drafts_of(cast.viewer("sven"))
    assert outsider.call("GET", f"{PATH}/draft").status_code == 404
    assert outsider.call("DELETE", f"{PATH}/draft").status_code == 404
    assert outsider.call("POST", f"{PATH}/publish", {"state": before.state, "shared": True}).status_code == 404
    taken = outsider.call("PUT", f"{PATH}/draft", WRITTEN)
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (422, "bad-key")
    assert outsider.call("GET", f"{PATH}/editions/2026").status_code == 404
    assert drafts_of(cast.viewer("sven")) == (before,)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SITE_MANAGER])
def test_who_may_not_write_programmes_writes_none(cast: Cast, role: Role) -> None:
    limited = caller(cast.viewer("anna"), role, units=("rtm",) if role is Role.SITE_MANAGER else ())
    assert limited.call("PUT", f"{PATH}/draft", WRITTEN).status_code == 403
    assert drafts_of(cast.viewer("sven")) == ()


def test_what_is_published_is_judged_alike_from_a_folder(program: Caller) -> None:
    """The texts of the API, laid into a folder, have the digest the server judges by."""
    state = program.call("PUT", f"{PATH}/draft", WRITTEN).json()["state"]
    digest = program.call("POST", f"{PATH}/publish", {"state": state, "shared": False}).json()["digest"]
    read = program.call("GET", f"{PATH}/editions/2026").json()
    folder = f"programmes/{EDITION}"
    laid = {f"{folder}/programme.yml": read["head"], f"{folder}/requirements.yml": read["rows"]}
    assert digest_of_files(laid) == digest
