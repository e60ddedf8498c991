"""The report's chapter of the method: template, matrix, scales with whose bounds, how controls and history count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.records.risk import Method
from safeconduct.server.catalogue.pages.scales import classes_table, grid_table
from safeconduct.server.catalogue.threat_words import ORIGINS
from safeconduct.server.common.look.values import Quiet, Several
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.sra.pages.report.parts import Chapter, Part, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safeconduct.core.records.risk import OwnBounds, OwnGrid
    from safeconduct.core.records.threats import Matrix, Scale
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader


@dataclass(frozen=True, slots=True)
class Template:
    """How a template is called in the report, the steps it goes by, and the titles it gives to chapters, by anchor."""

    title: str
    steps: str
    titles: Mapping[str, str]


TITLES = {
    "scope": "Statement of application and scope",
    "context": "Context",
    "method": "Method",
    "assets": "Critical assets",
    "scenarios": "Threat scenarios considered and left out",
    "measures": "Security measures standing",
    "register": "Risk register",
    "treatment": "Countermeasures and treatments decided",
    "objectives": "Objectives and targets",
    "year": "What a year may cost",
    "by-hand": "Numbers set by hand",
    "changes": "What changed since the last assessment",
    "signatures": "Signatures and next assessment",
    "sources": "Sources",
}
"""What the chapters are called, in their order."""
_FIVE_STEPS = {
    "scope": "Step 1: cargo map, lanes and business partners",
    "scenarios": "Step 2: threats assessed and left out",
    "measures": "Step 3: vulnerability, measures by place",
    "register": "Threat, vulnerability and consequence of each risk",
    "treatment": "Step 4: action plan",
    "signatures": "Step 5: how it is kept, signatures and next assessment",
}
TEMPLATES = {
    Method.ISO_28001: Template(
        "ISO 28001, Annex B",
        "Scenarios are considered, consequences and likelihood classed, scored by a matrix, countermeasures decided "
        "for the gravest, carried out, evaluated, and all of it repeated.",
        {},
    ),
    Method.CTPAT_FIVE_STEPS: Template(
        "CTPAT, five steps",
        "Cargo and partners are mapped, threats rated high, medium or low, vulnerabilities rated the same, an action "
        "plan made, and the process written down.",
        _FIVE_STEPS,
    ),
    Method.ISO_31000: Template(
        "ISO 31000",
        "Scope and context are set; risks identified, analysed and evaluated; treated; watched, reviewed and recorded.",
        {},
    ),
}


def method(reading: RiskReader) -> Chapter:
    """How the numbers of this assessment come about, and who set each bound."""
    return Chapter("method", (Part(facts=tuple(_facts(reading))), *_grids(reading), *_scales(reading)))


def _facts(reading: RiskReader) -> Iterator[Told]:
    judged = reading.judged
    template = TEMPLATES[judged.assessment.method]
    yield "Template", template.title
    yield "Its steps", template.steps
    yield "Bearable", f"up to {reading.priority(judged.assessment.bearable)}; what is graver asks for a treatment"
    yield "Set by", approved(reading)
    yield "Likelihood", _based(reading)
    yield (
        "Own history",
        (
            "Incidents teach only over times for which all of them are on record; then silence counts too. What was "
            "tried and failed teaches nothing. A year watched weighs by what the controls of that year left."
        ),
    )
    yield (
        "Controls",
        (
            "Each risk is recorded as if no control stood. What a control takes from it is computed for the day: its "
            "whole range of effect where it is met, half where it is partly met, nothing where it is unknown or unmet. "
            "What several leave is multiplied. So nobody writes down a vulnerability, and none can be out of date."
        ),
    )
    yield (
        "Levels",
        (
            "Inherent: no control counts. Current: as controls stand on the day. At best: as if all that is unknown "
            "were shown. Target: with what is planned and decided."
        ),
    )
    yield (
        "Classes",
        "A number belongs to the last class whose bound it reaches; of several measures the gravest decides.",
    )
    yield "People", "Harm to people is counted in persons, beside, and never turned into money."
    yield "Currency", judged.assessment.currency


def approved(reading: RiskReader) -> Shown:
    """Who approved the assessment and when."""
    one = reading.judged.assessment
    if one.approved_on is None:
        return Quiet("not approved yet")
    return f"{one.approved_by}, {day_text(one.approved_on)}" if one.approved_by else day_text(one.approved_on)


def _based(reading: RiskReader) -> str:
    """How many likelihoods rest on what."""
    rated = [one.risk for one in reading.rated]
    told = [
        counted(many, f"risk rests on {words}", f"risks rest on {words}")
        for basis, words in _BASES.items()
        if (many := sum(one.basis.value == basis for one in rated))
    ]
    return (
        f"{', '.join(told).capitalize() or 'No risk is rated'}. A published figure is never taken for the chance here."
    )


_BASES = {
    "figure": "published figures, scaled to a stated exposure",
    "history": "own history",
    "judgement": "judgement",
}


def matrices_of(reading: RiskReader) -> list[Matrix]:
    """The matrix of the assessment, and before it those whose result one of its scales is."""
    found, known = [reading.judged.matrix], reading.judged.rating.matrices.values()
    for one in found:
        found += [
            each
            for scale in (one.down, one.across)
            for each in known
            if each.result == scale and not reading.judged.rating.scale(scale).measures and each not in found
        ]
    return found[::-1]


def scales_of(reading: RiskReader) -> list[Scale]:
    """The scales that the matrices join, each once."""
    keys = dict.fromkeys(key for one in matrices_of(reading) for key in (one.down, one.across, one.result))
    return [reading.judged.rating.scale(key) for key in keys]


def _grids(reading: RiskReader) -> Iterator[Part]:
    for one in matrices_of(reading):
        down, across, result = (reading.judged.rating.scale(key) for key in (one.down, one.across, one.result))
        own = [f"Own cells since {day_text(each.since)}: {each.why}" for each in _own_cells(reading, one)]
        said = Several((f"Its cells are {ORIGINS[one.grid]}.", *own, one.note), " ")
        yield Part(f"Matrix: {one.title}", said, table=grid_table(one, down, across, result))


def _own_cells(reading: RiskReader, matrix: Matrix) -> list[OwnGrid]:
    """The organisation's own cells of a matrix that hold on the day; the last ones go before those before them."""
    rating = reading.judged.rating
    found = [one for one in rating.grids if one.matrix == matrix.key and one.since <= rating.day]
    return sorted(found, key=lambda one: one.since)


def _scales(reading: RiskReader) -> Iterator[Part]:
    for one in scales_of(reading):
        own = [
            f"Own bounds of {_measure(one, each)} since {day_text(each.since)}: {each.why}"
            for each in _own(reading, one)
        ]
        said = Several((f"Its bounds are {ORIGINS[one.bounds]}.", *own, one.note), " ")
        yield Part(f"Scale: {one.title}", said, table=classes_table(one))


def _own(reading: RiskReader, scale: Scale) -> list[OwnBounds]:
    """The organisation's own bounds of a scale that hold on the day; of a measure the last."""
    found = sorted(reading.judged.rating.bounds, key=lambda one: one.since)
    held = {one.measure: one for one in found if one.scale == scale.key and one.since <= reading.judged.day}
    return [one for one in held.values() if one.measure in scale.measures]


def _measure(scale: Scale, own: OwnBounds) -> str:
    return scale.measures[own.measure].title
