"""The commands that work at the server: in and out, journal, people, demo; and the demo as `make demo` starts it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from safeconduct.cli import app
from safeconduct.server.common.catalogue_in_use import use

PATIENCE = 20
FACTS = """\
safeconduct: 1
organisation: {key: group, title: The group}

units:
  nl: {in: group, kind: entity, country: NL}
  rtm: {in: nl, kind: site, country: NL}

in_place:
  - {key: c-1, control: cctv, at: rtm, since: 2025-01-01, owner: J. Smit}
"""


class Machine:
    """A machine with a data folder; commands are run in this process, on the test's database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"SAFECONDUCT_DATA": str(folder / "data"), "COLUMNS": "200"}

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        """What a command says on both of its streams."""
        done = CliRunner().invoke(app, [str(argument) for argument in arguments], env=self.environment)
        assert done.exit_code == code, f"{done.output}\n{done.exception!r}"
        return done.output

    def file(self, name: str, text: str) -> Path:
        (self.folder / name).write_text(text, "utf-8")
        return self.folder / name


@pytest.fixture
def machine(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.chdir(tmp_path)
    use(None)
    return Machine(tmp_path)


@pytest.fixture
def filled(machine: Machine) -> Machine:
    """A machine on which the small group was brought in."""
    machine.run("import", machine.file("facts.yml", FACTS), "--new")
    return machine


def head_in(said: str) -> str:
    found = re.search(r"\b\d+:[0-9a-f]{64}\b", said)
    assert found, said
    return found[0]


def test_facts_come_in_and_go_out_as_they_were(filled: Machine) -> None:
    said = filled.run("export", "again.yml")
    assert (filled.folder / "again.yml").read_text("utf-8") == FACTS
    assert json.loads(filled.run("import", "again.yml", "--json")) == {
        "new": 0,
        "changed": 0,
        "withdrawn": 0,
        "unchanged": 3,
        "journal": head_in(said),
    }
    filled.run("export", "all.zip")
    assert filled.run("import", "all.zip", "--organisation", "group").startswith("all.zip: 0 new, 0 changed")


def test_what_is_refused_is_told_with_its_lines_and_changes_nothing(filled: Machine) -> None:
    before = filled.run("journal", "verify")
    broken = filled.file(
        "broken.yml", FACTS.replace("kind: site", "kind: hall").replace("control: cctv", "control: cctvv")
    )
    said = filled.run("import", broken, code=1)
    assert "broken.yml:6, units[rtm].kind" in said
    assert 'Did you mean "cctv"?' in said
    other = filled.file("other.yml", FACTS.replace("{key: group", "{key: other").replace("in: group", "in: other"))
    assert "There is no organisation 'other'" in filled.run("import", other, code=1)
    assert filled.run("journal", "verify") == before


def test_replacing_withdraws_what_the_file_leaves_out(filled: Machine) -> None:
    shorter = filled.file("shorter.yml", FACTS.split("\nin_place")[0])
    assert "0 withdrawn" in filled.run("import", shorter)
    assert "1 withdrawn" in filled.run("import", shorter, "--replace")


def test_the_journal_is_checked_against_a_witness(filled: Machine) -> None:
    witness = head_in(filled.run("export", "out.yml"))
    assert "The journal holds." in filled.run("journal", "verify", "--witness", witness)
    forged = witness.split(":")[0] + ":" + "0" * 64
    assert "written anew" in filled.run("journal", "verify", "--witness", forged, code=1)
    found = json.loads(filled.run("journal", "verify", "--json", "--witness", "99:" + "0" * 64, code=1))
    assert (found["holds"], "cut off" in found["problems"][0]) == (False, True)


def test_a_person_is_erased_and_the_journal_still_holds(filled: Machine) -> None:
    witness = head_in(filled.run("export", "out.yml"))
    assert "1 entries" in filled.run("journal", "erase-person", "J. Smit")
    filled.run("export", "after.yml")
    assert "Smit" not in (filled.folder / "after.yml").read_text("utf-8")
    filled.run("journal", "verify", "--witness", witness)


def test_people_and_tokens_are_made_with_secrets_shown_once(filled: Machine) -> None:
    said = filled.run("create-user", "kim@group.example", "--role", "site-manager", "--site", "rtm")
    assert re.search(r"Password: \w{4}-\w{4}-\w{4}-\w{4}\n", said)
    assert "was there already" in filled.run("create-user", "kim@group.example", "--role", "auditor")
    assert "Password:" in filled.run("set-password", "kim@group.example")
    assert "Did you mean" in filled.run("create-user", "x@group.example", "--role", "auditer", code=1)
    token = filled.run("issue-token", "gate", "--role", "auditor", "--until", "2099-12-31").strip()
    assert re.fullmatch(r"sct_[0-9a-f]{16}_[0-9a-f]{48}", token)


def test_the_demo_is_loaded_once_and_put_back_on_request(machine: Machine) -> None:
    first = machine.run("demo", "--no-serve")
    again = machine.run("demo", "--no-serve")
    sign_ins = re.findall(r"^  (\S+@\S+) +(\S+)   ", first, re.MULTILINE)
    assert len(sign_ins) == 4
    assert re.findall(r"^  (\S+@\S+) +(\S+)   ", again, re.MULTILINE) == sign_ins
    assert "here already" in again
    before = machine.run("journal", "verify")
    assert "loaded" in machine.run("demo", "--reset", "--no-serve").splitlines()[0]
    assert machine.run("journal", "verify") != before


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_demo_starts_on_an_empty_machine_and_answers(tmp_path: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = subprocess.Popen(
        [sys.executable, "-c", "from safeconduct.cli import main; main()", "demo", "--port", str(port)],
        cwd=tmp_path,
        env=environment | {"SAFECONDUCT_DATA": str(tmp_path / "data"), "SAFECONDUCT_WORKERS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        page = answer_of(f"http://127.0.0.1:{port}/sign-in/", server)
        style = re.search(r'href="(/static/safeconduct/safeconduct\.[0-9a-f]+\.css)"', page)
        assert style, page
        with urlopen(f"http://127.0.0.1:{port}{style[1]}", timeout=PATIENCE) as found:
            assert found.headers["Content-Type"].startswith("text/css")
        with pytest.raises(HTTPError, match="401") as refused:
            urlopen(f"http://127.0.0.1:{port}/api/v1/organisation", timeout=PATIENCE)
        refused.value.close()
    finally:
        server.terminate()
        said = last_words(server)
    assert f"Safeconduct is at http://127.0.0.1:{port}/" in said
    assert len(re.findall(r"^  \S+@norholt\.example +\S+   ", said, re.MULTILINE)) == 4


def last_words(server: subprocess.Popen[str]) -> str:
    """What a server said, once it and all its workers have ended."""
    try:
        return server.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        return server.communicate()[0]


def answer_of(address: str, server: subprocess.Popen[str]) -> str:
    """The page at an address, once the server answers."""
    for _ in range(600):
        assert server.poll() is None, last_words(server)
        try:
            with urlopen(address, timeout=PATIENCE) as found:  # noqa: S310 it is our own server
                page: str = found.read().decode()
                return page
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer in a minute")
