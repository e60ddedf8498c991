"""All figures: evaluator, programmes side by side, risk, databases, pages, what-if. `--quick`: smaller sizes."""

from __future__ import annotations

import sys

from benchmarks import comparing, judging, risk
from benchmarks.databases import on_each_database


def main(options: tuple[str, ...]) -> None:
    """Print them one after the other; what needs a database runs on each engine there is here."""
    judging.main()
    print(flush=True)
    comparing.main()
    print(flush=True)
    risk.main(quick="--quick" in options)
    print(flush=True)
    on_each_database("benchmarks.loading", *options)
    on_each_database("benchmarks.pages", *options)
    on_each_database("benchmarks.trying")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
