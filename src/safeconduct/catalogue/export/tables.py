"""The sheets of what stands beside the programmes: recognition, equivalences, checklists, threat scenarios."""

from __future__ import annotations

from safeconduct.catalogue.export.sheet import LONG, NARROW, USUAL, WIDE, Cell, Sheet, words
from safeconduct.catalogue.titles import Titles
from safeconduct.core.provenance import Source
from safeconduct.core.records.catalogue import Catalogue, Recognition
from safeconduct.core.records.threats import Scenario

_SOURCE = (("How sure", NARROW), ("Document", WIDE), ("Place in it", USUAL), ("Checked", NARROW), ("Link", WIDE))


def _source(source: Source) -> tuple[Cell, ...]:
    return (source.sure.value, source.document, source.locator, source.checked, source.link)


def recognition(catalogue: Catalogue) -> Sheet:
    """Which issuer recognises whose status."""
    columns = (
        *(("Recognised by", USUAL), ("Status recognised", USUAL), ("In words", WIDE), ("Effect", NARROW)),
        *(("Signed", NARROW), ("Since", NARROW), ("Until", NARROW), ("Conditions", LONG)),
        *(("On the declaration", LONG), *_SOURCE),
    )
    titles = Titles(catalogue)
    rows = (_arrangement(titles, one) for one in catalogue.recognition)
    return Sheet("Recognition", columns, tuple(rows), kept=2)


def _arrangement(titles: Titles, one: Recognition) -> tuple[Cell, ...]:
    declared = f"{words(one.declare.identifiers)}: {one.declare.how}" if one.declare else ""
    return (
        *(one.by, one.scheme, titles.scheme(one.scheme), one.effect, one.signed, one.since, one.until),
        *(one.conditions, declared, *_source(one.source)),
    )


def equivalences(catalogue: Catalogue) -> Sheet:
    """What a certificate says about requirements of other programmes."""
    columns = (
        *(("Certificate", USUAL), ("In words", WIDE), ("Effect", NARROW), ("Requirements", WIDE), ("Covers", LONG)),
        *(("Since", NARROW), ("Until", NARROW), ("Conditions", LONG), *_SOURCE),
    )
    titles = Titles(catalogue)
    rows = (
        (
            *(one.scheme, titles.scheme(one.scheme), one.effect.value, words(one.requirements), one.reach.covers),
            *(one.since, one.until, one.conditions, *_source(one.source)),
        )
        for one in catalogue.equivalences
    )
    return Sheet("Equivalences", columns, tuple(rows))


def checklists(catalogue: Catalogue) -> Sheet:
    """Every point of every checklist."""
    columns = (
        *(("Checklist", USUAL), ("Title", WIDE), ("Version", NARROW), ("Control", USUAL), ("Point", USUAL)),
        *(("In words", LONG), ("Asked by", WIDE), ("Note", LONG), *_SOURCE),
    )
    rows = (
        (
            *(one.key, one.title, one.version, one.control, item.point, item.title, words(one.asked_by), item.note),
            *_source(item.source),
        )
        for one in catalogue.checklists.values()
        for item in one.items
    )
    return Sheet("Checklists", columns, tuple(rows))


def scenarios(catalogue: Catalogue) -> Sheet:
    """What can happen, and what stands against it."""
    columns = (
        *(("Number", NARROW), ("Scenario", WIDE), ("What happens", LONG), ("By whom", USUAL), ("Where", WIDE)),
        *(("Vulnerability", LONG), ("Controls against it", LONG), ("Note", LONG), *_SOURCE),
    )
    rows = (_scenario(catalogue, one) for one in catalogue.threats.scenarios.values())
    return Sheet("Threat scenarios", columns, tuple(rows), kept=2)


def _scenario(catalogue: Catalogue, one: Scenario) -> tuple[Cell, ...]:
    titles = Titles(catalogue)
    against = [f"{measure.way.value}: {titles.control(measure.need.control)}" for measure in one.countermeasures]
    return (
        *(one.number, one.title, one.tells, words(one.actors), words(one.places), one.vulnerability),
        *("\n".join(against), one.note, *_source(one.source)),
    )
