"""From rows to posture: 20,000 controls in place with 40,000 pieces of evidence, each step apart."""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.organisation import TODAY, organisation
from benchmarks.timing import Taken, median, print_baseline, taken
from safeconduct.cli.server import make_ready
from safeconduct.core.assess import assess
from safeconduct.core.snapshot import Snapshot

SIZES = ((200, 20_000, 40_000),)
QUICK = ((20, 2_000, 4_000),)


def main(sizes: tuple[tuple[int, int, int], ...] = SIZES) -> None:
    """Print how long it takes to bring facts in, to read them back and to judge them."""
    make_ready()
    unit = print_baseline()
    for sites, controls, evidence in sizes:
        _size(sites, controls, evidence, unit)


def _size(sites: int, controls: int, evidence: int, unit: float) -> None:
    # The server's models can only be imported once Django is ready.
    from safeconduct.server.accounts.queries import command_line_viewer
    from safeconduct.server.common.catalogue_in_use import catalogue_in_use
    from safeconduct.server.journal.actions import found_organisation
    from safeconduct.server.journal.importing import import_facts
    from safeconduct.server.journal.queries import facts_of
    from safeconduct.server.journal.rows import records_of, row_of

    catalogue = catalogue_in_use()
    facts = organisation(catalogue, sites=sites, controls=controls, evidence=evidence)
    viewer = command_line_viewer(found_organisation("group", title="A made-up group"))
    print(f"{sites} sites, {len(facts.in_place):,} controls in place, {len(facts.evidence):,} pieces of evidence")
    _say("import of the facts, with their journal", taken(lambda: import_facts(viewer, facts)), unit)
    sections = ("in_place", "evidence", "samples", "done")
    for section in ("in_place", "evidence"):
        rows = row_of(section).objects.of(viewer)
        names = [column.attname for column in row_of(section)._meta.concrete_fields]
        read_values = partial(lambda rows, names: list(rows.values_list(*names)), rows, names)
        _say(f"rows of {section}, as values", median(read_values), unit)
        _say(f"rows of {section}, as records", median(partial(records_of, section, viewer)), unit)
    _say("all facts, as records", median(lambda: facts_of(viewer)), unit)
    loaded = facts_of(viewer)
    assert all(len(loaded.section(name)) == len(facts.section(name)) for name in sections), "a fact was lost"
    snapshot = Snapshot(loaded)
    _say("judged, indexes built on the way", median(lambda: assess(Snapshot(loaded), catalogue, TODAY)), unit)
    _say("judged again on another day", median(lambda: assess(snapshot, catalogue, TODAY)), unit)
    _say("database to posture", median(lambda: assess(Snapshot(facts_of(viewer)), catalogue, TODAY)), unit)


def _say(what: str, took: Taken, unit: float) -> None:
    print(f"  {what:42} {took.seconds:7.2f} s  computing {took.computed:6.2f} s  {took.computed / unit:6.0f} baselines")


if __name__ == "__main__":
    main(QUICK if "--quick" in sys.argv else SIZES)
