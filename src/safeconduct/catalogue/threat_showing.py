"""What `catalogue show` tells about a scenario, a figure, an identity, a taxonomy, a scale or a matrix."""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.catalogue.expression import write_expression
from safeconduct.catalogue.need_writer import Plain, filled, write_need
from safeconduct.catalogue.scenarios import JUDGEMENT
from safeconduct.catalogue.showing_tables import told_source
from safeconduct.catalogue.usage import programmes_asking
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.threats import (
    Countermeasure,
    Entry,
    Figure,
    Identity,
    Lowering,
    Matrix,
    Scale,
    ScaleMeasure,
    Scenario,
    Taxonomy,
    TaxonomyTerm,
    Threats,
)


def told_threat(catalogue: Catalogue, what: str, entry: Entry) -> dict[str, Plain]:
    """Everything about an entry; `what` is what it is called."""
    match entry:
        case Scenario():
            told = _scenario(catalogue, entry)
        case Figure():
            told = _figure(catalogue, entry)
        case Identity():
            told = _identity(entry)
        case Taxonomy():
            told = _taxonomy(entry)
        case Scale():
            told = _scale(catalogue, entry)
        case Matrix():
            told = _matrix(catalogue, entry)
    return filled({"what": what, "key": entry.key, **told})


def counts_of(threats: Threats) -> str:
    """How many entries of each kind there are, in a sentence."""
    figures = f"{len(threats.figures)} figures held to {len(threats.identities)} sums"
    scales = f"{len(threats.scales)} scales, {len(threats.matrices)} matrices"
    return f"{len(threats.scenarios)} threat scenarios, {figures}, {len(threats.taxonomies)} lists of codes, {scales}."


def title_of(entry: Entry) -> str:
    """What an entry is called; an identity by what it says."""
    return entry.says if isinstance(entry, Identity) else entry.title


def _scenario(catalogue: Catalogue, one: Scenario) -> dict[str, Plain]:
    askers = programmes_asking(catalogue)
    return {
        "number": one.number,
        "title": one.title,
        "tells": one.tells,
        "actors": [*one.actors],
        "modes": [*one.modes],
        "places": [*one.places],
        "assets": [*one.assets],
        "vulnerability": one.vulnerability,
        "consequences": {**one.consequences},
        "controls": [_countermeasure(answer, askers) for answer in one.countermeasures],
        "likelihood": basis_form(one.likelihood),
        "severity": [*one.severity],
        "threats": [*one.threats],
        "leads to": [*one.leads_to],
        "note": one.note,
        "source": told_source(one.source),
    }


def _countermeasure(one: Countermeasure, askers: Mapping[str, tuple[str, ...]]) -> Plain:
    return filled(
        {
            "control": one.need.control,
            "way": one.way.value,
            "asked": write_need(one.need),
            "lowers likelihood by": lowering_words(one.likelihood),
            "lowers consequence by": lowering_words(one.consequence),
            "basis": basis_form(one.basis),
            "asked by": [*askers.get(one.need.control, ())],
        }
    )


def lowering_words(lowering: Lowering | None) -> str:
    """A range of shares as people read it; nothing for none.

    >>> from decimal import Decimal
    >>> lowering_words(Lowering(Decimal("0.3"), Decimal("0.7")))
    '30 % to 70 %'
    >>> lowering_words(Lowering(Decimal(0), Decimal("0.2")))
    'up to 20 %'
    """
    if lowering is None:
        return ""
    highest = f"{lowering.highest * 100:.0f} %"
    return f"{lowering.lowest * 100:.0f} % to {highest}" if lowering.lowest else f"up to {highest}"


def basis_form(basis: tuple[str, ...]) -> Plain:
    """The figures something rests on, or that it is a judgement."""
    return [*basis] if basis else JUDGEMENT


def _figure(catalogue: Catalogue, one: Figure) -> dict[str, Plain]:
    threats = catalogue.threats
    exposure: Plain = {"count": f"{one.exposure.count:f}", "of": one.exposure.of} if one.exposure else "unknown"
    return {
        "number": one.number,
        "group": one.group,
        "title": one.title,
        "value": f"{one.value:f}",
        "unit": one.unit,
        "measured": one.measured.value,
        "precision": one.precision.value,
        "counts": one.counts,
        "population": one.population,
        "region": one.region,
        "since": one.since.isoformat() if one.since else "",
        "until": one.until.isoformat() if one.until else "",
        "exposure": exposure,
        "note": one.note,
        "used by": [scenario.key for scenario in threats.naming(one.key)],
        "kept to by": [
            identity.key for identity in threats.identities.values() if one.key in identity.figures.values()
        ],
        "source": told_source(one.source),
    }


def _identity(one: Identity) -> dict[str, Plain]:
    return {
        "says": one.says,
        "figures": {**one.figures},
        "value": write_expression(one.value),
        "equals": f"{one.equals:f}",
        "within": f"{one.within:f}",
    }


def _taxonomy(one: Taxonomy) -> dict[str, Plain]:
    return {
        "title": one.title,
        "owner": one.owner,
        "corresponds to": one.maps_to,
        "codes": {term.key: _term(term) for term in one.terms},
        "note": one.note,
        "source": told_source(one.source),
    }


def _term(term: TaxonomyTerm) -> Plain:
    return filled({"title": term.title, "ours": [*term.ours], "sure": term.sure.value})


def _scale(catalogue: Catalogue, one: Scale) -> dict[str, Plain]:
    matrices = catalogue.threats.matrices.values()
    return {
        "title": one.title,
        "rates": one.rates.value,
        "bounds": one.bounds.value,
        "measures": {key: _measure(measure) for key, measure in one.measures.items()},
        "classes": [
            filled(
                {
                    "class": step.key,
                    "title": step.title,
                    "says": step.says,
                    "starts": {measure: f"{level}" for measure, level in step.starts.items()},
                }
            )
            for step in one.classes
        ],
        "matrices": [matrix.key for matrix in matrices if one.key in (matrix.down, matrix.across, matrix.result)],
        "note": one.note,
        "source": told_source(one.source),
    }


def _measure(one: ScaleMeasure) -> Plain:
    return filled({"title": one.title, "unit": one.unit, "ladder": [*one.ladder]})


def _matrix(catalogue: Catalogue, one: Matrix) -> dict[str, Plain]:
    down, across = (catalogue.threats.scales[key] for key in (one.down, one.across))
    cells: dict[str, Plain] = {
        row.key: {column.key: one.at(row.key, column.key) for column in across.classes} for row in down.classes
    }
    return {
        "title": one.title,
        "down": one.down,
        "across": one.across,
        "result": one.result,
        "grid": one.grid.value,
        "cells": cells,
        "note": one.note,
        "source": told_source(one.source),
    }
