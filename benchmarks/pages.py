"""How long pages take, through the whole WSGI stack: right after a write in another process, and then again.

Two sizes: the demo organisation, where every page is to be there within half a second after a write, and 200 sites with
20,000 controls in place and 40,000 pieces of evidence.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.organisation import TODAY, organisation
from benchmarks.timing import percentile, print_baseline, taken
from benchmarks.visiting import Visit, Visitor, visitor
from safeconduct.cli.server import make_ready
from safeconduct.facts.shifting import shift

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

SITES, CONTROLS, EVIDENCE = 200, 20_000, 40_000
AT_MOST = 0.5  # seconds after a write, at the size of the demo
_WARM_FOR_EACH_COLD = 4


@dataclass(frozen=True)
class Runs:
    """How often each page is read right after a write."""

    demo: int
    large: int


def main(runs: Runs, *, large: bool = True) -> None:
    """Print the figures of each page at both sizes."""
    make_ready()
    unit = print_baseline()
    _demo(runs.demo, unit)
    if large:
        _large(runs.large, unit)


def _demo(runs: int, unit: float) -> None:
    from safeconduct.cli.at_server.demo import make_demo, shipped_example
    from safeconduct.server.accounts.queries import command_line_viewer, organisation_of
    from safeconduct.server.accounts.rights import Role

    made = make_demo(shipped_example(), reset=False)
    email = next(one.email for one in made.sign_ins if one.role is Role.SECURITY_MANAGER)
    there = organisation_of(email.partition("@")[2].removesuffix(".example"))
    assert there is not None
    print(f"{made.title}")
    slow = _measure(command_line_viewer(there), visitor(email), runs, unit)
    said = f"over {AT_MOST * 1000:.0f} ms after a write: {', '.join(slow)}" if slow else "within 500 ms after a write"
    print(f"  {said}")


def _large(runs: int, unit: float) -> None:
    from safeconduct.server.accounts.queries import command_line_viewer
    from safeconduct.server.accounts.rights import Role
    from safeconduct.server.common.catalogue_in_use import catalogue_in_use
    from safeconduct.server.common.clock import today
    from safeconduct.server.journal.actions import found_organisation
    from safeconduct.server.journal.importing import import_facts
    from safeconduct.server.organisation.actions import add_member

    facts = organisation(catalogue_in_use(), sites=SITES, controls=CONTROLS, evidence=EVIDENCE)
    viewer = command_line_viewer(found_organisation("group", title="A made-up group"))
    import_facts(viewer, shift(facts, (today() - TODAY).days))
    email = "manager@group.example"
    add_member(viewer, email, role=Role.SECURITY_MANAGER, units=(), name="Manager", password=secrets.token_urlsafe())
    print(f"{SITES} sites, {CONTROLS:,} controls in place, {EVIDENCE:,} pieces of evidence")
    _measure(viewer, visitor(email), runs, unit)


def _measure(viewer: Viewer, reader: Visitor, runs: int, unit: float) -> list[str]:
    """Print a line a page; the pages whose usual time after a write is too long."""
    from safeconduct.server.journal.currency import forget_everything

    head = f"  {'':12} {'SQL':>4} {'after a write':>22} {'baselines':>10}   {'SQL':>4} {'again':>22} {'baselines':>10}"
    print(f"{head}\n  {'':12} {'':4} {'p50':>8} {'p95':>10} {'':11}   {'':7} {'p50':>8} {'p95':>10}")
    slow = []
    for name, path in _addresses(viewer).items():
        cold, warm = [], []
        for _ in range(runs):
            _write(viewer)
            forget_everything()
            cold.append(reader.read(path))
            warm += [reader.read(path) for _ in range(_WARM_FOR_EACH_COLD)]
        print(f"  {name:12} {_figures(cold, unit)}   {_figures(warm, unit)}", flush=True)
        if percentile([one.took.seconds for one in cold], 0.5) > AT_MOST:
            slow.append(name)
    written = [taken(lambda: _write(viewer)).seconds for _ in range(runs)]
    print(f"  a write takes {percentile(written, 0.5) * 1000:,.0f} ms (p50)")
    return slow


def _figures(visits: Sequence[Visit], unit: float) -> str:
    seconds = [one.took.seconds for one in visits]
    computed = percentile([one.took.computed for one in visits], 0.5)
    statements = max(one.statements for one in visits)
    p50, p95 = (f"{percentile(seconds, share) * 1000:,.0f} ms" for share in (0.5, 0.95))
    return f"{statements:4} {p50:>10} {p95:>11} {computed / unit:10.1f}"


def _addresses(viewer: Viewer) -> dict[str, str]:
    """One page of each sort: of the largest programme, its worst row, and the control most rows ask for."""
    from safeconduct.server.common.clock import today
    from safeconduct.server.posture.links import programme_url, row_url
    from safeconduct.server.posture.queries import overview_of

    overview = overview_of(viewer, today())
    largest = max(overview.programmes, key=lambda one: len(one.rows))
    worst = min((row for row in largest.rows if row.counts), key=lambda row: row.standing.rank)
    control = max(overview.catalogue.controls, key=lambda key: len(overview.control_asked(key)))
    return {
        "home": "/",
        "programme": programme_url(largest.enrolment.key),
        "requirement": row_url(worst),
        "control": f"/controls/{control}/",
        "site": f"/sites/{next(iter(largest.enrolment.sites))}/",
        "sites": "/sites/",
        "next": "/next/",
        "due": "/due/",
        "in place": "/controls/in-place/",
        "evidence": "/evidence/",
    }


def _write(viewer: Viewer) -> None:
    """Change one fact: a paper gets another last day."""
    from safeconduct.server.journal.actions import store
    from safeconduct.server.journal.currency import snapshot_of

    paper = snapshot_of(viewer).facts.evidence[0]
    store(viewer, replace(paper, to=paper.to + timedelta(days=1)), deed="attach-evidence")


if __name__ == "__main__":
    QUICK = "--quick" in sys.argv
    main(Runs(demo=3 if QUICK else 9, large=5), large=not QUICK)
