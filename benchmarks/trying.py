"""What-if in the demo organisation: one tick, with risks, year and programmes judged anew and the page drawn."""

from __future__ import annotations

from benchmarks.timing import percentile, print_baseline
from benchmarks.visiting import visitor
from safeconduct.cli.server import make_ready

AT_MOST = 0.3  # seconds for a tick, once the page was seen
TICKS = 30


def main() -> None:
    """Print how long a tick takes, and whether that is at once."""
    make_ready()
    unit = print_baseline()
    from safeconduct.cli.at_server.demo import make_demo, shipped_example
    from safeconduct.server.accounts.rights import Role

    made = make_demo(shipped_example(), reset=False)
    reader = visitor(next(one.email for one in made.sign_ins if one.role is Role.SECURITY_MANAGER))
    first = reader.read("/risk/what-if/")
    ticks = [reader.read(path) for path in _ticks()]
    seconds = [one.took.seconds for one in ticks]
    p50, p95 = (percentile(seconds, share) for share in (0.5, 0.95))
    computed = percentile([one.took.computed for one in ticks], 0.5)
    print(f"{made.title}: what-if, {len(ticks)} ticks one after the other")
    print(f"  the page for the first time {first.took.seconds * 1000:,.0f} ms")
    print(f"  a tick p50 {p50 * 1000:,.0f} ms, p95 {p95 * 1000:,.0f} ms, {computed / unit:.1f} baselines")
    print(f"  {'within' if p50 <= AT_MOST else 'over'} {AT_MOST * 1000:.0f} ms")


def _ticks() -> list[str]:
    """Addresses in which one box after the other is ticked, everywhere."""
    from safeconduct.server.accounts.queries import command_line_viewer, organisation_of
    from safeconduct.server.common.clock import today
    from safeconduct.server.posture.queries import overview_of

    there = organisation_of("norholt")
    assert there is not None
    overview = overview_of(command_line_viewer(there), today())
    judged = overview.risks()
    assert judged is not None
    controls = sorted({one.measure.need.control for risk in judged.risks for one in risk.measures})[:TICKS]
    ticked = [f"{'with' if place % 2 else 'without'}={key}@norholt" for place, key in enumerate(controls)]
    return [f"/risk/what-if/?{'&'.join(ticked[: place + 1])}" for place in range(len(ticked))]


if __name__ == "__main__":
    main()
