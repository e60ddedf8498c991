"""Refused facts of the risk assessment: numbers that cannot be, classes nobody has, decisions without an end."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise
from math import isfinite

from safeconduct.core.errors import nearest
from safeconduct.core.quantities import read_money
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import (
    Asset,
    CommonCause,
    Incident,
    Lane,
    Measured,
    Objective,
    ObjectiveTarget,
    Overridden,
    Override,
    OwnBounds,
    OwnGrid,
    OwnScenario,
    Range,
    Risk,
    RiskAssessment,
    ThreatLevel,
    Treatment,
    Way,
)
from safeconduct.core.records.threats import Origin, Scale, ScaleMeasure
from safeconduct.core.risk.rating import cell_name, read_level
from safeconduct.facts.checks.problem import Flaw, Flaws, Known, Path
from safeconduct.facts.checks.units import country

_CURRENCY_LETTERS, _TWO = 3, 2
_LEAST, _MOST_OFTEN, _MOST = 1e-9, 1e6, 1e15
"""Below, beyond: numbers that no risk of an organisation has, and of which no year can be reckoned."""
_WIDEST = 1e6
"""Ends of a range further apart say nothing, and their average is ruled by what nobody has seen."""


def check_assessment(assessment: RiskAssessment, known: Known) -> Flaws:
    """What is bearable is a class of the matrix; an assessment does not follow itself."""
    matrix = known.catalogue.threats.matrices.get(assessment.matrix)
    if matrix is not None:
        scale = known.catalogue.threats.scales[matrix.result]
        yield from _class(assessment.bearable, scale, ("bearable",))
    if len(assessment.currency) != _CURRENCY_LETTERS or not assessment.currency.isupper():
        what = f"{assessment.currency!r} is no currency."
        yield Flaw(("currency",), what, do="Write its three letters, for example EUR.", code="wrong-kind")
    if assessment.follows == assessment.key:
        what = "The assessment follows itself."
        yield Flaw(("follows",), what, do="Name the one before, or leave it empty.", code="circle")


def check_lane(lane: Lane, _known: Known) -> Flaws:
    """A lane goes from one country to another, or the same."""
    yield from country(lane.from_, ("from",))
    yield from country(lane.to, ("to",))


def check_threat_level(level: ThreatLevel, _known: Known) -> Flaws:
    """A threat is rated for a country."""
    yield from country(level.country, ("country",))


def check_asset(asset: Asset, _known: Known) -> Flaws:
    """What an asset is worth is an amount."""
    yield from _money(asset.worth, ("worth",))


def check_scenario(scenario: OwnScenario, known: Known) -> Flaws:
    """A scenario of one's own has its own key, and controls that lower it by shares between 0 and 1."""
    if scenario.key in known.catalogue.threats.scenarios:
        what = f"{scenario.key!r} is a scenario of the catalogue."
        yield Flaw(("key",), what, do="Give yours another key.", code="key-taken")
    for at, answer in enumerate(scenario.answers, start=1):
        path: Path = ("answers", at)
        if not isinstance(answer.needs, ControlNeed):
            what = "More than one control is asked here."
            yield Flaw((*path, "needs"), what, do="Give each control its own line.", code="not-one-control")
        if answer.likelihood is None and answer.consequence is None:
            what = "The control lowers neither likelihood nor consequence."
            yield Flaw(path, what, do="Give a share for one of them, or remove the line.", code="lowers-nothing")
        wrong = {"prevent": answer.consequence, "mitigate": answer.likelihood}.get(answer.way)
        if wrong is not None:
            what = "What prevents makes it rarer, what mitigates makes it smaller; neither does both."
            yield Flaw(
                (*path, "way"), what, do="Move the share to the other side, or change the way.", code="wrong-side"
            )
        for name, shares in (("likelihood", answer.likelihood), ("consequence", answer.consequence)):
            yield from _range(shares, (*path, name), share=True)


def check_risk(risk: Risk, known: Known) -> Flaws:
    """A risk has ranges that can be and levels its matrix knows, or a reason why it is left out."""
    yield from _range(risk.likelihood, ("likelihood",), most=_MOST_OFTEN)
    yield from _range(risk.loss, ("loss",))
    yield from _range(risk.harm, ("harm",))
    if not risk.excluded and risk.likelihood is None and not risk.grave:
        what = "The risk says neither how often nor how grave, nor why it is left out."
        do = "Give `likelihood` and `loss` or `grave`, or write `excluded` with the reason."
        yield Flaw(("likelihood",), what, do=do, code="half-a-risk")
    assessment = next((one for one in known.facts.risk_assessments if one.key == risk.assessment), None)
    if assessment is None:
        return
    if risk.at not in assessment.places:
        what = f"{risk.at!r} is not in the scope of {risk.assessment!r}."
        yield Flaw(("at",), what, do="Add it to the assessment's places, or name another.", code="out-of-scope")
    measures = _measures(assessment, known)
    for name, level in risk.grave.items():
        yield from _level(level, measures.get(name), name, measures, ("grave", name))


def check_common_cause(cause: CommonCause, known: Known) -> Flaws:
    """A common cause strikes at least two risks of its assessment, each once, with a chance that can be."""
    yield from _range(cause.likelihood, ("likelihood",), most=_MOST_OFTEN)
    if cause.key in known.keys("risks"):
        what = f"The key {cause.key!r} is also one of risks."
        yield Flaw(("key",), what, do="Rename one: both are told by their key in what a year costs.", code="key-taken")
    struck = [one.risk for one in cause.hits]
    if len(set(struck)) < _TWO or len(set(struck)) < len(struck):
        what = "A common cause strikes several risks together, each once."
        yield Flaw(("hits",), what, do="Name at least two different risks.", code="not-common")
    of = {one.key: one.assessment for one in known.facts.risks}
    for at, one in enumerate(cause.hits, start=1):
        number = as_number(one.chance)
        if number is None or not 0 < number <= 1:
            what = f"{one.chance!r} cannot be a chance."
            yield Flaw(("hits", at, "chance"), what, do="Give a number above 0, up to 1.", code="number-cannot-be")
        if of.get(one.risk, cause.assessment) != cause.assessment:
            what = f"{one.risk!r} belongs to another assessment."
            yield Flaw(("hits", at, "risk"), what, do=f"Name a risk of {cause.assessment!r}.", code="out-of-scope")


def check_override(override: Override, known: Known) -> Flaws:
    """What is set by hand is a number that can be, or a class of the matrix."""
    risk = next((one for one in known.facts.risks if one.key == override.risk), None)
    if override.what is Overridden.PRIORITY:
        assessment = next((one for one in known.facts.risk_assessments if risk and one.key == risk.assessment), None)
        matrix = known.catalogue.threats.matrices.get(assessment.matrix) if assessment else None
        if matrix is not None:
            yield from _class(override.value, known.catalogue.threats.scales[matrix.result], ("value",))
        return
    number, most = as_number(override.value), _MOST_BY_HAND[override.what]
    if number is None or not 0 <= number <= most:
        what = f"{override.value!r} cannot be a {override.what.value}."
        yield Flaw(("value",), what, do=f"Give a number from 0 to {most:,.0f}.", code="number-cannot-be")
    if override.what is Overridden.LOSS and risk is not None and risk.loss is None:
        what = f"{override.risk!r} has no loss that could be set otherwise."
        yield Flaw(("what",), what, do="Give the risk a range of loss first.", code="half-a-risk")


_MOST_BY_HAND = {Overridden.LIKELIHOOD: _MOST_OFTEN, Overridden.LOSS: _MOST, Overridden.VULNERABILITY: 1.0}


def check_incident(incident: Incident, _known: Known) -> Flaws:
    """What an incident cost is an amount."""
    yield from _money(incident.loss, ("loss",))


def check_bounds(bounds: OwnBounds, known: Known) -> Flaws:
    """Own bounds are of a measure the scale reads, for its classes, and rise from class to class."""
    scale = known.catalogue.threats.scales.get(bounds.scale)
    if scale is None:
        return
    if scale.bounds is Origin.ISSUER:
        what = f"The bounds of {bounds.scale!r} are its issuer's."
        yield Flaw(("scale",), what, do="Take a scale whose bounds are ours to change.", code="issuers-own")
        return
    measure = scale.measures.get(bounds.measure)
    if measure is None:
        what = f"{bounds.scale!r} does not read {bounds.measure!r}."
        yield Flaw(("measure",), what, do=_one_of(scale.measures), code="unknown-word")
        return
    keys = [one.key for one in scale.classes]
    for name, level in bounds.starts.items():
        yield from _class(name, scale, ("starts", name))
        yield from _level(level, measure, bounds.measure, scale.measures, ("starts", name))
    starts = [read_level(measure, bounds.starts.get(key, "")) for key in keys]
    lacking = next((key for key in keys if key not in bounds.starts), None)
    if lacking is not None:
        what = f"Bounds are missing for {lacking!r}."
        yield Flaw(("starts",), what, do="Give one for every class.", code="bounds-missing")
    if None in starts:
        return
    places = [measure.place(level) for level in starts if level is not None]
    if any(one >= other for one, other in pairwise(places)):
        what = "The bounds do not rise from class to class."
        yield Flaw(("starts",), what, do="Give each class a higher one than the class before.", code="bounds-disorder")


def check_grid(grid: OwnGrid, known: Known) -> Flaws:
    """Own cells are of a matrix whose grid is no issuer's; they name its cells and the classes of its result."""
    matrix = known.catalogue.threats.matrices.get(grid.matrix)
    if matrix is None:
        return
    if matrix.grid is Origin.ISSUER:
        what = f"The cells of {grid.matrix!r} are its issuer's."
        yield Flaw(("matrix",), what, do="Take a matrix whose cells are ours to change.", code="issuers-own")
        return
    names = {cell_name(*cell): cell for cell in matrix.cells}
    result = known.catalogue.threats.scales[matrix.result]
    for name, one in grid.cells.items():
        if name not in names:
            what = f"There is no cell {name!r}."
            yield Flaw(("cells", name), what, do=nearest(name, names).strip() or _one_of(names), code="unknown-word")
        yield from _class(one, result, ("cells", name))
    if not grid.cells:
        yield Flaw(("cells",), "No cell is set.", do="Set at least one.", code="empty")


def check_treatment(treatment: Treatment, _known: Known) -> Flaws:
    """An accepted risk has an owner and an end; a reduced one names controls; a shared one says how much."""
    yield from _money(treatment.cost, ("cost",))
    if treatment.way is Way.ACCEPT:
        for name, given in (("until", treatment.until), ("owner", treatment.owner)):
            if not given:
                what = f"The risk is accepted without {'an end' if name == 'until' else 'an owner'}."
                why = "Nobody accepts a risk for ever, or without a name."
                yield Flaw((name,), what, why=why, do=f"Fill in `{name}`.", code="accepted-without-end")
    share = as_number(treatment.share) if treatment.share else None
    if (treatment.way is Way.SHARE) != bool(treatment.share) or (share is not None and not 0 < share <= 1):
        what = "The share that others bear is given where the risk is shared, and lies between 0 and 1."
        yield Flaw(("share",), what, do="Give the share, for example 0.8, or change the way.", code="share-cannot-be")
    for at, planned in enumerate(treatment.controls, start=1):
        if not isinstance(planned.needs, ControlNeed):
            what = "More than one control is asked here."
            yield Flaw(("controls", at, "needs"), what, do="Give each control its own line.", code="not-one-control")


def check_objective(objective: Objective, known: Known) -> Flaws:
    """Each target can be measured: it names what it is measured at, and an aim of that kind."""
    for at, target in enumerate(objective.targets, start=1):
        yield from _TARGETS[target.measure](target, known, ("targets", at))


def _control_target(target: ObjectiveTarget, known: Known, path: Path) -> Flaws:
    if not isinstance(target.needs, ControlNeed):
        yield Flaw((*path, "needs"), "The target names no control.", do="Name one control.", code="not-one-control")
    yield from _named(target, [*known.keys("units"), known.organisation], "unit", path)
    yield from _percent(target, path)


def _programme_target(target: ObjectiveTarget, known: Known, path: Path) -> Flaws:
    yield from _named(target, known.keys("enrolments"), "enrolment", path)
    yield from _percent(target, path)


def _risk_target(target: ObjectiveTarget, known: Known, path: Path) -> Flaws:
    yield from _named(target, known.keys("risks"), "risk", path)
    classes = {key for one in known.catalogue.threats.scales.values() for key in (each.key for each in one.classes)}
    if target.aim not in classes:
        yield Flaw((*path, "aim"), f"{target.aim!r} is no class.", do=_one_of(classes), code="unknown-word")


def _reading_target(target: ObjectiveTarget, _known: Known, path: Path) -> Flaws:
    if not target.says:
        yield Flaw((*path, "says"), "Nobody says what is read.", do="Fill in `says`.", code="empty")
    numbers = (("start", target.start), ("aim", target.aim), *(("readings", one.value) for one in target.readings))
    for name, text in numbers:
        if as_number(text) is None:
            yield Flaw((*path, name), f"{text!r} is no number.", do="Give a number.", code="wrong-kind")


_TARGETS: dict[Measured, Callable[[ObjectiveTarget, Known, Path], Flaws]] = {
    Measured.CONTROL: _control_target,
    Measured.PROGRAMME: _programme_target,
    Measured.RISK: _risk_target,
    Measured.READING: _reading_target,
}


def _named(target: ObjectiveTarget, keys: Collection[str], what: str, path: Path) -> Flaws:
    if not target.of:
        yield Flaw((*path, "of"), f"The target names no {what}.", do="Name at least one.", code="empty")
    for at, key in enumerate(target.of, start=1):
        if key not in keys:
            do = nearest(key, keys).strip() or "Record it first."
            yield Flaw((*path, "of", at), f"There is no {what} {key!r}.", do=do, code="unknown-key", names=key)


def _percent(target: ObjectiveTarget, path: Path) -> Flaws:
    for name, text, least in (("aim", target.aim, _LEAST), ("start", target.start or "0", 0)):
        number = as_number(text.removesuffix("%"))
        if number is None or not least <= number <= 100:
            yield Flaw((*path, name), f"{text!r} is no share.", do="Give percent, for example 90 %.", code="wrong-kind")


def as_number(text: str) -> float | None:
    """A finite number as written; None for any other text."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _range(numbers: Range | None, path: Path, *, most: float = _MOST, share: bool = False) -> Flaws:
    if numbers is None:
        return
    low, high = as_number(numbers.low), as_number(numbers.high)
    least, most = (0.0, 1.0) if share else (_LEAST, most)
    if low is None or high is None or min(low, high) < least or max(low, high) > most:
        what = f"{numbers.low} to {numbers.high} cannot be a range."
        do = "Give two shares between 0 and 1." if share else f"Give two numbers above 0, up to {most:,.0f}."
        yield Flaw(path, what, do=do, code="range-cannot-be")
    elif low > high:
        what = f"The range is upside down: {numbers.low} to {numbers.high}."
        yield Flaw(path, what, do="Swap its ends, or mend the wrong one.", code="range-upside-down")
    elif not share and high / low > _WIDEST:
        what = f"The ends of the range are too far apart: {numbers.low} to {numbers.high}."
        do = "Narrow it: between what does the number lie in nine cases of ten?"
        yield Flaw(path, what, do=do, code="range-too-wide")


def _money(text: str, path: Path) -> Flaws:
    if not text:
        return
    try:
        below = read_money(text).amount < 0
    except ValueError as error:
        yield Flaw(path, f"{error}.", do="Write an amount with its currency, for example 60000 EUR.", code="wrong-kind")
    else:
        if below:
            yield Flaw(path, f"{text!r} is below nothing.", do="Leave out the minus.", code="number-cannot-be")


def _class(key: str, scale: Scale, path: Path) -> Flaws:
    classes = [one.key for one in scale.classes]
    if key not in classes:
        yield Flaw(path, f"{key!r} is no class of {scale.key}.", do=_one_of(classes), code="unknown-word")


def _measures(assessment: RiskAssessment, known: Known) -> dict[str, ScaleMeasure]:
    """Every measure that the matrix of an assessment reads, by its key."""
    threats = known.catalogue.threats
    matrix = threats.matrices.get(assessment.matrix)
    keys = [matrix.down, matrix.across] if matrix else []
    keys += [key for one in threats.matrices.values() if one.result in keys for key in (one.down, one.across)]
    return {name: measure for key in keys for name, measure in threats.scales[key].measures.items()}


def _level(level: str, measure: ScaleMeasure | None, name: str, measures: Collection[str], path: Path) -> Flaws:
    if measure is None:
        yield Flaw(path, f"No scale of the matrix reads {name!r}.", do=_one_of(measures), code="unknown-word")
    elif read_level(measure, level) is None:
        do = _one_of(measure.ladder) if measure.ladder else f"Give a number of {measure.unit}."
        yield Flaw(path, f"{level!r} is no level of {name}.", do=do, code="unknown-word")


def _one_of(words: Collection[str]) -> str:
    return f"Write one of {', '.join(words)}."
