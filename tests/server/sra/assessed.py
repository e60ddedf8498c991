"""The exporter of the cast with the world of the risk tests: a guarded yard, a bare shed, a lane, four risks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safeconduct.catalogue.loading import load
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.reading import read
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from tests.server.cast import Cast

WORLD = Path(__file__).parents[2] / "core" / "risk" / "world.yml"


def assess(cast: Cast, *more: Any) -> None:
    """Use the catalogue that is shipped, and record the world, and more."""
    use(load())
    text = WORLD.read_text("utf-8").replace("{key: made,", "{key: norholt,").replace("in: made,", "in: norholt,")
    facts = read(text, load(), name="world.yml")
    found = [one for section in FACT_KINDS for one in facts.section(section)]
    store_all(cast.exporter_line, [*found, *more], deed="record")
