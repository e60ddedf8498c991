"""The examples of docs/subjects/facts.md are one facts file, and it is read with the shipped catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from safeconduct.catalogue.loading import load
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.fields import file_name, record_fields
from safeconduct.facts.reading import read
from safeconduct.facts.writing import write
from tests.facts.cast import TAPA

PAGE = Path(__file__).parents[2] / "docs/subjects/facts.md"


def examples() -> str:
    return "\n".join(re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))


def documented() -> Facts:
    shipped = load()
    # No shipped programme grants waivers yet; the example of one names a programme that does.
    catalogue = replace(shipped, programmes={**shipped.programmes, TAPA.id: TAPA})
    facts = read(examples(), catalogue, name="facts.md")
    assert write(read(write(facts), catalogue)) == write(facts)
    return facts


def test_every_kind_of_fact_has_an_example_that_is_read() -> None:
    facts = documented()
    assert [section for section in FACT_KINDS if not facts.section(section)] == []


def test_every_field_that_differs_from_kind_to_kind_is_shown_in_an_example() -> None:
    common = {"note", "text", "address", "founded", "since", "until", "from", "to", "domestic"}
    said = examples()
    silent = [
        f"{section}.{name}"
        for section, kind in FACT_KINDS.items()
        for name in (file_name(field.name) for field in record_fields(kind.record))
        if name not in common and not re.search(rf"\b{name}:", said)
    ]
    assert silent == []
