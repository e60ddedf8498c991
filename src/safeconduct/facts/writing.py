"""Writing facts: the canonical file, the same bytes for the same facts.

Sections stand in the order of FACT_KINDS, records in the order of their keys, fields in the order of their record;
what is at its default is left out. Writing what was read from a canonical file gives that file again.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.facts import layout
from safeconduct.facts.codec import to_plain

FORMAT = 1
"""Version of the facts form: what `safeconduct:` in a file and a journal entry's payload say."""

NESTED = {kind.section: kind.nested for kind in FACT_KINDS.values() if kind.nested}


def write(facts: Facts) -> str:
    """The canonical facts file."""
    head = {"safeconduct": FORMAT, "organisation": to_plain(facts.organisation)}
    return layout.document(head, sections(facts))


def document(facts: Facts) -> dict[str, Any]:
    """The canonical file as plain data."""
    return {"safeconduct": FORMAT, "organisation": to_plain(facts.organisation), **sections(facts)}


def sections(facts: Facts) -> dict[str, Any]:
    """Each section that holds something, as it stands in the file."""
    written: dict[str, Any] = {}
    for name in FACT_KINDS:
        records = sorted(facts.section(name), key=attrgetter("key"))
        if not records or name in NESTED:
            continue
        if name == "units":
            written[name] = {record.key: _without(to_plain(record), "key") for record in records}
        else:
            written[name] = [to_plain(record) for record in records]
    _nest(facts, {record["key"]: record for record in written.get("in_place", ())})
    return written


def _nest(facts: Facts, controls: dict[str, dict[str, Any]]) -> None:
    """Put evidence, samples and occurrences into their controls in place."""
    for name, field in NESTED.items():
        for record in sorted(facts.section(name), key=attrgetter("key")):
            controls[record.of].setdefault(field, []).append(_without(to_plain(record), "of"))


def _without(plain: dict[str, Any], name: str) -> dict[str, Any]:
    return {field: value for field, value in plain.items() if field != name}
