"""The JSON Schemas of the files about threats: scenarios, figures, identities, taxonomies, scales, matrices."""

from __future__ import annotations

from safeconduct.catalogue import figures, scales, scenarios, taxonomies
from safeconduct.catalogue.need_schema import NEED_DEFS
from safeconduct.catalogue.schema_parts import TEXT, Schema, listed, mapping, plain, ref, source, word, words
from safeconduct.catalogue.sources import SURE
from safeconduct.core.records.threats import Measured, Origin, Precision, Rates

_NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]}
_SHARE: Schema = {
    "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"^(0(\.\d+)?|1(\.0+)?)$"}]
}
_SCENARIOS = "scenarios.schema.json"
THREAT_DEFS = {_SCENARIOS: NEED_DEFS}
"""What a schema refers to, by the name of its file."""


def threat_schemas() -> dict[str, tuple[str, Schema]]:
    """Title and schema by the name of the file."""
    return {
        _SCENARIOS: ("Threat scenarios", mapping(_scenario())),
        "figures.schema.json": ("Published figures about threats", mapping(_group())),
        "identities.schema.json": ("Arithmetic that figures keep", mapping(_identity())),
        "taxonomies.schema.json": ("Lists of codes for threats", mapping(_taxonomy())),
        "scales.schema.json": ("Scales", mapping(_scale())),
        "matrices.schema.json": ("Matrices", mapping(_matrix())),
    }


def _basis() -> Schema:
    return {"anyOf": [word([scenarios.JUDGEMENT]), {**words(), "minItems": 1}]}


def _scenario() -> Schema:
    control: Schema = {"anyOf": [{"type": "string"}, ref("need")]}
    lowering = {**listed(_SHARE), "minItems": 2, "maxItems": 2}
    answer = plain(
        scenarios.COUNTERMEASURE_REQUIRED,
        scenarios.COUNTERMEASURE_OPTIONAL,
        basis=_basis(),
        **dict.fromkeys(scenarios.WAYS, control),
        **dict.fromkeys(scenarios.SIDES, lowering),
    )
    lists = ("actors", "modes", "places", "assets", "severity", "threats", "leads_to")
    return plain(
        scenarios.REQUIRED,
        scenarios.OPTIONAL,
        **dict.fromkeys(lists, words()),
        number={"type": "string", "pattern": r"^S\d{2,}$"},
        consequences=mapping(TEXT),
        controls=listed(answer),
        likelihood=_basis(),
        source=source(),
    )


def _group() -> Schema:
    exposure: Schema = {
        "anyOf": [word([figures.UNKNOWN]), plain(figures.EXPOSURE_FIELDS, (), count=_NUMBER)],
    }
    known: dict[str, Schema] = {"exposure": exposure, "source": source()}
    figure = plain(
        figures.REQUIRED,
        figures.OPTIONAL,
        **known,
        value=_NUMBER,
        unit=word(figures.UNITS),
        measured=word(Measured),
        precision=word(Precision),
    )
    return plain(figures.GROUP_REQUIRED, figures.SHARED, **known, figures=mapping(figure))


def _identity() -> Schema:
    return plain(figures.IDENTITY_REQUIRED, (), let=mapping(TEXT), equals=_NUMBER, within=_NUMBER)


def _taxonomy() -> Schema:
    term = plain(taxonomies.TERM_REQUIRED, taxonomies.TERM_OPTIONAL, ours=words(), sure=word(SURE))
    maps_to = word((taxonomies.SCENARIOS, *taxonomies.OWN_LISTS))
    return plain(taxonomies.REQUIRED, taxonomies.OPTIONAL, terms=mapping(term), maps_to=maps_to, source=source())


def _scale() -> Schema:
    measure = plain(scales.MEASURE_REQUIRED, scales.MEASURE_OPTIONAL, unit=word(scales.UNITS), ladder=words())
    step = plain(scales.CLASS_REQUIRED, scales.CLASS_OPTIONAL, starts=mapping(TEXT))
    return plain(
        scales.REQUIRED,
        scales.OPTIONAL,
        rates=word(Rates),
        bounds=word(Origin),
        measures=mapping(measure),
        classes=mapping(step),
        source=source(),
    )


def _matrix() -> Schema:
    known: dict[str, Schema] = {"cells": mapping(words()), "grid": word(Origin), "source": source()}
    return plain(scales.MATRIX_REQUIRED, scales.MATRIX_OPTIONAL, **known)
