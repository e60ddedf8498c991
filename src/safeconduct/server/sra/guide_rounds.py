"""From one round to the next: what is copied, and what is new, changed or gone against the round before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from safeconduct.core.records.risk import Risk, Way
from safeconduct.server.journal.forms.naming import slug

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.facts import Facts
    from safeconduct.core.records.risk import Objective, RiskAssessment, Treatment
    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement

type Place = tuple[str, str]
"""A scenario at a place: by it the risks of two rounds are the same."""


def unique(text: str, taken: Collection[str]) -> str:
    """A key made of words people use, with a number behind it where it is taken.

    >>> unique("Theft at Yard", {"theft-at-yard"})
    'theft-at-yard-2'
    """
    base = slug(text) or "assessment"
    key, place = base, 1
    while key in taken:
        place += 1
        key = f"{base}-{place}"
    return key


def next_round(facts: Facts, before: RiskAssessment, begun: RiskAssessment) -> list[Any]:
    """All records of a new round: itself, a copy of each risk, and the decisions that still hold on its day.

    Assets are facts of the organisation and stay as they are. Objectives that run go on for the new risks too.
    """
    old = [one for one in facts.risks if one.assessment == before.key]
    taken = {one.key for one in facts.risks}
    new: dict[str, Risk] = {}
    for one in old:
        key = unique(_key_in(one.key, before.key, begun.key), taken)
        taken.add(key)
        kept = tuple(asset for asset in one.assets if _still(facts, asset, begun.on))
        new[one.key] = replace(one, key=key, assessment=begun.key, assets=kept)
    return [begun, *new.values(), *_decisions(facts, new, begun.on)]


def _key_in(key: str, before: str, begun: str) -> str:
    """The key of a copy: its own, with the new round's in place of the old one's."""
    tail = key.removeprefix(f"{before}-")
    return f"{begun} {tail}"


def _still(facts: Facts, asset: str, day: date) -> bool:
    return any(one.key == asset and (one.until is None or day <= one.until) for one in facts.assets)


def _decisions(facts: Facts, new: dict[str, Risk], day: date) -> Iterator[Any]:
    treatments = {one.key for one in facts.treatments}
    for treatment in facts.treatments:
        if treatment.risk in new and _holds(treatment, day):
            key = unique(f"{treatment.key} {day.year}", treatments)
            treatments.add(key)
            yield replace(treatment, key=key, risk=new[treatment.risk].key)
    overrides = {one.key for one in facts.overrides}
    for override in facts.overrides:
        if override.risk in new and override.since <= day <= override.until:
            key = unique(f"{override.key} {day.year}", overrides)
            overrides.add(key)
            yield replace(override, key=key, risk=new[override.risk].key)
    for objective in facts.objectives:
        if objective.closed is None and any(risk in new for risk in objective.risks):
            yield _for_both(objective, new)
    causes = {one.key for one in facts.common_causes}
    for cause in facts.common_causes:
        if all(hit.risk in new for hit in cause.hits):
            key = unique(f"{cause.key} {day.year}", causes)
            hits = tuple(replace(hit, risk=new[hit.risk].key) for hit in cause.hits)
            yield replace(cause, key=key, assessment=next(iter(new.values())).assessment, hits=hits)


def _holds(one: Treatment, day: date) -> bool:
    """Whether a decision still holds: accepted until later, due later, or shared and avoided already."""
    if one.until is not None and one.until < day:
        return False
    return one.way is not Way.REDUCE or one.due is None or one.due >= day


def _for_both(objective: Objective, new: dict[str, Risk]) -> Objective:
    """The objective for the risks of both rounds; targets are measured at the new ones."""
    targets = tuple(
        replace(one, of=tuple(new[key].key if key in new else key for key in one.of)) for one in objective.targets
    )
    added = tuple(new[risk].key for risk in objective.risks if risk in new)
    return replace(objective, risks=(*objective.risks, *added), targets=targets)


@dataclass(frozen=True, slots=True)
class Against:
    """A round against the one before: risks that are new, that have other numbers, and that are gone."""

    new: tuple[RiskJudgement, ...]
    changed: tuple[tuple[RiskJudgement, RiskJudgement], ...]
    gone: tuple[RiskJudgement, ...]

    @property
    def any(self) -> bool:
        """Whether there is any difference."""
        return bool(self.new or self.changed or self.gone)


def against(before: AssessedRisks, now: AssessedRisks) -> Against:
    """What the two rounds differ in; a risk that is left out now is gone, one that is taken in now is new."""
    old = {_place(one): one for one in before.risks if one.levels is not None}
    new = {_place(one): one for one in now.risks if one.levels is not None}
    pairs = ((old[place], one) for place, one in new.items() if place in old)
    return Against(
        new=tuple(one for place, one in new.items() if place not in old),
        changed=tuple((was, one) for was, one in pairs if _said(was.risk) != _said(one.risk)),
        gone=tuple(one for place, one in old.items() if place not in new),
    )


def _place(one: RiskJudgement) -> Place:
    return one.risk.scenario, one.risk.at


def _said(risk: Risk) -> Risk:
    """The numbers of a record, and nothing else of it."""
    bare = Risk(key="", assessment="", scenario=risk.scenario, at=risk.at, excluded=risk.excluded)
    return replace(bare, likelihood=risk.likelihood, loss=risk.loss, harm=risk.harm, grave=risk.grave)
