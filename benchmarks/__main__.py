"""All figures: the reference evaluator, database to posture, and the pages. `--quick` takes smaller sizes."""

from __future__ import annotations

import sys

from benchmarks import judging
from benchmarks.databases import on_each_database


def main(options: tuple[str, ...]) -> None:
    """Print them one after the other; what needs a database runs on each engine there is here."""
    judging.main()
    print(flush=True)
    on_each_database("benchmarks.loading", *options)
    on_each_database("benchmarks.pages", *options)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
