"""The chapters about threats in the generated document: scenarios, figures by group, scales and matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from safeconduct.catalogue.markdown import table
from safeconduct.catalogue.scenarios import JUDGEMENT
from safeconduct.core.records.threats import Threats


def threat_chapters(threats: Threats) -> Iterator[str]:
    """Line by line; nothing for a catalogue that holds no scenario."""
    if not threats.scenarios:
        return
    yield "## Threat scenarios"
    yield ""
    yield from table(
        ["no.", "scenario", "answered by", "likelihood from"],
        (
            [
                one.number,
                f"{one.title} (`{one.key}`)",
                ", ".join(one.controls),
                ", ".join(one.likelihood) or JUDGEMENT,
            ]
            for one in threats.scenarios.values()
        ),
    )
    yield from _figures(threats)
    yield from _scales(threats)


def _figures(threats: Threats) -> Iterator[str]:
    groups = {one.number: one.group for one in threats.figures.values()}
    counted = Counter(one.number for one in threats.figures.values())
    exposed = Counter(one.number for one in threats.figures.values() if one.exposure)
    yield "### Published figures"
    yield ""
    yield f"{len(threats.figures)} numbers, held to {len(threats.identities)} sums that they must keep."
    yield ""
    yield from table(
        ["group", "about", "figures", "with exposure"],
        ([number, title, str(counted[number]), str(exposed[number])] for number, title in groups.items()),
    )


def _scales(threats: Threats) -> Iterator[str]:
    yield "### Scales and matrices"
    yield ""
    yield from table(
        ["key", "title", "rates", "classes", "bounds", "sure"],
        (
            [
                one.key,
                one.title,
                one.rates.value,
                ", ".join(step.key for step in one.classes),
                one.bounds.value,
                one.source.sure.value,
            ]
            for one in threats.scales.values()
        ),
    )
    yield from table(
        ["key", "title", "down", "across", "gives", "grid", "sure"],
        (
            [one.key, one.title, one.down, one.across, one.result, one.grid.value, one.source.sure.value]
            for one in threats.matrices.values()
        ),
    )
