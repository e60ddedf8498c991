"""No process ever serves stale or torn facts or judgements, and no write is lost: on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import uuid
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection

from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal import currency
from safeconduct.server.journal.actions import store
from safeconduct.server.journal.currency import forget_everything, judged, judged_further, snapshot_of
from safeconduct.server.journal.kept import Kept
from safeconduct.server.journal.queries import facts_of
from tests.facts.cast import CATALOGUE
from tests.server.cast import TODAY, Cast, control

HOUSE = Path(__file__).parents[3]
SCRIPT = "tests.server.journal.work_at_once"
WRITERS, READERS, TIMES = 2, 2, 25
# One entry founds the organisation, six and two are prepared; each writer then adds two a time.
PREPARED = 1 + 8 + 2


def test_unchanged_facts_cost_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    snapshot_of(cast.exporter_line)
    with django_assert_num_queries(1):
        snapshot_of(cast.exporter_line)


def test_a_load_costs_the_same_statements_whatever_there_is(cast: Cast, django_assert_num_queries: Any) -> None:
    for whose in (cast.exporter_line, cast.outside_line):
        forget_everything()
        with django_assert_num_queries(41):  # the head twice, the organisation, one a section
            snapshot_of(whose)


def test_a_change_by_somebody_else_is_seen_at_the_next_question(cast: Cast) -> None:
    viewer = cast.exporter_line
    snapshot_of(viewer)
    store(viewer, control(note="new"), deed="record-control")
    assert next(one.note for one in snapshot_of(viewer).facts.in_place if one.key == "c-cctv-rtm") == "new"


def test_a_load_that_a_write_overtakes_is_done_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, loads = cast.exporter_line, []

    def load_and_be_overtaken(whose: Viewer) -> Any:
        facts = facts_of(whose)
        loads.append(facts)
        if len(loads) < 3:
            store(viewer, control(note=f"during load {len(loads)}"), deed="record-control")
        return facts

    forget_everything()
    monkeypatch.setattr(currency, "facts_of", load_and_be_overtaken)
    facts = snapshot_of(viewer).facts
    monkeypatch.undo()
    assert facts == facts_of(viewer)


def test_an_organisation_written_to_all_the_time_is_loaded_under_its_lock(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer, loads = cast.exporter_line, []

    def load(whose: Viewer) -> Any:
        loads.append(facts_of(whose))
        if len(loads) <= currency.TRIES_WITHOUT_LOCK:
            bump(viewer)
        return loads[-1]

    forget_everything()
    monkeypatch.setattr(currency, "facts_of", load)
    snapshot_of(viewer)
    assert len(loads) == currency.TRIES_WITHOUT_LOCK + 1


def bump(viewer: Viewer) -> None:
    """Move the head as a write of somebody else does."""
    from safeconduct.server.journal.models import JournalHead

    JournalHead.objects.of(viewer).update(hash=uuid.uuid4().hex)


def count_units(snapshot: Any, _catalogue: Any, _day: Any) -> list[int]:
    return [len(snapshot.facts.units)]


def test_a_judgement_is_computed_once_per_head_catalogue_and_day(cast: Cast) -> None:
    viewer = cast.exporter_line
    first = judged(viewer, TODAY, count_units)
    assert judged(viewer, TODAY, count_units) is first
    assert judged(viewer, TODAY.replace(day=1), count_units) is not first
    assert judged(cast.outside_line, TODAY, count_units) is not first
    use(replace(CATALOGUE, digest="another"))
    assert judged(viewer, TODAY, count_units) is not first
    use(CATALOGUE)
    assert judged(viewer, TODAY, count_units) is first
    store(viewer, control(note="new"), deed="record-control")
    assert judged(viewer, TODAY, count_units) is not first


class Told:
    """Something a rule says that can be watched."""


def tell(_snapshot: Any, _catalogue: Any, _day: Any) -> Told:
    return Told()


def test_what_is_made_of_a_judgement_is_made_once_and_kept_with_it(cast: Cast) -> None:
    viewer, other_day = cast.exporter_line, TODAY.replace(day=1)
    first = judged_further(viewer, TODAY, tell, "pair", lambda told: (told, Told()))
    assert judged_further(viewer, TODAY, tell, "pair", lambda told: (told, Told())) is first
    assert first[0] is judged(viewer, TODAY, tell)
    assert judged_further(viewer, TODAY, tell, "another", lambda told: (told, Told())) is not first
    assert judged_further(viewer, other_day, tell, "pair", lambda told: (told, Told())) is not first
    store(viewer, control(note="new"), deed="record-control")
    assert judged_further(viewer, TODAY, tell, "pair", lambda told: (told, Told())) is not first


def test_what_was_judged_of_older_facts_is_let_go(cast: Cast) -> None:
    viewer = cast.exporter_line
    watched = [
        weakref.ref(judged(viewer, TODAY, tell)),
        weakref.ref(judged_further(viewer, TODAY, tell, "own", lambda _: Told())),
    ]
    gc.collect()
    assert all(watch() is not None for watch in watched)
    store(viewer, control(note="new"), deed="record-control")
    judged(viewer, TODAY, tell)
    gc.collect()
    assert [watch() for watch in watched] == [None, None]


def test_facts_of_one_organisation_are_never_given_to_another(cast: Cast) -> None:
    for whose in (cast.exporter_line, cast.outside_line, cast.exporter_line):
        assert snapshot_of(whose).facts.organisation.key == whose.organisation_key


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    kept: Kept[str, int] = Kept(2)
    for key, value in (("a", 1), ("b", 2)):
        kept.put(key, value)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
    assert kept.get_or_make("c", lambda: 4) == 3


@pytest.fixture
def shared_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes that share a fresh database of the engine under test."""
    environment = os.environ | {"SAFECONDUCT_DATA": str(tmp_path)}
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    name, server = f"test_at_once_{uuid.uuid4().hex[:8]}", dict(django_settings.DATABASES["default"])
    arguments = {
        "host": server["HOST"] or None,
        "port": server["PORT"] or None,
        "user": server["USER"] or None,
        "password": server["PASSWORD"] or None,
        "dbname": "postgres",
    }
    given: dict[str, Any] = {word: value for word, value in arguments.items() if value}
    with psycopg.connect(**given, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    yield environment | {"DATABASE_URL": f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")}
    with psycopg.connect(**given, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.database
def test_several_processes_never_read_stale_or_torn_facts(shared_database: dict[str, str]) -> None:
    def start(*what: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", SCRIPT, *what],
            cwd=HOUSE,
            env=shared_database,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finish(process: subprocess.Popen[str]) -> str:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, output
        return output

    last = PREPARED + 2 * WRITERS * TIMES
    finish(start("prepare"))
    readers = [start("read", str(last)) for _ in range(READERS)]
    for process in readers:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
    writers = [start("write", f"w{number}", str(TIMES)) for number in range(WRITERS)]
    for process in writers:
        finish(process)
    assert all(int(finish(process).split()[-1]) > 1 for process in readers)
    finish(start("check", str(last)))
