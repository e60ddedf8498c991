"""Judged risks as plain data: one form for the command line's --json, the API and whoever reads them.

Amounts are in the assessment's currency, likelihoods in events a year, shares from 0 to 1; None where nobody gave a
number. A class is a key of the matrix's scales; `title` beside it is what people read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safeconduct.core.planning.objectives import ObjectiveProgress, Progress
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Override, Treatment
from safeconduct.core.records.threats import Lowering
from safeconduct.core.risk.annual import Year
from safeconduct.core.risk.checking import QUANTILES, Checked
from safeconduct.core.risk.effect import Counted, Share
from safeconduct.core.risk.history import History
from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
from safeconduct.core.risk.levels import Level
from safeconduct.core.risk.moves import Move
from safeconduct.core.risk.portfolio import LEVELS, TAIL, Portfolio, Worth
from safeconduct.facts.answers import Plain, finding_form


def risks_form(judged: AssessedRisks, risks: Iterable[RiskJudgement] | None = None) -> Plain:
    """The risks of an assessment on a day, the gravest first, each with its current level; or only those given."""
    shown = judged.by_priority if risks is None else risks
    return {**frame_form(judged), "risks": [risk_form(judged, one, because=False) for one in shown]}


def frame_form(judged: AssessedRisks) -> Plain:
    """By what the risks were judged: assessment, day, matrix, currency, and what is bearable."""
    assessment = judged.assessment
    return {
        "assessment": assessment.key,
        "entity": assessment.entity,
        "method": assessment.method.value,
        "matrix": judged.matrix.key,
        "currency": assessment.currency,
        "bearable": assessment.bearable,
        "day": judged.day.isoformat(),
        "above_bearable": len(judged.above),
    }


def risk_form(judged: AssessedRisks, one: RiskJudgement, *, because: bool = True) -> Plain:
    """One risk; with its because all four levels, every countermeasure, what is set, decided and aimed at."""
    form: Plain = {
        "risk": one.risk.key,
        "scenario": one.scenario.key,
        "title": one.scenario.title,
        "at": one.risk.at,
        "guarded_by": one.unit,
        "owner": one.risk.owner,
        "class": one.priority or None,
        "class_title": class_title(judged, judged.matrix.result, one.priority) or None,
        "above": one.above,
        "standing": one.finding.standing.value,
        "code": one.finding.code,
        "left_out": one.risk.excluded,
        "current": level_form(one.current) if one.current else None,
    }
    return form | _because_form(one) if because else form


def _because_form(one: RiskJudgement) -> Plain:
    levels = one.levels
    return {
        "basis": one.risk.basis.value,
        "levels": {name: level_form(getattr(levels, name)) for name in LEVELS} if levels else None,
        "history": history_form(one.weighed.history),
        "countermeasures": [measure_form(each) for each in one.measures],
        "treatments": [treatment_form(each) for each in one.treatments],
        "objectives": [each.key for each in one.objectives],
        "finding": finding_form(one.finding),
    }


def level_form(level: Level) -> Plain:
    """A risk at one level of control."""
    frequency = level.frequency
    return {
        "class": level.cell.result or None,
        "likelihood_class": level.cell.down or None,
        "consequence_class": level.cell.across or None,
        "likelihood_left": _share_form(level.left),
        "consequence_left": _share_form(level.cost_left),
        "events_a_year": frequency.mean if frequency else None,
        "events_a_year_range": list(frequency.range()) if frequency else None,
        "loss_of_one_event": level.severity.mean if level.severity else None,
        "loss_of_a_year": level.loss,
        "harmed_a_year": level.harmed,
        "set_by_hand": [override_form(one) for one in level.overridden],
    }


def override_form(one: Override) -> Plain:
    """What a person set by hand, and until when."""
    return {
        "key": one.key,
        "what": one.what.value,
        "value": one.value,
        "why": one.why,
        "by": one.by,
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
    }


def measure_form(one: Counted) -> Plain:
    """A countermeasure: the share it takes when it stands, how it stands, and how much of that share counts."""
    measure = one.measure
    return {
        "control": measure.need.control,
        "at": one.at,
        "way": measure.way.value,
        "likelihood": _lowering_form(measure.likelihood),
        "consequence": _lowering_form(measure.consequence),
        "standing": one.finding.standing.value,
        "counts": one.counts,
    }


def treatment_form(one: Treatment) -> Plain:
    """What is decided about a risk."""
    return {
        "key": one.key,
        "way": one.way.value,
        "owner": one.owner,
        "decided": one.decided.isoformat(),
        "due": one.due.isoformat() if one.due else None,
        "until": one.until.isoformat() if one.until else None,
    }


def history_form(found: History) -> Plain:
    """What the organisation's own incidents say; `exposure` is in years without controls."""
    return {
        "incidents": [one.key for one in found.incidents],
        "years_watched": found.years,
        "exposure": found.exposure,
    }


def year_form(found: Portfolio, *, contributions: bool = True) -> Plain:
    """The losses of a year: mean, quantiles with the mean beyond, the curve, and who contributes."""
    year = found.year
    form: Plain = {
        "mean": year.mean,
        "chance_of_none": year.none,
        "chance_of_any": 1 - year.none,
        "quantiles": [
            {"level": one, "value_at_risk": year.quantile(one), "tail_mean": year.tail_mean(one)} for one in QUANTILES
        ],
        "exceedance": [{"loss": amount, "chance": chance} for amount, chance in year.curve()],
        "grid": grid_form(year),
        "counted": len(found.perils),
        "common_causes": len(found.shocks),
        "without_numbers": found.without_numbers,
    }
    if contributions:
        shares = found.contributions() if found.causes else []
        form["tail"] = TAIL
        form["contributions"] = [{"of": one.risk, "mean": one.mean, "in_tail": one.in_tail} for one in shares]
    return form


def grid_form(year: Year) -> Plain:
    """The grid that a year was reckoned on; `error` is the share of the mean that it lost or made up."""
    return {"step": year.grid.step, "points": year.grid.points, "error": year.error}


def check_form(years: int, found: Sequence[Checked]) -> Plain:
    """The exact figures beside the bounds that random years give them; `level` is None for the mean."""
    return {
        "years": years,
        "agrees": all(one.agrees for one in found),
        "figures": [
            {"level": one.level or None, "exact": one.exact, "low": one.low, "high": one.high, "agrees": one.agrees}
            for one in found
        ],
    }


def worth_form(one: Worth) -> Plain:
    """What a control is worth: by how much it lowers the mean of a year, and the mean of the worst years."""
    control, _, unit = one.control.partition(" at ")
    return {
        "control": control,
        "at": unit or None,
        "mean": one.mean,
        "tail": one.tail,
        "mean_with": one.mean_with,
        "mean_otherwise": one.mean_otherwise,
        "tail_with": one.tail_with,
        "tail_otherwise": one.tail_otherwise,
        "risks": list(one.risks),
    }


def objective_form(one: ObjectiveProgress) -> Plain:
    """A security objective with its progress; `gone` is the share of the way, None while it is not measured."""
    objective = one.objective
    return {
        "objective": objective.key,
        "title": objective.title,
        "risks": list(objective.risks),
        "owner": objective.owner,
        "since": objective.since.isoformat(),
        "due": objective.due.isoformat(),
        "pace": one.pace.value,
        "gone": one.gone,
        "targets": [_target_form(each) for each in one.targets],
    }


def move_form(judged: AssessedRisks, one: Move) -> Plain:
    """A risk on two days: both levels, and what moved it."""
    assert one.was.current is not None
    assert one.now.current is not None
    taught = one.taught
    return {
        "risk": one.now.risk.key,
        "title": one.now.scenario.title,
        "at": one.now.risk.at,
        "rose": one.rose,
        "class_rose": judged.place(one.now.priority) > judged.place(one.was.priority),
        "was": level_form(one.was.current),
        "now": level_form(one.now.current),
        "controls": [{"was": measure_form(old), "now": measure_form(new)} for old, new in one.measures],
        "set_since": [override_form(each) for each in one.set_now],
        "set_before": [override_form(each) for each in one.set_before],
        "treatments": list(one.treated),
        "history": {"was": history_form(taught[0]), "now": history_form(taught[1])} if taught else None,
    }


def class_title(judged: AssessedRisks, scale: str, key: str) -> str:
    """A class of a scale in words; empty for what is not rated."""
    return next((one.title for one in judged.rating.scale(scale).classes if one.key == key), "")


def _target_form(one: Progress) -> Plain:
    target = one.target
    return {
        "measure": target.measure.value,
        "control": target.needs.control if isinstance(target.needs, ControlNeed) else None,
        "of": list(target.of),
        "says": target.says,
        "start": target.start,
        "aim": target.aim,
        "now": one.now,
        "gone": one.gone,
        "pace": one.pace.value,
    }


def _share_form(share: Share) -> Plain:
    return {"least": share.least, "middle": share.middle, "most": share.most}


def _lowering_form(lowered: Lowering | None) -> list[float] | None:
    return None if lowered is None else [float(lowered.lowest), float(lowered.highest)]
