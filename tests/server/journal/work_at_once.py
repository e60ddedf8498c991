"""What each of several processes does in `test_currency`: write pairs of facts, or read and look for anything wrong.

A pair is written in one transaction: the note of a control and the title of its evidence hold the same number. Whoever
reads them apart has read a torn state; whoever reads facts older than the head seen before has read a stale one.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import django
from django.core.management import call_command

from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.snapshot import Snapshot

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.server.settings")
django.setup()

from safeconduct.server.accounts.queries import command_line_viewer, organisation_of  # noqa: E402 Django comes first
from safeconduct.server.accounts.viewer import Viewer  # noqa: E402
from safeconduct.server.common.catalogue_in_use import use  # noqa: E402
from safeconduct.server.journal.actions import found_organisation, store_all  # noqa: E402
from safeconduct.server.journal.currency import current, judged  # noqa: E402
from safeconduct.server.journal.queries import head_of  # noqa: E402
from safeconduct.server.journal.sections import find  # noqa: E402
from safeconduct.server.journal.verification import verify  # noqa: E402
from tests.facts.cast import CATALOGUE  # noqa: E402
from tests.server.cast import TODAY, control, evidence, facts  # noqa: E402

use(CATALOGUE)


def viewer_here() -> Viewer:
    organisation = organisation_of("norholt")
    assert organisation is not None
    return command_line_viewer(organisation)


def pair(number: str) -> list[object]:
    return [control(note=number), replace(evidence(), title=number)]


def prepare() -> None:
    call_command("migrate", verbosity=0)
    viewer = command_line_viewer(found_organisation("norholt"))
    store_all(viewer, facts("norholt"), deed="record")
    store_all(viewer, pair("start"), deed="record")


def write(name: str, times: int) -> None:
    viewer = viewer_here()
    for number in range(times):
        store_all(viewer, pair(f"{name}-{number}"), deed="record")


def title_of(snapshot: Snapshot, _catalogue: Catalogue, _day: date) -> str:
    """A rule for `judged`: the title of the evidence."""
    title: str = only(snapshot, "evidence", "e-1").title
    return title


def only(snapshot: Snapshot, section: str, key: str) -> Any:
    """The fact of a key, which is there."""
    return find(snapshot.facts, section, key)


def read(last_seq: int) -> None:
    """Read until the last entry is there; exit with what was wrong."""
    viewer, reads = viewer_here(), 0
    while True:
        before = head_of(viewer)
        now = current(viewer)
        judged_title, after = judged(viewer, TODAY, title_of), head_of(viewer)
        note = only(now.snapshot, "in_place", "c-cctv-rtm").note
        title = only(now.snapshot, "evidence", "e-1").title
        if now.head.seq < before.seq:
            sys.exit(f"stale: entry {before.seq} was there, and the facts are those of {now.head.seq}")
        if note != title:
            sys.exit(f"torn: the control says {note}, its evidence {title}")
        if after == now.head and judged_title != title:
            sys.exit(f"a stale judgement: {judged_title} instead of {title}")
        reads += 1
        if reads == 1:
            print("reading", flush=True)  # noqa: T201 the parent waits for it before anybody writes
        if now.head.seq >= last_seq:
            print(reads)  # noqa: T201 the parent reads it
            return


def check(entries: int) -> None:
    viewer = viewer_here()
    found = verify(viewer)
    if found.problems or found.head.seq != entries:
        sys.exit(f"{found.head.seq} entries instead of {entries}; {found.problems}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["write", name, times]:
            write(name, int(times))
        case ["read", last_seq]:
            read(int(last_seq))
        case ["check", entries]:
            check(int(entries))
